package scraper

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A faulty server handles each connection with the function answer. The number of the first connection is 1.
type faulty struct {
	net.Listener
	answer      func(conn *net.TCPConn, number int)
	connections atomic.Int32
	open        sync.WaitGroup
}

func newFaulty(t *testing.T, answer func(conn *net.TCPConn, number int)) *faulty {
	t.Helper()
	listener, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	require.NoError(t, err)
	f := &faulty{Listener: listener, answer: answer}
	f.open.Go(func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			number := int(f.connections.Add(1))
			f.open.Go(func() {
				defer func() { _ = conn.Close() }()
				_ = conn.SetDeadline(time.Now().Add(time.Minute))
				f.answer(conn.(*net.TCPConn), number)
			})
		}
	})
	return f
}

func (f *faulty) url() string { return "http://" + f.Addr().String() + "/a" }

func (f *faulty) stop() {
	_ = f.Close()
	f.open.Wait()
}

// readRequest reads the complete header of a request. Closing with unread bytes would reset the connection.
func readRequest(conn net.Conn) {
	in := bufio.NewReader(conn)
	for {
		if line, err := in.ReadString('\n'); err != nil || strings.TrimSpace(line) == "" {
			return
		}
	}
}

// untilGone waits until the client closes the connection.
func untilGone(conn net.Conn) { _, _ = io.Copy(io.Discard, conn) }

// descriptors lists the open files and connections of this process. It returns nil if the system does not provide
// them.
func descriptors() []string {
	entries, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		return nil
	}
	open := make([]string, 0, len(entries))
	for _, entry := range entries {
		if target, err := os.Readlink("/proc/self/fd/" + entry.Name()); err == nil {
			open = append(open, target)
		}
	}
	return open
}

// noDescriptorLeaks fails the test if it ends with more open files and connections than it has now.
func noDescriptorLeaks(t *testing.T) {
	t.Helper()
	// the first use of the network opens some descriptors permanently
	listener, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	require.NoError(t, err)
	require.NoError(t, listener.Close())
	before := descriptors()
	t.Cleanup(func() {
		deadline := time.Now().Add(time.Minute)
		for len(descriptors()) > len(before) && time.Now().Before(deadline) {
			time.Sleep(5 * time.Millisecond)
		}
		after := descriptors()
		assert.LessOrEqual(t, len(after), len(before), "open before: %q, after: %q", before, after)
	})
}

// faultScraper returns a scraper with short timeouts and two tries. The response as a whole may take long, and pages
// must be small, because an endless one is only as fast as the machine.
func faultScraper(t *testing.T, patience time.Duration) *Scraper {
	t.Helper()
	s, err := New(Options{
		AllowPrivate: true, IgnoreRobots: true, Delay: -1, RetryDelay: time.Millisecond, MaxTries: 2, MaxHostFailures: -1,
		HeaderTimeout: patience, IdleTimeout: patience, Timeout: time.Minute, MaxBytes: 1 << 20,
	})
	require.NoError(t, err)
	return s
}

// exchanges are complete responses with different framing.
var exchanges = map[string]string{
	"length":  "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 32\r\n\r\n<h1>Late</h1><p>The ferry.</p>\r\n",
	"chunked": "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<h1>L\r\n10\r\nate</h1><p>The f\r\n0\r\n\r\n",
}

// ended reports whether err is the error of a broken connection.
func ended(err error) bool {
	return errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, syscall.ECONNRESET) ||
		errors.Is(err, syscall.EPIPE)
}

