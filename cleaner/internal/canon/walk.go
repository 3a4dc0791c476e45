package canon

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/dom"
)

// next is like dom.Following but counts its steps. It returns nil when there have been too many steps.
func (w *Writer) next(n, top *html.Node, skip bool) *html.Node {
	if w.steps++; w.steps > maxSteps {
		return nil
	}
	return dom.Following(n, top, skip)
}

// holds reports whether a node contains a node for which the function is returns true.
func (w *Writer) holds(n *html.Node, is func(d *html.Node) bool) bool {
	for d := w.next(n, n, false); d != nil; d = w.next(d, n, false) {
		if is(d) {
			return true
		}
	}
	return false
}

// isBelow reports whether a node is inside another one.
func isBelow(n, outer *html.Node) bool {
	for n != nil && n != outer {
		n = n.Parent
	}
	return n != nil
}

// holdsText reports whether an element contains any text.
func (w *Writer) holdsText(n *html.Node) bool {
	return w.holds(n, func(d *html.Node) bool { return d.Type == html.TextNode && strings.TrimSpace(d.Data) != "" })
}

// holdsBlock reports whether an element contains a paragraph, a list item, a heading (h1 to h4), a table or a
// quotation.
func (w *Writer) holdsBlock(n *html.Node) bool {
	return w.holds(n, func(d *html.Node) bool {
		switch d.DataAtom {
		case atom.P, atom.Li, atom.H1, atom.H2, atom.H3, atom.H4, atom.Table, atom.Blockquote:
			return true
		}
		return false
	})
}

// copyChildren copies everything below one node to another. The last argument, if not nil, is a node that is not
// copied, and neither is anything below it.
func (w *Writer) copyChildren(to, from, without *html.Node) {
	at := to
	for n := from.FirstChild; n != nil; {
		w.copied++
		descend := false
		if n != without {
			c := &html.Node{Type: n.Type, Data: n.Data, DataAtom: n.DataAtom, Namespace: n.Namespace, Attr: n.Attr}
			at.AppendChild(c)
			w.recordCopy(c, n)
			if n.FirstChild != nil {
				at, n, descend = c, n.FirstChild, true
			}
		}
		if descend {
			continue
		}
		for n.NextSibling == nil && n.Parent != from {
			at, n = at.Parent, n.Parent
		}
		n = n.NextSibling
	}
}

// recordCopy records that node c of a form is a copy of node n of the page.
func (w *Writer) recordCopy(c, n *html.Node) {
	if w.Copies != nil && c != nil {
		w.Copies[c] = n
	}
}

// onlyChild returns the only child of a node, ignoring white space, or nil if there are none or several.
func onlyChild(n *html.Node) *html.Node {
	var only *html.Node
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case c.Type == html.TextNode && strings.TrimSpace(c.Data) == "":
		case only != nil:
			return nil
		default:
			only = c
		}
	}
	return only
}

// titleOf returns a title as a paragraph in bold.
func titleOf(line string) *html.Node {
	p, strong := dom.NewElement(atom.P), dom.NewElement(atom.Strong)
	p.Attr = []html.Attribute{{Key: dom.TitleAttr}}
	strong.AppendChild(&html.Node{Type: html.TextNode, Data: line})
	p.AppendChild(strong)
	return p
}

// in gives a form the parent and the siblings of the element that it replaces, and returns the form.
func in(form, n *html.Node) *html.Node {
	form.Parent, form.PrevSibling, form.NextSibling = n.Parent, n.PrevSibling, n.NextSibling
	return form
}

// A formFinder returns the form of an element, or nil.
type formFinder func(*Writer, *html.Node) *html.Node

var (
	divForms = []formFinder{
		(*Writer).numberedOf, (*Writer).ingredientOf, (*Writer).setUpPlayer, (*Writer).codeTwinOf, (*Writer).numberedBoxOf,
		(*Writer).roleHeadingOf, (*Writer).taskListOf,
	}
	paragraphForms = []formFinder{(*Writer).codeTwinOf, (*Writer).numberedOf, (*Writer).roleHeadingOf}
	// manualForms are those of boxes with a class of namedManual.
	manualForms = []formFinder{
		(*Writer).blockTitleOf, (*Writer).titledImageOf, (*Writer).summaryTableOf, (*Writer).javaSignatureOf,
	}
)

// firstForm returns the first form that is found, or nil. A form that is not used must not be made, because numberedOf
// notes the number that it takes away.
func (w *Writer) firstForm(n *html.Node, finders []formFinder) *html.Node {
	for _, find := range finders {
		if form := find(w, n); form != nil {
			return form
		}
	}
	return nil
}
