package judge

import "github.com/dechaff/dechaff/cleaner/internal/block"

// The lengths of the parts of a row that only the second pass reads.
const (
	opinionCount = 36 // columns about the judge's first pass
	labelCount   = 12 // columns about the rules' labels
	near         = 4  // number of neighbors on each side whose opinions are columns
)

// secondPass fills the second pass's part of the rows from the first opinions, the labels and the votes. If an
// extractor has voted, it also rewrites the columns about the region. It skips blocks whose first opinion is final,
// unless training reads the rows.
func (p *Page) secondPass() {
	d := p.Features
	o := d.newOpinions()
	p.opinions = o
	var region *regionView
	if p.ExtractorRan {
		region = d.viewRegion(p.Votes)
		d.region = region
	}
	before := float32(0)
	for b := range p.Blocks {
		weighed := o.weight(b) * p.First[b]
		if !p.needsAllRows() && p.isClear(b) || !d.isRepresentative(b) {
			before += weighed
			continue
		}
		if region != nil {
			d.putRegion(&writer{row: d.Row(b), at: secondStart - regionCount}, region, b)
		}
		w := writer{row: d.Row(b), at: secondStart}
		w.put(p.kinds[:]...)
		o.put(&w, b, before)
		d.putLabels(&w, o, b)
		before += weighed
	}
}

// opinions are sums of the first pass's probabilities and of the labels, weighted by words.
type opinions struct {
	d *describer
	// mass is the weight of each node's blocks: their words plus 0.5 for each block. kept is how much of it is expected
	// to be content, and labeled is how much is in blocks that a rule matched.
	mass, kept, labeled      []float32
	groupMass, groupKept     []float32 // the same for each group
	shapeMass, shapeKept     []float32 // the same for each shape
	sectionMass, sectionKept []float32 // the same for each heading; the last entry is for the text above all headings
	up, down                 []float32 // distances to blocks that are probably content (see nearestOthers)
	first, last              int       // the first and last long blocks that are probably content
	verdict                  threshold // the threshold of the first pass
}

func (o *opinions) weight(b int) float32 { return weightOf(&o.d.p.Blocks[b]) }

// weightOf returns the weight of a block in the means of boxes. A block without words has one too.
func weightOf(bl *block.Block) float32 { return float32(bl.Words) + 0.5 }

func (d *describer) newOpinions() *opinions {
	p := d.p
	n := len(p.Tree.Nodes)
	take := p.Memory.Float32s.Take
	o := &opinions{
		d: d, mass: take(n), kept: take(n), labeled: take(n),
		groupMass: take(len(d.groups)), groupKept: take(len(d.groups)), shapeMass: take(len(d.shapes)),
		shapeKept:   take(len(d.shapes)),
		sectionMass: take(len(p.Blocks) + 1), sectionKept: take(len(p.Blocks) + 1),
		first: len(p.Blocks), last: -1, verdict: p.FirstThreshold,
	}
	for b := range p.Blocks {
		bl := &p.Blocks[b]
		words := o.weight(b)
		o.mass[bl.Elem] += words
		o.kept[bl.Elem] += words * p.First[b]
		if p.Labeled[b] {
			o.labeled[bl.Elem] += words
		}
		s := d.shapeOf[b]
		o.shapeMass[s] += words
		o.shapeKept[s] += words * p.First[b]
		section := d.heading[b]
		if section < 0 {
			section = int32(len(p.Blocks))
		}
		o.sectionMass[section] += words
		o.sectionKept[section] += words * p.First[b]
		if p.First[b] > o.verdict.At && bl.Words >= longBlock {
			o.first, o.last = min(o.first, b), b
		}
	}
	for i := n - 1; i > 0; i-- {
		if d.sums[i].blocks == 0 {
			continue
		}
		parent := p.Tree.Nodes[i].Parent
		o.mass[parent] += o.mass[i]
		o.kept[parent] += o.kept[i]
		o.labeled[parent] += o.labeled[i]
		if p.Tree.Nodes[i].Form == block.Element {
			g := d.groupOf[i]
			o.groupMass[g] += o.mass[i]
			o.groupKept[g] += o.kept[i]
		}
	}
	o.up, o.down = take(len(p.Blocks)), take(len(p.Blocks))
	nearestOthers(o.up, o.down, p.First, o.verdict.At)
	return o
}

// nearestOthers computes how far, in blocks, each block is from the nearest earlier and the nearest later block whose
// value exceeds the bound. Unlike in nearest, the block itself does not count.
func nearestOthers(up, down, values []float32, bound float32) {
	last := float32(farBlock)
	for b := range values {
		up[b] = last
		if last = min(last+1, farBlock); values[b] > bound {
			last = 1
		}
	}
	last = farBlock
	for b := len(values) - 1; b >= 0; b-- {
		down[b] = last
		if last = min(last+1, farBlock); values[b] > bound {
			last = 1
		}
	}
}

func mean(part, whole float32) float32 {
	if whole <= 0 {
		return 0
	}
	return part / whole
}

// at returns a block's value, or -1 for a block beyond the ends of the page.
func at(values []float32, b int) float32 {
	if b < 0 || b >= len(values) {
		return -1
	}
	return values[b]
}

func (o *opinions) put(w *writer, b int, before float32) {
	d, p := o.d, o.d.p
	w.put(p.First[b], p.First[b]-o.verdict.At)
	for i := 1; i <= near; i++ {
		w.put(at(p.First, b-i), at(p.First, b+i))
	}
	node := p.Blocks[b].Elem
	for range levelCount {
		box, next := d.level(&node)
		own, group := mean(o.kept[box], o.mass[box]), float32(-1)
		if next != block.None {
			if g := d.groupOf[box]; d.groups[g].count > 1 {
				group = mean(o.groupKept[g], o.groupMass[g])
			}
		}
		w.put(own, group)
	}
	s := d.shapeOf[b]
	w.put(mean(o.shapeKept[s], o.shapeMass[s]), o.up[b], o.down[b], mean(before, o.kept[0]))
	w.put(signedLog(b-o.first), signedLog(b-o.last))
	w.flag(b >= o.first && b <= o.last)
	section := d.heading[b]
	if section < 0 {
		w.put(-1)
		section = int32(len(p.Blocks))
	} else {
		w.put(p.First[section])
	}
	below, belowKept := float32(0), float32(0)
	for c := b + 1; c < min(b+4, len(p.Blocks)); c++ {
		below += o.weight(c)
		belowKept += o.weight(c) * p.First[c]
	}
	w.put(mean(o.sectionKept[section], o.sectionMass[section]), mean(belowKept, below))
	w.put(o.verdict.F1, mean(o.kept[0], o.mass[0]), log1p(int32(o.kept[0])), o.verdict.At)
}

func (d *describer) putLabels(w *writer, o *opinions, b int) {
	label := func(b int) float32 {
		if b < 0 || b >= len(d.p.Labeled) || !d.p.Labeled[b] {
			return 0
		}
		return 1
	}
	w.put(label(b), label(b-1), label(b+1), label(b-2), label(b+2))
	node := d.p.Blocks[b].Elem
	for range levelCount {
		box, _ := d.level(&node)
		w.put(mean(o.labeled[box], o.mass[box]))
	}
	w.put(mean(o.labeled[0], o.mass[0]))
}
