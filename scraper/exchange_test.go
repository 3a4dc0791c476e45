package scraper

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A scripted server answers each request with the bytes for its path, and keeps the bytes of the requests. If an answer
// ends in "…", which is not sent, the connection stays open.
type scripted struct {
	*faulty
	mu       sync.Mutex
	requests map[string]string
}

func newScripted(t *testing.T, answers map[string]string) *scripted {
	t.Helper()
	s := &scripted{requests: make(map[string]string)}
	s.faulty = newFaulty(t, func(conn *net.TCPConn, _ int) {
		in := bufio.NewReader(conn)
		for {
			var request strings.Builder
			for !strings.HasSuffix(request.String(), "\r\n\r\n") {
				line, err := in.ReadString('\n')
				if err != nil {
					return
				}
				request.WriteString(line)
			}
			path := strings.Fields(request.String())[1]
			s.mu.Lock()
			s.requests[path] = request.String()
			s.mu.Unlock()
			answer, stays := strings.CutSuffix(answers[path], "…")
			_, _ = io.WriteString(conn, answer)
			if !stays {
				return
			}
		}
	})
	t.Cleanup(s.stop)
	return s
}

// exchangeBook keeps the exchanges that it gets, by path.
type exchangeBook struct {
	mu   sync.Mutex
	list map[string][]*Exchange
}

func (b *exchangeBook) add(_ context.Context, x *Exchange) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.list == nil {
		b.list = make(map[string][]*Exchange)
	}
	u, err := url.Parse(x.URL)
	b.list[u.Path] = append(b.list[u.Path], x)
	return err
}

func (b *exchangeBook) one(t *testing.T, path string) *Exchange {
	t.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	require.Len(t, b.list[path], 1, path)
	return b.list[path][0]
}

// The recorded messages are the bytes on the connection, with the names and the order of the header fields, the chunks
// and the encodings.
func TestExchangesAreTheBytesOfTheConnection(t *testing.T) {
	page := pageText("The ferry was late", "")
	chunked := func(body string) string {
		return fmt.Sprintf("%x;late=yes\r\n%s\r\n%X\r\n%s\r\n0\r\nX-Trailer: t\r\n\r\n", 9, body[:9], len(body)-9, body[9:])
	}
	answers := map[string]string{
		"/length": fmt.Sprintf("HTTP/1.1 200 Fine\r\ncontent-TYPE: text/html\r\nX-b: 2\r\nX-A: 1\r\nx-b: 3\r\nContent-Length: %d\r\n\r\n%s",
			len(page), page) + "…",
		"/chunks": "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Type: text/html\r\n\r\n" + chunked(page+"chunks") + "…",
		"/hop":    "HTTP/1.1 301 Moved\r\nLocation: /length\r\nContent-Length: 4\r\n\r\ngone…",
		"/gone":   fmt.Sprintf("HTTP/1.1 404 Not Found\r\nContent-Length: %d\r\n\r\n%s", 4*drainBytes, strings.Repeat("x", 4*drainBytes)) + "…",
		"/close":  "HTTP/1.0 200 OK\nContent-Type: text/html\n\n" + page + "close",
	}
	for encoding := range encodings {
		body := string(encode(t, encoding, []byte(page+encoding)))
		answers["/"+encoding] = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\ncontent-encoding: " + encoding +
			"\r\nTransfer-Encoding: chunked\r\n\r\n" + chunked(body) + "…"
	}
	web := newScripted(t, answers)
	book := &exchangeBook{}
	s := newScraper(t, func(o *Options) { o.IgnoreRobots, o.OnExchange = true, book.add })
	address := strings.TrimSuffix(web.url(), "/a")
	for path := range answers {
		page, err := s.Fetch(t.Context(), address+path)
		switch path {
		case "/gone":
			require.ErrorIs(t, err, ErrStatus)
			continue
		case "/length", "/hop":
			require.NoError(t, err)
		default:
			require.NoError(t, err)
			assert.Same(t, book.one(t, path), page.Raw)
		}
	}
	assert.Len(t, book.list["/length"], 2)
	book.list["/length"] = book.list["/length"][1:]
	for path, answer := range answers {
		x := book.one(t, path)
		assert.Equal(t, strings.TrimSuffix(answer, "…"), string(x.Response), path)
		assert.Equal(t, web.requests[path], string(x.Request), path)
		assert.Empty(t, x.Truncated, path)
		assert.False(t, x.Rebuilt)
		assert.Equal(t, "127.0.0.1", x.Address.String())
		assert.Equal(t, address+path, x.URL)
		assert.Regexp(t, `^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`, x.ID)
	}
	assert.Equal(t, 301, book.one(t, "/hop").Status)
	assert.Contains(t, web.requests["/chunks"], "Accept-Encoding: gzip, deflate, br, zstd\r\n")
	assert.LessOrEqual(t, web.connections.Load(), int32(2), "connections are reused")
}

