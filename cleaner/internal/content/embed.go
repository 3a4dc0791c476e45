package content

import (
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/dom"
)

// isEmbed reports whether node i is an embed. An embed becomes a link in a figure of its own, like a picture. It does
// not count as text. Frames are never written.
func (b *builder) isEmbed(i int32) bool {
	if len(b.embeds) == 0 {
		return false
	}
	_, ok := b.embeds[i]
	return ok
}

// embedLink returns the link to the content of a frame or a player.
func (b *builder) embedLink(i int32) *html.Node {
	e := b.embeds[i]
	a := dom.NewElement(atom.A)
	if href, ok := safeURL(e.Address, nil, "http", "https"); ok {
		a.Attr = []html.Attribute{{Key: "href", Val: href}}
	}
	a.AppendChild(b.origins.note(dom.NewText(e.Label()), i, i))
	return a
}

// embed appends the figure for the content of a frame or a player.
func (f *flowBuilder) embed(i int32) {
	f.end()
	figure := dom.NewElement(atom.Figure)
	figure.AppendChild(f.embedLink(i))
	f.out.AppendChild(figure)
}

// embedAgain builds the figure of an embed or a post in content that has been built before, and reports whether the
// node is such a figure: a figure with a text link or a quote, and perhaps a caption.
func (f *flowBuilder) embedAgain(c int32) bool {
	t := f.tree
	if f.resolve != nil || t.Nodes[c].Tag != atom.Figure {
		return false
	}
	figure := dom.NewElement(atom.Figure)
	for i := c + 1; i < t.Nodes[c].End; i = t.Nodes[i].End {
		switch n := &t.Nodes[i]; {
		case n.Tag == atom.A && f.kept(i) && !f.hasNoText(i):
			a := Element(n.HTML, nil)
			f.inlineChildren(a, i)
			figure.AppendChild(a)
		case n.Tag == atom.Blockquote && f.kept(i):
			inner := flowBuilder{builder: f.builder, out: figure, mode: paragraphs, attrs: n.HTML}
			inner.into(Element(n.HTML, nil), i)
		case n.Tag == atom.Figcaption && figure.FirstChild != nil:
			caption := dom.NewElement(atom.Figcaption)
			f.inlineChildren(caption, i)
			figure.AppendChild(caption)
		case n.Form == block.Text && !hasVisible(n.Text):
		default:
			return false
		}
	}
	if figure.FirstChild == nil ||
		figure.FirstChild.DataAtom != atom.A && figure.FirstChild.DataAtom != atom.Blockquote {
		return false
	}
	f.out.AppendChild(figure)
	return true
}
