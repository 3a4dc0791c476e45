package render

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/dom"
)

// table renders a GitHub table. It needs a header, which is empty if the table has none.
func (m *markdown) table(n *html.Node) []string {
	var rows [][]string
	var lines []string
	header := false
	width := 0
	for _, tr := range tableRows(n) {
		if len(rows) == 0 {
			header = isHeaderRow(tr)
		}
		row := m.row(tr)
		rows = append(rows, row)
		width = max(width, len(row))
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if caption := m.caption(c); c.DataAtom == atom.Caption && caption != nil {
			lines = append(lines, caption...)
			lines = append(lines, "")
		}
	}
	if width == 0 {
		return lines
	}
	if !header {
		rows = append([][]string{nil}, rows...)
	}
	for i, row := range rows {
		for len(row) < width {
			row = append(row, "")
		}
		lines = append(lines, "| "+strings.Join(row, " | ")+" |")
		if i == 0 {
			lines = append(lines, "|"+strings.Repeat(" --- |", width))
		}
	}
	return lines
}

// tableRows lists a table's own rows, not those of tables in its cells.
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

// maxSpan bounds how many empty cells a colspan makes.
const maxSpan = 50

func (m *markdown) row(tr *html.Node) []string {
	var row []string
	for c := tr.FirstChild; c != nil; c = c.NextSibling {
		row = append(row, strings.ReplaceAll(strings.Join(m.cell(c), " "), "|", "\\|"))
		if span, err := strconv.Atoi(dom.Attr(c, "colspan")); err == nil {
			for range min(span, maxSpan) - 1 {
				row = append(row, "")
			}
		}
	}
	return row
}

// cell renders the inline content of a cell's blocks: it cannot have blocks.
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
		if !dom.IsBlockNode(c) {
			run = append(run, c)
			continue
		}
		flush()
		switch c.DataAtom {
		case atom.Pre:
			w := inlineWriter{markdown: m}
			w.codeSpan(c)
			parts = append(parts, w.text.String())
		case atom.Figcaption, atom.Caption:
			parts = append(parts, m.caption(c)...)
		default:
			parts = append(parts, m.cell(c)...)
		}
	}
	flush()
	return parts
}
