package canon

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// listTableOf returns the form of a table that is a list: the fields that old versions of Sphinx write, the remarks on
// a code listing, or items whose bullets are in separate cells. It returns nil for other tables.
func (w *Writer) listTableOf(n *html.Node) *html.Node {
	class := dom.Attr(n, "class")
	switch {
	case dom.HasToken(class, "field-list"):
		return w.rowsAs(n, atom.Dl, atom.Dt, atom.Dd)
	case n.Parent != nil && dom.HasToken(dom.Attr(n.Parent, "class"), "colist"):
		return w.rowsAs(n, atom.Ol, 0, atom.Li)
	}
	return w.markedRowsOf(n)
}

// rowsAs returns the rows of a table as a list with the given tag. The last two arguments are the tags for the first
// and the second cell of each row. A cell is dropped if its tag is 0, or if it is neither the first nor the second.
// rowsAs returns nil for a table without rows, or with more than maxListRows.
func (w *Writer) rowsAs(n *html.Node, list, first, second atom.Atom) *html.Node {
	rows := rowsOf(n, maxListRows)
	if rows == nil {
		return nil
	}
	form := dom.NewElement(list)
	for _, row := range rows {
		for i, tag := range [...]atom.Atom{first, second} {
			if tag == 0 || i >= len(row) {
				continue
			}
			item := dom.NewElement(tag)
			w.copyChildren(item, row[i], nil)
			form.AppendChild(item)
		}
	}
	return in(form, n)
}

// maxListRows is the maximum number of rows in a table that is rewritten as a list.
const maxListRows = 1000

// rowsOf returns the cells of a table's own rows, row by row. It returns nil if the number of rows exceeds the
// parameter most.
func rowsOf(table *html.Node, most int) [][]*html.Node {
	var rows [][]*html.Node
	for part := table.FirstChild; part != nil; part = part.NextSibling {
		trs := part.FirstChild
		if part.DataAtom == atom.Tr {
			rows = append(rows, cellsOf(part))
			continue
		}
		for ; trs != nil && len(rows) <= most; trs = trs.NextSibling {
			if trs.DataAtom == atom.Tr {
				rows = append(rows, cellsOf(trs))
			}
		}
	}
	if len(rows) > most {
		return nil
	}
	return rows
}

func cellsOf(tr *html.Node) []*html.Node {
	var cells []*html.Node
	for c := tr.FirstChild; c != nil; c = c.NextSibling {
		if c.DataAtom == atom.Td || c.DataAtom == atom.Th {
			cells = append(cells, c)
		}
	}
	return cells
}

// markedRowsOf returns the form of a table whose rows consist of an item mark, such as (a), – or •, and a text, as in
// laws and old pages. The form has a <div> for each row. markedRowsOf returns nil for other tables, and for tables
// inside tables.
func (w *Writer) markedRowsOf(n *html.Node) *html.Node {
	if !w.isMarked(firstRow(n)) { // checked before all rows are collected
		return nil
	}
	rows := rowsOf(n, maxMarkedRows)
	if rows == nil {
		return nil
	}
	for _, row := range rows {
		if !w.isMarked(row) {
			return nil
		}
	}
	for at := n.Parent; at != nil; at = at.Parent {
		if at.DataAtom == atom.Table { // a menu in the layout of an old page
			return nil
		}
	}
	form := dom.NewElement(atom.Div)
	for _, row := range rows {
		box := dom.NewElement(atom.Div)
		w.copyChildren(box, row[1], nil)
		prefixText(box, strings.TrimSpace(w.shortText(row[0]))+" ")
		form.AppendChild(box)
	}
	return in(form, n)
}

const maxMarkedRows = 60

// isMarked reports whether a row consists of an item mark and a text.
func (w *Writer) isMarked(row []*html.Node) bool {
	return len(row) == 2 && row[0].DataAtom == atom.Td && isItemSign(strings.TrimSpace(w.shortText(row[0]))) &&
		w.holdsText(row[1])
}

// firstRow returns the cells of a table's first row outside the <thead> if there are two, else nil.
func firstRow(table *html.Node) []*html.Node {
	at := table.FirstChild
	for at != nil && at.DataAtom != atom.Tr {
		switch at.DataAtom {
		case atom.Tbody:
			at = at.FirstChild
		default:
			at = at.NextSibling
		}
	}
	if at == nil {
		return nil
	}
	count := 0
	for c := at.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode {
			count++
		}
	}
	if count != 2 {
		return nil
	}
	return cellsOf(at)
}

// isItemSign reports whether a text is a mark before an item rather than data in a cell. Such marks are a dash, a
// bullet, and letters or digits with parentheses, such as (a) or 2).
func isItemSign(s string) bool {
	switch s {
	case "–", "—", "-", "•", "·", "●", "▪", "*":
		return true
	}
	inner := strings.Trim(s, "().")
	return len(s) > len(inner) && inner != "" && utf8.RuneCountInString(s) <= 6 &&
		(strings.HasSuffix(s, ")") || strings.HasPrefix(s, "(")) && strings.Trim(inner, letters+"0123456789") == ""
}

const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"

// prefixText inserts a prefix before the first text of a copy.
func prefixText(n *html.Node, prefix string) {
	for d := range n.Descendants() {
		if d.Type == html.TextNode && strings.TrimSpace(d.Data) != "" {
			d.Data = prefix + strings.TrimLeft(d.Data, " \n\t")
			return
		}
	}
}

