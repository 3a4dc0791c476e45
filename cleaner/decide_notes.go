package cleaner

import (
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/dom"
)

const (
	maxNoteMark  = 6   // bytes of a reference to a note: "[12]", "*"
	maxNoteShare = 0.3 // of the kept words: small print is longer than what it explains
)

// keepNotes keeps the notes that kept text refers to: engines drop them with the page's foot.
func (p *page) keepNotes() {
	wanted := make(map[string]bool)
	for b := range p.Blocks {
		bl := &p.Blocks[b]
		if !p.verdicts[b].keep || bl.LinkWords == 0 || bl.LinkWords == bl.Words {
			continue
		}
		for i := bl.First; i < bl.End; i++ {
			if id, ok := p.noteReference(i); ok {
				wanted[id] = true
			}
		}
	}
	var notes []int
	noted, kept := int32(0), int32(0)
	for b := range p.Blocks {
		switch bl := &p.Blocks[b]; {
		case p.verdicts[b].keep:
			kept += bl.Words
		case b > p.FirstText && bl.Words <= maxNoteWords && p.labels[b].reason == "" &&
			(p.inNote(b, wanted) || p.leadsBack(b)):
			notes = append(notes, b)
			noted += bl.Words
		}
	}
	if float64(noted) > maxNoteShare*float64(kept) {
		return
	}
	for _, b := range notes {
		p.verdicts[b] = verdict{keep: true}
	}
}

// noteReference reads the id that a mark in the text links to.
func (p *page) noteReference(i int32) (string, bool) {
	n := &p.Tree.Nodes[i]
	if n.Tag != atom.A || p.weight[i] == 0 || p.weight[i] > maxNoteMark {
		return "", false
	}
	href := dom.Attr(n.HTML, "href")
	if len(href) < 2 || href[0] != '#' {
		return "", false
	}
	return href[1:], true
}

// leadsBack reports whether an item holds a sign that links to where it is referred to.
func (p *page) leadsBack(b int) bool {
	bl := &p.Blocks[b]
	if bl.Kind != block.Item {
		return false
	}
	for i := bl.First; i < p.Tree.Nodes[bl.Elem].End; i++ {
		if p.marks[i] == markAnchor {
			return true
		}
	}
	return false
}

// inNote reports whether a block is in an element with one of the ids, or next to one that is the note's number.
func (p *page) inNote(b int, ids map[string]bool) bool {
	at := p.Blocks[b].Elem
	for range maxHeadingGap {
		if at == block.None {
			return false
		}
		n := &p.Tree.Nodes[at]
		if ids[dom.Attr(n.HTML, "id")] {
			return true
		}
		if first := at + 1; first < n.End && p.Tree.Nodes[first].Tag == atom.A &&
			ids[dom.Attr(p.Tree.Nodes[first].HTML, "id")] {
			return true
		}
		at = n.Parent
	}
	return false
}
