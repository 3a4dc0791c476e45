package render

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dechaff/dechaff/scraper"
)

// Scripts see the cookies that the scraper sends. A page is rendered even if the browser refuses one of its cookies.
func TestCookiesOfEachKind(t *testing.T) {
	b := commonBrowser(t)
	for name, c := range map[string]struct{ address, cookies, want string }{
		"for the host only": {"https://holm.example/ferry/today", "__Host-seat=7; boat=gull", "__Host-seat=7; boat=gull"},
		"secure":            {"https://holm.example/", "__Secure-seat=7", "__Secure-seat=7"},
		"in quotes":         {"https://holm.example/", `boat="gull, grey"`, `boat="gull, grey"`},
		"refused":           {"http://holm.example/", "__Secure-seat=7; boat=gull", "boat=gull"},
		"too long":          {"https://holm.example/", "boat=gull; seat=" + strings.Repeat("7", 5000), "boat=gull"},
	} {
		t.Run(name, func(t *testing.T) {
			cookies, err := http.ParseCookie(c.cookies)
			require.NoError(t, err)
			rendering, err := b.Render(t.Context(), scraper.RenderRequest{
				URL: c.address, Encoding: "utf-8", Cookies: cookies, MaxBytes: 1 << 20,
				UserAgent: scraper.DefaultUserAgent,
				Body:      []byte(`<p id=root></p><script>root.textContent = "[" + document.cookie + "]"</script>`),
			})
			require.NoError(t, err)
			assert.Contains(t, string(rendering.HTML), "["+c.want+"]")
		})
	}
}
