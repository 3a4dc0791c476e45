package formula

import (
	"strings"

	"golang.org/x/net/html"

	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// row writes elements one after the other. Brackets grow if their content is tall. A table between brackets becomes a
// matrix or cases.
func (w *writer) row(list []*html.Node, depth int) string {
	var b strings.Builder
	w.rowInto(&b, list, depth)
	return strings.TrimSpace(b.String())
}

func (w *writer) rowInto(b *strings.Builder, list []*html.Node, depth int) {
	if depth > maxDepth || w.size > maxTeX {
		return
	}
	ends := partners(list)
	for i := 0; i < len(list); i++ {
		c := list[i]
		left, isFence := fenceOf(c)
		if end := ends[i]; isFence && end > i {
			right, _ := fenceOf(list[end])
			inner := list[i+1 : end]
			if table := tableOf(inner); table != nil {
				join(b, w.inFences(left, right, table, depth), c)
				i = end
				continue
			}
			if tex := w.binomial(left, right, inner, depth); tex != "" {
				join(b, tex, c)
				i = end
				continue
			}
			if anyTall(inner) && isStretchy(c) && isStretchy(list[end]) {
				join(b, between(left, right, w.row(inner, depth+1), true), c)
				i = end
				continue
			}
		} else if isFence && left == "{" && i+1 < len(list) && end <= i {
			if table := tableOf(list[i+1 : i+2]); table != nil { // cases: the closing bracket is empty
				join(b, w.environment(table, "cases", depth), c)
				i++
				if i+1 < len(list) && isEmptyOperator(list[i+1]) {
					i++
				}
				continue
			}
		}
		join(b, w.node(c, depth), c)
	}
}

// inFences writes a table between brackets: a matrix, or cases.
func (w *writer) inFences(left, right string, table *html.Node, depth int) string {
	name := ""
	switch left + right {
	case "()":
		name = "pmatrix"
	case "[]":
		name = "bmatrix"
	case "{}":
		name = "Bmatrix"
	case "||", "∣∣":
		name = "vmatrix"
	case "‖‖", "∥∥":
		name = "Vmatrix"
	case "{":
		if right == "" {
			name = "cases"
		}
	}
	if name == "" {
		return between(left, right, w.environment(table, "matrix", depth), true)
	}
	return w.environment(table, name, depth)
}

// binomial writes a binomial coefficient: parentheses around a fraction that has no line. It returns "" for anything
// else.
func (w *writer) binomial(left, right string, inner []*html.Node, depth int) string {
	if left != "(" || right != ")" || len(inner) != 1 {
		return ""
	}
	n := inner[0]
	for n.Data == "mrow" || n.Data == "mstyle" || n.Data == "mpadded" {
		list := childrenOf(n)
		if len(list) != 1 {
			return ""
		}
		n = list[0]
	}
	if n.Data != "mfrac" || !isLineless(n) {
		return ""
	}
	tex, _ := strings.CutPrefix(w.node(n, depth), lineless)
	return `\binom` + tex
}

// partners returns, for each opening bracket of a row, the position of its closing bracket, and 0 elsewhere.
func partners(list []*html.Node) []int {
	ends := make([]int, len(list))
	var open []int
	for i, c := range list {
		sign, isFence := fenceOf(c)
		if !isFence {
			continue
		}
		closing := strings.Contains(")]}⟩⌉⌋〉⟧", sign)
		if strings.Contains("|‖∥∣", sign) {
			closing = len(open) > 0 && isBar(list[open[len(open)-1]]) && formOf(c) != "prefix"
		}
		switch {
		case !closing:
			open = append(open, i)
		case len(open) > 0:
			ends[open[len(open)-1]] = i
			open = open[:len(open)-1]
		}
	}
	return ends
}

func isBar(n *html.Node) bool {
	sign, _ := fenceOf(n)
	return strings.Contains("|‖∥∣", sign)
}

func formOf(n *html.Node) string { return dom.Attr(n, "form") }

// fenceOf returns the characters of an operator, and whether they are a bracket. A vertical bar is a bracket if its
// attributes say so or if it is first or last in its row.
func fenceOf(n *html.Node) (string, bool) {
	if n.Data != "mo" {
		return "", false
	}
	s := strings.TrimSpace(dom.RawText(n))
	switch s {
	case "(", ")", "[", "]", "{", "}", "⟨", "⟩", "〈", "〉", "⌈", "⌉", "⌊", "⌋", "⟦", "⟧":
		return s, true
	case "|", "‖", "∥", "∣":
		form := formOf(n)
		return s, dom.Attr(n, "fence") == "true" || dom.Attr(n, "stretchy") == "true" || form == "prefix" ||
			form == "postfix" || strings.Contains(dom.Attr(n, "class"), "ltx_math") || n.PrevSibling == nil ||
			n.NextSibling == nil
	}
	return s, false
}

func isStretchy(n *html.Node) bool { return dom.Attr(n, "stretchy") != "false" }

func isEmptyOperator(n *html.Node) bool {
	return n.Data == "mo" && strings.TrimSpace(dom.RawText(n)) == ""
}

func anyTall(list []*html.Node) bool {
	for _, c := range list {
		if isTall(c, 0) {
			return true
		}
	}
	return false
}

// tableOf returns the table that a row consists of, or nil if there is anything else. Spaces do not count.
func tableOf(list []*html.Node) *html.Node {
	var only *html.Node
	for _, c := range list {
		if c.Data == "mspace" || isEmptyOperator(c) {
			continue
		}
		if only != nil {
			return nil
		}
		only = c
	}
	if only == nil {
		return nil
	}
	return onlyTable(only)
}

func onlyTable(n *html.Node) *html.Node {
	for range maxDepth {
		switch n.Data {
		case "mtable":
			return n
		case "mrow", "mstyle", "mpadded":
		default:
			return nil
		}
		list := childrenOf(n)
		if len(list) != 1 {
			return nil
		}
		n = list[0]
	}
	return nil
}

// join appends the TeX of an element to a row. It adds spaces around operators that are between operands, and a space
// between a command and a letter.
func join(b *strings.Builder, tex string, n *html.Node) {
	if tex == "" {
		return
	}
	before := b.String()
	switch {
	case before == "":
	case n.Data == "mo" && isInfix(n, tex), strings.HasSuffix(before, " "):
		space(b)
	case endsInCommand(before) && startsWithLetter(tex):
		space(b)
	case strings.HasPrefix(tex, `\begin{`) || strings.HasPrefix(tex, `\left`):
		space(b)
	}
	b.WriteString(tex)
	if n.Data == "mo" && before != "" && (isInfix(n, tex) || tex == "," || tex == ";") {
		b.WriteByte(' ')
	}
}

func space(b *strings.Builder) {
	if s := b.String(); s != "" && s[len(s)-1] != ' ' {
		b.WriteByte(' ')
	}
}

// maxCommand is the maximum length of a command's name, in bytes.
const maxCommand = 40

// endsInCommand reports whether TeX ends with a command of letters, so that a following letter would become part of the
// command.
func endsInCommand(tex string) bool {
	i := len(tex)
	for i > 0 && len(tex)-i < maxCommand && startsWithLetter(tex[i-1:]) {
		i--
	}
	return i > 0 && i < len(tex) && tex[i-1] == '\\'
}

// isInfix reports whether an operator, given with its TeX, is between two operands, like a plus sign or an arrow.
func isInfix(n *html.Node, tex string) bool {
	switch tex {
	case ",", ";", "!", "'", "''", "(", ")", "[", "]", `\{`, `\}`, "|", `\|`, ".", "/", ":":
		return tex == ":"
	}
	if strings.TrimSpace(dom.RawText(n)) == "" || hasLimits(tex) || isFunction(strings.TrimPrefix(tex, `\`)) {
		return false
	}
	if ordinary.Has(tex) {
		return false
	}
	return formOf(n) != "prefix" && formOf(n) != "postfix"
}

// ordinary lists the TeX of operators that are not between two operands.
var ordinary = text.SetOf(
	`\langle `, `\rangle `, `\lceil `, `\rceil `, `\lfloor `, `\rfloor `, `\nabla`, `\partial`,
	`\neg`, `\forall`, `\exists`, `\prime`, `\degree`, `\ldots`, `\cdots`, `\infty`,
)
