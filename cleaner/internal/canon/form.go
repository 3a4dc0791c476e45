package canon

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/dom"
)

// formOf returns the form of a <form> that submits nothing: a plain box. Recipes put ingredients with checkboxes into
// forms like this. It returns nil for a <form> that submits something or has no text.
func (w *Writer) formOf(n *html.Node) *html.Node {
	if dom.HasAttr(n, "action") || !w.holdsText(n) || w.sends(n) {
		return nil
	}
	box := dom.NewElement(atom.Div)
	for _, a := range n.Attr {
		if a.Key == "class" || a.Key == "id" {
			box.Attr = append(box.Attr, a)
		}
	}
	w.copyChildren(box, n, nil)
	return in(box, n)
}

// sends reports whether a form has a control for typing, choosing or submitting. Checkboxes and hidden inputs do not
// count.
func (w *Writer) sends(n *html.Node) bool {
	for d := w.next(n, n, false); d != nil; d = w.next(d, n, false) {
		switch d.DataAtom {
		case atom.Select, atom.Textarea:
			return true
		case atom.Button:
			if !strings.EqualFold(dom.Attr(d, "type"), "button") {
				return true
			}
		case atom.Input:
			switch strings.ToLower(dom.Attr(d, "type")) {
			case "checkbox", "hidden":
			default:
				return true
			}
		}
	}
	return false
}