// Interim responses, and bytes after the end of a response, are not part of the exchange.
func TestExchangeIsTheFinalResponse(t *testing.T) {
	page := pageText("The ferry was late", "")
	final := fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n%s", len(page), page)
	web := newScripted(t, map[string]string{
		"/a": "HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\nHTTP/1.1 103 Early Hints\r\n\r\n" + final + "HTTP/1.1 200 OK\r\n",
	})
	s := newScraper(t, func(o *Options) { o.IgnoreRobots, o.Raw = true, true })
	got, err := s.Fetch(t.Context(), web.url())
	require.NoError(t, err)
	assert.Equal(t, final, string(got.Raw.Response))
}

func TestTruncatedExchanges(t *testing.T) {
	head := func(more string) string { return "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + more + "\r\n\r\n" }
	for name, c := range map[string]struct {
		answer    string
		truncated string
		want      error
	}{
		"closed":             {head("Content-Length: 1000") + "<p>The ferry", "disconnect", ErrReset},
		"closed in a chunk":  {head("Transfer-Encoding: chunked") + "20\r\n<p>The ferry", "disconnect", ErrReset},
		"stalled":            {head("Content-Length: 1000") + "<p>The ferry…", "time", ErrTimeout},
		"too large":          {head("") + strings.Repeat("<p>The ferry", 20_000), "length", ErrTooLarge},
		"no page":            {"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: 1000\r\n\r\n\x89PNG…", "unspecified", ErrContentType},
		"whole, but corrupt": {head("Content-Encoding: br\r\nContent-Length: 5") + "\xff\xff\xff\xff\xff…", "", ErrEncoding},
	} {
		t.Run(name, func(t *testing.T) {
			web, book := newScripted(t, map[string]string{"/a": c.answer}), &exchangeBook{}
			s := newScraper(t, func(o *Options) {
				o.IgnoreRobots, o.MaxTries, o.MaxBytes, o.OnExchange = true, 1, 100_000, book.add
				if errors.Is(c.want, ErrTimeout) {
					o.IdleTimeout = 200 * time.Millisecond
				}
			})
			_, err := s.Fetch(t.Context(), web.url())
			require.ErrorIs(t, err, c.want)
			x := book.one(t, "/a")
			assert.Equal(t, c.truncated, x.Truncated)
			assert.True(t, strings.HasPrefix(c.answer, string(x.Response)))
			assert.Contains(t, string(x.Response), "\r\n\r\n")
		})
	}
}

// With chunks of one byte, six times the size of the page is sent over the connection. The recorded part is still
// bounded.
func TestExchangesAreBounded(t *testing.T) {
	body := strings.Repeat("1\r\n.\r\n", 400_000) + "0\r\n\r\n"
	web := newScripted(t, map[string]string{
		"/a": "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n" + body,
	})
	s := newScraper(t, func(o *Options) { o.IgnoreRobots, o.Raw, o.MaxBytes = true, true, 400_000 })
	page, err := s.Fetch(t.Context(), web.url())
	require.NoError(t, err)
	assert.Len(t, page.Body, 400_000)
	limit := 450_000 + drainBytes + maxHeaderBytes
	assert.Len(t, page.Raw.Response, limit)
	assert.LessOrEqual(t, cap(page.Raw.Response), limit+limit/4)
	assert.Equal(t, "length", page.Raw.Truncated)
}

// For HTTP/2, proxies and Options.Transport the bytes are not available, so the messages are rebuilt.
func TestExchangesAreRebuilt(t *testing.T) {
	text := pageText("The ferry was late", "")
	serve := func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		w.Header().Set("Content-Encoding", "gzip")
		w.Header().Set("X-Deck", "upper")
		_, _ = w.Write(encode(t, "gzip", []byte(text)))
	}
	secure := func(http2 bool) (*httptest.Server, func(*Options)) {
		web := httptest.NewUnstartedServer(http.HandlerFunc(serve))
		web.EnableHTTP2 = http2
		web.Config.ErrorLog = log.New(io.Discard, "", 0)
		web.StartTLS()
		t.Cleanup(web.Close)
		return web, func(o *Options) { o.TLS = web.Client().Transport.(*http.Transport).TLSClientConfig }
	}
	for _, http2 := range []bool{true, false} {
		web, trust := secure(http2)
		s := newScraper(t, func(o *Options) { trust(o); o.Raw, o.IgnoreRobots = true, true })
		for range 2 { // the second time over the same connection
			page, err := s.Fetch(t.Context(), web.URL+"/a?b=c")
			require.NoError(t, err)
			x := page.Raw
			assert.Equal(t, http2, x.Rebuilt, "the bytes within TLS are recorded")
			assert.Equal(t, map[bool]string{true: "HTTP/2.0", false: "HTTP/1.1"}[http2], x.Protocol)
			assert.Equal(t, "127.0.0.1", x.Address.String())
			assertReads(t, x, text)
		}
	}
	proxy := newSite(t)
	proxy.handle("/a", serve)
	address, err := url.Parse(proxy.URL)
	require.NoError(t, err)
	address.User = url.UserPassword("purser", "secret")
	s := newScraper(t, func(o *Options) { o.Proxy, o.Raw = address, true })
	page, err := s.Fetch(t.Context(), "http://harbour.example/a?b=c")
	require.NoError(t, err)
	assertReads(t, page.Raw, text)
	assert.True(t, page.Raw.Rebuilt)
	assert.False(t, page.Raw.Address.IsValid(), "that would be the proxy's")
	assert.NotContains(t, string(page.Raw.Request), "Proxy-Authorization")

	s = newScraper(t, func(o *Options) {
		o.Raw = true
		o.Transport = transportFunc(func(r *http.Request) (*http.Response, error) {
			w := httptest.NewRecorder()
			serve(w, r)
			return w.Result(), nil
		})
	})
	page, err = s.Fetch(t.Context(), "http://127.0.0.1/a?b=c")
	require.NoError(t, err)
	assertReads(t, page.Raw, text)
}

