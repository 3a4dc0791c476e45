package content

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/dom"
)

// list builds a list. A nested list outside an item belongs to the item before it.
func (f *flowBuilder) list(c int32) {
	if f.isGallery(c) {
		f.flow(f.out, c, paragraphs)
		return
	}
	list := Element(f.tree.Nodes[c].HTML, f.resolve)
	t := f.tree
	if kind := styledNumbers(t.Nodes[c].HTML); kind != "" && dom.Attr(list, "type") == "" {
		list.Attr = append(list.Attr, html.Attribute{Key: "type", Val: kind})
	}
	for i := c + 1; i < t.Nodes[c].End; i = t.Nodes[i].End {
		if !f.kept(i) {
			continue
		}
		n := &t.Nodes[i]
		switch {
		case n.Tag == atom.Li:
			item := Element(n.HTML, f.resolve)
			if note := f.notes.at[i]; note != nil {
				f.dropRule()
				item = noteItem(note)
			}
			f.flow(item, i, direct)
			appendFilled(list, item)
		case (n.Tag == atom.Ul || n.Tag == atom.Ol) && list.LastChild != nil:
			inner := flowBuilder{builder: f.builder, out: list.LastChild, mode: direct, attrs: n.HTML}
			inner.child(i)
		default:
			item := dom.NewElement(atom.Li)
			inner := flowBuilder{builder: f.builder, out: item, mode: direct, attrs: n.HTML}
			inner.child(i)
			appendFilled(list, item)
		}
	}
	appendFilled(f.out, list)
}

// isGallery reports whether a list contains only pictures and their captions. A list in content that has been built
// before is not a gallery.
func (f *flowBuilder) isGallery(c int32) bool {
	pictures := 0
	for i := c + 1; i < f.tree.Nodes[c].End; i++ {
		n := &f.tree.Nodes[i]
		switch {
		case !f.keep[i] || n.Form == block.Element:
		case n.Form == block.Image:
			pictures++
		case n.Block == block.None || f.blocks[n.Block].Kind != block.Caption:
			return false
		}
	}
	return pictures > 0 && f.resolve != nil
}

// styledNumbers returns the type attribute for an ordered list whose style numbers it with letters or Roman numerals,
// or "".
func styledNumbers(list *html.Node) string {
	if list.DataAtom != atom.Ol {
		return ""
	}
	_, style, _ := strings.Cut(strings.ToLower(dom.Attr(list, "style")), "list-style")
	for _, of := range [...][2]string{
		{"lower-alpha", "a"},
		{"lower-latin", "a"},
		{"upper-alpha", "A"},
		{"upper-latin", "A"},
		{"lower-roman", "i"},
		{"upper-roman", "I"},
	} {
		if strings.Contains(style, of[0]) {
			return of[1]
		}
	}
	return ""
}

func appendFilled(out, e *html.Node) {
	if e.FirstChild != nil {
		out.AppendChild(e)
	}
}

// definitions builds a definition list. A list without terms and definitions is treated like any other box.
func (f *flowBuilder) definitions(c int32) {
	if !f.holdsEntry(c) {
		f.flow(f.out, c, paragraphs)
		return
	}
	list := dom.NewElement(atom.Dl)
	f.entries(list, c)
	appendFilled(f.out, list)
}

// holdsEntry reports whether node c contains a kept term or definition that belongs to the list itself, not to a nested
// list.
func (f *flowBuilder) holdsEntry(c int32) bool {
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

// entries appends the entries below node c, including those in divs. Content between them becomes a definition.
func (f *flowBuilder) entries(list *html.Node, c int32) {
	t := f.tree
	var stray *flowBuilder
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
				stray = &flowBuilder{builder: f.builder, out: dom.NewElement(atom.Dd), mode: direct, attrs: n.HTML}
				list.AppendChild(stray.out)
			}
			stray.child(i)
		}
	}
}
