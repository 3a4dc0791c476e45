// Package notes finds the notes of a page, at its foot, at the end of a chapter or next to the text, and the marks that
// refer to each note. All publishing software has this in common: a short mark in the text links to a note further down
// the page.
//
//	notes.go   Note, Find
//	mark.go    tests for marks
//	range.go   where a note begins and ends
//	trim.go    the parts of a note that repeat its mark or link back to the text
package notes

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// A Note is a note with the marks that refer to it. Nodes are given as indices into the tree.
type Note struct {
	// Refs are the links or raised marks that refer to the note, in page order.
	Refs []int32
	// From and To are the range of the note: the sibling nodes from From up to, but not including, To.
	From, To int32
	// Mark is the text of the mark, without brackets: "12", "*".
	Mark string
	// Skip lists the nodes of the note that repeat its mark or lead back to the text. The first CutBytes bytes of the
	// text node Cut also repeat the mark. Cut is block.None if there is no such node.
	Skip     []int32
	Cut      int32
	CutBytes int
}

// Bounds for the notes of a page.
const (
	maxNotes  = 2000
	maxSteps  = 5_000_000 // nodes that are examined; a node counts each time it is examined
	maxBytes  = 8000      // bytes in the text of one note
	maxBefore = 12        // bytes in a note's line before its place: brackets, a number
)

// A finder finds the notes of one page.
type finder struct {
	tree *block.Tree
	// hidden reports whether a node is never shown.
	hidden func(i int32) bool
	// addresses are the addresses of the page, without fragments.
	addresses []string
	// places maps the ids of elements and the names of anchors to their nodes. A node with an id or a name is called a
	// place.
	places map[string]int32
	// targets are the places that marks link to, in page order, without duplicates.
	targets []int32
	// steps is the number of nodes that may still be examined.
	steps int
	notes []Note
	// byPlace has, for each place that a mark links to, the index of the note that begins there, or -1 if none does.
	byPlace map[int32]int
}

// Find returns the notes of a page in the order of the marks that refer to them. If no link refers to a note, it looks
// for raised numbers and symbols. hidden reports whether a node is never shown, and addresses are the addresses of the
// page.
func Find(t *block.Tree, hidden func(i int32) bool, addresses ...string) []Note {
	f := &finder{tree: t, hidden: hidden, steps: maxSteps}
	for _, a := range addresses {
		if a, _, _ = strings.Cut(a, "#"); a != "" {
			f.addresses = append(f.addresses, a)
		}
	}
	marks := f.links()
	if len(marks) > 0 {
		f.collectPlaces()
		for _, m := range marks {
			if at, ok := f.places[m.id]; ok && at > m.node {
				f.targets = append(f.targets, at)
			}
		}
		slices.Sort(f.targets)
		f.targets = slices.Compact(f.targets)
		f.byPlace = make(map[int32]int)
		for _, m := range marks {
			f.refer(m)
		}
	}
	if len(f.notes) == 0 {
		f.findRaised()
	}
	for n := range f.notes {
		f.trim(&f.notes[n])
	}
	return f.notes
}

// A link is a link whose text is a mark. Its id is the name of a place on the same page.
type link struct {
	node int32
	id   string
	mark string
	// certain reports whether the link's markup alone shows that it refers to a note. bracketed reports whether the
	// link is in brackets. References to formulas and paragraphs are in brackets too.
	certain, bracketed bool
}

// links collects the links that may be marks.
func (f *finder) links() []link {
	var all []link
	nodes := f.tree.Nodes
	for i := range nodes {
		n := &nodes[i]
		if n.Tag != atom.A || f.hidden(int32(i)) || len(all) >= maxNotes {
			continue
		}
		id := f.targetOf(dom.Attr(n.HTML, "href"))
		if id == "" {
			if id = quotedIn(dom.Attr(n.HTML, "onclick")); id == "" {
				continue
			}
		}
		line := f.textOf(int32(i), maxMark+1)
		mark, ok := markIn(line)
		if !ok {
			continue
		}
		bracketed := f.isBracketed(int32(i), line) || len(all) > 0 && f.follows(int32(i), all[len(all)-1])
		all = append(all, link{int32(i), id, mark, f.isCertain(int32(i), line), bracketed})
	}
	return all
}

