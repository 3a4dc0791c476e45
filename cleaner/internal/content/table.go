package content

import (
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/dom"
)

// table builds a table of data. A table for layout is dissolved.
func (f *flowBuilder) table(c int32) {
	t := f.tree
	if !f.isData(c) {
		f.cells(c)
		return
	}
	table := dom.NewElement(atom.Table)
	body := table
	var foot *html.Node
	for i := c + 1; i < t.Nodes[c].End; i++ {
		n := &t.Nodes[i]
		switch n.Tag {
		case atom.Caption:
			if f.kept(i) {
				caption := dom.NewElement(atom.Caption)
				f.inlineChildren(caption, i)
				table.InsertBefore(caption, firstRows(table)) // browsers show it above the table, wherever it is
			}
			i = n.End - 1
		case atom.Thead, atom.Tbody, atom.Tfoot:
			body = dom.NewElement(n.Tag)
			switch {
			case !f.kept(i):
			case n.Tag == atom.Tfoot && foot == nil: // browsers show it below the table, wherever it is
				foot = body
			default:
				table.AppendChild(body)
			}
		case atom.Tr:
			if f.kept(i) {
				appendFilled(body, f.row(i))
			}
			i = n.End - 1
		}
	}
	if foot != nil {
		table.AppendChild(foot)
	}
	appendFilled(f.out, table)
}

// tableFigure builds a table with a caption from a figure that contains a data table, a caption and perhaps notes, but
// no pictures. It reports whether the node is such a figure.
func (f *flowBuilder) tableFigure(c int32) bool {
	caption := f.tableCaption(c)
	if caption == block.None {
		return false
	}
	box := dom.NewElement(atom.Div)
	outer := f.builder.skipped
	f.builder.skipped = caption
	f.flow(box, c, paragraphs)
	f.builder.skipped = outer
	for _, e := range dom.TakeChildren(box) {
		if e.DataAtom == atom.Table && e.FirstChild.DataAtom != atom.Caption {
			built := dom.NewElement(atom.Caption)
			f.inlineChildren(built, caption)
			e.InsertBefore(built, e.FirstChild)
		}
		f.out.AppendChild(e)
	}
	return true
}

// tableCaption returns the caption of a figure with a single data table, or None if there is no caption, more than one,
// or a picture outside the table. Text other than the table and its caption must come after the table: notes.
func (b *builder) tableCaption(c int32) int32 {
	t := b.tree
	table, caption := block.None, block.None
	for i := c + 1; i < t.Nodes[c].End; i++ {
		switch n := &t.Nodes[i]; {
		case n.Tag == atom.Table && b.kept(i):
			if table != block.None || !b.isData(i) {
				return block.None
			}
			table = i
			i = n.End - 1
		case n.Tag == atom.Figcaption && b.kept(i):
			if caption != block.None {
				return block.None
			}
			caption = i
			i = n.End - 1
		case b.keep[i] && (n.Form == block.Image || table == block.None && n.Form == block.Text && hasVisible(n.Text)):
			return block.None
		}
	}
	if table == block.None {
		return block.None
	}
	return caption
}

func firstRows(table *html.Node) *html.Node {
	for c := table.FirstChild; c != nil; c = c.NextSibling {
		if c.DataAtom != atom.Caption {
			return c
		}
	}
	return nil
}

// row builds a table's row with all its cells, including empty ones, so that columns stay aligned.
func (f *flowBuilder) row(r int32) *html.Node {
	t := f.tree
	row := dom.NewElement(atom.Tr)
	for i := r + 1; i < t.Nodes[r].End; i = t.Nodes[i].End {
		n := &t.Nodes[i]
		if n.Tag != atom.Td && n.Tag != atom.Th {
			continue
		}
		cell := Element(n.HTML, f.resolve)
		if f.kept(i) {
			f.flow(cell, i, direct)
		}
		row.AppendChild(cell)
	}
	return row
}

// cells dissolves a layout table: the content of each cell is built as if the cell were a box.
func (f *flowBuilder) cells(c int32) {
	t := f.tree
	for i := c + 1; i < t.Nodes[c].End; i++ {
		switch n := &t.Nodes[i]; n.Tag {
		case atom.Td, atom.Th, atom.Caption:
			if f.kept(i) {
				f.flow(f.out, i, paragraphs)
			}
			i = n.End - 1
		}
	}
}
