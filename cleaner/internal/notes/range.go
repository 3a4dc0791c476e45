package notes

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// rangeOf returns the range of the note at a place that a mark links to. ok is false if there is no note.
func (f *finder) rangeOf(place int32) (from, to int32, ok bool) {
	nodes := f.tree.Nodes
	at := place
	for !isBox(nodes[at].Tag) {
		if at = nodes[at].Parent; at == block.None {
			return 0, 0, false
		}
	}
	switch nodes[at].Tag {
	case atom.Body, atom.Article, atom.Main:
		return f.lineOf(at, place)
	}
	if before := f.visibleBetween(at, place, maxBefore+1); len(before) > maxBefore || hasWord(before) {
		return f.lineOf(at, place)
	}
	for range 5 {
		parent := nodes[at].Parent
		if parent == block.None || nodes[parent].Tag == atom.Body {
			break
		}
		if f.saysMore(at) && !f.isWholeOf(at, parent) {
			break
		}
		if others := f.targetsIn(parent, place); others > 0 || nodes[at].Tag == atom.Dt ||
			dom.HeadingLevel(nodes[at].Tag) > 0 {
			if f.saysMore(at) {
				break
			}
			return f.upToNext(at, place)
		}
		if before := f.visibleBetween(parent, at, maxBefore+1); len(before) > maxBefore || hasWord(before) {
			if f.saysMore(at) {
				break
			}
			return f.upToNext(at, place)
		}
		at = parent
	}
	if !f.saysMore(at) || nodes[at].Tag == atom.Body || f.beginsWithHeading(at) || f.isTooLong(at, nodes[at].End) {
		return 0, 0, false
	}
	return at, nodes[at].End, true
}

// lineOf returns a note that is one line among others in a box without paragraphs. The note begins after a line break,
// with the text before its place if there is any. It ends at a blank line, or before the next note or a block element.
func (f *finder) lineOf(box, place int32) (from, to int32, ok bool) {
	nodes := f.tree.Nodes
	from = place
	for nodes[from].Parent != box && f.visibleBetween(nodes[from].Parent, from, 1) == "" {
		from = nodes[from].Parent
	}
	parent := nodes[from].Parent
	previous := block.None // the text between the line break and the place
	broken := false
	for c := parent + 1; c < from && f.step(); c = nodes[c].End {
		switch {
		case nodes[c].Tag == atom.Br:
			previous, broken = block.None, true
		case previous == block.None && (nodes[c].Form == block.Text && strings.TrimSpace(nodes[c].Text) != "" || f.textOf(c,
			2) != ""):
			previous = c
		}
	}
	if !broken {
		return 0, 0, false
	}
	if previous != block.None {
		if before := f.visibleBetween(previous, from, maxBefore+1); len(before) > maxBefore || hasWord(before) {
			return 0, 0, false
		}
		from = previous
	}
	breaks := 0
	for to = from; to < nodes[parent].End && f.step(); to = nodes[to].End {
		n := &nodes[to]
		if n.Tag == atom.Br {
			if breaks++; breaks == 2 {
				break
			}
		} else if f.textOf(to, 1) != "" {
			breaks = 0
		}
		if to > place && f.targetsIn(to, place) > 0 || dom.IsBlockElement(n.Tag) {
			break
		}
	}
	return from, to, to > place && !f.isTooLong(from, to)
}

// beginsWithHeading reports whether the first words in a node are a heading. If so, the node is a section and not a
// note.
func (f *finder) beginsWithHeading(i int32) bool {
	nodes := f.tree.Nodes
	for j := i; j < nodes[i].End && f.step(); j++ {
		switch n := &nodes[j]; {
		case dom.HeadingLevel(n.Tag) > 0 && f.saysMore(j):
			return true
		case n.Form == block.Text && !f.hidden(j) && hasWord(n.Text):
			return false
		}
	}
	return false
}

// isBox reports whether an element may be a note: it is a block element other than html.
func isBox(tag atom.Atom) bool {
	return dom.IsBlockElement(tag) && tag != atom.Html
}

// isWholeOf reports whether the parent of a node is one whole note. The parent must have no visible text before the
// node. It must be a list item, a definition, a table row or cell, or an element whose id, class or role calls it a
// note and which contains only one place to which marks link.
func (f *finder) isWholeOf(at, parent int32) bool {
	p := &f.tree.Nodes[parent]
	if f.visibleBetween(parent, at, 1) != "" {
		return false
	}
	switch p.Tag {
	case atom.Li, atom.Dd, atom.Tr, atom.Td:
		return true
	case atom.Aside, atom.Div, atom.Section:
		return f.targetsIn(parent, -1) == 1 &&
			(isNoteBox(dom.Attr(p.HTML, "id")) || isNoteBox(dom.Attr(p.HTML, "class")) ||
				strings.HasPrefix(dom.Attr(p.HTML, "role"), "doc-footnote") || strings.HasPrefix(dom.Attr(p.HTML, "role"),
				"doc-endnote"))
	}
	return false
}

// isNoteBox reports whether a name may be that of a single note rather than that of the list of notes.
func isNoteBox(name string) bool {
	name = strings.ToLower(name)
	return (strings.Contains(name, "fn") || strings.Contains(name, "ftn") || strings.Contains(name, "note") ||
		strings.Contains(name, "footdef") || name == "references") && !strings.Contains(name, "notes") &&
		!strings.Contains(name, "list")
}

// saysMore reports whether a node has text other than marks.
func (f *finder) saysMore(i int32) bool {
	nodes := f.tree.Nodes
	for j := i; j < nodes[i].End && f.step(); j++ {
		if nodes[j].Tag == atom.A && f.targetOf(dom.Attr(nodes[j].HTML, "href")) != "" {
			if line := f.textOf(j, maxMark+1); len(line) <= maxMark {
				j = nodes[j].End - 1
				continue
			}
		}
		if n := &nodes[j]; n.Form != block.Element && !f.hidden(j) {
			if n.Form == block.Formula || hasWord(n.Text) {
				return true
			}
		}
	}
	return false
}

