package cleaner

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"github.com/andybalholm/cascadia"
	"github.com/antchfx/htmlquery"
	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"

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

// placed counts blocks: all of them, those with a path, those whose element holds their text, those with text that is
// no picture's or caption's, and those of them that have offsets.
type placed struct{ pages, all, paths, holding, textual, offsets, likely, removed, removedPaths int }

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
}

func (n *placed) count(t *testing.T, doc *htmldoc.Document, a *Article) {
	t.Helper()
	n.pages++
	text := a.Text()
	for b := range a.Blocks() {
		n.all++
		if b.Kind != BlockImage && b.Kind != BlockCaption {
			n.textual++
		}
		if b.To > 0 {
			n.offsets++
			assert.Equal(t, b.Text, text[b.From:b.To])
		}
		if b.Probability > 0 {
			n.likely++
		}
		if b.CSS == "" {
			assert.Empty(t, b.XPath)
			t.Logf("NOPATH %s %.60q %v", b.Kind, b.Text, a.Provenance["content"])
			continue
		}
		n.paths++
		element := selected(t, doc.Root, b.CSS, b.XPath)
		if holds(element, b) {
			n.holding++
		} else {
			t.Logf("HOLDS %s %.90q\n     %.300q\n   %s", b.Kind, b.Text, rawText(element), b.CSS)
		}
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

// holds reports whether an element holds the text of a block.
func holds(n *html.Node, b Block) bool {
	if b.Kind == BlockImage {
		return n.Type == html.ElementNode
	}
	return strings.Contains(lettersIn(rawText(n)), lettersIn(b.Text))
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
