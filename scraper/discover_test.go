package scraper

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func gzipped(t *testing.T, text string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, err := io.WriteString(z, text)
	require.NoError(t, err)
	require.NoError(t, z.Close())
	return b.Bytes()
}

func (s *site) file(path, mediaType string, body []byte) {
	s.handle(path, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", mediaType)
		_, _ = w.Write(body)
	})
}

func TestParseSitemap(t *testing.T) {
	day := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	const urls = `<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" xmlns:image="x">
<url><loc> https://quay.example/a?utm_source=map </loc><lastmod>2026-03-01</lastmod><image:image><image:loc>https://quay.example/a.jpg</image:loc></image:image></url>
<url><loc>https://quay.example/b&amp;c</loc><news:news><news:publication_date>2026-03-01T10:00:00+02:00</news:publication_date><news:title>The bell</news:title></news:news></url>
<url><loc>ftp://quay.example/no</loc></url><url><lastmod>never</lastmod></url></urlset>`
	for _, c := range []struct {
		name  string
		body  []byte
		pages []string
		files []string
	}{
		{"XML", []byte(urls), []string{"https://quay.example/a", "https://quay.example/b&c"}, nil},
		{"gzip", gzipped(t, urls), []string{"https://quay.example/a", "https://quay.example/b&c"}, nil},
		{"broken off", []byte(urls[:strings.Index(urls, "ftp")]), []string{"https://quay.example/a", "https://quay.example/b&c"}, nil},
		{"an index", []byte(`<sitemapindex><sitemap><loc>https://quay.example/1.xml.gz</loc></sitemap></sitemapindex>`), nil, []string{"https://quay.example/1.xml.gz"}},
		{"text", []byte("\xef\xbb\xbfhttps://quay.example/a\r\n\r\nhttps://quay.example/b\r\n"), []string{"https://quay.example/a", "https://quay.example/b"}, nil},
		{"text with a comment", []byte("# our pages\n\nhttps://quay.example/a\nhttps://quay.example/b\n"), []string{"https://quay.example/a", "https://quay.example/b"}, nil},
		{"relative", []byte("<urlset><url><loc>/a</loc></url><url><loc> b </loc></url><url><loc></loc></url></urlset>"), []string{"https://quay.example/a", "https://quay.example/maps/b"}, nil},
		{"a relative index, and no loc", []byte("<sitemapindex><sitemap><loc>1.xml</loc></sitemap><sitemap>/2.xml</sitemap></sitemapindex>"), nil, []string{"https://quay.example/maps/1.xml", "https://quay.example/2.xml"}},
		{"capitals", []byte("<URLSET><URL><LOC>https://quay.example/a</LOC></URL></URLSET>"), []string{"https://quay.example/a"}, nil},
		{"UTF-16", []byte("\xff\xfe" + strings.Join(strings.Split(`<?xml version="1.0" encoding="UTF-16"?><urlset><url><loc>/a</loc></url></urlset>`, ""), "\x00") + "\x00"), []string{"https://quay.example/a"}, nil},
		{"translations", []byte(`<urlset xmlns:xhtml="http://www.w3.org/1999/xhtml"><url><loc>/a</loc><xhtml:link rel="alternate" hreflang="de" href="/de/a"/><xhtml:link rel="stylesheet" href="/x.css"/></url></urlset>`), []string{"https://quay.example/a", "https://quay.example/de/a"}, nil},
		{"RSS", []byte(`<?xml version="1.0"?><rss version="2.0"><channel><item><link>/a</link></item></channel></rss>`), []string{"https://quay.example/a"}, nil},
		{"Atom", []byte(`<feed xmlns="http://www.w3.org/2005/Atom"><entry><link href="/a"/></entry></feed>`), []string{"https://quay.example/a"}, nil},
		{"Latin-1", []byte("<?xml version='1.0' encoding='ISO-8859-1'?><urlset><url><loc>https://quay.example/caf\xe9</loc></url></urlset>"), []string{"https://quay.example/caf%C3%A9"}, nil},
		{"an entity that expands", []byte(`<!DOCTYPE x [<!ENTITY a "aaaa">]><urlset><url><loc>https://quay.example/&a;</loc></url></urlset>`), []string{"https://quay.example/&a;"}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, err := parseSitemap(c.body, "https://quay.example/maps/sitemap.xml")
			require.NoError(t, err)
			var pages []string
			for _, e := range s.pages {
				pages = append(pages, e.URL)
			}
			assert.Equal(t, c.pages, pages)
			assert.Equal(t, c.files, s.files)
		})
	}
	s, err := parseSitemap([]byte(urls), "https://quay.example/maps/sitemap.xml")
	require.NoError(t, err)
	assert.Equal(t, day, s.pages[0].Modified)
	assert.Equal(t, "The bell", s.pages[1].Title)
	assert.True(t, s.pages[1].Published.Equal(day.Add(8*time.Hour)))
	for name, body := range map[string]string{
		"a page": "<!doctype html><p>no</p>", "nothing": "",
		"prose": "There is none.", "half gzip": "\x1f\x8b\x08\x00",
	} {
		_, err := parseSitemap([]byte(body), "https://quay.example/maps/sitemap.xml")
		assert.Error(t, err, name)
	}
}

