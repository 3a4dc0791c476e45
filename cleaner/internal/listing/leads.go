package listing

import (
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/block"
)

// leads returns lead stories, which look like no other entry: headings with a link, outside the chosen groups' boxes
// but near them, whose own box has a picture or text.
func (f *finder) leads(chosen []*group) []item {
	nodes := f.Tree.Nodes
	taken := make([]bool, len(nodes)+1)
	top := int32(-1)
	urls := make(map[string]bool)
	for _, g := range chosen {
		for _, it := range g.items {
			for i := it.from; i < it.to; i++ {
				taken[i] = true
			}
			urls[f.links[it.link].address] = true
			top = f.common(top, it.from)
		}
	}
	before := make([]int32, len(nodes)+1) // the number of taken nodes before each node
	for i := range nodes {
		before[i+1] = before[i]
		if taken[i] {
			before[i+1]++
		}
	}
	if up := nodes[top].Parent; up != block.None && nodes[top].Tag != atom.Body && nodes[top].Tag != atom.Main {
		top = up
	}
	var found []item
	var last int32
	for k := range f.links {
		l := &f.links[k]
		if l.node < top || l.node >= nodes[top].End || l.node < last || taken[l.node] || urls[l.address] || l.words < 3 ||
			!f.isInHeading(l.node, top) || f.Own(l.address) && !chosen[0].own {
			continue
		}
		if it, ok := f.leadBox(int32(k), top, before); ok {
			found, last = append(found, it), it.to
			urls[l.address] = true
		}
	}
	return found
}

// minLead is the minimum number of words outside links in the box of a lead story without a picture.
const minLead = 8

// leadBox returns the highest box around link k that is below the node with the index top and contains no entry and no
// other heading. It returns false if that is not the box of a story. before[i] is the number of nodes in entries before
// node i.
func (f *finder) leadBox(k, top int32, before []int32) (item, bool) {
	nodes := f.Tree.Nodes
	l := &f.links[k]
	at := l.node
	headings := max(f.in(at, nodes[at].End).headings, 1)
	for range maxRise {
		up := nodes[at].Parent
		if up == block.None || up <= top || before[nodes[up].End] != before[up] ||
			f.in(up, nodes[up].End).headings > headings {
			break
		}
		at = up
	}
	s := f.in(at, nodes[at].End)
	if s.images == 0 && s.words-s.linked < minLead || s.likely < minLikely*s.blocked {
		return item{}, false
	}
	return item{at, nodes[at].End, k}, true
}

// common returns the innermost node that contains nodes a and b, or b if a is negative.
func (f *finder) common(a, b int32) int32 {
	if a < 0 {
		return b
	}
	for a != block.None && !f.Tree.Contains(a, b) {
		a = f.Tree.Nodes[a].Parent
	}
	return max(a, 0)
}
