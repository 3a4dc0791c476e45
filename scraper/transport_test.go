package scraper

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// encodings maps the content encodings that the scraper accepts to functions that encode.
var encodings = map[string]func(io.Writer) io.WriteCloser{
	"gzip":    func(w io.Writer) io.WriteCloser { return gzip.NewWriter(w) },
	"deflate": func(w io.Writer) io.WriteCloser { return zlib.NewWriter(w) },
	"br":      func(w io.Writer) io.WriteCloser { return brotli.NewWriterLevel(w, 1) },
	"zstd": func(w io.Writer) io.WriteCloser {
		z, err := zstd.NewWriter(w, zstd.WithEncoderConcurrency(1))
		if err != nil {
			panic(err)
		}
		return z
	},
}

func encode(t *testing.T, encoding string, text []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	w := encodings[encoding](&b)
	_, err := w.Write(text)
	require.NoError(t, err)
	require.NoError(t, w.Close())
	return b.Bytes()
}

// serveEncoded serves body unchanged with the given Content-Encoding.
func serveEncoded(encoding string, body []byte) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		if encoding != "" {
			w.Header().Set("Content-Encoding", encoding)
		}
		_, _ = w.Write(body)
	}
}

func TestContentEncodings(t *testing.T) {
	text := []byte(pageText("The ferry was late – again", "/b"))
	var raw bytes.Buffer
	bare, err := flate.NewWriter(&raw, 6)
	require.NoError(t, err)
	_, err = bare.Write(text)
	require.NoError(t, err)
	require.NoError(t, bare.Close())
	members := append(encode(t, "gzip", text[:40]), encode(t, "gzip", text[40:])...)

	s, web := newScraper(t, nil), newSite(t)
	for name, h := range map[string]http.HandlerFunc{
		"gzip":                        serveEncoded("gzip", encode(t, "gzip", text)),
		"x-gzip":                      serveEncoded("X-GZip", encode(t, "gzip", text)),
		"gzip in members":             serveEncoded("gzip", members),
		"gzip with trailing data":     serveEncoded("gzip", append(slices.Clone(members), "\n<!-- 3 ms -->\x00\x00"...)),
		"no encoding":                 serveEncoded("UTF-8", text),
		"none, declared":              serveEncoded("none", text),
		"binary":                      serveEncoded("binary", text),
		"of an upload":                serveEncoded("aws-chunked,gzip", encode(t, "gzip", text)),
		"deflate":                     serveEncoded("deflate", encode(t, "deflate", text)),
		"deflate without zlib":        serveEncoded("deflate", raw.Bytes()),
		"br":                          serveEncoded("br", encode(t, "br", text)),
		"zstd":                        serveEncoded("zstd", encode(t, "zstd", text)),
		"none":                        serveEncoded("", text),
		"identity":                    serveEncoded("identity", text),
		"two":                         serveEncoded("gzip, br", encode(t, "br", encode(t, "gzip", text))),
		"gzip, not declared":          serveEncoded("", encode(t, "gzip", text)),
		"declared as gzip, but plain": serveEncoded("gzip", text),
	} {
		t.Run(name, func(t *testing.T) {
			web.handle("/a", h)
			page, err := s.Fetch(t.Context(), web.URL+"/a")
			require.NoError(t, err)
			assert.Equal(t, string(text), string(page.Body))
			assert.Len(t, page.Links(), 1)
		})
	}
	asked := web.history()
	assert.Equal(t, "gzip, deflate, br, zstd", asked[len(asked)-1].header.Get("Accept-Encoding"))
}