// If a sitemap has more entries or bytes than the limits allow, the entries up to the limit are read.
func TestParseSitemapBounds(t *testing.T) {
	var b strings.Builder
	b.WriteString("<urlset>")
	for i := range sitemapMaxEntries + 10 {
		fmt.Fprintf(&b, "<url><loc>https://quay.example/%d</loc></url>", i)
	}
	b.WriteString("</urlset>")
	s, err := parseSitemap([]byte(b.String()), "https://quay.example/maps/sitemap.xml")
	require.NoError(t, err)
	assert.Len(t, s.pages, sitemapMaxEntries)
	assert.True(t, s.isCut)
	bomb := gzipped(t, "<urlset><url><loc>https://quay.example/a</loc></url>"+strings.Repeat(" ", 80<<20))
	s, err = parseSitemap(bomb, "https://quay.example/maps/sitemap.xml")
	require.NoError(t, err)
	assert.Len(t, s.pages, 1)
}

// Translations do not displace entries: each of the translations of a page names the others.
func TestSitemapOfTranslations(t *testing.T) {
	const languages = 10
	const pages = sitemapMaxEntries/(languages*(languages-1)) + 100 // with more links than entries are read from a file
	var b strings.Builder
	b.WriteString("<urlset>")
	var links strings.Builder
	for i := range pages {
		links.Reset()
		for language := range languages {
			fmt.Fprintf(&links, `<x:link rel="alternate" hreflang="l%d" href="https://quay.example/%[1]d/%d"/>`, language, i)
		}
		for language := range languages - 1 { // the last one has no entry of its own
			fmt.Fprintf(&b, "<url><loc>https://quay.example/%d/%d</loc>%s</url>", language, i, links.String())
		}
	}
	b.WriteString("</urlset>")
	s, err := parseSitemap([]byte(b.String()), "https://quay.example/sitemap.xml")
	require.NoError(t, err)
	assert.Len(t, s.pages, pages*languages)
	assert.False(t, s.isCut)
}

// Job.OnNotice is called for a list that is not read to its end.
func TestCrawlReportsLongLists(t *testing.T) {
	web := newSite(t)
	web.page("/")
	var b strings.Builder
	for range sitemapMaxEntries + 1 {
		b.WriteString(web.URL + "/a\n")
	}
	web.page("/a")
	web.file("/sitemap.xml", "text/plain", []byte(b.String()))
	var mu sync.Mutex
	var notices []error
	paths, _, _ := crawlAll(t, web, func(j *Job) {
		j.Sitemaps = true
		j.OnNotice = func(_ string, err error) {
			mu.Lock()
			defer mu.Unlock()
			notices = append(notices, err)
		}
	})
	assert.Equal(t, []string{"/", "/a"}, paths)
	require.Len(t, notices, 1)
	require.ErrorIs(t, notices[0], ErrLongList)
	assert.ErrorContains(t, notices[0], "only the first 100000 entries of "+web.URL+"/sitemap.xml are read")
}

