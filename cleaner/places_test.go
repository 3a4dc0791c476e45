package cleaner

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/andybalholm/cascadia"
	"github.com/antchfx/htmlquery"
	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/htmldoc"
	"github.com/dechaff/dechaff/cleaner/internal/dom"
)

// placedPages is the number of pages of the corpora that TestPlacesOfTheCorpora cleans. 500 take half a minute.
var placedPages = flag.Int("placed", 60, "how many pages of the corpora the places are tested on")

func TestPlacesOfTheCorpora(t *testing.T) { testPlaces(t, corpusPages(t, *placedPages)) }

func TestPlacesOfPages(t *testing.T) {
	var pages [][]byte
	files, err := filepath.Glob(filepath.Join(testdata, "pages", "*", "page.html"))
	require.NoError(t, err)
	for _, file := range files {
		page, err := os.ReadFile(file)
		require.NoError(t, err)
		pages = append(pages, page)
	}
	files, err = filepath.Glob(filepath.Join(testdata, "structure", "*.txtar"))
	require.NoError(t, err)
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		require.NoError(t, err)
		page := string(archive.Files[0].Data)
		if !isWhole(page) {
			page = structurePage(page)
		}
		pages = append(pages, []byte(page))
	}
	require.Greater(t, len(pages), minStructures)
	for _, page := range nastyPages {
		pages = append(pages, []byte(fillerBefore+page+fillerAfter))
	}
	testPlaces(t, pages)
}

// Pages whose elements are hard to name. Each has the path of the paragraph about Tuesday.
func TestPathsOfOddPages(t *testing.T) {
	const long = `<p>The ferry runs from April to October, and nobody has ever counted its passengers before.</p>`
	const tuesday = "On Tuesday somebody did: there were eleven of them, and a dog, and one of them came back on foot."
	for name, c := range map[string]struct{ page, css, xpath string }{
		"a name with a prefix": {
			long + "<o:p>x</o:p><br><br><o:p>" + tuesday + "</o:p>" + long,
			"html > body > *:nth-child(5)", "/html/body/*[5]",
		},
		"a name with a quote": {
			long + `<a"b'>` + tuesday + `</a"b'>` + long,
			"html > body > *:nth-child(2)", "/html/body/*[2]",
		},
		"a custom element": {
			long + "<my-line-2>" + tuesday + "</my-line-2>" + long,
			"html > body > my-line-2", "/html/body/my-line-2",
		},
		"a table in a table": {
			long + "<table><tr><td>" + long + "</td><td><table><tr><td>a<td><p>" + tuesday + "</p></table></table>" + long,
			"html > body > table > tbody > tr > td:nth-of-type(2) > table > tbody > tr > td:nth-of-type(2) > p",
			"/html/body/table/tbody/tr/td[2]/table/tbody/tr/td[2]/p",
		},
		"a template": {
			"<div><template shadowrootmode=open>" + long + "<p>" + tuesday + "</p></template></div>",
			"html > body > div > template > p:nth-of-type(2)", "/html/body/div/template/p[2]",
		},
		"two bodies and heads": {
			"<head></head><body>" + long + "</body><head></head><body><p>" + tuesday + "</p></body>",
			"html > body > p:nth-of-type(2)", "/html/body/p[2]",
		},
		"between comments": {
			long + "<!-- --><p>" + tuesday + "</p><!-- -->" + long,
			"html > body > p:nth-of-type(2)", "/html/body/p[2]",
		},
		"inline": {
			long + "<div>" + tuesday + "<br><br>" + tuesday[3:] + "</div>" + long,
			"html > body > div", "/html/body/div",
		},
	} {
		t.Run(name, func(t *testing.T) {
			doc, err := htmldoc.ParseBytes([]byte(c.page), htmldoc.Source{})
			require.NoError(t, err)
			a, err := New(Options{Blocks: true}).CleanDocument(doc)
			require.NoError(t, err)
			var n placed
			n.count(t, doc, a)
			for b := range a.Blocks() {
				if b.Text == tuesday {
					assert.Equal(t, c.css, b.CSS)
					assert.Equal(t, c.xpath, b.XPath)
					return
				}
			}
			t.Fatalf("not in the article: %s", a.Text())
		})
	}
}

