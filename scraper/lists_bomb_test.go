package scraper

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// These lists try to exhaust their reader. Reading a list must take less than a minute, and must not make the process's
// memory grow by twelve times the size of the list or more.
func TestBombsInLists(t *testing.T) {
	if testing.Short() {
		t.Skip("reads several hundred megabytes")
	}
	// the default of Options.MaxBytes; a sitemap may be five times as large, but has the same bounds on its elements
	const feedBytes, sitemapBytes = 10_000_000, 10_000_000
	fill := func(head, body string, size int) []byte {
		return []byte(head + strings.Repeat(body, (size-len(head))/len(body)))
	}
	var zipped bytes.Buffer
	z := gzip.NewWriter(&zipped)
	for range 80 {
		_, err := z.Write(bytes.Repeat([]byte("<url><loc>http://gull.example/</loc></url>\n"), 25_000))
		require.NoError(t, err)
	}
	require.NoError(t, z.Close())
	sitemap := func(b []byte) error { _, err := parseSitemap(b, "https://quay.example/maps/sitemap.xml"); return err }
	feed := func(b []byte) error { _, err := parseFeed(b, "https://gull.example/feed"); return err }
	robots := func(b []byte) error { parseRobots(b[:min(len(b), robotsMaxBytes)], "gull"); return nil }
	for name, tt := range map[string]struct {
		body []byte
		read func([]byte) error
	}{
		"sitemap, deep":            {fill("<urlset><url><loc>", "<a>", sitemapBytes), sitemap},
		"sitemap, deep, no root":   {fill("", "<urlset>", sitemapBytes), sitemap},
		"sitemap, malformed":       {fill("<urlset>", "<url><3", sitemapBytes), sitemap},
		"sitemap, declarations":    {fill("", "<?xml ?>", sitemapBytes), sitemap},
		"sitemap, wide":            {fill("<urlset>", "<url/>", sitemapBytes), sitemap},
		"sitemap, attributes":      {fill("<urlset><url ", `a="" `, sitemapBytes), sitemap},
		"sitemap, one text":        {fill("<urlset><url><loc>http://gull.example/", "a", sitemapBytes), sitemap},
		"sitemap, one line":        {fill("http://gull.example/", "a", sitemapBytes), sitemap},
		"sitemap, lines":           {fill("", "http://g.example/\n", sitemapBytes), sitemap},
		"sitemap, gzip":            {zipped.Bytes(), sitemap},
		"sitemap, entities":        {fill(`<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb">]><urlset><url><loc>`, "&b;", sitemapBytes), sitemap},
		"feed, deep":               {fill("<rss><channel><item>", "<a>", feedBytes), feed},
		"feed, deep in an element": {fill("<feed xmlns='http://www.w3.org/2005/Atom'><entry><content type='xhtml'>", "<a>", feedBytes), feed},
		"feed, items":              {fill("<rss><channel>", "<item/>", feedBytes), feed},
		"feed, extensions":         {fill("<rss xmlns:m='x'><channel><item>", "<m:a>", feedBytes), feed},
		"feed, deep JSON":          {fill(`{"version":"https://jsonfeed.org/version/1","items":[{"x":`, "[", feedBytes), feed},
		"feed, JSON items":         {append(fill(`{"version":"https://jsonfeed.org/version/1","items":[{}`, ",{}", feedBytes-2), "]}"...), feed},
		"feed, attributes":         {fill("<rss><channel><item ", `a="" `, feedBytes), feed},
		"robots, rules":            {fill("User-agent: *\n", "Disallow: /*a\n", robotsMaxBytes), robots},
		"robots, stars":            {fill("User-agent: *\nDisallow: /", "*", robotsMaxBytes), robots},
		"robots, sitemaps":         {fill("", "Sitemap:/\n", robotsMaxBytes), robots},
	} {
		t.Run(name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&before)
			began := time.Now()
			err := tt.read(tt.body)
			took := time.Since(began)
			runtime.ReadMemStats(&after)
			grown := float64(max(after.Sys, before.Sys)-before.Sys) / float64(len(tt.body))
			t.Logf("%d bytes in %v, memory grew by %.1f times that, error %.80v", len(tt.body),
				took.Round(time.Millisecond), grown, fmt.Sprint(err))
			assert.Less(t, took, time.Minute)
			assert.Less(t, grown, 12.0, "memory, in bytes of the list")
		})
	}
}
