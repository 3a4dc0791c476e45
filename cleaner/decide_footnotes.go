package cleaner

import (
	"sort"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/notes"
)

// maxFootnoteShare limits the words in the footnotes that keepFootnotes adds, as a share of the words that were kept
// before. If there are more, they are small print, and keepFootnotes adds none of them.
const maxFootnoteShare = 0.3

// maxFootnoteWords is the maximum number of words in a footnote.
const maxFootnoteWords = 200

// keepFootnotes keeps footnotes that kept text refers to, and list items that link back to the text. Extractors drop
// footnotes together with the page's footer.
func (p *page) keepFootnotes() {
	p.footnotes = notes.Find(p.Tree, func(i int32) bool { return p.marks[i] != unmarked && p.marks[i] != markAnchor },
		p.ownAddresses()...)
	wanted := make(map[int]bool)
	for k := range p.footnotes {
		n := &p.footnotes[k]
		for _, ref := range n.Refs {
			if p.isTextKept(ref) {
				for b := p.firstBlock(n.From); b < len(p.Blocks) && p.Blocks[b].First < n.To; b++ {
					wanted[b] = true
				}
				break
			}
		}
	}
	var taken []int
	noted, kept := int32(0), int32(0)
	for b := range p.Blocks {
		switch bl := &p.Blocks[b]; {
		case p.verdicts[b].keep:
			kept += bl.Words
		case b > p.FirstText && bl.Words <= maxFootnoteWords && p.labels[b].reason == "" && (wanted[b] || p.leadsBack(b)):
			taken = append(taken, b)
			noted += bl.Words
		}
	}
	if float64(noted) > maxFootnoteShare*float64(kept) {
		return
	}
	for _, b := range taken {
		p.verdicts[b] = verdict{keep: true}
	}
}

// ownAddresses returns the addresses that the page may use to link to itself.
func (p *page) ownAddresses() []string {
	own := []string{p.Meta.Canonical}
	if p.Doc.URL != nil {
		own = append(own, p.Doc.URL.String())
	}
	return own
}

// isTextKept reports whether any text at or below a node is kept.
func (p *page) isTextKept(i int32) bool {
	for j := i; j < p.Tree.Nodes[i].End; j++ {
		if b := p.Tree.Nodes[j].Block; b != block.None && p.verdicts[b].keep {
			return true
		}
	}
	return false
}

// firstBlock returns the first block that begins at or after a node, or len(p.Blocks) if there is none.
func (p *page) firstBlock(i int32) int {
	return sort.Search(len(p.Blocks), func(b int) bool { return p.Blocks[b].First >= i })
}

// leadsBack reports whether a block is a list item that contains a link without words, such as the arrow that leads
// from a footnote back to the text.
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
