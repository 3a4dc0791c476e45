package cleaner

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"
)

// These drawings are not shown in the article, because their colors are in a style sheet of the page or because they
// are icons.
func TestRemovedListsDrawings(t *testing.T) {
	const page = `<!doctype html><html lang=en><title>How the lock works</title><article><h1>How the lock works</h1>
<p>The old lock has two chambers, and the water moves between them through a valve that was made in 1893.</p>
%
<p>When the valve opens, the water runs down for eleven minutes, and the keeper goes to have his tea.</p>
<p>Nobody has counted the boats. There is a book for it, but it got wet, and since then he has them in his head.</p></article>`
	for _, c := range []struct{ name, drawing, want string }{
		{"a diagram", `<figure><svg viewBox="0 0 400 200" role="img" aria-label="The lock"><defs><text>no</text></defs><rect/><g><text>Upper <tspan>chamber</tspan></text></g><text>Valve</text></svg><figcaption>From the side.</figcaption></figure>`, "The lock · Upper chamber · Valve"},
		{"a graph with its size in its style", `<svg viewBox="0 0 90 90"><foreignObject><div>Open</div></foreignObject><text>Shut</text></svg>`, "Open · Shut"},
		{"a drawing with a title", `<p><svg width="300px"><title>Levels in a day</title><g><title>a bar</title><rect/></g></svg></p>`, "Levels in a day"},
		{"an icon with a name", `<p>It leaks. <svg viewBox="0 0 512 512"><title>Drop</title><path d=""/></svg></p>`, ""},
		{"an icon with a letter", `<p><svg width="16" viewBox="0 0 400 200"><title>Lock</title><text>L</text></svg> It leaks.</p>`, ""},
		{"a drawing without words", `<svg viewBox="0 0 400 200"><rect/></svg>`, ""},
		{"a drawing outside the text", `<nav><a href="/">Start</a><svg viewBox="0 0 400 200"><text>Quay</text><text>Pier</text></svg><a href="/boats">Boats</a></nav>`, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			a, err := Clean(strings.NewReader(strings.Replace(page, "%", c.drawing, 1)), "https://quay.example/lock")
			require.NoError(t, err)
			got := ""
			for _, r := range a.Removed {
				if r.Rule == drawingRule.name {
					got += r.Text
				}
			}
			assert.Equal(t, c.want, got)
			assert.NotContains(t, a.HTML(RenderOptions{}), "svg")
		})
	}
}

func TestDrawingsArePictures(t *testing.T) {
	const page = `<!doctype html><html lang=en><title>How the lock works</title><article><h1>How the lock works</h1>
<p>The old lock has two chambers, and the water moves between them through a valve that was made in 1893.</p>
%
<p>When the valve opens, the water runs down for eleven minutes, and the keeper goes to have his tea.</p>
<p>Nobody has counted the boats. There is a book for it, but it got wet, and since then he has them in his head.</p></article>`
	for _, c := range []struct{ name, drawing, want, svg string }{
		{
			"HTML in a drawing is text",
			`<svg width=90 height=40><rect width=80 fill=none stroke=red /><foreignObject x=10 y=8 width=40 height=20><div onclick=x()>Open</div></foreignObject><text>Shut</text></svg>`,
			"Open · Shut",
			`<svg xmlns="http://www.w3.org/2000/svg" width="90" height="40"><rect width="80" fill="none" stroke="red"></rect><text x="30" y="18" text-anchor="middle" dominant-baseline="central">Open</text><text>Shut</text></svg>`,
		},
		{
			"a style sheet keeps its safe declarations",
			`<svg viewBox="0 0 400 200" onload=x()><style>@import 'a.css';@media print{text{fill:red}}/*{*/.bar, #a > rect{fill:url(#g);behavior:url(x);stroke:url(https://x.example/a)}</style><linearGradient id=g><stop style="stop-color:red"/></linearGradient><rect class=bar /><text>Boats</text><text style="fill:red;background:url(x)">Eels</text></svg>`,
			"Boats · Eels",
			`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 200"><style>.bar, #a &gt; rect{fill:url(#g)}</style><linearGradient id="g"><stop style="stop-color:red"></stop></linearGradient><rect class="bar"></rect><text>Boats</text><text style="fill:red">Eels</text></svg>`,
		},
		{
			"a repeated part does not repeat others",
			`<svg viewBox="0 0 400 200"><g id=a><path d="M0 0h9" fill=red /></g><g id=b><use xlink:href="#a"/><use href="#a"/></g><use href="#b"/><use href="b.svg#x"/><text>One</text><text>Two</text></svg>`,
			"One · Two",
			`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 200"><g id="a"><path d="M0 0h9" fill="red"></path></g><g id="b"></g><use href="#b"></use><use></use><text>One</text><text>Two</text></svg>`,
		},
		{
			"the text for programs without HTML",
			`<svg width=400 height=200><switch><foreignObject width="100%"><div>Gate</div></foreignObject><text fill=black>Gate</text></switch><path d=M0 /><text>Sluice</text></svg>`,
			"Gate · Sluice",
			`<svg xmlns="http://www.w3.org/2000/svg" width="400" height="200"><switch><text fill="black">Gate</text></switch><path d="M0"></path><text>Sluice</text></svg>`,
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			a, err := Clean(strings.NewReader(strings.Replace(page, "%", c.drawing, 1)), "https://quay.example/lock")
			require.NoError(t, err)
			markup := a.HTML(RenderOptions{})
			_, rest, found := strings.Cut(markup, `<img src="data:image/svg+xml;base64,`)
			require.True(t, found, markup)
			packed, alt, _ := strings.Cut(rest, `"`)
			svg, err := base64.StdEncoding.DecodeString(packed)
			require.NoError(t, err)
			assert.Equal(t, c.svg, string(svg))
			assert.True(t, strings.HasPrefix(alt, ` alt="`+c.want+`"/>`), alt)
			for _, r := range a.Removed {
				assert.NotEqual(t, drawingRule.name, r.Rule)
			}
			asJSON, err := json.Marshal(a)
			require.NoError(t, err)
			checkTrip(t, a, asJSON)
		})
	}
}

