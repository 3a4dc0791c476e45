package block

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/arena"
	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/formula"
)

// None is the index for "no node" and "no block".
const None = int32(-1)

// Form is how segmentation treats a node.
type Form uint8

// The forms of nodes.
const (
	// Element is the document node, or an element that has none of the forms below.
	Element Form = iota
	// Text is a text node.
	Text
	// Formula is mathematics in MathML or TeX. Its TeX is part of the text around it.
	Formula
	// Glyph is an image that replaces characters, such as an emoji.
	Glyph
	// Image is any other image or an SVG drawing. Its alternative text is not part of the text.
	Image
)

// A Node is one node of the page. Comments and doctypes are left out.
type Node struct {
	// HTML is the page's own node, or the one that replaces it. It is never changed.
	HTML *html.Node
	// Parent is the index of the parent, None for the root.
	Parent int32
	// End is one past the index of the last descendant.
	End int32
	// Tag is the element's name, 0 for text and for names that are unknown in HTML.
	Tag atom.Atom
	// Form is how segmentation treats the node.
	Form Form
	// known has the facts about the node that have been computed, and facts has those of them that are true.
	known, facts fact
	// path has the bits (see tagBit) of the tags of the node and its ancestors. With these bits, most searches for an
	// ancestor end at once.
	path uint32
	// Block is the index of the block that a text, formula or glyph belongs to, else None.
	Block int32
	// Text is what the node contributes to the text: a text node's data, a formula's TeX, a glyph's characters.
	Text string
}

// A fact is a property of a node. It is computed on first use and cached, because many blocks may depend on it.
type fact uint8

// The facts, as a bit set.
const (
	dataTable    fact = 1 << iota // see IsDataTable
	framedImage                   // see isFramedImage
	imageCaption                  // see isImageCaption
	realForm                      // see isRealForm
	fieldLabel                    // see isFieldLabel
)

// A Tree is a page in document order. It must not be used by several goroutines at once, because it caches results.
type Tree struct {
	Nodes []Node
	// controls has the form controls by their ids, collected on first use.
	controls map[string]int32
}

// has reports whether a fact is true for node i. It calls find if that is not known yet.
func (t *Tree) has(f fact, i int32, find func(t *Tree, i int32) bool) bool {
	n := &t.Nodes[i]
	if n.known&f == 0 {
		n.known |= f
		if find(t, i) {
			n.facts |= f
		}
	}
	return n.facts&f != 0
}

// NewTree flattens a parsed page. It does not recurse, and it does not change root. The function replace, if not nil,
// is called for each element. It returns nil to keep the element, or the node to use instead, which must have the same
// parent and next sibling.
func NewTree(root *html.Node, replace func(*html.Node) *html.Node) *Tree {
	return NewTreeIn(make([]Node, 0, 1024), root, replace)
}

// NewTreeIn is like NewTree but appends the nodes to an empty slice, which the tree then owns.
func NewTreeIn(nodes []Node, root *html.Node, replace func(*html.Node) *html.Node) *Tree {
	t := &Tree{Nodes: nodes}
	parent := None
	n := root
	for n != nil {
		if replace != nil && n.Type == html.ElementNode {
			if other := replace(n); other != nil {
				n = other
			}
		}
		index, descend := t.add(n, parent)
		if descend && n.FirstChild != nil {
			parent, n = index, n.FirstChild
			continue
		}
		for n != nil && n.NextSibling == nil && n != root {
			if n = n.Parent; n == nil {
				return t
			}
			t.Nodes[parent].End = int32(len(t.Nodes))
			parent = t.Nodes[parent].Parent
		}
		if n == root {
			break
		}
		n = n.NextSibling
	}
	if len(t.Nodes) > 0 {
		t.Nodes[0].End = int32(len(t.Nodes))
	}
	return t
}

