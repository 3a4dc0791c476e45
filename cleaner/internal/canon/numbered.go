package canon

import (
	"strconv"
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
	moved := dom.NewElement(atom.Span)
	if mark.DataAtom == atom.Sup {
		moved = dom.NewElement(atom.Sup)
	}
	moved.Attr = mark.Attr
	if label := strings.TrimSpace(dom.RawText(mark)); isCitationLabel(label) { // without its link back to the text
		moved.AppendChild(&html.Node{Type: html.TextNode, Data: label})
	} else {
		w.copyChildren(moved, mark, nil)
	}
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

// isMarkBefore reports whether an element contains only the number of a provision, such as (a), or only the mark
// of a note. The mark of a note is a superscript.
func isMarkBefore(n *html.Node) bool {
	mark := onlyText(n)
	switch n.DataAtom {
	case atom.Span:
		if dom.HasToken(dom.Attr(n, "class"), "label") && isCitationLabel(dom.RawText(n)) {
			return true
		}
		fallthrough
	case atom.B, atom.Strong, atom.Div:
		return isItemSign(mark) && !strings.ContainsAny(mark, "-–—•·●▪") || isOrdinal(mark)
	case atom.Sup:
		return mark != "" && len(mark) <= maxNoteMark
	}
	return false
}

// isCitationLabel reports whether a text is a label in brackets, as Docutils writes before an entry of a bibliography.
func isCitationLabel(s string) bool {
	inner, found := strings.CutPrefix(strings.TrimSpace(s), "[")
	inner, closed := strings.CutSuffix(inner, "]")
	return found && closed && inner != "" && len(inner) <= maxCitation && !strings.ContainsAny(inner, " []")
}

// maxCitation is the maximum length of a label of a bibliography, in bytes.
const maxCitation = 40

// maxNoteMark is the maximum length of a note's mark, in bytes.
const maxNoteMark = 6

// isOrdinal reports whether a text is a number of at most three digits with a dot.
func isOrdinal(s string) bool {
	number, found := strings.CutSuffix(s, ".")
	return found && number != "" && len(number) <= 3 && strings.Trim(number, "0123456789") == ""
}

// numberedOf returns an empty form for an element that contains only the number of a step or of a list's entry and is
// followed by the heading of that step or entry. The number is moved into the heading. It returns nil for other
// elements. The element must have the class of a field, or be one of a series of numbers from 1 that have its class.
func (w *Writer) numberedOf(n *html.Node) *html.Node {
	number := strings.TrimSuffix(onlyText(n), ".")
	if number == "" || len(number) > 3 || strings.Trim(number, "0123456789") != "" {
		return nil
	}
	heading := headingAfter(n)
	if heading == nil || (n.DataAtom != atom.Div || !w.is(n, namedField)) && !w.isCounted(n) {
		return nil
	}
	if w.numbers == nil {
		w.numbers = make(map[*html.Node]string)
	}
	w.numbers[heading] = number + ". "
	return in(dom.NewElement(atom.Span), n)
}

// headingAfter returns the heading that follows an element, or that begins the box after it, or nil. If the element is
// alone in a box, the heading may follow that box.
func headingAfter(n *html.Node) *html.Node {
	for up := 0; up < 2 && n.Parent != nil && onlyChild(n.Parent) == n; up++ {
		n = n.Parent
	}
	next := dom.NextElement(n)
	for range 3 {
		if next == nil || dom.HeadingLevel(next.DataAtom) > 0 {
			break
		}
		child := next.FirstChild
		for child != nil && child.Type != html.ElementNode {
			child = child.NextSibling
		}
		next = child
	}
	if next == nil || dom.HeadingLevel(next.DataAtom) == 0 {
		return nil
	}
	return next
}

// maxSeries is the maximum number of classes whose elements are searched for series of numbers. Each search visits the
// whole page.
const maxSeries = 8

// isCounted reports whether the numbers in the elements of a page that have the tag and class of n are 1, 2 and so on,
// each once, in any order.
func (w *Writer) isCounted(n *html.Node) bool {
	class := dom.Attr(n, "class")
	if class == "" {
		return false
	}
	key := n.Data + " " + class
	is, known := w.series[key]
	if known || len(w.series) >= maxSeries {
		return is
	}
	seen, last := make(map[int]bool), 0
	is = true
	for d := range top(n).Descendants() {
		if d.DataAtom != n.DataAtom || d.Type != html.ElementNode || dom.Attr(d, "class") != class {
			continue
		}
		k, err := strconv.Atoi(strings.TrimSuffix(onlyText(d), "."))
		if err != nil || k < 1 || seen[k] {
			is = false
			break
		}
		seen[k], last = true, max(last, k)
	}
	is = is && last >= 2 && last == len(seen)
	w.remember(key, is)
	return is
}

// remember stores the result of a search of the whole page.
func (w *Writer) remember(key string, is bool) {
	if w.series == nil {
		w.series = make(map[string]bool)
	}
	w.series[key] = is
}

// top returns the root of the tree that a node is in.
func top(n *html.Node) *html.Node {
	for n.Parent != nil {
		n = n.Parent
	}
	return n
}
