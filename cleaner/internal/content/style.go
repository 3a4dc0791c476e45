package content

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/dom"
)

// Word processors and old editors write emphasis, superscripts and subscripts as spans with styles. Style sheets are
// not read, so only the style attribute counts.

// A look is a way in which a style shows text.
type look uint8

const (
	bold look = iota
	italic
	struck
	raised
	lowered
	looks // the number of looks
)

// lookTags lists the element for each look.
var lookTags = [looks]atom.Atom{atom.Strong, atom.Em, atom.S, atom.Sup, atom.Sub}

// maxRaised is the maximum number of bytes in a superscript or subscript. Longer text is only aligned differently.
// maxLoneLine is the maximum number of bytes in a line that is emphasized as a whole. A longer one is a paragraph whose
// font is a matter of design.
const maxRaised, maxLoneLine = 16, 100

// looksOf returns the looks in an element's style.
func looksOf(n *html.Node) (has [looks]bool) {
	for declaration := range strings.SplitSeq(strings.ToLower(dom.Attr(n, "style")), ";") {
		property, value, _ := strings.Cut(declaration, ":")
		value, _, _ = strings.Cut(value, "!")
		value = strings.TrimSpace(value)
		switch strings.TrimSpace(property) {
		case "font-weight":
			weight, _ := strconv.Atoi(value)
			has[bold] = value == "bold" || value == "bolder" || weight >= 600
		case "font-style":
			has[italic] = value == "italic" || value == "oblique"
		case "text-decoration", "text-decoration-line":
			has[struck] = has[struck] || strings.Contains(value, "line-through")
		case "vertical-align":
			has[raised], has[lowered] = value == "super", value == "sub"
		}
	}
	return has
}

// isPlain reports whether the style of an element for bold or italic text takes its look away, as in the <b> that
// Google Docs puts around everything that is copied.
func isPlain(n *html.Node) bool {
	var property string
	switch n.DataAtom {
	case atom.B, atom.Strong:
		property = "font-weight"
	case atom.I, atom.Em:
		property = "font-style"
	default:
		return false
	}
	_, value, found := strings.Cut(strings.ReplaceAll(strings.ToLower(dom.Attr(n, "style")), " ", ""), property+":")
	return found && (strings.HasPrefix(value, "normal") || strings.HasPrefix(value, "400"))
}

// wrappers returns the elements that content has for the inline element c: the outermost and the innermost, or nil if c
// is dissolved.
func (b *builder) wrappers(c int32) (outer, inner *html.Node) {
	n := &b.tree.Nodes[c]
	if e := b.inlineElement(c); e != nil || b.resolve == nil || n.Tag != atom.Span && n.Tag != atom.Font ||
		!dom.HasAttr(n.HTML, "style") {
		return e, e
	}
	has := looksOf(n.HTML)
	for l := range looks {
		if !has[l] || !b.mayLook(c, l) {
			continue
		}
		e := dom.NewElement(lookTags[l])
		if outer == nil {
			outer, inner = e, e
			continue
		}
		inner.AppendChild(e)
		inner = e
	}
	return outer, inner
}

// mayLook reports whether the look of node c is emphasis. It is not in headings, header cells and code, in a paragraph
// that has the look as a whole, and on a page most of which has it.
func (b *builder) mayLook(c int32, l look) bool {
	t := b.tree
	if t.Ancestor(c, atom.Code, atom.Kbd, atom.Samp, atom.Pre) != block.None {
		return false
	}
	if l == raised || l == lowered {
		return t.Nodes[c].End-c <= maxRaised && b.weighLooks(c, t.Nodes[c].End).all <= maxRaised
	}
	if t.Ancestor(c, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Th) != block.None {
		return false
	}
	if !b.looks.known {
		b.looks = lookWeights{known: true, block: block.None, page: b.weighLooks(0, int32(len(t.Nodes)))}
	}
	if 2*b.looks.page.with[l] > b.looks.page.all {
		return false
	}
	first := c
	for t.Nodes[first].Block == block.None && first < t.Nodes[c].End-1 {
		first++
	}
	if t.Nodes[first].Block == block.None {
		return false
	}
	if at := t.Nodes[first].Block; at != b.looks.block {
		b.looks.block, b.looks.around = at, b.weighLooks(b.blocks[at].First, b.blocks[at].End)
	}
	w := b.looks.around
	return w.with[l] < w.all || w.all <= maxLoneLine
}

// lookWeights caches the weights of the page and of the block that was weighed last.
type lookWeights struct {
	known        bool
	block        int32
	page, around lookWeight
}

// A lookWeight counts bytes of kept text: all of it, and the text with each look.
type lookWeight struct {
	all  int
	with [looks]int
}

// weighLooks weighs the kept text of the nodes from one index up to another.
func (b *builder) weighLooks(from, to int32) (w lookWeight) {
	var until [looks]int32
	enter := func(n *block.Node) {
		if n.Tag != atom.Span && n.Tag != atom.Font || !dom.HasAttr(n.HTML, "style") {
			return
		}
		for l, has := range looksOf(n.HTML) {
			if has {
				until[l] = max(until[l], n.End)
			}
		}
	}
	t := b.tree
	for at := t.Nodes[from].Parent; at != block.None && !dom.IsBlockElement(t.Nodes[at].Tag); at = t.Nodes[at].Parent {
		enter(&t.Nodes[at]) // a block begins with its first text
	}
	for i := from; i < to; i++ {
		n := &t.Nodes[i]
		enter(n)
		if n.Form != block.Text || !b.keep[i] {
			continue
		}
		size := len(strings.TrimSpace(n.Text))
		w.all += size
		for l := range looks {
			if i < until[l] {
				w.with[l] += size
			}
		}
	}
	return w
}
