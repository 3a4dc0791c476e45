package scraper

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Some sites set a cookie and redirect, to the same address or through another one. A client with cookies gets their
// pages; a client without cookies gets a redirect loop.
func TestCookiesEndRedirects(t *testing.T) {
	for name, serve := range map[string]http.HandlerFunc{
		"to itself": func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Set-Cookie", "seen=1; Path=/")
			http.Redirect(w, r, r.URL.Path, http.StatusFound)
		},
		"and back": func(w http.ResponseWriter, r *http.Request) {
			if to := r.URL.Query().Get("to"); to != "" {
				w.Header().Set("Set-Cookie", "seen=1; Path=/; Domain=127.0.0.1")
				http.Redirect(w, r, to, http.StatusFound)
				return
			}
			http.Redirect(w, r, "/check?to="+r.URL.Path, http.StatusFound)
		},
	} {
		t.Run(name, func(t *testing.T) {
			web := newSite(t)
			web.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				switch {
				case r.URL.Path == "/robots.txt":
					http.NotFound(w, r)
				case strings.Contains(r.Header.Get("Cookie"), "seen=1"):
					writePage(w, r.URL.Path, "/two", "/three")
				default:
					serve(w, r)
				}
			})
			paths, _, _ := crawlAll(t, web, func(j *Job) { j.Cookies = NewCookies() })
			assert.Equal(t, []string{"/", "/three", "/two"}, paths)
			_, err := newScraper(t, nil).Crawl(t.Context(), Job{Seeds: []string{web.URL}}, nil)
			require.ErrorIs(t, err, ErrRedirectLoop)
		})
	}
}

// Redirects to the same address end even if the cookie changes with each of them.
func TestCookiesAndEndlessRedirects(t *testing.T) {
	web := newSite(t)
	web.handle("/", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Set-Cookie", fmt.Sprintf("n=%d", web.count("/")))
		http.Redirect(w, r, "/", http.StatusFound)
	})
	_, err := newScraper(t, nil).Crawl(t.Context(), Job{Seeds: []string{web.URL}, Cookies: NewCookies()}, nil)
	require.ErrorIs(t, err, ErrTooManyRedirects)
	assert.Less(t, len(web.asked()), 15)
}

// No cookie is sent to another host. Another port or a subdomain counts as another host.
func TestCookiesStayOnTheirHost(t *testing.T) {
	at := func(raw string) *url.URL {
		u, err := url.Parse(raw)
		require.NoError(t, err)
		return u
	}
	c := NewCookies()
	changed := c.learn(at("https://quay.example/login"), http.Header{"Set-Cookie": {
		"a=1; Domain=quay.example; Path=/", "b=2; Path=/shop", "c=3; Secure; Path=/", "d=4; Max-Age=0", "e=5",
	}})
	assert.True(t, changed)
	assert.ElementsMatch(t, []string{"a=1", "c=3", "e=5"}, strings.Split(c.header(at("https://quay.example/")), "; "))
	assert.ElementsMatch(t, []string{"a=1", "b=2", "c=3", "e=5"}, strings.Split(c.header(at("https://quay.example/shop/x")), "; "))
	for _, other := range []string{
		"http://quay.example/", "https://www.quay.example/", "https://quay.example:8443/", "https://example/", "https://b.example/",
	} {
		assert.Empty(t, c.header(at(other)), other)
	}
	assert.False(t, c.learn(at("https://quay.example/"), http.Header{"Set-Cookie": {"a=1; Path=/"}}))
	copied := NewCookies()
	copied.SetHostState("quay.example:443", c.HostState("quay.example:443"))
	assert.ElementsMatch(t, strings.Split(c.header(at("https://quay.example/shop/x")), "; "),
		strings.Split(copied.header(at("https://quay.example/shop/x")), "; "))
	copied.SetHostState("quay.example:443", []byte("{damaged"))
	assert.Empty(t, copied.header(at("https://quay.example/")))
	c.learn(at("http://gull.example/"), http.Header{"Set-Cookie": {"a=1"}})
	assert.Equal(t, "a=1", c.header(at("https://gull.example/")), "the same server, by a safer way")
}

// A server gets back exactly the value that it has set, also after the crawl was continued.
func TestCookieValues(t *testing.T) {
	u := &url.URL{Scheme: "https", Host: "quay.example", Path: "/"}
	for _, value := range []string{"", "1, 2", `"1, 2"`, "a b", `{"seen":true}`, `\"`, "a=b", "Fähre", `"`} {
		c := NewCookies()
		c.learn(u, http.Header{"Set-Cookie": {"a = " + value + " ; Path=/; SameSite=Odd; Expires=never"}})
		assert.Equal(t, "a="+value, c.header(u))
		copied := NewCookies()
		copied.SetHostState("quay.example:443", c.HostState("quay.example:443"))
		assert.Equal(t, "a="+value, copied.header(u))
		given := NewCookies()
		require.NoError(t, given.Read(strings.NewReader("quay.example\tFALSE\t/\tTRUE\t4102444800.5\ta\t"+value+"\n")))
		assert.Equal(t, "a="+value, given.header(u))
	}
	c := NewCookies()
	assert.False(t, c.learn(u, http.Header{"Set-Cookie": {"a=\x01", "b=\xff", "=x", "; ;", "a"}}))
	require.NoError(t, c.Read(strings.NewReader("quay.example\tFALSE\t/\tTRUE\t0\ta\tb\x01\n")))
	assert.Empty(t, c.header(u))
}

// The number of cookies from one host is bounded.
func TestCookiesAreBounded(t *testing.T) {
	u, c := &url.URL{Scheme: "http", Host: "quay.example", Path: "/"}, NewCookies()
	for i := range 1000 {
		c.learn(u, http.Header{"Set-Cookie": {fmt.Sprintf("c%d=%s", i, strings.Repeat("x", 100))}})
	}
	assert.LessOrEqual(t, len(c.header(u)), maxCookieBytes)
	assert.Contains(t, c.header(u), "c999=")
	assert.LessOrEqual(t, strings.Count(c.header(u), "="), maxCookies)
	assert.False(t, c.learn(u, http.Header{"Set-Cookie": {"big=" + strings.Repeat("x", maxCookieBytes)}}))
}

func TestReadCookies(t *testing.T) {
	c := NewCookies()
	require.NoError(t, c.Read(strings.NewReader("\uFEFF# Netscape HTTP Cookie File\r\n\r\n"+
		".quay.example\tTRUE\t/\tFALSE\t0\tall\t1\r\n"+
		"#HttpOnly_www.quay.example\tFALSE\t/\tTRUE\t4102444800\tone\t2\n"+
		"quay.example\tTRUE\t/\tFALSE\t1000\told\t3\n")))
	for address, want := range map[string]string{
		"http://quay.example/": "all=1", "https://www.quay.example/a": "all=1; one=2", "http://www.quay.example/": "all=1",
		"https://quay.example.org/": "",
	} {
		u, err := url.Parse(address)
		require.NoError(t, err)
		assert.Equal(t, want, c.header(u), address)
	}
	for _, bad := range []string{"quay.example\tTRUE\t/\n", "quay.example\tTRUE\t/\tFALSE\tsoon\ta\tb\n"} {
		require.ErrorIs(t, c.Read(strings.NewReader(bad)), ErrOptions)
	}
}
