package scraper

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dechaff/dechaff/scraper/internal/schedule"
)

// messySite serves a realistic site: it has the same pages at many addresses, redirects, dead links and a forbidden
// page. The pages that a crawl delivers are /, /a, /b, /c, /d, /e, /f and /g/.
func messySite(t *testing.T) *site {
	t.Helper()
	web := newSite(t)
	web.robots("user-agent: *\ndisallow: /private")
	web.page("/", "/a", "/a#top", "a?utm_source=front", "/b", "/old-c", "/private/x", "/picture.jpg",
		"https://quay.example/")
	web.page("/a", "/", "./b", "/x/../c", "/missing", "/flaky-d", "/private/x", "/picture.jpg")
	web.page("/b", "/a?fbclid=1", "/old-c", "/older-c", "/loop", "http://quay.example/b")
	web.redirect("/old-c", "/c")
	web.redirect("/older-c", "/old-c")
	web.page("/c", "/e", "/g", "/feed")
	web.handle("/flaky-d", func(w http.ResponseWriter, r *http.Request) {
		if web.count("/flaky-d") == 1 {
			w.WriteHeader(http.StatusInternalServerError)
			return
		}
		http.Redirect(w, r, "/d", http.StatusFound)
	})
	web.page("/d", "/e?utm_medium=x&gclid=2#y")
	web.page("/e", "/f", "mailto:ann@quay.example", "javascript:void(0)", "tel:123", "http://[bad", "#")
	web.redirect("/e/", "/e")
	web.page("/f", "/", "/e/", "/away")
	web.redirect("/g", "/g/")
	web.page("/g/", "../f", "?")
	web.redirect("/loop", "/loop2")
	web.redirect("/loop2", "/loop")
	web.redirect("/away", "http://quay.example/away")
	web.handle("/feed", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/rss+xml")
	})
	return web
}

func TestCrawlHandlesEachPageOnce(t *testing.T) {
	noLeaks(t)
	for _, workers := range []int{1, 8} {
		t.Run(fmt.Sprint(workers, " workers"), func(t *testing.T) {
			web := messySite(t)
			s := newScraper(t, func(o *Options) { o.Workers = workers })
			var got collector
			failed, skipped := make(map[string]error), make(map[string]string)
			stats, err := s.Crawl(t.Context(), Job{
				Seeds:   []string{web.URL, web.URL + "/#again", web.URL + "/?utm_source=x"},
				OnError: func(r Request, err error) { failed[r.URL] = err },
				OnSkip:  func(r Request, err error) { skipped[r.URL] = Reason(err) },
			}, got.handle)
			require.NoError(t, err)
			slices.Sort(got.pages)
			assert.Equal(t, []string{"/", "/a", "/b", "/c", "/d", "/e", "/f", "/g/"}, got.pages)
			for _, path := range web.asked() {
				if path != "/flaky-d" {
					assert.Equal(t, 1, web.count(path), "requests for %s", path)
				}
			}
			assert.Equal(t, 1, web.count("/robots.txt"))
			assert.Zero(t, web.count("/private/x"))
			assert.Zero(t, web.count("/picture.jpg"))

			assert.Len(t, failed, 2)
			require.ErrorIs(t, failed[web.URL+"/missing"], ErrStatus)
			require.ErrorIs(t, failed[web.URL+"/loop2"], ErrRedirectLoop)
			for address, want := range map[string]error{
				web.URL + "/private/x": ErrRobots, web.URL + "/picture.jpg": extensionErrors[".jpg"],
				web.URL + "/feed":       acceptHTML(http.Header{"Content-Type": {"application/rss+xml"}}),
				"https://quay.example/": ErrOutOfScope, "http://quay.example/b": ErrOutOfScope, "http://quay.example/away": ErrOutOfScope,
			} {
				assert.Equal(t, Reason(want), skipped[address], address)
			}
			assert.Equal(t, 3, stats.Skipped[Reason(ErrOutOfScope)], "each once")
			assert.Equal(t, 1, stats.Skipped[Reason(extensionErrors[".jpg"])], "each once")
			assert.Equal(t, 8, stats.Fetched)
			assert.Equal(t, 8, stats.Handled)
			assert.Equal(t, 2, stats.Failed)
			assert.Equal(t, 1, stats.Retried)
			assert.Equal(t, 1, stats.Hosts)
			assert.Zero(t, stats.Queued)
			assert.Zero(t, stats.InFlight)
			assert.Positive(t, stats.Bytes)
			// Every enqueued address is counted once. The counts also include two links out of scope and one to a file,
			// which were not enqueued.
			taken := stats.Handled + stats.Failed + stats.Redirected - 3
			for _, n := range stats.Skipped {
				taken += n
			}
			// There are 8 pages, 8 redirects (/old-c, /older-c, /flaky-d, /e/, /g, /loop, /loop2, /away) and 3 other
			// addresses (/missing, /private/x, /feed).
			assert.Equal(t, 8+8+3, taken)
		})
	}
}

