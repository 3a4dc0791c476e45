package scraper

import (
	"fmt"
	"io"
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestDirectives(t *testing.T) {
	s, web := newScraper(t, func(o *Options) { o.UserAgent = "GullBot/1" }), newSite(t)
	for name, tt := range map[string]struct {
		headers           []string
		head, body        string
		noIndex, noFollow bool
	}{
		"upper case":  {head: `<META NAME=ROBOTS CONTENT=NOINDEX>`, noIndex: true},
		"in the body": {body: `<meta name="robots" content="noindex">`, noIndex: true},
		"the more restrictive": {
			head: `<meta name=robots content="index,follow"><meta name=robots content="noindex">
				<meta name=gullbot content=all>`, noIndex: true,
		},
		"without commas": {
			head: `<meta name=robots content="noindex nofollow">`, noIndex: true, noFollow: true,
		},
		"separated by semicolons": {head: `<meta name=robots content="index; nofollow">`, noFollow: true},
		"part of a word":          {head: `<meta name=robots content="noindexing, noimageindex, nofollowers">`},
		"in a text":               {head: `<meta name=description content="noindex">`, body: "noindex"},
		"several headers": {
			headers: []string{"otherbot: noindex", "noarchive", "NoIndex, NoFollow"}, noIndex: true, noFollow: true,
		},
		"joined headers": {
			headers: []string{"noindex, otherbot: nofollow, gullbot: noarchive"}, noIndex: true,
		},
		"joined headers, for us": {
			headers: []string{"otherbot: noindex, nofollow, gullbot: nofollow"}, noFollow: true,
		},
		"for others": {headers: []string{"otherbot: noindex, nofollow", "OtherBot: none"}},
		"for all":    {headers: []string{"*: noindex"}, noIndex: true},
		"after a value": {
			headers: []string{"max-snippet: 20, max-image-preview:large, noindex"}, noIndex: true,
		},
		"header and meta": {
			headers: []string{"nofollow"}, head: `<meta name=robots content=noindex>`, noIndex: true, noFollow: true,
		},
		"until RFC 850": {
			headers: []string{"unavailable_after: Saturday, 25-Jun-05 15:00:00 PST"}, noIndex: true,
		},
		"until RFC 1123, and more": {
			headers: []string{"unavailable_after: Mon, 3 Jan 2005 15:00:00 GMT, nofollow"}, noIndex: true, noFollow: true,
		},
		"until ISO 8601": {
			head: `<meta name=robots content="noarchive, unavailable_after: 2005-06-25T15:00:00+02:00">`, noIndex: true,
		},
		"until a day": {
			head: `<meta name=gullbot content="unavailable_after: 2005-06-25, nofollow">`, noIndex: true, noFollow: true,
		},
		"until some day": {
			headers: []string{"unavailable_after: 25 Jun 2199 15:00:00 PST", "gullbot: unavailable_after: 2199-01-01"},
		},
		"until, for others": {headers: []string{"otherbot: unavailable_after: 25-Aug-2007 15:00:00 EST"}},
		"until, for us": {
			headers: []string{"gullbot: unavailable_after: 25-Aug-2007 15:00:00 EST"}, noIndex: true,
		},
		"until an unknown date": {headers: []string{"unavailable_after: soon", "unavailable_after:"}},
		"odd": {
			headers: []string{":", ",;: ,", "otherbot:", "gullbot"},
			head:    `<meta name=robots><meta name=robots content=":noindex:">`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			web.handle("/a", func(w http.ResponseWriter, _ *http.Request) {
				w.Header()["X-Robots-Tag"] = tt.headers
				w.Header().Set("Content-Type", "text/html")
				_, _ = fmt.Fprintf(w, "<title>a</title>%s<body><p>text</p>%s<a href=/b>b</a>", tt.head, tt.body)
			})
			p, err := s.Fetch(t.Context(), web.URL+"/a")
			require.NoError(t, err)
			assert.Equal(t, tt.noIndex, p.NoIndex, "noindex")
			assert.Equal(t, tt.noFollow, p.NoFollow, "nofollow")
		})
	}
}

// A noindex has no effect in a robots.txt, where it is not standard, on a redirect, or on a list of pages.
func TestNoIndexElsewhere(t *testing.T) {
	web := newSite(t)
	web.robots("User-agent: *\nNoindex: /a\nSitemap: /map.xml")
	marked := func(contentType, body string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("X-Robots-Tag", "noindex, follow")
			w.Header().Set("Content-Type", contentType)
			_, _ = io.WriteString(w, body)
		}
	}
	web.handle("/map.xml", marked("text/xml", "<urlset><url><loc>"+web.URL+"/mapped</loc></url></urlset>"))
	web.handle("/feed.xml", marked("text/xml", "<rss><channel><item><link>"+web.URL+"/fed</link></item></channel></rss>"))
	web.handle("/moved", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Robots-Tag", "noindex")
		http.Redirect(w, r, "/there", http.StatusFound)
	})
	web.handle("/", marked("text/html",
		`<a href=/a>a</a><a href=/moved>m</a><link rel=alternate type="application/rss+xml" href=/feed.xml>`))
	for _, path := range []string{"/a", "/there", "/mapped", "/fed"} {
		web.page(path)
	}
	var got collector
	stats, err := newScraper(t, nil).Crawl(t.Context(), Job{Seeds: []string{web.URL}, Sitemaps: true, Feeds: true},
		got.handle)
	require.NoError(t, err)
	assert.ElementsMatch(t, []string{"/a", "/there", "/mapped", "/fed"}, got.pages)
	assert.Equal(t, map[string]int{"marked noindex": 1}, stats.Skipped)
	assert.Equal(t, 2, stats.Listed)
}

