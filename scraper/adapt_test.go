package scraper

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestPaceAdapts(t *testing.T) {
	clock := &hostClock{HostPace: HostPace{Factor: 1}}
	for range 3 {
		clock.adapt(20*time.Millisecond, true)
	}
	assert.InDelta(t, 8, clock.Factor, 0.01, "doubled with each 429")
	for range 10 {
		clock.adapt(20*time.Millisecond, false)
	}
	assert.Greater(t, clock.Factor, 1.0, "recovers slowly")
	for range 30 {
		clock.adapt(20*time.Millisecond, false)
	}
	assert.InDelta(t, 1, clock.Factor, 0.01)
	for range 4 {
		clock.adapt(2*time.Second, false)
	}
	assert.Greater(t, clock.Factor, 1.5, "a slower host gets fewer requests")
	assert.Equal(t, 3*time.Second, lengthened(time.Second, 3, 30*time.Second))
	assert.Equal(t, 30*time.Second, lengthened(time.Second, 64, 30*time.Second))
	assert.Equal(t, time.Minute, lengthened(time.Minute, 64, 30*time.Second), "never below the delay itself")
	assert.Equal(t, noDelay, lengthened(0, 2, 30*time.Second))
}

// Requests to a host that responds with 429 become less and less frequent.
func TestCrawlSlowsDownOn429(t *testing.T) {
	web := newSite(t)
	web.robots("")
	for i := range 4 {
		web.handle(fmt.Sprintf("/%d", i), func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(http.StatusTooManyRequests)
		})
	}
	s := newScraper(t, func(o *Options) { o.Delay, o.MaxTries = 20*time.Millisecond, 1 })
	_, err := s.Crawl(t.Context(), Job{Seeds: []string{web.URL + "/0", web.URL + "/1", web.URL + "/2", web.URL + "/3"}},
		nil)
	require.ErrorIs(t, err, ErrNoPages)
	history := web.history()
	require.Len(t, history, 5)
	want := 20 * time.Millisecond
	for i := range 4 {
		assert.GreaterOrEqual(t, history[i+1].at.Sub(history[i].left), want-time.Millisecond, "gap %d", i)
		want *= 2
	}
	pace := s.HostPace(web.URL)
	assert.InDelta(t, 16, pace.Factor, 0.01)
	assert.Equal(t, 320*time.Millisecond, pace.Delay)
}

// A server is down for a moment, so that more requests fail than are allowed. No page is lost, and the server is left
// alone before it is asked again.
func TestCrawlWaitsForTheEndOfAnOutage(t *testing.T) {
	web := newSite(t)
	web.robots("")
	var links []string
	for i := range 30 {
		path := fmt.Sprintf("/%d", i)
		links = append(links, path)
		web.handle(path, func(w http.ResponseWriter, _ *http.Request) {
			if n := len(web.asked()); n > 10 && n <= 15 {
				w.WriteHeader(http.StatusBadGateway)
				return
			}
			writePage(w, path)
		})
	}
	web.page("/", links...)
	const retryDelay = 20 * time.Millisecond
	// On a busy machine, all five failures may be those of one page.
	s := newScraper(t, func(o *Options) { o.MaxTries, o.MaxHostFailures, o.RetryDelay = 6, 5, retryDelay })
	stats, err := s.Crawl(t.Context(), Job{Seeds: []string{web.URL + "/"}}, nil)
	require.NoError(t, err)
	assert.Equal(t, 31, stats.Handled)
	assert.Empty(t, stats.Skipped)
	assert.Zero(t, s.HostPace(web.URL).Failures)
	asked := web.history() // robots.txt, ten pages, and five failures
	assert.Greater(t, asked[16].at.Sub(asked[15].left), 16*retryDelay)
}

// A host that keeps failing gets no requests for a while. Other hosts still get them.
func TestCrawlSetsFailingHostsAside(t *testing.T) {
	bad, good := newSite(t), newSite(t)
	bad.robots("")
	var seeds []string
	for i := range 30 {
		path := fmt.Sprintf("/%d", i)
		bad.handle(path, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusInternalServerError) })
		good.page(path)
		seeds = append(seeds, bad.URL+path, good.URL+path)
	}
	s := newScraper(t, func(o *Options) { o.MaxTries, o.MaxHostFailures = 1, 5 })
	stats, err := s.Crawl(t.Context(), Job{Seeds: seeds}, nil)
	require.NoError(t, err)
	assert.Equal(t, 30, stats.Handled)
	assert.Equal(t, 6, stats.Failed, "one after the first rest")
	assert.Equal(t, 24, stats.Skipped[Reason(ErrHostFailing)])
	assert.Len(t, bad.asked(), 6)
	assert.True(t, s.HostPace(bad.URL).SetAside.After(time.Now()))
	_, err = s.Fetch(t.Context(), bad.URL+"/0")
	assert.ErrorIs(t, err, ErrHostFailing)
}

func TestHostHeadersGoToOneHost(t *testing.T) {
	home, away := newSite(t), newSite(t)
	home.redirect("/", away.URL+"/there")
	away.page("/there")
	host := strings.TrimPrefix(home.URL, "http://")
	s := newScraper(t, func(o *Options) {
		o.HostHeaders = map[string]http.Header{host: {"authorization": {"Bearer harbour"}}}
	})
	_, err := s.Fetch(t.Context(), home.URL)
	require.NoError(t, err)
	for _, a := range home.history() {
		assert.Equal(t, "Bearer harbour", a.header.Get("Authorization"), a.path)
	}
	for _, a := range away.history() {
		assert.Empty(t, a.header.Get("Authorization"), a.path)
	}
	_, err = New(Options{HostHeaders: map[string]http.Header{"https://a.example/": {}}})
	assert.ErrorIs(t, err, ErrOptions)
}

