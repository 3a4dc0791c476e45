package content

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// maxInline is the maximum depth of inline elements in content. Deeper ones are dissolved.
const maxInline = 32

// An inlineNormalizer puts inline content into lines and paragraphs. It moves leaves, and copies the elements around a
// leaf only when it moves the leaf. So no element is empty, and line breaks and spaces are as far outside as possible.
type inlineNormalizer struct {
	// parent is the container. target is the element that is being filled: parent itself while its direct inline
	// content lasts, a paragraph, or nil until a leaf opens one.
	parent, target *html.Node
	// proto is the paragraph whose attributes new paragraphs get. It may be nil.
	proto *html.Node
	// single means that all content goes into one element, which nothing splits, as in headings and captions.
	single bool
	// path contains the inline elements around the current position, outermost first.
	path []inlineLevel
	// breaks is the number of line breaks since the last leaf, and space is the white space since then.
	breaks int
	space  []byte
	// indent is the width of that white space as an indent, and indents are those of the lines of the target.
	indent  int
	indents []indent
	// alone is the outermost element that is known to contain no text before the next split.
	alone *html.Node
	// filled reports whether a leaf was added.
	filled bool
	// growing is the text node that was appended to last, and grown is its content.
	growing *html.Node
	grown   strings.Builder
	origins Origins
}

// An inlineLevel is an element of the input and its copy in the output. The copy is nil until it has content. No level
// with a copy is inside a level without one.
type inlineLevel struct{ from, to *html.Node }

// close ends the element that is being filled. The next leaf begins a paragraph.
func (s *inlineNormalizer) close() {
	s.keepIndents()
	s.target, s.breaks, s.space, s.indent, s.alone = nil, 0, s.space[:0], 0, nil
	for i := range s.path {
		s.path[i].to = nil
	}
}

func (s *inlineNormalizer) children(n *html.Node) {
	for c := n.FirstChild; c != nil; {
		next := c.NextSibling
		s.node(c)
		c = next
	}
}

func (s *inlineNormalizer) node(n *html.Node) {
	switch {
	case n.Type == html.TextNode:
		s.text(n)
	case n.Type != html.ElementNode:
	case n.Namespace != "":
		if hasVisible(dom.RawText(n)) {
			s.formula(n)
		}
	case n.DataAtom == atom.Br:
		s.breaks++
		s.indent = 0
	case n.DataAtom == atom.Img:
		if s.standsAlone(n) {
			s.figure(n)
		} else {
			s.leaf(n)
		}
	case len(s.path) >= maxInline || !s.mayHold(n):
		s.children(n)
	default:
		s.path = append(s.path, inlineLevel{from: n})
		s.children(n)
		s.path = s.path[:len(s.path)-1]
	}
}

// mayHold reports whether an element may be at the current position. Links and parts of a ruby are not nested, because
// a parser would close the outer one. Nor is an element without attributes nested in one with the same tag, such as
// emphasis, because that would change nothing. Exceptions are <q>, <sub> and <sup>.
func (s *inlineNormalizer) mayHold(n *html.Node) bool {
	for _, l := range s.path {
		switch {
		case n.DataAtom == atom.A && l.from.DataAtom == atom.A:
			return false
		case isRubyPart(n) && isRubyPart(l.from):
			return false
		case n.DataAtom == l.from.DataAtom && len(n.Attr) == 0 && n.DataAtom != atom.Q && n.DataAtom != atom.Sub &&
			n.DataAtom != atom.Sup:
			return false
		}
	}
	return true
}

func isRubyPart(n *html.Node) bool {
	return n.DataAtom == atom.Rt || n.DataAtom == atom.Rp || n.DataAtom == atom.Rb
}

// text appends text with its white space collapsed as in browsers: at most one space, and no space at the ends of a
// line. Other spaces stay as they are inside a line, except that several no-break spaces, or no-break and ordinary
// spaces in a row, become one space: editors write them for layout.
func (s *inlineNormalizer) text(n *html.Node) {
	data := n.Data
	if !utf8.ValidString(data) { // markup from a caller
		data = string([]rune(data))
	}
	var at *html.Node
	first := ""
	var b strings.Builder // used if first is not the whole text
	for i := 0; i < len(data); {
		end := visibleRun(data, i)
		if end == i {
			i += s.unseen(data[i:])
			continue
		}
		switch {
		case at == nil:
			at, first = s.begin(), data[i:end]
		case b.Len() == 0:
			b.Grow(len(data))
			b.WriteString(first)
			fallthrough
		default:
			b.Write(s.space)
			b.WriteString(data[i:end])
			s.space = s.space[:0]
		}
		i = end
	}
	if b.Len() > 0 {
		first = b.String()
	}
	switch {
	case at == nil:
	case first == n.Data && (at.LastChild == nil || at.LastChild.Type != html.TextNode):
		dom.Detach(n)
		at.AppendChild(n)
	default:
		s.appendText(at, first)
		s.origins.join(at.LastChild, n)
	}
}

var noBreakSpace = []byte("\u00a0")

// unseen skips the white-space or invisible character at the start of a text and returns its length. It records white
// space, which is written before the next leaf.
func (s *inlineNormalizer) unseen(data string) int {
	r, size := utf8.DecodeRuneInString(data)
	s.widen(r)
	switch {
	case isInvisible(r):
	case r == ' ' || r == '\t' || r == '\n' || r == '\r' || r == '\f':
		s.space = bytes.TrimSuffix(s.space, noBreakSpace)
		if n := len(s.space); n == 0 || s.space[n-1] != ' ' {
			s.space = append(s.space, ' ')
		}
	case r == '\u00a0' && len(s.space) > 0 && s.space[len(s.space)-1] == ' ': // the space before it is enough
	case r == '\u00a0' && bytes.HasSuffix(s.space, noBreakSpace):
		s.space = append(s.space[:len(s.space)-len(noBreakSpace)], ' ')
	default:
		s.space = utf8.AppendRune(s.space, r)
	}
	return size
}

