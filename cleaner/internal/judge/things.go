package judge

import (
	"math"

	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// A thing is what is kept or dropped as one unless a part of it is clearly otherwise: a block, an element around
// blocks,
// or a section that headings imply. The things of a page are a tree.
type thing struct {
	parent int32
	block  int32 // block.None of what holds blocks
	bond   bond
}

// A bond says how closely a thing belongs to the one around it.
type bond uint8

const (
	bondNone      bond = iota // decided alone: what a rule matches, and fields
	bondOnly                  // the only text of its element
	bondBlock                 // a run of text in an element that has others
	bondBox                   // an element
	bondFrame                 // nav, aside, footer, header, form
	bondPart                  // section, article, main
	bondText                  // a paragraph
	bondItem                  // an item or a definition
	bondList                  // a list
	bondAnnounced             // a list or a table that the line above it announces
	bondCell                  // a cell, a row
	bondTable                 // a table
	bondSection               // a section that a heading implies, or a line that announces what follows
	bondHeading               // the heading of such a section, or the line
	bondCaption               // a caption
	bondCount
)

// Bonds are the prices of a thing that differs from the one around it, in log-odds times the square root of words: Drop
// of one that is dropped where the thing around it is kept, Keep of one that is kept where that is dropped.
type Bonds struct {
	Drop, Keep [bondCount]float32
	// Above and Below are what a block's log-odds lose above the region's first text and below its last, and Without
	// what they lose between those where the region left the block out; all three as far as the region is trusted.
	Above, Below, Without float32
	// Card is what they gain in a recipe's card, which has short sections: times, notes. Caption is what a caption's
	// gain below the headline and above the region's last text, where only its place tells.
	Card, Caption float32
}

// BondNames are the names of the bonds, in the order of the prices.
var BondNames = [bondCount]string{
	"none", "only", "block", "box", "frame", "part", "text", "item", "list", "announced", "cell", "table", "section",
	"heading", "caption",
}

// DefaultBonds are the prices that Choose uses.
func DefaultBonds() Bonds { return bonds }

// bonds were chosen on collections that the judge had not seen (train/README.md).
var bonds = Bonds{
	Drop: [bondCount]float32{
		bondOnly: same, bondBlock: 0.5, bondBox: 1, bondFrame: 1, bondPart: 1, bondText: 0.5, bondItem: 2, bondList: 1.5,
		bondAnnounced: 4, bondCell: 8, bondTable: 4, bondSection: 0.5, bondHeading: 2, bondCaption: 2,
	},
	Keep: [bondCount]float32{
		bondOnly: same, bondBlock: 1, bondBox: 0.5, bondFrame: 1, bondPart: 1, bondText: 2, bondItem: 2, bondList: 1,
		bondAnnounced: 2, bondCell: 8, bondTable: 2, bondSection: 0.5, bondHeading: 2, bondCaption: 2,
	},
	Above: 0.5, Below: 3, Without: 2, Card: 0.5, Caption: 1,
}

// same is the price of a thing that cannot differ.
const same = 1e6

// Things are the things of a page, each after the one around it.
type Things struct {
	list   []thing
	roots  []float32 // of each block's words: the weight of its opinion
	places []place   // by block
	trust  float32   // in the region, from 0 to 1
}

// A place is where a block is, as far as that bears on the decision.
type place uint8

const (
	placeAny     place = iota
	placeAbove         // above the region's first text
	placeBelow         // below its last
	placeWithout       // between those, and not in the region
	placeCard          // in a recipe's card
	placePart          // a line that the page's own data calls an ingredient or a step
	placeCaption       // a caption below the headline and above the region's last text
)

// odds returns a block's log-odds of being content, with what its place says.
func (t *Things) odds(b int32, opinion float32, prices *Bonds) float32 {
	switch t.places[b] {
	case placeAbove:
		return opinion - prices.Above*t.trust
	case placeBelow:
		return opinion - prices.Below*t.trust
	case placeWithout:
		return opinion - prices.Without*t.trust
	case placeCard:
		return opinion + prices.Card
	case placePart:
		return opinion + claimedSay*prices.Card
	}
	return opinion
}

// sectionHold is what it costs, beside the price of a thing's bond, to keep it where the section around it is
// dropped: a
// section is hardly more than what is in it.
const sectionHold = 2

// keepPrice is the price of a thing that is kept where the one around it is dropped.
func (t *Things) keepPrice(i int, prices *Bonds) float32 {
	one := &t.list[i]
	if t.list[one.parent].bond == bondSection {
		return prices.Keep[one.bond] + sectionHold
	}
	return prices.Keep[one.bond]
}

// headingSay is the weight of a heading's opinion beside other text's: what is below it decides.
const headingSay = 0.5

// Choose decides which blocks are content. opinion is each block's log-odds of being content against the page's
// threshold; a block of which alone is true has no say in what is around it, and is decided by its opinion. The region
// counts if bounded is true.
func (p *Page) Choose(opinion []float32, alone []bool, bounded bool) []bool {
	prices := bonds
	if !bounded {
		prices.Above, prices.Below, prices.Without = 0, 0, 0
	}
	p.things = p.Things(alone)
	return p.things.Choose(opinion, &prices)
}

// leastTrust is the trust in the region from which on it is a reason.
const leastTrust = 0.3

// placeReason says in words what a block's place says against it, "" for nothing.
func (p *Page) placeReason(b int) string {
	if p.things == nil || p.things.trust < leastTrust {
		return ""
	}
	switch p.things.places[b] {
	case placeAbove:
		return "above the text's region"
	case placeBelow:
		return "below the text's region"
	case placeWithout:
		return "left out of the text's region"
	}
	return ""
}

// Choose returns the cheapest choice of blocks, exactly: each block costs its log-odds where it is decided against its
// opinion, each thing the price of its bond where it differs from the one around it (a Potts model on a tree, solved by
// dynamic programming in a walk up and one down).
func (t *Things) Choose(opinion []float32, prices *Bonds) []bool {
	costs := make([]float32, 2*len(t.list))
	keep, drop := costs[:len(t.list)], costs[len(t.list):] // what each choice costs
	for i := len(t.list) - 1; i >= 0; i-- {
		one := &t.list[i]
		switch b := one.block; {
		case b == block.None:
		case one.bond != bondCaption:
			if cost := t.odds(b, opinion[b], prices) * t.roots[b]; cost > 0 {
				drop[i] += cost
			} else {
				keep[i] -= cost
			}
		case t.places[b] == placeCaption && opinion[b] > leastCaption:
			drop[i] += prices.Caption * t.roots[b]
		}
		if one.parent != block.None && one.bond != bondNone {
			keep[one.parent] += min(keep[i], drop[i]+prices.Drop[one.bond])
			drop[one.parent] += min(drop[i], keep[i]+t.keepPrice(i, prices))
		}
	}
	kept, chosen := make([]bool, len(t.list)), make([]bool, len(t.roots))
	for i := range t.list {
		one := &t.list[i]
		switch {
		case one.parent == block.None || one.bond == bondNone:
			kept[i] = keep[i] < drop[i]
		case kept[one.parent]:
			kept[i] = keep[i] <= drop[i]+prices.Drop[one.bond]
		default:
			kept[i] = keep[i]+t.keepPrice(i, prices) < drop[i]
		}
		if one.block != block.None {
			chosen[one.block] = kept[i]
		}
	}
	return chosen
}

// Opinions returns each block's log-odds of being content, less those of the page's threshold. JudgeAgain must have
// run.
func (p *Page) Opinions() []float32 {
	all := p.Notes.Float32s.Take(len(p.Blocks))
	at := logOdds(p.Threshold.At)
	for b := range all {
		all[b] = logOdds(p.Probabilities[b]) - at
	}
	return all
}

// maxCertainty bounds how certain an opinion is: no model is right more often.
const maxCertainty = 0.998

func logOdds(probability float32) float32 {
	x := float64(min(max(probability, 1-maxCertainty), maxCertainty))
	return float32(math.Log(x / (1 - x)))
}

// rootOf is the weight of a block's opinion: what is said of one word says much of the next.
func rootOf(words int32) float32 { return roots[min(int(words), len(roots)-1)] }

// An openThing is an element that the walk is inside, and the sections that are open in it.
type openThing struct {
	end, thing int32
	sections   int // where its own begin in the list of all
}

// An openSection is one that a heading of a level has begun.
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
	next     int   // the next block
	line     int32 // the thing of the last one
}

