package listing

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/text"
	"github.com/dechaff/dechaff/cleaner/internal/thread"
)

// A link is a link in the main content, with its visible text or, if it has none, the alternative text of a picture.
type link struct {
	node          int32
	address, text string
	words         int32
}

// A group consists of the links with the same look (see looks), and of the boxes around them.
type group struct {
	links  []int32 // indexes into finder.links
	items  []item
	value  float64 // the average value of an item (see worth)
	priced float64 // the share of items with a price
	bare   bool    // the items are hardly more than links
	own    bool    // most of the links lead to other views of the page
	score  float64 // computed from the value and the number of items; 0 if the group cannot be entries
}

const (
	maxLinks = 20_000
	// minEntries is the minimum number of entries of a list.
	minEntries = 2
	// lookLevels is the maximum number of elements, from a link upward, that determine its look. lookNamed is the
	// maximum number of those that have a class.
	lookLevels = 7
	lookNamed  = 3
	// maxRise is the maximum number of levels from a link up to its box.
	maxRise = 14
)

// group finds the links and groups them by look. It leaves out links within sentences, links to the next or previous
// page, and links that belong to the previous entry (see joins).
func (f *finder) group() {
	number := make(map[uint64]*group)
	nodes := f.Tree.Nodes
	for i := range nodes {
		n := &nodes[i]
		if n.Tag != atom.A || f.side[i] || len(f.links) >= maxLinks {
			continue
		}
		href := strings.TrimSpace(dom.Attr(n.HTML, "href"))
		address, ok := f.Address(href)
		if rel := dom.Attr(n.HTML, "rel"); !ok || dom.HasToken(rel, "next") || dom.HasToken(rel, "prev") ||
			f.isInProse(int32(i)) {
			continue
		}
		k := int32(len(f.links))
		f.links = append(f.links, f.readLink(int32(i), address))
		for _, look := range f.looks(int32(i)) {
			g := number[look]
			if g == nil {
				g = &group{}
				number[look] = g
				f.groups = append(f.groups, g)
			}
			if !f.joins(g, k) {
				g.links = append(g.links, k)
			}
		}
	}
}

// joins reports whether link k belongs to the last entry of a group: it leads to the same page as the entry's link, is
// on the same line, or comes right after it when the entry's link has no text, like an icon. If the entry's link has no
// text, link k replaces it.
func (f *finder) joins(g *group, k int32) bool {
	last := len(g.links) - 1
	if last < 0 {
		return false
	}
	before, l := &f.links[g.links[last]], &f.links[k]
	if before.address != l.address {
		if f.isIcon(before.node, l.node) {
			g.links[last] = k
			return true
		}
		return f.isInLine(before.node, l.node)
	}
	if f.blockOf(before.node) == block.None {
		g.links[last] = k // the picture's link precedes the title's
	}
	return true
}

// readLink reads the visible text of a link, or else the first alternative text of a picture in it.
func (f *finder) readLink(i int32, address string) link {
	n := &f.Tree.Nodes[i]
	l := link{i, address, f.seen(i, n.End), f.in(i, n.End).words}
	for at := i; at < n.End && l.words == 0; at++ {
		if img := &f.Tree.Nodes[at]; img.Form == block.Image {
			l.text = text.FoldSpace(dom.Attr(img.HTML, "alt"))
			l.words = int32(text.CountWords(l.text))
		}
	}
	return l
}

// isInLine reports whether a link is on the same line as an earlier link, as in a list of topics or of the authors of a
// paper.
func (f *finder) isInLine(before, i int32) bool {
	b := f.blockOf(before)
	return b != block.None && b == f.blockOf(i) && !f.hasBreak(before, i)
}

// isIcon reports whether an earlier link contains no text and is right before link i, like an icon next to each title.
func (f *finder) isIcon(before, i int32) bool {
	nodes := f.Tree.Nodes
	return f.blockOf(before) == block.None && f.blockOf(i) != block.None && nodes[before].Parent == nodes[i].Parent &&
		nodes[before].End >= i-1 && nodes[i-1].Form != block.Element
}

// blockOf returns the block of the first text in a link, or None if the link has no text.
func (f *finder) blockOf(i int32) int32 {
	for at := i; at < f.Tree.Nodes[i].End; at++ {
		if b := f.Tree.Nodes[at].Block; b != block.None {
			return b
		}
	}
	return block.None
}

// hasBreak reports whether there is a line break between two nodes.
func (f *finder) hasBreak(from, to int32) bool {
	for i := from; i < to && i < from+maxSeen; i++ {
		if f.Tree.Nodes[i].Tag == atom.Br {
			return true
		}
	}
	return false
}

const (
	// maxBefore is the maximum number of words before a link in its line. prose is the maximum number of words in the
	// line that are not in the link. A link that exceeds both limits is within a sentence.
	maxBefore = 4
	prose     = 8
	// maxLine is the maximum number of nodes before and after a link that are searched for the ends of its line, and of
	// nodes in a heading that are searched for a link.
	maxLine = 100
)

