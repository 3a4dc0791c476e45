package formula

import (
	"strings"

	"golang.org/x/net/html"

	"github.com/dechaff/dechaff/cleaner/internal/dom"
)

// maxDepth is the maximum depth of the elements of a formula. maxTeX is the maximum length of its TeX, in bytes.
const (
	maxDepth = 100
	maxTeX   = 64 << 10
)

// FromMathML converts MathML Core and the older presentation elements to TeX (MathML 3, chapter 3). It returns "" if
// the formula shows nothing or is too large.
func FromMathML(math *html.Node) string {
	if isLarge(math) {
		return ""
	}
	w := writer{}
	tex := strings.TrimSpace(w.row(childrenOf(math), 0))
	if w.size > maxTeX || visible(tex) == "" {
		return ""
	}
	return tex
}

// maxElements is the maximum number of nodes in a formula.
const maxElements = 6000

// isLarge reports whether a formula has more nodes or longer texts than real formulas have.
func isLarge(math *html.Node) bool {
	nodes := 0
	for d := range math.Descendants() {
		if nodes++; nodes > maxElements || len(d.Data) > maxTeX/8 {
			return true
		}
	}
	return false
}

// A writer turns elements into TeX. size estimates the work so far, in bytes of TeX.
type writer struct{ size int }

// childrenOf returns the child elements of a MathML element, and its text nodes that are not blank.
func childrenOf(n *html.Node) []*html.Node {
	var list []*html.Node
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode || c.Type == html.TextNode && strings.TrimSpace(c.Data) != "" {
			list = append(list, c)
		}
	}
	return list
}

// node writes one element or text node. For unknown elements, such as HTML, it writes only their content. It returns ""
// if the element is too deep or if the writer has already written too much.
func (w *writer) node(n *html.Node, depth int) string {
	if depth > maxDepth || w.size > maxTeX {
		return ""
	}
	tex := w.written(n, depth+1)
	w.size += 1 + len(tex)/8 // an eighth, because the TeX of inner elements counts again at each level
	return tex
}

func (w *writer) written(n *html.Node, depth int) string {
	if n.Type == html.TextNode {
		return identifier(strings.TrimSpace(n.Data), "")
	}
	list := childrenOf(n)
	switch n.Data {
	case "mi", "mn", "mo", "mtext", "ms", "mspace":
		return token(n)
	case "annotation", "annotation-xml", "mprescripts", "none", "maligngroup", "malignmark":
		return ""
	case "semantics", "maction":
		if len(list) == 0 {
			return ""
		}
		return w.node(list[0], depth)
	case "mfrac":
		return w.fraction(n, list, depth)
	case "msqrt":
		return `\sqrt{` + w.row(list, depth) + "}"
	case "mroot":
		if len(list) != 2 {
			break
		}
		return `\sqrt[` + w.node(list[1], depth) + "]{" + w.node(list[0], depth) + "}"
	case "msup", "msub", "msubsup", "munder", "mover", "munderover", "mmultiscripts":
		return w.scripts(n, list, depth)
	case "mtable":
		return w.environment(n, "matrix", depth)
	case "mphantom":
		return `\phantom{` + w.row(list, depth) + "}"
	case "menclose":
		return enclosed(dom.Attr(n, "notation"), w.row(list, depth))
	case "mfenced":
		return w.fenced(n, list, depth)
	case "mstyle":
		return styled(dom.Attr(n, "mathvariant"), w.row(list, depth))
	case "mglyph", "img":
		return textOf(dom.Attr(n, "alt"))
	case "svg", "script", "style":
		return ""
	}
	return w.row(list, depth) // mrow, mpadded, merror, mtd and unknown elements
}

// argument writes an element in braces, as the argument of a command, a subscript or a superscript.
func (w *writer) argument(n *html.Node, depth int) string {
	return "{" + strings.TrimSpace(w.node(n, depth)) + "}"
}