func TestConnectionsThatBreakAtEveryByte(t *testing.T) {
	noLeaks(t)
	noDescriptorLeaks(t)
	breaks := map[string]func(conn *net.TCPConn){
		"closed": func(conn *net.TCPConn) { _ = conn.Close() },
		"reset":  func(conn *net.TCPConn) { _ = conn.SetLinger(0) },
	}
	for framing, exchange := range exchanges {
		for kind, breakOff := range breaks {
			for at := range len(exchange) {
				name := fmt.Sprintf("%s, %s after %d bytes", framing, kind, at)
				cut := func(conn *net.TCPConn) {
					readRequest(conn)
					_, _ = io.WriteString(conn, exchange[:at])
					breakOff(conn)
				}
				f := newFaulty(t, func(conn *net.TCPConn, _ int) { cut(conn) })
				s := faultScraper(t, 5*time.Second)
				page, err := s.Fetch(t.Context(), f.url())
				require.Error(t, err, name)
				require.True(t, ended(err) || strings.Contains(err.Error(), "malformed"), "%s: %v", name, err)
				require.Nil(t, page, name)
				require.EqualValues(t, 2, f.connections.Load(), "tries: %s", name)
				f.stop()

				f = newFaulty(t, func(conn *net.TCPConn, number int) {
					if number == 1 {
						cut(conn)
						return
					}
					readRequest(conn)
					_, _ = io.WriteString(conn, exchange)
					untilGone(conn)
				})
				page, err = s.Fetch(t.Context(), f.url())
				require.NoError(t, err, name)
				require.Equal(t, 1, page.Request.Tries, name)
				require.True(t, bytes.HasPrefix(page.Body, []byte("<h1>Late</h1>")), name)
				s.Close()
				f.stop()
			}
		}
	}
}

func TestConnectionsThatStallAtEveryByte(t *testing.T) {
	noLeaks(t)
	noDescriptorLeaks(t)
	for framing, exchange := range exchanges {
		var wg sync.WaitGroup
		slots := make(chan struct{}, 48)
		for at := range len(exchange) {
			slots <- struct{}{}
			wg.Go(func() {
				defer func() { <-slots }()
				f := newFaulty(t, func(conn *net.TCPConn, _ int) {
					readRequest(conn)
					_, _ = io.WriteString(conn, exchange[:at])
					untilGone(conn)
				})
				defer f.stop()
				s := faultScraper(t, 200*time.Millisecond)
				defer s.Close()
				_, err := s.Fetch(t.Context(), f.url())
				require.ErrorIs(t, err, ErrTimeout, "%s, stalled after %d bytes", framing, at)
				if failure, ok := errors.AsType[*FetchError](err); assert.True(t, ok) {
					assert.Equal(t, 2, failure.Attempts)
				}
			})
		}
		wg.Wait()
	}
}

