package content

import (
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// Tidy brings content to its normal form: white space is collapsed, empty elements are removed except table cells,
// paragraphs are split at two line breaks, and images at the start of a line are in figures of their own. Content in
// this form does not change if it is written as HTML, parsed and built again. The article's JSON relies on that. Tidy
// updates origins, which may be nil.
func Tidy(root *html.Node, origins Origins) {
	tidier{origins}.flow(root, false)
	displayAlone(root)
	listBullets(root)
	drawRules(root)
	trimRules(root)
}

// drawRules replaces paragraphs such as "* * *" and "-----", which separate the parts of a text, by horizontal rules.
func drawRules(root *html.Node) {
	for _, c := range dom.Children(root) {
		if c.DataAtom == atom.P && isDrawnRule(c) {
			root.InsertBefore(dom.NewElement(atom.Hr), c)
			root.RemoveChild(c)
		}
	}
}

// isDrawnRule reports whether a paragraph consists of at least three equal signs that authors draw a line with.
func isDrawnRule(p *html.Node) bool {
	signs, first := 0, rune(0)
	for d := range p.Descendants() {
		if d.DataAtom == atom.Img || d.DataAtom == atom.Code || d.Namespace != "" {
			return false
		}
		if d.Type != html.TextNode {
			continue
		}
		for _, r := range d.Data {
			switch {
			case unicode.IsSpace(r) || isInvisible(r):
				continue
			case signs > 0 && r != first || !strings.ContainsRune(ruleSigns, r):
				return false
			}
			first = r
			signs++
		}
	}
	return signs >= minRuleSigns
}

// ruleSigns are the signs that authors draw lines with. "###" is not one of them: it ends a press release.
const ruleSigns = "*-_=~+–—―•·⁂∗＊※◇◆━─"

// minRuleSigns is the minimum number of signs in a drawn line. Fewer may be a value, the mark of a footnote or a
// placeholder.
const minRuleSigns = 3

// displayAlone makes a formula a display formula if it is alone in a paragraph or a definition.
func displayAlone(root *html.Node) {
	for n := range root.Descendants() {
		only := n.FirstChild
		if n.DataAtom != atom.P && n.DataAtom != atom.Dd || only == nil || only.NextSibling != nil ||
			only.Namespace != "math" {
			continue
		}
		if dom.Attr(only, "display") == "" {
			only.Attr = append(only.Attr, html.Attribute{Key: "display", Val: "block"})
		}
		if n.DataAtom == atom.Dd {
			n.RemoveChild(only)
			p := dom.NewElement(atom.P)
			p.AppendChild(only)
			n.AppendChild(p)
		}
	}
}

// A tidier brings one tree to its normal form.
type tidier struct{ origins Origins }

// flow tidies the children of a container: blocks and, if direct is true, inline content before them. It reports
// whether anything is left.
func (t tidier) flow(n *html.Node, direct bool) bool {
	s := inlineNormalizer{parent: n, origins: t.origins}
	if direct {
		s.target = n
	}
	filled := false
	for _, c := range dom.TakeChildren(n) {
		if !dom.IsBlockNode(c) {
			s.node(c)
			continue
		}
		s.close()
		switch {
		case c.DataAtom == atom.P || dom.IsHeadingNode(c) && onlyImages(c):
			s.proto = c
			s.children(c)
			s.close()
			s.proto = nil
		case c.DataAtom == atom.Figure:
			filled = t.figure(n, c) || filled
		case c.DataAtom == atom.Dl || c.DataAtom == atom.Table:
			if figure := pictureBox(c); figure != nil {
				filled = t.figure(n, figure) || filled
			} else if t.block(c) {
				n.AppendChild(c)
				filled = true
			}
		case t.block(c):
			n.AppendChild(c)
			filled = filled || c.DataAtom != atom.Hr
		}
	}
	s.close()
	if filled = filled || s.filled; !filled {
		dom.TakeChildren(n) // horizontal rules separate nothing if there is nothing else
	}
	return filled
}

// block tidies a block and reports whether it has anything to show.
func (t tidier) block(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Hr:
		return true
	case atom.Pre:
		return !text.IsBlankLine(dom.RawText(n))
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Figcaption, atom.Caption:
		s := inlineNormalizer{parent: n, target: n, single: true, origins: t.origins}
		for _, c := range dom.TakeChildren(n) {
			s.node(c)
		}
		return s.filled
	case atom.Li, atom.Dt, atom.Dd, atom.Td, atom.Th:
		return t.flow(n, true)
	case atom.Blockquote:
		return t.flow(n, false)
	}
	filled := false // lists, tables and their parts
	for _, c := range dom.TakeChildren(n) {
		has := t.block(c)
		if has || isCell(c) {
			n.AppendChild(c)
		}
		filled = filled || has
	}
	return filled
}

// figure appends a figure to the node out. If the figure has no caption, each of its images becomes a figure. If it has
// only a caption, the caption goes into the figure before it. figure reports whether anything was appended.
func (t tidier) figure(out, figure *html.Node) bool {
	var images []*html.Node
	var caption *html.Node
	for _, c := range dom.TakeChildren(figure) {
		if c.DataAtom == atom.Blockquote {
			if t.block(c) {
				images = append(images, c)
			}
		} else if c.DataAtom != atom.Figcaption {
			images = append(images, c)
		} else if t.block(c) {
			caption = c
		}
	}
	if caption != nil {
		if last := out.LastChild; len(images) == 0 && isBareFigure(last) { // the caption is in a separate box
			last.AppendChild(caption)
			return true
		}
		for _, img := range append(images, caption) {
			figure.AppendChild(img)
		}
		out.AppendChild(figure)
		return true
	}
	for _, img := range images {
		one := dom.NewElement(atom.Figure)
		one.AppendChild(img)
		out.AppendChild(one)
	}
	return len(images) > 0
}

// isBareFigure reports whether a node is a figure of a picture without a caption.
func isBareFigure(n *html.Node) bool {
	return n != nil && n.DataAtom == atom.Figure && n.FirstChild != nil && n.FirstChild == n.LastChild &&
		onlyImages(n)
}

func isCell(n *html.Node) bool { return n.DataAtom == atom.Td || n.DataAtom == atom.Th }

// onlyImages reports whether a node has an image and no text.
func onlyImages(n *html.Node) bool {
	found := false
	for d := range n.Descendants() {
		switch {
		case d.Type == html.TextNode && hasVisible(d.Data):
			return false
		case d.DataAtom == atom.Img:
			found = true
		}
	}
	return found
}

// trimRules drops horizontal rules that separate nothing: at the start, at the end, or before another rule.
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

// hasVisible reports whether text has anything except white space and invisible characters.
func hasVisible(s string) bool {
	return strings.TrimFunc(s, func(r rune) bool { return unicode.IsSpace(r) || isInvisible(r) }) != ""
}

// isInvisible reports whether a character only allows or forbids a line break.
func isInvisible(r rune) bool { return r == '\u00AD' || r == '\u200B' || r == '\uFEFF' }
