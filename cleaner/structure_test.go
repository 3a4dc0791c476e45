package cleaner

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	gmhtml "github.com/yuin/goldmark/renderer/html"
	"golang.org/x/net/html"

	"github.com/dechaff/dechaff/cleaner/htmldoc"
	"github.com/dechaff/dechaff/cleaner/internal/dom"
)

// minStructures is the minimum number of pages of testdata/structure that must reach their wanted form.
const minStructures = 450

// notYet begins the first line of a page that does not reach its wanted form yet. Its test fails once it does; then
// the prefix must be removed.
const notYet = "Not yet: "

// Each file of testdata/structure is a page whose structure must survive. page.html is the body of an article, around
// which the test puts a headline, text above and below, and the chaff of a site, or it is a whole page. want.md and
// want.html are the golden results without these additions and without the headline.
func TestStructure(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(testdata, "structure", "*.txtar"))
	require.NoError(t, err)
	whole := 0
	for _, file := range files {
		start, err := os.ReadFile(file)
		require.NoError(t, err)
		if !bytes.HasPrefix(start, []byte(notYet)) {
			whole++
		}
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			require.NoError(t, err)
			sections := make(map[string]string)
			for _, f := range archive.Files {
				require.Contains(
					t,
					[]string{"page.html", "want.md", "want.html"},
					f.Name,
					"a section that nothing reads",
				)
				sections[f.Name] = string(f.Data)
			}
			got := cleanStructure(t, sections["page.html"])
			if strings.HasPrefix(string(archive.Comment), notYet) {
				reached := sections["want.md"] == got["want.md"] && sections["want.html"] == got["want.html"]
				require.False(t, reached, "the wanted form is reached: remove %q from the file", notYet)
				return
			}
			if *update {
				updated := &txtar.Archive{Comment: archive.Comment}
				for _, name := range []string{"page.html", "want.md", "want.html"} {
					updated.Files = append(updated.Files, txtar.File{Name: name, Data: []byte(got[name])})
				}
				require.NoError(t, os.WriteFile(file, txtar.Format(updated), 0o644))
				return
			}
			for _, name := range []string{"want.md", "want.html"} {
				assertSame(
					t,
					name+" (go test ./cleaner -run Structure -update rewrites it)",
					sections[name],
					got[name],
				)
			}
		})
	}
	require.GreaterOrEqual(t, whole, minStructures, "pages of testdata/structure are missing")
}

// cleanStructure cleans the page that is made from a section page.html, and returns the sections of its golden file. It
// checks that the article's HTML has the same text as its Markdown after rendering.
func cleanStructure(t *testing.T, body string) map[string]string {
	t.Helper()
	require.NotEmpty(t, body, "no page.html")
	page := body
	if !isWhole(body) {
		page = structurePage(body)
	}
	a, err := cleanUntouched(t, []byte(page), htmldoc.Source{URL: "https://weir.example/notes/eels"})
	require.NoError(t, err)
	checkArticle(t, a)
	inside := insideOf
	if isWhole(body) {
		inside = withoutHeadline
	}
	md, markup := inside(t, a.Markdown(), "\n\n"), inside(t, a.HTML(), "")
	if !strings.Contains(markup, "<q>") && !strings.Contains(markup, "<ruby>") { // Markdown writes these as characters
		said := wordsOf(t, markup)
		assertSame(t, "the text of the HTML and of the Markdown, rendered", said, wordsOf(t, rendered(t, md)))
		tables := inside(t, a.Markdown(RenderOptions{Tables: HTMLWhereNeeded}), "\n\n")
		assertSame(t, "the same with tables as HTML", said, wordsOf(t, rendered(t, tables)))
	}
	return map[string]string{"page.html": body, "want.md": md + "\n", "want.html": lines(markup) + "\n"}
}

// The text around the structure, which the test uses to find it again.
const (
	structureAbove = "The weir at Pellow has been open since April, and every morning somebody counts what went through it and writes the number on the door."
	structureBelow = "In autumn the numbers fall, and the door is painted, so that there is room again for the spring and for whoever counts then."
)

func structurePage(body string) string {
	return `<!DOCTYPE html><html lang="en"><head><title>Counting at the weir | Weir Notes</title></head><body>
<header class="site-header"><nav class="main-nav"><ul><li><a href="/">Home</a></li><li><a href="/notes">Notes</a></li><li><a href="/about">About</a></li></ul></nav></header>
<main><article class="post"><h1>Counting at the weir</h1>
<p>A weir is a wall with a gap in it. What goes through the gap is water, boats on Sundays, and eels, which nobody had counted before.</p>
<p>` + structureAbove + `</p>
` + body + `
<p>` + structureBelow + `</p>
<p>Whoever wants to help may come on any morning but Sunday. Boots are in the shed, and the pencil hangs from a string beside the door.</p>
</article></main>
<aside class="sidebar"><h3>Most read</h3><ul><li><a href="/a">The gap is too narrow</a></li><li><a href="/b">A boat on a Sunday</a></li></ul></aside>
<footer class="site-footer"><p>© 2024 Weir Notes</p><ul><li><a href="/privacy">Privacy</a></li></ul></footer>
</body></html>`
}

// isWhole reports whether a fixture is a complete page. A complete page has no text around the structure, so that
// hidden content is revealed.
func isWhole(body string) bool { return strings.HasPrefix(body, "<!DOCTYPE") }

