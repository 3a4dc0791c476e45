package region

import (
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/dom"
)

// minParagraph is the length of the shortest paragraph that counts, in characters.
const minParagraph = 25

// A paragraph that is alone in a div passes its score on to the element around the div only if the div's link density
// is below maxCollapsed.
const maxCollapsed = 0.25

// findStarts finds the blocks that are paragraphs, and the first element that gets the score of each. For a p, a pre or
// a heading below h1, that is the parent. For a run of text in a div, or in an element with several runs, it is the
// element itself.
func (f *finder) findStarts() {
	nodes := f.tree.Nodes
	for b := range f.blocks {
		bl := &f.blocks[b]
		f.starts[b] = block.None
		if f.removed[bl.Elem] || f.removed[bl.First] {
			continue
		}
		switch n := &nodes[bl.Elem]; {
		case n.Tag == atom.P || n.Tag == atom.Pre || dom.HeadingLevel(n.Tag) > 1:
			f.starts[b] = n.Parent
			if f.runs[bl.Elem] > 1 {
				f.starts[b] = bl.Elem
			}
		case n.Tag == atom.Div:
			f.starts[b] = bl.Elem
		case f.runs[bl.Elem] > 1 && n.Tag != atom.Html: // runs of text separated by an empty line
			f.starts[b] = bl.Elem
		}
	}
}

// collapse handles paragraphs that are alone in a div: their score goes to the element around the div.
func (f *finder) collapse() {
	nodes := f.tree.Nodes
	for b := range f.blocks {
		at := f.starts[b]
		if at == block.None || nodes[at].Tag != atom.Div || nodes[at].Parent == block.None ||
			f.facts[at].linkDensity() >= maxCollapsed {
			continue
		}
		if bl := &f.blocks[b]; bl.Elem == at && f.runs[at] == 1 && !f.hasBlocks(at) ||
			bl.Elem != at && nodes[bl.Elem].Tag == atom.P && f.isOnlyChild(at, bl.Elem) {
			f.starts[b] = nodes[at].Parent
			f.facts[at].paragraphs--
		}
	}
}

// hasBlocks reports whether an element contains block elements.
func (f *finder) hasBlocks(at int32) bool {
	nodes := f.tree.Nodes
	for i := at + 1; i < nodes[at].End; i++ {
		if f.removed[i] {
			i = nodes[i].End - 1
			continue
		}
		if nodes[i].Form == block.Element && dom.IsBlockElement(nodes[i].Tag) {
			return true
		}
	}
	return false
}

// isOnlyChild reports whether a node is the only child element of its parent and there is no text next to it.
func (f *finder) isOnlyChild(parent, child int32) bool {
	nodes := f.tree.Nodes
	if f.facts[parent].chars != f.facts[child].chars {
		return false
	}
	for i := parent + 1; i < nodes[parent].End; i = nodes[i].End {
		if i != child && !f.removed[i] && nodes[i].Form != block.Text {
			return false
		}
	}
	return true
}

// score adds the score of each paragraph, table cell and section to its ancestors. Then it lowers the score of each
// element by its link density.
func (f *finder) score() {
	nodes := f.tree.Nodes
	for b := range f.blocks {
		at := f.starts[b]
		if at == block.None {
			continue
		}
		bl := &f.blocks[b]
		chars, commas := int32(0), int32(0)
		for i := bl.First; i < bl.End; i++ {
			if nodes[i].Form != block.Element && nodes[i].Block == int32(b) && !f.removed[i] {
				chars += f.own[i].chars
				commas += f.own[i].commas
			}
		}
		f.give(at, chars, commas)
	}
	for i := range nodes {
		if n := &nodes[i]; (n.Tag == atom.Td || n.Tag == atom.Section) && !f.removed[i] && n.Parent != block.None {
			f.give(n.Parent, f.facts[i].chars, f.facts[i].commas)
		}
	}
	for _, i := range f.scored {
		f.scores[i] *= 1 - f.facts[i].linkDensity()
	}
}

// maxAncestors is the maximum number of elements around a paragraph that get a part of its score.
const maxAncestors = 5

func (f *finder) give(at, chars, commas int32) {
	if chars < minParagraph {
		return
	}
	score := float64(1 + commas + min(chars/100, 3))
	for level := range maxAncestors {
		if at == block.None || f.tree.Nodes[at].Parent == block.None || f.tree.Nodes[at].Tag == atom.Html {
			return
		}
		f.begin(at)
		switch level {
		case 0:
			f.scores[at] += score
		case 1:
			f.scores[at] += score / 2
		default:
			f.scores[at] += score / float64(3*level)
		}
		at = f.tree.Nodes[at].Parent
	}
}

// begin sets an element's score to its initial value, which depends on the element's tag and, if weighNames is set, on
// its class names and id. It does nothing if the element already has a score.
func (f *finder) begin(i int32) {
	if f.isScored[i] {
		return
	}
	f.isScored[i] = true
	f.scored = append(f.scored, i)
	score := int32(0)
	if f.rules.weighNames {
		score = f.Signs[i].weight()
	}
	switch f.tree.Nodes[i].Tag {
	case atom.Div:
		score += 5
	case atom.Pre, atom.Td, atom.Blockquote:
		score += 3
	case atom.Address, atom.Ol, atom.Ul, atom.Dl, atom.Dd, atom.Dt, atom.Li, atom.Form:
		score -= 3
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Th:
		score -= 5
	}
	f.scores[i] += float64(score)
}
