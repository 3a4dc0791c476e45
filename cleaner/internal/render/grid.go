package render

import (
	"strconv"

	"golang.org/x/net/html"

	"github.com/dechaff/dechaff/cleaner/internal/dom"
)

// maxSpan is the maximum number of columns that one cell spans. A rowspan counts only in the first maxWidth columns,
// and rows are filled with empty cells only up to there: one wide row could make all others thousands of times longer.
const maxSpan, maxWidth = 50, 100

// grid puts the cells of rows into columns, and returns the number of cells in the widest row. The function cell
// renders a cell. The text of a cell that spans columns or rows is in the first of them; the others are empty.
func grid(source []*html.Node, cell func(*html.Node) string) (rows [][]string, width int) {
	var taken []int // for each column, how many more rows a cell above covers
	for _, tr := range source {
		var row []string
		skip := func() {
			for len(row) < len(taken) && taken[len(row)] > 0 {
				taken[len(row)]--
				row = append(row, "")
			}
		}
		for c := tr.FirstChild; c != nil; c = c.NextSibling {
			skip()
			text := cell(c)
			for i := range max(min(spanOf(c, "colspan"), maxSpan), 1) {
				if i > 0 {
					text = ""
				}
				row = append(row, text)
				if down := spanOf(c, "rowspan"); down > 1 && len(row) <= maxWidth {
					for len(taken) < len(row) {
						taken = append(taken, 0)
					}
					taken[len(row)-1] = down - 1
				}
			}
		}
		skip()
		rows, width = append(rows, row), max(width, len(row))
	}
	return rows, width
}

// spanOf returns how many columns or rows a cell spans. key is "colspan" or "rowspan".
func spanOf(cell *html.Node, key string) int {
	n, err := strconv.Atoi(dom.Attr(cell, key))
	if err != nil {
		return 1
	}
	return n
}
