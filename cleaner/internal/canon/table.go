package canon

import (
	"cmp"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// A role is the part that a box plays in a table that is built from elements other than <table>.
type role uint8

const (
	noRole role = iota
	roleTable
	roleRow
	roleCell
	roleHead
)

// roleOf returns an element's role, from its role attribute (WAI-ARIA 1.2) or from a class such as divTableCell.
func (w *Writer) roleOf(n *html.Node) role {
	switch strings.ToLower(dom.Attr(n, "role")) {
	case "table", "grid", "treegrid":
		return roleTable
	case "row":
		return roleRow
	case "cell", "gridcell":
		return roleCell
	case "columnheader", "rowheader":
		return roleHead
	}
	switch own := w.namesOf(n); {
	case own&namedTable != 0:
		return roleTable
	case own&namedRow != 0:
		return roleRow
	case own&namedTableHead != 0:
		return roleHead
	case own&namedTableCell != 0:
		return roleCell
	}
	return noRole
}

// maxGridCells is approximately the maximum number of cells in a table of boxes that gridOf converts.
const maxGridCells = 20_000

// gridOf returns the form of a table built from boxes: a <table>. It returns nil if n is not a table of boxes, has text
// outside its cells, or has fewer than two rows or, on average, fewer than two cells per row.
func (w *Writer) gridOf(n *html.Node) *html.Node {
	if w.roleOf(n) != roleTable {
		return nil
	}
	table := dom.NewElement(atom.Table)
	for _, a := range n.Attr {
		if a.Key == "class" || a.Key == "id" {
			table.Attr = append(table.Attr, a)
		}
	}
	table.Attr = append(table.Attr, html.Attribute{Key: "role", Val: "table"})
	var row *html.Node
	rows, cells := 0, 0
	for d := w.next(n, n, false); d != nil; {
		skip := false
		switch {
		case d.Type == html.TextNode && strings.TrimSpace(d.Data) != "":
			return nil
		case d.Type != html.ElementNode:
		default:
			switch of := w.roleOf(d); of {
			case roleTable:
				return nil
			case roleRow:
				row = dom.NewElement(atom.Tr)
				table.AppendChild(row)
				rows++
			case roleCell, roleHead:
				if row == nil || cells > maxGridCells {
					return nil
				}
				tag := atom.Td
				if of == roleHead || isInHeadGroup(d, n) {
					tag = atom.Th
				}
				cell := dom.NewElement(tag)
				w.copyChildren(cell, d, nil)
				w.recordCopy(cell, d)
				row.AppendChild(cell)
				cells++
				skip = true
			case noRole:
			}
		}
		d = w.next(d, n, skip)
	}
	if rows < 2 || cells < 2*rows {
		return nil
	}
	partRows(table)
	return in(table, n)
}

// summaryTableOf returns the form of a table of Javadoc whose cells are boxes without rows: a <table>. The header cells
// tell how many columns there are. It returns nil for other boxes.
func (w *Writer) summaryTableOf(n *html.Node) *html.Node {
	if !dom.HasToken(dom.Attr(n, "class"), "summary-table") {
		return nil
	}
	var cells []*html.Node
	columns := 0
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case c.Type != html.ElementNode:
		case c.DataAtom != atom.Div:
			return nil
		default:
			if dom.HasToken(dom.Attr(c, "class"), "table-header") {
				columns++
			}
			cells = append(cells, c)
		}
	}
	if columns < 2 || len(cells) <= columns || len(cells)%columns != 0 || len(cells) > maxGridCells {
		return nil
	}
	table := dom.NewElement(atom.Table)
	table.Attr = []html.Attribute{{Key: "class", Val: "summary-table"}, {Key: "role", Val: "table"}}
	var row *html.Node
	for i, c := range cells {
		tag := atom.Td
		if i < columns {
			tag = atom.Th
		}
		if i%columns == 0 {
			row = dom.NewElement(atom.Tr)
			table.AppendChild(row)
		}
		cell := dom.NewElement(tag)
		w.copyChildren(cell, c, nil)
		w.recordCopy(cell, c)
		row.AppendChild(cell)
	}
	partRows(table)
	return in(table, n)
}

// isInHeadGroup reports whether a cell of a table is in the group of header rows that Tailwind names.
func isInHeadGroup(cell, table *html.Node) bool {
	for n := cell.Parent; n != nil && n != table; n = n.Parent {
		if dom.HasToken(dom.Attr(n, "class"), "table-header-group") {
			return true
		}
	}
	return false
}

// partRows splits the rows of a table. The rows at the top that contain only header cells go into a <thead>, the others
// into a <tbody>.
func partRows(table *html.Node) {
	head, body := dom.NewElement(atom.Thead), dom.NewElement(atom.Tbody)
	for _, row := range dom.TakeChildren(table) {
		if body.FirstChild == nil && isHeadRow(row) {
			head.AppendChild(row)
		} else {
			body.AppendChild(row)
		}
	}
	for _, part := range [...]*html.Node{head, body} {
		if part.FirstChild != nil {
			table.AppendChild(part)
		}
	}
}

func isHeadRow(row *html.Node) bool {
	for c := row.FirstChild; c != nil; c = c.NextSibling {
		if c.DataAtom != atom.Th {
			return false
		}
	}
	return true
}