// hasWord reports whether a text has two letters in a row, or one letter of a writing system in which a single letter
// can be a word.
func hasWord(s string) bool {
	row := 0
	for _, r := range s {
		if !unicode.IsLetter(r) {
			row = 0
			continue
		}
		if row++; row == 2 || r >= 0x2E80 {
			return true
		}
	}
	return false
}

// targetsIn counts the places inside a node that marks link to. The place that is passed as other does not count.
func (f *finder) targetsIn(i, other int32) int {
	from, _ := slices.BinarySearch(f.targets, i)
	to, _ := slices.BinarySearch(f.targets, f.tree.Nodes[i].End)
	all := to - from
	if _, known := slices.BinarySearch(f.targets, other); known && f.tree.Contains(i, other) {
		all--
	}
	return all
}

// visibleBetween returns the visible text from the start of one node up to another. The argument most is a limit in
// bytes: no more text is read once the result is longer.
func (f *finder) visibleBetween(outer, before int32, most int) string {
	var b strings.Builder
	for j := outer; j < before && b.Len() <= most && f.step(); j++ {
		if n := &f.tree.Nodes[j]; n.Form == block.Text && !f.hidden(j) {
			b.WriteString(text.FoldSpace(n.Text))
		}
	}
	return b.String()
}

// upToNext returns a note that consists of a node and siblings after it. It ends before a sibling that contains the
// next note's place, or that is a rule, a table or a section. Once the note has text, it also ends before a heading or
// a term.
func (f *finder) upToNext(at, place int32) (from, to int32, ok bool) {
	nodes := f.tree.Nodes
	parent := nodes[at].Parent
	box := &nodes[parent]
	// In a box that contains more than notes, the last note ends after the first sibling that has words.
	whole := box.Tag == atom.Dl || isNamedNote(box.HTML) || f.hasTargetAfter(at, box.End)
	said := f.saysMore(at)
	to = nodes[at].End
	for to < box.End && !(said && !whole) && !f.endsNote(to, place, said) {
		said = said || f.saysMore(to)
		to = nodes[to].End
	}
	if !said || f.isTooLong(at, to) {
		return 0, 0, false
	}
	return at, to, true
}

// hasTargetAfter reports whether marks link to a place that comes after a node and all nodes in it, and before the node
// with the index end.
func (f *finder) hasTargetAfter(at, end int32) bool {
	next, _ := slices.BinarySearch(f.targets, f.tree.Nodes[at].End)
	return next < len(f.targets) && f.targets[next] < end
}

// endsNote reports whether a note ends before node i because the next note or something else begins at i. The argument
// said reports whether the note already has text.
func (f *finder) endsNote(i, place int32, said bool) bool {
	switch tag := f.tree.Nodes[i].Tag; tag {
	case atom.Hr, atom.Table, atom.Section, atom.Article:
		return true
	case atom.Dt:
		return said
	default:
		return f.targetsIn(i, place) > 0 || said && dom.HeadingLevel(tag) > 0
	}
}

// isTooLong reports whether a range cannot be a note because it has too much text or a figure. Figures are not notes,
// but text refers to them by number too. The result is also true if no more nodes may be examined.
func (f *finder) isTooLong(from, to int32) bool {
	bytes := 0
	for j := from; j < to; j++ {
		if !f.step() || f.tree.Nodes[j].Tag == atom.Figure || f.tree.Nodes[j].Tag == atom.Figcaption {
			return true
		}
		if n := &f.tree.Nodes[j]; n.Form == block.Text {
			if bytes += len(n.Text); bytes > maxBytes {
				return true
			}
		}
	}
	return false
}

// findRaised finds notes without links: raised numbers or symbols in the text, and lines further down the page that
// begin with the same numbers or symbols. It needs at least two notes.
func (f *finder) findRaised() {
	nodes := f.tree.Nodes
	refs := make(map[string][]int32)
	starts := make(map[string]int32)
	var order []string
	for i := range nodes {
		if nodes[i].Tag != atom.Sup || f.hidden(int32(i)) {
			continue
		}
		mark, ok := markIn(f.textOf(int32(i), 8))
		if !ok || !isSigns(mark) && strings.Trim(mark, "0123456789") != "" {
			continue
		}
		box := f.boxOf(int32(i))
		if box == block.None {
			continue
		}
		if before := f.visibleBetween(box, int32(i), 1); before == "" {
			if _, known := starts[mark]; !known && len(refs[mark]) > 0 && nodes[box].Tag != atom.Td &&
				f.saysMore(box) {
				starts[mark] = box
				order = append(order, mark)
			}
		} else if _, known := starts[mark]; !known {
			refs[mark] = append(refs[mark], int32(i))
		}
	}
	if len(order) < 2 { // a single raised number may be a power, an isotope or a verse number
		return
	}
	for _, mark := range order {
		for _, ref := range refs[mark] {
			if ref > starts[order[0]] {
				return
			}
		}
	}
	for _, mark := range order {
		from := starts[mark]
		if !f.isTooLong(from, nodes[from].End) {
			f.notes = append(
				f.notes,
				Note{Refs: refs[mark], From: from, To: nodes[from].End, Mark: mark, Cut: block.None},
			)
		}
	}
}

// boxOf returns the nearest block element around a node, or block.None.
func (f *finder) boxOf(i int32) int32 {
	for i != block.None && !isBox(f.tree.Nodes[i].Tag) {
		i = f.tree.Nodes[i].Parent
	}
	return i
}
