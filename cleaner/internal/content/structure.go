package content

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// list builds a list. A list inside a list without an item belongs to the item before it.
func (f *flower) list(c int32) {
	list := Element(f.tree.Nodes[c].HTML, f.resolve)
	t := f.tree
	for i := c + 1; i < t.Nodes[c].End; i = t.Nodes[i].End {
		if !f.kept(i) {
			continue
		}
		n := &t.Nodes[i]
		switch {
		case n.Tag == atom.Li:
			item := Element(n.HTML, f.resolve)
			f.flow(item, i, direct)
			appendFilled(list, item)
		case (n.Tag == atom.Ul || n.Tag == atom.Ol) && list.LastChild != nil:
			inner := flower{builder: f.builder, out: list.LastChild, mode: direct, attrs: n.HTML}
			inner.child(i)
		default:
			item := dom.NewElement(atom.Li)
			inner := flower{builder: f.builder, out: item, mode: direct, attrs: n.HTML}
			inner.child(i)
			appendFilled(list, item)
		}
	}
	appendFilled(f.out, list)
}

func appendFilled(out, e *html.Node) {
	if e.FirstChild != nil {
		out.AppendChild(e)
	}
}

// definitions builds a definition list. One without terms and definitions is a box like any other.
func (f *flower) definitions(c int32) {
	if !f.holdsEntry(c) {
		f.flow(f.out, c, paragraphs)
		return
	}
	list := dom.NewElement(atom.Dl)
	f.entries(list, c)
	appendFilled(f.out, list)
}

// holdsEntry reports whether a kept term or definition of the list itself is below node c.
func (f *flower) holdsEntry(c int32) bool {
	t := f.tree
	for i := c + 1; i < t.Nodes[c].End; i++ {
		switch t.Nodes[i].Tag {
		case atom.Dl:
			i = t.Nodes[i].End - 1
		case atom.Dt, atom.Dd:
			if f.kept(i) {
				return true
			}
		}
	}
	return false
}

// entries adds the entries below node c, which may stand in divs. What stands between them belongs to a definition: there is
// nothing else that it could be.
func (f *flower) entries(list *html.Node, c int32) {
	t := f.tree
	var stray *flower
	for i := c + 1; i < t.Nodes[c].End; i = t.Nodes[i].End {
		n := &t.Nodes[i]
		switch {
		case n.Tag == atom.Dt || n.Tag == atom.Dd:
			stray = nil
			if f.kept(i) {
				e := dom.NewElement(n.Tag)
				f.flow(e, i, direct)
				appendFilled(list, e)
			}
		case n.Tag != atom.Dl && f.holdsEntry(i):
			stray = nil
			f.entries(list, i)
		case stray == nil && !f.kept(i):
		default:
			if stray == nil {
				stray = &flower{builder: f.builder, out: dom.NewElement(atom.Dd), mode: direct, attrs: n.HTML}
				list.AppendChild(stray.out)
			}
			stray.child(i)
		}
	}
}

// code builds a code block: one text node with its bytes as they are.
func (f *flower) code(c int32) {
	t := f.tree
	var s strings.Builder
	class, _ := languageClass(dom.Attr(t.Nodes[c].HTML, "class"))
	line := c
	for i := c + 1; i < t.Nodes[c].End; i++ {
		n := &t.Nodes[i]
		switch {
		case n.Tag == atom.Br:
			s.WriteByte('\n')
		case n.Form != block.Element && n.Form != block.Image && f.keep[i]:
			if at := f.blockAround(i); at != line { // some highlighters put each line in a block element
				line = at
				if s.Len() > 0 && !strings.HasSuffix(s.String(), "\n") && !strings.HasPrefix(n.Text, "\n") {
					s.WriteByte('\n')
				}
			}
			s.WriteString(n.Text)
		case n.Tag == atom.Code && class == "":
			class, _ = languageClass(dom.Attr(n.HTML, "class"))
		}
	}
	for p, up := t.Nodes[c].Parent, 0; class == "" && p != block.None && up < 2; p, up = t.Nodes[p].Parent, up+1 {
		class = wrapperLanguage(dom.Attr(t.Nodes[p].HTML, "class"))
	}
	if text.IsBlankLine(s.String()) {
		return
	}
	pre, code := dom.NewElement(atom.Pre), dom.NewElement(atom.Code)
	if class != "" {
		code.Attr = []html.Attribute{{Key: "class", Val: class}}
	}
	code.AppendChild(dom.NewText(s.String()))
	pre.AppendChild(code)
	f.out.AppendChild(pre)
}

// blockAround returns the innermost block element that holds node i.
func (b *builder) blockAround(i int32) int32 {
	for i = b.tree.Nodes[i].Parent; b.tree.Nodes[i].Parent != block.None && !dom.IsBlockElement(b.tree.Nodes[i].Tag); {
		i = b.tree.Nodes[i].Parent
	}
	return i
}

// wrapperLanguage reads the language from the element around a code block, as Sphinx and others write it: highlight-python.
func wrapperLanguage(class string) string {
	if value, ok := languageClass(class); ok {
		return value
	}
	for name := range strings.FieldsSeq(class) {
		if lang, ok := strings.CutPrefix(name, "highlight-"); ok && isCodeLanguage(lang) && lang != "default" && lang != "none" {
			return "language-" + lang
		}
	}
	return ""
}

// table builds a table of data; a table that lays out a page is dissolved.
func (f *flower) table(c int32) {
	t := f.tree
	if !f.isData(c) {
		f.cells(c)
		return
	}
	table := dom.NewElement(atom.Table)
	body := table
	for i := c + 1; i < t.Nodes[c].End; i++ {
		n := &t.Nodes[i]
		switch n.Tag {
		case atom.Caption:
			if f.kept(i) {
				caption := dom.NewElement(atom.Caption)
				f.inlineChildren(caption, i)
				table.InsertBefore(caption, firstRows(table)) // browsers show it above, wherever it stands
			}
			i = n.End - 1
		case atom.Thead, atom.Tbody, atom.Tfoot:
			body = dom.NewElement(n.Tag)
			if f.kept(i) {
				table.AppendChild(body)
			}
		case atom.Tr:
			if f.kept(i) {
				appendFilled(body, f.row(i))
			}
			i = n.End - 1
		}
	}
	appendFilled(f.out, table)
}

func firstRows(table *html.Node) *html.Node {
	for c := table.FirstChild; c != nil; c = c.NextSibling {
		if c.DataAtom != atom.Caption {
			return c
		}
	}
	return nil
}

// row builds a table's row with all its cells, so that columns stay where they are.
func (f *flower) row(r int32) *html.Node {
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

// cells dissolves a layout table: every cell is a flow of its own.
func (f *flower) cells(c int32) {
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
