package render

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/dom"
)

// table renders a table in GitHub's syntax. The syntax requires a header, which is empty if the table has none and its
// first row does not look like one. A table with features that the syntax lacks is written as HTML if the options say
// so (see losesInMarkdown), unless it refers to notes: HTML cannot refer to the notes of Markdown, and programs leave
// out notes without a reference. Otherwise, a table that cannot be written in the syntax at all is written as its text
// in reading order (see canHold).
func (m *markdown) table(n *html.Node) []string {
	var lines []string
	if m.opts.HTMLTables && !m.plain && losesInMarkdown(n) && !m.holdsReference(n) {
		return m.htmlTable(n)
	}
	if !canHold(n) {
		return m.cells(n)
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if caption := m.caption(c); c.DataAtom == atom.Caption && caption != nil {
			lines = append(lines, caption...)
			lines = append(lines, "")
		}
	}
	source := tableRows(n)
	rows, width := grid(source, func(c *html.Node) string {
		return strings.ReplaceAll(strings.Join(m.cell(c), "<br>"), "|", "\\|")
	})
	if width == 0 {
		return lines
	}
	if !isHeaderRow(source[0]) && !isOnlyBoldRow(source) {
		rows = append([][]string{nil}, rows...)
	}
	for i, row := range rows {
		full := width
		if i > 0 { // GitHub adds empty cells where a row has fewer than the header
			full = min(width, maxWidth)
		}
		for len(row) < full {
			row = append(row, "")
		}
		lines = append(lines, "| "+strings.Join(row, " | ")+" |")
		if i == 0 {
			lines = append(lines, "|"+strings.Repeat(" --- |", width))
		}
	}
	return lines
}

// maxCellCode is the maximum number of lines of code in a cell of a GitHub table, each in its own code span.
const maxCellCode = 5

// canHold reports whether each cell of a table fits GitHub's syntax: no cell has a nested table, or a block of code
// with more than maxCellCode lines.
func canHold(table *html.Node) bool {
	for d := range table.Descendants() {
		if d.DataAtom == atom.Table || d.DataAtom == atom.Pre && len(codeLines(d)) > maxCellCode {
			return false
		}
	}
	return true
}

// codeLines returns the lines of code that are not blank.
func codeLines(pre *html.Node) []string {
	var lines []string
	for line := range strings.SplitSeq(dom.RawText(pre), "\n") {
		if strings.TrimSpace(line) != "" {
			lines = append(lines, line)
		}
	}
	return lines
}

// losesInMarkdown reports whether a table has features that GitHub's syntax lacks: cells that span columns or rows, or
// lists, paragraphs, quotes, tables or several lines of code in cells.
func losesInMarkdown(table *html.Node) bool {
	for d := range table.Descendants() {
		switch d.DataAtom {
		case atom.Ul, atom.Ol, atom.Dl, atom.Blockquote, atom.Table, atom.P:
			return true
		case atom.Td, atom.Th:
			if spanOf(d, "colspan") > 1 || spanOf(d, "rowspan") > 1 {
				return true
			}
		}
		if d.DataAtom == atom.Pre && len(codeLines(d)) > 1 {
			return true
		}
	}
	return false
}

// htmlTable writes a table as HTML. CommonMark passes HTML through up to the next blank line, so the table is written
// without blank lines.
func (m *markdown) htmlTable(n *html.Node) []string {
	var lines []string
	for _, c := range filteredNode(n, m.opts) {
		text := strings.ReplaceAll(Node(c), "\n", "&#10;")
		text = strings.ReplaceAll(text, "<tr>", "\n<tr>")
		lines = append(lines, strings.Split(text, "\n")...)
	}
	return lines
}

// cells renders the blocks of a table's cells one after another.
func (m *markdown) cells(table *html.Node) []string {
	var lines []string
	add := func(block []string) {
		if len(block) > 0 && len(lines) > 0 {
			lines = append(lines, "")
		}
		lines = append(lines, block...)
	}
	for c := table.FirstChild; c != nil; c = c.NextSibling {
		if c.DataAtom == atom.Caption {
			add(m.caption(c))
		}
	}
	for _, tr := range tableRows(table) {
		for c := tr.FirstChild; c != nil; c = c.NextSibling {
			add(m.blocks(c))
		}
	}
	return lines
}

// tableRows returns a table's own rows, without those of nested tables.
func tableRows(table *html.Node) []*html.Node {
	var rows []*html.Node
	for c := table.FirstChild; c != nil; c = c.NextSibling {
		switch c.DataAtom {
		case atom.Tr:
			rows = append(rows, c)
		case atom.Thead, atom.Tbody, atom.Tfoot:
			rows = append(rows, tableRows(c)...)
		}
	}
	return rows
}

func isHeaderRow(tr *html.Node) bool {
	if tr.Parent != nil && tr.Parent.DataAtom == atom.Thead {
		return true
	}
	for c := tr.FirstChild; c != nil; c = c.NextSibling {
		if c.DataAtom != atom.Th {
			return false
		}
	}
	return true
}

// isOnlyBoldRow reports whether the first row is the only one in which all text is bold or in header cells. Editors
// without headers for tables, and their users, mark a header in this way.
func isOnlyBoldRow(rows []*html.Node) bool {
	if len(rows) < 2 || !isBoldRow(rows[0]) {
		return false
	}
	for _, tr := range rows[1:] {
		if isBoldRow(tr) {
			return false
		}
	}
	return true
}

// isBoldRow reports whether a row has at least two cells with text, and all text in it is bold or in header cells.
func isBoldRow(tr *html.Node) bool {
	filled := 0
	for c := tr.FirstChild; c != nil; c = c.NextSibling {
		if strings.TrimSpace(dom.RawText(c)) == "" {
			continue
		}
		if c.DataAtom != atom.Th && !isBold(c) {
			return false
		}
		filled++
	}
	return filled > 1
}

// isBold reports whether all text in a node is bold.
func isBold(n *html.Node) bool {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case c.DataAtom == atom.Strong || c.DataAtom == atom.B:
		case c.Type == html.TextNode && strings.TrimSpace(c.Data) != "", c.Namespace != "", !isBold(c):
			return false
		}
	}
	return true
}

// cell renders the inline content of a cell's blocks, one line each, because cells cannot contain blocks.
func (m *markdown) cell(n *html.Node) []string {
	var parts []string
	var run []*html.Node
	flush := func() {
		if text := m.line(run); text != "" {
			parts = append(parts, text)
		}
		run = run[:0]
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.DataAtom == atom.Br {
			flush()
			continue
		}
		if !dom.IsBlockNode(c) {
			run = append(run, c)
			continue
		}
		flush()
		switch c.DataAtom {
		case atom.Pre:
			for _, line := range codeLines(c) {
				span := dom.NewElement(atom.Code)
				span.AppendChild(dom.NewText(line))
				w := inlineWriter{markdown: m}
				w.codeSpan(span)
				parts = append(parts, w.text.String())
			}
		case atom.Figcaption, atom.Caption:
			parts = append(parts, m.captionLines(c)...)
		default:
			parts = append(parts, m.cell(c)...)
		}
	}
	flush()
	return parts
}
