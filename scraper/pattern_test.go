package scraper

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func patterns(t *testing.T, texts ...string) (list []Pattern) {
	t.Helper()
	for _, text := range texts {
		p, err := NewPattern(text)
		require.NoError(t, err)
		list = append(list, p)
	}
	return list
}

func TestPattern(t *testing.T) {
	for _, c := range []struct {
		pattern, address string
		want             bool
	}{
		{"/blog/**", "https://quay.example/blog/2026/05", true},
		{"/blog/**", "https://quay.example/shop/blog/x", false},
		{"/blog/*", "https://quay.example/blog/a", true},
		{"/blog/*", "https://quay.example/blog/a/b", false},
		{"**?print=*", "https://quay.example/a?print=1", true},
		{"**?print=*", "https://quay.example/axprint=1", false},
		{"https://quay.example/a.b", "https://quay.example/a.b", true},
		{"https://quay.example/a.b", "https://quay.example/axb", false},
		{"re:/20[0-9]{2}/", "https://quay.example/2026/a", true},
		{"re:^/", "https://quay.example/", false},
	} {
		u, err := url.Parse(c.address)
		require.NoError(t, err)
		assert.Equal(t, c.want, patterns(t, c.pattern)[0].Match(u), "%s %s", c.pattern, c.address)
	}
	for _, bad := range []string{"", "re:("} {
		_, err := NewPattern(bad)
		require.ErrorIs(t, err, ErrOptions)
	}
	assert.False(t, Pattern{}.Match(&url.URL{Path: "/"}))
}

func TestIncludeAndExclude(t *testing.T) {
	web := newSite(t)
	web.page("/", "/blog/1", "/blog/list", "/shop", "/blog/print/1", "/moved")
	web.page("/blog/1")
	web.page("/blog/2")
	web.page("/blog/list", "/blog/2")
	web.redirect("/moved", "/shop")
	job := Job{
		Seeds: []string{web.URL}, Include: patterns(t, "/blog/*", "/moved"), Exclude: patterns(t, "/blog/print/**"),
		FollowOnly: patterns(t, "/blog/list"),
	}
	var got collector
	stats, err := newScraper(t, func(o *Options) { o.Workers = 1 }).Crawl(t.Context(), job, got.handle)
	require.NoError(t, err)
	assert.Equal(t, []string{"/", "/blog/1", "/blog/2"}, got.pages)
	assert.Equal(t, map[string]int{Reason(ErrExcluded): 3, Reason(ErrFollowOnly): 1}, stats.Skipped)
	assert.Zero(t, web.count("/shop"))
}

func TestSitemapOnly(t *testing.T) {
	web := newSite(t)
	web.handle("/sitemap.xml", func(w http.ResponseWriter, _ *http.Request) {
		_, _ = fmt.Fprint(w, "<urlset><url><loc>/listed</loc></url></urlset>")
	})
	web.page("/", "/linked")
	web.page("/listed", "/linked")
	var got collector
	stats, err := newScraper(t, nil).Crawl(t.Context(), Job{Seeds: []string{web.URL}, Sitemaps: true, SitemapOnly: true},
		func(ctx context.Context, p *Page) error { return got.handle(ctx, p) })
	require.NoError(t, err)
	assert.Equal(t, []string{"/", "/listed"}, got.pages)
	assert.Equal(t, 1, stats.Listed)
}