func TestCrawlKeepsPace(t *testing.T) {
	const delay = 15 * time.Millisecond
	web := messySite(t)
	s := newScraper(t, func(o *Options) { o.Delay = delay })
	stats, err := s.Crawl(t.Context(), Job{Seeds: []string{web.URL}}, nil)
	require.NoError(t, err)
	assert.Equal(t, 8, stats.Handled)
	assertPace(t, web, delay)
}

func TestCrawlSlowHostsDoNotHoldUpOthers(t *testing.T) {
	s := newScraper(t, func(o *Options) { o.Delay = 20 * time.Millisecond; o.Workers = 4 })
	release := make(chan struct{})
	job := Job{}
	for range 3 {
		slow := newSite(t)
		slow.page("/", "/1", "/2", "/3")
		slow.handle("/robots.txt", func(w http.ResponseWriter, r *http.Request) {
			select {
			case <-release:
			case <-r.Context().Done():
			}
			w.WriteHeader(http.StatusNotFound)
		})
		job.Seeds = append(job.Seeds, slow.URL)
	}
	fast := newSite(t)
	fast.page("/", "/1", "/2", "/3")
	for _, path := range []string{"/1", "/2", "/3"} {
		fast.page(path)
	}
	job.Seeds = append(job.Seeds, fast.URL)
	var done atomic.Int32
	stats, err := s.Crawl(t.Context(), job, func(_ context.Context, p *Page) error {
		if "http://"+p.URL.Host == fast.URL && done.Add(1) == 4 {
			close(release)
		}
		return nil
	})
	require.NoError(t, err)
	assert.Equal(t, 3+4, stats.Handled)
	assert.Equal(t, 9, stats.Failed, "the slow hosts' missing pages")
	assert.Equal(t, 4, stats.Hosts)
}

func TestCrawlSlowHandlersDoNotHoldUpTheHost(t *testing.T) {
	s, web := newScraper(t, func(o *Options) { o.Workers = 4 }), newSite(t)
	web.page("/", "/1", "/2", "/3")
	var together sync.WaitGroup
	together.Add(3)
	for _, path := range []string{"/1", "/2", "/3"} {
		web.page(path)
	}
	_, err := s.Crawl(t.Context(), Job{Seeds: []string{web.URL}}, func(_ context.Context, p *Page) error {
		if p.URL.Path != "/" {
			together.Done()
			together.Wait() // returns only if the three are handled concurrently
		}
		return nil
	})
	require.NoError(t, err)
	assert.Equal(t, 1, web.together, "requests in flight")
}

func TestCrawlBoundsItsWorkers(t *testing.T) {
	s := newScraper(t, func(o *Options) { o.Workers = 3 })
	job := Job{}
	for range 6 {
		web := newSite(t)
		web.page("/", "/1")
		web.page("/1")
		job.Seeds = append(job.Seeds, web.URL)
	}
	var now, most atomic.Int32
	_, err := s.Crawl(t.Context(), job, func(context.Context, *Page) error {
		most.Store(max(most.Load(), now.Add(1)))
		time.Sleep(3 * time.Millisecond)
		now.Add(-1)
		return nil
	})
	require.NoError(t, err)
	assert.LessOrEqual(t, most.Load(), int32(3))
}

// chainSite serves the given number of pages: /, /1, /2 and so on. Each links to the next. The last one links to a
// missing page.
func chainSite(t *testing.T, length int) *site {
	t.Helper()
	web := newSite(t)
	web.page("/", "/1")
	for i := 1; i < length; i++ {
		web.page(fmt.Sprintf("/%d", i), fmt.Sprintf("/%d", i+1))
	}
	return web
}

