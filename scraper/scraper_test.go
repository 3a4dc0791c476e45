package scraper

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestFetch(t *testing.T) {
	s, web := newScraper(t, func(o *Options) {
		o.UserAgent = "GullBot/2.1 (+https://gull.example)"
		o.Headers = http.Header{"Accept-Language": {"de"}}
	}), newSite(t)
	latin := "<title>Fähre</title><p>Die F\xe4hre kam sp\xe4t.</p>"
	web.handle("/a", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=iso-8859-1")
		w.Header().Set("X-Deck", "upper")
		_, _ = io.WriteString(w, latin)
	})
	before := time.Now()
	page, err := s.Fetch(t.Context(), web.URL+"/a?utm_source=mail#top")
	require.NoError(t, err)
	hash := sha256.Sum256([]byte(latin))
	assert.Equal(t, web.URL+"/a", page.URL.String())
	assert.Equal(t, page.URL.String(), page.Request.URL)
	assert.Equal(t, http.StatusOK, page.Status)
	assert.Equal(t, "upper", page.Header.Get("X-Deck"))
	assert.Equal(t, "text/html; charset=iso-8859-1", page.Header.Get("Content-Type"), "as it was sent")
	assert.Equal(t, latin, string(page.Body), "as it was sent")
	assert.Equal(t, "windows-1252", page.Encoding)
	assert.Equal(t, hex.EncodeToString(hash[:]), page.Hash)
	assert.WithinRange(t, page.FetchedAt, before, time.Now())

	for _, asked := range web.history() {
		assert.Equal(t, "GullBot/2.1 (+https://gull.example)", asked.header.Get("User-Agent"), asked.path)
		assert.Equal(t, "de", asked.header.Get("Accept-Language"), asked.path)
	}
	assert.Equal(t, []string{"/a"}, web.asked())
}

func TestZeroUserAgentNamesDechaff(t *testing.T) {
	s, web := newScraper(t, nil), newSite(t)
	web.page("/a")
	_, err := s.Fetch(t.Context(), web.URL+"/a")
	require.NoError(t, err)
	assert.Regexp(t, `^dechaff/\d+\.\d+\.\d+ \(`, web.history()[0].header.Get("User-Agent"))
}

func TestFetchRetries(t *testing.T) {
	t.Parallel() // mostly waiting
	for _, status := range []int{408, 429, 500, 502, 503} {
		t.Run(fmt.Sprint(status, " and then well"), func(t *testing.T) {
			t.Parallel()
			s, web := newScraper(t, nil), newSite(t)
			web.handle("/a", func(w http.ResponseWriter, _ *http.Request) {
				if web.count("/a") < 3 {
					http.Error(w, "not now", status)
					return
				}
				writePage(w, "a")
			})
			page, err := s.Fetch(t.Context(), web.URL+"/a")
			require.NoError(t, err)
			assert.Equal(t, 2, page.Request.Tries)
		})
	}
	t.Run("until the tries are used up", func(t *testing.T) {
		s, web := newScraper(t, nil), newSite(t)
		web.handle("/a", func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "", http.StatusBadGateway) })
		_, err := s.Fetch(t.Context(), web.URL+"/a")
		require.ErrorIs(t, err, ErrStatus)
		var failure *FetchError
		require.ErrorAs(t, err, &failure)
		assert.Equal(t, FetchError{URL: web.URL + "/a", Status: 502, Attempts: 3, Err: ErrStatus}, *failure)
		assert.Equal(t, "scraper: "+web.URL+"/a: HTTP error status 502 Bad Gateway (3 attempts)", err.Error())
		assert.Equal(t, 3, web.count("/a"))
	})
	t.Run("permanent errors are not retried", func(t *testing.T) {
		s, web := newScraper(t, nil), newSite(t)
		_, err := s.Fetch(t.Context(), web.URL+"/missing")
		require.ErrorIs(t, err, ErrStatus)
		assert.Equal(t, 1, web.count("/missing"))
	})
	t.Run("a missing host", func(t *testing.T) {
		s := newScraper(t, func(o *Options) { o.IgnoreRobots = true })
		gone := httptest.NewServer(nil)
		gone.Close()
		_, err := s.Fetch(t.Context(), gone.URL)
		var failure *FetchError
		require.ErrorAs(t, err, &failure)
		assert.Equal(t, 3, failure.Attempts)
		assert.Zero(t, failure.Status)
	})
}

