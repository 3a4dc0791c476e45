package fleet

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dechaff/dechaff/scraper"
)

// storyPage is a page of a site with canonicals: what it tells, the page that it names, and its links.
type storyPage struct{ text, canonical, links string }

// stories serves pages; before is called with each path.
func stories(t *testing.T, pages map[string]storyPage, before func(path string)) *httptest.Server {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		before(r.URL.Path)
		page, ok := pages[r.URL.Path]
		if !ok {
			http.NotFound(w, r)
			return
		}
		_, _ = fmt.Fprintf(w, "<!doctype html><title>%s</title>", page.text)
		if page.canonical != "" {
			_, _ = fmt.Fprintf(w, "<link rel=canonical href=%q>", page.canonical)
		}
		for i := range 40 {
			_, _ = fmt.Fprintf(w, "<p>The %s of day %d was told at the quay by the keeper of the %s.</p>", page.text, i, page.text)
		}
		for link := range strings.FieldsSeq(page.links) {
			_, _ = fmt.Fprintf(w, "<a href=%q>x</a>", link)
		}
	}))
	t.Cleanup(s.Close)
	return s
}

// canonicalSites are sites whose rel=canonical is wrong, or right, and the pages that a crawl of each delivers. The
// target is the page that others name.
func canonicalSites() map[string]struct {
	pages  map[string]storyPage
	want   []string
	target string
} {
	all := strings.Fields("/anchor /barrel /candle /deck /ebb /ferry /gull /harbour /island /jetty")
	links := strings.Join(all, " ")
	naming := func(canonical func(path string) string) map[string]storyPage {
		pages := map[string]storyPage{"/": {"front", "", links}}
		for _, path := range all {
			pages[path] = storyPage{path[1:], canonical(path), links}
		}
		return pages
	}
	every := append([]string{"/"}, all...)
	return map[string]struct {
		pages  map[string]storyPage
		want   []string
		target string
	}{
		"all name one":       {naming(func(string) string { return "/gull" }), every, "/gull"},
		"all name none":      {naming(func(string) string { return "/gone" }), every, "/gone"},
		"each names another": {naming(func(path string) string { return path + "/gone" }), every, "/anchor/gone"},
		"another host": {
			naming(func(path string) string { return "https://elsewhere.example" + path }), every, "/anchor",
		},
		"a loop": {map[string]storyPage{
			"/": {"front", "", "/anchor /barrel"}, "/anchor": {"anchor", "/barrel", ""}, "/barrel": {"barrel", "/anchor", ""},
		}, []string{"/", "/anchor", "/barrel"}, "/barrel"},
		"right": {map[string]storyPage{
			"/": {"front", "/", "/print/anchor /print/barrel"}, "/print/anchor": {"anchor", "/anchor", ""},
			"/anchor": {"anchor", "/anchor", "/deck"}, "/print/barrel": {"barrel", "/barrel", ""},
			"/barrel": {"barrel", "/barrel", ""}, "/deck": {"deck", "", ""},
		}, []string{"/", "/anchor", "/barrel", "/deck"}, "/anchor"},
	}
}

// A rel=canonical is checked as in memory: each page is delivered once, and no page is left waiting.
func TestCanonicalIsChecked(t *testing.T) {
	for name, c := range canonicalSites() {
		t.Run(name, func(t *testing.T) {
			engines(t, func(t *testing.T, database string) {
				var mu sync.Mutex
				notices := 0
				f := open(t, database, nil)
				var got collector
				job := scraper.Job{
					Seeds: []string{stories(t, c.pages, func(string) {}).URL},
					OnNotice: func(string, error) {
						mu.Lock()
						defer mu.Unlock()
						notices++
					},
				}
				stats := within(t, 30*time.Second, f, job, got.handle)
				slices.Sort(got.pages)
				assert.Equal(t, slices.Sorted(slices.Values(c.want)), got.pages)
				assert.Zero(t, stats.Queued)
				assert.Equal(t, len(c.want), stats.Handled)
				if name == "right" {
					assert.Equal(t, map[string]int{scraper.Reason(scraper.ErrDuplicate): 2}, stats.Skipped)
					assert.Zero(t, notices)
				} else {
					assert.Equal(t, 1, notices)
				}
			})
		})
	}
}