func TestBrokenEncodings(t *testing.T) {
	s, web := newScraper(t, nil), newSite(t)
	text := []byte(strings.Repeat(pageText("The ferry was late"), 200))
	corrupt := encode(t, "gzip", text)
	corrupt[len(corrupt)-5] ^= 0xff // in the checksum
	for name, tt := range map[string]struct {
		encoding string
		body     []byte
		want     error
	}{
		"unknown":      {"frob", encode(t, "gzip", text), ErrEncoding},
		"too many":     {"gzip, gzip, gzip, gzip", text, ErrEncoding},
		"corrupt zstd": {"zstd", text, ErrEncoding},
		"corrupt br":   {"br", append([]byte{0xff, 0xff}, text...), ErrEncoding},
		"corrupt gzip": {"gzip", corrupt, ErrEncoding},
		"half a gzip":  {"gzip", encode(t, "gzip", text)[:60], io.ErrUnexpectedEOF},
		"half a zlib":  {"deflate", encode(t, "deflate", text)[:60], io.ErrUnexpectedEOF},
		"half a br":    {"br", encode(t, "br", text)[:60], io.ErrUnexpectedEOF},
		"half a zstd":  {"zstd", encode(t, "zstd", text)[:60], io.ErrUnexpectedEOF},
	} {
		t.Run(name, func(t *testing.T) {
			web.handle("/a", serveEncoded(tt.encoding, tt.body))
			before := web.count("/a")
			page, err := s.Fetch(t.Context(), web.URL+"/a")
			require.ErrorIs(t, err, tt.want)
			assert.Nil(t, page)
			tries := 1
			if errors.Is(tt.want, io.ErrUnexpectedEOF) {
				tries = 3 // the network may have truncated it
			}
			assert.Equal(t, tries, web.count("/a")-before, "requests")
		})
	}
}

func TestBombsAreTooLargeInBoundedMemory(t *testing.T) {
	const limit = 1 << 20
	s, web := newScraper(t, func(o *Options) { o.MaxBytes = limit }), newSite(t)
	for encoding := range encodings {
		t.Run(encoding, func(t *testing.T) {
			bomb := encode(t, encoding, bytes.Repeat([]byte("<p>boom</p>"), 20<<20/11))
			require.Less(t, len(bomb), limit/2, "the decoded size counts")
			// .xml.gz and a gzip media type make colly decompress once more.
			for _, path := range []string{"/bomb", "/bomb.xml.gz"} {
				web.handle(path, serveEncoded(encoding, bomb))
				var before, after runtime.MemStats
				runtime.ReadMemStats(&before)
				_, err := s.Fetch(t.Context(), web.URL+path)
				runtime.ReadMemStats(&after)
				require.ErrorIs(t, err, ErrTooLarge)
				assert.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(32<<20), "bytes allocated")
			}
		})
	}
}

func TestMaxBytesIsExact(t *testing.T) {
	s, web := newScraper(t, func(o *Options) { o.MaxBytes = 1000 }), newSite(t)
	text := []byte(pageText("a"))
	text = append(text, bytes.Repeat([]byte(" "), 1001-len(text))...)
	for name, h := range map[string]func([]byte) http.HandlerFunc{
		"known length": func(b []byte) http.HandlerFunc { return serveEncoded("", b) },
		"chunked": func(b []byte) http.HandlerFunc {
			return func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Type", "text/html")
				_, _ = w.Write(b[:500])
				w.(http.Flusher).Flush()
				_, _ = w.Write(b[500:])
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			web.handle("/a", h(text[:1000]))
			page, err := s.Fetch(t.Context(), web.URL+"/a")
			require.NoError(t, err)
			assert.Len(t, page.Body, 1000)
			web.handle("/a", h(text))
			_, err = s.Fetch(t.Context(), web.URL+"/a")
			require.ErrorIs(t, err, ErrTooLarge)
		})
	}
}

