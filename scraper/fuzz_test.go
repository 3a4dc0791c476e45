package scraper

import (
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// bounded fails the test if f takes too long. The limit is far above the time that f needs, because a machine that runs
// a fuzzer is slow and busy.
func bounded(t *testing.T, bytes int, f func()) {
	t.Helper()
	began := time.Now()
	f()
	limit := 2*time.Second + time.Duration(bytes)*10*time.Microsecond
	require.Less(t, time.Since(began), limit, "for %d bytes", bytes)
}

// checkCanonical asserts that an address has the properties that every address returned by this package must have.
func checkCanonical(t *testing.T, address string) {
	t.Helper()
	u, err := canonicalURL(address)
	require.NoError(t, err, address)
	require.Equal(t, address, u.String(), "it changes when canonicalized again")
	assert.True(t, strings.HasPrefix(address, "http://") || strings.HasPrefix(address, "https://"), address)
	assert.Empty(t, u.Fragment)
	assert.Nil(t, u.User)
	for i := range len(address) {
		require.False(t, address[i] <= ' ' || address[i] >= 0x7f, "%q has a raw %q", address, address[i])
	}
	reparsed, err := url.Parse(address)
	require.NoError(t, err)
	require.Equal(t, u.Hostname(), reparsed.Hostname(), "the host that was checked is not the one that is requested")
}

// FuzzCanonicalURL uses any string as an address, both directly and as the target of a redirect.
func FuzzCanonicalURL(f *testing.F) {
	for _, hosts := range forbiddenHosts {
		for _, host := range hosts {
			f.Add("http://" + host + "/")
		}
	}
	for _, seed := range []string{
		"https://Gull.example:443/a/../b/./c?utm_source=x&b=%7e#d", "http://u:p@gull.example:8080", "HTTP://gÜll.example./ä?ö",
		"http://a/%2e%2e/%2F/%zz%4", "http://a//b", "http://a/;jsessionid=1?x", "http://a/b;JSESSIONID=1/c", "https:a", "https:///a/b", "//a",
		"http://[::1]:80/", "http://a:00080/", "http://a:/", "http://a/?", "http://a/?&&utm_a=b&", "http://a\\b", "http://xn--/", "http://xn--a/",
		"http://a/\x00\x7f\xff", "http://a/?\t\n", "http://a..b/", "http://-a-/", "http://a_b.c/", "javascript:x", "http://ß.de", "http://a/%E2%80%A8",
		"https://harbour.example/a/../%7e?utm_x=1&b#c", "http://[::1]:80/%2f%zz", "http://１.2.3.4/", "http://a%41/", "http://a/b?c?d=/..", "http://a/..%2f..%2fetc", "http://a/.//b", "http://a/%2e/%2e%2e/c",
	} {
		f.Add(seed)
	}
	base, err := url.Parse("https://gull.example/a/b?c")
	require.NoError(f, err)
	f.Fuzz(func(t *testing.T, raw string) {
		bounded(t, len(raw), func() {
			plain, err := canonicalAddress(raw)
			u, err2 := canonicalURL(raw)
			require.Equal(t, err == nil, err2 == nil, "the fast path and the slow path disagree on %q", raw)
			if err == nil {
				require.Equal(t, u.String(), plain, "the fast path and the slow path disagree on %q", raw)
				checkCanonical(t, plain)
			}
			if target, err := redirectTarget(base, raw); err == nil {
				again, err := normalURL(target.String())
				require.NoError(t, err)
				require.Equal(t, target.String(), again.String())
			}
		})
	})
}

// FuzzRobots parses any bytes as a robots.txt, and checks any path against it.
func FuzzRobots(f *testing.F) {
	for _, seed := range []string{
		"", "User-agent: *\nDisallow: /a\nAllow: /a/b$\nCrawl-delay: 5\nSitemap: https://gull.example/s.xml",
		"\xef\xbb\xbfuser-agent: gull\rdisallow: /*?*=*&\r\n#x", "disallow /a", "User-agent: *\nDisallow: " + strings.Repeat("*a", 500) + "$",
		"User-agent: gull\nUser-agent: *\nCrawl-delay: 1e309\nCrawl-delay: NaN\nCrawl-delay: -1\nDisallow: %zz%41%2a%24", "Disallow: /\x00\xff",
		"user-agent: *\ndisallow: /a*b$", "disallow /%zz\nallow:*",
	} {
		f.Add([]byte(seed), "/a/b?c=d&e")
	}
	f.Fuzz(func(t *testing.T, body []byte, path string) {
		bounded(t, len(body)+len(path), func() {
			r := parseRobots(body, "gull")
			assert.GreaterOrEqual(t, r.crawlDelay, time.Duration(0))
			assert.LessOrEqual(t, r.crawlDelay, 24*time.Hour)
			u, err := canonicalURL("https://gull.example/" + strings.TrimPrefix(path, "/"))
			if err != nil {
				return
			}
			verdict := r.allows(u)
			assert.Equal(t, verdict, parseRobots(body, "GULL").allows(u), "names fold case")
			assert.True(t, r.allows(&url.URL{Scheme: "https", Host: "gull.example", Path: "/robots.txt"}))
			shut := append([]byte("User-agent: gull\nDisallow: /\n\n"), body...)
			if len(r.rules) == 0 && len(shut) < robotsMaxBytes {
				assert.True(t, verdict, "forbidden without a rule")
			}
		})
	})
}

// FuzzSitemap reads any bytes as a sitemap: XML, text or gzip.
func FuzzSitemap(f *testing.F) {
	for _, seed := range []string{
		"", `<?xml version="1.0"?><urlset><url><loc>https://gull.example/a?utm_source=x</loc><lastmod>2026-01-02</lastmod></url></urlset>`,
		`<sitemapindex><sitemap><loc> http://gull.example/b.xml </loc></sitemap>`, "http://gull.example/a\n\nhttps://gull.example/b#c\njavascript:x",
		`<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]><urlset><url><loc>http://a/&c;</loc></url></urlset>`,
		"<?xml version='1.0' encoding='utf-16'?><urlset>", "\x1f\x8b\x08", "<urlset><url><loc>" + strings.Repeat("<a>", 2000), "<a><urlset>",
		`<urlset><url><loc>http://a/</loc><n:news><n:title>x</n:title><n:publication_date>2026</n:publication_date></n:news></url><url/></urlset>`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		bounded(t, len(body), func() {
			s, err := parseSitemap(body, "https://quay.example/maps/sitemap.xml")
			if err != nil {
				assert.Nil(t, s)
				assert.NotEmpty(t, Reason(err)+Reason(ErrSitemap))
				return
			}
			assert.LessOrEqual(t, max(len(s.pages), len(s.files)), sitemapMaxEntries)
			for _, page := range s.pages {
				checkCanonical(t, page.URL)
			}
			for _, file := range s.files {
				checkCanonical(t, file)
			}
		})
	})
}

