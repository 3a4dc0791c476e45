package render

import (
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/dom"
)

// A lineWriter renders inline content.
type lineWriter struct {
	lines []Line
	text  strings.Builder
	nodes []*html.Node
	// spaced reports whether the next text follows a picture that follows a space.
	spaced bool
}

func (w *lineWriter) breakLine() {
	text := strings.Trim(w.text.String(), " ")
	line := strings.TrimLeft(text, "\u00A0")
	indent := strings.Repeat(" ", (len(text)-len(line))/len("\u00A0"))
	if text = strings.Trim(line, " \u00A0"); text != "" {
		text = indent + text
		w.lines = append(w.lines, Line{Text: text, Nodes: w.nodes})
	}
	w.text.Reset()
	w.nodes, w.spaced = nil, false
}

func (w *lineWriter) node(n *html.Node) {
	switch {
	case n.Type == html.TextNode:
		text := strings.ReplaceAll(n.Data, "\n", " ")
		if w.spaced { // the picture between two spaces is left out
			text = strings.TrimPrefix(text, " ")
		}
		w.spaced = false
		w.text.WriteString(text)
		w.nodes = append(w.nodes, n)
		return
	case n.DataAtom == atom.Br:
		w.nodes = append(w.nodes, n) // a line break belongs to the line that it ends
		w.breakLine()
		return
	case n.DataAtom == atom.Img:
		w.spaced = strings.HasSuffix(w.text.String(), " ")
		return
	case n.DataAtom == atom.Wbr || n.DataAtom == atom.Rp:
		return
	case n.Namespace == "math":
		w.spaced = false
		w.text.WriteString(strings.Join(strings.Fields(formulaText(n)), " "))
		w.nodes = append(w.nodes, n)
		return
	}
	if sign := w.raised(n); sign != "" {
		w.spaced = false
		w.text.WriteString(sign)
		w.nodes = append(w.nodes, n)
		return
	}
	before, after := w.signs(n)
	w.spaced = w.spaced && before == ""
	w.text.WriteString(before)
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		w.node(c)
	}
	w.text.WriteString(after)
}

// signs returns the characters that replace the markup of an element if the text would be wrong without them: brackets
// around a ruby annotation, or quotation marks. For other elements, both results are empty.
func (w *lineWriter) signs(n *html.Node) (before, after string) {
	switch n.DataAtom {
	case atom.Rt:
		return readingSigns(n)
	case atom.Q:
		return "“", "”"
	}
	return "", ""
}

// readingSigns returns the brackets around a ruby annotation: full-width brackets, as in Japanese and Chinese print, or
// ASCII brackets if the annotation is empty or begins with an ASCII character.
func readingSigns(rt *html.Node) (before, after string) {
	if text := dom.RawText(rt); text != "" && text[0] >= utf8.RuneSelf {
		return "（", "）"
	}
	return "(", ")"
}

// scriptBase lists characters that have superscript and subscript forms in Unicode. superscripts and subscripts list
// these forms in the same order.
var scriptBase = []rune("0123456789+-−nkxij")

var superscripts, subscripts = []rune("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻ⁿᵏˣⁱʲ"), []rune("₀₁₂₃₄₅₆₇₈₉₊₋₋ₙₖₓᵢⱼ")

// raised renders superscript or subscript numbers and indices with Unicode's own characters if they would otherwise
// look like part of the word before them: m², H₂O. It returns "" for other elements, and for superscripts and
// subscripts that are readable as they are: 1st, [1].
func (w *lineWriter) raised(n *html.Node) string {
	forms := superscripts
	switch n.DataAtom {
	case atom.Sup:
	case atom.Sub:
		forms = subscripts
	default:
		return ""
	}
	text := dom.RawText(n)
	if text == "" || len(text) > 12 || !w.isAttached() {
		return ""
	}
	var b strings.Builder
	for _, r := range text {
		at := slices.Index(scriptBase, r)
		if at < 0 {
			return ""
		}
		b.WriteRune(forms[at])
	}
	return b.String()
}

// isAttached reports whether the next text directly follows a character other than a space, so that a number would look
// like part of the same word.
func (w *lineWriter) isAttached() bool {
	s := w.text.String()
	return s != "" && s[len(s)-1] > ' '
}

// formulaText returns a formula's TeX, or its characters if it has none.
func formulaText(math *html.Node) string {
	if a := dom.FindAnnotation(math); a != nil {
		return dom.RawText(a)
	}
	return dom.RawText(math)
}
