package content

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/dom"
)

// A flowMode determines how inline content directly in a block element is built.
type flowMode uint8

const (
	paragraphs flowMode = iota // inline content becomes a paragraph
	direct                     // inline content goes into the element itself until a block follows
)

// flow builds the children of node i and appends them to the element out.
func (b *builder) flow(out *html.Node, i int32, mode flowMode) {
	f := flowBuilder{builder: b, out: out, mode: mode, attrs: b.tree.Nodes[i].HTML}
	f.children(i)
}

// A flowBuilder builds the content of one block element. It has that element and the open run of inline content.
type flowBuilder struct {
	*builder
	out   *html.Node
	mode  flowMode
	attrs *html.Node // if it is a <p>, paragraphs take their direction and language from it
	run   *html.Node // the target of inline content; nil if no run is open
}

func (f *flowBuilder) children(i int32) {
	t := f.tree
	for c := i + 1; c < t.Nodes[i].End; c = t.Nodes[c].End {
		if n := f.notes.at[c]; n != nil {
			f.note(n)
			c = n.To - 1
			for t.Nodes[c].End != n.To { // the last node of the range has the same end
				c = t.Nodes[c].Parent
			}
			continue
		}
		f.child(c)
	}
}

func (f *flowBuilder) child(c int32) {
	n := &f.tree.Nodes[c]
	switch {
	case n.Tag == atom.Hr:
		f.end()
		f.out.AppendChild(dom.NewElement(atom.Hr))
	case !f.kept(c):
		f.gap(c)
	case f.isEmbed(c):
		f.embed(c)
	case n.Form != block.Element:
		if f.run != nil || n.Form == block.Image || hasVisible(n.Text) {
			f.appendLeaf(f.open(), c)
		}
	case dom.IsBlockElement(n.Tag):
		f.end()
		f.block(c)
	case f.hasBlock(c):
		f.end()
		last := f.out.LastChild
		f.children(c)
		f.end()
		if n.Tag == atom.A {
			f.linkFirst(c, last)
		}
	default:
		if n.Tag == atom.Label && f.run != nil && f.run.LastChild != nil && f.tree.HasOwnLine(c) {
			f.run.AppendChild(dom.NewElement(atom.Br))
		}
		if number := f.notes.refs[c]; number > 0 {
			outer, inner := f.reference(c, number)
			f.inlineChildren(inner, c)
			f.open().AppendChild(outer)
		} else if outer, inner := f.wrappers(c); outer != nil {
			f.inlineChildren(inner, c)
			begins := f.run == nil
			f.open().AppendChild(outer)
			if begins && n.Tag == atom.Cite && f.out.DataAtom == atom.Blockquote && f.out.FirstChild == f.run {
				f.end() // the name of the speaker is on its own line above the quotation
			}
		} else {
			f.children(c)
		}
	}
}

// linkFirst puts the link c around the content of the first heading with text that was built from it, or of the first
// paragraph with text if there is none, unless the heading or paragraph contains a link or an image. The parameter
// after is the last node that was built before the link, or nil. Links around blocks, such as cards, are built in this
// way: the title becomes the link, and not a date or a label above it.
func (f *flowBuilder) linkFirst(c int32, after *html.Node) {
	next := f.out.FirstChild
	if after != nil {
		next = after.NextSibling
	}
	var title *html.Node
	for ; next != nil && (title == nil || !dom.IsHeadingNode(title)); next = next.NextSibling {
		if (dom.IsHeadingNode(next) || next.DataAtom == atom.P && title == nil) && hasVisible(dom.RawText(next)) {
			title = next
		}
	}
	if title == nil {
		return
	}
	link := f.inlineElement(c)
	if link == nil {
		return
	}
	for d := range title.Descendants() {
		if d.DataAtom == atom.A || d.DataAtom == atom.Img {
			return
		}
	}
	for _, c := range dom.TakeChildren(title) {
		link.AppendChild(c)
	}
	title.AppendChild(link)
}

// gap appends the spaces and line breaks of a node without kept content. A block element in it ends the run.
func (f *flowBuilder) gap(c int32) {
	for i := c; i < f.tree.Nodes[c].End && f.run != nil; i++ {
		n := &f.tree.Nodes[i]
		switch {
		case n.Form == block.Element && dom.IsBlockElement(n.Tag):
			f.end()
		case n.Tag == atom.Br:
			f.run.AppendChild(dom.NewElement(atom.Br))
		case n.Form == block.Text && !hasVisible(n.Text):
			f.run.AppendChild(dom.NewText(strings.ReplaceAll(n.Text, "\u00a0", " "))) // space in omitted content
		}
	}
}