// Things lists the things of the page. A block of which alone is true belongs to none around it.
func (p *Page) Things(alone []bool) *Things {
	b := &thingBuilder{p: p, things: make([]thing, 0, 2*len(p.Blocks)+16)}
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
			b.openElement(n)
		}
	}
	roots := make([]float32, len(p.Blocks))
	for i := range roots {
		roots[i] = rootOf(p.Blocks[i].Words)
		if p.Blocks[i].Kind == block.Heading {
			roots[i] *= headingSay
		}
	}
	t := &Things{list: b.things, roots: roots}
	t.places, t.trust = make([]place, len(p.Blocks)), p.trustInRegion()
	headline := p.headlineBlock()
	for i := range t.places {
		t.places[i] = p.placeOf(i, headline)
	}
	return t
}

func (p *Page) placeOf(b, headline int) place {
	bl, v := &p.Blocks[b], p.Features.region
	switch {
	case bl.Kind == block.Caption:
		if headline >= 0 && b > headline && b < v.last {
			return placeCaption
		}
	case p.Meta.Claimed.IsPart(bl):
		return placePart
	case p.inRecipe(b):
		return placeCard
	case v.last < 0 || v.votes[b] >= 0.5 || bl.Kind == block.Heading: // engines drop headings of the best articles
	case b < v.first:
		return placeAbove
	case b > v.last:
		return placeBelow
	default:
		return placeWithout
	}
	return placeAny
}

