package judge

import "github.com/dechaff/dechaff/cleaner/internal/block"

// seriesNames are the columns about the page's series. The series consists of at least three sibling boxes with the
// same tag and class, with two or more blocks each on average. Among all such groups, it has the most text outside
// links. A series is the posts of a thread, the comments on an article, or the entries or cards of a list. These cases
// can be told apart, in any language, by where the page's other text is: above the series, below it, or nowhere.
var seriesNames = [...]string{
	"page: share of the series", "page: boxes in the series", "page: links in the series", "page: sentences in the series",
	"page: text above the series", "page: text below the series", "in the series", "from the series",
}

const seriesCount = len(seriesNames)

// minSeries is the minimum number of boxes in a series.
const minSeries = 3

// A series describes the page's largest series of boxes.
type series struct {
	group       int32   // index of the group in describer.groups, or -1 if there is no series
	in          []bool  // for each node, whether it is in a box of the series
	first, last int     // the first and last blocks in the series, or -1
	above, rest float32 // the shares of the page's text outside links that are above and below the series
}

// findSeries finds the page's series.
func (d *describer) findSeries() *series {
	p := d.p
	s := &series{group: -1, first: -1, last: -1}
	most := int32(0)
	for g := range d.groups {
		if group := &d.groups[g]; group.count >= minSeries && group.blocks >= 2*group.count &&
			group.words-group.links > most {
			most, s.group = group.words-group.links, int32(g)
		}
	}
	if s.group < 0 {
		return s
	}
	s.in = p.Memory.Bools.Take(len(p.Tree.Nodes))
	for i := range p.Tree.Nodes {
		n := &p.Tree.Nodes[i]
		if n.Parent == block.None || d.sums[i].blocks == 0 || n.Form != block.Element {
			continue
		}
		s.in[i] = s.in[n.Parent] || d.groupOf[i] == s.group
	}
	above, below := int32(0), int32(0)
	for b := range p.Blocks {
		bl := &p.Blocks[b]
		if s.in[bl.Elem] {
			if s.first < 0 {
				s.first = b
			}
			s.last = b
			below = 0 // text between two boxes of the series is neither above nor below
			continue
		}
		if s.first < 0 {
			above += bl.Words - bl.LinkWords
		} else {
			below += bl.Words - bl.LinkWords
		}
	}
	all := d.sums[0].words - d.sums[0].links
	s.above, s.rest = share(above, all), share(below, all)
	return s
}

// pageSeriesCount is how many columns about the series are the same in every row of a page.
const pageSeriesCount = 6

func (d *describer) putPageSeries(w *writer, s *series) {
	g := &d.groups[s.group]
	all := d.sums[0].words - d.sums[0].links
	w.put(share(g.words-g.links, all), log1p(g.count), share(g.links, g.words), share(g.ended, g.count), s.above, s.rest)
}

// kindSeriesCount is how many columns of the page's own row are about the series and the region.
const kindSeriesCount = pageSeriesCount + 6

// putKindSeries appends the columns about the series and the region to the page's own row. In a thread, the region is
// part of the series. In an article with comments, it is next to the series.
func (d *describer) putKindSeries(w *writer, region *regionView, s *series) {
	if s.group < 0 {
		w.at += pageSeriesCount + 2
	} else {
		d.putPageSeries(w, s)
		comments, both := int32(0), float32(0)
		for b := range d.p.Blocks {
			bl := &d.p.Blocks[b]
			if !s.in[bl.Elem] {
				continue
			}
			both += float32(bl.Words) * region.shares[b]
			if around, depth := d.around(bl.Elem); distance(depth, around.near[commentFamily]) < farAway {
				comments += bl.Words
			}
		}
		w.put(share(comments, d.groups[s.group].words), mean(both, region.all))
	}
	w.put(mean(region.covered[0], region.mass[0]), log1p(int32(region.all)), float32(d.p.Region.Attempt), region.elsewhere)
}

// putSeries appends the columns about the series to block b's row.
func (d *describer) putSeries(w *writer, s *series, b int) {
	if s.group < 0 {
		w.at += seriesCount
		return
	}
	d.putPageSeries(w, s)
	w.flag(s.in[d.p.Blocks[b].Elem])
	w.put(outside(b, s.first, s.last))
}