// unlisted returns a site with noindex pages. Some of them name an article as their canonical address.
func unlisted(t *testing.T) *site {
	t.Helper()
	web := newSite(t)
	noindex := func(path, directives, canonical string, links ...string) {
		web.handle(path, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("X-Robots-Tag", directives)
			w.Header().Set("Content-Type", "text/html")
			if canonical != "" {
				_, _ = fmt.Fprintf(w, "<link rel=canonical href=%q>", canonical)
			}
			for _, link := range links {
				_, _ = fmt.Fprintf(w, "<a href=%q>x</a>", link)
			}
		})
	}
	web.page("/", "/print/gulls", "/gulls", "/print/terns", "/index", "/login", "/moved")
	noindex("/print/gulls", "noindex", "/gulls")
	web.page("/gulls")
	noindex("/print/terns", "noindex", "/terns", "/seals") // no page links to /terns
	web.page("/terns")
	web.page("/seals")
	noindex("/index", "noindex, follow", "", "/index/2")
	noindex("/index/2", "noindex", "", "/index", "/auks")
	web.page("/auks")
	noindex("/login", "none", "", "/behind")
	web.page("/behind")
	web.redirect("/moved", "/index/2")
	return web
}

func TestNoIndexPagesAreVisitedForTheirLinks(t *testing.T) {
	web := unlisted(t)
	articles := []string{"/", "/gulls", "/terns", "/seals", "/auks"}
	var got collector
	skipped := make(map[string][]string) // /index/2 occurs twice: itself, and as the target of /moved, in either order
	s := newScraper(t, nil)
	stats, err := s.Crawl(t.Context(), Job{
		Seeds: []string{web.URL}, OnSkip: func(r Request, err error) {
			path := r.URL[len(web.URL):]
			skipped[path] = append(skipped[path], Reason(err))
		},
	}, got.handle)
	require.NoError(t, err)
	assert.ElementsMatch(t, articles, got.pages)
	assert.Equal(t, 5, stats.Handled)
	assert.Equal(t, 5, stats.Fetched)
	for _, path := range []string{"/print/gulls", "/print/terns", "/index", "/index/2", "/login"} {
		assert.Contains(t, skipped[path], "marked noindex", path)
	}
	assert.Equal(t, 5, stats.Skipped["marked noindex"])
	assert.Equal(t, 1, stats.Skipped["marked nofollow"])
	assert.Zero(t, web.count("/behind"))

	n := 0
	for p, err := range s.Pages(t.Context(), Job{Seeds: []string{web.URL}}) {
		require.NoError(t, err)
		assert.False(t, p.NoIndex, p.Request.URL)
		n++
	}
	assert.Equal(t, 5, n)
}

func TestNoIndexPagesDoNotCountForMaxPages(t *testing.T) {
	web := unlisted(t)
	var got collector
	job := Job{Seeds: []string{web.URL + "/index", web.URL + "/"}, MaxPages: 4}
	stats, err := newScraper(t, nil).Crawl(t.Context(), job, got.handle)
	require.NoError(t, err)
	assert.Len(t, got.pages, 4)
	assert.Equal(t, 4, stats.Handled)
}

func TestNoIndexKeep(t *testing.T) {
	web := unlisted(t)
	var got collector
	s := newScraper(t, func(o *Options) { o.Workers = 1 }) // in order, because the first of two duplicates counts
	stats, err := s.Crawl(t.Context(), Job{Seeds: []string{web.URL}, NoIndex: NoIndexKeep}, got.handle)
	require.NoError(t, err)
	assert.Equal(t, []string{"/", "/gulls", "/print/gulls"}, got.pages[:3], "a page is checked before it is another's")
	assert.Zero(t, stats.Skipped["marked noindex"])
	others := stats.Skipped[Reason(ErrDuplicate)] + stats.Skipped[Reason(ErrSeen)]
	assert.Equal(t, 1, others, "where /moved leads")
	assert.Zero(t, web.count("/behind"), "nofollow is still obeyed")
}

func TestOnlyNoIndexPages(t *testing.T) {
	web := unlisted(t)
	stats, err := newScraper(t, nil).Crawl(t.Context(), Job{Seeds: []string{web.URL + "/login"}}, nil)
	require.ErrorIs(t, err, ErrNoPages)
	require.ErrorIs(t, err, ErrNoIndex)
	assert.Zero(t, stats.Fetched)
	_, err = newScraper(t, nil).Crawl(t.Context(), Job{Seeds: []string{web.URL}, NoIndex: 2}, nil)
	require.ErrorIs(t, err, ErrOptions)
	assert.Equal(t, "skip keep", fmt.Sprint(NoIndexSkip, NoIndexKeep))
}

// A noindex part is not content: the parts before it are joined, and its links are followed.
func TestNoIndexParts(t *testing.T) {
	web := newSite(t)
	web.part("/story", "/story/2", nil)
	web.part("/story/2", "/story/3", nil)
	web.handle("/story/3", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		_, _ = io.WriteString(w, `<meta name=robots content=noindex><link rel=next href=/story/4><a href=/more>more</a>`)
	})
	web.page("/story/4")
	web.page("/more")
	for noIndex, parts := range map[NoIndex]int{NoIndexSkip: 1, NoIndexKeep: 3} {
		pages := make(map[string]int)
		job := Job{Seeds: []string{web.URL + "/story"}, JoinParts: true, NoIndex: noIndex}
		for p, err := range newScraper(t, nil).Pages(t.Context(), job) {
			require.NoError(t, err)
			pages[p.URL.Path] = len(p.Parts)
		}
		assert.Equal(t, parts, pages["/story"], noIndex)
		assert.Contains(t, pages, "/more")
		assert.NotContains(t, pages, "/story/3")
	}
}
