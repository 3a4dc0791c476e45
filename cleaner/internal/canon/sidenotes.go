package canon

import (
	"cmp"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// sidenotesOf returns the form of a line with inline notes that a style sheet shows next to the line, or when a reader
// points at their marks. The form is the line with links in place of the notes, and the notes below it. A note whose
// mark already links to another copy of the note is removed. sidenotesOf returns nil if there are no notes.
func (w *Writer) sidenotesOf(n *html.Node) *html.Node {
	if !w.holdsSidenote(n) {
		return nil
	}
	line := &html.Node{Type: n.Type, Data: n.Data, DataAtom: n.DataAtom, Attr: n.Attr}
	w.copyChildren(line, n, nil)
	list := dom.NewElement(atom.Ol)
	var found []*html.Node
	for d := w.next(line, line, false); d != nil; d = w.next(d, line, w.isSidenote(d)) {
		if w.isSidenote(d) {
			found = append(found, d)
		}
	}
	linked := false
	for _, note := range found {
		if isLinked(note) {
			linked = true
			note.Parent.RemoveChild(note)
			continue
		}
		w.takeSidenote(note, list)
	}
	if list.FirstChild == nil {
		if linked {
			return in(line, n)
		}
		return nil
	}
	box := dom.NewElement(atom.Div)
	if n.DataAtom != atom.P { // an item or a cell keeps its tag
		line.AppendChild(list)
		return in(line, n)
	}
	box.AppendChild(line)
	box.AppendChild(list)
	return in(box, n)
}

// maxSidenoteSearch is how many nodes below a line are searched for a note.
const maxSidenoteSearch = 400

func (w *Writer) holdsSidenote(n *html.Node) bool {
	seen := 0
	for d := w.next(n, n, false); d != nil && seen < maxSidenoteSearch; d = w.next(d, n, false) {
		if d.DataAtom == atom.Span && w.isSidenote(d) {
			return true
		}
		seen++
	}
	return false
}

// isSidenote reports whether a span is a note: it has the class of a note, or a checkbox before it shows and hides it.
// A span that begins a list item is not next to a line; it may be the text of a footnote in a list.
func (w *Writer) isSidenote(n *html.Node) bool {
	if n.DataAtom != atom.Span || n.FirstChild == nil || n.Parent.DataAtom == atom.Li && isFirst(n) {
		return false
	}
	if w.is(n, namedSidenote) {
		return true
	}
	toggle := dom.PreviousElement(n)
	if toggle == nil || toggle.DataAtom != atom.Input || !strings.EqualFold(dom.Attr(toggle, "type"), "checkbox") {
		return false
	}
	label := dom.PreviousElement(toggle)
	return label != nil && label.DataAtom == atom.Label && dom.Attr(label, "for") == dom.Attr(toggle, "id") &&
		dom.HasAttr(toggle, "id") && len(w.rawText(label)) <= maxSideMark
}

// isLinked reports whether the mark before a note links to another copy of the note.
func isLinked(note *html.Node) bool {
	for before := note.PrevSibling; before != nil; before = before.PrevSibling {
		if before.Type == html.TextNode && strings.TrimSpace(before.Data) == "" {
			continue
		}
		if before.DataAtom == atom.Sup && before.FirstChild != nil && before.FirstChild.DataAtom == atom.A {
			before = before.FirstChild
		}
		href := dom.Attr(before, "href")
		return before.DataAtom == atom.A && len(href) > 1 && href[0] == '#' && href[1:] != dom.Attr(note, "id")
	}
	return false
}

// takeSidenote moves a note to the list and replaces it with a link.
func (w *Writer) takeSidenote(note, list *html.Node) {
	mark := ""
	var gone []*html.Node
	for before := note.PrevSibling; before != nil &&
		len(gone) < 4; before = before.PrevSibling { // the note's mark, and the checkbox that shows the note
		if before.Type == html.TextNode && strings.TrimSpace(before.Data) == "" {
			continue
		}
		switch {
		case before.DataAtom == atom.Label:
			mark = cmp.Or(text.FoldSpace(w.rawText(before)), mark)
		case before.DataAtom == atom.Input || before.DataAtom == atom.Button:
		case before.DataAtom == atom.Sup && len(w.rawText(before)) <= maxSideMark:
			mark = text.FoldSpace(w.rawText(before))
			gone = append(gone, before)
			before = nil
		default:
			before = nil
		}
		if before == nil {
			break
		}
		gone = append(gone, before)
	}
	if !strings.ContainsFunc(mark, func(r rune) bool {
		return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '*' ||
			r == '†'
	}) {
		w.sidenotes++
		mark = strconv.Itoa(w.sidenotes)
	}
	for _, g := range gone {
		g.Parent.RemoveChild(g)
	}
	w.notesMade++
	id := "sidenote." + strconv.Itoa(w.notesMade)
	sup, a, item := dom.NewElement(atom.Sup), dom.NewElement(atom.A), dom.NewElement(atom.Li)
	a.Attr = []html.Attribute{{Key: "href", Val: "#" + id}}
	item.Attr = []html.Attribute{{Key: "id", Val: id}}
	a.AppendChild(&html.Node{Type: html.TextNode, Data: mark})
	sup.AppendChild(a)
	note.Parent.InsertBefore(sup, note)
	note.Parent.RemoveChild(note)
	w.dropMarks(note)
	for _, c := range dom.TakeChildren(note) {
		item.AppendChild(c)
	}
	list.AppendChild(item)
}

// maxSideMark is the maximum length of a sidenote's mark, in bytes.
const maxSideMark = 8

// dropMarks removes the repeated marks from a note that LaTeXML has written.
func (w *Writer) dropMarks(note *html.Node) {
	var marks []*html.Node
	for d := w.next(note, note, false); d != nil; d = w.next(d, note, false) {
		if class := dom.Attr(d, "class"); dom.HasToken(class, "ltx_note_mark") || dom.HasToken(class, "ltx_tag_note") {
			marks = append(marks, d)
		}
	}
	for _, m := range marks {
		dom.Detach(m)
	}
}
