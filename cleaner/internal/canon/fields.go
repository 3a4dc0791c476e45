package canon

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/text"
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
		if next != nil && next.Type == html.TextNode && isFirst(c) && isProvisionNumber(c, next.Data) {
			return next
		}
		if next == nil || c.Type != html.ElementNode || next.Type != html.ElementNode || !isInline(c) ||
			!isInline(next) {
			continue
		}
		named := w.is(c, namedField) && w.is(next, namedField) ||
			c.Parent.DataAtom == atom.Figcaption && c.DataAtom == atom.Span &&
				next.DataAtom == atom.Span || // a caption and its credit
			next.DataAtom == atom.Span && isFirst(c) && isMarkBefore(c) || // the number of a provision
			isAmountRow(c.Parent)
		if named && w.endsWord(c) && w.startsWord(next) {
			return next
		}
	}
	return nil
}

// isFirst reports whether a node is the first in its box, except for white space.
func isFirst(n *html.Node) bool {
	return n.PrevSibling == nil || n.PrevSibling.PrevSibling == nil && n.PrevSibling.Type == html.TextNode &&
		text.IsBlankLine(n.PrevSibling.Data)
}

// isAmountRow reports whether a box consists of a few spans of which the first is a number, such as an amount, its unit
// and the name of an ingredient. A short second span may be the rest of the number's word, as in 2nd. Word processors
// also put numbers into spans, in Chinese wherever the font changes, but then the box has a whole sentence.
func isAmountRow(box *html.Node) bool {
	spans, length := 0, 0
	for c := box.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.TextNode && text.IsBlankLine(c.Data) {
			continue
		}
		part := onlyText(c)
		length += len(part)
		switch {
		case c.DataAtom != atom.Span || spans == maxAmountParts || length > maxAmountRow || text.UnspacedLength(part) > 0,
			spans == 0 && (part == "" || strings.Trim(part, "0123456789.,/½⅓⅔¼¾⅛") != ""),
			spans == 1 && utf8.RuneCountInString(part) < minUnit:
			return false
		}
		spans++
	}
	return spans > 1
}

// maxAmountParts and maxAmountRow are the maximum numbers of spans and of bytes in a row of an amount.
const maxAmountParts, maxAmountRow = 6, 120

// minUnit is the minimum length of the text after an amount.
const minUnit = 4

// isProvisionNumber reports whether an element at the start of a box contains only the number of a provision or a
// rating such as 7/10, and the text after it directly begins with a word. A single number needs a word like one at the
// start of a sentence, because of texts such as 3D and 2nd.
func isProvisionNumber(n *html.Node, after string) bool {
	if n.Type != html.ElementNode || !isInline(n) {
		return false
	}
	first, size := utf8.DecodeRuneInString(after)
	number := onlyText(n)
	if points, most, found := strings.Cut(number, "/"); found && isDigits(points) && isDigits(most) {
		return unicode.IsLetter(first)
	}
	if len(number) <= 4 && isDigits(number) {
		second, _ := utf8.DecodeRuneInString(after[size:])
		return unicode.IsUpper(first) && (unicode.IsLower(second) || second == ' ' && dom.HasAttr(n, "class"))
	}
	return unicode.IsLetter(first) && n.DataAtom != atom.A && isMarkBefore(n)
}

func isDigits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

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
	return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '('
}