func (w *writer) fraction(n *html.Node, list []*html.Node, depth int) string {
	if len(list) != 2 {
		return w.row(list, depth)
	}
	above, below := w.argument(list[0], depth), w.argument(list[1], depth)
	if isLineless(n) {
		return lineless + above + below
	}
	return `\frac` + above + below
}

// lineless begins a fraction without a line.
const lineless = `\genfrac{}{}{0pt}{}`

func isLineless(frac *html.Node) bool { return strings.HasPrefix(dom.Attr(frac, "linethickness"), "0") }

// enclosed writes the content of <menclose> with the first notation that TeX knows, such as a box or a stroke through
// it.
func enclosed(notation, inner string) string {
	for name := range strings.FieldsSeq(notation) {
		switch name {
		case "box", "roundedbox", "circle":
			return `\boxed{` + inner + "}"
		case "radical":
			return `\sqrt{` + inner + "}"
		case "top":
			return `\overline{` + inner + "}"
		case "bottom":
			return `\underline{` + inner + "}"
		case "updiagonalstrike", "downdiagonalstrike":
			return `\cancel{` + inner + "}"
		case "horizontalstrike":
			return `\sout{` + inner + "}"
		}
	}
	return inner
}

// fenced writes <mfenced>, whose attributes give the brackets and the separators.
func (w *writer) fenced(n *html.Node, list []*html.Node, depth int) string {
	left, right, signs := "(", ")", ","
	if dom.HasAttr(n, "open") {
		left = strings.TrimSpace(dom.Attr(n, "open"))
	}
	if dom.HasAttr(n, "close") {
		right = strings.TrimSpace(dom.Attr(n, "close"))
	}
	if dom.HasAttr(n, "separators") {
		signs = strings.Join(strings.Fields(dom.Attr(n, "separators")), "")
	}
	if len(list) == 1 {
		if table := onlyTable(list[0]); table != nil {
			return w.inFences(left, right, table, depth)
		}
	}
	var b strings.Builder
	tall := false
	separators := []rune(signs)
	for i, c := range list {
		if i > 0 && len(separators) > 0 {
			b.WriteString(operator(string(separators[min(i-1, len(separators)-1)])) + " ")
		}
		b.WriteString(strings.TrimSpace(w.node(c, depth)))
		tall = tall || isTall(c, 0)
	}
	return between(left, right, b.String(), tall)
}

// between writes brackets around TeX. They grow with their content if it is tall. One of the brackets may be missing.
func between(left, right, inner string, tall bool) string {
	switch {
	case tall && (left != "" || right != ""):
		return `\left` + delimiter(left) + " " + inner + ` \right` + delimiter(right)
	default:
		return bracket(left) + inner + bracket(right)
	}
}

// delimiter returns a bracket as an argument of \left and \right.
func delimiter(s string) string {
	if s == "" {
		return "."
	}
	return bracket(s)
}

// bracket returns the TeX of a bracket.
func bracket(s string) string {
	switch s {
	case "{", "}":
		return `\` + s
	case "‖", "∥", "||":
		return `\|`
	case "❘", "∣":
		return "|"
	}
	if r := []rune(s); len(r) == 1 {
		if name := signs()[r[0]]; name != "" {
			return name + " "
		}
	}
	return escape(s)
}

// isTall reports whether brackets around an element must grow because it is or contains a fraction, a table or an
// element with something below it. Subscripts and superscripts do not count.
func isTall(n *html.Node, depth int) bool {
	if n.Type != html.ElementNode || depth > 20 {
		return false
	}
	switch n.Data {
	case "mfrac", "mtable", "munder", "munderover":
		return true
	case "msup", "msub", "msubsup":
		return n.FirstChild != nil && isTall(firstElement(n), depth+1)
	case "mo", "mi", "mn", "mtext":
		return false
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if isTall(c, depth+1) {
			return true
		}
	}
	return false
}

func firstElement(n *html.Node) *html.Node {
	c := n.FirstChild
	for c != nil && c.Type != html.ElementNode && c.NextSibling != nil {
		c = c.NextSibling
	}
	return c
}
