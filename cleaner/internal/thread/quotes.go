package thread

import (
	"strings"

	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// quoteLabels are the lines above quotes that look like quotes but are not marked up as quotes.
var quoteLabels = text.SetOf(
	"quote", "quote:", "zitat", "zitat:", "citation", "citation:", "citation :", "cita", "cita:",
	"citazione", "citazione:", "citaat:", "citat:", "citát:", "cytat:", "цитата", "цитата:", "idézet:", "lainaus:",
	"sitat:", "alıntı:", "引用", "引用:", "引用：", "인용:", "اقتباس:", "اقتباس", "ציטוט:",
)

// findQuotes returns the outermost quotes in the posts' texts that are boxes or tables, not <blockquote>. A box is a
// quote if its class names say so. A table is a quote if the class names of a cell, or a label above the table, say so.
func (f *finder) findQuotes(inBody []bool) map[int32]bool {
	nodes := f.Tree.Nodes
	quotes := make(map[int32]bool)
	label := false // the previous line is one of quoteLabels
	for i := int32(0); i < int32(len(nodes)); i++ {
		n := &nodes[i]
		if !inBody[i] {
			continue
		}
		switch {
		case n.Form == block.Text:
			if strings.ContainsFunc(n.Text, text.IsWordRune) {
				label = quoteLabels.Has(strings.ToLower(text.FoldSpace(n.Text)))
			}
			continue
		case n.Tag == atom.Table:
			if !label && !f.hasQuoteCell(i) {
				continue
			}
		case n.Tag == atom.Blockquote:
		case n.Tag != atom.Div || !isQuote(n):
			continue
		}
		if n.Tag != atom.Blockquote {
			quotes[i] = true
		}
		label = false
		i = n.End - 1
	}
	return quotes
}

// maxQuoteRows is the maximum number of rows of a quote's table: one for the author and one for the text.
const maxQuoteRows = 2

// hasQuoteCell reports whether a table has a cell whose class names call it a quote, and at most maxQuoteRows rows.
func (f *finder) hasQuoteCell(table int32) bool {
	rows, found := 0, false
	for i := table + 1; i < f.Tree.Nodes[table].End; i++ {
		switch n := &f.Tree.Nodes[i]; n.Tag {
		case atom.Tr:
			rows++
		case atom.Td:
			found = found || isQuote(n)
		case atom.Table:
			i = n.End - 1
		}
	}
	return found && rows <= maxQuoteRows
}