// If the gzip data of a sitemap is cut off, the entries up to that point are used. If a robots.txt exceeds its size
// limit, the part within the limit is used.
func TestCrawlReadsTruncatedSitemaps(t *testing.T) {
	web := newSite(t)
	web.robots(strings.Repeat("# x\n", robotsMaxBytes/4) + "Disallow: /never") // only read up to the limit
	whole := gzipped(t, "<urlset><url><loc>/alone</loc></url></urlset>")
	web.file("/sitemap.xml", "application/octet-stream", whole[:len(whole)-6])
	web.page("/")
	web.page("/alone")
	paths, _, _ := crawlAll(t, web, func(j *Job) { j.Sitemaps = true })
	assert.Equal(t, []string{"/", "/alone"}, paths)
}

// A sitemap and a feed that exceed their size limits are read up to the limit.
func TestCrawlReadsLargeLists(t *testing.T) {
	if testing.Short() {
		t.Skip("reads fifty megabytes")
	}
	const maxBytes = 20_000
	web := newSite(t)
	fill := func(w http.ResponseWriter, head, filler string, size int) {
		_, _ = io.WriteString(w, head)
		filler = strings.Repeat(filler, 1+size/len(filler)/50)
		for range 51 {
			_, _ = io.WriteString(w, filler)
		}
	}
	web.handle("/sitemap.xml", func(w http.ResponseWriter, _ *http.Request) {
		fill(w, "<urlset><url><loc>/alone</loc></url>", "<!-- "+strings.Repeat("tide ", 100)+"-->", sitemapMaxBytes)
	})
	web.handle("/feed", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "1000000000")
		fill(w, "<rss version='2.0'><channel><item><link>/fed</link></item>", "<item><title>x</title></item>", maxBytes)
	})
	web.handle("/", func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, `<!doctype html><title>x</title><link rel="alternate" type="application/rss+xml" href="/feed"><p>home</p>`)
	})
	web.page("/alone")
	web.page("/fed")
	var got collector
	stats, err := newScraper(t, func(o *Options) { o.MaxBytes = maxBytes }).Crawl(t.Context(),
		Job{Seeds: []string{web.URL}, Sitemaps: true, Feeds: true}, got.handle)
	require.NoError(t, err)
	assert.ElementsMatch(t, []string{"/", "/alone", "/fed"}, got.pages)
	assert.Equal(t, 2, stats.Listed)
}

func TestCrawlReadsSitemapsAndFeeds(t *testing.T) {
	web := newSite(t)
	web.robots("Sitemap: " + web.URL + "/maps/index.xml\nUser-agent: *\nDisallow: /private")
	web.file("/maps/index.xml", "text/xml", []byte("<sitemapindex><sitemap><loc>"+web.URL+"/maps/1.xml.gz</loc></sitemap><sitemap><loc>"+web.URL+"/maps/index.xml</loc></sitemap></sitemapindex>"))
	web.file("/maps/1.xml.gz", "application/gzip", gzipped(t, "<urlset><url><loc>"+web.URL+"/alone</loc><lastmod>2026-03-01</lastmod></url><url><loc>"+web.URL+"/private/x</loc></url><url><loc>https://elsewhere.example/</loc></url></urlset>"))
	web.handle("/", func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, `<!doctype html><title>x</title><link rel="alternate" type="application/rss+xml" href="/feed"><link rel="next" href="/page2"><p>home</p>`)
	})
	web.page("/alone")
	web.page("/page2")
	web.page("/fed")
	web.file("/feed", "application/rss+xml", []byte(`<rss version="2.0"><channel><title>x</title><item><title>Fed</title><link>/fed</link><pubDate>Mon, 02 Mar 2026 10:00:00 GMT</pubDate></item></channel></rss>`))
	s := newScraper(t, nil)
	requests := make(map[string]Request)
	var got collector
	stats, err := s.Crawl(t.Context(), Job{Seeds: []string{web.URL}, Sitemaps: true, Feeds: true},
		func(ctx context.Context, p *Page) error {
			got.mu.Lock()
			requests[p.URL.Path] = p.Request
			assert.Equal(t, p.Request.Published, p.Document.Published, "dates of a feed are passed on with the page")
			assert.Equal(t, p.Request.Modified, p.Document.Modified)
			got.mu.Unlock()
			return got.handle(ctx, p)
		})
	require.NoError(t, err)
	slices.Sort(got.pages)
	assert.Equal(t, []string{"/", "/alone", "/fed", "/page2"}, got.pages)
	assert.Equal(t, 3, stats.Listed)
	assert.Equal(t, 1, stats.Skipped[Reason(ErrRobots)])
	assert.Equal(t, 1, stats.Skipped[Reason(ErrOutOfScope)])
	assert.Equal(t, time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC), requests["/fed"].Published.UTC())
	assert.Equal(t, time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC), requests["/alone"].Modified)
	for _, path := range []string{"/maps/index.xml", "/maps/1.xml.gz", "/feed", "/alone"} {
		assert.Equal(t, 1, web.count(path), path)
	}
}

