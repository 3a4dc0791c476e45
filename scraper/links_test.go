package scraper

import (
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestCanonicalURL(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{"as it is", "https://harbour.example/a/b?c=d", "https://harbour.example/a/b?c=d"},
		{"white space around", " https://harbour.example/\n", "https://harbour.example/"},
		{"case", "HTTPS://Harbour.EXAMPLE/Path", "https://harbour.example/Path"},
		{"no path", "https://harbour.example", "https://harbour.example/"},
		{"no path but a query", "https://harbour.example?a=b", "https://harbour.example/?a=b"},
		{"default port", "http://harbour.example:80/", "http://harbour.example/"},
		{"default port of https", "https://harbour.example:443/", "https://harbour.example/"},
		{"other port", "http://harbour.example:443/", "http://harbour.example:443/"},
		{"zeros before the port", "http://harbour.example:08080/", "http://harbour.example:8080/"},
		{"zeros before the default port", "http://harbour.example:0080/", "http://harbour.example/"},
		{"fragment", "https://harbour.example/a#b", "https://harbour.example/a"},
		{"empty query", "https://harbour.example/a?", "https://harbour.example/a"},
		{"dot segments", "https://harbour.example/a/./b/../c", "https://harbour.example/a/c"},
		{"escaped dots", "https://harbour.example/a/%2e%2E/b", "https://harbour.example/b"},
		{"dots beyond the root", "https://harbour.example/../../a", "https://harbour.example/a"},
		{"index file stays", "https://harbour.example/index.html", "https://harbour.example/index.html"},
		{"final slash stays", "https://harbour.example/a/", "https://harbour.example/a/"},
		{"user", "https://ann:secret@harbour.example/", "https://harbour.example/"},
		{"dot after the host", "https://harbour.example./", "https://harbour.example/"},
		{"IDN", "https://Bücher.example/", "https://xn--bcher-kva.example/"},
		{"underscore in the host", "https://old_harbour.example/", "https://old_harbour.example/"},
		{"IPv6", "http://[2001:DB8::0:1]:80/", "http://[2001:db8::1]/"},
		{"tracking", "https://harbour.example/a?utm_source=x&id=7&fbclid=y&UTM_Medium=z", "https://harbour.example/a?id=7"},
		{"nothing but tracking", "https://harbour.example/a?gclid=1", "https://harbour.example/a"},
		{"order and spelling stay", "https://harbour.example/?b=2&a=1&c&d=", "https://harbour.example/?b=2&a=1&c&d="},
		{"escapes in upper case", "https://harbour.example/%c3%bc", "https://harbour.example/%C3%BC"},
		{"raw letters are escaped", "https://harbour.example/ü?q=ü", "https://harbour.example/%C3%BC?q=%C3%BC"},
		{"needless escapes", "https://harbour.example/%7Ean%6E", "https://harbour.example/~ann"},
		{"an escaped slash stays", "https://harbour.example/a%2fb", "https://harbour.example/a%2Fb"},
		{"space in the query", "https://harbour.example/?q=a b", "https://harbour.example/?q=a%20b"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			u, err := canonicalURL(tt.in)
			require.NoError(t, err)
			assert.Equal(t, tt.want, u.String())
			again, err := canonicalURL(u.String())
			require.NoError(t, err)
			assert.Equal(t, u.String(), again.String(), "a second time")
		})
	}
}

func TestCanonicalURLRefuses(t *testing.T) {
	for _, bad := range []string{
		"", "/a", "harbour.example", "ftp://harbour.example/", "file:///etc/passwd", "javascript:alert(1)",
		"https://", "https:///a", "https://harbour.example:65536/", "http://a b.example/", "https://harbour.example/" + strings.Repeat("a", maxURLBytes),
	} {
		_, err := canonicalURL(bad)
		require.ErrorIs(t, err, ErrBadURL, bad)
	}
	_, err := canonicalURL("harbour.example/a")
	assert.ErrorContains(t, err, `"harbour.example/a" does not begin with https:// or http://`)
}

