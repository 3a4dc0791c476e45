package render

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/dom"
)

// A numbering counts the items of an ordered list as HTML does (WHATWG HTML, "The ol element"). The first number is in
// the list's "start" attribute. Without this attribute, it is 1. A list with a "reversed" attribute counts down, by
// default from the number of its items. If an item has a "value" attribute, the count continues from that number.
type numbering struct {
	next, step int
	kind       string // the list's "type" attribute: 1, a, A, i or I; anything else means 1
}

// numberingOf returns a numbering at the first item of a list.
func numberingOf(list *html.Node) *numbering {
	n := &numbering{next: 1, step: 1, kind: dom.Attr(list, "type")}
	if dom.HasAttr(list, "reversed") {
		n.next, n.step = 0, -1
		for c := list.FirstChild; c != nil; c = c.NextSibling {
			if c.DataAtom == atom.Li {
				n.next++
			}
		}
	}
	if start, err := strconv.Atoi(dom.Attr(list, "start")); err == nil {
		n.next = start
	}
	return n
}

// of returns an item's number. It must be called once for each item, in order.
func (n *numbering) of(item *html.Node) int {
	if value, err := strconv.Atoi(dom.Attr(item, "value")); err == nil {
		n.next = value
	}
	own := n.next
	n.next += n.step
	return own
}

// written formats a number according to the list's type: c, C, iii, III or 3. Numbers below 1 and above 3999 are always
// in digits.
func (n *numbering) written(number int) string {
	switch {
	case number < 1 || number > 3999:
	case n.kind == "a":
		return letters(number)
	case n.kind == "A":
		return strings.ToUpper(letters(number))
	case n.kind == "i":
		return strings.ToLower(roman(number))
	case n.kind == "I":
		return roman(number)
	}
	return strconv.Itoa(number)
}

// letters formats a number as letters: a, b, … z, aa, ab.
func letters(number int) string {
	s := ""
	for ; number > 0; number = (number - 1) / 26 {
		s = string(rune('a'+(number-1)%26)) + s
	}
	return s
}

func roman(number int) string {
	var b strings.Builder
	for _, r := range [...]struct {
		value int
		sign  string
	}{
		{1000, "M"},
		{900, "CM"},
		{500, "D"},
		{400, "CD"},
		{100, "C"},
		{90, "XC"},
		{50, "L"},
		{40, "XL"},
		{10, "X"},
		{9, "IX"},
		{5, "V"},
		{4, "IV"},
		{1, "I"},
	} {
		for ; number >= r.value; number -= r.value {
			b.WriteString(r.sign)
		}
	}
	return b.String()
}
