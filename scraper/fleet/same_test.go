package fleet

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
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

// redirects contains the redirects of the site that the function strange returns: each path and its target.
var redirects = map[string]string{
	"/moved": "/moved-again", "/moved-again": "/there", "/moved-to-a": "/a", "/moved-out": "https://other.example/in",
	"/round": "/round-too", "/round-too": "/round",
}

// strange returns a new site with redirects, errors, sitemaps, feeds, duplicates and everything else that a crawl
// treats in a special way. Each crawl needs a new site, because some responses depend on the number of earlier
// requests.
func strange(t *testing.T) *httptest.Server {
	t.Helper()
	var mu sync.Mutex
	asked := make(map[string]int)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		asked[r.URL.RequestURI()]++
		n := asked[r.URL.RequestURI()]
		mu.Unlock()
		host := "http://" + r.Host
		page := func(links ...string) {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			_, _ = io.WriteString(w, "<!doctype html><title>x</title>")
			for _, link := range links {
				_, _ = fmt.Fprintf(w, "<a href=%q>x</a>", link)
			}
		}
		switch path := r.URL.Path; {
		case path == "/robots.txt":
			_, _ = io.WriteString(w, "User-agent: *\nDisallow: /no/\nSitemap: /map.xml\nSitemap: /none.xml\n")
		case path == "/map.xml":
			_, _ = fmt.Fprintf(w, "<urlset><url><loc>%s/mapped</loc></url><url><loc>%s/a</loc></url></urlset>", host, host)
		case path == "/feed.xml":
			_, _ = fmt.Fprintf(w, "<rss><channel><item><link>%s/fed</link></item></channel></rss>", host)
		case path == "/":
			page("/a", "/b?utm_source=x", "/b", "/no/1", "/busy", "/broken", "/moved", "/round", "/tagged", "/same",
				"/same-too", "/pdf.pdf", "/text", "/deep/1", "https://other.example/", "/panics", "/fails",
				"/shop?a=1&b=2", "/shop?b=2&a=1", "/x/x/x/x/x/x", "/story", "/gone", "/late", "/moved-to-a",
				"/moved-out", "/unlisted", "/none")
			_, _ = io.WriteString(w, `<a rel=nofollow href="/marked">x</a><a rel=nofollow href="/a">x</a>
				<link rel=alternate type="application/rss+xml" href="/feed.xml">`)
		case path == "/b":
			page("/marked") // here without nofollow
		case path == "/busy" && n < 3:
			w.WriteHeader(http.StatusServiceUnavailable)
		case path == "/late" && n < 2:
			w.Header().Set("Retry-After", "1")
			w.WriteHeader(http.StatusTooManyRequests)
		case path == "/broken":
			w.WriteHeader(http.StatusInternalServerError)
		case path == "/gone":
			w.WriteHeader(http.StatusGone)
		case redirects[path] != "":
			http.Redirect(w, r, redirects[path], http.StatusFound)
		case path == "/tagged" && r.URL.RawQuery == "":
			http.Redirect(w, r, "/tagged?utm_campaign=y", http.StatusFound)
		case strings.HasPrefix(path, "/same"):
			page("/from-same")
			_, _ = fmt.Fprintf(w, "<link rel=canonical href=%q>", host+"/canonical")
		case path == "/unlisted":
			w.Header().Set("X-Robots-Tag", "noindex")
			page("/from-unlisted")
			_, _ = fmt.Fprintf(w, "<link rel=canonical href=%q>", host+"/listed")
		case path == "/none":
			page("/behind-none")
			_, _ = io.WriteString(w, "<meta name=robots content=none>")
		case path == "/text":
			w.Header().Set("Content-Type", "text/plain")
			_, _ = io.WriteString(w, "text")
		case strings.HasPrefix(path, "/deep/"):
			if len(path) < 12 {
				page(path + "1")
			}
		case path == "/story":
			page()
			_, _ = io.WriteString(w, "<link rel=next href=/story/2>")
		case path == "/story/2":
			page()
		default:
			page("/", "/a", "/story/2")
		}
	}))
	t.Cleanup(s.Close)
	return s
}

// A fleet's crawl has the same result as a crawl in memory: the same pages, counts, and reasons of skips and failures.
func TestSameAsInMemory(t *testing.T) {
	options := scraper.Options{
		AllowPrivate: true, Delay: -1, RetryDelay: 4 * time.Millisecond, MaxHostFailures: -1,
		Timeout: 4 * time.Second, Workers: 1,
	}
	type result struct {
		pages, skips, failures []string
		stats                  scraper.Stats
	}
	crawl := func(t *testing.T, job scraper.Job, run func(scraper.Job, scraper.Handler) (scraper.Stats, error)) result {
		t.Helper()
		web := strange(t)
		var mu sync.Mutex
		var r result
		local := func(address string) string { return strings.TrimPrefix(address, web.URL) }
		job.Seeds = []string{web.URL}
		job.OnSkip = func(req scraper.Request, err error) {
			r.skips = append(r.skips, local(req.URL)+": "+scraper.Reason(err))
		}
		job.OnError = func(req scraper.Request, err error) {
			r.failures = append(r.failures, strings.ReplaceAll(local(req.URL)+": "+err.Error(), web.URL, ""))
		}
		stats, err := run(job, func(_ context.Context, p *scraper.Page) error {
			mu.Lock()
			r.pages = append(r.pages, fmt.Sprint(local(p.Request.URL), p.Request.Depth, " ", len(p.Parts), len(p.Request.Via)))
			mu.Unlock()
			switch p.URL.Path {
			case "/panics":
				panic("a test")
			case "/fails":
				return errors.New("a test")
			}
			return nil
		})
		require.NoError(t, err)
		slices.Sort(r.pages)
		slices.Sort(r.skips)
		slices.Sort(r.failures)
		stats.Elapsed = 0
		r.stats = stats
		return r
	}
	for name, job := range map[string]scraper.Job{
		"links and lists": {Sitemaps: true, Feeds: true},
		"parts, any host": {JoinParts: true, Scope: scraper.AnyHost, MaxDepth: 1},
		"noindex kept":    {NoIndex: scraper.NoIndexKeep},
		"seeds and scope": {MaxDepth: scraper.SeedsOnly, Scope: scraper.PathPrefix("/a")},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel() // mostly waiting
			options := options
			options.Resolver = dnstest.Resolver(startDNS(t))
			s, err := scraper.New(options)
			require.NoError(t, err)
			t.Cleanup(s.Close)
			want := crawl(t, job, func(job scraper.Job, h scraper.Handler) (scraper.Stats,
				error,
			) {
				return s.Crawl(t.Context(), job, h)
			})
			engines(t, func(t *testing.T, database string) {
				f := open(t, database, func(o *Options) { o.Scraper = options })
				got := crawl(t, job, func(job scraper.Job, h scraper.Handler) (scraper.Stats, error) {
					return f.Crawl(t.Context(), Job{Job: job}, h)
				})
				// A page whose rel=canonical names another page may be fetched twice if it came before the other page.
				assert.InDelta(t, want.stats.Bytes, got.stats.Bytes, 300)
				got.stats.Bytes = want.stats.Bytes
				assert.Equal(t, want, got)
			})
		})
	}
}