// Sitemaps are read even if the seed itself is missing or forbidden.
func TestSitemapsOfSeedsThatFail(t *testing.T) {
	for name, tt := range map[string]struct {
		robots string
		status int
	}{
		"missing":   {"", http.StatusNotFound},
		"busy":      {"", http.StatusInternalServerError},
		"forbidden": {"User-agent: *\nDisallow: /$\n", http.StatusOK},
	} {
		t.Run(name, func(t *testing.T) {
			web := newSite(t)
			web.robots(tt.robots + "Sitemap: /map.txt")
			web.handle("/", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(tt.status) })
			web.file("/map.txt", "text/plain", []byte(web.URL+"/one\n"))
			web.page("/one")
			var got collector
			stats, err := newScraper(t, nil).Crawl(t.Context(), Job{Seeds: []string{web.URL}, Sitemaps: true}, got.handle)
			require.NoError(t, err)
			assert.Equal(t, []string{"/one"}, got.pages)
			assert.Equal(t, 1, stats.Failed+stats.Skipped[Reason(ErrRobots)])
		})
	}
}

// A relative address of a sitemap in robots.txt does not depend on the seed.
func TestRelativeSitemapInRobots(t *testing.T) {
	web := newSite(t)
	web.robots("Sitemap: map.txt\nSitemap: /maps/more.txt")
	web.file("/map.txt", "text/plain", []byte(web.URL+"/one\n"))
	web.file("/maps/more.txt", "text/plain", []byte(web.URL+"/two\n"))
	web.page("/news/today/")
	web.page("/one")
	web.page("/two")
	var got collector
	_, err := newScraper(t, nil).Crawl(t.Context(), Job{Seeds: []string{web.URL + "/news/today/"}, Sitemaps: true}, got.handle)
	require.NoError(t, err)
	assert.ElementsMatch(t, []string{"/news/today/", "/one", "/two"}, got.pages)
}

// Each page announces the feed of the site and a feed of its own comments. The latter do not double the number of
// requests.
func TestFeedsOfSinglePages(t *testing.T) {
	web := newSite(t)
	const feed = `<rss version="2.0"><channel><title>x</title><item><link>%s</link></item></channel></rss>`
	var links []string
	for i := range 30 {
		path := fmt.Sprintf("/p%d/", i)
		links = append(links, path)
		web.handle(path, func(w http.ResponseWriter, _ *http.Request) {
			_, _ = fmt.Fprintf(w, `<!doctype html><title>%s</title><link rel=alternate type="application/rss+xml" href="/feed">
				<link rel=alternate type="application/rss+xml" href="feed"><p>Story %d`, path, i)
		})
		web.file(path+"feed", "application/rss+xml", fmt.Appendf(nil, feed, path+"#comment-7"))
	}
	web.page("/", links...)
	web.page("/fed")
	web.file("/feed", "application/rss+xml", fmt.Appendf(nil, feed, "/fed"))
	var notices []error
	var got collector
	stats, err := newScraper(t, nil).Crawl(t.Context(), Job{
		Seeds: []string{web.URL}, Feeds: true, OnNotice: func(_ string, err error) { notices = append(notices, err) },
	}, got.handle)
	require.NoError(t, err)
	assert.Len(t, got.pages, 32)
	assert.Contains(t, got.pages, "/fed")
	assert.Equal(t, 6, stats.Listed, "the site's feed, and %d others", maxOwnFeeds)
	assert.Equal(t, 25, stats.Skipped[Reason(ErrTrap)])
	require.Len(t, notices, 1)
	assert.ErrorContains(t, notices[0], "the feeds of single pages on 127.0.0.1:")
}

