package fleet

import (
	"context"
	"fmt"
	"net"
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
	"github.com/dechaff/dechaff/scraper/internal/dnstest"
)

// storyPage is a page of a site: the words of its text, the address that its rel=canonical names (empty for no
// rel=canonical), and the paths to which it links, separated by spaces.
type storyPage struct{ text, canonical, links string }

// stories serves pages by their paths. For each request, it calls the function before with the path, and then responds.
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

// canonicalSite is a site whose pages have a right or a wrong rel=canonical.
type canonicalSite struct {
	pages  map[string]storyPage
	want   []string // the paths of the pages that a crawl delivers
	target string   // the path at whose first request TestCanonicalAfterKill kills the worker
	folded int      // how many pages are skipped as duplicates
	right  bool     // Job.OnNotice is not called
}

func canonicalSites() map[string]canonicalSite {
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
	endless, reached := rowWithoutEnd(40)
	return map[string]canonicalSite{
		"all name one":       {pages: naming(func(string) string { return "/gull" }), want: every, target: "/gull"},
		"all name none":      {pages: naming(func(string) string { return "/gone" }), want: every, target: "/gone"},
		"each names another": {pages: naming(func(path string) string { return path + "/gone" }), want: every, target: "/anchor/gone"},
		"another host": {
			pages: naming(func(path string) string { return "https://elsewhere.example" + path }), want: every, target: "/anchor",
		},
		"a loop": {pages: map[string]storyPage{
			"/": {"front", "", "/anchor /barrel"}, "/anchor": {"anchor", "/barrel", ""}, "/barrel": {"barrel", "/anchor", ""},
		}, want: []string{"/", "/anchor", "/barrel"}, target: "/barrel"},
		"a loop of three of one text": {pages: map[string]storyPage{
			"/": {"front", "", "/anchor"}, "/anchor": {"ebb", "/barrel", ""},
			"/barrel": {"ebb", "/candle", ""}, "/candle": {"ebb", "/anchor", ""},
		}, want: []string{"/", "/candle"}, target: "/candle", folded: 2},
		"a row of three": {pages: map[string]storyPage{
			"/": {"front", "", "/print /mail /share /page"}, "/print": {"ebb", "/share", ""}, "/mail": {"ebb", "/share", ""},
			"/share": {"ebb", "/page", "/deck"}, "/page": {"ebb", "/page", ""}, "/deck": {"deck", "", ""},
		}, want: []string{"/", "/deck", "/page"}, target: "/page", folded: 3, right: true},
		"a row of five": {pages: map[string]storyPage{
			"/": {"front", "", "/share /one"}, "/one": {"ebb", "/two", ""}, "/two": {"ebb", "/share", ""},
			"/share": {"ebb", "/print", ""}, "/print": {"ebb", "/page", ""}, "/page": {"ebb", "", ""},
		}, want: []string{"/", "/page"}, target: "/page", folded: 4, right: true},
		"a row that ends in 404": {pages: map[string]storyPage{
			"/": {"front", "", "/print"}, "/print": {"ebb", "/share", ""}, "/share": {"ebb", "/gone", ""},
		}, want: []string{"/", "/share"}, target: "/gone", folded: 1},
		"a row of different pages": {pages: map[string]storyPage{
			"/": {"front", "", "/print /share"}, "/print": {"ebb", "/share", ""}, "/share": {"flood", "/page", ""},
			"/page": {"ebb", "/page", ""},
		}, want: []string{"/", "/page", "/print", "/share"}, target: "/page"},
		"a row to a copy": {pages: map[string]storyPage{
			"/": {"front", "", "/page"}, "/page": {"ebb", "", "/deck"}, "/deck": {"deck", "", "/copy /print"},
			"/copy": {"ebb", "", "/deck"}, "/print": {"ebb", "/copy", "/deck"},
		}, want: []string{"/", "/deck", "/page"}, target: "/copy", folded: 2, right: true},
		"a row without end": {pages: endless, want: reached, target: "/12"},
		"right": {pages: map[string]storyPage{
			"/": {"front", "/", "/print/anchor /print/barrel"}, "/print/anchor": {"anchor", "/anchor", ""},
			"/anchor": {"anchor", "/anchor", "/deck"}, "/print/barrel": {"barrel", "/barrel", ""},
			"/barrel": {"barrel", "/barrel", ""}, "/deck": {"deck", "", ""},
		}, want: []string{"/", "/anchor", "/barrel", "/deck"}, target: "/anchor", folded: 2, right: true},
	}
}

