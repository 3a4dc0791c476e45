package judge

import (
	"math/bits"

	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/arena"
	"github.com/dechaff/dechaff/cleaner/internal/block"
)

// nearTags are elements that have a column each: the distance from a block up to the nearest such element. Ordered
// lists count as unordered ones.
var nearTags = [nearTagCount]atom.Atom{
	atom.Nav, atom.Aside, atom.Footer, atom.Header, atom.Form, atom.Article, atom.Main, atom.Section, atom.Li,
	atom.Ul, atom.Table, atom.Td, atom.Blockquote, atom.Figure, atom.A, atom.Dl, atom.Details, atom.Pre,
}

func nearTag(tag atom.Atom) int {
	if tag == atom.Ol {
		tag = atom.Ul
	}
	for i, t := range nearTags {
		if t == tag {
			return i
		}
	}
	return -1
}

// A surrounding describes the elements around a node, including the node itself. For each family of names and each tag,
// it has the depth of the innermost element with such a name or tag, or the constant nowhere if there is none. A node
// that adds nothing to its parent's surrounding shares it.
type surrounding struct {
	near [familyCount]int32
	tags [nearTagCount]int32
	// parts has, for each kind of part (see the type part), the depth of the innermost such element, or nowhere.
	parts [partCount]int32
}

const nowhere = -farAway

// distance returns the number of levels between two depths, at most farAway. The argument above is the depth of the
// outer element.
func distance(depth, above int32) int32 { return min(depth-above, farAway) }

// walk walks the tree from the top down. For each node, it records the depth of the innermost element of each kind at
// or above the node. For children that look alike, it adds up their words, links and blocks.
func (d *describer) walk() {
	p := d.p
	nodes := p.Tree.Nodes
	s := p.Memory
	d.surroundingOf, d.depth = s.Int32s.Take(len(nodes)), s.Int32s.Take(len(nodes))
	d.boxOf, d.groupOf, d.looks = s.Int32s.Take(len(nodes)), s.Int32s.Take(len(nodes)), s.Int32s.Take(len(nodes))
	d.surroundings, d.lastIn = append(s.surroundings[:0], surrounding{}), append(s.lastIn[:0], lastAddition{})
	d.groups = make([]groupSum, 0, len(p.Blocks))
	for f := range d.surroundings[0].near {
		d.surroundings[0].near[f] = nowhere
	}
	for t := range d.surroundings[0].tags {
		d.surroundings[0].tags[t] = nowhere
	}
	for k := range d.surroundings[0].parts {
		d.surroundings[0].parts[k] = nowhere
	}
	looks := make(looks)
	groups := make(map[groupKey]int32, len(p.Blocks))
	for i := range nodes {
		n := &nodes[i]
		if d.sums[i].blocks == 0 || n.Form != block.Element {
			continue
		}
		d.looks[i] = looks.of(p, int32(i))
		d.boxOf[i] = int32(i)
		if n.Parent == block.None {
			continue
		}
		d.depth[i] = d.depth[n.Parent] + 1
		if d.sums[n.Parent].blocks == d.sums[i].blocks {
			d.boxOf[i] = d.boxOf[n.Parent]
		}
		d.surround(int32(i), n)
		key := groupKey{n.Parent, d.looks[i]}
		g, ok := groups[key]
		if !ok {
			g = int32(len(d.groups))
			groups[key] = g
			d.groups = append(d.groups, groupSum{})
		}
		d.groupOf[i] = g
		d.groups[g].add(d.sums[i].words, d.sums[i].links, d.sums[i].ended)
		d.groups[g].blocks += d.sums[i].blocks
	}
	s.surroundings, s.lastIn = d.surroundings, d.lastIn
}

// surround records the elements around node i, including node i.
func (d *describer) surround(i int32, n *block.Node) {
	names := d.p.Names
	class, id := names.box(names.Classes[i]), names.box(names.Ids[i])
	families := class.families | id.families
	if n.Tag == atom.Body || n.Tag == atom.Html {
		families = 0
	}
	t := nearTag(n.Tag)
	d.surroundingOf[i] = d.surroundingOf[n.Parent]
	if t < 0 && families == 0 && class.part == noPart && id.part == noPart {
		return
	}
	own := addition{t, families, [2]part{class.part, id.part}, d.depth[i]}
	if last := &d.lastIn[d.surroundingOf[i]]; last.surrounding != 0 && last.addition == own {
		d.surroundingOf[i] = last.surrounding
		return
	}
	d.lastIn[d.surroundingOf[i]] = lastAddition{own, int32(len(d.surroundings))}
	s := d.surroundings[d.surroundingOf[i]]
	if t >= 0 {
		s.tags[t] = d.depth[i]
	}
	for ; families != 0; families &= families - 1 {
		s.near[bits.TrailingZeros32(families)] = d.depth[i]
	}
	for _, part := range [...]part{class.part, id.part} {
		if part != noPart {
			s.parts[part-1] = d.depth[i]
		}
	}
	d.surroundingOf[i] = int32(len(d.surroundings))
	d.surroundings = arena.Push(d.surroundings, s)
	d.lastIn = arena.Push(d.lastIn, lastAddition{})
}

// An addition is what a node adds to its parent's surrounding. Siblings with the same addition usually share one
// surrounding.
type addition struct {
	tag      int
	families uint32
	parts    [2]part
	depth    int32
}

type lastAddition struct {
	addition    addition
	surrounding int32 // 0 if there is none
}

// around returns what walk recorded about the elements around node i, and the depth of node i. The node must contain
// blocks.
func (d *describer) around(i int32) (*surrounding, int32) {
	return &d.surroundings[d.surroundingOf[i]], d.depth[i]
}

// groupKey consists of a parent and the tag and class of a child.
type groupKey struct {
	parent int32
	look   int32
}

func (g *groupSum) add(words, links, ended int32) {
	g.count++
	g.words += words
	g.links += links
	g.ended += ended
}

// shapeKey identifies the tags and classes of a block's element and of the two elements above it. If there is no
// element, the value is noLook.
type shapeKey [3]int32

const noLook = int32(-1)

// findShapes finds the blocks that look alike, wherever they are on the page.
func (d *describer) findShapes() {
	p := d.p
	d.shapeOf = p.Memory.Int32s.Take(len(p.Blocks))
	shapes := make(map[shapeKey]int32)
	var last shapeKey // that of the previous block, which often has the same shape
	var s int32       // the shape of the previous block, and then of this one
	for b := range p.Blocks {
		bl := &p.Blocks[b]
		key := shapeKey{d.looks[bl.Elem], noLook, noLook}
		if up := p.Tree.Nodes[bl.Elem].Parent; up != block.None {
			key[1] = d.looks[up]
			if up = p.Tree.Nodes[up].Parent; up != block.None {
				key[2] = d.looks[up]
			}
		}
		known := b > 0 && key == last
		if !known {
			s, known = shapes[key]
		}
		if !known {
			s = int32(len(d.shapes))
			shapes[key] = s
			d.shapes = append(d.shapes, groupSum{first: int32(b)})
		}
		d.shapeOf[b], last = s, key
		ended := int32(0)
		if d.ended[b] {
			ended = 1
		}
		d.shapes[s].add(bl.Words, bl.LinkWords, ended)
	}
}
