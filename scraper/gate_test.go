package scraper

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A site redirects each page to one that asks for consent. Its link sets a cookie and redirects back. A crawl with
// cookies gets all pages; no address is requested more than twice.
func TestConsentByLink(t *testing.T) {
	web := newSite(t)
	web.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/consent" && r.URL.Path != "/accept" && r.URL.Path != "/robots.txt" &&
			!strings.Contains(r.Header.Get("Cookie"), "consent=1") {
			http.Redirect(w, r, "/consent?to="+url.QueryEscape(r.URL.Path), http.StatusFound)
			return
		}
		web.serve(w, r)
	})
	web.handle("/consent", func(w http.ResponseWriter, r *http.Request) {
		writePage(w, "May we set cookies?", "/accept?to="+url.QueryEscape(r.URL.Query().Get("to")), "/privacy")
	})
	web.handle("/accept", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Set-Cookie", "consent=1; Path=/")
		http.Redirect(w, r, r.URL.Query().Get("to"), http.StatusFound)
	})
	web.page("/", "/ebb", "/flood")
	web.page("/ebb", "/flood", "/")
	web.page("/flood", "/ebb")
	web.page("/privacy")
	paths, stats, _ := crawlAll(t, web, func(j *Job) { j.Cookies = NewCookies() })
	assert.Equal(t, []string{"/", "/consent?to=%2F", "/ebb", "/flood", "/privacy"}, paths)
	assert.Empty(t, stats.Skipped)
	for path, n := range counted(web.asked()) {
		assert.LessOrEqual(t, n, 2, path)
	}

	paths, stats, _ = crawlAll(t, web, nil)
	assert.Equal(t, []string{"/consent?to=%2F", "/consent?to=%2Fprivacy"}, paths, "without cookies")
	assert.Equal(t, 2, stats.Skipped[Reason(ErrSeen)])
}

// The cookie that a page of consent sets is new each time, and nevertheless each page asks for consent. The crawl ends.
func TestConsentWithoutEnd(t *testing.T) {
	web := newSite(t)
	n := 0
	web.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		n++
		w.Header().Set("Set-Cookie", fmt.Sprintf("visit=%d; Path=/", n))
		switch r.URL.Path {
		case "/robots.txt":
			http.NotFound(w, r)
		case "/consent":
			to := url.QueryEscape(r.URL.Query().Get("to"))
			writePage(w, "May we set cookies?", "/accept?to="+to, "/agree?to="+to, "/ebb", "/flood")
		case "/accept", "/agree":
			http.Redirect(w, r, r.URL.Query().Get("to"), http.StatusFound)
		default:
			http.Redirect(w, r, "/consent?to="+url.QueryEscape(r.URL.Path), http.StatusFound)
		}
	})
	_, err := newScraper(t, nil).Crawl(t.Context(), Job{Seeds: []string{web.URL}, Cookies: NewCookies()}, nil)
	require.NoError(t, err)
	assert.Less(t, n, 40)
}

func counted(paths []string) map[string]int {
	counts := make(map[string]int)
	for _, path := range paths {
		counts[path]++
	}
	return counts
}