// visibleRun returns the end of the text that can be copied unchanged from start: words with one space between them.
func visibleRun(data string, start int) int {
	end := start
	for i := start; i < len(data); {
		c := data[i]
		switch {
		case c > ' ' && c < utf8.RuneSelf:
			i++
		case c == ' ' && end == i && end > start:
			i++
			continue // the space counts only if a word follows
		default:
			r, size := utf8.DecodeRuneInString(data[i:])
			if isInvisible(r) || text.IsSpace(r) {
				return end
			}
			i += size
		}
		end = i
	}
	return end
}

// appendText appends text. It extends the text node at the end of n, if there is one.
func (s *inlineNormalizer) appendText(n *html.Node, text string) {
	last := n.LastChild
	if last == nil || last.Type != html.TextNode {
		n.AppendChild(dom.NewText(text))
		return
	}
	if s.growing != last { // string concatenation would copy the text for each piece
		s.growing = last
		s.grown.Reset()
		s.grown.WriteString(last.Data)
	}
	s.grown.WriteString(text)
	last.Data = s.grown.String()
}

// formula appends a formula. A display formula gets a paragraph of its own, except in cells, headings and captions.
func (s *inlineNormalizer) formula(n *html.Node) {
	alone := dom.Attr(n, "display") == "block" && !s.single && !isCell(s.parent)
	if alone {
		s.close()
	}
	s.leaf(n)
	if alone {
		s.close()
	}
}

func (s *inlineNormalizer) leaf(n *html.Node) {
	at := s.begin()
	dom.Detach(n)
	at.AppendChild(n)
}

// begin prepares for a leaf and returns the element that it goes into.
func (s *inlineNormalizer) begin() *html.Node {
	if width := s.indent; s.cuts() && s.breaks >= 2 {
		s.close()
		s.indent = width
	}
	if s.target == nil {
		s.target = dom.NewElement(atom.P)
		if s.proto != nil && s.proto.DataAtom == atom.P {
			s.target.Attr = s.proto.Attr
		}
		s.parent.AppendChild(s.target)
	}
	at, open := s.target, 0
	for open < len(s.path) && s.path[open].to != nil {
		at = s.path[open].to
		open++
	}
	switch {
	case s.target.FirstChild == nil:
		s.noteIndent(nil)
	case s.breaks > 0:
		br := dom.NewElement(atom.Br)
		at.AppendChild(br)
		s.noteIndent(br)
	case len(s.space) > 0:
		s.appendText(at, string(s.space))
	}
	for ; open < len(s.path); open++ {
		from := s.path[open].from
		to := &html.Node{Type: from.Type, Data: from.Data, DataAtom: from.DataAtom, Attr: from.Attr}
		s.path[open].to = to
		at.AppendChild(to)
		at = to
	}
	s.breaks, s.space, s.indent, s.filled = 0, s.space[:0], 0, true
	return at
}

// cuts reports whether two line breaks end the element that is being filled. They do not end a heading, a caption, or
// the direct content of an item or a cell.
func (s *inlineNormalizer) cuts() bool { return !s.single && s.target != s.parent }

// standsAlone reports whether an image becomes a figure: it begins a line, and no text shares its link or emphasis.
func (s *inlineNormalizer) standsAlone(img *html.Node) bool {
	cut := s.target == nil || s.cuts() && s.breaks >= 2
	switch {
	case s.single || !cut && s.breaks == 0 && s.target.FirstChild != nil:
		return false
	case len(s.path) == 0:
		return true
	case !cut && s.path[0].to != nil:
		return false
	case s.alone == s.path[0].from && s.breaks < 2:
		return true
	}
	if !s.noTextAfter(img, s.path[0].from) {
		return false
	}
	s.alone = s.path[0].from
	return true
}

// noTextAfter reports whether no text follows an image in the element top, up to its end or up to the next split.
func (s *inlineNormalizer) noTextAfter(img, top *html.Node) bool {
	breaks := 0
	for n := dom.Following(img, top, false); n != nil; n = dom.Following(n, top, false) {
		switch {
		case n.Type == html.TextNode:
			if hasVisible(n.Data) {
				return false
			}
		case n.DataAtom == atom.Img:
			breaks = 0
		case n.DataAtom == atom.Br:
			if breaks++; breaks >= 2 && s.cuts() {
				return true
			}
		}
	}
	return true
}

// figure puts an image into a figure of its own, together with its link.
func (s *inlineNormalizer) figure(img *html.Node) {
	figure := dom.NewElement(atom.Figure)
	at := figure
	for _, l := range s.path {
		if l.from.DataAtom == atom.A && dom.Attr(l.from, "href") != dom.Attr(img, "src") {
			at = &html.Node{Type: html.ElementNode, Data: l.from.Data, DataAtom: atom.A, Attr: l.from.Attr}
			figure.AppendChild(at)
		}
	}
	dom.Detach(img)
	at.AppendChild(img)
	alone := s.alone
	s.close()
	s.alone, s.filled = alone, true
	s.parent.AppendChild(figure)
}
