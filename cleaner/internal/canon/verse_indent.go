package canon

import (
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/dom"
)

// maxIndent is the maximum number of spaces before a line of verse.
const maxIndent = 24

// nestedIndent is the number of spaces before the lines of a box of lines inside another.
const nestedIndent = 4

// spacesFor returns the no-break spaces that indent a line by a number of spaces.
func spacesFor(width int) *html.Node {
	return &html.Node{Type: html.TextNode, Data: strings.Repeat("\u00a0", min(width, maxIndent))}
}

// lineIndent returns the number of spaces that the style or the class of a line of verse puts before it.
func lineIndent(line *html.Node) int {
	if style := dom.Attr(line, "style"); style != "" {
		if width := styleIndent(style, lineIndents); width != 0 {
			return width
		}
	}
	for name := range strings.FieldsSeq(dom.Attr(line, "class")) {
		digits := strings.TrimLeft(name, "abcdefghijklmnopqrstuvwxyz-_")
		n, err := strconv.Atoi(digits)
		switch base := strings.TrimRight(strings.TrimSuffix(name, digits), "-_"); {
		case digits == "" && (base == "indent" || base == "indented"):
			return 2
		case err == nil && (base == "indent" || base == "i" || base == "in" || base == "ind"):
			return 2 * min(max(n, 0), maxIndent)
		}
	}
	return 0
}

// lineIndents are the properties that move the start of a line. Together, those of a hanging indent are 0.
var lineIndents = []string{
	"margin-left", "padding-left", "margin-inline-start", "padding-inline-start", "text-indent",
}

// gapWidth is the property that gives an empty span its width.
var gapWidth = []string{"width"}

// emsPer is the number of each unit of CSS in one em. Percentages and other units that depend on the page are absent.
var emsPer = map[string]float64{"em": 1, "rem": 1, "px": 16, "pt": 12, "ex": 2, "ch": 2}

// styleIndent returns the sum of the values that a style gives to properties, as a number of spaces of half an em.
func styleIndent(style string, properties []string) int {
	width := 0.0
	for declaration := range strings.SplitSeq(strings.ToLower(style), ";") {
		property, value, _ := strings.Cut(declaration, ":")
		if !slices.Contains(properties, strings.TrimSpace(property)) {
			continue
		}
		value = strings.TrimSpace(value)
		unit := strings.TrimLeft(value, "-.0123456789")
		number, err := strconv.ParseFloat(strings.TrimSuffix(value, unit), 64)
		if ems := emsPer[unit]; err == nil && ems > 0 {
			width += 2 * number / ems
		}
	}
	return int(max(0, min(width, maxIndent)) + 0.5)
}

// indentedOf returns the form of a span that indents a line: a span with spaces before its content. It returns nil for
// other spans.
func (w *Writer) indentedOf(n *html.Node) *html.Node {
	before := n.PrevSibling
	for before != nil && before.Type == html.TextNode && strings.TrimSpace(before.Data) == "" {
		before = before.PrevSibling
	}
	if before != nil && before.DataAtom != atom.Br && (before.DataAtom != atom.Span || !endsWithBreak(before)) {
		return nil
	}
	next := dom.NextElement(n)
	width := 0
	if isBlankText(n) {
		width = styleIndent(dom.Attr(n, "style"), gapWidth)
	} else if before != nil || endsWithBreak(n) || next != nil && next.DataAtom == atom.Br { // one of several lines
		width = lineIndent(n)
	}
	if width < 2 {
		return nil
	}
	form := dom.NewElement(atom.Span)
	form.AppendChild(spacesFor(width))
	if !isBlankText(n) {
		w.copyChildren(form, n, nil)
	}
	return in(form, n)
}

// isBlankText reports whether white space is all that an element contains.
func isBlankText(n *html.Node) bool {
	c := n.FirstChild
	return c != nil && c.Type == html.TextNode && c.NextSibling == nil && strings.TrimSpace(c.Data) == ""
}
