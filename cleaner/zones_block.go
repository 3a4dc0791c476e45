package cleaner

import (
	"strings"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// findBlockZones computes the zones of blocks: those that all of a block's words are in. A dateline's name speaks
// for the place that it holds, and not for the sentence behind it; a byline and a date in two boxes are a byline.
func (p *page) findBlockZones() {
	p.blockZones = p.scratch().zones.Take(len(p.Blocks))
	for b := range p.Blocks {
		bl := &p.Blocks[b]
		all := p.zones[bl.First]
		for i := bl.First; i < bl.End && all != 0; i++ {
			n := &p.Tree.Nodes[i]
			if n.Form != block.Element && n.Block == int32(b) &&
				(n.Form != block.Text || strings.ContainsFunc(n.Text, text.IsWordRune)) {
				all &= p.zones[i]
			}
		}
		p.blockZones[b] = all
	}
}