// add appends n, unless it is invisible, and returns its index and whether its children must be visited too.
func (t *Tree) add(n *html.Node, parent int32) (index int32, descend bool) {
	index = int32(len(t.Nodes))
	node := Node{HTML: n, Parent: parent, End: index + 1, Block: None}
	descend = true
	switch n.Type {
	case html.TextNode:
		node.Form, node.Text = Text, n.Data
		if n.Parent == nil || !dom.IsProgram(n.Parent.DataAtom) { // code is not part of the text, and often long
			node.Text = dom.Printable(n.Data)
		}
	case html.ElementNode:
		node.Tag = n.DataAtom
		node.Form, node.Text = leafForm(n)
		node.Text = dom.Printable(node.Text)
		descend = node.Form == Element
	case html.DocumentNode:
	default: // comments, doctypes and similar nodes are invisible
		return index, false
	}
	if node.Tag != 0 {
		node.path = tagBit(node.Tag)
	}
	if parent != None {
		node.path |= t.Nodes[parent].path
	}
	t.Nodes = arena.Push(t.Nodes, node)
	return index, descend
}

// leafForm returns the form and the text of an element. An element whose form is not Element becomes one node, without
// its descendants.
func leafForm(n *html.Node) (Form, string) {
	switch {
	case n.DataAtom == atom.Math && n.Namespace == "math":
		return Formula, formula.Text(n)
	case n.DataAtom == atom.Script && formula.IsTeXScript(n):
		return Formula, formula.TeX(n)
	case n.DataAtom == atom.Img || n.Data == "amp-img":
		if alt := dom.Attr(n, "alt"); isGlyph(alt) || isSmiley(dom.Attr(n, "class"), alt) {
			return Glyph, alt
		}
		return Image, ""
	case n.Namespace == "svg":
		// A drawing is not text, and its title and labels are not text of the page.
		return Image, ""
	}
	return Element, ""
}

// isGlyph reports whether alternative text is an emoji or a similar symbol: short, without letters and digits. Blog
// engines write emoji as images with such text.
func isGlyph(alt string) bool {
	if alt == "" || len(alt) > 32 {
		return false
	}
	for _, r := range alt {
		if r == 0x200D { // zero-width joiner: combines emoji into one
			continue
		}
		if r < 0x203C { // everything below the first emoji: letters, digits, ASCII and Latin punctuation
			return false
		}
		if r >= 0x2E80 && r < 0x1F000 && r != 0xFE0F { // the characters of East Asian languages: words, not pictures
			return false
		}
	}
	return true
}

// isSmiley reports whether an image's class says that it shows the characters of its alternative text as a smiley, such
// as ":)".
func isSmiley(class, alt string) bool {
	if alt == "" || len(alt) > 16 || class == "" {
		return false
	}
	for name := range strings.FieldsSeq(class) {
		switch name {
		case "emoji", "wp-smiley", "smiley", "smilie", "smilies", "emoticon", "emojione":
			return true
		}
	}
	return false
}

// Attr returns the value of an attribute of node i, or "" if there is none.
func (t *Tree) Attr(i int32, key string) string {
	if n := &t.Nodes[i]; n.Form != Text {
		return dom.Attr(n.HTML, key)
	}
	return ""
}

// Contains reports whether node i is the node outer or one of its descendants.
func (t *Tree) Contains(outer, i int32) bool {
	return outer <= i && i < t.Nodes[outer].End
}

// Ancestor returns the nearest node, from node i upward, that has one of the tags. It returns None if there is none.
func (t *Tree) Ancestor(i int32, tags ...atom.Atom) int32 {
	wanted := uint32(0)
	for _, tag := range tags {
		wanted |= tagBit(tag)
	}
	for ; i != None && t.Nodes[i].path&wanted != 0; i = t.Nodes[i].Parent {
		for _, tag := range tags {
			if t.Nodes[i].Tag == tag {
				return i
			}
		}
	}
	return None
}

// tagBit returns one of 32 bits for a tag. The factor was chosen so that no tag that Ancestor looks for shares its bit
// with html, body, div, span, p, ul, li, section, article, main, tbody, tr or td, which most paths have.
func tagBit(tag atom.Atom) uint32 {
	return 1 << (uint32(tag) * 1233698541 >> 27)
}