// rowWithoutEnd returns a site of n pages, and their paths. The front page links to all pages. Each of the other pages
// names the next one by rel=canonical; the last one names a page that does not exist.
func rowWithoutEnd(n int) (pages map[string]storyPage, paths []string) {
	pages, paths = make(map[string]storyPage), []string{"/"}
	for i := 1; i < n; i++ {
		path := fmt.Sprintf("/%d", i)
		pages[path] = storyPage{fmt.Sprintf("ebb %d", i), fmt.Sprintf("/%d", i+1), ""}
		paths = append(paths, path)
	}
	pages["/"] = storyPage{"front", "", strings.Join(paths, " ")}
	return pages, paths
}

// A fleet checks rel=canonical as a crawl in memory does: each page is delivered once, and no page is left waiting.
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
				assert.Equal(t, c.folded, stats.Skipped[scraper.Reason(scraper.ErrDuplicate)])
				assert.Equal(t, c.right, notices == 0)
			})
		})
	}
}

// A worker is killed while it fetches the page canonicalSite.target, for which other pages may be waiting. No page is
// lost, and no page is delivered twice.
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
				time.Sleep(500 * time.Millisecond) // by then, earlier results are in the database
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

// A page redirects to one that asks for consent. The link there sets a cookie and redirects back, so the page is
// visited again, as in a crawl in memory.
func TestConsentByLink(t *testing.T) {
	engines(t, func(t *testing.T, database string) {
		web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			switch {
			case r.URL.Path == "/robots.txt":
				http.NotFound(w, r)
			case r.URL.Path == "/accept":
				http.SetCookie(w, &http.Cookie{Name: "consent", Value: "1", Path: "/"})
				http.Redirect(w, r, "/", http.StatusFound)
			case r.URL.Path == "/consent":
				_, _ = fmt.Fprint(w, "<title>May we set cookies?</title><a href=/accept>x</a>")
			case r.Header.Get("Cookie") == "":
				http.Redirect(w, r, "/consent", http.StatusFound)
			default:
				_, _ = fmt.Fprintf(w, "<title>%s</title><a href=/ebb>x</a>", r.URL.Path)
			}
		}))
		t.Cleanup(web.Close)
		var got collector
		job := scraper.Job{Seeds: []string{web.URL}, Cookies: scraper.NewCookies()}
		stats := within(t, time.Minute, open(t, database, nil), job, got.handle)
		slices.Sort(got.pages)
		assert.Equal(t, []string{"/", "/consent", "/ebb"}, got.pages)
		assert.Equal(t, 2, stats.Redirected)
		assert.Zero(t, stats.Queued)
		assert.Empty(t, stats.Skipped)
	})
}

// If a host is only requested because a part of an article redirects there, its cookies are kept too.
func TestCookiesOfPartsAreKept(t *testing.T) {
	engines(t, func(t *testing.T, database string) {
		var mu sync.Mutex
		var sent []string
		web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			host, port, _ := net.SplitHostPort(r.Host)
			switch {
			case r.URL.Path == "/robots.txt":
				http.NotFound(w, r)
			case host == "quay.example" && r.URL.Path == "/story/2":
				http.Redirect(w, r, "http://archive.quay.example:"+port+"/2", http.StatusFound)
			case host == "quay.example":
				_, _ = fmt.Fprint(w, "<title>The story</title><link rel=next href=/story/2><p>It begins.</p>")
			default:
				mu.Lock()
				sent = append(sent, r.Header.Get("Cookie"))
				mu.Unlock()
				http.SetCookie(w, &http.Cookie{Name: "seen", Value: "1", Path: "/"})
				_, _ = fmt.Fprintf(w, "<title>%s</title><p>It ends.</p>", r.URL.Path)
			}
		}))
		t.Cleanup(web.Close)
		_, port, err := net.SplitHostPort(web.Listener.Addr().String())
		require.NoError(t, err)
		dns := startDNS(t)
		parts := 0
		for _, seed := range []string{"quay.example:" + port + "/story", "archive.quay.example:" + port + "/3"} {
			f := open(t, database, func(o *Options) { o.Scraper.Resolver = dnstest.Resolver(dns) })
			job := Job{Job: scraper.Job{
				Seeds: []string{"http://" + seed}, Cookies: scraper.NewCookies(), JoinParts: true, Scope: scraper.AnyHost,
			}}
			_, err := f.Crawl(t.Context(), job, func(_ context.Context, p *scraper.Page) error {
				parts += len(p.Parts)
				return nil
			})
			require.NoError(t, err)
		}
		assert.Equal(t, 1, parts)
		assert.Equal(t, []string{"", "seen=1"}, sent)
	})
}

// An endless calendar is reported once, and its remaining pages are skipped, as in a crawl in memory.
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