// leastCaption is the log-odds against the threshold from which on a caption's place counts.
const leastCaption = -2

// maxAbove is the share of a page's expected content above its region from which that is not trusted at all: what is
// above an article is little, what is below it may be much.
const maxAbove = 0.2

// trustInRegion is how far the region's bounds are believed, from 0 to 1: on an article's page, where there is hardly
// anything above it.
func (p *Page) trustInRegion() float32 {
	above, all := float32(0), float32(1)
	for b := range p.Blocks {
		expected := p.Probabilities[b] * float32(p.Blocks[b].Words)
		all += expected
		if b < p.Features.region.first {
			above += expected
		}
	}
	article := p.kinds[KindArticle-1]
	return article * article * max(0, 1-above/all/maxAbove)
}

// claimedSay is how many times as much as a card's blocks the lines gain that the page's own data calls ingredients or
// steps.
const claimedSay = 8

// inRecipe reports whether a block is in a recipe's card.
func (p *Page) inRecipe(b int) bool {
	for _, card := range p.Names.Recipes {
		if p.Tree.Contains(card, p.Blocks[b].Elem) {
			return true
		}
	}
	return false
}

func (b *thingBuilder) close() {
	b.sections = b.sections[:b.open[len(b.open)-1].sections]
	b.open = b.open[:len(b.open)-1]
}

// around returns the thing that what comes next is in: the innermost section that is open in the innermost element.
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

// begin opens a section, and closes those of its level and of lower ones in the same element.
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

// isAnnounced reports whether the block before what comes next ends with a colon. It is then that line that a list
// belongs to, in whatever box it is.
func (b *thingBuilder) isAnnounced() bool {
	if b.next == 0 {
		return false
	}
	last := &b.p.Blocks[b.next-1]
	return last.Kind != block.Item && text.EndsWithColon(last.Text)
}

func (b *thingBuilder) openElement(n *block.Node) {
	t := thing{block: block.None, bond: bondOf(n.Tag)}
	if level := dom.HeadingLevel(n.Tag); level > 0 {
		b.begin(level)
		t.bond = bondHeading
	}
	t.parent = b.around()
	if (t.bond == bondList || t.bond == bondTable) && b.isAnnounced() {
		t.parent, t.bond = b.line, bondAnnounced
	}
	b.open = append(b.open, openThing{n.End, b.add(t), len(b.sections)})
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

// bondOf is the bond of an element.
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
