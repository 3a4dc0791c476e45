package scraper

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A page that was first found through a link gets its dates from a sitemap, and so does its document.
func TestDatesOfListsReachPagesThatWereFoundBefore(t *testing.T) {
	web := newSite(t)
	var links, list strings.Builder
	for i := range 6 {
		path := fmt.Sprintf("/p%d", i)
		fmt.Fprintf(&links, `<a href="%s?b=2&a=1">x</a>`, path)
		fmt.Fprintf(&list, "<url><loc>%s%s?a=1&amp;b=2</loc><lastmod>2026-03-0%d</lastmod></url>", web.URL, path, i+1)
		web.handle(path, func(w http.ResponseWriter, _ *http.Request) {
			if path == "/p3" && web.count(path) == 1 { // retried, with its dates
				http.Error(w, "", http.StatusBadGateway)
				return
			}
			writePage(w, path)
		})
	}
	web.handle("/", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		_, _ = fmt.Fprint(w, "<title>Front</title>", links.String())
	})
	web.handle("/sitemap.xml", func(w http.ResponseWriter, _ *http.Request) {
		_, _ = fmt.Fprint(w, "<urlset>", list.String(), "</urlset>")
	})
	s := newScraper(t, nil)
	var mu sync.Mutex
	dates := make(map[string]time.Time)
	job := Job{Seeds: []string{web.URL + "/"}, Sitemaps: true}
	_, err := s.Crawl(t.Context(), job, func(_ context.Context, p *Page) error {
		mu.Lock()
		defer mu.Unlock()
		dates[p.URL.Path] = p.Request.Modified
		assert.Equal(t, p.Request.Modified, p.Document.Modified)
		return nil
	})
	require.NoError(t, err)
	require.Len(t, dates, 7)
	for i := range 6 {
		assert.Equal(t, time.Date(2026, 3, i+1, 0, 0, 0, 0, time.UTC), dates[fmt.Sprintf("/p%d", i)])
	}
	assert.Zero(t, dates["/"])
}

// With SitemapOnly and ModifiedSince, pages that a sitemap lists as older are not requested. Without SitemapOnly,
// ModifiedSince has no effect.
func TestModifiedSince(t *testing.T) {
	web := newSite(t)
	var list strings.Builder
	lastmods := map[string]string{
		"/old": "2026-02-27", "/month": "2026-02", "/day": "2026-02-28", "/new": "2026-03-01T09:30:00Z", "/moment": "2026-02-28T11:00:00Z",
		"/none": "",
	}
	for path, lastmod := range lastmods {
		web.page(path)
		fmt.Fprintf(&list, "<url><loc>%s%s</loc><lastmod>%s</lastmod></url>", web.URL, path, lastmod)
	}
	web.page("/", "/old")
	web.handle("/sitemap.xml", func(w http.ResponseWriter, _ *http.Request) {
		_, _ = fmt.Fprint(w, "<urlset>", list.String(), "</urlset>")
	})
	for _, only := range []bool{true, false} {
		s, pages := newScraper(t, nil), &collector{}
		stats, err := s.Crawl(t.Context(), Job{
			Seeds: []string{web.URL + "/"}, Sitemaps: true, SitemapOnly: only,
			ModifiedSince: time.Date(2026, 2, 28, 12, 0, 0, 0, time.UTC),
		}, pages.handle)
		require.NoError(t, err)
		want := []string{"/", "/month", "/day", "/new", "/none"}
		if !only { // an old page may link to new ones
			want = append(want, "/old", "/moment")
		} else {
			assert.Equal(t, map[string]int{Reason(ErrOlder): 2}, stats.Skipped)
		}
		assert.ElementsMatch(t, want, pages.pages)
	}
}
