package cleaner

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	gmhtml "github.com/yuin/goldmark/renderer/html"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/htmldoc"
	"github.com/dechaff/dechaff/cleaner/internal/dom"
)

// nastyPages are pages that try to get something past the cleaner, or to break it.
var nastyPages = []string{
	"", "\x00", "<", "plain text, no markup at all, but enough words to be taken for an article by someone",
	`<p>” data-script=” &gt;</p><p>” data-script=” &gt;FacebookTwitter</p>`,
	`<p><a href="java&#9;script:x()">click</a> <a href=" JAVASCRIPT:x()">here</a> <img src="javascript:x()"><img src=x onerror=x()></p>`,
	`<p><a href="data:text/html,<script>x()</script>">data</a> <a href="vbscript:x">vb</a></p><base href="javascript:x()//"><a href="#a">a</a>`,
	`<svg><script>x()</script><p>out of it</p><style><img src=x onerror=x()></style></svg><math><mi><img src=x></mi></math>`,
	`<svg viewBox="0 0 300 200"><style>/*</*/rect{fill:url(#a)}@x{y{z}}</style><g id=a><rect fill=red style="fill:red;x:y"/></g><use href=#a /><text>a&lt;b</text><foreignObject width=9><p>c</p></foreignObject></svg>`,
	`<noscript><p title="</noscript><img src=x onerror=x()>">five words stand in here</p></noscript>`,
	`<template><p>hidden</p></template><plaintext></plaintext><script>`,
	`<table><tr><td><table><tr><td>a<td>b</table><caption>c<tbody><tr><th>d<li>e<p>f`,
	`<ul><ul><ul><li>deep<dl><dt>t<dl><dd>d<p>p</dl>stray</dl></ul></ul></ul>`,
	`<p><b>one<br><br>two<i><br></i></b><br><img src="/a.png"><a href="/b"><img src="/b.png"><br><br>text</a></p>`,
	`<pre>` + "\n\n\tx\r\ny\x00```\n~~~" + `</pre><xmp><b>raw</b></xmp><listing>l</listing><code>a` + "`" + `b</code>`,
	`<ruby>渡<rt>わ<rt>た<rb>守<rp>(<rt>も<rp>)</ruby><q>a<q>b</q></q>x<sup>2</sup><sub>i<sup>n</sup></sub>`,
	`<math><semantics><mi>x</mi><annotation encoding="application/x-tex">x_1 < \frac{1}{2}</annotation></semantics></math><script type="math/tex">a$b</script>`,
	`<h1>*Not* [a](b) _c_ #</h1><p># not a heading<p>1. no list<p>- none<p>+ none<p>&gt; none<p>| a | b |<p>--- <p>===<p>~~x~~ ` + "`y`" + ` \\ &amp;lt; <b>a</b>b<i>*c*</i>`,
	`<script type="application/ld+json">{"@type":"Article","headline":"<script>x()<\/script>","author":{"name":"javascript:x()"},"datePublished":"0001-01-01"}</script><p>text</p>`,
	`<p dir=rtl lang="a b">مرحبا` + "\u202e\u2066\ufeff\u200b\u00ad" + `</p><p>` + "\xff\xfe\xed\xa0\x80" + `</p>`,
	`<div hidden><p>hidden</p></div><form><label>Name<input></label><textarea>t</textarea><button>b</button></form><select><option>o</select>`,
	`<dl><div><dt>a</div>b<dd></dl><figure><figcaption>c<img src=a><table><tr><th>x</table></figure><details><summary>s<h2>h</h2></summary>d</details>`,
	strings.Repeat("<div><b>", 300) + "deep" + strings.Repeat("<p>and <a href=/>deeper</a>", 50),
}

// seedPages returns nastyPages, each alone and between paragraphs of text, the golden pages, and the pages in the
// fixtures of rules.
func seedPages(f *testing.F) [][]byte {
	f.Helper()
	var seeds [][]byte
	for _, page := range nastyPages {
		seeds = append(seeds, []byte(page), []byte(fillerBefore+page+fillerAfter))
	}
	pages, err := filepath.Glob(filepath.Join(testdata, "pages", "*", "page.html"))
	require.NoError(f, err)
	require.NotEmpty(f, pages)
	for _, name := range pages {
		page, err := os.ReadFile(name)
		require.NoError(f, err)
		seeds = append(seeds, page)
	}
	return append(seeds, seedCases(f, ".html")...)
}

