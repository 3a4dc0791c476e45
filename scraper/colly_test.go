package scraper

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Each test here is named after a pitfall of colly v2.3.0 that must not affect this package. Tests of other pitfalls
// are elsewhere: robots.txt with a 5xx status, or ignored on redirects (robots_fetch_test.go), silently truncated
// bodies (TestMaxBytesIsExact), .gz bombs (TestBombsAreTooLargeInBoundedMemory), a queue that is still processed
// after a cancellation (TestCrawlCancel), connections that are not reused (TestConnectionsAreReused).

func TestCollyEnvironmentDoesNotOverride(t *testing.T) {
	for name, value := range map[string]string{
		"USER_AGENT": "Mallory/1.0", "MAX_BODY_SIZE": "10", "ALLOWED_DOMAINS": "quay.example", "MAX_REQUESTS": "1",
		"DISALLOWED_DOMAINS": "127.0.0.1", "CACHE_DIR": t.TempDir(), "IGNORE_ROBOTSTXT": "no", "DETECT_CHARSET": "yes",
		"FOLLOW_REDIRECTS": "yes", "MAX_DEPTH": "0", "PARSE_HTTP_ERROR_RESPONSE": "no", "TRACE_HTTP": "yes",
	} {
		t.Setenv("COLLY_"+name, value)
	}
	s, web := newScraper(t, nil), newSite(t)
	web.redirect("/a", "/b")
	web.page("/b", "/c")
	for range 2 {
		page, err := s.Fetch(t.Context(), web.URL+"/a")
		require.NoError(t, err)
		assert.Equal(t, pageText("/b", "/c"), string(page.Body))
		assert.Len(t, page.Request.Via, 1)
	}
	assert.Equal(t, 2, web.count("/b"), "no cache")
	assert.Equal(t, DefaultUserAgent, web.history()[1].header.Get("User-Agent"))
}

func TestCollyProxyEnvironmentDoesNotMatter(t *testing.T) {
	t.Setenv("HTTP_PROXY", "http://127.0.0.1:1")
	t.Setenv("NO_PROXY", "")
	s := newScraper(t, nil)
	assert.Nil(t, s.transport.base.(*http.Transport).Proxy)
}

func TestCollyFragmentsAreOnePage(t *testing.T) {
	s, web := newScraper(t, nil), newSite(t)
	web.page("/", "/a#one", "/a#two", "/a")
	web.page("/a", "#three")
	_, err := s.Crawl(t.Context(), Job{Seeds: []string{web.URL}}, nil)
	require.NoError(t, err)
	assert.Equal(t, []string{"/", "/a"}, web.asked())
}

func TestCollyFailedPageIsNotVisited(t *testing.T) {
	// Without robots.txt, /a is the first request on its connection. On a reused one, net/http would retry by itself.
	s, web := newScraper(t, func(o *Options) { o.IgnoreRobots = true }), newSite(t)
	web.handle("/a", func(w http.ResponseWriter, _ *http.Request) {
		if web.count("/a") == 1 {
			panic(http.ErrAbortHandler) // the connection breaks
		}
		writePage(w, "a")
	})
	stats, err := s.Crawl(t.Context(), Job{Seeds: []string{web.URL + "/a"}}, nil)
	require.NoError(t, err)
	assert.Equal(t, 1, stats.Handled)
	assert.Equal(t, 1, stats.Retried)
}

func TestCollyBytesAreNotTranscoded(t *testing.T) {
	s, web := newScraper(t, nil), newSite(t)
	for name, tt := range map[string]struct {
		contentType, body, encoding string
	}{
		"charset in the header": {"text/html; charset=windows-1252", "<p>Die F\xe4hre</p>", "windows-1252"},
		"charset in the page":   {"text/html", "<meta charset=shift_jis><p>\x83\x74\x83\x46\x83\x8a\x81\x5b", "shift_jis"},
		"byte order mark":       {"text/html; charset=utf-8", "\xff\xfe<\x00p\x00>\x00a\x00", "utf-16le"},
	} {
		t.Run(name, func(t *testing.T) {
			web.handle("/a", func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Type", tt.contentType)
				_, _ = io.WriteString(w, tt.body)
			})
			page, err := s.Fetch(t.Context(), web.URL+"/a")
			require.NoError(t, err)
			assert.Equal(t, tt.body, string(page.Body))
			assert.Equal(t, tt.encoding, page.Encoding)
		})
	}
}

func TestCollyDoesNotDecompressByFileName(t *testing.T) {
	s, web := newScraper(t, nil), newSite(t)
	text := pageText("a")
	for path, h := range map[string]http.HandlerFunc{
		"/a.xml.gz": serveEncoded("", []byte(text)), // colly would fail on it
		"/b.xml.gz": serveEncoded("gzip", encode(t, "gzip", []byte(text))),
	} {
		web.handle(path, h)
		page, err := s.Fetch(t.Context(), web.URL+path)
		require.NoError(t, err)
		assert.Equal(t, text, string(page.Body))
	}
}

func TestCollyKeepsNoCookies(t *testing.T) {
	s, web := newScraper(t, nil), newSite(t)
	for _, path := range []string{"/a", "/b"} {
		web.handle(path, func(w http.ResponseWriter, _ *http.Request) {
			http.SetCookie(w, &http.Cookie{Name: "id", Value: "1"})
			writePage(w, "a")
		})
		_, err := s.Fetch(t.Context(), web.URL+path)
		require.NoError(t, err)
	}
	for _, asked := range web.history() {
		assert.Empty(t, asked.header.Get("Cookie"), asked.path)
	}
}

func TestCollyClonesDoNotMixResponses(t *testing.T) {
	s, web := newScraper(t, func(o *Options) { o.Workers = 16 }), newSite(t)
	links := make([]string, 0, 50)
	for i := range 50 {
		path := fmt.Sprintf("/%d", i)
		links = append(links, path)
		web.page(path)
	}
	web.page("/", links...)
	sites := append(make([]*site, 0, 4), web)
	for range 3 { // hosts in parallel
		other := newSite(t)
		other.pages = web.pages
		sites = append(sites, other)
	}
	job := Job{}
	for _, each := range sites {
		job.Seeds = append(job.Seeds, each.URL)
	}
	var mu sync.Mutex
	pages := 0
	_, err := s.Crawl(t.Context(), job, func(_ context.Context, p *Page) error {
		mu.Lock()
		defer mu.Unlock()
		pages++
		assert.True(t, bytes.Contains(p.Body, []byte("<h1>"+p.URL.Path+"</h1>")), p.URL)
		return nil
	})
	require.NoError(t, err)
	assert.Equal(t, 4*51, pages)
}