// A worker is killed while it fetches the page that another waits for: no page is lost, and none is delivered twice.
func TestCanonicalAfterKill(t *testing.T) {
	notInShort(t)
	for name, c := range canonicalSites() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			engines(t, func(t *testing.T, database string) {
				fetching, killed := make(chan struct{}), make(chan struct{})
				var once sync.Once
				web := stories(t, c.pages, func(path string) {
					if path == c.target {
						once.Do(func() {
							close(fetching)
							<-killed
						})
					}
				})
				w := workerConfig{
					Database: database, DNS: startDNS(t), Seed: web.URL + "/", Log: filepath.Join(t.TempDir(), "log"), Workers: 4,
				}
				first := startWorker(t, w)
				select {
				case <-fetching:
				case <-time.After(30 * time.Second):
					require.Fail(t, "the page was not fetched")
				}
				time.Sleep(500 * time.Millisecond) // what was handled before is in the database by then
				require.True(t, first.kill(t))
				close(killed)
				second := startWorker(t, w)
				select {
				case err := <-second.ended:
					require.NoError(t, err)
				case <-time.After(100 * time.Second):
					require.Fail(t, "the crawl did not end")
				}
				want := make(map[string]int)
				for _, path := range c.want {
					want[web.URL+path] = 1
				}
				assert.Equal(t, want, handled(t, w.Log))
			})
		})
	}
}

// The cookies of a host are kept in the database, for the next run.
func TestCookiesAreKept(t *testing.T) {
	engines(t, func(t *testing.T, database string) {
		var mu sync.Mutex
		var sent []string
		web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/robots.txt" {
				http.NotFound(w, r)
				return
			}
			mu.Lock()
			sent = append(sent, r.Header.Get("Cookie"))
			mu.Unlock()
			if r.Header.Get("Cookie") == "" {
				http.SetCookie(w, &http.Cookie{Name: "seen", Value: "1", Path: "/"})
				http.Redirect(w, r, r.URL.Path, http.StatusFound)
				return
			}
			_, _ = fmt.Fprintf(w, "<title>%s</title>", r.URL.Path)
		}))
		t.Cleanup(web.Close)
		for i := range 2 {
			job := Job{Job: scraper.Job{
				Seeds: []string{fmt.Sprintf("%s/%d", web.URL, i)}, Cookies: scraper.NewCookies(),
			}}
			stats, err := open(t, database, nil).Crawl(t.Context(), job, func(context.Context, *scraper.Page) error { return nil })
			require.NoError(t, err)
			assert.Equal(t, i+1, stats.Handled)
		}
		assert.Equal(t, []string{"", "seen=1", "seen=1"}, sent)
	})
}

// A calendar without end is left as in memory, and so is what it links to.
func TestTrapEnds(t *testing.T) {
	engines(t, func(t *testing.T, database string) {
		var mu sync.Mutex
		asked, notices := 0, 0
		web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			mu.Lock()
			asked++
			mu.Unlock()
			at, err := time.Parse("/2006/01", r.URL.Path)
			if err != nil {
				at = time.Now()
			}
			_, _ = fmt.Fprintf(w, "<!doctype html><title>%[1]s</title><h1>%[1]s</h1><p>There is nothing on in this month.</p>",
				at.Format("January 2006"))
			for _, step := range []int{-1, 1} {
				_, _ = fmt.Fprintf(w, "<a href=%q>a month</a>", at.AddDate(0, step, 1-at.Day()).Format("/2006/01"))
			}
		}))
		t.Cleanup(web.Close)
		job := scraper.Job{Seeds: []string{web.URL}, OnNotice: func(_ string, err error) {
			mu.Lock()
			defer mu.Unlock()
			notices++
			assert.ErrorIs(t, err, scraper.ErrTrap)
		}}
		stats := within(t, 60*time.Second, open(t, database, nil), job, nil)
		assert.Less(t, asked, 150)
		assert.NotZero(t, stats.Skipped[scraper.Reason(scraper.ErrTrap)])
		assert.Equal(t, 1, notices)
		assert.Zero(t, stats.Queued)
	})
}
