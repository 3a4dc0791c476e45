package canon

import (
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/dom"
)

// headingOf returns the form of a heading or a term that needs a change: a link to the heading or term itself is
// removed, the number of a step is moved from the element before a heading into the heading, the parameters of a term
// are put on one line, or spaces are put between fields. It returns nil for other elements.
func (w *Writer) headingOf(n *html.Node) *html.Node {
	if n.DataAtom == atom.Dt {
		if form := w.signatureLinesOf(n); form != nil {
			return form
		}
	} else if form := w.stepHeadingOf(n); form != nil {
		return form
	}
	a := onlyChild(n)
	if a == nil || a.DataAtom != atom.A || a.FirstChild == nil {
		return w.fieldsOf(n)
	}
	id, own := strings.CutPrefix(dom.Attr(a, "href"), "#")
	if !own || id == "" || id != dom.Attr(n, "id") && id != dom.Attr(a, "id") && !w.is(a, namedPermalink) {
		return nil
	}
	form := &html.Node{Type: n.Type, Data: n.Data, DataAtom: n.DataAtom, Attr: n.Attr}
	w.copyChildren(form, a, nil)
	return in(form, n)
}

// selfLinkOf returns the text of a link that points to itself, as manuals have on every term. It returns an empty form
// for a tool next to a code block and for the second link to a file, and nil for other links and for a link whose text
// contains no letter.
func (w *Writer) selfLinkOf(n *html.Node) *html.Node {
	if isBesidePre(n) && w.is(n, namedTool) || w.isSecondLink(n) {
		return w.withoutTool(n)
	}
	id, within := strings.CutPrefix(dom.Attr(n, "href"), "#")
	isOwn := n.Parent != nil && n.Parent.DataAtom == atom.Dt && id != "" && dom.Attr(n.Parent, "id") == id
	if !within || !w.is(n, namedPermalink) && !isOwn ||
		!strings.ContainsFunc(w.rawText(n), unicode.IsLetter) {
		return nil
	}
	form := dom.NewElement(atom.Span)
	w.copyChildren(form, n, nil)
	return in(form, n)
}

// isSecondLink reports whether a link is a button to download the file that the link just before it leads to.
func (w *Writer) isSecondLink(n *html.Node) bool {
	if !dom.HasAttr(n, "download") {
		return false
	}
	before := n.PrevSibling
	for before != nil && before.Type == html.TextNode && strings.TrimSpace(before.Data) == "" {
		before = before.PrevSibling
	}
	href := dom.Attr(n, "href")
	return before != nil && before.DataAtom == atom.A && href != "" && dom.Attr(before, "href") == href &&
		w.holdsText(before)
}

// isBesidePre reports whether a code block is next to an element or next to the box around the element.
func isBesidePre(n *html.Node) bool {
	for range 2 {
		for _, s := range [...]*html.Node{dom.PreviousElement(n), dom.NextElement(n)} {
			if s != nil && s.DataAtom == atom.Pre {
				return true
			}
		}
		if n = n.Parent; n == nil || dom.IsBlockElement(n.DataAtom) && n.DataAtom != atom.Div {
			return false
		}
	}
	return false
}

// onlyLink reports whether an element contains one link and nothing else.
func onlyLink(n *html.Node) bool {
	a := onlyChild(n)
	return a != nil && a.DataAtom == atom.A
}

// linkedCodeOf returns the form of inline code whose whole content is a link: a link with code in it, as Markdown
// writes it. It returns nil for other elements.
func (w *Writer) linkedCodeOf(n *html.Node) *html.Node {
	if !onlyLink(n) || n.FirstChild.NextSibling != nil || n.Parent == nil || n.Parent.DataAtom == atom.Pre {
		return nil
	}
	a := n.FirstChild
	form, code := dom.NewElement(atom.A), dom.NewElement(atom.Code)
	form.Attr, code.Attr = a.Attr, n.Attr
	w.copyChildren(code, a, nil)
	form.AppendChild(code)
	return in(form, n)
}