// assertReads checks that net/http can read both messages of x, and that the body of the response is the given text in
// gzip.
func assertReads(t *testing.T, x *Exchange, text string) {
	t.Helper()
	req, err := http.ReadRequest(bufio.NewReader(bytes.NewReader(x.Request)))
	require.NoError(t, err)
	assert.Equal(t, "/a?b=c", req.URL.String())
	assert.Contains(t, x.URL, req.Host)
	assert.Equal(t, DefaultUserAgent, req.UserAgent())
	res, err := http.ReadResponse(bufio.NewReader(bytes.NewReader(x.Response)), req)
	require.NoError(t, err)
	assert.Equal(t, "200 OK", res.Status)
	assert.Equal(t, "upper", res.Header.Get("X-Deck"))
	body, err := io.ReadAll(res.Body)
	require.NoError(t, errors.Join(err, res.Body.Close()))
	assert.Equal(t, encode(t, "gzip", []byte(text)), body)
}

// OnExchange is called with everything that was received: robots.txt, sitemaps, redirects, confirmations of cached
// pages.
func TestOnExchangeGetsAll(t *testing.T) {
	web := newSite(t)
	web.handle("/robots.txt", func(w http.ResponseWriter, r *http.Request) {
		_, _ = fmt.Fprintf(w, "Sitemap: http://%s/map.xml\n", r.Host)
	})
	web.handle("/map.xml", func(w http.ResponseWriter, r *http.Request) {
		_, _ = fmt.Fprintf(w, "<urlset><url><loc>http://%s/b</loc></url></urlset>", r.Host)
	})
	web.handle("/old", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/a", http.StatusFound) })
	for _, path := range []string{"/a", "/b"} {
		web.handle(path, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("ETag", `"`+path+`"`)
			if r.Header.Get("If-None-Match") != "" {
				w.WriteHeader(http.StatusNotModified)
				return
			}
			writePage(w, path)
		})
	}
	dir := t.TempDir()
	var first *Exchange
	for run := range 2 {
		book := &exchangeBook{}
		s := newScraper(t, func(o *Options) { o.OnExchange, o.Cache = book.add, dir })
		pages := &collector{}
		_, err := s.Crawl(t.Context(), Job{Seeds: []string{web.URL + "/old"}, Sitemaps: true}, pages.handle)
		require.NoError(t, err)
		assert.ElementsMatch(t, []string{"/a", "/b"}, pages.pages)
		assert.Len(t, book.list, 5)
		for path, status := range map[string]int{"/robots.txt": 200, "/map.xml": 200, "/old": 302, "/a": 200, "/b": 200} {
			x := book.one(t, path)
			if run == 1 && (path == "/a" || path == "/b") {
				status = http.StatusNotModified
			}
			assert.Equal(t, status, x.Status, path)
			assert.Empty(t, x.Truncated, path)
		}
		x := book.one(t, "/a")
		if run == 0 {
			first = x
			assert.Zero(t, x.Original)
			continue
		}
		assert.True(t, first.Began.Equal(x.Original))
		assert.True(t, bytes.HasPrefix(x.Response, []byte("HTTP/1.1 304 ")))
		assert.Contains(t, string(x.Request), "If-None-Match: \"/a\"\r\n")
	}
}