// cellOf returns the form of a cell that shows only a symbol: the symbol's text for screen readers, the alternative
// text of a small picture, or a sign for a symbol whose class or file name is that of a check mark or a cross. Without
// this, tables that compare features would have empty cells. For a cell that labeledCellOf rewrites, cellOf returns
// that form, and for other cells nil.
func (w *Writer) cellOf(n *html.Node) *html.Node {
	if form := w.labeledCellOf(n); form != nil {
		return form
	}
	said, sign, icons := "", "", 0
	for d := w.next(n, n, false); d != nil; {
		skip := false
		switch {
		case d.Type == html.TextNode:
			if strings.TrimSpace(d.Data) != "" {
				return nil
			}
		case d.Type != html.ElementNode:
		case w.is(d, namedUnseen):
			said += " " + w.rawText(d)
			skip = true
		case isAriaHidden(d) || d.Namespace == "svg" || isEmptyBox(d):
			icons++
			said += " " + iconLabel(d)
			sign = cmp.Or(sign, signOf(dom.Attr(d, "class")))
			skip = true
		case d.DataAtom == atom.Img:
			icons++
			file := signOf(fileStem(dom.Attr(d, "src")))
			if isIcon(d) || file != "" {
				said += " " + dom.Attr(d, "alt")
			}
			sign = cmp.Or(sign, file)
		}
		d = w.next(d, n, skip)
	}
	said = cmp.Or(text.FoldSpace(said), sign)
	if said == "" || icons == 0 || len(said) > maxSign {
		return nil
	}
	cell := &html.Node{Type: n.Type, Data: n.Data, DataAtom: n.DataAtom, Attr: n.Attr}
	cell.AppendChild(&html.Node{Type: html.TextNode, Data: said})
	return in(cell, n)
}

// isEmptyBox reports whether an element is empty and may show a symbol as its background.
func isEmptyBox(n *html.Node) bool {
	switch n.DataAtom {
	case atom.I, atom.Span, atom.Div, atom.B, atom.Em:
		return n.FirstChild == nil
	}
	return false
}

// iconLabel returns the name of an icon: its aria-label, its title, or the title of a drawing. It returns "" if there
// is none, and for the icon of a link, whose name says what the link does.
func iconLabel(n *html.Node) string {
	if n.Parent.DataAtom == atom.A {
		return ""
	}
	label := cmp.Or(dom.Attr(n, "aria-label"), dom.Attr(n, "title"))
	if first := n.FirstChild; label == "" && n.Namespace == "svg" && first != nil && first.Data == "title" {
		label = onlyText(first)
	}
	return label
}

// signOf returns a check mark or a cross if a class or the name of a file is that of such a symbol, and "" otherwise.
func signOf(name string) string {
	for token := range strings.FieldsSeq(strings.ToLower(name)) {
		if crosses.Has(token) {
			return "✗"
		}
		for word := range strings.FieldsFuncSeq(token, func(r rune) bool { return r == '-' || r == '_' }) {
			switch word {
			case "check", "checkmark", "tick", "checked":
				return "✓"
			case "times", "xmark", "cross":
				return "✗"
			}
		}
	}
	return ""
}

// crosses are the names of crosses in the fonts of icons, and in drawings, that contain only the letter x.
var crosses = text.SetOf("bi-x", "bi-x-lg", "bi-x-circle", "fa-x", "icon-x", "lucide-x", "ti-x")

// fileStem returns the name of the file at an address, without its extension.
func fileStem(address string) string {
	path, _, _ := strings.Cut(address, "?")
	name, _, _ := strings.Cut(text.AfterSlash(path), ".")
	return name
}

const (
	maxSign = 40 // maximum length of a symbol's text, in bytes
	maxIcon = 24 // maximum width or height of a symbol, in pixels
)

// isIcon reports whether a picture is a symbol: its width or height, according to its attributes, is small.
func isIcon(img *html.Node) bool {
	for _, key := range [...]string{"width", "height"} {
		if pixels, err := strconv.Atoi(strings.TrimSuffix(dom.Attr(img, key), "px")); err == nil && pixels <= maxIcon {
			return true
		}
	}
	return false
}

// labeledCellOf returns the form of a cell that repeats the header of its column for narrow windows. The form is the
// cell without the header. It returns nil for other cells.
func (w *Writer) labeledCellOf(n *html.Node) *html.Node {
	label := n.FirstChild
	for label != nil && label.Type == html.TextNode && strings.TrimSpace(label.Data) == "" {
		label = label.NextSibling
	}
	if n.DataAtom != atom.Td || label == nil || label.NextSibling == nil || !isInline(label) &&
		label.DataAtom != atom.Div {
		return nil
	}
	class := dom.Attr(label, "class")
	if !strings.Contains(class, "label") && !strings.Contains(class, "mobile") && !strings.Contains(class, "heading") &&
		!strings.Contains(class, "title") {
		return nil
	}
	head := strings.TrimRight(text.FoldSpace(w.rawText(label)), ": ")
	if head == "" || !strings.EqualFold(head, w.headAbove(n)) {
		return nil
	}
	form := &html.Node{Type: n.Type, Data: n.Data, DataAtom: n.DataAtom, Attr: n.Attr}
	w.copyChildren(form, n, label)
	return in(form, n)
}

// headAbove returns the text of the header cell above a cell, from the first row of the table. It assumes that no cells
// are merged. It returns "" if the column has no header.
func (w *Writer) headAbove(cell *html.Node) string {
	column := 0
	for c := cell.PrevSibling; c != nil; c = c.PrevSibling {
		if c.DataAtom == atom.Td || c.DataAtom == atom.Th {
			column++
		}
	}
	table := cell.Parent
	for table != nil && table.DataAtom != atom.Table {
		table = table.Parent
	}
	if table == nil {
		return ""
	}
	for d := w.next(table, table, false); d != nil; d = w.next(d, table, false) {
		if d.DataAtom != atom.Tr {
			continue
		}
		for c := d.FirstChild; c != nil; c = c.NextSibling {
			if c.DataAtom != atom.Th {
				continue
			}
			if column == 0 {
				return text.FoldSpace(w.rawText(c))
			}
			column--
		}
		return ""
	}
	return ""
}
