package explain_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"

	"github.com/dechaff/dechaff/cleaner/htmldoc"
	"github.com/dechaff/dechaff/examples/internal/explain"
)

func newPage(t *testing.T, page string) *explain.Page {
	t.Helper()
	doc, err := htmldoc.ParseBytes([]byte(page), htmldoc.Source{URL: "https://mill.example/hens"})
	require.NoError(t, err)
	p, err := explain.New(t.Context(), doc, explain.Options{})
	require.NoError(t, err)
	return p
}

const hens = `<p>The miller's hens lay on the water side on Mondays, and on every other day wherever the cat is not.</p>`

// hostile contains pages that try to run, load, send or cover something. The test puts a harmless text about hens
// before each.
var hostile = map[string]string{
	"scripts":     `<script>run()</script><script src=//evil.example/x.js></script><noscript><img src=//evil.example/n></noscript>`,
	"handlers":    `<body onload=run()><img src=x onerror=run()><svg onload=run()><div onclick=run() onmouseover="run()">hens</div>`,
	"links":       `<a href="javascript:run()">a</a><a href="https://evil.example/" ping="https://evil.example/p">b</a><area href=x>`,
	"frames":      `<iframe src="https://evil.example/"></iframe><iframe srcdoc="<script>run()</script>"></iframe><object data=x></object><embed src=x>`,
	"refresh":     `<meta http-equiv=refresh content="0;url=https://evil.example/"><base href="https://evil.example/"><link rel=stylesheet href=//evil.example/a.css>`,
	"forms":       `<form action="https://evil.example/" id=f><input name=password type=password autofocus onfocus=run()><button formaction=x>go</button></form>`,
	"styles":      `<style>@import "//evil.example/a.css";p{background:url(//evil.example/b)}</style><p style="background:url('https://evil.example/c')">hens</p>`,
	"escapes":     `<style>p{background:\75\72\6c("//evil.example/h")}b{background:\u\r\l(//evil.example/i)}</style><p style="p\osition:fi\78 ed">hens</p>`,
	"end of one":  `<style>p{} </sty@importle><script>run()</script></style>`,
	"pictures":    `<img src="https://evil.example/a.png" srcset="https://evil.example/b.png 2x"><picture><source srcset=//evil.example/c></picture><video poster=//evil.example/d src=//evil.example/e></video>`,
	"drawings":    `<svg><script>run()</script><use href="https://evil.example/#a"/><image href="https://evil.example/f"/><foreignObject><iframe src=x></iframe></foreignObject><a xlink:href="javascript:run()"><text>hens</text></a><animate onbegin=run()></svg>`,
	"mathematics": `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=run()&gt;">`,
	"text":        `<p>&lt;/script&gt;&lt;script&gt;run()&lt;/script&gt; &lt;img src=x onerror=run()&gt;</p><textarea></textarea><script>run()</script></textarea>`,
	"attributes":  `<p title='"><script>run()</script>' class='"onclick="run()' lang="x&quot; onload=run()">hens</p>`,
	"shadow":      `<div><template shadowrootmode=open><script>run()</script><img src=//evil.example/g></template></div>`,
	"names":       `<img name=querySelectorAll id=body><p id="dechaff-x" data-item="b0" data-verdict="kept" data-at="3">hens</p>`,
	"custom":      `<my-box onclick=run() style="position:fixed;inset:0"><p>hens</p></my-box><portal src=x></portal><fencedframe src=x></fencedframe>`,
}

var (
	allowed   = regexp.MustCompile(`^(class|id|style|title|alt|lang|dir|hidden|type|readonly|tabindex|data-(at|item|link|gone|verdict|shade)|src|charset|http-equiv|content|width|height|display)$`)
	forbidden = regexp.MustCompile(`^(script|noscript|template|i?frame|frameset|object|embed|applet|base|link|form|video|audio|source|` +
		`track|use|image|foreignObject|animate.*|set|portal|fencedframe|area|canvas|.*-.*|mglyph|annotation.*)$`)
)

func TestViewsAreHarmless(t *testing.T) {
	for name, page := range hostile {
		t.Run(name, func(t *testing.T) {
			p := newPage(t, "<!doctype html><title>Hens</title><h1>Hens</h1>"+strings.Repeat(hens, 5)+page)
			article, err := p.ArticleView()
			require.NoError(t, err)
			var report strings.Builder
			require.NoError(t, p.HTML(&report, name))
			for _, view := range []string{p.View(explain.ViewOptions{}), p.View(explain.ViewOptions{Plain: true}), article} {
				checkView(t, view)
			}
			_, frame, found := strings.Cut(report.String(), `srcdoc="`)
			require.True(t, found)
			frame, rest, _ := strings.Cut(frame, `"`)
			checkView(t, html.UnescapeString(frame))
			assert.NotRegexp(t, `(?i)<(script|iframe|img|object|embed|base|link|form)[ >]`, rest)
			assert.Contains(t, report.String(), `<iframe sandbox="" title=`)
		})
	}
}

