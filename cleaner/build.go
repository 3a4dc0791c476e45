package cleaner

import (
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/block"
)

// A builder makes a safe tree of the kept leaves of a page and the structure around them. Elements that
// say nothing to a reader are dissolved; every run of inline content ends up in a paragraph, heading, item, cell or caption.
type builder struct {
	tree    *block.Tree
	blocks  []block.Block
	resolve func(string) (string, bool)
	// before[i] is the number of kept leaves before node i: what tells in constant time whether a subtree has any.
	before []int32
	keep   []bool
}

// build returns an article element with the kept leaves.
func build(t *block.Tree, blocks []block.Block, keep []bool, resolve func(string) (string, bool)) *html.Node {
	b := &builder{tree: t, blocks: blocks, keep: keep, resolve: resolve, before: make([]int32, len(t.Nodes)+1)}
	for i := range t.Nodes {
		b.before[i+1] = b.before[i]
		if keep[i] && t.Nodes[i].Form != block.Element {
			b.before[i+1]++
		}
	}
	root := newElement(atom.Article)
	if len(t.Nodes) > 0 {
		b.flow(root, 0, paragraphs)
	}
	tidy(root)
	return root
}

// kept reports whether anything at or below node i is kept.
func (b *builder) kept(i int32) bool { return b.before[b.tree.Nodes[i].End] > b.before[i] }

// A flowMode says what becomes of inline content in a block context.
type flowMode uint8

const (
	paragraphs flowMode = iota // it becomes a paragraph
	direct                     // it stands in the element itself until a block follows: items and cells
)

// flow builds the children of node i into out.
func (b *builder) flow(out *html.Node, i int32, mode flowMode) {
	f := flower{builder: b, out: out, mode: mode, attrs: b.tree.Nodes[i].HTML}
	f.children(i)
}

// A flower is one flow: the block element that is being filled, and the run of inline content that is open in it.
type flower struct {
	*builder
	out    *html.Node
	mode   flowMode
	attrs  *html.Node // whose direction and language the paragraphs take
	run    *html.Node // where inline content goes; nil if none is open
	breaks int        // line breaks since the last content of the run
}

func (f *flower) children(i int32) {
	t := f.tree
	for c := i + 1; c < t.Nodes[i].End; c = t.Nodes[c].End {
		f.child(c)
	}
}

func (f *flower) child(c int32) {
	n := &f.tree.Nodes[c]
	switch {
	case n.Tag == atom.Br:
		f.breaks++
	case n.Tag == atom.Hr:
		f.end()
		f.out.AppendChild(newElement(atom.Hr))
	case !f.kept(c):
		if n.Form == block.Text && f.run != nil && n.Text != "" && isBlankLine(n.Text) {
			f.run.AppendChild(newText(" "))
		} else if n.Form == block.Element && block.IsBlockElement(n.Tag) {
			f.end()
		}
	case n.Form == block.Image:
		f.image(c)
	case n.Form != block.Element:
		f.inlineRun(c)
	case block.IsBlockElement(n.Tag):
		f.end()
		f.block(c)
	case f.hasBlock(c):
		f.end()
		f.children(c)
		f.end()
	case f.onlyImages(c) && (f.run == nil || f.breaks >= 2 && f.mode == paragraphs):
		f.end()
		f.children(c)
	default:
		f.inlineRun(c)
	}
}

// end closes the run of inline content.
func (f *flower) end() { f.run, f.breaks = nil, 0 }

// inlineRun adds inline content to the open run, or opens one. Two line breaks in a row open a new one.
func (f *flower) inlineRun(c int32) {
	n := &f.tree.Nodes[c]
	if n.Form == block.Text && isBlankLine(n.Text) {
		if f.run != nil {
			f.run.AppendChild(newText(" "))
		}
		return
	}
	if f.run != nil && f.breaks >= 2 && f.mode == paragraphs {
		f.end()
	}
	if f.run == nil {
		f.breaks = 0
		switch {
		case f.mode == direct && f.out.FirstChild == nil:
			f.run = f.out
		default:
			f.run = f.paragraph()
			f.out.AppendChild(f.run)
		}
	}
	if f.breaks > 0 {
		f.run.AppendChild(newElement(atom.Br))
		f.breaks = 0
	}
	f.inline(f.run, c)
}

func (f *flower) paragraph() *html.Node {
	p := newElement(atom.P)
	for _, key := range [...]string{"dir", "lang"} {
		if value, ok := safeAttr(key, block.Attr(f.attrs, key), nil, nil); ok && f.attrs.DataAtom == atom.P {
			p.Attr = append(p.Attr, html.Attribute{Key: key, Val: value})
		}
	}
	return p
}

// image adds an image: to the sentence that it stands in, else as a figure.
func (f *flower) image(c int32) {
	img := f.linkedImage(c)
	switch {
	case img == nil:
	case f.run != nil && f.breaks == 0:
		f.run.AppendChild(img)
	default:
		f.end()
		figure := newElement(atom.Figure)
		figure.AppendChild(img)
		f.out.AppendChild(figure)
	}
}

// linkedImage is an image in the link that holds it and other images only: the way to a larger one, mostly.
func (b *builder) linkedImage(c int32) *html.Node {
	img := safeImage(b.tree.Nodes[c].HTML, b.resolve)
	a := b.tree.Ancestor(c, atom.A)
	if img == nil || a == block.None || !b.onlyImages(a) {
		return img
	}
	link := safeElement(b.tree.Nodes[a].HTML, b.resolve)
	if link == nil || len(link.Attr) == 0 {
		return img
	}
	link.AppendChild(img)
	return link
}