func TestContentTypeIsJudgedBeforeTheBody(t *testing.T) {
	s, web := newScraper(t, nil), newSite(t)
	for contentType, want := range map[string]error{
		"text/html":                            nil,
		"TEXT/HTML ;charset=UTF-8":             nil,
		"application/xhtml+xml; charset=utf-8": nil,
		"text/html, text/html; charset=utf-8":  nil,
		"text/html charset=utf-8":              nil,
		"html; charset=utf-8":                  nil,
		"unknown/unknown":                      nil,
		"text/plain":                           ErrContentType,
		"application/pdf":                      ErrContentType,
		"application/json":                     ErrContentType,
		"application/gzip":                     ErrContentType,
		"image/png; name=a.html":               ErrContentType,
	} {
		t.Run(contentType, func(t *testing.T) {
			gone := make(chan bool, 1)
			web.handle("/a", func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("Content-Type", contentType)
				_, _ = io.WriteString(w, pageText("a"))
				if want == nil {
					return
				}
				w.(http.Flusher).Flush() // the body continues until the client disconnects
				select {
				case <-r.Context().Done():
					gone <- true
				case <-time.After(30 * time.Second):
					gone <- false
				}
			})
			_, err := s.Fetch(t.Context(), web.URL+"/a")
			require.ErrorIs(t, err, want)
			if want != nil {
				assert.True(t, <-gone, "it waited for the body")
			}
		})
	}
}

func TestBytesThatAreNotAPage(t *testing.T) {
	s, web := newScraper(t, nil), newSite(t)
	web.handle("/a", func(w http.ResponseWriter, _ *http.Request) {
		w.Header()["Content-Type"] = nil
		_, _ = io.WriteString(w, "%PDF-1.7\n%âãÏÓ\n1 0 obj\n")
	})
	_, err := s.Fetch(t.Context(), web.URL+"/a")
	require.ErrorIs(t, err, ErrContentType)

	web.handle("/b", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		w.Header().Set("Content-Disposition", `attachment; filename="a.html"`)
		_, _ = io.WriteString(w, pageText("a"))
	})
	_, err = s.Fetch(t.Context(), web.URL+"/b")
	require.ErrorIs(t, err, ErrContentType)
}

func TestTimeouts(t *testing.T) {
	web := newSite(t)
	release := make(chan struct{})
	t.Cleanup(func() { close(release) })
	hang := func(r *http.Request) {
		select {
		case <-release:
		case <-r.Context().Done():
		}
	}
	web.handle("/header", func(_ http.ResponseWriter, r *http.Request) { hang(r) })
	web.handle("/silent", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		_, _ = io.WriteString(w, strings.TrimSuffix(pageText("a"), "</html>"))
		w.(http.Flusher).Flush()
		hang(r)
	})
	trickle := func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		for r.Context().Err() == nil {
			_, _ = io.WriteString(w, ".")
			w.(http.Flusher).Flush()
			time.Sleep(5 * time.Millisecond)
		}
	}
	web.handle("/trickle", trickle)
	web.handle("/drip", trickle)
	web.handle("/error", func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusNotFound)
		w.(http.Flusher).Flush()
		hang(r)
	})
	const short, long = 40 * time.Millisecond, 20 * time.Second
	for path, options := range map[string]Options{
		"/header":  {HeaderTimeout: short, IdleTimeout: long, Timeout: long},
		"/silent":  {HeaderTimeout: long, IdleTimeout: short, Timeout: long},
		"/trickle": {HeaderTimeout: long, IdleTimeout: long, Timeout: 3 * short},
		"/drip":    {HeaderTimeout: long, IdleTimeout: 3 * short, Timeout: long},
	} {
		t.Run(path[1:], func(t *testing.T) {
			options.AllowPrivate, options.IgnoreRobots, options.MaxTries, options.Delay = true, true, 1, -1
			s, err := New(options)
			require.NoError(t, err)
			defer s.Close()
			begun := time.Now()
			_, err = s.Fetch(t.Context(), web.URL+path)
			require.ErrorIs(t, err, ErrTimeout)
			assert.Less(t, time.Since(begun), long)
		})
	}
	t.Run("the body of an error page", func(t *testing.T) {
		s := newScraper(t, func(o *Options) { o.IdleTimeout, o.IgnoreRobots = short, true })
		_, err := s.Fetch(t.Context(), web.URL+"/error")
		require.ErrorIs(t, err, ErrStatus, "the status counts")
	})
}