// This document was built by a caller: it has two bodies, each followed by a frameset.
func TestPathsOfHandMadePages(t *testing.T) {
	root := &html.Node{Type: html.DocumentNode}
	page := dom.NewElement(atom.Html)
	root.AppendChild(page)
	for range 2 {
		body, frames := dom.NewElement(atom.Body), dom.NewElement(atom.Frameset)
		for range 3 {
			p := dom.NewElement(atom.P)
			p.AppendChild(dom.NewText("The ferry runs from April to October, and nobody has ever counted its passengers."))
			body.AppendChild(p)
		}
		page.AppendChild(body)
		page.AppendChild(frames)
		p := dom.NewElement(atom.P)
		p.AppendChild(dom.NewText("A frameset with a paragraph, as no parser makes it."))
		frames.AppendChild(p)
	}
	doc := &htmldoc.Document{Root: root}
	a, err := New(Options{Blocks: true}).CleanDocument(doc)
	require.NoError(t, err)
	var n placed
	n.count(t, doc, a)
	assert.Equal(t, n.all, n.holding)
	assert.Positive(t, n.all)
}

// The paths of 100,000 siblings take linear time. If they took longer, the test would time out.
func TestPathsOfManySiblings(t *testing.T) {
	page := "<article>" + strings.Repeat("<p>The ferry runs from April to October.</p><hr>", 50_000)
	doc, err := htmldoc.ParseBytes([]byte(page), htmldoc.Source{})
	require.NoError(t, err)
	a, err := New(Options{Blocks: true}).CleanDocument(doc)
	require.NoError(t, err)
	var last Block
	for b := range a.Blocks() {
		last = b
	}
	assert.Equal(t, "/html/body/article/p[50000]", last.XPath)
}

// The paths of deeply nested boxes are long. After they have reached the limit together, further blocks have no path.
func TestPathsOfDeepPages(t *testing.T) {
	page := strings.Repeat("<span><div>", 240) + strings.Repeat("<p>The ferry runs from April to October.</p>", 20_000)
	doc, err := htmldoc.ParseBytes([]byte(page), htmldoc.Source{})
	require.NoError(t, err)
	a, err := New(Options{Blocks: true}).CleanDocument(doc)
	require.NoError(t, err)
	size := 0
	for b := range a.Blocks() {
		size += len(b.CSS) + len(b.XPath)
	}
	assert.Greater(t, size, maxPathBytes/2)
	assert.LessOrEqual(t, size, maxPathBytes+1<<16)
}

const manual = `<html><head><title>The tide clock</title></head><body><nav><h2>Menu</h2><ul><li><a href="/">Home</a></li>
<li><a href="/a">Clocks</a></li></ul></nav><main><h1>The tide clock</h1>
<p>The clock shows when the water comes and when it goes, and it needs neither a moon nor a calendar for that.</p>
<h2>Install</h2><p>Hang it where nobody can reach it, and not above the stove, because steam makes it slow.</p>
<h3>Linux</h3><p>Call the program once a day, at high water, and it writes the next hours into a file of its own.</p>
<ul><li>first line of the item, with a break<br>second line of the same item, which is indented</li></ul>
<pre>tide --now
tide --next
</pre>
<h2>Use</h2><p>Look at it before you take the boat out, and look at it again when somebody tells you to hurry.</p>
<table><tr><th>Port</th><th>High</th></tr><tr><td>Tollvik</td><td>7:20</td></tr><tr><td>Norvik</td><td>8:05</td></tr></table>
</main><footer><p>© 2026 The clock makers</p><p><a href="/privacy">Privacy</a></p></footer></body></html>`

func TestPathsOfHeadings(t *testing.T) {
	a, err := New(Options{Blocks: true}).Clean(strings.NewReader(manual), "https://clocks.example/tide")
	require.NoError(t, err)
	text := a.Text()
	var got []string
	for b := range a.Blocks() {
		got = append(got, string(b.Kind)+": "+b.Path)
		assert.Equal(t, b.Text, text[b.From:b.To])
		assert.Positive(t, b.Probability)
	}
	assert.Equal(t, []string{
		"paragraph: ", "heading: ", "paragraph: Install", "heading: Install", "paragraph: Install › Linux",
		"item: Install › Linux", "code: Install › Linux", "heading: ", "paragraph: Use", "table: Use",
	}, got)
	for _, r := range a.Removed {
		assert.NotEmpty(t, r.CSS)
		assert.NotContains(t, r.Path, "Use", "%q is not in the article's last section", r.Text)
	}
	stored, err := json.Marshal(a)
	require.NoError(t, err)
	var restored Article
	require.NoError(t, json.Unmarshal(stored, &restored))
	assert.Equal(t, slices.Collect(a.Blocks()), slices.Collect(restored.Blocks()))
	assert.Equal(t, a.Removed, restored.Removed)

	restored.Append(a)
	text = restored.Text()
	all := slices.Collect(restored.Blocks())
	assert.Len(t, all, 2*len(got))
	for _, b := range all {
		assert.Equal(t, b.Text, text[b.From:b.To])
		assert.Positive(t, b.To)
	}
}