// isInProse reports whether a link is within a sentence.
func (f *finder) isInProse(i int32) bool {
	n := &f.Tree.Nodes[i]
	for at := i; at < n.End; at++ {
		b := f.Tree.Nodes[at].Block
		if b == block.None {
			continue
		}
		first, end := i, n.End
		for first > max(f.Blocks[b].First, i-maxLine) && f.Tree.Nodes[first-1].Tag != atom.Br {
			first--
		}
		for end < min(f.Blocks[b].End, n.End+maxLine) && f.Tree.Nodes[end].Tag != atom.Br {
			end++
		}
		return f.in(first, i).words > maxBefore && f.in(first, end).words-f.in(i, n.End).words > prose
	}
	return false
}

// maxSeen is the length in bytes from which no more is added to a link's text. It is also the maximum number of nodes
// between two links that are searched for a line break.
const maxSeen = 160

// seen returns the text of a range of nodes in the main content. It stops soon after maxSeen bytes.
func (f *finder) seen(from, to int32) string {
	var b strings.Builder
	for i := from; i < to && b.Len() < maxSeen; i++ {
		if n := &f.Tree.Nodes[i]; n.Text != "" && !f.side[i] {
			b.WriteString(n.Text)
			b.WriteByte(' ')
		}
	}
	return text.FoldSpace(b.String())
}

// looks returns the two looks of a link: hashes that links with similar surroundings share. The first is a hash of the
// tags and classes around the link. The second is a hash of the tags and only the nearest classes.
func (f *finder) looks(i int32) [2]uint64 {
	nodes := f.Tree.Nodes
	full, bare := uint64(1), uint64(2)
	named := 0
	for k := 0; k < lookLevels && i != block.None && named < lookNamed; k++ {
		n := &nodes[i]
		if n.Tag == atom.Body || n.Tag == atom.Main {
			break
		}
		full = full*prime + thread.Look(n.HTML)
		if dom.Attr(n.HTML, "class") != "" {
			named++
		}
		if k < classLevels {
			bare = bare*prime + thread.Look(n.HTML)
		} else if k < bareLevels {
			bare = bare*prime + thread.Look(&html.Node{Data: n.HTML.Data, DataAtom: n.Tag})
		}
		i = n.Parent
	}
	return [2]uint64{full, bare}
}

const (
	// prime is the prime of the 64-bit FNV hash.
	prime = 1099511628211
	// bareLevels is the number of elements, from a link upward, that count in the second hash.
	bareLevels = 5
	// classLevels is the number of elements whose class counts in the second hash; for the others, only the tag counts.
	classLevels = 2
)

// box finds the boxes around a group's links. A box must not contain another link of the group. All boxes are the same
// number of levels above their links: for each link, there is a highest number of levels that is possible, and the most
// frequent of these numbers is used. If that is too high for a link, its box is as high as possible.
func (f *finder) box(g *group) {
	nodes := f.Tree.Nodes
	height := make([]int, len(g.links))
	count := [maxRise + 1]int{}
	for k := range g.links {
		before, after := int32(-1), int32(len(nodes))
		if k > 0 {
			before = f.links[g.links[k-1]].node
		}
		if k+1 < len(g.links) {
			after = f.links[g.links[k+1]].node
		}
		at := f.links[g.links[k]].node
		for height[k] < maxRise {
			up := nodes[at].Parent
			if up == block.None || up <= before || nodes[up].End > after || nodes[up].Tag == atom.Body ||
				nodes[up].Tag == atom.Main || nodes[up].Tag == atom.Tbody ||
				nodes[up].Tag == atom.Table && nodes[at].Tag == atom.Tr {
				break
			}
			at = up
			height[k]++
		}
		count[height[k]]++
	}
	usual := 0
	for h, n := range count {
		if n > count[usual] {
			usual = h
		}
	}
	g.items = make([]item, len(g.links))
	for k := range g.links {
		at := f.links[g.links[k]].node
		for range min(usual, height[k]) {
			at = nodes[at].Parent
		}
		g.items[k] = item{at, nodes[at].End, g.links[k]}
	}
	f.addRows(g.items)
}

// Entries consist of several rows if there is text between two successive boxes with the same parent in at least this
// share of all such pairs.
const minSpaced = 0.6

// addRows extends each box to the next box in the same parent if there usually is text between them, because tables and
// definition lists may give an entry several rows.
func (f *finder) addRows(items []item) {
	nodes := f.Tree.Nodes
	spaced, siblings := 0, 0
	for k := 1; k < len(items); k++ {
		if nodes[items[k].from].Parent != nodes[items[k-1].from].Parent {
			continue
		}
		siblings++
		if f.in(items[k-1].to, items[k].from).words > 0 {
			spaced++
		}
	}
	if spaced == 0 || float64(spaced) < minSpaced*float64(siblings) {
		return
	}
	longest := int32(0)
	for k := range items {
		up := nodes[items[k].from].Parent
		end := int32(0)
		if k+1 < len(items) && nodes[items[k+1].from].Parent == up {
			end = items[k+1].from
		}
		rows := int32(0)
		for at := items[k].to; at < nodes[up].End && (end == 0 || at < end); at = nodes[at].End {
			if dom.HeadingLevel(nodes[at].Tag) > 0 || f.side[at] || end == 0 && rows >= longest {
				break
			}
			items[k].to = nodes[at].End
			if nodes[at].Form == block.Element {
				rows++
			}
		}
		longest = max(longest, rows)
	}
}