func TestTruncatedBodyIsRetried(t *testing.T) {
	s, web := newScraper(t, nil), newSite(t)
	text := pageText("a", "/b")
	web.handle("/a", func(w http.ResponseWriter, _ *http.Request) {
		if web.count("/a") > 2 {
			writePage(w, "a", "/b")
			return
		}
		w.Header().Set("Content-Type", "text/html")
		w.Header().Set("Content-Length", fmt.Sprint(len(text)))
		_, _ = io.WriteString(w, text[:len(text)/2])
	})
	page, err := s.Fetch(t.Context(), web.URL+"/a")
	require.NoError(t, err)
	assert.Equal(t, text, string(page.Body))
	assert.Equal(t, 3, web.count("/a"))
}

// A page that ends in "</html>" is complete, even if its last chunk is missing, if its Content-Length is too large, or
// if the server then keeps silent. Another page is not.
func TestBodiesThatEndEarly(t *testing.T) {
	text := pageText("The ferry was late", "/b")
	whole, half := text+" \n", text[:len(text)-len("</html>")]
	length := "Content-Length: " + fmt.Sprint(len(whole)+1) + "\r\n\r\n"
	chunk := func(text string) string {
		return fmt.Sprintf("Transfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n", len(text), text)
	}
	for name, tt := range map[string]struct {
		response string
		silent   bool
		want     error
	}{
		"length too large":         {length + whole, false, nil},
		"no last chunk":            {chunk(whole), false, nil},
		"a chunk without length":   {chunk(whole) + "<!-- -->", false, nil},
		"silence after the page":   {length + whole, true, nil},
		"length too large, cut":    {length + half, false, ErrReset},
		"no last chunk, cut":       {chunk(half), false, ErrReset},
		"silence within the page":  {chunk(half), true, ErrTimeout},
		"gzip, no last chunk":      {"Content-Encoding: gzip\r\n" + chunk(string(encode(t, "gzip", []byte(whole)))), false, nil},
		"gzip, length too large":   {"Content-Encoding: gzip\r\n" + length + string(encode(t, "gzip", []byte(whole))), false, nil},
		"more bytes than accepted": {chunk(strings.Repeat(" ", 20_000) + whole), false, ErrTooLarge},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel() // some wait for IdleTimeout
			web := newFaulty(t, func(conn *net.TCPConn, _ int) {
				readRequest(conn)
				_, _ = io.WriteString(conn, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"+tt.response)
				if tt.silent {
					untilGone(conn)
				}
			})
			defer web.stop()
			s := newScraper(t, func(o *Options) {
				o.IgnoreRobots, o.MaxBytes, o.MaxTries = true, 20_000, 2
				if tt.silent { // otherwise, a busy machine must not take for silence what it has not read yet
					o.IdleTimeout = 2 * time.Second
				}
			})
			page, err := s.Fetch(t.Context(), web.url())
			require.ErrorIs(t, err, tt.want)
			if tt.want == nil {
				assert.Equal(t, whole, string(page.Body))
				assert.EqualValues(t, 1, web.connections.Load())
			}
		})
	}
}

func TestConnectionsAreReused(t *testing.T) {
	s, web := newScraper(t, nil), newSite(t)
	connections := make(map[string]bool)
	for i := range 6 {
		web.handle(fmt.Sprintf("/%d", i), func(w http.ResponseWriter, r *http.Request) {
			connections[r.RemoteAddr] = true
			if i%2 == 0 {
				http.Error(w, strings.Repeat("gone ", 1000), http.StatusGone)
				return
			}
			writePage(w, "a")
		})
	}
	for i := range 6 {
		_, _ = s.Fetch(t.Context(), fmt.Sprintf("%s/%d", web.URL, i))
	}
	assert.Len(t, connections, 1, "error pages included")
}