func TestMalformedResponses(t *testing.T) {
	noLeaks(t)
	noDescriptorLeaks(t)
	const ok = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
	broken := errors.New("any error of the network's")
	for name, tt := range map[string]struct {
		answer string
		flood  string // sent repeatedly until the client disconnects
		want   error
		tries  int
	}{
		"longer than it is":            {ok + "Content-Length: 999\r\n\r\n<p>a", "", io.ErrUnexpectedEOF, 2},
		"shorter than it is":           {ok + "Content-Length: 4\r\n\r\n<p>a and more HTTP/1.1 200 OK\r\n\r\n", "", nil, 1},
		"length that is not a number":  {ok + "Content-Length: ten\r\n\r\n<p>a", "", broken, 2},
		"negative length":              {ok + "Content-Length: -4\r\n\r\n<p>a", "", broken, 2},
		"two lengths":                  {ok + "Content-Length: 4\r\nContent-Length: 5\r\n\r\n<p>ab", "", broken, 2},
		"huge length":                  {ok + "Content-Length: 9223372036854775807\r\n\r\n<p>a", "", ErrTooLarge, 1},
		"length that overflows":        {ok + "Content-Length: 99999999999999999999\r\n\r\n<p>a", "", broken, 2},
		"bad chunk":                    {ok + "Transfer-Encoding: chunked\r\n\r\nzz\r\n<p>a", "", broken, 2},
		"huge chunk":                   {ok + "Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n<p>a", "", io.ErrUnexpectedEOF, 2},
		"endless chunks":               {ok + "Transfer-Encoding: chunked\r\n\r\n", "400\r\n" + strings.Repeat("x", 1024) + "\r\n", ErrTooLarge, 1},
		"endless chunk extensions":     {ok + "Transfer-Encoding: chunked\r\n\r\n1;", "a=b;", broken, 2},
		"endless body":                 {ok + "\r\n", strings.Repeat("x", 4096), ErrTooLarge, 1},
		"endless header lines":         {ok, "X-Flood: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n", ErrTooLarge, 1},
		"endless header":               {ok + "X-Flood: ", strings.Repeat("a", 4096), ErrTooLarge, 1},
		"endless status line":          {"HTTP/1.1 200 ", strings.Repeat("a", 4096), ErrTooLarge, 1},
		"endless hints":                {"", "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n", broken, -1},
		"endless continue":             {"", "HTTP/1.1 100 Continue\r\n\r\n", broken, -1},
		"endless trailers":             {ok + "Transfer-Encoding: chunked\r\nTrailer: X\r\n\r\n1\r\na\r\n0\r\n", "X: aaaaaaaaaaaaaaaaaaaaaaaaaa\r\n", broken, -1},
		"another protocol":             {"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n\x81\x05hello", "", ErrStatus, 1},
		"another protocol without end": {"HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n", strings.Repeat("x", 4096), ErrStatus, 1},
		"unsolicited HTTP/2":           {"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "", broken, 2},
		"SSH":                          {"SSH-2.0-OpenSSH_9.7\r\n", "", broken, 2},
		"unsolicited TLS":              {"\x15\x03\x01\x00\x02\x02\x46", "", broken, 2},
		"garbage":                      {"\x00\xff\xfe<p>", "", broken, 2},
		"nothing":                      {"", "", io.EOF, 2},
		"status that is not a number":  {"HTTP/1.1 OK\r\n\r\n", "", broken, 2},
		"status 999":                   {"HTTP/1.1 999 No\r\nContent-Length: 0\r\n\r\n", "", ErrStatus, 2},
		"status 0":                     {"HTTP/1.1 000 No\r\nContent-Length: 0\r\n\r\n", "", ErrStatus, 1},
		"204 with a body":              {"HTTP/1.1 204 No Content\r\nContent-Type: text/html\r\n\r\n<p>a", "", nil, 1},
		"header within a header":       {ok + "X: a\rB: b\r\n\r\n<p>a", "", nil, -1},
		"no colon":                     {ok + "nothing here\r\n\r\n<p>a", "", broken, 2},
		"HTTP/0.9":                     {"<p>a</p>", "", broken, 2},
		"a redirect without an end":    {"HTTP/1.1 302 Found\r\nLocation: ", strings.Repeat("a", 4096), ErrTooLarge, 1},
	} {
		t.Run(name, func(t *testing.T) {
			f := newFaulty(t, func(conn *net.TCPConn, _ int) {
				readRequest(conn)
				_, err := io.WriteString(conn, tt.answer)
				for block := strings.Repeat(tt.flood, 1+8192/(1+len(tt.flood))); tt.flood != "" && err == nil; {
					_, err = io.WriteString(conn, block)
				}
			})
			s := faultScraper(t, 2*time.Second)
			began := time.Now()
			_, err := s.Fetch(t.Context(), f.url())
			assert.Less(t, time.Since(began), 50*time.Second, "only Timeout ended it")
			switch {
			case tt.want == nil && tt.tries > 0:
				require.NoError(t, err)
			case errors.Is(tt.want, broken):
				require.Error(t, err)
				require.False(t, isOneOf(err, skipReasons), "a fault is reported as a decision: %v", err)
				assert.NotContains(t, []string{"", otherError}, Reason(err), err)
			case tt.want != nil:
				require.ErrorIs(t, err, tt.want)
			}
			if tt.tries > 0 {
				assert.EqualValues(t, tt.tries, f.connections.Load(), "tries: %v", err)
			}
			s.Close()
			f.stop()
		})
	}
}

func TestGarbageForTLS(t *testing.T) {
	noLeaks(t)
	noDescriptorLeaks(t)
	for name, answer := range map[string]string{
		"HTTP": "HTTP/1.1 400 Bad Request\r\n\r\n", "garbage": "\x00\x01\x02garbage, and more of it", "SSH": "SSH-2.0-OpenSSH_9.7\r\n",
		"alert": "\x15\x03\x01\x00\x02\x02\x28", "huge record": "\x16\x03\x03\xff\xff" + strings.Repeat("a", 70_000), "nothing": "",
	} {
		t.Run(name, func(t *testing.T) {
			f := newFaulty(t, func(conn *net.TCPConn, _ int) {
				_, _ = conn.Read(make([]byte, 4096))
				_, _ = io.WriteString(conn, answer)
			})
			s := faultScraper(t, 2*time.Second)
			_, err := s.Fetch(t.Context(), "https://"+f.Addr().String()+"/a")
			require.Error(t, err)
			require.False(t, isOneOf(err, skipReasons))
			assert.NotContains(t, []string{"", otherError}, Reason(err), err)
			if name == "HTTP" {
				require.ErrorIs(t, err, http.ErrSchemeMismatch)
				assert.EqualValues(t, 1, f.connections.Load(), "a second try would fail in the same way")
			}
			s.Close()
			f.stop()
		})
	}
}

// tamper starts a proxy between a scraper and a TLS server. The argument at is an offset in the server's data: the
// proxy flips a bit of the byte there, or closes the connection if flip is false.
func tamper(t *testing.T, server string, at int, flip bool) *faulty {
	t.Helper()
	return newFaulty(t, func(conn *net.TCPConn, _ int) {
		far, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", server)
		if err != nil {
			return
		}
		defer func() { _ = far.Close() }()
		_ = far.SetDeadline(time.Now().Add(5 * time.Second))
		done := make(chan struct{})
		go func() {
			defer close(done)
			_, _ = io.Copy(struct{ io.Writer }{far}, conn)
			_ = far.Close()
		}()
		near := struct{ io.Writer }{conn} // hides ReadFrom, which would splice: Go keeps the pipes for that open
		_, _ = io.CopyN(near, far, int64(at))
		if flip {
			var b [1]byte
			if _, err := io.ReadFull(far, b[:]); err == nil {
				_, _ = near.Write([]byte{b[0] ^ 0x10})
			}
			_, _ = io.Copy(near, far)
		}
		_ = conn.Close()
		<-done
	})
}

func TestTLSThatIsTamperedWithAtEveryByte(t *testing.T) {
	noLeaks(t)
	noDescriptorLeaks(t)
	web := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		writePage(w, "a")
	}))
	web.Config.ErrorLog = log.New(io.Discard, "", 0) // otherwise each failed handshake is logged
	web.EnableHTTP2 = true
	web.StartTLS()
	defer web.Close()
	failed := 0
	for at := 0; at < 2000; at += 23 {
		for _, flip := range []bool{false, true} {
			f := tamper(t, web.Listener.Addr().String(), at, flip)
			s, err := New(Options{
				AllowPrivate: true, IgnoreRobots: true, Delay: -1, RetryDelay: time.Millisecond, MaxTries: 1,
				Timeout: 3 * time.Second,
				TLS:     web.Client().Transport.(*http.Transport).TLSClientConfig,
			})
			require.NoError(t, err)
			page, err := s.Fetch(t.Context(), "https://"+f.Addr().String()+"/a")
			if err == nil {
				assert.Equal(t, pageText("a"), string(page.Body), "byte %d", at)
			} else {
				failed++
				assert.False(t, isOneOf(err, skipReasons), "a fault is reported as a decision: %v", err)
			}
			s.Close()
			f.stop()
		}
	}
	assert.Greater(t, failed, 40, "the faults had no effect")
}
