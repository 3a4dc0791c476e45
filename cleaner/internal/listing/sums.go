package listing

import (
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/text"
	"github.com/dechaff/dechaff/cleaner/internal/thread"
)

// A sum contains the counts for a part of the page. linked is the number of words in links. leads is the number of
// headings with a link. stamps is the number of dates. blocked is the number of words in blocks, and likely is the sum
// of these words times the probability that their block is content. The fields images, likely and blocked include nodes
// outside the main content (see finder.side); the other fields do not.
type sum struct {
	words, linked, headings, leads, images, stamps, prices int32
	likely, blocked                                        float64
}

// sumUp computes, for each node, the counts for all nodes before it.
func (f *finder) sumUp() {
	nodes := f.Tree.Nodes
	f.sums = f.memory.sums.Take(len(nodes) + 1)
	linked := f.memory.bools.Take(len(nodes))
	b := 0
	for i := range nodes {
		n := &nodes[i]
		s := f.sums[i]
		if n.Parent != block.None {
			linked[i] = n.Tag == atom.A || linked[n.Parent]
		}
		for ; b < len(f.Blocks) && f.Blocks[b].First <= int32(i); b++ {
			w := float64(f.Blocks[b].Words)
			s.blocked += w
			s.likely += w * float64(f.Probabilities[b])
		}
		if !f.side[i] || n.Form == block.Image {
			f.count(&s, int32(i), linked[i])
		}
		f.sums[i+1] = s
	}
}

// count adds node i to a sum.
func (f *finder) count(s *sum, i int32, linked bool) {
	n := &f.Tree.Nodes[i]
	switch n.Form {
	case block.Text, block.Formula:
		words := int32(text.CountWords(n.Text))
		s.words += words
		if linked {
			s.linked += words
		}
		if words > 0 && words <= maxPriceWords {
			if _, ok := findPrice(n.Text); ok {
				s.prices++
			}
		}
	case block.Image:
		s.images++
	case block.Element:
		if dom.HeadingLevel(n.Tag) > 0 {
			s.headings++
			if linked || f.hasLink(i) {
				s.leads++
			}
		}
	}
	if _, _, ok := thread.StampOf(&f.stampPage, i); ok {
		s.stamps++
	}
}

// hasLink reports whether a heading contains a link.
func (f *finder) hasLink(i int32) bool {
	for at := i + 1; at < min(f.Tree.Nodes[i].End, i+maxLine); at++ {
		if f.Tree.Nodes[at].Tag == atom.A {
			return true
		}
	}
	return false
}

// in returns the counts for a range of nodes. The end is exclusive.
func (f *finder) in(from, to int32) sum {
	a, b := &f.sums[from], &f.sums[to]
	return sum{
		b.words - a.words, b.linked - a.linked, b.headings - a.headings, b.leads - a.leads, b.images - a.images,
		b.stamps - a.stamps,
		b.prices - a.prices, b.likely - a.likely, b.blocked - a.blocked,
	}
}
