package scraper

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// bodyText is the text of a page's body, for comparison with other pages.
type bodyText struct {
	// words are in document order. A picture or frame counts as one word, which is made of the last part of its
	// address: some pages do not differ in anything else.
	words []word
	// blocks are the indexes of the words that begin a block: a paragraph, an item of a list, a row of a table, a link.
	blocks []int
	// pictures are the names of the pictures, except for icons and for small ones with a random name.
	pictures []word
}

// text returns the text of the page's body.
func (p *Page) text() bodyText {
	t := bodyText{words: make([]word, 0, 64+len(p.Body)/16)}
	var block *html.Node // of the last word
	for n := next(p.Root, p.Root); n != nil; n = next(p.Root, n) {
		before := len(t.words)
		switch {
		case n.Type == html.TextNode && isShown(n.Parent):
			t.words = appendWords(t.words, n.Data)
		case n.DataAtom == atom.Img, n.DataAtom == atom.Frame, n.DataAtom == atom.Iframe:
			if name := fileName(attribute(n, "src")); name != "" {
				t.words = append(t.words, newWord("src"+name))
			}
			if n.DataAtom == atom.Img {
				t.addPicture(n)
			}
		case n.DataAtom == atom.Br:
			block = nil
		}
		if len(t.words) == before {
			continue
		}
		if own := blockOf(n); own != block {
			block = own
			t.blocks = append(t.blocks, before)
		}
	}
	return t
}

// words returns the words of the page's body.
func (p *Page) words() []word { return p.text().words }

// Widths and heights of pictures, in pixels.
const (
	minPicture   = 32  // a smaller picture counts as an icon or a counter
	largePicture = 200 // a larger one, on both sides, is no test for robots
)

// addPicture adds a picture. The address of a picture that is loaded late is in an attribute for scripts. The random
// name of a small picture, or of one of unknown size, shows nothing: some sites make up a new one for each request.
func (t *bodyText) addPicture(n *html.Node) {
	isLarge := true
	for _, side := range [...]string{"width", "height"} {
		pixels, err := strconv.Atoi(strings.TrimSuffix(attribute(n, side), "px"))
		if err == nil && pixels < minPicture {
			return
		}
		isLarge = isLarge && pixels > largePicture
	}
	for _, key := range [...]string{"data-src", "data-lazy-src", "data-original", "src"} {
		if name := fileName(attribute(n, key)); name != "" && (isLarge || !isRandomName(name)) {
			t.pictures = append(t.pictures, newWord("src"+name))
			return
		}
	}
}

// isRandomName reports whether a part of a file name is long and alternates between letters and digits.
func isRandomName(name string) bool {
	for part := range strings.FieldsFuncSeq(name, func(r rune) bool { return strings.ContainsRune("-_.~ ", r) }) {
		if _, changes := alternations(part); changes >= minAlternations && isOpaque(part) {
			return true
		}
	}
	return false
}

// blockOf returns the innermost element around a node that begins a new line, or the link around it, because lists of
// links are often on one line. The cells of a table's row are one block, because only together they say something.
func blockOf(n *html.Node) *html.Node {
	for n = n.Parent; n.Parent != nil; n = n.Parent {
		switch n.DataAtom {
		case atom.Abbr, atom.B, atom.Bdi, atom.Bdo, atom.Big, atom.Cite, atom.Code, atom.Del, atom.Dfn, atom.Em,
			atom.Font, atom.I, atom.Ins, atom.Kbd, atom.Label, atom.Mark, atom.Picture, atom.Q, atom.Ruby, atom.S, atom.Samp,
			atom.Small, atom.Span, atom.Strike, atom.Strong, atom.Sub, atom.Sup, atom.Td, atom.Th, atom.Time, atom.Tt, atom.U,
			atom.Var:
		default:
			return n
		}
	}
	return n
}
