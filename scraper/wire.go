package scraper

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/netip"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// A recorder records the bytes of one hop for its Exchange. It records everything that the hop's connection sends and
// receives, or, if the connection cannot be recorded, only the body that net/http returns.
type recorder struct {
	limit int // the maximum size of the field response, in bytes

	mu       sync.Mutex
	conn     *recordedConn // nil if the connection is not recorded
	stopped  bool
	request  []byte
	response []byte
	isCut    bool // the response exceeded the limit
	began    time.Time
	address  netip.Addr

	// Set by the hop:
	sent     *http.Request
	status   string
	protocol string
	length   int64 // of the body; -1 means unknown
	isWhole  bool  // the body was read to its end
	failure  error // the error from reading the body
}

// newRecorder returns the recorder of a hop whose body has at most limit bytes after decompression.
func newRecorder(limit int64) *recorder {
	return &recorder{limit: int(limit + limit/8 + drainBytes + maxHeaderBytes), began: time.Now(), length: -1}
}

// watch starts recording when the request gets a connection, and starts again if net/http switches to another
// connection. It does nothing if r is nil.
func (r *recorder) watch(ctx context.Context, isProxied bool) context.Context {
	if r == nil {
		return ctx
	}
	return httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{GotConn: func(info httptrace.GotConnInfo) {
		r.mu.Lock()
		defer r.mu.Unlock()
		if r.stopped {
			return
		}
		r.request, r.response, r.isCut, r.began = nil, nil, false, time.Now()
		if remote, err := netip.ParseAddrPort(info.Conn.RemoteAddr().String()); err == nil && !isProxied {
			r.address = remote.Addr().Unmap()
		}
		r.conn, _ = info.Conn.(*recordedConn)
		if r.conn != nil {
			r.conn.to.Store(r)
		}
	}})
}

// stop ends the recording. It is needed because goroutines that read and write connections may outlive the hop.
func (r *recorder) stop() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.stopped = true
	if r.conn != nil {
		r.conn.to.CompareAndSwap(r, nil)
	}
}

func (r *recorder) addRequest(b []byte) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.stopped {
		r.request = append(r.request, b...)
	}
}

func (r *recorder) addResponse(b []byte) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.stopped {
		return
	}
	if room := r.limit - len(r.response); len(b) > room {
		b, r.isCut = b[:room], true
	}
	if need := len(r.response) + len(b); need > cap(r.response) { // doubles, up to the limit
		r.response = slices.Grow(r.response, min(max(need, 2*cap(r.response)), r.limit)-len(r.response))
	}
	r.response = append(r.response, b...)
}

// addBody records how the body ended. Unless the connection is recorded, it also records a part of the body as net/http
// returns it.
func (r *recorder) addBody(b []byte, err error) {
	if r.conn == nil {
		r.addResponse(b)
	}
	if errors.Is(err, io.EOF) {
		r.isWhole = true
	} else if err != nil {
		r.failure = err
	}
}

// received is called with the header of the response.
func (r *recorder) received(req *http.Request, res *http.Response) {
	r.sent, r.status, r.protocol = req, res.Status, res.Proto
	if r.conn != nil && len(res.TransferEncoding) == 0 {
		r.length = res.ContentLength
	}
}

// A recordedConn is an HTTP/1.x connection, which has one request at a time.
type recordedConn struct {
	net.Conn
	to atomic.Pointer[recorder] // of the request that uses the connection
}

func (c *recordedConn) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p)
	if r := c.to.Load(); r != nil {
		r.addResponse(p[:n])
	}
	return n, err
}

func (c *recordedConn) Write(p []byte) (int, error) {
	if r := c.to.Load(); r != nil { // set before the server can answer
		r.addRequest(p)
	}
	return c.Conn.Write(p)
}

// recordConnections makes a transport's HTTP/1.x connections recordable. It starts TLS itself, because the bytes inside
// TLS are recorded.
func recordConnections(t *http.Transport) {
	dial := t.DialContext
	t.DialContext = func(ctx context.Context, network, address string) (net.Conn, error) {
		conn, err := dial(ctx, network, address)
		if err != nil {
			return nil, err
		}
		return &recordedConn{Conn: conn}, nil
	}
	t.DialTLSContext = func(ctx context.Context, network, address string) (net.Conn, error) {
		conn, err := dial(ctx, network, address)
		if err != nil {
			return nil, err
		}
		secure, err := shakeHands(ctx, conn, t.TLSClientConfig, address, t.TLSHandshakeTimeout)
		if err != nil {
			_ = conn.Close()
			return nil, err
		}
		if secure.ConnectionState().NegotiatedProtocol == "h2" { // net/http must see the type *tls.Conn
			return secure, nil
		}
		return &recordedConn{Conn: secure}, nil
	}
}

// shakeHands starts TLS on a connection, as net/http does.
func shakeHands(
	ctx context.Context, conn net.Conn, config *tls.Config, address string, timeout time.Duration,
) (*tls.Conn, error) {
	if trace := httptrace.ContextClientTrace(ctx); trace != nil && trace.TLSHandshakeStart != nil {
		trace.TLSHandshakeStart()
	}
	if config == nil {
		config = &tls.Config{}
	}
	config = config.Clone()
	if config.ServerName == "" {
		host, _, err := net.SplitHostPort(address)
		if err != nil {
			return nil, err
		}
		config.ServerName = host
	}
	if len(config.NextProtos) == 0 {
		config.NextProtos = []string{"h2", "http/1.1"}
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	secure := tls.Client(conn, config)
	return secure, secure.HandshakeContext(ctx)
}
