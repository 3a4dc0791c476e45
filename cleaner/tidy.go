package cleaner

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// tidy collapses white space in every run of inline content, and drops what is then empty.
func tidy(root *html.Node) {
	for c := root.FirstChild; c != nil; {
		next := c.NextSibling
		tidyBlock(c)
		if isHollow(c) {
			root.RemoveChild(c)
		}
		c = next
	}
	trimRules(root)
}

// tidyBlock tidies a block element. Items and cells hold inline content and then blocks: each stretch is a run.
func tidyBlock(n *html.Node) {
	if n.DataAtom == atom.Pre {
		return
	}
	var run []*html.Node
	for c := n.FirstChild; ; {
		if c == nil || isBlockNode(c) {
			tidyRun(run)
			run = run[:0]
		}
		if c == nil {
			break
		}
		next := c.NextSibling
		if isBlockNode(c) {
			tidyBlock(c)
			if isHollow(c) {
				n.RemoveChild(c)
			}
		} else {
			run = append(run, c)
		}
		c = next
	}
}

// isBlockNode reports whether a node of a safe tree is a block.
func isBlockNode(n *html.Node) bool {
	if n.Type != html.ElementNode || n.Namespace != "" {
		return false
	}
	switch n.DataAtom {
	case atom.P, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Ul, atom.Ol, atom.Li, atom.Dl, atom.Dt, atom.Dd, atom.Blockquote,
		atom.Pre, atom.Table, atom.Caption, atom.Thead, atom.Tbody, atom.Tfoot, atom.Tr, atom.Td, atom.Th, atom.Figure, atom.Figcaption, atom.Hr:
		return true
	}
	return false
}

// isHollow reports whether a block has nothing to show. Cells may be empty: they hold their column's place.
func isHollow(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Hr, atom.Td, atom.Th, atom.Img:
		return false
	}
	return n.FirstChild == nil
}

// trimRules drops horizontal rules that separate nothing: first, last, or doubled.
func trimRules(root *html.Node) {
	for c := root.FirstChild; c != nil; {
		next := c.NextSibling
		if c.DataAtom == atom.Hr && (c.PrevSibling == nil || next == nil || next.DataAtom == atom.Hr) {
			root.RemoveChild(c)
		}
		c = next
	}
	for root.LastChild != nil && root.LastChild.DataAtom == atom.Hr {
		root.RemoveChild(root.LastChild)
	}
}

// A spacer collapses the white space of one run of inline content.
type spacer struct {
	last    *html.Node // the text node that ends in a space, which goes if nothing follows
	content bool       // something stands since the start of the line
}

// tidyRun collapses white space over the nodes of a run as a browser does: one space at most, none at the ends of lines.
func tidyRun(run []*html.Node) {
	s := spacer{}
	for _, n := range run {
		s.node(n)
	}
	s.endLine()
	trimBreaks(run)
	for _, n := range run {
		pruneEmpty(n)
	}
}

func (s *spacer) node(n *html.Node) {
	switch {
	case n.Type == html.TextNode:
		s.text(n)
	case n.DataAtom == atom.Br:
		s.endLine()
	case n.DataAtom == atom.Img || n.Namespace != "":
		s.last, s.content = nil, true
	default:
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			s.node(c)
		}
	}
}

func (s *spacer) text(n *html.Node) {
	var b strings.Builder
	b.Grow(len(n.Data))
	space := s.last != nil || !s.content
	for _, r := range n.Data {
		switch r {
		case ' ', '\t', '\n', '\r', '\f':
			if !space {
				b.WriteByte(' ')
			}
			space = true
		case '\u00AD', '\u200B', '\uFEFF': // invisible: where a word may be broken
		default:
			b.WriteRune(r)
			space = false
			s.content = true
		}
	}
	if n.Data = b.String(); n.Data == "" {
		return
	}
	s.last = nil
	if space {
		s.last = n
	}
}

// endLine drops the space that the line ends in.
func (s *spacer) endLine() {
	if s.last != nil {
		s.last.Data = strings.TrimSuffix(s.last.Data, " ")
	}
	s.last, s.content = nil, false
}

// trimBreaks drops line breaks at the ends of a run.
func trimBreaks(run []*html.Node) {
	for _, n := range run {
		if n.DataAtom != atom.Br && !isEmptyText(n) {
			break
		}
		detach(n)
	}
	for i := len(run) - 1; i >= 0; i-- {
		if run[i].DataAtom != atom.Br && !isEmptyText(run[i]) {
			break
		}
		detach(run[i])
	}
}

func isEmptyText(n *html.Node) bool {
	return n.Type == html.TextNode && strings.Trim(n.Data, " \u00A0") == ""
}

func detach(n *html.Node) {
	if n.Parent != nil {
		n.Parent.RemoveChild(n)
	}
}

// pruneEmpty removes inline elements and texts without content.
func pruneEmpty(n *html.Node) {
	if n.Type == html.TextNode {
		if n.Data == "" {
			detach(n)
		}
		return
	}
	if n.Namespace != "" || n.DataAtom == atom.Br || n.DataAtom == atom.Img || n.DataAtom == atom.Wbr {
		return
	}
	for c := n.FirstChild; c != nil; {
		next := c.NextSibling
		pruneEmpty(c)
		c = next
	}
	if n.FirstChild == nil {
		detach(n)
	}
}
