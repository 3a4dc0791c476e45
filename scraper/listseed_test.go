package scraper

import (
	"fmt"
	"io"
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
)

// A seed may be a feed or a sitemap. It is read as such, whatever its media type, even without Job.Feeds and
// Job.Sitemaps. A link to one is not followed.
func TestSeedsThatAreLists(t *testing.T) {
	const atom = "<feed xmlns='http://www.w3.org/2005/Atom'><entry><link href='/anchor'/></entry></feed>"
	for name, c := range map[string]struct{ mediaType, text string }{
		"RSS":             {"application/rss+xml", "<?xml version='1.0'?><rss version='2.0'><channel><item><link>/anchor</link></item></channel></rss>"},
		"RSS as HTML":     {"text/html", "\xef\xbb\xbf<?xml version='1.0'?><!-- made --><rss version='2.0'><channel><item><link>/anchor</link></item></channel></rss>"},
		"Atom as XML":     {"text/xml; charset=utf-8", atom},
		"Atom, no type":   {"", atom},
		"JSON":            {"application/json", `{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "url": "/anchor"}]}`},
		"sitemap":         {"application/xml", "<urlset><url><loc>/anchor</loc></url></urlset>"},
		"sitemap as HTML": {"text/html", "<urlset><url><loc>/anchor</loc></url></urlset>"},
	} {
		t.Run(name, func(t *testing.T) {
			web := newSite(t)
			web.handle("/list", func(w http.ResponseWriter, _ *http.Request) {
				w.Header()["Content-Type"] = []string{c.mediaType}
				_, _ = io.WriteString(w, c.text)
			})
			web.page("/anchor", "/other", "/list")
			web.page("/other", "/list")
			paths, stats, _ := crawlAll(t, web, func(j *Job) { j.Seeds = []string{web.URL + "/list"} })
			assert.Equal(t, []string{"/anchor", "/other"}, paths)
			assert.Equal(t, 1, stats.Listed)
			assert.Equal(t, 2, web.count("/list"))
			_, stats, _ = crawlAll(t, web, func(j *Job) { j.Seeds = []string{web.URL + "/anchor"} })
			assert.Zero(t, stats.Listed)
			assert.Len(t, stats.Skipped, 1, fmt.Sprint(stats.Skipped))
			_, err := newScraper(t, nil).Fetch(t.Context(), web.URL+"/list")
			assert.ErrorIs(t, err, ErrContentType, "a single page is not a crawl")
		})
	}
}
