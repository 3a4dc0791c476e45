package scraper

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A 304 with a new ETag replaces the stored one, which the server may have forgotten by the next request.
func TestNotModifiedWithNewETag(t *testing.T) {
	t.Parallel()
	web, dir := newSite(t), t.TempDir()
	web.robots("")
	web.handle("/a", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", fmt.Sprintf(`"%d"`, web.count("/a")))
		if r.Header.Get("If-None-Match") != "" {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		writePage(w, "The quay")
	})
	for visit := range 4 {
		s := newScraper(t, func(o *Options) { o.Cache = dir })
		page, err := s.Fetch(t.Context(), web.URL+"/a")
		require.NoError(t, err)
		assert.Equal(t, visit > 0, page.NotModified)
		assert.Contains(t, string(page.Body), "The quay")
	}
	var tags []string
	for _, a := range web.history() {
		if a.path == "/a" {
			tags = append(tags, a.header.Get("If-None-Match"))
		}
	}
	assert.Equal(t, []string{"", `"1"`, `"2"`, `"3"`}, tags)
}

// Lists of sitemaps that lead to each other, or from each to a new one, are read up to a few levels. The pages in them
// are visited.
func TestSitemapsWithoutEnd(t *testing.T) {
	t.Parallel()
	web := newSite(t)
	list := func(element string, paths ...string) string {
		text := "<sitemapindex>"
		for _, path := range paths {
			text += "<" + element + "><loc>" + web.URL + path + "</loc></" + element + ">"
		}
		if element == "url" {
			text = strings.Replace(text, "sitemapindex", "urlset", 1)
		}
		return text
	}
	web.robots("Sitemap: /a.xml\nSitemap: /endless.xml")
	for path, text := range map[string]string{
		"/a.xml": list("sitemap", "/b.xml", "/a.xml"), "/b.xml": list("sitemap", "/a.xml", "/c.xml"),
		"/c.xml": list("sitemap", "/d.xml"), "/d.xml": list("url", "/story"),
	} {
		web.handle(path, func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, text) })
	}
	web.handle("/endless.xml", func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.WriteString(w, list("sitemap", "/endless.xml?"+r.URL.RawQuery+"x"))
	})
	web.page("/")
	web.page("/story")
	paths, stats, notices := crawlAll(t, web, func(j *Job) { j.Sitemaps = true })
	assert.Equal(t, []string{"/", "/story"}, paths)
	assert.Equal(t, 4+maxLevels+1, stats.Listed)
	require.Len(t, notices, 1)
	assert.ErrorIs(t, notices[0], ErrTrap)
}
