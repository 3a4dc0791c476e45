package canon

import (
	"cmp"
	"encoding/json"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/formula"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// formulaOf returns the form of an element that contains the source of a formula, or the drawing of a formula by a
// program such as MathJax. The form is usually one <math> with the TeX, and with the MathML if the page has it.
// formulaOf returns nil if the element is not a formula or the page does not have the formula's source.
func (w *Writer) formulaOf(n *html.Node) *html.Node {
	own := w.namesOf(n)
	switch {
	case own&namedPreview != 0:
		return w.previewOf(n)
	case own&namedEquation != 0 && n.DataAtom == atom.Table:
		return w.equationsOf(n)
	case dom.HasAttr(n, "data-math-style"): // GitLab
		return in(mathOf(w.rawText(n), dom.Attr(n, "data-math-style") == "display", nil), n)
	case own&namedFormula == 0:
		return w.rawFormulaOf(n)
	}
	display := isDisplayBox(n)
	if math := w.mathIn(n); math != nil {
		beside, alone := w.beside(n, math)
		tex := formula.TeX(math)
		if !alone || tex == "" {
			return nil
		}
		return in(mathOf(formula.WithTag(tex, beside), display || formula.IsDisplay(math), math), n)
	}
	tex := cmp.Or(
		dom.Attr(n, "data-tex"),
		dom.Attr(n, "data-latex"),
		dom.Attr(n, "data-expr"),
		dom.Attr(n, "data-equation"),
		dom.Attr(n, "data-katex"),
	)
	if data := dom.Attr(n, "data-attrs"); tex == "" && data != "" { // Substack
		var attrs struct{ PersistentExpression string }
		if json.Unmarshal([]byte(data), &attrs) == nil {
			tex = attrs.PersistentExpression
		}
	}
	switch class := dom.Attr(n, "class"); {
	case tex != "":
	case dom.HasToken(class, "ql-formula"): // Quill
		tex = dom.Attr(n, "data-value")
	case dom.HasToken(class, "katex-error"):
		tex = text.FoldSpace(w.rawText(n))
	}
	if tex != "" {
		return in(mathOf(tex, display, nil), n)
	}
	return w.wrappedOf(n, display)
}

// wrappedOf returns the form of a box that contains only a formula, perhaps with its number. The formula is TeX between
// delimiters, TeX without delimiters (see isBareFormula), or a picture whose alternative text is TeX. wrappedOf returns
// nil for other boxes.
func (w *Writer) wrappedOf(n *html.Node, display bool) *html.Node {
	number, picture := "", ""
	var body strings.Builder
	for d := w.next(n, n, false); d != nil; {
		skip := false
		switch {
		case d.Type == html.TextNode:
			body.WriteString(d.Data)
		case d.DataAtom == atom.Img:
			picture = strings.TrimSpace(dom.Attr(d, "alt"))
		case isEquationNumber(d):
			number, skip = text.FoldSpace(strings.Trim(w.rawText(d), "¶#🔗 \n")), true
		case d.DataAtom == atom.Script && formula.IsTeXScript(d):
			return nil // the child is the formula
		case d.DataAtom == atom.Br:
			body.WriteByte('\n')
		}
		d = w.next(d, n, skip)
	}
	s := strings.TrimSpace(body.String())
	if len(s) > maxFormula {
		return nil
	}
	if s == "" && formula.IsTeX(picture) && strings.ContainsAny(picture, `\^_={}+`) && formula.IsBalanced(picture) {
		return in(mathOf(formula.WithTag(formula.Tidy(picture), number), display, nil), n)
	}
	tex, alone, ok := formula.Unwrap(s)
	if !ok {
		if !isBareFormula(n) || !formula.IsTeX(s) || s == "" || strings.HasPrefix(s, "$") ||
			strings.Contains(s, `\(`) {
			return nil
		}
		tex = s
	}
	return in(mathOf(formula.WithTag(tex, number), display || alone, nil), n)
}

// maxFormula is the maximum length of a formula's source, in bytes.
const maxFormula = 8000

// isBareFormula reports whether an element's text is TeX although it has no delimiters: all its class names are in
// bareNames, and it contains no elements.
func isBareFormula(n *html.Node) bool {
	for name := range strings.FieldsSeq(dom.Attr(n, "class")) {
		if !bareNames.Has(name) {
			return false
		}
	}
	return n.FirstChild != nil && n.FirstChild == n.LastChild && n.FirstChild.Type == html.TextNode
}

// isEquationNumber reports whether an element has a class name that programs use for the number of a formula.
func isEquationNumber(n *html.Node) bool {
	for name := range strings.FieldsSeq(dom.Attr(n, "class")) {
		if numberNames.Has(name) {
			return true
		}
	}
	return false
}

// isDisplayBox reports whether an element's class or tag shows that its formula is on a line of its own.
func isDisplayBox(n *html.Node) bool {
	for name := range strings.FieldsSeq(dom.Attr(n, "class")) {
		if displayNames.Has(strings.ToLower(name)) {
			return true
		}
	}
	return n.DataAtom == atom.Div || n.DataAtom == atom.P || n.DataAtom == atom.Pre || dom.Attr(n, "display") == "true"
}

// mathIn returns the first <math> below an element, or nil.
func (w *Writer) mathIn(n *html.Node) *html.Node {
	for d := w.next(n, n, false); d != nil; d = w.next(d, n, false) {
		if d.DataAtom == atom.Math && d.Namespace == "math" {
			return d
		}
	}
	return nil
}

// beside returns the number next to a formula in its box, or "" if there is none. It also reports whether the box
// contains nothing else, not counting drawings of the formula and, in a span, a few characters. For a formula in a link
// it reports false, because the link would be lost.
func (w *Writer) beside(n, math *html.Node) (string, bool) {
	for up := math.Parent; up != n; up = up.Parent {
		if up.DataAtom == atom.A {
			return "", false
		}
	}
	var b strings.Builder
	for d := w.next(n, n, false); d != nil; {
		skip := false
		switch {
		case d.DataAtom == atom.Math && d != math:
			return "", false
		case d == math, d.DataAtom == atom.Script, d.DataAtom == atom.Noscript, d.Type == html.ElementNode && isDrawn(d):
			skip = true
		case d.Type == html.TextNode:
			b.WriteString(d.Data)
		}
		d = w.next(d, n, skip)
	}
	text := text.FoldSpace(b.String())
	if text != "" && !isNumber(text) {
		return "", n.DataAtom == atom.Span && len(text) <= maxTagText
	}
	return text, true
}

// isDrawn reports whether an element is a program's drawing of a formula.
func isDrawn(n *html.Node) bool {
	return strings.EqualFold(dom.Attr(n, "aria-hidden"), "true") || dom.HasToken(dom.Attr(n, "class"), "katex-html")
}

// isNumber reports whether a text next to a formula is the formula's number, such as (1), [2.3], (A.4) or (*).
func isNumber(s string) bool {
	return len(s) <= maxTagText && len(s) > 2 &&
		(s[0] == '(' && s[len(s)-1] == ')' || s[0] == '[' && s[len(s)-1] == ']')
}

// maxTagText is the maximum length of a formula's number, in bytes.
const maxTagText = 24

// customFormulaOf returns the form of a custom element of MathJax 3 and 4, of GitHub or of AMP, or nil for other
// elements.
func (w *Writer) customFormulaOf(n *html.Node) *html.Node {
	switch n.Data {
	case "math-renderer", "amp-mathml":
		tex, display, ok := formula.Unwrap(cmp.Or(dom.Attr(n, "data-formula"), w.rawText(n)))
		if !ok {
			return nil
		}
		return in(mathOf(tex, display, nil), n)
	case "la-tex", "math-field": // TeXZilla, MathLive
		if tex := formula.Tidy(w.rawText(n)); tex != "" && len(tex) <= maxFormula && formula.IsBalanced(tex) {
			return in(mathOf(tex, dom.Attr(n, "display") == "block", nil), n)
		}
		return nil
	case "mjx-container":
	default:
		return nil
	}
	math := w.mathIn(n)
	tex, display := "", dom.Attr(n, "display") == "true" || dom.Attr(n, "display") == "block"
	for d := n; d != nil && tex == ""; d = w.next(d, n, false) {
		if dom.HasToken(dom.Attr(d, "class"), "mjx-copytext") {
			if copied, alone, ok := formula.Unwrap(w.rawText(d)); ok {
				tex, display = copied, display || alone
			}
		} else if d.Namespace == "" || d.Namespace == "svg" {
			if tex = dom.Attr(d, "data-latex"); tex == "" && d != n {
				tex = dom.Attr(d, "data-tex")
			}
		}
	}
	if tex == "" {
		if math == nil {
			return nil
		}
		display = display || formula.IsDisplay(math)
		tex = formula.TeX(math)
	}
	if tex == "" {
		return nil
	}
	return in(mathOf(tex, display, math), n)
}

// previewOf returns the form of MathJax 2 output: an empty element if the <script> with the source follows, otherwise
// the formula that MathJax adds for screen readers. It returns nil if the page has neither.
func (w *Writer) previewOf(n *html.Node) *html.Node {
	for up, next := 0, n; up < 3 && next != nil; up++ {
		for s := dom.NextElement(next); s != nil && (w.is(s, namedPreview) ||
			s.DataAtom == atom.Script); s = dom.NextElement(s) {
			if s.DataAtom == atom.Script && formula.IsTeXScript(s) {
				return in(dom.NewElement(atom.Span), n)
			}
		}
		if next = next.Parent; next == nil || !w.is(next, namedPreview) {
			break
		}
	}
	math := w.mathIn(n)
	if math == nil {
		math = w.mathInData(n)
	}
	if math == nil || w.holdsBlock(n) {
		return nil
	}
	tex := formula.TeX(math)
	if tex == "" {
		return nil
	}
	return in(mathOf(tex, isDisplayBox(n) && n.DataAtom != atom.Span || formula.IsDisplay(math), math), n)
}

// mathInData returns the MathML that MathJax 2 keeps in an attribute, or nil.
func (w *Writer) mathInData(n *html.Node) *html.Node {
	for d := n; d != nil; d = w.next(d, n, false) {
		data := dom.Attr(d, "data-mathml")
		if data == "" || len(data) > maxFormula {
			continue
		}
		box := dom.NewElement(atom.Div)
		list, err := html.ParseFragment(strings.NewReader(data), box)
		if err != nil {
			return nil
		}
		for _, c := range list {
			box.AppendChild(c)
		}
		w.copied += len(data) / 16
		return w.mathIn(box)
	}
	return nil
}

// equationsOf returns the form of a table in which LaTeXML sets formulas in columns, with their numbers: one paragraph
// per row. It returns nil if the table does not contain a formula, or if it contains a text longer than maxTagText.
func (w *Writer) equationsOf(n *html.Node) *html.Node {
	form := dom.NewElement(atom.Div)
	var math []*html.Node
	number := ""
	row := func() {
		if len(math) == 0 {
			return
		}
		var parts []string
		for _, m := range math {
			parts = append(parts, formula.TeX(m))
		}
		source := math[0]
		if len(math) > 1 {
			source = nil
		}
		p := dom.NewElement(atom.P)
		p.AppendChild(mathOf(formula.WithTag(strings.Join(parts, " "), number), true, source))
		form.AppendChild(p)
		math, number = nil, ""
	}
	for d := w.next(n, n, false); d != nil; {
		skip := false
		switch {
		case d.DataAtom == atom.Tr:
			row()
		case d.DataAtom == atom.Math && d.Namespace == "math":
			math, skip = append(math, d), true
		case isEquationNumber(d):
			number, skip = text.FoldSpace(w.rawText(d)), true
		case d.Type == html.TextNode && len(strings.TrimSpace(d.Data)) > maxTagText:
			return nil // words next to a formula
		}
		d = w.next(d, n, skip)
	}
	if row(); form.FirstChild == nil {
		return nil
	}
	return in(form, n)
}

// rawFormulaOf returns the form of a paragraph or <div> that is one formula between delimiters, with line breaks, or
// with emphasis where a Markdown engine has misread TeX's underscores. It returns nil for other elements.
func (w *Writer) rawFormulaOf(n *html.Node) *html.Node {
	if n.DataAtom != atom.P && n.DataAtom != atom.Div || n.FirstChild == nil || n.FirstChild.Type != html.TextNode ||
		n.FirstChild == n.LastChild {
		return nil
	}
	start := strings.TrimLeft(n.FirstChild.Data, " \n\t")
	if !strings.HasPrefix(start, "$$") && !strings.HasPrefix(start, `\[`) && !strings.HasPrefix(start, `\begin{`) {
		return nil
	}
	var body strings.Builder
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case c.Type == html.TextNode:
			body.WriteString(strings.TrimPrefix(c.Data, "\n")) // with the break before it, it would be a blank line
		case c.DataAtom == atom.Br:
			body.WriteByte('\n')
		case c.DataAtom == atom.Em || c.DataAtom == atom.I:
			body.WriteString("_" + w.rawText(c) + "_")
		case c.Type == html.CommentNode:
		default:
			return nil
		}
	}
	tex, display, ok := formula.Unwrap(body.String())
	if !ok || tex == "" {
		return nil
	}
	return in(mathOf(tex, display, nil), n)
}

