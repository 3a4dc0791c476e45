package judge

import (
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// An openThing is an element that the walk has entered and not left yet, with its open sections.
type openThing struct {
	end, thing int32 // the first node after the element, and the element's thing
	sections   int   // where this element's sections start in the list of all open sections
}

// An openSection is a section that has begun and not ended yet, with the level of its heading.
type openSection struct {
	level int8
	thing int32
}

// A thingBuilder lists a page's things in document order.
type thingBuilder struct {
	p        *Page
	things   []thing
	open     []openThing
	sections []openSection
	next     int   // the block that the walk reaches next
	line     int32 // the thing of the last block that was reached
	// panels maps each set of tabs to the thing of its first panel.
	panels map[string]int32
	// groups maps boxes that look alike to the thing that contains them.
	groups map[likeKey]int32
}

// A likeKey identifies boxes that look alike: the thing around them, and their group in describer.groupOf.
type likeKey struct{ around, group int32 }

// Things builds the things of the page. If alone[b] is true, block b does not belong to the thing around it.
func (p *Page) Things(alone []bool) *Things {
	b := &thingBuilder{
		p: p, things: make([]thing, 0, 2*len(p.Blocks)+16), panels: make(map[string]int32),
		groups: make(map[likeKey]int32),
	}
	nodes, sums := p.Tree.Nodes, p.Features.sums
	for i := int32(0); i < int32(len(nodes)) && b.next < len(p.Blocks); i++ {
		for len(b.open) > 0 && b.open[len(b.open)-1].end <= i {
			b.close()
		}
		if p.Blocks[b.next].First == i {
			b.addBlock(int32(b.next), alone[b.next])
			b.next++
		}
		if n := &nodes[i]; n.Form == block.Element && sums[i].blocks > 0 {
			b.openElement(i, n)
		}
	}
	weights := make([]float32, len(p.Blocks))
	for i := range weights {
		weights[i] = opinionWeight(p.Blocks[i].Words)
		switch {
		case p.Blocks[i].Words == 0, p.IsBoxTitle(i): // symbols and titles follow the thing around them
			weights[i] = 0
		case p.Blocks[i].Kind == block.Heading:
			weights[i] *= headingWeight
		}
	}
	t := &Things{list: b.things, weights: weights}
	t.places, t.trust = make([]place, len(p.Blocks)), p.trustInRegion()
	t.offers = p.KindOf(KindProduct) + p.KindOf(KindService)
	t.manual = p.KindOf(KindDocumentation)
	headline := p.headlineBlock()
	main := p.mainOf(headline)
	for i := range t.places {
		t.places[i] = p.placeOf(i, headline, main)
	}
	return t
}

func (b *thingBuilder) close() {
	b.sections = b.sections[:b.open[len(b.open)-1].sections]
	b.open = b.open[:len(b.open)-1]
}

// around returns the thing that the next node belongs to: the innermost open section of the innermost open element, or
// that element if it has no open section. Outside all elements, it returns None.
func (b *thingBuilder) around() int32 {
	if len(b.open) == 0 {
		return block.None
	}
	if top := &b.open[len(b.open)-1]; len(b.sections) == top.sections {
		return top.thing
	}
	return b.sections[len(b.sections)-1].thing
}

func (b *thingBuilder) add(t thing) int32 {
	b.things = append(b.things, t)
	return int32(len(b.things) - 1)
}

// begin opens a section. It first closes the open sections of the same element whose level number is at least as high:
// an h2 ends the section of an h3.
func (b *thingBuilder) begin(level int8) {
	if len(b.open) == 0 {
		return
	}
	for from := b.open[len(b.open)-1].sections; len(b.sections) > from && b.sections[len(b.sections)-1].level >= level; {
		b.sections = b.sections[:len(b.sections)-1]
	}
	section := b.add(thing{parent: b.around(), block: block.None, bond: bondSection})
	b.sections = append(b.sections, openSection{level, section})
}

func (b *thingBuilder) isInHeading() bool {
	return len(b.open) > 0 && b.things[b.open[len(b.open)-1].thing].bond == bondHeading
}

// isAnnounced reports whether the previous block ends with a colon and is not an item. If so, a list or a table that
// follows belongs to that line, whatever box the line is in.
func (b *thingBuilder) isAnnounced() bool {
	if b.next == 0 {
		return false
	}
	last := &b.p.Blocks[b.next-1]
	return last.Kind != block.Item && text.EndsWithColon(last.Text)
}

// maxHeader is the maximum number of blocks in a header that begins a section, such as the heading, a date and a name.
const maxHeader = 4

// The levels of elements that begin a section but are not headings: the title of a box, and the term of a definition.
const titleLevel, termLevel = 7, 8

// headingLevel returns the level of a heading, of a box that contains only a heading, or of a small header that
// contains a heading. For the title of a box it returns titleLevel, for a term termLevel, and for other elements 0.
func (b *thingBuilder) headingLevel(i int32, n *block.Node) int8 {
	switch {
	case n.Tag == atom.P && dom.HasAttr(n.HTML, dom.TitleAttr):
		return titleLevel
	case n.Tag == atom.Dt:
		return termLevel
	}
	sum := &b.p.Features.sums[i]
	isHeader := (n.Tag == atom.Header || n.Tag == atom.Hgroup) && sum.blocks <= maxHeader
	if level := dom.HeadingLevel(n.Tag); level > 0 || sum.headings == 0 || sum.blocks > 1 && !isHeader {
		return level
	}
	for at := i + 1; at < n.End; at++ {
		if level := dom.HeadingLevel(b.p.Tree.Nodes[at].Tag); level > 0 {
			return level
		}
	}
	return 0
}

func (b *thingBuilder) openElement(i int32, n *block.Node) {
	t := thing{block: block.None, bond: bondOf(n.Tag)}
	if level := b.headingLevel(i, n); level > 0 && !b.p.isSubtitle(b.next) {
		if !b.isInHeading() { // the box around a heading has already begun its section
			b.begin(level)
		}
		t.bond = bondHeading
	}
	t.parent = b.around()
	group := "" // the set of tabs of which n is a panel
	if b.p.Names.hasPanels {
		group = dom.Attr(n.HTML, dom.PanelAttr)
	}
	if first, known := b.panels[group]; known {
		t.parent, t.bond = first, bondPanel
	}
	if t.bond == bondBox && b.p.Features.groups[b.p.Features.groupOf[i]].count >= minLike {
		t.parent, t.bond = b.likes(i, t.parent), bondLike
	}
	if (t.bond == bondList || t.bond == bondTable) && b.isAnnounced() {
		t.parent, t.bond = b.line, bondAnnounced
	}
	thing := b.add(t)
	b.open = append(b.open, openThing{n.End, thing, len(b.sections)})
	if group != "" && t.bond != bondPanel {
		b.panels[group] = thing
	}
}

// minLike is the minimum number of sibling boxes with the same tag and class that form a thing, such as entries or the
// lines of a transcript.
const minLike = 4

// likes returns the thing that contains element i and those of its siblings in the same section that look like it.
func (b *thingBuilder) likes(i, around int32) int32 {
	key := likeKey{around, b.p.Features.groupOf[i]}
	t, known := b.groups[key]
	if !known {
		t = b.add(thing{parent: around, block: block.None, bond: bondBox})
		b.groups[key] = t
	}
	return t
}

func (b *thingBuilder) addBlock(i int32, alone bool) {
	kind := bondBlock
	switch {
	case alone:
		kind = bondNone
	case b.p.Features.sums[b.p.Blocks[i].Elem].blocks == 1:
		kind = bondOnly
	}
	if !alone && b.p.Blocks[i].Kind == block.Caption {
		kind = bondCaption
	}
	b.line = b.add(thing{parent: b.around(), block: i, bond: kind})
}

// bondOf returns the bond of an element with the given tag.
func bondOf(tag atom.Atom) bond {
	switch tag {
	case atom.Td, atom.Th, atom.Tr, atom.Tbody, atom.Thead, atom.Tfoot:
		return bondCell
	case atom.Table:
		return bondTable
	case atom.Li, atom.Dt, atom.Dd:
		return bondItem
	case atom.Ul, atom.Ol, atom.Dl:
		return bondList
	case atom.P, atom.Pre, atom.Blockquote:
		return bondText
	case atom.Nav, atom.Aside, atom.Footer, atom.Header, atom.Form:
		return bondFrame
	case atom.Section, atom.Article, atom.Main:
		return bondPart
	}
	return bondBox
}
