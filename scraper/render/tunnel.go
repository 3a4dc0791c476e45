package render

import (
	"io"
	"log"
	"net"
	"net/http"
	"time"
)

var quiet = log.New(io.Discard, "", 0)

const (
	tunnelIdle   = time.Minute // an idle tunnel is closed after this time
	handshakeTLS = 0x16        // the first byte that a TLS client sends
)

// tunnel connects the page with the given meter to a host, for TLS. A tunnel for anything else, such as WebSocket
// without TLS, is closed.
func (p *proxy) tunnel(w http.ResponseWriter, r *http.Request, of *meter) {
	far, err := p.connect(r.Context(), "tcp", r.Host)
	if err != nil {
		refuse(w, r, err)
		return
	}
	defer closeConn(far)
	near, buffered, err := http.NewResponseController(w).Hijack()
	if err != nil {
		return
	}
	defer closeConn(near)
	if !p.track(near, of) {
		return
	}
	defer p.forget(near)
	if _, err := io.WriteString(near, "HTTP/1.1 200 OK\r\n\r\n"); err != nil {
		return
	}
	_ = near.SetDeadline(time.Now().Add(tunnelIdle))
	first, err := buffered.Peek(1)
	if err != nil || first[0] != handshakeTLS {
		return
	}
	ended := make(chan struct{}, 2)
	go func() {
		pass(far, idleReader{buffered, near})
		ended <- struct{}{}
	}()
	go func() {
		pass(near, idleReader{far, far})
		ended <- struct{}{}
	}()
	<-ended // once one direction has ended, the other no longer matters
}

func closeConn(conn net.Conn) { _ = conn.Close() } // the error does not matter

// pass copies until either side ends.
func pass(to io.Writer, from io.Reader) { _, _ = io.Copy(struct{ io.Writer }{to}, from) }

// A Read from an idleReader fails if no bytes arrive within tunnelIdle.
type idleReader struct {
	io.Reader
	conn net.Conn
}

func (r idleReader) Read(b []byte) (int, error) {
	_ = r.conn.SetDeadline(time.Now().Add(tunnelIdle))
	return r.Reader.Read(b)
}
