package scraper

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// story returns a page whose text depends only on its title. The argument canonical is its rel=canonical; if it is
// empty, there is none.
func story(title, canonical string, links ...string) string {
	var text strings.Builder
	for i := range 40 {
		fmt.Fprintf(&text, "<p>The %s of day %d was told at the quay by the keeper of the %s.</p>", title, i, title)
	}
	page := strings.Replace(pageText(title, links...), "</h1>", "</h1>"+text.String(), 1)
	if canonical == "" {
		return page
	}
	return strings.Replace(page, "</head>", `<link rel="canonical" href="`+canonical+`"></head>`, 1)
}

func (s *site) story(path, title, canonical string, links ...string) {
	s.handle(path, func(w http.ResponseWriter, _ *http.Request) { _, _ = fmt.Fprint(w, story(title, canonical, links...)) })
}

// crawlAll crawls a site. It returns the sorted paths of the delivered pages, the counts and the notices.
func crawlAll(t *testing.T, web *site, change func(*Job)) (paths []string, stats Stats, notices []error) {
	t.Helper()
	var got collector
	var mu sync.Mutex
	job := Job{Seeds: []string{web.URL}, OnNotice: func(_ string, err error) {
		mu.Lock()
		defer mu.Unlock()
		notices = append(notices, err)
	}}
	if change != nil {
		change(&job)
	}
	stats, err := newScraper(t, nil).Crawl(t.Context(), job, got.handle)
	require.NoError(t, err)
	slices.Sort(got.pages)
	assert.Len(t, slices.Compact(slices.Clone(got.pages)), len(got.pages), "no page is delivered twice")
	enqueued := stats.Handled + stats.Failed + stats.Redirected + stats.Listed + stats.Queued
	assert.GreaterOrEqual(t, enqueued, len(got.pages))
	assert.Zero(t, stats.Queued)
	return got.pages, stats, notices
}

func names(n int) (paths []string) {
	for _, name := range strings.Fields("anchor barrel candle deck ebb ferry gull harbour island jetty " +
		"keel lantern mast net oar pilot quay rope sail tide")[:n] {
		paths = append(paths, "/"+name)
	}
	return paths
}

// A rel=canonical is trusted if the page that it names exists and has the same text. If many are wrong, this is
// reported once.
func TestCanonicalIsChecked(t *testing.T) {
	all := names(20)
	for _, c := range []struct {
		name    string
		build   func(*site)
		want    []string
		notices int
	}{
		{"all name one", func(web *site) {
			web.story("/", "front", "/anchor", all...)
			for _, path := range all {
				web.story(path, path[1:], "/anchor", all...)
			}
		}, append([]string{"/"}, all...), 1},
		{"all name the front page", func(web *site) {
			web.story("/", "front", "/", all...)
			for _, path := range all {
				web.story(path, path[1:], "/")
			}
		}, append([]string{"/"}, all...), 1},
		{"each names a missing page", func(web *site) {
			web.story("/", "front", "", all...)
			for _, path := range all {
				web.story(path, path[1:], path+"/gone")
			}
		}, append([]string{"/"}, all...), 1},
		{"all name a missing page", func(web *site) {
			web.story("/", "front", "/gone", all...)
			for _, path := range all {
				web.story(path, path[1:], "/gone")
			}
		}, append([]string{"/"}, all...), 1},
		{"templates", func(web *site) {
			web.story("/", "front", "", all...)
			for i, path := range all {
				web.story(path, path[1:], []string{"/{{url}}", "/undefined", "{{ page.url }}", "/x/null"}[i%4])
			}
		}, append([]string{"/"}, all...), 1},
		{"a loop of two, and of three", func(web *site) {
			web.story("/", "front", "", "/a", "/b", "/c", "/d", "/e")
			web.story("/a", "ebb", "/b")
			web.story("/b", "flood", "/a")
			web.story("/c", "mast", "/d")
			web.story("/d", "keel", "/e")
			web.story("/e", "deck", "/c")
		}, []string{"/", "/a", "/b", "/c", "/d", "/e"}, 1},
		{"on another host", func(web *site) {
			web.story("/", "front", "", all...)
			for _, path := range all {
				web.story(path, path[1:], "https://elsewhere.example"+path)
			}
		}, append([]string{"/"}, all...), 1},
		{"redirects, robots and noindex", func(web *site) {
			web.robots("User-agent: *\nDisallow: /private")
			web.story("/", "front", "", "/a", "/b", "/c")
			web.story("/a", "ebb", "/moved")
			web.redirect("/moved", "/a")
			web.story("/b", "mast", "/private")
			web.story("/c", "deck", "/hidden")
			web.handle("/hidden", func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("X-Robots-Tag", "noindex")
				_, _ = fmt.Fprint(w, story("deck", ""))
			})
		}, []string{"/", "/a", "/b", "/c"}, 1},
		{"right", func(web *site) {
			web.story("/", "front", "/", "/print/anchor", "/anchor", "/barrel?from=menu", "/candle?view=plain", "/candle")
			web.story("/print/anchor", "anchor", "/anchor")
			web.story("/anchor", "anchor", "/anchor", "/deck")
			web.story("/barrel", "barrel", "/barrel")
			web.story("/deck", "deck", "/deck")
			web.handle("/candle", func(w http.ResponseWriter, r *http.Request) {
				_, _ = fmt.Fprint(w, story("candle", "/candle")+"<p>"+r.URL.RawQuery+"</p>") // nearly the same
			})
		}, []string{"/", "/anchor", "/barrel", "/candle", "/deck"}, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			web := newSite(t)
			c.build(web)
			paths, _, notices := crawlAll(t, web, nil)
			slices.Sort(c.want)
			assert.Equal(t, c.want, paths)
			assert.Len(t, notices, c.notices)
			for _, err := range notices {
				require.ErrorIs(t, err, ErrCanonical)
			}
		})
	}
}

