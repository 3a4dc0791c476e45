package formula

import (
	"strings"

	"golang.org/x/net/html"

	"github.com/dechaff/dechaff/cleaner/internal/dom"
)

// environment writes a table as the LaTeX environment with the given name. If that is "matrix" and the table's columns
// are aligned right and left in turn, it uses "aligned", or no environment for a single cell. The numbers of the rows
// become tags at the end.
func (w *writer) environment(table *html.Node, name string, depth int) string {
	var rows []string
	tags := ""
	for _, r := range childrenOf(table) {
		cells := childrenOf(r)
		if r.Data == "mlabeledtr" && len(cells) > 0 {
			tags += tagOf(strings.TrimSpace(dom.RawText(cells[0])))
			cells = cells[1:]
		} else if r.Data != "mtr" {
			cells = []*html.Node{r}
		}
		parts := make([]string, 0, len(cells))
		for _, c := range cells {
			parts = append(parts, strings.TrimSpace(w.node(c, depth)))
		}
		rows = append(rows, strings.Join(parts, " & "))
	}
	if name == "matrix" && isAligned(table) {
		if len(rows) == 1 && !strings.Contains(rows[0], "&") {
			return rows[0] + tags
		}
		name = "aligned"
	}
	return `\begin{` + name + "} " + strings.Join(rows, ` \\ `) + ` \end{` + name + "}" + tags
}

// isAligned reports whether a table lays out equations: its columns are aligned right and left in turn, or it has the
// class that Temml gives to aligned lines, or all its columns are aligned right in display style.
func isAligned(table *html.Node) bool {
	align := strings.Join(strings.Fields(dom.Attr(table, "columnalign")), " ")
	return strings.HasPrefix(align, "right left") || align == "right" && dom.Attr(table, "displaystyle") == "true" ||
		dom.HasToken(dom.Attr(table, "class"), "tml-jot")
}

// tagOf returns the TeX for the number of a formula, or "" if it has none.
func tagOf(number string) string {
	number = strings.TrimSpace(number)
	if strings.HasPrefix(number, "(") && strings.HasSuffix(number, ")") {
		number = number[1 : len(number)-1]
	}
	if number == "" {
		return ""
	}
	return ` \tag{` + escapeText(number) + "}"
}

// WithTag adds the number that a page shows next to a formula, unless the formula already has one or the number is
// longer than 24 bytes.
func WithTag(tex, number string) string {
	if strings.Contains(tex, `\tag`) || len(number) > maxTag {
		return tex
	}
	return tex + tagOf(number)
}

// maxTag is the maximum length of a formula's number, in bytes.
const maxTag = 24