// mathOf returns a formula with the given TeX. The parameter source, if not nil, is a <math> element, and its MathML is
// added.
func mathOf(tex string, display bool, source *html.Node) *html.Node {
	math := &html.Node{Type: html.ElementNode, Data: "math", DataAtom: atom.Math, Namespace: "math"}
	math.Attr = append(math.Attr, html.Attribute{Key: "alttext", Val: tex})
	if display {
		math.Attr = append(math.Attr, html.Attribute{Key: "display", Val: "block"})
	}
	annotation := &html.Node{
		Type: html.ElementNode, Data: "annotation", Namespace: "math",
		Attr: []html.Attribute{{Key: "encoding", Val: "application/x-tex"}},
	}
	annotation.AppendChild(&html.Node{Type: html.TextNode, Data: tex})
	math.AppendChild(annotation) // before the source's own annotation, which may lack the equation number
	if source != nil {
		for c := source.FirstChild; c != nil; c = c.NextSibling {
			math.AppendChild(dom.CloneTree(c))
		}
	}
	return math
}

// bareNames are class names of elements whose formula may have no delimiters.
var bareNames = text.SetOf(
	"math", "math-inline", "math-display", "math-block", "inline", "block", "display", "language-math",
	"inline-math", "block-math",
)

// numberNames are class names of elements that contain the number of a formula.
var numberNames = text.SetOf(
	"eqno", "eqn-num", "equation-number", "ltx_tag_equation", "eq-number", "eqnum", "equation-label",
)

// displayNames are class names of elements whose formula is on a line of its own.
var displayNames = text.SetOf(
	"katex-display", "display", "math-display", "math-block", "mathjax_display", "mathjax_svg_display",
	"mjxc-display", "js-display-math", "block-math", "katex-block", "mathblock", "stemblock", "displaymath",
	"notion-equation-block",
)