// By rel=canonical, a page may name a second page, which names a third. If all have the same text, only the last page
// is delivered, no matter in which order the pages are visited.
func TestCanonicalsInARow(t *testing.T) {
	for _, links := range [][]string{
		{"/print", "/mail", "/share", "/page"}, {"/page", "/share", "/print", "/mail"}, {"/print", "/page", "/mail"},
	} {
		t.Run(strings.Join(links, " "), func(t *testing.T) {
			web := newSite(t)
			web.story("/", "front", "", links...)
			web.story("/print", "ebb", "/share")
			web.story("/mail", "ebb", "/share")
			web.story("/share", "ebb", "/page")
			web.story("/page", "ebb", "/page")
			paths, stats, _ := crawlAll(t, web, nil)
			assert.Equal(t, []string{"/", "/page"}, paths)
			assert.Equal(t, map[string]int{Reason(ErrDuplicate): 3}, stats.Skipped)
		})
	}
}

// In a chain, each page names the next one by rel=canonical. If all have the same text, one page is delivered: the last
// one if the chain leads to a missing page, and any one of them if the chain is a loop. If the chain leads to a copy of
// a delivered page, all its pages are skipped. In an endless chain of different pages, each page is delivered.
func TestCanonicalRowsEnd(t *testing.T) {
	endless := make([]string, 39)
	for i := range endless {
		endless[i] = fmt.Sprintf("/row/%d", i)
	}
	for _, c := range []struct {
		name  string
		build func(*site)
		want  []string
	}{
		{"a missing page", func(web *site) {
			web.story("/", "front", "", "/print")
			web.story("/print", "ebb", "/mail")
			web.story("/mail", "ebb", "/share")
			web.story("/share", "ebb", "/gone")
		}, []string{"/", "/share"}},
		{"a loop of one text", func(web *site) {
			web.story("/", "front", "", "/anchor")
			web.story("/anchor", "ebb", "/barrel")
			web.story("/barrel", "ebb", "/candle")
			web.story("/candle", "ebb", "/anchor")
		}, []string{"/", "/candle"}},
		{"a copy", func(web *site) {
			web.story("/", "front", "", "/page")
			web.story("/page", "ebb", "", "/deck")
			web.story("/deck", "deck", "", "/copy", "/print")
			web.story("/copy", "ebb", "", "/deck")
			web.story("/print", "ebb", "/copy", "/deck")
		}, []string{"/", "/deck", "/page"}},
		{"no end", func(web *site) {
			web.story("/", "front", "", endless...)
			for i, path := range endless {
				web.story(path, fmt.Sprintf("ebb %d", i), fmt.Sprintf("/row/%d", i+1))
			}
		}, append([]string{"/"}, slices.Sorted(slices.Values(endless))...)},
	} {
		t.Run(c.name, func(t *testing.T) {
			web := newSite(t)
			c.build(web)
			paths, _, _ := crawlAll(t, web, nil)
			assert.Equal(t, c.want, paths)
		})
	}
}

// The links of a page that repeats another page are followed, and Page.CanonicalErr reports a rel=canonical that was
// not trusted.
func TestCanonicalLinksAreFollowed(t *testing.T) {
	web := newSite(t)
	web.story("/", "front", "", "/tide/amp", "/sail")
	web.story("/tide", "tide", "/tide")
	web.handle("/tide/amp", func(w http.ResponseWriter, _ *http.Request) {
		_, _ = fmt.Fprint(w, story("tide", "/tide")+`<a href="/only-from-amp"></a>`)
	})
	web.story("/only-from-amp", "ebb", "")
	web.story("/sail", "sail", "/tide")
	errs := make(map[string]error)
	stats, err := newScraper(t, func(o *Options) { o.Workers = 1 }).Crawl(t.Context(), Job{Seeds: []string{web.URL}},
		func(_ context.Context, p *Page) error {
			errs[p.URL.Path] = p.CanonicalErr
			return nil
		})
	require.NoError(t, err)
	assert.Len(t, errs, 4)
	require.ErrorIs(t, errs["/sail"], ErrCanonical)
	require.NoError(t, errs["/tide"])
	assert.Contains(t, errs, "/only-from-amp")
	assert.Equal(t, 1, stats.Skipped[Reason(ErrDuplicate)])
	assert.LessOrEqual(t, len(web.asked()), 6)
}

