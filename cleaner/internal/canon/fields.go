package canon

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/dom"
)

// fieldsOf returns the form of a box with fields, such as a label and its value, that only the style sheet separates.
// The form is the same box with spaces between the fields. It returns nil if there are no fields of this kind.
func (w *Writer) fieldsOf(n *html.Node) *html.Node {
	if w.touching(n.FirstChild) == nil {
		return nil
	}
	form := &html.Node{Type: n.Type, Data: n.Data, DataAtom: n.DataAtom, Attr: n.Attr}
	w.copyChildren(form, n, nil)
	for c := w.touching(form.FirstChild); c != nil; c = w.touching(c) {
		form.InsertBefore(&html.Node{Type: html.TextNode, Data: " "}, c)
	}
	return in(form, n)
}

// touching returns the first field after c that follows another field without a space between them, or nil.
func (w *Writer) touching(c *html.Node) *html.Node {
	for ; c != nil; c = c.NextSibling {
		next := c.NextSibling
		if next != nil && next.Type == html.TextNode && c.PrevSibling == nil && isProvisionNumber(c, next.Data) {
			return next
		}
		if next == nil || c.Type != html.ElementNode || next.Type != html.ElementNode || !isInline(c) ||
			!isInline(next) {
			continue
		}
		named := w.is(c, namedField) && w.is(next, namedField) ||
			c.Parent.DataAtom == atom.Figcaption && c.DataAtom == atom.Span &&
				next.DataAtom == atom.Span || // a caption and its credit
			c.PrevSibling == nil && next.DataAtom == atom.Span && isMarkBefore(c) // the number of a provision
		if named && w.endsWord(c) && w.startsWord(next) {
			return next
		}
	}
	return nil
}

// isProvisionNumber reports whether an element at the start of a box contains only the number of a provision, and the
// text after it directly begins with a word. A single number needs a word like one at the start of a sentence, because
// of texts such as 3D and 2nd.
func isProvisionNumber(n *html.Node, after string) bool {
	if n.Type != html.ElementNode || !isInline(n) {
		return false
	}
	first, size := utf8.DecodeRuneInString(after)
	if number := onlyText(n); number != "" && len(number) <= 4 && strings.Trim(number, "0123456789") == "" {
		second, _ := utf8.DecodeRuneInString(after[size:])
		return unicode.IsUpper(first) && (unicode.IsLower(second) || second == ' ' && dom.HasAttr(n, "class"))
	}
	return unicode.IsLetter(first) && n.DataAtom != atom.A && isMarkBefore(n)
}

func isInline(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Span, atom.Strong, atom.B, atom.Em, atom.I, atom.Time, atom.A, atom.Small, atom.Cite:
		return true
	}
	return false
}

func (w *Writer) endsWord(n *html.Node) bool {
	r, _ := utf8.DecodeLastRuneInString(w.rawText(n))
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsPunct(r)
}

func (w *Writer) startsWord(n *html.Node) bool {
	r, _ := utf8.DecodeRuneInString(w.rawText(n))
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}