// follows reports whether a mark is in the same brackets as the mark before it: [1, 2], [3–5].
func (f *finder) follows(i int32, last link) bool {
	end := f.tree.Nodes[last.node].End
	if !last.bracketed || i-end > 4 {
		return false
	}
	between := f.visibleBetween(end, i, 8)
	return between != "" && strings.Trim(between, " \n\t\u00a0,;–-") == ""
}

// targetOf returns the id of the place on this page that a link leads to, or "" if it leads elsewhere.
func (f *finder) targetOf(href string) string {
	hash := strings.IndexByte(href, '#')
	if hash < 0 || hash == len(href)-1 {
		return ""
	}
	if before := href[:hash]; before != "" &&
		!strings.HasPrefix(before, "./") && // MediaWiki writes the page's own name
		!slices.Contains(f.addresses, before) {
		return ""
	}
	return href[hash+1:]
}

// quotedIn returns the first quoted name in a script that scrolls to a note, or "" for other scripts.
func quotedIn(script string) string {
	if !strings.Contains(script, "oot") && !strings.Contains(script, "note") {
		return ""
	}
	_, rest, found := strings.Cut(script, "'")
	id, _, closed := strings.Cut(rest, "'")
	if !found || !closed {
		return ""
	}
	return id
}

// isCertain reports whether a link's own markup shows that it refers to a note: the link is raised or a symbol, its
// attributes name a note (see isNamedNote), or it directly follows a word or a punctuation mark. A mark of letters must
// be raised or named.
func (f *finder) isCertain(i int32, line string) bool {
	if isLetters(line) { // it may be part of an alphabetical index
		return f.isRaisedOrNamed(i)
	}
	if isSigns(line) || f.isRaisedOrNamed(i) {
		return true
	}
	before := f.textBefore(i)
	r, _ := utf8.DecodeLastRuneInString(before) // the mark touches the word before it
	return before != "" && (unicode.IsLetter(r) || strings.ContainsRune(".,;:!?\"'”’»)。、", r))
}

// isBracketed reports whether a mark is in brackets.
func (f *finder) isBracketed(i int32, line string) bool {
	before := strings.TrimRight(f.textBefore(i), " \n\t")
	for _, open := range [...]string{"[", "(", "［"} {
		if strings.HasPrefix(line, open) || strings.HasSuffix(before, open) {
			return true
		}
	}
	return false
}

// isRaisedOrNamed reports whether a link is raised, or whether its attributes or those of an element directly around it
// name a note (see isNamedNote).
func (f *finder) isRaisedOrNamed(i int32) bool {
	nodes := f.tree.Nodes
	for up, at := 0, i; up < 3 && at != block.None; up, at = up+1, nodes[at].Parent {
		n := &nodes[at]
		if n.Tag == atom.Sup || isNamedNote(n.HTML) {
			return true
		}
		if dom.IsBlockElement(n.Tag) {
			break
		}
	}
	for c := i + 1; c < nodes[i].End; c++ {
		if nodes[c].Tag == atom.Sup {
			return true
		}
	}
	return false
}

// collectPlaces maps the ids of elements and the names of anchors to their nodes.
func (f *finder) collectPlaces() {
	f.places = make(map[string]int32)
	nodes := f.tree.Nodes
	for i := range nodes {
		if nodes[i].Form != block.Element {
			continue
		}
		for _, a := range nodes[i].HTML.Attr {
			if a.Key == "id" || a.Key == "name" && nodes[i].Tag == atom.A {
				if _, known := f.places[a.Val]; !known {
					f.places[a.Val] = int32(i)
				}
			}
		}
	}
}