// signatureLinesOf returns the form of a term whose parameters are on separate lines, in a list inside the term. The
// form is one line. signatureLinesOf returns nil for other terms.
func (w *Writer) signatureLinesOf(dt *html.Node) *html.Node {
	var list *html.Node
	for c := dt.FirstChild; c != nil; c = c.NextSibling {
		if c.DataAtom == atom.Dl {
			if list != nil {
				return nil
			}
			list = c
		}
	}
	if list == nil {
		return nil
	}
	form := &html.Node{Type: dt.Type, Data: dt.Data, DataAtom: dt.DataAtom, Attr: dt.Attr}
	w.copyChildren(form, dt, nil)
	for c := form.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case c.Type == html.TextNode && strings.TrimSpace(c.Data) == "" &&
			(isList(c.NextSibling) || isList(c.PrevSibling)):
			c.Data = ""
		case isList(c):
			line := dom.NewElement(atom.Span)
			for item := c.FirstChild; item != nil; item = item.NextSibling {
				if item.Type != html.ElementNode {
					continue
				}
				if line.FirstChild != nil {
					line.AppendChild(&html.Node{Type: html.TextNode, Data: " "})
				}
				w.copyChildren(line, item, nil)
			}
			form.InsertBefore(line, c)
			form.RemoveChild(c)
			c = line
			if next := c.NextSibling; next != nil && next.Type == html.TextNode && strings.TrimSpace(next.Data) == "" {
				next.Data = ""
			}
		}
	}
	return in(form, dt)
}

func isList(n *html.Node) bool { return n != nil && n.DataAtom == atom.Dl }

// onlyText returns the text of an element that contains only text, or "".
func onlyText(n *html.Node) string {
	c := n.FirstChild
	if c == nil || c.NextSibling != nil || c.Type != html.TextNode {
		return ""
	}
	return strings.TrimSpace(c.Data)
}

// stepHeadingOf returns the form of a heading that has a step's number in the element before it: the heading with the
// number. For a heading that consists only of the number of its list item, the form is empty. It returns nil for other
// headings.
func (w *Writer) stepHeadingOf(n *html.Node) *html.Node {
	if number := w.numbers[n]; number != "" {
		form := &html.Node{Type: n.Type, Data: n.Data, DataAtom: n.DataAtom, Attr: n.Attr}
		w.copyChildren(form, n, nil)
		prefixText(form, number)
		return in(form, n)
	}
	if n.Parent != nil && n.Parent.DataAtom == atom.Li && n.Parent.Parent != nil && n.Parent.Parent.DataAtom == atom.Ol &&
		dom.PreviousElement(n) == nil && dom.NextElement(n) != nil {
		if number := onlyText(n); number != "" && len(number) <= 3 && strings.Trim(number, "0123456789.") == "" {
			return in(dom.NewElement(atom.Span), n)
		}
	}
	return nil
}

// ingredientOf returns the form of a row with an ingredient's name and amount in separate boxes: one line. It returns
// nil for other rows.
func (w *Writer) ingredientOf(n *html.Node) *html.Node {
	if !strings.Contains(dom.Attr(n, "class"), "ngredient") {
		return nil
	}
	parts, amounts := 0, 0
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case c.Type == html.TextNode && strings.TrimSpace(c.Data) == "":
		case c.DataAtom == atom.Div || c.DataAtom == atom.Span:
			class := dom.Attr(c, "class")
			if strings.Contains(class, "amount") || strings.Contains(class, "quantity") {
				amounts++
			}
			if parts++; parts > 3 || w.holdsBlock(c) || len(w.shortText(c)) > maxIngredient {
				return nil
			}
		default:
			return nil
		}
	}
	if parts < 2 || amounts != 1 {
		return nil
	}
	form := dom.NewElement(atom.P)
	form.Attr = n.Attr
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode {
			w.copyChildren(form, c, nil)
			form.AppendChild(&html.Node{Type: html.TextNode, Data: " "})
		}
	}
	return in(form, n)
}

const maxIngredient = 120 // bytes

// codeTwinOf returns an empty element for a box that repeats the code before it, if one of the two is hidden. One of
// them is a copy for the clipboard, or a copy with colors. It returns nil for other boxes.
func (w *Writer) codeTwinOf(n *html.Node) *html.Node {
	before := n.PrevSibling
	if before != nil && before.Type == html.TextNode {
		before = before.PrevSibling
	}
	if before == nil || !isUnshown(n) && !isUnshown(before) {
		return nil
	}
	if before.DataAtom != atom.Pre {
		var pre *html.Node
		for d := w.next(before, before, false); d != nil; d = w.next(d, before, d.DataAtom == atom.Pre) {
			if d.DataAtom == atom.Pre {
				pre = d
			}
		}
		if before = pre; before == nil {
			return nil
		}
	}
	own := withoutSpace(w.rawText(n))
	if own == "" || own != withoutSpace(w.rawText(before)) {
		return nil
	}
	return in(dom.NewElement(atom.Span), n)
}

func isUnshown(n *html.Node) bool {
	style := dom.Attr(n, "style")
	return strings.Contains(style, "none") && strings.Contains(strings.ReplaceAll(style, " ", ""), "display:none")
}

func withoutSpace(s string) string { return strings.Join(strings.Fields(s), "") }

// fileNameOf returns the text of the first element in a box that has the class of a file name, or "". It does not
// search code.
func (w *Writer) fileNameOf(box *html.Node) string {
	for d := w.next(box, box, false); d != nil; d = w.next(d, box, d.DataAtom == atom.Pre) {
		if class := dom.Attr(d, "class"); class != "" &&
			(dom.HasToken(class, "filename") || dom.HasToken(class, "crayon-title")) {
			return text.FoldSpace(w.rawText(d))
		}
	}
	return ""
}
