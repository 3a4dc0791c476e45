package fleet

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dechaff/dechaff/scraper"
)

// The dates in a sitemap are added to pages that were first found through a link.
func TestListDatesOfKnownPages(t *testing.T) {
	engines(t, func(t *testing.T, name string) {
		const pages = 100
		web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			number := 0
			_, err := fmt.Sscanf(r.URL.Path, "/p%d", &number)
			w.Header().Set("Content-Type", "text/html")
			var b strings.Builder
			switch {
			case r.URL.Path == "/sitemap.xml":
				for i := range pages {
					fmt.Fprintf(&b, "<url><loc>http://%s/p%d</loc><lastmod>2026-03-01</lastmod></url>", r.Host, i)
				}
				_, _ = fmt.Fprint(w, "<urlset>", b.String(), "</urlset>")
			case r.URL.Path == "/":
				for i := range pages {
					fmt.Fprintf(&b, `<a href="/p%d">x</a>`, i)
				}
				_, _ = fmt.Fprint(w, "<title>Front</title>", b.String())
			case err == nil:
				_, _ = fmt.Fprintf(w, "<title>Page %d</title><p>%d", number, number)
			default:
				http.NotFound(w, r)
			}
		}))
		defer web.Close()
		f := open(t, name, nil)
		var mu sync.Mutex
		dates := make(map[string]time.Time)
		job := Job{Name: "dates", Job: scraper.Job{Seeds: []string{web.URL + "/"}, Sitemaps: true}}
		_, err := f.Crawl(t.Context(), job, func(_ context.Context, p *scraper.Page) error {
			mu.Lock()
			defer mu.Unlock()
			dates[p.URL.Path] = p.Request.Modified
			return nil
		})
		require.NoError(t, err)
		require.Len(t, dates, pages+1)
		dated := 0
		for path, date := range dates {
			if !date.IsZero() {
				assert.True(t, date.Equal(time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)), path)
				dated++
			}
		}
		assert.Equal(t, pages, dated)
	})
}

// A seed that turns out to be a feed is requested a second time, as a feed.
func TestSeedThatIsAFeed(t *testing.T) {
	engines(t, func(t *testing.T, name string) {
		var requests atomic.Int64
		web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			switch r.URL.Path {
			case "/feed":
				requests.Add(1)
				w.Header().Set("Content-Type", "application/rss+xml")
				_, _ = fmt.Fprint(w, "<rss version='2.0'><channel><item><link>/story</link></item></channel></rss>")
			case "/story":
				_, _ = fmt.Fprint(w, "<!doctype html><title>Story</title><p>The ferry was late.")
			default:
				http.NotFound(w, r)
			}
		}))
		defer web.Close()
		var delivered atomic.Int64
		job := Job{Name: "feed", Job: scraper.Job{Seeds: []string{web.URL + "/feed"}}}
		stats, err := open(t, name, nil).Crawl(t.Context(), job, func(context.Context, *scraper.Page) error {
			delivered.Add(1)
			return nil
		})
		require.NoError(t, err)
		assert.Equal(t, 1, stats.Listed)
		assert.EqualValues(t, 1, delivered.Load())
		assert.EqualValues(t, 2, requests.Load())
	})
}