// If robots.txt names no sitemap, a missing /sitemap.xml is not a failure.
func TestCrawlWithoutSitemap(t *testing.T) {
	web := newSite(t)
	web.page("/")
	var got collector
	stats, err := newScraper(t, nil).Crawl(t.Context(), Job{Seeds: []string{web.URL}, Sitemaps: true}, got.handle)
	require.NoError(t, err)
	assert.Equal(t, 1, stats.Handled)
	assert.Zero(t, stats.Failed)
	assert.Equal(t, 1, stats.Skipped[Reason(ErrSitemap)])
}

func TestParseFeed(t *testing.T) {
	for _, c := range []struct{ name, body string }{
		{"Atom", `<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title><entry><title>A</title><link href="story?utm_source=rss"/><updated>2026-03-02T10:00:00Z</updated></entry></feed>`},
		{"JSON Feed", `{"version":"https://jsonfeed.org/version/1.1","title":"x","items":[{"id":"1","url":"https://quay.example/news/story","title":"A"}]}`},
		{"RSS with a permanent link", `<rss version="2.0"><channel><item><guid>https://quay.example/news/story</guid></item><item><title>none</title></item></channel></rss>`},
	} {
		t.Run(c.name, func(t *testing.T) {
			entries, err := parseFeed([]byte(c.body), "https://quay.example/news/feed")
			require.NoError(t, err)
			require.Len(t, entries, 1)
			assert.Equal(t, "https://quay.example/news/story", entries[0].URL)
		})
	}
	_, err := parseFeed([]byte("<html>no feed</html>"), "https://quay.example/feed")
	assert.ErrorIs(t, err, ErrFeed)
}

func TestCrawlJoinsParts(t *testing.T) {
	web := newSite(t)
	part := func(path, next string, links ...string) {
		web.handle(path, func(w http.ResponseWriter, _ *http.Request) {
			_, _ = io.WriteString(w, strings.Replace(pageText(path, links...), "</head>",
				`<link rel="next" href="`+next+`"></head>`, 1))
		})
	}
	web.page("/", "/story/3", "/story", "/list", "/story/2")
	part("/story", "/story/2", "/story/2", "/story/3")
	part("/story/2", "/story/3")
	part("/story/3", "/story")
	part("/list", "/list/page/2")
	web.page("/list/page/2")
	parts := make(map[string][]string)
	var got collector
	_, err := newScraper(t, func(o *Options) { o.Workers = 1 }).Crawl(t.Context(),
		Job{Seeds: []string{web.URL, web.URL + "/story"}, JoinParts: true}, func(ctx context.Context, p *Page) error {
			for _, further := range p.Parts {
				parts[p.URL.Path] = append(parts[p.URL.Path], further.URL.Path)
			}
			return got.handle(ctx, p)
		})
	require.NoError(t, err)
	assert.Equal(t, map[string][]string{"/story": {"/story/2", "/story/3"}}, parts)
	slices.Sort(got.pages)
	assert.Equal(t, []string{"/", "/list", "/list/page/2", "/story"}, got.pages)
}

func TestPartNumber(t *testing.T) {
	for _, c := range []struct {
		first, next string
		want        int
	}{
		{"https://a.example/story", "https://a.example/story/2", 2},
		{"https://a.example/story/", "https://a.example/story/2/", 2},
		{"https://a.example/story.html", "https://a.example/story-3.html", 3},
		{"https://a.example/story.html", "https://a.example/story_2.html", 2},
		{"https://a.example/story?id=7", "https://a.example/story?id=7&page=2", 2},
		{"https://a.example/story?id=7", "https://a.example/story?id=8&page=2", 0},
		{"https://a.example/story", "https://a.example/story?reply=0&page=2", 0},
		{"https://a.example/story", "https://a.example/story?page=2&page=3", 0},
		{"https://a.example/blog", "https://a.example/blog/page/2", 0},
		{"https://a.example/", "https://a.example/2", 0},
		{"https://a.example/2019", "https://a.example/20192", 0},
		{"https://a.example/story", "https://b.example/story/2", 0},
		{"https://a.example/story", "https://a.example/other/2", 0},
	} {
		assert.Equal(t, c.want, partNumber(c.first, c.next), "%s → %s", c.first, c.next)
	}
}