func TestCrawlLimits(t *testing.T) {
	for _, tt := range []struct {
		name    string
		job     Job
		want    int
		skipped string
	}{
		{"none", Job{}, 12, ""},
		{"depth", Job{MaxDepth: 2}, 3, Reason(ErrTooDeep)},
		{"seeds only", Job{MaxDepth: SeedsOnly}, 1, Reason(ErrTooDeep)},
		{"pages", Job{MaxPages: 5}, 5, Reason(ErrPageLimit)},
		{"one page", Job{MaxPages: 1}, 1, Reason(ErrPageLimit)},
		{"scope", Job{Scope: PathPrefix("/2")}, 1, Reason(ErrOutOfScope)},
		{"a scope of its own", Job{Scope: AnyHost}, 12, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s, web := newScraper(t, nil), chainSite(t, 12)
			web.page("/12")
			web.page("/11") // the last page has no link
			tt.job.Seeds = []string{web.URL}
			var got collector
			stats, err := s.Crawl(t.Context(), tt.job, got.handle)
			require.NoError(t, err)
			assert.Len(t, got.pages, tt.want)
			assert.Equal(t, tt.want, stats.Fetched)
			assert.Zero(t, stats.Queued)
			if tt.skipped != "" {
				assert.Equal(t, map[string]int{tt.skipped: 1}, stats.Skipped)
			} else {
				assert.Empty(t, stats.Skipped)
			}
		})
	}
}

func TestCrawlMaxPagesIsExact(t *testing.T) {
	s, web := newScraper(t, func(o *Options) { o.Workers = 16 }), newSite(t)
	links := make([]string, 0, 60)
	for i := range 60 {
		path := fmt.Sprintf("/%d", i)
		links = append(links, path)
		if i%3 > 0 {
			web.page(path) // the others are missing and do not count as pages
		}
	}
	web.page("/", links...)
	var got collector
	stats, err := s.Crawl(t.Context(), Job{Seeds: []string{web.URL}, MaxPages: 20}, got.handle)
	require.NoError(t, err)
	assert.Len(t, got.pages, 20)
	assert.Equal(t, 61, stats.Handled+stats.Failed+stats.Skipped[Reason(ErrPageLimit)])
}

func TestCrawlNoFollow(t *testing.T) {
	s, web := newScraper(t, nil), newSite(t)
	web.handle("/", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		_, _ = io.WriteString(w, `<a rel=nofollow href=/a>a</a> <a rel=nofollow href=/b>b</a> <a href=/c>c</a>`)
	})
	web.page("/c", "/b")
	web.page("/a")
	web.page("/b")
	var got collector
	stats, err := s.Crawl(t.Context(), Job{Seeds: []string{web.URL}}, got.handle)
	require.NoError(t, err)
	assert.Equal(t, []string{"/", "/c", "/b"}, got.pages)
	assert.Equal(t, map[string]int{Reason(ErrNoFollow): 1}, stats.Skipped)
}

func TestCrawlFollowsWhereTheSeedLeads(t *testing.T) {
	s, front, home := newScraper(t, nil), newSite(t), newSite(t)
	front.redirect("/", home.URL+"/start")
	home.page("/start", "/a", front.URL+"/b")
	home.page("/a")
	front.page("/b")
	var got collector
	stats, err := s.Crawl(t.Context(), Job{Seeds: []string{front.URL}}, got.handle)
	require.NoError(t, err)
	assert.Equal(t, []string{"/start", "/a"}, got.pages)
	assert.Equal(t, map[string]int{Reason(ErrOutOfScope): 1}, stats.Skipped)
}

func TestCrawlContinuesAfterHandlerFailures(t *testing.T) {
	noLeaks(t)
	s, web := newScraper(t, nil), newSite(t)
	web.page("/", "/a", "/b", "/c")
	web.page("/a", "/d")
	web.page("/b", "/e")
	web.page("/c")
	web.page("/d")
	web.page("/e")
	failed := make(map[string]error)
	stats, err := s.Crawl(t.Context(), Job{
		Seeds:   []string{web.URL},
		OnError: func(r Request, err error) { failed[r.URL] = err },
	}, func(_ context.Context, p *Page) error {
		switch p.URL.Path {
		case "/":
			return errors.New("no article here")
		case "/b":
			panic("a wave")
		case "/c":
			runtime.Goexit()
		}
		return nil
	})
	require.NoError(t, err)
	assert.Equal(t, 6, stats.Fetched)
	assert.Equal(t, 3, stats.Handled)
	assert.Equal(t, 3, stats.Failed)
	require.ErrorContains(t, failed[web.URL+"/"], "no article here")
	require.ErrorIs(t, failed[web.URL+"/b"], ErrHandlerPanic)
	require.ErrorIs(t, failed[web.URL+"/c"], schedule.ErrHandlerExit)
}
