package render

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httputil"
	"sync"
	"time"

	"github.com/dechaff/dechaff/scraper"
)

// user is the name with which tabs sign in to their proxies. Each proxy has a new password.
const user = "dechaff"

// warmHost is the host of a page that the proxy itself serves. A tab loads that page to sign in.
const warmHost = "proxy.invalid"

// dialFunc opens a connection if the address guard allows it.
type dialFunc func(ctx context.Context, network, address string) (net.Conn, error)

// A proxy is an HTTP proxy on loopback for one tab. It makes connections only while a page is rendered.
type proxy struct {
	password string
	listener net.Listener
	server   *http.Server
	forward  *httputil.ReverseProxy
	plain    *http.Transport

	mu    sync.Mutex
	dial  dialFunc          // nil between pages
	meter *meter            // of the page; nil between pages
	rest  *meter            // of the open connections between pages
	open  map[net.Conn]bool // the connections that the method cut closes
	done  chan struct{}     // closed when the server has ended
}

// newProxy starts a proxy. It makes no connections until begin is called.
func newProxy() (*proxy, error) {
	listener, err := (&net.ListenConfig{}).Listen(context.Background(), "tcp4", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	p := &proxy{
		password: rand.Text(), listener: listener,
		open: make(map[net.Conn]bool), done: make(chan struct{}),
	}
	p.plain = &http.Transport{
		DialContext: p.connect, DisableCompression: true, ResponseHeaderTimeout: time.Minute, MaxIdleConns: 16,
		MaxResponseHeaderBytes: 256 << 10,
	}
	p.forward = &httputil.ReverseProxy{
		Rewrite:       func(r *httputil.ProxyRequest) { r.Out.Header.Del("Proxy-Authorization") },
		Transport:     p.plain,
		FlushInterval: -1,
		ErrorHandler:  refuse,
		ErrorLog:      quiet,
	}
	p.server = &http.Server{Handler: p, ReadHeaderTimeout: 10 * time.Second, ErrorLog: quiet}
	go func() {
		defer close(p.done)
		_ = p.server.Serve(listener)
	}()
	return p, nil
}

func (p *proxy) address() string { return "http://" + p.listener.Addr().String() }

// begin lets a page make requests with the dialer of the scraper that fetched it, up to the page's limits.
func (p *proxy) begin(dial dialFunc, m *meter) {
	m.onSpent = p.cut
	p.mu.Lock()
	p.dial, p.meter = dial, m
	p.mu.Unlock()
}

// maxRest is the maximum number of bytes that open connections receive and send between two pages. It is enough to end
// what the page was loading, and too little to go on with it.
const maxRest = 1 << 20

// end refuses everything until the next page. Open connections are kept for that page, unless they exceed maxRest.
func (p *proxy) end() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.dial, p.meter, p.rest = nil, nil, &meter{bytes: maxRest, onSpent: p.cut}
}

// current returns the dialer and the meter of the page in the tab. Both are nil if there is no page.
func (p *proxy) current() (dialFunc, *meter) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.dial, p.meter
}

// errNoPage is the error of a connection that no page has requested.
var errNoPage = errors.New("render: no page is being rendered")

// connect makes a connection for a request without TLS, or for a tunnel.
func (p *proxy) connect(ctx context.Context, network, address string) (net.Conn, error) {
	dial, m := p.current()
	if dial == nil || m == nil {
		return nil, errNoPage
	}
	conn, err := dial(ctx, network, address)
	if err != nil {
		return nil, err
	}
	counted := &countedConn{Conn: conn, proxy: p}
	if !p.track(counted, m) {
		_ = conn.Close()
		return nil, errNoPage
	}
	return counted, nil
}

// track remembers a connection so that the method cut can close it. It reports whether the page with the given meter is
// still in the tab. Otherwise, the connection must be closed.
func (p *proxy) track(conn net.Conn, of *meter) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.meter != of {
		return false
	}
	p.open[conn] = true
	return true
}

func (p *proxy) forget(conn net.Conn) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.open, conn)
}

// ServeHTTP answers a request of the tab.
func (p *proxy) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if !p.signedIn(r) {
		w.Header().Set("Proxy-Authenticate", `Basic realm="dechaff"`)
		w.WriteHeader(http.StatusProxyAuthRequired)
		return
	}
	if r.Host == warmHost && r.Method == http.MethodGet {
		w.Header().Set("Content-Type", "text/html")
		_, _ = io.WriteString(w, "<!DOCTYPE html>")
		return
	}
	_, m := p.current()
	switch {
	case m == nil || !m.request(atProxy):
		w.WriteHeader(http.StatusForbidden)
	case r.Method == http.MethodConnect:
		p.tunnel(w, r, m)
	case r.URL.Scheme != "http" || r.URL.Host == "" || r.Header.Get("Upgrade") != "":
		w.WriteHeader(http.StatusForbidden)
	default:
		p.forward.ServeHTTP(w, r)
	}
}

// signedIn reports whether the request has the password, which other programs on this machine do not know.
func (p *proxy) signedIn(r *http.Request) bool {
	want := "Basic " + base64.StdEncoding.EncodeToString([]byte(user+":"+p.password))
	return subtle.ConstantTimeCompare([]byte(r.Header.Get("Proxy-Authorization")), []byte(want)) == 1
}

// refuse responds to a request that failed. The response does not contain the error.
func refuse(w http.ResponseWriter, _ *http.Request, err error) {
	status := http.StatusBadGateway
	if errors.Is(err, scraper.ErrForbiddenAddress) || errors.Is(err, errNoPage) {
		status = http.StatusForbidden
	}
	w.WriteHeader(status)
}

// cut ends all connections.
func (p *proxy) cut() {
	p.mu.Lock()
	open := p.open
	p.open = make(map[net.Conn]bool)
	p.mu.Unlock()
	for conn := range open {
		_ = conn.Close()
	}
}

// close ends the proxy and all its connections.
func (p *proxy) close() {
	p.end()
	_ = p.server.Close()
	<-p.done
	p.cut()
	p.plain.CloseIdleConnections()
}

// A countedConn counts the bytes that it receives and sends toward the limits of the page in the tab.
type countedConn struct {
	net.Conn
	proxy *proxy
}

var errSpent = errors.New("render: the page has reached its limit")

func (c *countedConn) Read(b []byte) (int, error) {
	n, err := c.Conn.Read(b)
	return c.count(n, err, true)
}

func (c *countedConn) Write(b []byte) (int, error) {
	n, err := c.Conn.Write(b)
	return c.count(n, err, false)
}

func (c *countedConn) count(n int, err error, received bool) (int, error) {
	c.proxy.mu.Lock()
	m := c.proxy.meter
	if m == nil {
		m = c.proxy.rest
	}
	c.proxy.mu.Unlock()
	if n > 0 && !m.count(n, received) {
		return n, errSpent
	}
	return n, err
}

func (c *countedConn) Close() error {
	c.proxy.forget(c)
	return c.Conn.Close()
}