// seedCases returns the inputs of the rules' fixtures: pages (".html") or texts (".in", ".text").
func seedCases(f *testing.F, ext string) [][]byte {
	f.Helper()
	files, err := filepath.Glob(filepath.Join(testdata, "rules", "*.txtar"))
	require.NoError(f, err)
	require.NotEmpty(f, files)
	var seeds [][]byte
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		require.NoError(f, err)
		for _, section := range archive.Files {
			if filepath.Ext(section.Name) == ext {
				seeds = append(seeds, section.Data)
			}
		}
	}
	require.NotEmpty(f, seeds)
	return seeds
}

// FuzzClean cleans any bytes as a page.
func FuzzClean(f *testing.F) {
	for _, page := range seedPages(f) {
		f.Add(page)
	}
	f.Fuzz(func(t *testing.T, page []byte) {
		doc, err := htmldoc.ParseBytes(page, htmldoc.Source{URL: "https://gazette.example/2026/clock.html"})
		if err != nil {
			require.ErrorIs(t, err, ErrNotHTML)
			return
		}
		before := renderTree(t, doc.Root)
		a, err := CleanDocument(doc)
		require.Equal(t, before, renderTree(t, doc.Root), "cleaning changed its input")
		again, err2 := Clean(bytes.NewReader(page), "https://gazette.example/2026/clock.html")
		if err != nil {
			require.ErrorIs(t, err, ErrNoArticle)
			require.ErrorIs(t, err2, ErrNoArticle)
			return
		}
		require.NoError(t, err2)
		first, err := json.Marshal(a)
		require.NoError(t, err)
		second, err := json.Marshal(again)
		require.NoError(t, err)
		assert.Equal(t, string(first), string(second), "the same bytes gave a different article")
		checkSafe(t, a)
		checkTrip(t, a, first)
		assert.Equal(t, a.Text(), CleanText(a.Text()), "CleanText finds chaff in Text")
	})
}

// checkSafe asserts that the rendered output contains nothing executable.
func checkSafe(t *testing.T, a *Article) {
	t.Helper()
	for _, out := range []string{a.Text(), a.Markdown(), a.HTML(), a.Title, a.Byline, a.Excerpt, a.SiteName} {
		assert.True(t, utf8.ValidString(out), "%q", out)
	}
	assert.NotContains(t, strings.ToLower(a.HTML()), "<script")
	checkSafeHTML(t, a.HTML())
	checkSafeHTML(t, fromMarkdown(t, a.Markdown()))
}

// checkSafeHTML parses HTML as a browser does and looks for anything executable: elements, event handlers, addresses.
func checkSafeHTML(t *testing.T, out string) {
	t.Helper()
	root, err := html.Parse(strings.NewReader(out))
	require.NoError(t, err)
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		switch n.DataAtom {
		case atom.Script, atom.Style, atom.Iframe, atom.Object, atom.Embed, atom.Svg, atom.Form, atom.Base, atom.Link, atom.Meta:
			assert.Fail(t, "an element that content must not contain", "%s in %s", n.Data, out)
		}
		for _, attr := range n.Attr {
			assert.False(t, strings.HasPrefix(attr.Key, "on") || attr.Key == "style", "%s=%q", attr.Key, attr.Val)
			// Browsers drop control characters and white space before they look for a scheme.
			value := strings.ToLower(strings.Map(func(r rune) rune {
				if r <= ' ' || r == 0x7F {
					return -1
				}
				return r
			}, attr.Val))
			if attr.Key == "alt" || attr.Key == "title" {
				continue
			}
			if strings.HasPrefix(value, "data:image/svg") {
				checkSafeDrawing(t, attr.Val)
			}
			assert.False(t, strings.HasPrefix(value, "javascript:") || strings.HasPrefix(value, "vbscript:") || strings.HasPrefix(value, "data:text"),
				"%s=%q", attr.Key, attr.Val)
		}
	}
}

// checkTrip asserts that an article survives a round trip through JSON.
func checkTrip(t *testing.T, a *Article, asJSON []byte) {
	t.Helper()
	var back Article
	require.NoError(t, json.Unmarshal(asJSON, &back))
	assert.Equal(t, a.Text(), back.Text(), "Text after a trip through JSON")
	assert.Equal(t, a.Markdown(), back.Markdown(), "Markdown after a trip through JSON")
	assert.Equal(t, a.HTML(), back.HTML(), "HTML after a trip through JSON")
}