func checkView(t *testing.T, view string) {
	t.Helper()
	assert.Contains(t, view, "hens lay on the water side")
	assert.Contains(t, view, explain.Policy)
	root, err := html.Parse(strings.NewReader(view))
	require.NoError(t, err)
	for _, n := range slices.Collect(root.Descendants()) { // a shorter stack trace on failure
		if n.Type != html.ElementNode && n.Type != html.TextNode {
			assert.Equal(t, html.DoctypeNode, n.Type)
			continue
		}
		if n.Type == html.TextNode {
			if n.Parent.Data == "style" {
				assert.NotRegexp(t, `(?i)evil|@import|</`, n.Data)
			}
			continue
		}
		assert.NotRegexp(t, forbidden, n.Data)
		for _, a := range n.Attr {
			assert.Regexp(t, allowed, a.Key, n.Data)
			switch a.Key {
			case "src":
				assert.Regexp(t, `^data:image/`, a.Val)
			case "style":
				assert.NotRegexp(t, `(?i)evil|fixed`, a.Val)
			case "http-equiv":
				assert.Equal(t, "Content-Security-Policy", a.Val)
			case "data-item":
				assert.NotEqual(t, "dechaff-x", a.Val)
			}
		}
	}
}

// Every block on the page can be found in its view, as a whole or in several pieces.
func TestEveryBlockIsInTheView(t *testing.T) {
	pages, err := filepath.Glob("../../../testdata/pages/*/page.html")
	require.NoError(t, err)
	require.NotEmpty(t, pages)
	for _, name := range pages {
		b, err := os.ReadFile(name)
		require.NoError(t, err)
		p := newPage(t, string(b))
		for _, plain := range []bool{false, true} {
			root, err := html.Parse(strings.NewReader(p.View(explain.ViewOptions{Plain: plain})))
			require.NoError(t, err)
			texts := make(map[string]string)
			for n := range root.Descendants() {
				for _, a := range n.Attr {
					if a.Key == "data-item" {
						texts[a.Val] += letters(n)
					}
				}
			}
			for k := range p.Items {
				it := &p.Items[k]
				if it.IsBlock {
					assert.Contains(t, texts[it.ID], firstWord(it.Text), "%s: %s: %s", name, it.ID, it.Text)
				}
			}
		}
	}
}

// Style sheets and pictures that were saved with a page are part of its copy. No other files are requested.
func TestFilesOfAPage(t *testing.T) {
	var asked []string
	open := func(path string) ([]byte, bool) {
		asked = append(asked, path)
		b, ok := map[string][]byte{
			"hens_files/a.css":  []byte(`.hen{color:brown;background:url(//evil.example/a)}</style><script>run()</script>`),
			"hens_files/1.gif":  []byte("GIF89a\x01\x00\x01\x00\x00\x00\x00;"),
			"hens_files/run.js": []byte("run()"),
		}[path]
		return b, ok
	}
	p := newPage(t, `<!doctype html><title>Hens</title><link rel=stylesheet href="hens_files/a.css?v=1">
<link rel=stylesheet media=print href="hens_files/print.css"><link rel=stylesheet href="https://evil.example/b.css">
<link rel=stylesheet href="/abs.css"><link rel=stylesheet href="//evil.example/c.css"><script src="hens_files/run.js"></script>
<h1>Hens</h1>`+strings.Repeat(hens, 5)+`<img src="./hens_files/1.gif"><img src="hens_files/run.js"><img src="file:///etc/passwd"><img src="%zz">`)
	view := p.View(explain.ViewOptions{File: open})
	checkView(t, view)
	assert.Contains(t, view, ".hen{color:brown;background:none()}")
	assert.Equal(t, 1, strings.Count(view, "src=\"data:image/gif;base64,"))
	assert.ElementsMatch(t, []string{"hens_files/a.css", "hens_files/1.gif", "hens_files/run.js"}, asked)
	assert.NotContains(t, p.View(explain.ViewOptions{File: open, Plain: true}), "color:brown")
}
