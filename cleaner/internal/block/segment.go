package block

import (
	"strings"

	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/arena"
	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// Segment splits the page into blocks, in document order. It leaves out nodes for which skip is true, with their
// descendants. In each text, formula and glyph of the tree, it stores the index of the block to which that node
// belongs.
func Segment(t *Tree, skip []bool) []Block { return new(Segmenter).Segment(t, skip) }

// A Segmenter splits one page after another and reuses its memory. The zero value is ready for use.
type Segmenter struct{ segmenter }

// Forget drops the references to the last page.
func (s *Segmenter) Forget() {
	s.tree, s.skip = nil, nil
	clear(s.blocks)
}

// Segment is like the function Segment. The blocks are valid until the next call of Segment or Forget.
func (s *Segmenter) Segment(t *Tree, skip []bool) []Block {
	s.segmenter = segmenter{
		tree: t, skip: skip, blocks: s.blocks[:0], spans: s.spans[:0], text: s.text[:0], stack: s.stack[:0],
		linkText: s.linkText[:0],
	}
	for i := int32(0); i < int32(len(t.Nodes)); {
		s.leave(i)
		if skip[i] {
			i = t.Nodes[i].End
			continue
		}
		i = s.visit(i)
	}
	s.leave(int32(len(t.Nodes)))
	s.flush()
	return s.finish()
}

// The type open describes an element that the walk has entered and not yet left.
type open struct {
	node int32
	end  int32
	kind openKind
}

type openKind uint8

const (
	openBlock openKind = iota
	openLink
	openPre
)

type segmenter struct {
	tree   *Tree
	skip   []bool
	blocks []Block
	// spans has the start and end of each block's text in the field text. The method finish turns that field into one
	// string.
	spans []span
	text  []byte
	// stack contains the open block elements, links and <pre> elements. owner is the innermost block element. links and
	// pres are the numbers of open links and <pre> elements.
	stack       []open
	owner       int32
	links, pres int

	// The run that is being built.
	first, last int32 // its first node, and one past its last; first is None if there is no run
	start       int   // where its text starts in the field text
	space       bool  // a space must be written before the next character
	breaks      int   // line breaks since the last character
	linkText    []span
}

type span struct{ start, end int }

// leave closes the open elements that end before node i.
func (s *segmenter) leave(i int32) {
	for len(s.stack) > 0 && s.stack[len(s.stack)-1].end <= i {
		top := s.stack[len(s.stack)-1]
		s.stack = s.stack[:len(s.stack)-1]
		switch top.kind {
		case openBlock:
			s.flush()
			s.owner = s.innermostBlock()
		case openLink:
			s.links--
		case openPre:
			s.pres--
		}
	}
}

func (s *segmenter) innermostBlock() int32 {
	for k := len(s.stack) - 1; k >= 0; k-- {
		if s.stack[k].kind == openBlock {
			return s.stack[k].node
		}
	}
	return 0
}

// visit processes node i and returns the index of the next node to visit.
func (s *segmenter) visit(i int32) int32 {
	n := &s.tree.Nodes[i]
	switch n.Form {
	case Text, Formula, Glyph:
		s.add(i, n)
		return n.End
	case Image:
		return n.End
	case Element:
	}
	switch {
	case n.Tag == atom.Br:
		s.lineBreak()
	case n.Tag == atom.Hr:
		s.flush()
	case n.Tag == atom.Wbr:
	case dom.IsBlockElement(n.Tag):
		s.flush()
		s.push(i, n.End, openBlock)
		s.owner = i
		if n.Tag == atom.Pre || n.Tag == atom.Listing || n.Tag == atom.Xmp || n.Tag == atom.Plaintext {
			s.push(i, n.End, openPre)
			s.pres++
		}
	case n.Tag == atom.Label && s.tree.HasOwnLine(i):
		s.space = true
	case n.Tag == atom.A && dom.HasAttr(n.HTML, "href"):
		s.push(i, n.End, openLink)
		s.links++
	}
	return i + 1
}

func (s *segmenter) push(i, end int32, kind openKind) {
	s.stack = append(s.stack, open{node: i, end: end, kind: kind})
}

func (s *segmenter) lineBreak() {
	if s.pres > 0 {
		s.text = append(s.text, '\n')
		return
	}
	if s.breaks++; s.breaks >= 2 {
		s.flush()
		s.breaks = 2
	}
}

// add appends a node's text to the run. It starts a run if there is none.
func (s *segmenter) add(i int32, n *Node) {
	if s.first == None || s.start == len(s.text) && s.pres == 0 {
		if isBlank(n.Text) && (s.pres == 0 || n.Text == "") {
			return
		}
		if s.first == None {
			s.first = i
		}
	}
	before := len(s.text)
	if s.pres > 0 {
		s.text = append(s.text, n.Text...)
	} else {
		s.collapse(n.Text, n.Form != Text)
	}
	if s.links > 0 && len(s.text) > before {
		s.linkText = append(s.linkText, span{before, len(s.text)})
	}
	n.Block = int32(len(s.blocks))
	s.last = n.End
}

// collapse appends text with its white space collapsed. The parameter whole is true for the text of a formula or a
// glyph: white space at its ends is dropped, because it is markup and not a space between words.
func (s *segmenter) collapse(text string, whole bool) {
	if whole {
		text = strings.TrimSpace(text)
	}
	for text != "" {
		if space := leadingSpace(text); space > 0 {
			s.space = true
			text = text[space:]
			continue
		}
		end := 1
		for end < len(text) && !mayBeSpace[text[end]] {
			end++
		}
		if len(s.text) > s.start {
			if s.breaks > 0 {
				s.text = append(s.text, '\n')
			} else if s.space {
				s.text = append(s.text, ' ')
			}
		}
		s.space, s.breaks = false, 0
		s.text = append(s.text, text[:end]...)
		text = text[end:]
	}
}

// mayBeSpace has the bytes with which the characters begin that leadingSpace counts.
var mayBeSpace = [256]bool{' ': true, '\t': true, '\n': true, '\r': true, '\f': true, 0xC2: true}

// leadingSpace returns the length of the white space that text begins with, or 0. A no-break space (C2 A0) also
// separates words.
func leadingSpace(text string) int {
	n := 0
	for n < len(text) && mayBeSpace[text[n]] {
		if text[n] == 0xC2 {
			if n+1 == len(text) || text[n+1] != 0xA0 {
				break
			}
			n++
		}
		n++
	}
	return n
}

// flush ends the run that is being built, and makes it a block if it has visible text.
func (s *segmenter) flush() {
	defer s.reset()
	if s.first == None {
		return
	}
	if isBlank(s.text[s.start:]) {
		s.disown()
		s.text = s.text[:s.start]
		return
	}
	b := Block{Elem: s.owner, First: s.first, End: s.last}
	for _, l := range s.linkText {
		b.LinkWords += int32(text.CountWords(s.text[l.start:l.end]))
	}
	b.Words = int32(text.CountWords(s.text[s.start:]))
	b.LinkWords = min(b.LinkWords, b.Words)
	b.Kind, b.Level = s.tree.kindOf(s.owner, s.first, s.last)
	s.blocks = arena.Push(s.blocks, b)
	s.spans = arena.Push(s.spans, span{s.start, len(s.text)})
}

// disown resets the block index of the nodes of a run that turned out to have no visible text.
func (s *segmenter) disown() {
	for i := s.first; i < s.last; i++ {
		if s.tree.Nodes[i].Block == int32(len(s.blocks)) {
			s.tree.Nodes[i].Block = None
		}
	}
}

func (s *segmenter) reset() {
	s.first, s.last = None, None
	s.start = len(s.text)
	s.space, s.breaks = false, 0
	s.linkText = s.linkText[:0]
}

// finish converts the text of all blocks to one string, and gives each block its part of that string.
func (s *segmenter) finish() []Block {
	all := string(s.text)
	for i := range s.blocks {
		s.blocks[i].Text = all[s.spans[i].start:s.spans[i].end]
	}
	return s.blocks
}

func isBlank[text string | []byte](s text) bool {
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case ' ', '\t', '\n', '\r', '\f':
		case 0xC2:
			if i+1 >= len(s) || s[i+1] != 0xA0 {
				return false
			}
			i++
		case 0xE2: // zero-width space and joiners, which editors leave in empty paragraphs
			if i+2 >= len(s) || s[i+1] != 0x80 || s[i+2] < 0x8B || s[i+2] > 0x8D {
				return false
			}
			i += 2
		default:
			return false
		}
	}
	return true
}