func TestRetryAfterIsObeyed(t *testing.T) {
	t.Parallel() // mostly waiting
	for _, status := range []int{http.StatusTooManyRequests, http.StatusBadGateway} {
		t.Run(fmt.Sprint(status), func(t *testing.T) {
			t.Parallel()
			s, web := newScraper(t, nil), newSite(t)
			web.page("/b")
			web.handle("/a", func(w http.ResponseWriter, _ *http.Request) {
				if web.count("/a") == 1 {
					w.Header().Set("Retry-After", "1")
					w.WriteHeader(status)
					return
				}
				writePage(w, "a")
			})
			var wg sync.WaitGroup
			wg.Go(func() {
				_, err := s.Fetch(t.Context(), web.URL+"/a")
				assert.NoError(t, err)
			})
			require.Eventually(t, func() bool { return web.count("/a") == 1 }, time.Minute, time.Millisecond)
			_, err := s.Fetch(t.Context(), web.URL+"/b")
			require.NoError(t, err)
			wg.Wait()
			asked := web.history() // robots.txt, /a, and then the two in either order
			require.Len(t, asked, 4)
			for _, later := range asked[2:] {
				assert.GreaterOrEqual(t, later.at.Sub(asked[1].at), time.Second, later.path)
			}
		})
	}
}

func TestRetryAfterTooLong(t *testing.T) {
	for _, value := range []string{"3600", "3600.5", "99999999999", "Fri, 01 Mar 2999 12:00:30 GMT"} {
		s, web := newScraper(t, func(o *Options) { o.MaxRetryAfter = time.Minute }), newSite(t)
		web.page("/b")
		web.handle("/a", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Retry-After", value)
			w.WriteHeader(http.StatusServiceUnavailable)
		})
		for _, path := range []string{"/a", "/b", "/a"} {
			_, err := s.Fetch(t.Context(), web.URL+path)
			require.ErrorIs(t, err, ErrHostUnavailable, path)
		}
		assert.Equal(t, []string{"/a"}, web.asked(), "the whole host is left alone")
	}
}

func TestPageWithTooManyNodes(t *testing.T) {
	s, web := newScraper(t, nil), newSite(t)
	web.file("/a", "text/html", []byte("<!DOCTYPE html><p>"+strings.Repeat("<b></b>", 300_000)))
	_, err := s.Fetch(t.Context(), web.URL+"/a")
	require.ErrorIs(t, err, ErrTooLarge)
	assert.Equal(t, "scraper: "+web.URL+"/a: page is too large: more than 160000 nodes", err.Error())
}

func TestRedirects(t *testing.T) {
	s, web := newScraper(t, nil), newSite(t)
	web.redirect("/a", "/b?x=ü#c")
	web.redirect("/b", "  d ")
	web.page("/d")
	page, err := s.Fetch(t.Context(), web.URL+"/a")
	require.NoError(t, err)
	assert.Equal(t, web.URL+"/d", page.URL.String())
	assert.Equal(t, []string{web.URL + "/a", web.URL + "/b?x=%C3%BC"}, page.Request.Via)

	web.redirect("/loop", "/loop2")
	web.redirect("/loop2", "/loop")
	web.redirect("/self", "/self")
	web.handle("/endless", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "/endless?x"+r.URL.RawQuery, http.StatusFound)
	})
	web.handle("/nowhere", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusFound) })
	web.redirect("/file", "file:///etc/passwd")
	web.redirect("/script", "javascript:alert(1)")
	web.redirect("/odd", "/100%zz")
	web.page("/100%zz")
	for path, want := range map[string]error{
		"/loop": ErrRedirectLoop, "/self": ErrRedirectLoop, "/endless": ErrTooManyRedirects,
		"/nowhere": ErrStatus, "/file": ErrBadURL, "/script": ErrBadURL, "/odd": nil,
	} {
		_, err := s.Fetch(t.Context(), web.URL+path)
		require.ErrorIs(t, err, want, path)
	}
	endless := 0
	for _, path := range web.asked() {
		if strings.HasPrefix(path, "/endless") {
			endless++
		}
	}
	assert.Equal(t, 11, endless, "ten redirects")
}

