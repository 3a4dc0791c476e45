package region

import (
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/arena"
	"github.com/dechaff/dechaff/cleaner/internal/block"
)

// A Page is the input of Find.
type Page struct {
	Tree   *block.Tree
	Blocks []block.Block
	// Hidden reports for each node whether the node and its descendants are excluded.
	Hidden []bool
	// Signs has the signs of each node's class and id, as returned by ReadName.
	Signs []Signs
	// IsTitle reports whether a block repeats the page's title. It may be nil.
	IsTitle func(b int) bool
}

// A Region is the part of a page that contains the article.
type Region struct {
	// Kept reports for each node whether it is in the region.
	Kept []bool
	// Best is the element that is the article, or block.None. Scores has each element's score divided by that of Best,
	// or 0 for an element without a score.
	Best   int32
	Scores []float32
	// Attempt is the index of the attempt that found the region: 0 for the strictest rules, 3 for the most lenient.
	// Chars is the length of the region's text, in characters.
	Attempt int
	Chars   int32
}

// Memory is the memory that Find works in. A Region is valid until the next call of Find with the same Memory. A Memory
// must not be used by several goroutines at once.
type Memory struct {
	facts    arena.Slab[facts]
	own      arena.Slab[facts]
	bools    arena.Slab[bool]
	scores   arena.Slab[float64]
	shares   arena.Slab[float32]
	int32s   arena.Slab[int32]
	scored   []int32
	attempts [4]attempt
}

// enough is the number of characters of text that a region needs. If a region has fewer, Find starts again with more
// lenient rules. Readability uses 500; on labeled pages, 300 works as well.
const enough = 300

// rules determine how strict an attempt is: whether it removes elements with unlikely names before scoring, whether
// class names and ids count in scores, and whether it removes boilerplate from the region.
type rules struct{ stripUnlikely, weighNames, clean bool }

var attempts = [...]rules{{true, true, true}, {false, true, true}, {false, false, true}, {}}

type attempt struct {
	kept   []bool
	scores []float32
	best   int32
	chars  int32
}

type finder struct {
	Page
	m      *Memory
	tree   *block.Tree
	blocks []block.Block
	rules  rules
	own    []facts
	facts  []facts
	// removed reports for each node whether it is hidden or has been removed in this attempt.
	removed []bool
	// starts is, for each block that is a paragraph, the first element that gets the paragraph's score. It is None for
	// other blocks.
	starts []int32
	// runs counts, for each element, the blocks that belong to it directly.
	runs   []int32
	scores []float64
	// isScored reports for each node whether it has a score; scored lists the nodes that have one.
	isScored []bool
	scored   []int32
}

// Find finds the region of a page. If no attempt finds text, Best is block.None, Kept is nil, Chars is 0, and Attempt
// is that of the most lenient rules.
func Find(p Page, m *Memory) Region {
	nodes := len(p.Tree.Nodes)
	f := &finder{Page: p, m: m, tree: p.Tree, blocks: p.Blocks}
	m.forget()
	f.own, f.facts = m.own.Take(nodes), m.facts.Take(nodes)
	f.starts, f.runs = m.int32s.Take(len(p.Blocks)), m.int32s.Take(nodes)
	f.read()
	longest := -1
	for a, r := range attempts {
		f.rules = r
		m.attempts[a] = f.try()
		if m.attempts[a].chars >= enough {
			longest = a
			break
		}
		if longest < 0 || m.attempts[a].chars > m.attempts[longest].chars {
			longest = a
		}
	}
	found := &m.attempts[longest]
	if found.chars == 0 {
		return Region{Best: block.None, Attempt: len(attempts) - 1, Scores: found.scores}
	}
	return Region{Kept: found.kept, Best: found.best, Scores: found.scores, Attempt: longest, Chars: found.chars}
}

// read computes the values that are the same for all attempts.
func (f *finder) read() {
	nodes := f.tree.Nodes
	for i := int32(0); i < int32(len(nodes)); {
		if f.Hidden[i] {
			i = nodes[i].End
			continue
		}
		f.own[i] = f.ownFacts(i)
		i++
	}
	for b := range f.blocks {
		f.runs[f.blocks[b].Elem]++
	}
}

// try makes one attempt.
func (f *finder) try() attempt {
	nodes := f.tree.Nodes
	f.removed = f.m.bools.Take(len(nodes))
	f.scores, f.isScored, f.scored = f.m.scores.Take(len(nodes)), f.m.bools.Take(len(nodes)), f.m.scored[:0]
	f.strip()
	f.findStarts()
	f.sum()
	f.collapse()
	f.score()
	a := attempt{best: block.None, scores: f.m.shares.Take(len(nodes)), kept: f.m.bools.Take(len(nodes))}
	top := f.best()
	for _, i := range f.scored {
		if f.scores[top] > 0 {
			a.scores[i] = float32(f.scores[i] / f.scores[top])
		}
	}
	a.best = top
	roots := f.join(top)
	f.m.scored = f.scored
	if f.rules.clean || len(roots) > 0 {
		f.clean(roots)
	}
	for _, root := range roots {
		a.chars += f.facts[root].chars
		for i := root; i < nodes[root].End; {
			if f.removed[i] {
				i = nodes[i].End
				continue
			}
			a.kept[i] = true
			i++
		}
	}
	return a
}

// strip removes nodes that are hidden, the first h1 or h2 that repeats the title and, depending on the rules, elements
// with unlikely names or roles.
func (f *finder) strip() {
	nodes := f.tree.Nodes
	for i := int32(0); i < int32(len(nodes)); {
		n := &nodes[i]
		if f.Hidden[i] || n.Form == block.Element && f.rules.stripUnlikely && f.isUnlikely(i) {
			f.remove(i)
			i = n.End
			continue
		}
		i++
	}
	if f.IsTitle == nil {
		return
	}
	for b := range f.blocks {
		if tag := nodes[f.blocks[b].Elem].Tag; (tag == atom.H1 || tag == atom.H2) && f.IsTitle(b) {
			f.remove(f.blocks[b].Elem)
			return
		}
	}
}

func (f *finder) remove(i int32) {
	for k := i; k < f.tree.Nodes[i].End; k++ {
		f.removed[k] = true
	}
}

func (f *finder) isUnlikely(i int32) bool {
	n := &f.tree.Nodes[i]
	if n.Tag == atom.Body || n.Tag == atom.Html || n.Parent == block.None {
		return false
	}
	if f.Signs[i]&(unlikely|maybe) == unlikely && n.Tag != atom.A && !f.isBelow(i, atom.Table) &&
		!f.isBelow(i, atom.Code) {
		return true
	}
	return hasUnlikelyRole(n.HTML)
}

// nearLevels is the number of ancestors of a node that isBelow examines.
const nearLevels = 4

// isBelow reports whether one of the nearest ancestors of node i has the given tag.
func (f *finder) isBelow(i int32, tag atom.Atom) bool {
	for range nearLevels {
		if i = f.tree.Nodes[i].Parent; i == block.None {
			return false
		}
		if f.tree.Nodes[i].Tag == tag {
			return true
		}
	}
	return false
}

func (m *Memory) forget() {
	arena.Reset(&m.facts, &m.own, &m.bools, &m.scores, &m.shares, &m.int32s)
}