// MaxPages is respected while pages wait for others, and a canceled crawl counts the waiting pages as queued.
func TestCanonicalUnderLimits(t *testing.T) {
	all := names(20)
	web := newSite(t)
	web.story("/", "front", "", all...)
	for _, path := range all {
		web.story(path, path[1:], "/anchor")
	}
	paths, stats, _ := crawlAll(t, web, func(j *Job) { j.MaxPages = 7 })
	assert.Len(t, paths, 7)
	assert.Equal(t, 7, stats.Handled)
	ctx, cancel := context.WithCancel(t.Context())
	n := 0
	stats, err := newScraper(t, func(o *Options) { o.Workers = 1 }).Crawl(ctx, Job{Seeds: []string{web.URL}},
		func(context.Context, *Page) error {
			if n++; n == 3 {
				cancel()
			}
			return nil
		})
	require.ErrorIs(t, err, context.Canceled)
	assert.Equal(t, 21, stats.Handled+stats.Queued)
}

// Addresses that differ only in their spelling are one page if they have the same text, and so are pages of a host with
// the same bytes.
func TestSameContentIsOnePage(t *testing.T) {
	web := newSite(t)
	web.story("/", "front", "", "/a", "/a/", "/a/index.html", "/b", "/copy-of-b", "/c", "/c/")
	for _, path := range []string{"/a", "/a/", "/a/index.html"} {
		web.handle(path, func(w http.ResponseWriter, _ *http.Request) {
			_, _ = fmt.Fprint(w, story("anchor", "")+"<!-- "+path+" -->")
		})
	}
	web.story("/b", "barrel", "")
	web.story("/copy-of-b", "barrel", "")
	web.story("/c", "candle", "")
	web.story("/c/", "candles, all of them", "")
	var repeated []string
	paths, stats, _ := crawlAll(t, web, func(j *Job) {
		j.OnSkip = func(_ Request, err error) { repeated = append(repeated, err.Error()) }
	})
	assert.Len(t, paths, 5)
	assert.Equal(t, 3, stats.Skipped[Reason(ErrDuplicate)])
	for _, text := range repeated {
		assert.Regexp(t, `the same page as one that was handled: http://127\.0\.0\.1:\d+/(a|a/|a/index\.html|b|copy-of-b)$`, text)
	}
}

// Pages that are nearly the same, according to Job.Similar, are reported and still delivered.
func TestSimilarPagesAreReported(t *testing.T) {
	web := newSite(t)
	web.story("/", "front", "", "/a", "/b", "/c")
	web.story("/a", "anchor", "")
	web.story("/b", "anchor and chain", "")
	web.story("/c", "candle", "")
	paths, _, notices := crawlAll(t, web, func(j *Job) {
		j.Similar = func(p *Page) string { return fmt.Sprint(titleWords(p.Root)[0]) }
	})
	assert.Len(t, paths, 4)
	require.Len(t, notices, 1)
	require.ErrorIs(t, notices[0], ErrSimilar)
	assert.Regexp(t, `/a and .*/b$|/b and .*/a$`, notices[0].Error())
}

// The http and https addresses of a host, and its name with and without "www.", are one site: pages with the same text
// are delivered once.
func TestSchemesAndWWWAreOneSite(t *testing.T) {
	web := newSite(t)
	for _, path := range []string{"/", "/a"} {
		web.handle(path, func(w http.ResponseWriter, r *http.Request) {
			_, _ = fmt.Fprint(w, story("The page "+r.URL.Path, "", "http://quay.example/a", "http://www.quay.example/a",
				"http://www.quay.example/a/")+"<!-- "+r.Host+" -->")
		})
	}
	web.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.URL.Path = "/" + strings.Trim(r.URL.Path, "/")
		web.serve(w, r)
	})
	s := newScraper(t, func(o *Options) {
		o.Transport = &http.Transport{DialContext: func(ctx context.Context, network, _ string) (net.Conn, error) {
			return (&net.Dialer{}).DialContext(ctx, network, web.Listener.Addr().String())
		}}
	})
	stats, err := s.Crawl(t.Context(), Job{Seeds: []string{"http://quay.example/"}}, nil)
	require.NoError(t, err)
	assert.Equal(t, 2, stats.Handled)
	assert.Equal(t, 2, stats.Skipped[Reason(ErrDuplicate)])
}
