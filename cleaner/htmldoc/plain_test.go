package htmldoc

import (
	"net/url"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var plainReferences = []string{
	"/", "/a", "/a/b.html", "/a?b=1&c=2", "/a?", "/a/", "/a//b", "/a/./b", "/a/../b", "/.well-known/x", "/a b", "/ä", "/%41", "/a#b", "/a;b", "//x.example/a", "///a",
	"https://x.example/a", "http://x.example/a?b=c", "https://X.example/a", "https://x.example", "https://x.example:443/a", "https://x.example:8080/a",
	"https://u@x.example/a", "https://127.0.0.1/a", "https://0x7f.1/a", "https://x.example./a", "https://.x.example/a", "https://xn--bcher-kva.example/a",
	"https://bücher.example/a", "https://x..example/a", "HTTPS://x.example/a", "https:/a", "https:a", "a", "?a=b", "https://x.example/a?b=/../c", "https://x.example/a?b?c",
	"https://x.example/a\\b", "/a\\b", "/a\nb", " /a ", "https://localhost/a", "https://x.example/a?b=c%20d", "https://x.example/~ann/index_1-2.html",
}

// For the references that plainReference resolves, the full URL parser gives the same addresses.
func TestPlainReferencesNeedNoResolving(t *testing.T) {
	plain := 0
	for _, address := range []string{
		"https://quay.example/news/story", "http://quay.example:8080/news/", "https://me:pw@quay.example/news/", "https://[::1]/x/", "https://QUAY.example/",
	} {
		base, err := url.Parse(address)
		require.NoError(t, err)
		for _, ref := range plainReferences {
			short, ok := plainReference(base, ref)
			if !ok {
				continue
			}
			plain++
			long := resolve(base, ref)
			require.NotNil(t, long, "%s on %s", ref, address)
			assert.Equal(t, long.String(), short, "%s on %s", ref, address)
		}
	}
	assert.Greater(t, plain, 20)
	_, ok := plainReference(nil, "/a")
	assert.False(t, ok)
	assert.False(t, IsPlainURL("https://x.example"))
}
