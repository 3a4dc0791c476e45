package content

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// isFigure reports whether node c contains a caption and, apart from it, only images. A gallery, in which pictures have
// their own captions, is not a figure.
func (b *builder) isFigure(c int32) bool {
	if b.resolve == nil && b.tree.Nodes[c].Tag != atom.Figure ||
		b.before[b.tree.Nodes[c].End].captions == b.before[c].captions {
		return false
	}
	places, turns := 0, 0
	for i := c; i < b.tree.Nodes[c].End; i++ {
		n := &b.tree.Nodes[i]
		if (n.Tag == atom.Figcaption || n.Tag == atom.Figure && i > c) && b.kept(i) {
			if places++; places > 1 { // a gallery, whose pictures have their own captions
				return false
			}
		}
		if n.Tag == atom.Pre || n.Tag == atom.Table && b.isData(i) {
			return false
		}
		if b.keep[i] && n.Form == block.Image {
			turns += 1 - turns%2
			continue
		}
		if !b.keep[i] || n.Form == block.Element || n.Block == block.None {
			continue
		}
		if b.blocks[n.Block].Kind != block.Caption {
			return false
		}
		if turns += turns % 2; turns > 3 { // a picture, its caption, a picture, its caption
			return false
		}
	}
	return true
}

// figure builds a figure of images and embeds with their caption. A caption of several blocks becomes one caption.
func (f *flowBuilder) figure(c int32) {
	figure, caption := dom.NewElement(atom.Figure), dom.NewElement(atom.Figcaption)
	for i := c; i < f.tree.Nodes[c].End; i++ {
		if f.isEmbed(i) && f.keep[i] {
			figure.AppendChild(f.embedLink(i))
			i = f.tree.Nodes[i].End - 1
			continue
		}
		if n := &f.tree.Nodes[i]; f.keep[i] && n.Form == block.Image {
			if img := f.linkedImage(i); img != nil {
				figure.AppendChild(img)
			}
		}
	}
	f.inFigure, f.captionEnd = true, 0
	f.inlineChildren(caption, c)
	f.inFigure = false
	for d := range caption.Descendants() {
		if d.DataAtom == atom.Img { // the figure already has this image
			d.Type, d.Data, d.DataAtom, d.Attr = html.TextNode, "", 0, nil
		}
	}
	figure.AppendChild(caption)
	f.out.AppendChild(figure)
}

// betweenParts returns what separates a block in a caption from the part before it. It is a space, or a line break if
// the parts would otherwise read like one sentence, as in "The weir at night Nilla Brandt".
func (b *builder) betweenParts(c int32) *html.Node {
	if !unicode.IsLetter(b.captionEnd) && !unicode.IsDigit(b.captionEnd) {
		return dom.NewText(" ")
	}
	for i := c; i < b.tree.Nodes[c].End; i++ {
		if n := &b.tree.Nodes[i]; b.keep[i] && n.Form == block.Text && hasVisible(n.Text) {
			if first, _ := utf8.DecodeRuneInString(strings.TrimLeftFunc(n.Text, unicode.IsSpace)); unicode.IsLetter(first) {
				return dom.NewElement(atom.Br)
			}
			break
		}
	}
	return dom.NewText(" ")
}

// captionsText reports whether the caption c is in a figure of text, such as a quotation, code or an algorithm, without
// pictures.
func (b *builder) captionsText(c int32) bool {
	figure := b.tree.Ancestor(c, atom.Figure)
	if figure == block.None || b.resolve == nil {
		return false
	}
	found := false
	for i := figure; i < b.tree.Nodes[figure].End; i++ {
		n := &b.tree.Nodes[i]
		if b.keep[i] && (n.Form == block.Image || b.isEmbed(i)) {
			return false
		}
		found = found || b.keep[i] && n.Form != block.Element && n.Block != block.None &&
			b.blocks[n.Block].Kind != block.Caption
	}
	return found
}

// textCaption builds the caption of a text as paragraphs: the name of the speaker, or a remark. A caption above the
// text is its title, which is in bold.
func (f *flowBuilder) textCaption(c int32) {
	first := f.out.LastChild
	f.flow(f.out, c, paragraphs)
	if f.isBelowText(c) || f.hasBlock(c) {
		return
	}
	if p := f.out.LastChild; p != nil && p != first && p.DataAtom == atom.P {
		strong := dom.NewElement(atom.Strong)
		for _, e := range dom.TakeChildren(p) {
			strong.AppendChild(e)
		}
		p.AppendChild(strong)
	}
}

// isBelowText reports whether something is kept in the figure of a caption above the caption.
func (b *builder) isBelowText(caption int32) bool {
	return b.before[caption].leaves > b.before[b.tree.Ancestor(caption, atom.Figure)].leaves
}

// linkedImage returns an image, in its link if the link contains only images. Such a link usually leads to a larger
// image.
func (b *builder) linkedImage(c int32) *html.Node {
	img := safeImage(b.tree.Nodes[c].HTML, b.resolve, b.sources)
	if img != nil {
		b.origins.note(img, c, c)
	}
	a := b.tree.Ancestor(c, atom.A)
	if img == nil || a == block.None || !b.hasNoText(a) {
		return img
	}
	link := b.inlineElement(a)
	if link == nil || dom.Attr(link, "href") == dom.Attr(img, "src") {
		return img
	}
	link.AppendChild(img)
	return link
}

// isFilePage reports whether a link leads to a wiki's page about a picture, such as File:Eel.jpg.
func isFilePage(href string) bool {
	name := text.AfterSlash(href)
	_, file, found := strings.Cut(name, ":")
	return found && !strings.HasPrefix(file, "//") && pictureName.In(strings.ToLower(file))
}

// LeadsToPicture reports whether a link leads to the file of a picture.
func LeadsToPicture(href string) bool {
	path, _, _ := strings.Cut(href, "?")
	dot := strings.LastIndexByte(path, '.')
	return dot >= 0 && len(path)-dot <= len(".jpeg") && pictureName.InLower(strings.ToLower(path[dot:]))
}
