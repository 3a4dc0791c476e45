package judge

import (
	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/text"
	"github.com/dechaff/dechaff/cleaner/internal/zone"
)

// postNames are the columns about the page's posts. A stamp is a short line with a date or time. Posts are at least two
// boxes with the same tag and class, nested or not. Each has a stamp and at least two blocks. At most 30% of the boxes
// with that tag and class and at least two blocks may lack a stamp; those are not posts. If several combinations of tag
// and class qualify, the one with the most text outside links is chosen. Such posts are the messages of a thread, the
// comments on an article or the dated entries of a list.
var postNames = [...]string{
	"page: share of the posts", "page: posts", "page: words a post", "page: links in the posts",
	"page: text above the posts", "page: text below the posts", "page: stamps", "in a post", "from the posts",
	"from the stamp above", "to the stamp below", "share of its post", "number of its post",
}

const (
	postCount     = len(postNames)
	pagePostCount = 7                 // columns that are the same in every row of a page
	kindPostCount = pagePostCount + 2 // columns of the page's own row
)

const (
	minPosts    = 2
	minStamped  = 0.7 // the minimum share of the boxes that have a stamp
	maxStamp    = 14  // the maximum number of words in a stamp
	stampDigits = 3   // a year or a time has at least this many digits
)

// posts has the page's posts, from top to bottom.
type posts struct {
	of    []int32 // for each block, the number of its post, counted from 1; 0 if it is not in a post
	boxes []int32 // for each post, the node of its box
	// isStamp reports which blocks are stamps, and stamps is their number.
	isStamp []bool
	stamps  int32
	// first and last are the first and last blocks of the posts, or -1.
	first, last int
	// words is the number of words in the posts, and links is the number of those words that are in links.
	words, links int32
	// above and below are the numbers of words above the posts and below them, without words in links.
	above, below int32
}

// A lookSum has the totals of the boxes with the same tag and class.
type lookSum struct {
	count, stamped, words, links int32
	end                          int32 // end of the last outermost box
}

// findPosts finds the page's posts.
func (d *describer) findPosts() *posts {
	p := d.p
	ps := &posts{first: -1, last: -1, of: p.Memory.Int32s.Take(len(p.Blocks)), isStamp: p.Memory.Bools.Take(len(p.Blocks))}
	nodes := p.Tree.Nodes
	stamps := p.Memory.Int32s.Take(len(nodes)) // stamps at or below each node
	for b := range p.Blocks {
		if d.isStamp(b) {
			ps.isStamp[b] = true
			ps.stamps++
			stamps[p.Blocks[b].Elem]++
		}
	}
	if ps.stamps == 0 {
		return ps
	}
	block.AddUp(p.Tree, stamps)
	look := d.lookOfPosts(stamps)
	if look < 0 {
		return ps
	}
	number := p.Memory.Int32s.Take(len(nodes))
	for i := range nodes {
		if !d.isBox(int32(i)) {
			continue
		}
		number[i] = number[nodes[i].Parent]
		if d.looks[i] == look && d.sums[i].blocks >= 2 && stamps[i] > 0 {
			ps.boxes = append(ps.boxes, int32(i))
			number[i] = int32(len(ps.boxes))
		}
	}
	d.countPosts(ps, number)
	return ps
}

// isBox reports whether node i is an element that contains blocks and is not the root.
func (d *describer) isBox(i int32) bool {
	n := &d.p.Tree.Nodes[i]
	return n.Parent != block.None && n.Form == block.Element && d.sums[i].blocks > 0
}

// lookOfPosts returns the look (a number for a tag and a class) that the posts share, or -1 if there are no posts. Text
// in nested boxes counts once.
func (d *describer) lookOfPosts(stamps []int32) int32 {
	sums := make([]lookSum, 0, 64)
	for i := range d.p.Tree.Nodes {
		if !d.isBox(int32(i)) || d.sums[i].blocks < 2 {
			continue
		}
		look := int(d.looks[i])
		for len(sums) <= look {
			sums = append(sums, lookSum{})
		}
		s := &sums[look]
		s.count++
		if stamps[i] == 0 {
			continue
		}
		s.stamped++
		if int32(i) >= s.end {
			s.words += d.sums[i].words
			s.links += d.sums[i].links
			s.end = d.p.Tree.Nodes[i].End
		}
	}
	found, most := int32(-1), int32(0)
	for look := range sums {
		s := &sums[look]
		if s.count >= minPosts && float32(s.stamped) >= minStamped*float32(s.count) && s.words-s.links > most {
			found, most = int32(look), s.words-s.links
		}
	}
	return found
}