// withoutHeadline returns an article without its headline.
func withoutHeadline(t *testing.T, all, sep string) string {
	t.Helper()
	if sep != "" {
		_, rest, found := strings.Cut(all, "\n")
		require.True(t, found && strings.HasPrefix(all, "# "), all)
		return strings.Trim(rest, "\n")
	}
	_, rest, found := strings.Cut(all, "</h1>")
	require.True(t, found, all)
	return strings.TrimSuffix(rest, "</article>")
}

// insideOf returns the text between the two marker texts.
func insideOf(t *testing.T, all, sep string) string {
	t.Helper()
	_, rest, found := strings.Cut(all, structureAbove)
	require.True(t, found, "the text above is missing:\n%s", all)
	inner, _, found := strings.Cut(rest, structureBelow)
	require.True(t, found, "the text below is missing:\n%s", all)
	if sep == "" {
		return strings.TrimSuffix(strings.TrimPrefix(inner, "</p>"), "<p>")
	}
	return strings.Trim(inner, sep)
}

var blockEnd = regexp.MustCompile(
	`(</(?:p|h[1-6]|ul|ol|li|dl|dt|dd|blockquote|pre|table|caption|thead|tbody|tfoot|tr|figure|figcaption)>)`,
)

// lines puts each block on a line of its own.
func lines(markup string) string {
	return strings.TrimRight(blockEnd.ReplaceAllString(markup, "$1\n"), "\n")
}

// rendered renders Markdown as HTML, with formulas as readers would see them.
func rendered(t *testing.T, md string) string {
	t.Helper()
	var b bytes.Buffer
	if !strings.Contains(md, "/$") { // this dollar belongs to an address
		md = escapeFormulas(md)
	}
	require.NoError(t, noteParser.Convert([]byte(md), &b))
	return b.String()
}

// escapeFormulas escapes characters in formulas that Markdown would interpret.
func escapeFormulas(md string) string {
	return formulaInMarkdown.ReplaceAllStringFunc(md, func(tex string) string {
		at := strings.IndexByte(tex, '$') // programs that support formulas read them unescaped
		return tex[:at] + signInMarkdown.ReplaceAllString(tex[at:], `\$0`)
	})
}

// noteParser is markdownParser with support for notes, but without the links that lead back from them.
var noteParser = goldmark.New(
	goldmark.WithExtensions(
		extension.Table, extension.Strikethrough, extension.DefinitionList,
		extension.NewFootnote(extension.WithFootnoteBacklinkHTML("")),
	),
	goldmark.WithRendererOptions(gmhtml.WithUnsafe()),
)

// formulaInMarkdown matches a formula. On pages with formulas, other dollars are escaped with a backslash.
var formulaInMarkdown = regexp.MustCompile(
	`(?:^|[^\\$` + "`" + `])\$\$?[^$` + "`" + `\n]+[^\\$]\$\$?|\$[^$` + "`" + `\n ]\$`,
)

var signInMarkdown = regexp.MustCompile("[\\\\_*<>&\\[\\]`|~]")

// wordsOf returns the text of the markup, with one space between words. A callout begins with its kind, as in Markdown.
// If there are references to notes, the words are sorted.
func wordsOf(t *testing.T, markup string) string {
	t.Helper()
	root, err := html.Parse(strings.NewReader(markup))
	require.NoError(t, err)
	var b strings.Builder
	sayCallouts(root)
	sayFormulas(root)
	hasNotes := dropReferences(root)
	for n := range root.Descendants() {
		switch {
		case n.Type == html.TextNode:
			b.WriteString(n.Data)
		case n.Type == html.ElementNode && n.Data == "img":
			for _, a := range n.Attr {
				if a.Key == "alt" {
					b.WriteString(" " + a.Val + " ")
				}
			}
		}
		if n.Type == html.ElementNode {
			b.WriteByte(' ')
		}
	}
	assert.NotContains(t, b.String(), "<script")
	words := strings.Fields(b.String())
	if hasNotes { // a Markdown renderer moves all notes to the end, wherever they are defined
		words = strings.FieldsFunc(
			b.String(),
			func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) },
		)
		slices.Sort(words)
	}
	return strings.Join(words, " ")
}

// dropReferences removes references to notes, which Markdown numbers differently, and reports whether there were any.
func dropReferences(root *html.Node) bool {
	var all []*html.Node
	for n := range root.Descendants() {
		if href := dom.Attr(n, "href"); n.Data == "a" && strings.HasPrefix(href, "#fn") {
			all = append(all, n)
		}
	}
	for _, n := range all {
		n.Parent.RemoveChild(n)
	}
	return len(all) > 0
}

// sayFormulas replaces each formula with its TeX, as Markdown writes it.
func sayFormulas(root *html.Node) {
	var all []*html.Node
	for n := range root.Descendants() {
		if n.Data == "math" {
			all = append(all, n)
		}
	}
	for _, n := range all {
		sign := "$"
		if dom.Attr(n, "display") == "block" {
			sign = "$$"
		}
		tex := strings.ReplaceAll(dom.RawText(dom.FindAnnotation(n)), "<", `\lt `)
		n.Parent.InsertBefore(dom.NewText(sign+strings.Join(strings.Fields(tex), " ")+sign), n)
		n.Parent.RemoveChild(n)
	}
}

// sayCallouts puts the kind of each callout before its title, or in place of a title that only names the kind.
func sayCallouts(root *html.Node) {
	for n := range root.Descendants() {
		kind := dom.Attr(n, dom.CalloutAttr)
		if kind == "" {
			continue
		}
		if first := n.FirstChild; first != nil && strings.EqualFold(dom.RawText(first), kind) {
			n.RemoveChild(first)
		}
		n.InsertBefore(dom.NewText("[!"+strings.ToUpper(kind)+"]"), n.FirstChild)
	}
}