// refer adds a mark to the note that it links to. If the note is not known yet, refer adds it to the list. It ignores
// links that do not lead to a note.
func (f *finder) refer(m link) {
	place, ok := f.places[m.id]
	if !ok || place <= m.node || f.hidden(place) {
		return
	}
	if n, known := f.byPlace[place]; known {
		if n >= 0 && !f.inAny(m.node) {
			f.notes[n].Refs = append(f.notes[n].Refs, m.node)
		}
		return
	}
	f.byPlace[place] = -1
	from, to, ok := f.rangeOf(place)
	if !ok || f.tree.Contains(from, m.node) || from <= m.node || !m.certain && !f.leadsBack(from, to, m.node) &&
		!(m.bracketed && f.beginsWithMark(from, to, m.mark)) {
		return
	}
	for k := range f.notes { // another name for a place whose note is already known
		if f.notes[k].From == from {
			f.byPlace[place] = k
			f.notes[k].Refs = append(f.notes[k].Refs, m.node)
			return
		}
	}
	f.byPlace[place] = len(f.notes)
	f.notes = append(f.notes, Note{Refs: []int32{m.node}, From: from, To: to, Mark: m.mark, Cut: block.None})
}

// inAny reports whether a node is in a note that has been found.
func (f *finder) inAny(i int32) bool {
	for k := range f.notes {
		if f.notes[k].From <= i && i < f.notes[k].To {
			return true
		}
	}
	return false
}

// leadsBack reports whether a note has a link to the mark that refers to it, to a node inside the mark, to a small
// element around the mark, or to a node just before it.
func (f *finder) leadsBack(from, to, ref int32) bool {
	nodes := f.tree.Nodes
	for i := from; i < to && f.step(); i++ {
		if nodes[i].Tag != atom.A {
			continue
		}
		place, ok := f.places[f.targetOf(dom.Attr(nodes[i].HTML, "href"))]
		if ok && place < from &&
			(f.tree.Contains(place, ref) && nodes[place].End-place < 12 || f.tree.Contains(ref, place) ||
				place < ref && ref-place < 4) {
			return true
		}
	}
	return false
}

// step counts an examined node and reports whether more may be examined.
func (f *finder) step() bool {
	f.steps--
	return f.steps > 0
}

// beginsWithMark reports whether a note begins with the mark that refers to it.
func (f *finder) beginsWithMark(from, to int32, mark string) bool {
	var b strings.Builder
	for i := from; i < to && b.Len() <= maxMark && f.step(); i++ {
		if n := &f.tree.Nodes[i]; n.Form == block.Text && !f.hidden(i) {
			b.WriteString(strings.TrimSpace(n.Text) + " ")
		}
	}
	rest, found := strings.CutPrefix(strings.TrimLeft(b.String(), " [(［（"), mark)
	r, _ := utf8.DecodeRuneInString(rest)
	return found && !unicode.IsLetter(r) && !unicode.IsDigit(r)
}

// textOf returns the visible text of a node with single spaces. The argument most is a limit in bytes: no more text is
// read once the result is longer.
func (f *finder) textOf(i int32, most int) string {
	var b strings.Builder
	for j := i; j < f.tree.Nodes[i].End && b.Len() <= most && f.step(); j++ {
		if n := &f.tree.Nodes[j]; n.Form == block.Text && !f.hidden(j) {
			b.WriteString(n.Text)
		}
	}
	return text.FoldSpace(b.String())
}

// textBefore returns the nearest text before a node in its line, or "" if there is none.
func (f *finder) textBefore(i int32) string {
	nodes := f.tree.Nodes
	for j := i - 1; j >= 0 && j > i-8; j-- {
		if nodes[j].Form == block.Text && strings.TrimSpace(nodes[j].Text) != "" {
			return nodes[j].Text
		}
		if dom.IsBlockElement(nodes[j].Tag) {
			break
		}
	}
	return ""
}
