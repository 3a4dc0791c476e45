package cleaner

import (
	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/region"
)

// manyNodes is the maximum number of nodes of a page for which the memory that region.Find used is kept for the next
// page. For a larger page, it is freed at once, because it would stay allocated during all later stages.
const manyNodes = 30_000

// findRegion finds the part of the page that, by its shape, contains the article. For each block, it records in
// p.InRegion what share of the block's text is in that part. Then it settles the page's title.
func (p *page) findRegion() {
	p.measureRegion()
	p.settleTitle()
}

func (p *page) measureRegion() {
	s := p.scratch()
	p.InRegion = s.Float32s.Take(len(p.Blocks))
	if len(p.Tree.Nodes) == 0 {
		p.Region.Best = block.None
		return
	}
	hidden, signs := s.Bools.Take(len(p.Tree.Nodes)), s.signs.Take(len(p.Tree.Nodes))
	for i := range hidden {
		hidden[i] = p.marks[i] != unmarked || p.Folds[i] != 0
		if p.Tree.Nodes[i].Form == block.Element {
			signs[i] = p.Names.SignsOf(int32(i))
		}
	}
	p.Region = region.Find(region.Page{
		Tree: p.Tree, Blocks: p.Blocks, Hidden: hidden, Signs: signs, IsTitle: p.IsTitle,
	}, &s.region)
	if len(p.Tree.Nodes) > manyNodes {
		s.region = region.Memory{}
	}
	if p.Region.Kept == nil {
		return
	}
	for b := range p.Blocks {
		bl := &p.Blocks[b]
		kept, all := int32(0), int32(0)
		for i := bl.First; i < bl.End; i++ {
			if n := &p.Tree.Nodes[i]; n.Block == int32(b) {
				size := int32(len(n.Text))
				all += size
				if p.Region.Kept[i] {
					kept += size
				}
			}
		}
		if all > 0 {
			p.InRegion[b] = float32(kept) / float32(all)
		}
	}
}