// FuzzFeed reads any bytes as RSS, Atom or JSON Feed.
func FuzzFeed(f *testing.F) {
	for _, seed := range []string{
		"", `<rss version="2.0"><channel><item><title>a</title><link>/a</link><pubDate>Mon, 02 Jan 2026 15:04:05 GMT</pubDate></item></channel></rss>`,
		`<feed xmlns="http://www.w3.org/2005/Atom"><entry><link href="b"/><updated>2026-01-02T03:04:05Z</updated></entry></feed>`,
		`{"version":"https://jsonfeed.org/version/1.1","items":[{"id":1,"url":"/c","date_published":"2026"}]}`, `{"version":1,"items":[null]}`,
		`<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><item><link>javascript:x</link></item></rdf:RDF>`, `<rss><channel><item><guid>http`,
		`<!DOCTYPE a [<!ENTITY b "b">]><rss>&b;` + strings.Repeat("<a>", 2000), "{" + strings.Repeat(`"a":[`, 2000), "<rss><channel><image><url>\xff</url>",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		bounded(t, len(body), func() {
			entries, err := parseFeed(body, "https://gull.example/feed")
			if err != nil {
				require.ErrorIs(t, err, ErrFeed)
				assert.Empty(t, entries)
				return
			}
			for _, entry := range entries {
				checkCanonical(t, entry.URL)
			}
		})
	})
}

// FuzzCacheFile writes a page to the cache, overwrites bytes of its file or replaces the file, and reads it. The cache
// must return the page if the file is unchanged, and nil if it is not.
func FuzzCacheFile(f *testing.F) {
	f.Add([]byte("<p>body</p>"), "\"tag\"", []byte("x"), uint16(40), false)
	f.Add([]byte(""), "", []byte(""), uint16(0), true)
	f.Add([]byte("a\nb\n"), "a\nb", []byte("\n"), uint16(3), true)
	f.Fuzz(func(t *testing.T, body []byte, tag string, patch []byte, at uint16, whole bool) {
		const address, limit = "https://gull.example/a", 1 << 20
		c, err := openCache(t.TempDir())
		require.NoError(t, err)
		header := http.Header{"Etag": {strings.ToValidUTF8(tag, "")}}
		require.NoError(t, c.store(address, &response{status: 200, header: header, body: body, end: time.Now()}, time.Time{}))
		stored, err := os.ReadFile(c.path(address))
		require.NoError(t, err)
		patched := append([]byte(nil), stored...)
		if whole {
			patched = patch
		} else {
			copy(patched[int(at)%len(patched):], patch)
		}
		require.NoError(t, os.WriteFile(c.path(address), patched, 0o600))
		got := c.load(address, limit)
		if string(patched) != string(stored) {
			require.Nil(t, got, "a file that was changed")
			return
		}
		require.NotNil(t, got)
		assert.Equal(t, string(body), string(got.body))
		assert.Equal(t, header, got.Header)
		assert.Equal(t, 200, got.Status)
		assert.Nil(t, c.load("https://gull.example/b", limit))
		assert.Nil(t, c.load(address, int64(len(body))-1), "larger than the limit")
		left, err := filepath.Glob(filepath.Join(c.dir, "*", "new-*"))
		require.NoError(t, err)
		assert.Empty(t, left)
	})
}