func TestPicturesOfControlsAreLeftOut(t *testing.T) {
	const page = `<!doctype html><html lang=en><title>How the lock works</title><article><h1>How the lock works</h1>
<p>The old lock has two chambers, and the water moves between them through a valve that was made in 1893.</p>
%
<p>When the valve opens, the water runs down for eleven minutes, and the keeper goes to have his tea.</p></article>`
	for name, control := range map[string]string{
		"an icon in a button": `<button aria-label="Share"><img src="/i/share.svg" alt="Share"></button>`,
		"stars":               `<div role="img" aria-label="4 of 5"><img src="/i/star.png" alt=""><img src="/i/half.png" alt=""></div>`,
		"an icon in a box":    `<div role="img" aria-label="Quay"><img src="/i/quay.svg" width="24" alt="Quay"></div>`,
	} {
		a, err := Clean(strings.NewReader(strings.Replace(page, "%", control, 1)), "https://quay.example/lock")
		require.NoError(t, err, name)
		assert.NotContains(t, a.Markdown(RenderOptions{}), "![", name)
	}
}

// Compiled once, because the tests check hundreds of thousands of attributes.
var (
	hostileElement = regexp.MustCompile(
		`(?i)^(script|foreignobject|image|feimage|animate.*|set|a|iframe|img|filter|handler|listener|audio|video|discard|mpath)$`)
	eventHandler = regexp.MustCompile(`(?i)^on`)
	hostileValue = regexp.MustCompile(`(?i)url\(\s*["']?[^#"']|\\|@import|expression|javascript:`)
)

// checkSafeDrawing looks for anything in a drawing that runs or loads something. It parses the drawing as XML, as
// browsers parse pictures, and as HTML, in case a program inserts the drawing into a page.
func checkSafeDrawing(t *testing.T, address string) {
	t.Helper()
	packed, found := strings.CutPrefix(address, "data:image/svg+xml;base64,")
	require.True(t, found, address)
	svg, err := base64.StdEncoding.DecodeString(packed)
	require.NoError(t, err)
	checkSafeNames := func(name, key, value string) {
		assert.NotRegexp(t, hostileElement, name)
		assert.NotRegexp(t, eventHandler, key)
		if strings.EqualFold(key, "href") {
			assert.True(t, strings.HasPrefix(value, "#"), "%s", svg)
		}
		assert.NotRegexp(t, hostileValue, value, "%s", svg)
	}
	decoder := xml.NewDecoder(bytes.NewReader(svg))
	for sheet := false; ; {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		require.NoError(t, err, "%s", svg)
		switch token := token.(type) {
		case xml.StartElement:
			assert.Equal(t, "http://www.w3.org/2000/svg", token.Name.Space)
			checkSafeNames(token.Name.Local, "", "")
			for _, a := range token.Attr {
				checkSafeNames("", a.Name.Local, a.Value)
			}
			sheet = token.Name.Local == "style"
		case xml.CharData:
			if sheet {
				checkSafeNames("", "", string(token))
			}
		case xml.EndElement:
			sheet = false
		default:
			assert.Fail(t, "not an element", "%s", svg)
		}
	}
	root, err := html.Parse(bytes.NewReader(svg))
	require.NoError(t, err)
	for n := range root.Descendants() {
		if n.Type == html.ElementNode && n.Namespace == "" {
			assert.Contains(t, []string{"html", "head", "body"}, n.Data, "%s", svg)
		}
		for _, a := range n.Attr {
			checkSafeNames(n.Data, a.Key, a.Val)
		}
	}
}