// A 304 that the request did not ask for is no page. It is retried, and fails if it does not end. A robots.txt that is
// answered in this way does not allow everything.
func TestStrayNotModified(t *testing.T) {
	newStraySite := func() *site {
		web := newSite(t)
		web.page("/", "/once", "/always")
		for path, times := range map[string]int{"/once": 1, "/always": 1000} {
			web.handle(path, func(w http.ResponseWriter, _ *http.Request) {
				if web.count(path) <= times {
					w.Header().Set("ETag", `"1"`)
					w.WriteHeader(http.StatusNotModified)
					return
				}
				writePage(w, path)
			})
		}
		return web
	}
	for _, cache := range []string{"", t.TempDir()} {
		web := newStraySite()
		s := newScraper(t, func(o *Options) { o.Cache = cache })
		var got collector
		stats, err := s.Crawl(t.Context(), Job{Seeds: []string{web.URL}}, got.handle)
		require.NoError(t, err)
		assert.ElementsMatch(t, []string{"/", "/once"}, got.pages)
		assert.Equal(t, map[string]int{"HTTP error status: 304 Not Modified": 1}, stats.Failures)
		assert.Equal(t, 3, stats.Retried)
		assert.Equal(t, 3, web.count("/always"))
	}

	web := newStraySite()
	s := newScraper(t, func(o *Options) { o.Headers = http.Header{"If-None-Match": {`"1"`}} })
	_, err := s.Fetch(t.Context(), web.URL+"/always")
	require.ErrorIs(t, err, ErrStatus)
	assert.Equal(t, 1, web.count("/always"), "the caller asked for it")

	web = newStraySite()
	web.handle("/robots.txt", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNotModified) })
	_, err = newScraper(t, nil).Fetch(t.Context(), web.URL+"/")
	require.ErrorIs(t, err, ErrRobotsUnreachable)
	require.ErrorContains(t, err, "304 Not Modified")
	assert.Equal(t, 3, web.count("/robots.txt"))
}

// Pages redirect to the same pages of the site for phones, which is out of scope. A notice says so, once.
func TestRedirectsToTheSiteForPhones(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case strings.HasPrefix(r.Host, "m."), r.URL.Path == "/":
			writePage(w, r.Host+r.URL.Path, "/ebb", "/flood", "/to-the-shop")
		case r.URL.Path == "/to-the-shop":
			http.Redirect(w, r, "http://shop.quay.example/", http.StatusFound)
		default:
			http.Redirect(w, r, "http://m.quay.example"+r.URL.Path, http.StatusFound)
		}
	}))
	t.Cleanup(server.Close)
	for name, c := range map[string]struct {
		scope   Scope
		handled int
		notices []string
	}{
		"host":   {nil, 1, []string{"scraper: out of scope: pages of www.quay.example redirect to m.quay.example"}},
		"domain": {SameDomain, 4, nil},
	} {
		t.Run(name, func(t *testing.T) {
			var notices []string
			s := newScraper(t, func(o *Options) {
				o.IgnoreRobots = true
				o.Transport = &http.Transport{DialContext: func(ctx context.Context, network, _ string) (net.Conn, error) {
					return (&net.Dialer{}).DialContext(ctx, network, server.Listener.Addr().String())
				}}
			})
			stats, err := s.Crawl(t.Context(), Job{
				Seeds: []string{"http://www.quay.example/"}, Scope: c.scope, MaxDepth: 1,
				OnNotice: func(_ string, err error) { notices = append(notices, err.Error()) },
			}, func(context.Context, *Page) error { return nil })
			require.NoError(t, err)
			assert.Equal(t, c.handled, stats.Handled)
			assert.Equal(t, c.notices, notices)
		})
	}
}

// Each story links to itself in other languages. The first stories are not translated. The others are, and they are
// delivered in each language.
func TestUntranslatedPages(t *testing.T) {
	t.Parallel()
	const stories, translated = 60, 40
	web := newSite(t)
	var links []string
	for i := range stories {
		path := fmt.Sprintf("/story%d", i)
		links = append(links, path)
		web.handle(path, func(w http.ResponseWriter, r *http.Request) {
			lang := r.URL.Query().Get("lang")
			if i < translated {
				lang = ""
			}
			nothing(w, "Story", path+"?lang=de", path+"?lang=fr")
			_, _ = fmt.Fprintf(w, "%s <p>Told in %q at the quay.</p>", teaser(i), lang)
		})
	}
	web.page("/", links...)
	paths, stats, notices := crawlAll(t, web, nil)
	assert.Empty(t, notices)
	assert.Len(t, paths, 1+stories+2*(stories-translated))
	assert.Equal(t, 2*translated, stats.Skipped[Reason(ErrDuplicate)])
}