// hasBlock reports whether a block element with kept content, or an image that stands alone, is inside an inline element.
func (b *builder) hasBlock(i int32) bool {
	for c := i + 1; c < b.tree.Nodes[i].End; c++ {
		if block.IsBlockElement(b.tree.Nodes[c].Tag) && b.kept(c) {
			return true
		}
	}
	return false
}

// onlyImages reports whether all that is kept below node i are images.
func (b *builder) onlyImages(i int32) bool {
	for c := i; c < b.tree.Nodes[i].End; c++ {
		if b.keep[c] && b.tree.Nodes[c].Form != block.Image && b.tree.Nodes[c].Form != block.Element {
			return false
		}
	}
	return true
}

// block builds one block element with kept content.
func (f *flower) block(c int32) {
	n := &f.tree.Nodes[c]
	if f.isFigure(c) {
		f.figure(c)
		return
	}
	switch n.Tag {
	case atom.P:
		f.flow(f.out, c, paragraphs)
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		f.inlineElement(n.Tag, c)
	case atom.Ul, atom.Ol, atom.Dir, atom.Menu:
		f.list(c)
	case atom.Dl:
		f.definitions(c)
	case atom.Blockquote:
		f.into(safeElement(n.HTML, f.resolve), c, paragraphs)
	case atom.Pre, atom.Listing, atom.Xmp, atom.Plaintext:
		f.code(c)
	case atom.Table:
		f.table(c)
	case atom.Summary:
		p := newElement(atom.P)
		strong := newElement(atom.Strong)
		p.AppendChild(strong)
		f.inlineChildren(strong, c)
		f.out.AppendChild(p)
	case atom.Li, atom.Dt, atom.Dd: // outside of a list
		f.flow(f.out, c, paragraphs)
	default:
		f.flow(f.out, c, paragraphs)
	}
}

// into builds the children of c into element, and adds it if anything came of them.
func (f *flower) into(element *html.Node, c int32, mode flowMode) {
	f.flow(element, c, mode)
	if element.FirstChild != nil {
		f.out.AppendChild(element)
	}
}

// inlineElement builds an element that holds inline content only.
func (f *flower) inlineElement(tag atom.Atom, c int32) {
	if f.onlyImages(c) {
		f.flow(f.out, c, paragraphs)
		return
	}
	e := safeElement(f.tree.Nodes[c].HTML, f.resolve)
	if e == nil || e.DataAtom != tag {
		e = newElement(tag)
	}
	f.inlineChildren(e, c)
	f.out.AppendChild(e)
}

// isFigure reports whether node c holds nothing but a caption, with or without its images.
func (b *builder) isFigure(c int32) bool {
	captions := 0
	for i := c; i < b.tree.Nodes[c].End; i++ {
		n := &b.tree.Nodes[i]
		if n.Tag == atom.Pre || n.Tag == atom.Table && b.tree.IsDataTable(i) {
			return false
		}
		if !b.keep[i] || n.Form == block.Element || n.Form == block.Image || n.Block == block.None {
			continue
		}
		if b.blocks[n.Block].Kind != block.Caption {
			return false
		}
		captions++
	}
	return captions > 0
}

// figure builds images and their caption. The caption of several blocks is one caption.
func (f *flower) figure(c int32) {
	figure, caption := newElement(atom.Figure), newElement(atom.Figcaption)
	for i := c; i < f.tree.Nodes[c].End; i++ {
		n := &f.tree.Nodes[i]
		switch {
		case !f.keep[i]:
		case n.Form == block.Image:
			if img := f.linkedImage(i); img != nil {
				figure.AppendChild(img)
			}
		}
	}
	f.inlineChildren(caption, c)
	for d := range caption.Descendants() {
		if d.DataAtom == atom.Img { // it stands in the figure already
			d.Type, d.Data, d.DataAtom, d.Attr = html.TextNode, "", 0, nil
		}
	}
	figure.AppendChild(caption)
	f.out.AppendChild(figure)
}

// inlineChildren builds all children of node i as inline content.
func (b *builder) inlineChildren(out *html.Node, i int32) {
	t := b.tree
	for c := i + 1; c < t.Nodes[i].End; c = t.Nodes[c].End {
		b.inline(out, c)
	}
}

// inline builds node c as inline content; block elements inside of it become spaces.
func (b *builder) inline(out *html.Node, c int32) {
	n := &b.tree.Nodes[c]
	if n.Tag == atom.Br {
		out.AppendChild(newElement(atom.Br))
		return
	}
	if !b.kept(c) {
		if n.Form == block.Text && n.Text != "" && isBlankLine(n.Text) {
			out.AppendChild(newText(" "))
		}
		return
	}
	switch n.Form {
	case block.Text, block.Glyph:
		out.AppendChild(newText(n.Text))
		return
	case block.Formula:
		out.AppendChild(safeFormula(n.HTML, n.Text))
		return
	case block.Image:
		if img := safeImage(n.HTML, b.resolve); img != nil {
			out.AppendChild(img)
		}
		return
	case block.Element:
	}
	if block.IsBlockElement(n.Tag) {
		out.AppendChild(newText(" "))
		b.inlineChildren(out, c)
		out.AppendChild(newText(" "))
		return
	}
	e := safeElement(n.HTML, b.resolve)
	if e == nil || e.DataAtom == atom.A && len(e.Attr) == 0 {
		b.inlineChildren(out, c)
		return
	}
	b.inlineChildren(e, c)
	out.AppendChild(e)
}