func validated(s *site, text string) {
	s.handle("/", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", `"`+hash([]byte(text))+`"`)
		w.Header().Set("Last-Modified", "Sun, 01 Mar 2026 10:00:00 GMT")
		if r.Header.Get("If-None-Match") == w.Header().Get("ETag") {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		_, _ = io.WriteString(w, text)
	})
}

func TestCacheMakesConditionalRequests(t *testing.T) {
	web, dir := newSite(t), t.TempDir()
	validated(web, pageText("first"))
	fetch := func() *Page {
		page, err := newScraper(t, func(o *Options) { o.Cache = dir }).Fetch(t.Context(), web.URL)
		require.NoError(t, err)
		return page
	}
	first := fetch()
	assert.False(t, first.NotModified)
	second := fetch()
	assert.True(t, second.NotModified)
	assert.Equal(t, first.Body, second.Body)
	assert.Equal(t, first.Hash, second.Hash)
	assert.Equal(t, http.StatusOK, second.Status)
	validated(web, pageText("changed"))
	third := fetch()
	assert.False(t, third.NotModified)
	assert.Contains(t, string(third.Body), "changed")
	assert.True(t, fetch().NotModified)
}

func TestCacheSurvivesCorruptFiles(t *testing.T) {
	web := newSite(t)
	validated(web, pageText("whole"))
	whole := func(path string) []byte {
		b, err := os.ReadFile(path)
		require.NoError(t, err)
		return b
	}
	for name, corrupt := range map[string]func([]byte) []byte{
		"empty":         func([]byte) []byte { return nil },
		"cut":           func(b []byte) []byte { return b[:len(b)-3] },
		"longer":        func(b []byte) []byte { return append(b, "more"...) },
		"a bit flipped": func(b []byte) []byte { b[len(b)-9] ^= 4; return b },
		"no line":       func([]byte) []byte { return bytes.Repeat([]byte("x"), 3<<20) },
		"other version": func(b []byte) []byte { return bytes.Replace(b, []byte("cache 2"), []byte("cache 9"), 1) },
		"other status":  func(b []byte) []byte { return bytes.Replace(b, []byte(`"Status":200`), []byte(`"Status":206`), 1) },
		"other tag":     func(b []byte) []byte { return bytes.Replace(b, []byte(`"Etag":["`), []byte(`"Etag":["x`), 1) },
		"other page":    func(b []byte) []byte { return bytes.Replace(b, []byte(`"URL":"http`), []byte(`"URL":"hppt`), 1) },
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			s := newScraper(t, func(o *Options) { o.Cache = dir })
			_, err := s.Fetch(t.Context(), web.URL)
			require.NoError(t, err)
			files, err := filepath.Glob(filepath.Join(dir, "*", "*"))
			require.NoError(t, err)
			require.Len(t, files, 1)
			require.NoError(t, os.WriteFile(files[0], corrupt(whole(files[0])), 0o600))
			page, err := s.Fetch(t.Context(), web.URL)
			require.NoError(t, err)
			assert.False(t, page.NotModified)
			page, err = s.Fetch(t.Context(), web.URL)
			require.NoError(t, err)
			assert.True(t, page.NotModified, "rewritten")
		})
	}
	file := filepath.Join(t.TempDir(), "file")
	require.NoError(t, os.WriteFile(file, nil, 0o600))
	_, err := New(Options{Cache: filepath.Join(file, "below")})
	assert.ErrorIs(t, err, ErrCache)
}

// Scrapers that share a cache folder never read a partial file.
func TestCacheIsShared(t *testing.T) {
	web, dir := newSite(t), t.TempDir()
	validated(web, pageText(strings.Repeat("long ", 20_000)))
	var wg sync.WaitGroup
	for range 4 {
		s := newScraper(t, func(o *Options) { o.Cache = dir })
		wg.Go(func() {
			for range 20 {
				page, err := s.Fetch(t.Context(), web.URL)
				if assert.NoError(t, err) {
					assert.Contains(t, string(page.Body), "long long")
				}
			}
		})
	}
	wg.Wait()
	left, err := filepath.Glob(filepath.Join(dir, "*", "new-*"))
	require.NoError(t, err)
	assert.Empty(t, left)
}

func TestCacheObeysNoStore(t *testing.T) {
	web, dir := newSite(t), t.TempDir()
	web.handle("/", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("ETag", `"x"`)
		w.Header().Set("Cache-Control", "private, no-store")
		writePage(w, "secret")
	})
	_, err := newScraper(t, func(o *Options) { o.Cache = dir }).Fetch(t.Context(), web.URL)
	require.NoError(t, err)
	files, err := filepath.Glob(filepath.Join(dir, "*"))
	require.NoError(t, err)
	assert.Empty(t, files)
}

func TestLogger(t *testing.T) {
	web := newSite(t)
	web.page("/", "/missing", "/picture.jpg")
	var out bytes.Buffer
	s := newScraper(t, func(o *Options) {
		o.Workers = 1
		o.Logger = slog.New(slog.NewTextHandler(&out, &slog.HandlerOptions{Level: slog.LevelDebug}))
	})
	_, err := s.Crawl(context.Background(), Job{Seeds: []string{web.URL}}, nil)
	require.NoError(t, err)
	assert.Contains(t, out.String(), "level=DEBUG msg=done")
	assert.Contains(t, out.String(), "level=WARN msg=failed")
	assert.Contains(t, out.String(), "404")
}