func TestScopes(t *testing.T) {
	for _, tt := range []struct {
		name    string
		scope   Scope
		u, seed string
		want    bool
	}{
		{"same host", SameHost, "https://harbour.example/a", "http://harbour.example/", true},
		{"same host with www", SameHost, "https://www.harbour.example/a", "https://harbour.example/", true},
		{"another host", SameHost, "https://quay.example/", "https://harbour.example/", false},
		{"another port", SameHost, "http://harbour.example:81/", "http://harbour.example/", false},
		{"subdomain", SameHost, "https://news.harbour.example/", "https://harbour.example/", false},
		{"same domain", SameDomain, "https://news.harbour.co.uk/", "https://www.harbour.co.uk/", true},
		{"same suffix", SameDomain, "https://quay.co.uk/", "https://harbour.co.uk/", false},
		{"same end of an address", SameDomain, "http://192.0.2.1/", "http://198.51.2.1/", false},
		{"prefix", PathPrefix("/blog"), "https://harbour.example/blog/a", "https://harbour.example/", true},
		{"prefix itself", PathPrefix("/blog/"), "https://harbour.example/blog", "https://harbour.example/", true},
		{"prefix of a word", PathPrefix("/blog"), "https://harbour.example/blogs", "https://harbour.example/", false},
		{"prefix elsewhere", PathPrefix("/blog"), "https://quay.example/blog/", "https://harbour.example/", false},
		{"the seed's folder", PathPrefix(""), "https://harbour.example/a/c", "https://harbour.example/a/b", true},
		{"outside the seed's folder", PathPrefix(""), "https://harbour.example/b/c", "https://harbour.example/a/", false},
		{"anywhere", AnyHost, "https://quay.example/", "https://harbour.example/", true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			u, err := url.Parse(tt.u)
			require.NoError(t, err)
			seed, err := url.Parse(tt.seed)
			require.NoError(t, err)
			assert.Equal(t, tt.want, tt.scope(u, seed))
		})
	}
}

func TestLooksLikeFile(t *testing.T) {
	for address, want := range map[string]bool{
		"https://a.example/x.PDF": true, "https://a.example/x.tar.gz": true, "https://a.example/x.html": false,
		"https://a.example/": false, "https://a.example/x.jpg?page=1": false, "https://a.example/v1.2": false,
		"https://a.example/detail.php?id=start&media=wiki:slate.png": true, "https://a.example/w?Slate.svg": true,
		"https://a.example/index.php?title=File:Slate.JPG&x=1": true, "https://a.example/?title=Node.js": false,
		"https://a.example/?file=report.pdf": false,
		"https://a.example/?q=png&v=1.2":     false, "https://a.example/?png": false,
	} {
		u, err := url.Parse(address)
		require.NoError(t, err)
		assert.Equal(t, want, judgeExtension(u) != nil, address)
	}
}

// canonicalAddress, which has a fast path, returns the same address as canonicalURL.
func TestCanonicalAddress(t *testing.T) {
	for _, raw := range []string{
		"https://quay.example/a", "https://quay.example/a?utm_source=x", "https://quay.example/a?b=1&utm_source=x&c=2", "https://quay.example/a?b=1&&c", "https://quay.example/a?&",
		"https://quay.example/a?PHPSESSID=1", "https://quay.example:443/a", "https://quay.example/a;jsessionid=1?b=c", "https://quay.example/a//b", "https://Quay.example/%41",
	} {
		u, err := canonicalURL(raw)
		require.NoError(t, err)
		address, err := canonicalAddress(raw)
		require.NoError(t, err)
		assert.Equal(t, u.String(), address, raw)
	}
	_, err := canonicalAddress("ftp://quay.example/")
	assert.ErrorIs(t, err, ErrBadURL)
}
