package canon

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/dom"
)

// numberedBoxOf returns the form of a box that begins with the number of a provision, or with the mark of a note, in an
// element before the box or the paragraph with the text: the mark becomes the beginning of that text. It returns nil
// for other boxes.
func (w *Writer) numberedBoxOf(n *html.Node) *html.Node {
	mark := firstFilled(n)
	if mark == nil || !isMarkBefore(mark) {
		return nil
	}
	next := mark.NextSibling
	for next != nil && next.Type != html.ElementNode {
		if strings.TrimSpace(next.Data) != "" {
			return nil
		}
		next = next.NextSibling
	}
	if next == nil || next.DataAtom != atom.P && next.DataAtom != atom.Div || firstText(next) == nil {
		return nil
	}
	form := &html.Node{Type: n.Type, Data: n.Data, DataAtom: n.DataAtom, Attr: n.Attr}
	w.copyChildren(form, n, mark)
	first := firstText(form)
	first.Data = strings.TrimLeft(first.Data, " \n\t\u00a0")
	at := firstFilled(form)
	for inner := firstFilled(at); inner != nil && dom.IsBlockElement(inner.DataAtom); inner = firstFilled(at) {
		at = inner
	}
	moved := &html.Node{Type: mark.Type, Data: mark.Data, DataAtom: mark.DataAtom, Attr: mark.Attr}
	w.copyChildren(moved, mark, nil)
	w.recordCopy(moved, mark)
	at.InsertBefore(&html.Node{Type: html.TextNode, Data: " "}, at.FirstChild)
	at.InsertBefore(moved, at.FirstChild)
	return in(form, n)
}

// firstFilled returns the first child element of an element that is not empty, as the targets of links are. It returns
// nil if there is text before it.
func firstFilled(n *html.Node) *html.Node {
	c := onlyFirst(n)
	for c != nil && (c.Type == html.TextNode && strings.TrimSpace(c.Data) == "" ||
		c.Type == html.ElementNode && c.FirstChild == nil) {
		c = c.NextSibling
	}
	if c == nil || c.Type != html.ElementNode {
		return nil
	}
	return c
}

// isMarkBefore reports whether an inline element contains only the number of a provision, such as (a), or only the mark
// of a note. The mark of a note is a superscript.
func isMarkBefore(n *html.Node) bool {
	mark := onlyText(n)
	switch n.DataAtom {
	case atom.Span, atom.B, atom.Strong:
		return isItemSign(mark) && !strings.ContainsAny(mark, "-–—•·●▪") || isOrdinal(mark)
	case atom.Sup:
		return mark != "" && len(mark) <= maxNoteMark
	}
	return false
}

// maxNoteMark is the maximum length of a note's mark, in bytes.
const maxNoteMark = 6

// isOrdinal reports whether a text is a number of at most three digits with a dot.
func isOrdinal(s string) bool {
	number, found := strings.CutSuffix(s, ".")
	return found && number != "" && len(number) <= 3 && strings.Trim(number, "0123456789") == ""
}