// FuzzCleanText calls CleanText with any string.
func FuzzCleanText(f *testing.F) {
	for _, ext := range []string{".in", ".text"} {
		for _, text := range seedCases(f, ext) {
			f.Add(string(text))
		}
	}
	for _, page := range nastyPages {
		f.Add(page)
	}
	f.Add("Title\r\n\r\nTitle\r\n\r\nRead also: more\r\n \t\r\n```\n- Facebook\n~~~\n\xff\n")
	f.Fuzz(func(t *testing.T, text string) {
		got := CleanText(text)
		assert.Equal(t, got, CleanText(got), "a second pass changed the text")
		if utf8.ValidString(text) {
			assert.True(t, utf8.ValidString(got))
		}
		if got == "" {
			return
		}
		rest := strings.Split(text, "\n")
		for line := range strings.SplitSeq(strings.TrimSuffix(got, "\n"), "\n") {
			at := slices.Index(rest, line)
			require.GreaterOrEqual(t, at, 0, "%q is not a line of the text, or not in its place", line)
			rest = rest[at+1:]
		}
	})
}

var markdownParser = goldmark.New(
	goldmark.WithExtensions(extension.Table, extension.Strikethrough, extension.DefinitionList),
	goldmark.WithRendererOptions(gmhtml.WithUnsafe()),
)

func fromMarkdown(t *testing.T, text string) string {
	t.Helper()
	var out bytes.Buffer
	require.NoError(t, markdownParser.Convert([]byte(text), &out))
	return out.String()
}

// FuzzMarkdown builds content from any markup. Building content from its own HTML must not change it. Its Markdown,
// converted by another program, must have exactly the content's words.
func FuzzMarkdown(f *testing.F) {
	for _, page := range nastyPages {
		f.Add(page)
	}
	for _, s := range survivors {
		f.Add(s.markup)
	}
	for _, n := range normalForms {
		f.Add(n.markup)
	}
	f.Fuzz(func(t *testing.T, markup string) {
		var a, back Article
		if err := a.setContent(markup); err != nil {
			require.ErrorIs(t, err, ErrNotHTML)
			return
		}
		content := a.contentHTML()
		require.NoError(t, back.setContent(content))
		require.Equal(t, content, back.contentHTML(), "content is not a fixed point")
		checkSafe(t, &a)
		if want, sayable := visibleText(a.content); sayable {
			md := a.Markdown()
			root, err := html.Parse(strings.NewReader(fromMarkdown(t, md)))
			require.NoError(t, err)
			got, _ := visibleText(root)
			assert.Equal(t, want, got, "the Markdown was:\n%s", md)
		}
	})
}

// visibleText returns the visible text of a tree, without white space. It also reports whether Markdown can express the
// tree: TeX is not part of CommonMark, and ruby text and quotations get additional characters.
func visibleText(root *html.Node) (text string, sayable bool) {
	var b strings.Builder
	sayable = true
	for n := range root.Descendants() {
		switch {
		case n.Type == html.TextNode:
			b.WriteString(n.Data)
		case n.Namespace != "" || n.DataAtom == atom.Ruby || n.DataAtom == atom.Rt || n.DataAtom == atom.Rp || n.DataAtom == atom.Q,
			dom.HasAttr(n, dom.CalloutAttr): // in HTML, a callout's kind is not text
			sayable = false
		}
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, b.String()), sayable
}

// FuzzJSONLD uses any bytes as a page's JSON-LD.
func FuzzJSONLD(f *testing.F) {
	for _, seed := range []string{
		`{"@type":"Article","headline":"Late","author":{"name":"Ada"},"datePublished":"2026-01-02"}`, `[{"@graph":[{"@type":["NewsArticle"],"author":["A",{"name":["B"]}]}]}]`,
		`<!--{"@type":"Article",}-->`, "{\"@type\":\"Article\",\"headline\":\"a\nb\"}", `{"@type":"Article","articleBody":"\ud800"};`, "/*<![CDATA[*/{'@type':'Article'}/*]]>*/", `{"@type":`, "\xff{}", strings.Repeat(`{"@graph":[`, 500),
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		page := append([]byte(`<h1>Late</h1>`+fillerBefore+`<script type="application/ld+json">`), data...)
		a, err := Clean(bytes.NewReader(append(page, "</script>"+fillerAfter...)), "https://gazette.example/a")
		if err != nil {
			require.True(t, errors.Is(err, ErrNoArticle) || errors.Is(err, ErrNotHTML), "%v", err)
			return
		}
		checkSafe(t, a)
		asJSON, err := json.Marshal(a)
		require.NoError(t, err)
		assert.True(t, utf8.Valid(asJSON))
		checkTrip(t, a, asJSON)
	})
}