func TestRedirectKeepsTrackingParameter(t *testing.T) {
	s, web := newScraper(t, nil), newSite(t)
	web.handle("/a", func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Query().Get("utm_source") == "" {
			http.Redirect(w, r, "/a?utm_source=own", http.StatusFound)
			return
		}
		writePage(w, "a")
	})
	page, err := s.Fetch(t.Context(), web.URL+"/a")
	require.NoError(t, err)
	assert.Equal(t, web.URL+"/a?utm_source=own", page.URL.String())
}

func TestPrivateAddressesAreRefused(t *testing.T) {
	web := newSite(t)
	web.page("/")
	port := strings.TrimPrefix(web.URL, "http://127.0.0.1:")
	s := newScraper(t, func(o *Options) { o.AllowPrivate = false })
	for _, host := range []string{
		"127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "a.localhost",
		"169.254.169.254", "10.0.0.1", "0.0.0.0",
	} {
		_, err := s.Fetch(t.Context(), "http://"+host+":"+port+"/")
		require.ErrorIs(t, err, ErrForbiddenAddress, host)
	}
	t.Run("when dialing", func(t *testing.T) { // the address that a name resolves to
		_, err := s.transport.base.(*http.Transport).DialContext(t.Context(), "tcp", "localhost:"+port)
		require.ErrorIs(t, err, ErrForbiddenAddress)
	})
	t.Run("through a custom transport", func(t *testing.T) {
		s := newScraper(t, func(o *Options) { o.AllowPrivate, o.Transport = false, http.DefaultTransport })
		_, err := s.Fetch(t.Context(), web.URL)
		require.ErrorIs(t, err, ErrForbiddenAddress)
	})
	assert.Empty(t, web.history())
}

// transportFunc is a transport that answers all requests itself.
type transportFunc func(*http.Request) (*http.Response, error)

func (f transportFunc) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func TestARedirectToAPrivateAddressIsRefused(t *testing.T) {
	web := newSite(t)
	web.page("/secret")
	s := newScraper(t, func(o *Options) {
		o.AllowPrivate = false
		o.Transport = transportFunc(func(r *http.Request) (*http.Response, error) {
			w := httptest.NewRecorder()
			if r.URL.Path == "/robots.txt" {
				http.NotFound(w, r)
			} else {
				http.Redirect(w, r, web.URL+"/secret", http.StatusFound)
			}
			return w.Result(), nil
		})
	})
	_, err := s.Fetch(t.Context(), "https://harbour.example/a")
	require.ErrorIs(t, err, ErrForbiddenAddress)
	assert.Empty(t, web.history())
}

func TestProxy(t *testing.T) {
	proxy := newSite(t)
	proxy.page("/a")
	address, err := url.Parse(proxy.URL)
	require.NoError(t, err)
	s := newScraper(t, func(o *Options) { o.AllowPrivate, o.Proxy = false, address })
	page, err := s.Fetch(t.Context(), "http://harbour.example/a")
	require.NoError(t, err, "the proxy itself may be on loopback")
	assert.Equal(t, "http://harbour.example/a", page.URL.String())
	assert.Equal(t, []string{"/a"}, proxy.asked())
	_, err = s.Fetch(t.Context(), "http://10.0.0.1/a")
	require.ErrorIs(t, err, ErrForbiddenAddress)
}

func TestHTTP2AndTLS(t *testing.T) {
	web := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Proto", r.Proto)
		writePage(w, "a")
	}))
	web.EnableHTTP2 = true
	web.Config.ErrorLog = log.New(io.Discard, "", 0) // it logs the refused certificate
	web.StartTLS()
	defer web.Close()
	_, err := newScraper(t, func(o *Options) { o.MaxTries = 1 }).Fetch(t.Context(), web.URL)
	require.Error(t, err, "an untrusted certificate")
	s := newScraper(t, func(o *Options) { o.TLS = web.Client().Transport.(*http.Transport).TLSClientConfig })
	page, err := s.Fetch(t.Context(), web.URL)
	require.NoError(t, err)
	assert.Equal(t, "HTTP/2.0", page.Header.Get("X-Proto"))
}