func TestPlacesAreLeftOutUnlessAsked(t *testing.T) {
	a, err := Clean(strings.NewReader(manual), "https://clocks.example/tide")
	require.NoError(t, err)
	for b := range a.Blocks() {
		assert.Empty(t, b.Path+b.CSS+b.XPath)
		assert.Zero(t, float64(b.From+b.To)+b.Probability)
	}
	stored, err := json.Marshal(a)
	require.NoError(t, err)
	assert.NotContains(t, string(stored), `"blocks"`)
	assert.NotContains(t, string(stored), `"css"`)
}

// placed counts pages, blocks and removals. The field all is the number of blocks, and paths is the number of blocks
// with a path. Of these, holding counts those whose element contains their text. offsets counts the blocks with
// offsets, and probabilities counts those with a probability. removed is the number of removals, and removedPaths is
// the number of removals with a path.
type placed struct{ pages, all, paths, holding, offsets, probabilities, removed, removedPaths int }

func testPlaces(t *testing.T, pages [][]byte) {
	t.Helper()
	var n placed
	for _, page := range pages {
		doc, err := htmldoc.ParseBytes(page, htmldoc.Source{URL: "https://weir.example/notes/eels"})
		if err != nil {
			continue
		}
		if a, err := New(Options{Blocks: true}).CleanDocument(doc); err == nil {
			n.count(t, doc, a)
		}
	}
	t.Logf("%+v", n)
	assert.GreaterOrEqual(t, float64(n.holding), minHolding*float64(n.paths), "blocks whose elements contain their words")
}

// minHolding is a share of the blocks that have a path. For at least this share, the element at the path must contain
// the block's words. The other blocks are embeds and formulas.
const minHolding = 0.98

// besideBlocks matches the words in Text that are not in the text of any block: list markers and code fences.
var besideBlocks = regexp.MustCompile("^(-|[0-9]+\\.|[a-zA-Z]+\\.|`{3,})$")

func (n *placed) count(t *testing.T, doc *htmldoc.Document, a *Article) {
	t.Helper()
	n.pages++
	text, end := a.Text(), 0
	var beside strings.Builder
	data := a.Provenance["content"] == "json-ld" || a.Provenance["content"] == "page state" || a.Provenance["recipe"] != ""
	for b := range a.Blocks() {
		n.all++
		if b.To > 0 {
			n.offsets++
			require.LessOrEqual(t, end, b.From, "out of order")
			require.Equal(t, b.Text, text[b.From:b.To])
			beside.WriteString(text[end:b.From])
			end = b.To
		}
		if b.Probability > 0 {
			n.probabilities++
		}
		if b.CSS == "" {
			assert.Empty(t, b.XPath)
			assert.True(t, data, "no path: %s", b.Text)
			continue
		}
		n.paths++
		if holds(selected(t, doc.Root, b.CSS, b.XPath), b) {
			n.holding++
		}
	}
	beside.WriteString(text[end:])
	for word := range strings.FieldsSeq(beside.String()) {
		assert.Regexp(t, besideBlocks, word, "text without a block")
	}
	for _, r := range a.Removed {
		n.removed++
		if r.CSS != "" {
			n.removedPaths++
			selected(t, doc.Root, r.CSS, r.XPath)
		}
	}
}

// selected returns the only element that both a selector and an XPath select.
func selected(t *testing.T, root *html.Node, css, xpath string) *html.Node {
	t.Helper()
	selector, err := cascadia.Compile(css)
	require.NoError(t, err)
	byCSS := cascadia.QueryAll(root, selector)
	require.Len(t, byCSS, 1, css)
	byXPath, err := htmlquery.QueryAll(root, xpath)
	require.NoError(t, err)
	require.Len(t, byXPath, 1, xpath)
	require.Same(t, byCSS[0], byXPath[0], "%s and %s", css, xpath)
	return byCSS[0]
}

// holds reports whether an element contains at least four fifths of the words of a block. Formulas are written as TeX,
// and the words of embeds and superscripts differ from the page's. Blocks of a few words always count as contained.
func holds(n *html.Node, b Block) bool {
	if b.Kind == BlockImage {
		return n.DataAtom == atom.Img || n.DataAtom == 0
	}
	inside := lettersIn(rawText(n))
	all, found := 0, 0
	for word := range strings.FieldsSeq(b.Text) {
		if word = lettersIn(word); len(word) > 2 {
			all++
			if strings.Contains(inside, word) {
				found++
			}
		}
	}
	return all < 4 || 10*found >= 8*all
}

func rawText(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return b.String()
}

func lettersIn(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) && r < 0x80 {
			return r
		}
		return -1
	}, s)
}
