package drawing

import (
	"encoding/base64"
	"encoding/xml"
	"errors"
	"io"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// written returns the SVG that Address writes for an SVG, or "" if it writes nothing.
func written(t *testing.T, svg string) string {
	t.Helper()
	n := Parse(prefix + "," + url.PathEscape(svg))
	if n == nil {
		return ""
	}
	address := Address(n)
	if address == "" {
		return ""
	}
	plain, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(address, prefix+";base64,"))
	require.NoError(t, err)
	again := Parse(address)
	require.NotNil(t, again)
	assert.Equal(t, address, Address(again), "written again:\n%s", plain)
	for decoder := xml.NewDecoder(strings.NewReader(string(plain))); ; {
		if _, err := decoder.Token(); errors.Is(err, io.EOF) {
			return string(plain)
		} else if !assert.NoError(t, err, "%s", plain) {
			return string(plain)
		}
	}
}

func TestBounds(t *testing.T) {
	const rect = `<rect fill="red"/>`
	assert.NotEmpty(t, written(t, `<svg>`+rect+`</svg>`))
	assert.Empty(t, written(t, `<svg></svg>`), "nothing is drawn")
	assert.Empty(t, written(t, `<svg>`+strings.Repeat("<g>", 100)+rect), "too deep")
	assert.Empty(t, written(t, `<svg><path d="`+strings.Repeat("M1 1", maxSize/4)+`"/></svg>`), "too large")
	assert.Empty(t, written(t, `<svg>`+strings.Repeat("<g/>", maxNodes)+`</svg>`), "too many elements")
	uses := written(t, `<svg><g id="a">`+rect+`</g>`+strings.Repeat(`<use href="#a"/>`, maxUses+9)+`</svg>`)
	assert.Equal(t, maxUses, strings.Count(uses, "<use"))
}

// Ids are compared in the form in which they are written. Otherwise, parts that refer to other parts could be repeated
// without bound.
func TestPartsOfParts(t *testing.T) {
	for _, refer := range []string{`<use href=" #b"/>`, "<use href=\"#\x02b\"/>", `<rect fill="url( '#b')"/>`, "<rect fill=\"url(#\x02b)\"/>"} {
		svg := written(t, `<svg><g id="a">`+strings.Repeat(refer, 9)+`</g><g id="b"><use href="#a"/><rect fill="red"/></g>`+
			refer+`<use href=" #a"/></svg>`)
		assert.NotContains(t, svg[:strings.Index(svg, `id="b"`)], "#b", refer)
		assert.NotContains(t, svg[strings.Index(svg, `id="b"`):strings.Index(svg, `id="b"`)+12], "use", refer)
	}
	svg := written(t, `<svg><pattern id="a"><rect fill="url(#b)"/></pattern><pattern id="b"><rect fill="red"/></pattern>`+
		`<linearGradient id="b"/><rect fill="url(#a)"/></svg>`)
	assert.NotContains(t, svg, "#b", "two parts of one name, the gradient after the other")
}

func BenchmarkAddress(b *testing.B) {
	svg := Parse(prefix + `,<svg><path d="` + strings.Repeat("(", maxSize) + `"/></svg>`)
	for b.Loop() {
		Address(svg)
	}
}

func TestValues(t *testing.T) {
	for value, want := range map[string]bool{
		"red": true, "rgb(1, 2, 3)": true, "translate(1 2) rotate(3)": true, "url(#a)": true, `url("#a")`: true,
		"var(--line, #333)": true, "10px": true, "": true, "Arial, sans-serif": true, "calc((1px + 2px) * 3)": true,
		"url(a)": false, "url(#a b)": false, "url(#b": false, "url( '//a' )": false, `u\rl(a)`: false, "x:url(a)": false,
		"image(a)": false, "URL(a)": false, "expression(a)": false, "red}": false, "@a": false, "url(#other)": false,
	} {
		assert.Equal(t, want, safeValue(value, func(id string) bool { return id == "a" }), value)
	}
}

// FuzzAddress checks that Address writes valid XML for any SVG, and that writing it again changes nothing.
func FuzzAddress(f *testing.F) {
	for _, seed := range []string{
		`<svg viewBox="0 0 1 1"><title>a&amp;b</title><style>.a,b>c{fill:red;x:url(y)}/**/@m{d{e:f}}</style><path class="a" d="M0"/></svg>`,
		`<svg><defs><linearGradient id="g" xlink:href="#h"/><g id="p"><use href="#q"/></g></defs><use href="#p"/><text>a<tspan dx="1">b</tspan></text></svg>`,
		`<svg><switch><foreignObject x="1e9" width="nan"><p>a</p></foreignObject></switch><a href="x"><rect style="fill:url(#g);stroke:red"/></a></svg>`,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, svg string) {
		out := strings.ToLower(written(t, svg))
		assert.NotContains(t, out, "<script")
		assert.NotContains(t, out, "<foreignobject")
	})
}