// countPosts records the post of each block, and adds up the words in the posts, above them and below them. The
// parameter number contains, for each node, the number of the post that the node is in, counted from 1, or 0 if it is
// in none.
func (d *describer) countPosts(ps *posts, number []int32) {
	for b := range d.p.Blocks {
		bl := &d.p.Blocks[b]
		ps.of[b] = number[bl.Elem]
		switch plain := bl.Words - bl.LinkWords; {
		case ps.of[b] > 0:
			if ps.first < 0 {
				ps.first = b
			}
			ps.last = b
			ps.words += bl.Words
			ps.links += bl.LinkWords
			ps.below = 0 // text between two posts is neither above nor below
		case ps.first < 0:
			ps.above += plain
		default:
			ps.below += plain
		}
	}
}

// isStamp reports whether a block is a short line with a date or time: it has a time element, it has a digit and is in
// a byline zone, or its text contains a time of day or a year.
func (d *describer) isStamp(b int) bool {
	p := d.p
	bl := &p.Blocks[b]
	if bl.Words == 0 || bl.Words > maxStamp {
		return false
	}
	digits := d.chars[b].digits
	return digits > 0 && p.RawZones[bl.First]&zone.Byline != 0 || p.hasTime(bl) ||
		digits >= stampDigits && hasClockOrYear(bl.Text)
}

// firstYear and lastYear are the first and the last year that count as a year in a stamp.
const firstYear, lastYear = "1990", "2039"

// hasClockOrYear reports whether a text has a time of day, or a plausible year as a separate number.
func hasClockOrYear(s string) bool {
	run := 0 // number of consecutive digits
	for i := 0; i <= len(s); i++ {
		if i < len(s) && text.IsASCIIDigit(s[i]) {
			run++
			continue
		}
		if run == 4 && firstYear <= s[i-4:i] && s[i-4:i] <= lastYear {
			return true
		}
		if (run == 1 || run == 2) && i+2 < len(s) && s[i] == ':' && '0' <= s[i+1] && s[i+1] <= '5' &&
			text.IsASCIIDigit(s[i+2]) {
			return true
		}
		run = 0
	}
	return false
}

func (d *describer) putPagePosts(w *writer, ps *posts) {
	all := d.sums[0].words - d.sums[0].links
	n := int32(len(ps.boxes))
	w.put(share(ps.words-ps.links, all), log1p(n), log1p(ps.words/max(n, 1)), share(ps.links, ps.words),
		share(ps.above, all), share(ps.below, all), log1p(ps.stamps))
}

// putKindPosts writes the columns about posts in the page's own row.
func (d *describer) putKindPosts(w *writer, region *regionView, ps *posts) {
	d.putPagePosts(w, ps)
	comments, both := int32(0), float32(0)
	for b := range d.p.Blocks {
		if ps.of[b] == 0 {
			continue
		}
		bl := &d.p.Blocks[b]
		both += float32(bl.Words) * region.shares[b]
		if around, depth := d.around(bl.Elem); distance(depth, around.near[commentFamily]) < farAway {
			comments += bl.Words
		}
	}
	w.put(share(comments, ps.words), mean(both, region.all))
}

// putPosts writes the columns about posts in block b's row.
func (d *describer) putPosts(w *writer, ps *posts, b int) {
	d.putPagePosts(w, ps)
	w.flag(ps.of[b] > 0)
	w.put(outside(b, ps.first, ps.last), ps.toStamp(b, -1), ps.toStamp(b, 1))
	if ps.of[b] == 0 {
		w.put(0, 0)
		return
	}
	box := &d.sums[ps.boxes[ps.of[b]-1]]
	w.put(share(d.p.Blocks[b].Words, box.words), log1p(ps.of[b]))
}

// outside returns the logarithm of the distance between block b and a span of blocks. It is negative above the span,
// positive below it, and 0 inside it or if there is no span.
func outside(b, first, last int) float32 {
	switch {
	case first < 0:
	case b < first:
		return -log1p(int32(first - b))
	case b > last:
		return log1p(int32(b - last))
	}
	return 0
}

// toStamp returns the distance, in blocks, from block b to the nearest stamp in the direction of step: down if step is
// 1, up if it is -1. If b itself is a stamp, the distance is 0. If no stamp is nearer than farBlock, it returns
// -1.
func (ps *posts) toStamp(b, step int) float32 {
	for far := range farBlock {
		if i := b + far*step; i < 0 || i >= len(ps.isStamp) {
			break
		} else if ps.isStamp[i] {
			return float32(far)
		}
	}
	return -1
}