// An error of the hook ends the visit, whatever was requested, and nothing counts as fetched.
func TestOnExchangeFails(t *testing.T) {
	full := errors.New("the disk is full")
	for _, at := range []string{"/robots.txt", "/map.xml", "/old", "/a", "/a/2"} {
		t.Run(at, func(t *testing.T) {
			web := newSite(t)
			web.handle("/robots.txt", func(w http.ResponseWriter, r *http.Request) {
				_, _ = fmt.Fprintf(w, "Sitemap: http://%s/map.xml\n", r.Host)
			})
			web.handle("/map.xml", func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "<urlset></urlset>") })
			web.handle("/old", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/a", http.StatusFound) })
			web.handle("/a", func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Type", "text/html")
				_, _ = io.WriteString(w, `<link rel=next href="/a/2">`+pageText("a", ""))
			})
			web.page("/a/2")
			s := newScraper(t, func(o *Options) {
				o.OnExchange = func(_ context.Context, x *Exchange) error {
					if strings.HasSuffix(x.URL, at) {
						return full
					}
					return nil
				}
			})
			var errs []error
			job := Job{
				Seeds: []string{web.URL + "/old"}, Sitemaps: true, JoinParts: true,
				OnError: func(_ Request, err error) { errs = append(errs, err) },
			}
			stats, _ := s.Crawl(t.Context(), job, func(context.Context, *Page) error { return nil })
			require.Len(t, errs, 1)
			require.ErrorIs(t, errs[0], full)
			assert.Equal(t, 1, stats.Failed)
			_, err := s.Fetch(t.Context(), web.URL+"/old")
			if at == "/old" || at == "/a" {
				require.ErrorIs(t, err, full)
			}
		})
	}
}

func TestWithoutRawNothingIsKept(t *testing.T) {
	web, s := newSite(t), newScraper(t, nil)
	web.page("/a")
	page, err := s.Fetch(t.Context(), web.URL+"/a")
	require.NoError(t, err)
	assert.Nil(t, page.Raw)
	assert.Nil(t, s.transport.base.(*http.Transport).DialTLSContext)
}
