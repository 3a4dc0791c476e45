package canon

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// titledBlocks are the classes of AsciiDoc blocks that may have a title.
var titledBlocks = text.SetOf(
	"exampleblock", "sidebarblock", "listingblock", "literalblock", "quoteblock", "verseblock", "openblock", "stemblock",
	"imageblock", "videoblock", "audioblock", "ulist", "olist", "dlist", "hdlist", "qlist", "colist", "paragraph",
)

// blockTitleOf returns the form of the title of an AsciiDoc block, in the markup of Asciidoctor: a paragraph in bold.
// It returns nil for other elements.
func (w *Writer) blockTitleOf(n *html.Node) *html.Node {
	if !isBlockTitle(n) || !w.holdsText(n) {
		return nil
	}
	p := titleOf("")
	w.copyChildren(p.FirstChild, n, nil)
	return in(p, n)
}

// docutilsTitles are the classes of paragraphs that are titles, in the markup of docutils and Sphinx.
var docutilsTitles = text.SetOf("rubric", "topic-title", "sidebar-title")

// paragraphTitleOf returns the form of a paragraph that is a title by its class: a paragraph in bold. It returns nil
// for other paragraphs.
func (w *Writer) paragraphTitleOf(n *html.Node) *html.Node {
	for name := range strings.FieldsSeq(dom.Attr(n, "class")) {
		if docutilsTitles.Has(name) && w.holdsText(n) {
			p := titleOf("")
			w.copyChildren(p.FirstChild, n, nil)
			return in(p, n)
		}
	}
	return nil
}

// isBlockTitle reports whether an element is the title of an AsciiDoc block. The title of a sidebar is in the box with
// the sidebar's content.
func isBlockTitle(n *html.Node) bool {
	if n.DataAtom != atom.Div || dom.Attr(n, "class") != "title" || n.Parent == nil {
		return false
	}
	box := n.Parent
	if box.Parent != nil && dom.Attr(box, "class") == "content" {
		box = box.Parent
	}
	for name := range strings.FieldsSeq(dom.Attr(box, "class")) {
		if titledBlocks.Has(name) {
			return true
		}
	}
	return false
}

// titledImageOf returns the form of an AsciiDoc image with a title: a figure with a caption. It returns nil for other
// boxes.
func (w *Writer) titledImageOf(n *html.Node) *html.Node {
	if !dom.HasToken(dom.Attr(n, "class"), "imageblock") {
		return nil
	}
	title := n.LastChild
	for title != nil && !isBlockTitle(title) {
		title = title.PrevSibling
	}
	if title == nil {
		return nil
	}
	figure, caption := dom.NewElement(atom.Figure), dom.NewElement(atom.Figcaption)
	figure.Attr = n.Attr
	w.copyChildren(figure, n, title)
	w.copyChildren(caption, title, nil)
	w.recordCopy(caption, title)
	figure.AppendChild(caption)
	return in(figure, n)
}

// maxRoleHeading is the maximum length of a heading by role, in bytes.
const maxRoleHeading = 200

// roleHeadingOf returns the form of a box or a paragraph with the role of a heading and a level (WAI-ARIA 1.2,
// "heading"): the heading. It returns nil for other elements, for boxes with blocks in them, and for level 1, which is
// often the name of the site.
func (w *Writer) roleHeadingOf(n *html.Node) *html.Node {
	level := dom.Attr(n, "aria-level")
	if dom.Attr(n, "role") != "heading" || len(level) != 1 || level[0] < '2' || level[0] > '6' {
		return nil
	}
	size := 0
	for d := w.next(n, n, false); d != nil; d = w.next(d, n, false) {
		switch {
		case d.Type == html.TextNode:
			size += len(strings.TrimSpace(d.Data))
		case d.Type == html.ElementNode && dom.IsBlockElement(d.DataAtom):
			return nil
		}
		if size > maxRoleHeading {
			return nil
		}
	}
	if size == 0 {
		return nil
	}
	form := dom.NewElement([...]atom.Atom{atom.H2, atom.H3, atom.H4, atom.H5, atom.H6}[level[0]-'2'])
	for _, a := range n.Attr {
		if a.Key == "class" || a.Key == "id" {
			form.Attr = append(form.Attr, a)
		}
	}
	w.copyChildren(form, n, nil)
	return in(form, n)
}