// end closes the run of inline content.
func (f *flowBuilder) end() { f.run = nil }

// open returns the element that inline content goes into.
func (f *flowBuilder) open() *html.Node {
	switch {
	case f.run != nil:
	case f.mode == direct && f.out.FirstChild == nil:
		f.run = f.out
	default:
		f.run = f.paragraph()
		f.out.AppendChild(f.run)
	}
	return f.run
}

func (f *flowBuilder) paragraph() *html.Node {
	p := dom.NewElement(atom.P)
	for _, key := range [...]string{"dir", "lang"} {
		if value, ok := safeAttr(key, dom.Attr(f.attrs, key), nil, nil); ok && f.attrs.DataAtom == atom.P {
			p.Attr = append(p.Attr, html.Attribute{Key: key, Val: value})
		}
	}
	return p
}

// block builds one block element with kept content.
func (f *flowBuilder) block(c int32) {
	n := &f.tree.Nodes[c]
	if f.embedAgain(c) {
		return
	}
	if c == f.skipped {
		return
	}
	if n.Tag == atom.Figcaption && f.captionsText(c) {
		f.textCaption(c)
		return
	}
	if f.isFigure(c) {
		f.figure(c)
		return
	}
	if n.Tag == atom.Figure && f.tableFigure(c) {
		return
	}
	if isNesting(n.Tag) || f.quotes[c] {
		if f.depth == maxNesting {
			f.flow(f.out, c, paragraphs)
			return
		}
		f.depth++
		defer func() { f.depth-- }()
	}
	if f.quotes[c] {
		f.into(dom.NewElement(atom.Blockquote), c)
		return
	}
	switch n.Tag {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		f.heading(c)
	case atom.Ul, atom.Ol, atom.Dir, atom.Menu:
		f.list(c)
	case atom.Dl:
		if f.holdsNote(c) {
			f.flow(f.out, c, paragraphs)
			return
		}
		f.definitions(c)
	case atom.Blockquote:
		if f.posts[c] {
			figure := dom.NewElement(atom.Figure)
			inner := flowBuilder{builder: f.builder, out: figure, mode: paragraphs, attrs: n.HTML}
			inner.into(Element(n.HTML, f.resolve), c)
			appendFilled(f.out, figure)
			return
		}
		f.into(Element(n.HTML, f.resolve), c)
	case atom.Pre, atom.Listing, atom.Xmp, atom.Plaintext:
		f.code(c)
	case atom.Table:
		if f.holdsNote(c) {
			f.flow(f.out, c, paragraphs)
			return
		}
		f.table(c)
	case atom.Summary:
		if f.holdsHeading(c) {
			f.flow(f.out, c, paragraphs)
			return
		}
		p := dom.NewElement(atom.P)
		strong := dom.NewElement(atom.Strong)
		p.AppendChild(strong)
		f.inlineChildren(strong, c)
		f.out.AppendChild(p)
	default: // elements that only group others, and items outside a list
		f.flow(f.out, c, paragraphs)
	}
}

// holdsHeading reports whether a heading is kept inside node c.
func (b *builder) holdsHeading(c int32) bool {
	for i := c + 1; i < b.tree.Nodes[c].End; i++ {
		if dom.HeadingLevel(b.tree.Nodes[i].Tag) > 0 && b.kept(i) {
			return true
		}
	}
	return false
}

// into builds the children of node c, puts them into an element, and appends the element unless it is empty.
func (f *flowBuilder) into(element *html.Node, c int32) {
	f.flow(element, c, paragraphs)
	if element.FirstChild != nil {
		f.out.AppendChild(element)
	}
}

func isNesting(tag atom.Atom) bool {
	switch tag {
	case atom.Ul, atom.Ol, atom.Dir, atom.Menu, atom.Dl, atom.Blockquote, atom.Table:
		return true
	}
	return false
}

// heading builds a heading. A heading with only images is a logo, not a heading.
func (f *flowBuilder) heading(c int32) {
	if f.hasNoText(c) {
		f.flow(f.out, c, paragraphs)
		return
	}
	e := Element(f.tree.Nodes[c].HTML, f.resolve)
	f.inlineChildren(e, c)
	f.out.AppendChild(e)
}