func TestFetchEndsWithItsContext(t *testing.T) {
	noLeaks(t)
	s, web := newScraper(t, func(o *Options) { o.Delay = time.Hour }), newSite(t)
	web.page("/a")
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	_, err := s.Fetch(ctx, web.URL+"/a") // after robots.txt, the host's next turn is due in an hour
	require.ErrorIs(t, err, context.DeadlineExceeded)

	hanging := newSite(t)
	hanging.handle("/a", func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	s = newScraper(t, nil)
	ctx, cancel = context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	_, err = s.Fetch(ctx, hanging.URL+"/a")
	require.ErrorIs(t, err, context.DeadlineExceeded)
	require.NotErrorIs(t, err, ErrTimeout, "the caller's deadline expired, not a timeout of Options")
	s.Close()
}

func TestManyFetchesKeepOnePace(t *testing.T) {
	const delay = 30 * time.Millisecond
	s, web := newScraper(t, func(o *Options) { o.Delay = delay }), newSite(t)
	var wg sync.WaitGroup
	for i := range 6 {
		path := fmt.Sprintf("/%d", i)
		web.page(path)
		wg.Go(func() {
			_, err := s.Fetch(t.Context(), web.URL+path)
			assert.NoError(t, err)
		})
	}
	wg.Wait()
	assertPace(t, web, delay)
	assert.Equal(t, 1, web.count("/robots.txt"), "regardless of the number of fetches")
	assert.Len(t, web.history(), 7)
}

// assertPace checks in the server's record that there was only one request at a time, and that each response was
// followed by a pause of at least the given delay.
func assertPace(t *testing.T, web *site, delay time.Duration) {
	t.Helper()
	assert.Equal(t, 1, web.together, "requests in flight")
	asked := web.history()
	for i := 1; i < len(asked); i++ {
		// For the client, the response cannot end before the server's handler begins to return, hence the tolerance.
		assert.GreaterOrEqual(t, asked[i].at.Sub(asked[i-1].left), delay-2*time.Millisecond, "before %s", asked[i].path)
	}
}

func TestNamesOfValues(t *testing.T) {
	assert.Equal(t, "page sitemap feed unknown", fmt.Sprint(NoList, SitemapList, FeedList, FeedList+1))
	assert.Equal(t, "failed parked unknown unknown", fmt.Sprint(OutcomeFailed, OutcomeParked, OutcomeParked+1, OutcomeKind(-1)))
	assert.Equal(t, "skip keep unknown", fmt.Sprint(NoIndexSkip, NoIndexKeep, NoIndexKeep+1))
	assert.Equal(t, "never empty always unknown", fmt.Sprint(RenderNever, RenderWhenEmpty, RenderAlways, RenderAlways+1))
	assert.Equal(t, "interrupted parked unknown", fmt.Sprint(RequestInterrupted, RequestParked, RequestParked+1))
}

func TestNewRefuses(t *testing.T) {
	for name, o := range map[string]Options{
		"a header within a header":    {UserAgent: "a\r\nCookie: b"},
		"a transport and a proxy too": {Transport: http.DefaultTransport, Proxy: &url.URL{}},
		"a proxy without a scheme":    {Proxy: &url.URL{Path: "proxy.example:3128"}},
		"a proxy without a host":      {Proxy: &url.URL{Scheme: "http"}},
		"an unknown kind of proxy":    {Proxy: &url.URL{Scheme: "ftp", Host: "proxy.example"}},
		"negative tries":              {MaxTries: -1},
		"negative bytes":              {MaxBytes: -1},
		"negative workers":            {Workers: -1},
	} {
		_, err := New(o)
		require.ErrorIs(t, err, ErrOptions, name)
	}
}
