package cleaner

import (
	"flag"
	"os"
	"path/filepath"
	"regexp"
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
)

// placedPages is how many pages of the corpora TestPlacesOfTheCorpora cleans. 500 take two minutes.
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
	testPlaces(t, pages)
}

// placed counts blocks: all, those with a path, those whose element holds their text, those with offsets and those
// with a probability; and removals: all, and those with a path.
type placed struct{ pages, all, paths, holding, offsets, probabilities, removed, removedPaths int }

func testPlaces(t *testing.T, pages [][]byte) {
	t.Helper()
	var n placed
	for _, page := range pages {
		doc, err := htmldoc.ParseBytes(page, htmldoc.Source{URL: "https://weir.example/notes/eels"})
		require.NoError(t, err)
		if a, err := New(Options{Blocks: true}).CleanDocument(doc); err == nil {
			n.count(t, doc, a)
		}
	}
	t.Logf("%+v", n)
	assert.GreaterOrEqual(t, float64(n.holding), minHolding*float64(n.paths), "blocks whose elements have their words")
}

// minHolding is the share of blocks whose elements have their words; the others are embeds and formulas.
const minHolding = 0.98

// besideBlocks is what Text has beside the texts of blocks: markers of items and fences of code.
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

// selected returns the one element that a selector and an XPath select.
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

// holds reports whether an element holds nearly all words of a block: formulas are written as TeX, and what is embedded
// and superscripts in other words than the page's.
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
