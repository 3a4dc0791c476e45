package judge

import "github.com/dechaff/dechaff/cleaner/internal/block"

// regionCount is how many columns describe the region.
const regionCount = 27

// regionEnd has the names of the columns that follow those with the shares of the block, its neighbors and the boxes
// around it.
var regionEnd = [...]string{
	"to the region above", "to the region below", "from the first text of the region", "from the last text of the region",
	"between texts of the region", "in the best element", "best score around", "score around",
	"page: share in the region", "page: words in the region", "page: attempts", "page: best score elsewhere",
}

// regionNames lists the region's columns.
func regionNames() []string {
	names := []string{"region"}
	for i := range neighbors {
		names = append(names, nth("region", i+1, "above"), nth("region", i+1, "below"))
	}
	for level := range levelCount {
		names = append(names, ofBox("region", level))
	}
	return append(append(names, regionEnd[:]...), "region or title seen", "links in the region")
}

// A regionView holds the values from which the columns about the region are computed. Once an extractor has voted, the
// blocks that it kept take the place of the region, except in the scores.
type regionView struct {
	shares  []float32 // for each block, the share of its text that is in the region
	covered []float32 // for each node, the part of its mass that is in the region
	mass    []float32 // for each node, the number of its words, plus 0.5 for each of its blocks
	// up and down are the distances, in blocks, to the nearest block of the region above and below. They are 0 for a
	// block of the region.
	up, down []float32
	// first and last are the first and last blocks of text in the region. If there is none, first is the number of
	// blocks, and last is -1.
	first, last int
	// around is, for each node, the best score of an element at or above the node. own is the score of the nearest
	// element at or above the node that has a score.
	around, own []float32
	// elsewhere is the best score of an element that neither contains the region's best element nor is in it.
	elsewhere float32
	// all is the number of words in the region, and plain is the number of those outside links.
	all, plain float32
}

const minRegionText = 10 // the minimum number of words in the first and the last block of text in the region

// viewRegion adds up, for each node and for the page, the shares of the blocks that are in the region: p.InRegion, or
// p.Votes once an extractor has voted.
func (d *describer) viewRegion(shares []float32) *regionView {
	p := d.p
	nodes, blocks := len(p.Tree.Nodes), len(p.Blocks)
	take := p.Memory.Float32s.Take
	v := &regionView{
		shares: shares, covered: take(nodes), mass: take(nodes), up: take(blocks), down: take(blocks),
		first: blocks, last: -1, around: take(nodes), own: take(nodes),
	}
	links := float32(0)
	for b := range p.Blocks {
		bl := &p.Blocks[b]
		words := weightOf(bl)
		v.mass[bl.Elem] += words
		v.covered[bl.Elem] += words * v.shares[b]
		if v.shares[b] >= 0.5 {
			links += float32(bl.LinkWords)
			v.all += float32(bl.Words)
			if bl.Words >= minRegionText && bl.LinkDensity() < 0.5 && !IsField(bl.Kind) {
				v.first, v.last = min(v.first, b), b
			}
		}
	}
	v.plain = v.all - links
	block.AddUp(p.Tree, v.mass)
	block.AddUp(p.Tree, v.covered)
	nearest(v.up, v.down, func(b int) bool { return v.shares[b] >= 0.5 })
	v.viewScores(p)
	return v
}

// viewScores records, for each node, the scores that the region stage gave the elements around the node.
func (v *regionView) viewScores(p *Page) {
	r := &p.Region
	if len(r.Scores) == 0 {
		return
	}
	for i := range p.Tree.Nodes {
		n := &p.Tree.Nodes[i]
		if n.Form != block.Element {
			continue
		}
		s := r.Scores[i]
		if n.Parent != block.None {
			v.around[i], v.own[i] = v.around[n.Parent], v.own[n.Parent]
		}
		if s != 0 {
			v.own[i] = s
			v.around[i] = max(v.around[i], s)
		}
		if r.Best != block.None && !p.Tree.Contains(int32(i), r.Best) && !p.Tree.Contains(r.Best, int32(i)) {
			v.elsewhere = max(v.elsewhere, s)
		}
	}
}

// putRegion writes the columns about the region in block b's row.
func (d *describer) putRegion(w *writer, v *regionView, b int) {
	p := d.p
	w.put(v.shares[b])
	for i := 1; i <= neighbors; i++ {
		w.put(at(v.shares, b-i), at(v.shares, b+i))
	}
	node := p.Blocks[b].Elem
	for range levelCount {
		box, _ := d.level(&node)
		w.put(mean(v.covered[box], v.mass[box]))
	}
	w.put(v.up[b], v.down[b], signedLog(b-v.first), signedLog(b-v.last))
	w.flag(b >= v.first && b <= v.last)
	elem := p.Blocks[b].Elem
	w.flag(p.Region.Best != block.None && p.Tree.Contains(p.Region.Best, elem))
	w.put(v.around[elem], v.own[elem])
	w.put(mean(v.covered[0], v.mass[0]), log1p(int32(v.all)), float32(p.Region.Attempt), v.elsewhere)
	w.flag(v.last >= 0)
	w.put(mean(v.plain, v.all))
}
