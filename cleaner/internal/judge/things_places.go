package judge

import (
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/text"
	"github.com/dechaff/dechaff/cleaner/internal/zone"
)

// A place is where a block is, as far as that bears on the decision.
type place uint8

const (
	placeAny     place = iota
	placeAbove         // above the region's first text
	placeBelow         // below its last
	placeWithout       // between those, and not in the region
	placeCard          // in a recipe's card
	placePart          // a line that the page's own data calls an ingredient or a step
	placeTable         // in a data table or code among the region's text
	placeFacts         // in another data table
	placeLead          // a line below the headline that leads into the text
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
	case placeTable:
		return opinion + max(prices.Table*t.trust, prices.Facts*t.offers)
	case placeFacts:
		return opinion + prices.Facts*t.offers
	case placeLead:
		return opinion + prices.Lead
	case placeCard:
		return opinion + prices.Card
	case placePart:
		return opinion + claimedSay*prices.Card
	}
	return opinion
}

func (p *Page) placeOf(b, headline int) place {
	bl, v := &p.Blocks[b], p.Features.region
	switch {
	case bl.Kind == block.Caption:
		if headline >= 0 && b > headline && b < v.last {
			return placeCaption
		}
	case p.Meta.Claimed.IsPart(bl) || p.isIn(p.Names.Parts, b):
		return placePart
	case (p.isIn(p.Names.Recipes, b) || p.isInRecipePage(b, headline)) && !p.isRated(b):
		return placeCard
	case p.isLead(b, headline):
		return placeLead
	case bl.Kind == block.Cell:
		return p.placeOfCell(bl)
	case v.last < 0:
	case v.votes[b] >= 0.5:
	case b > v.first && b < v.last && p.isWhole(bl): // its method drops short ones
		return placeTable
	case bl.Kind == block.Heading || p.IsBoxTitle(b): // and headings, from the best articles
	case p.isAmongRegion(bl.Elem): // it drops single lines as well; what it leaves out whole is something else
	case b < v.first:
		return placeAbove
	case b > v.last:
		return placeBelow
	default:
		return placeWithout
	}
	return placeAny
}

// A lead is a sentence of some words, one of the first blocks below the headline, with text soon after it. On labeled
// pages of seven collections, nine of ten are content; readers of the page by its boxes find them in the header.
const (
	minLead, maxLead = 6, 45 // words
	maxBelowHeadline = 3     // blocks from the headline to the lead
	maxBelowLead     = 15    // and from that to the text
	minSubtitle      = 3     // words of a heading just below the headline
)

func (p *Page) isLead(b, headline int) bool {
	bl := &p.Blocks[b]
	if p.isSubtitle(b) {
		return bl.Words >= minSubtitle && bl.LinkWords == 0
	}
	if headline < 0 || b <= headline || b > headline+maxBelowHeadline || bl.Words < minLead || bl.Words > maxLead ||
		bl.Kind != block.Paragraph && bl.Kind != block.Heading || bl.LinkDensity() > 0.2 ||
		!text.EndsSentence(bl.Text) && !p.isStandfirst(bl.Elem) {
		return false
	}
	for i := b + 1; i < min(b+1+maxBelowLead, len(p.Blocks)); i++ {
		if p.Blocks[i].Words >= longBlock {
			return true
		}
	}
	return false
}

// isStandfirst reports whether an element is named after the text that leads into an article.
func (p *Page) isStandfirst(elem int32) bool {
	class := dom.Attr(p.Tree.Nodes[elem].HTML, "class")
	return class != "" && zone.OfName(class)&zone.Standfirst != 0
}

// isSubtitle reports whether a block is a heading just below the headline: it belongs to that, and begins no section.
func (p *Page) isSubtitle(b int) bool {
	return b > 0 && p.Blocks[b].Kind == block.Heading && p.Blocks[b-1].Kind == block.Headline
}

// isWhole reports whether a block is of a thing that templates mark as one and authors write: code, a callout, a
// definition. Between two texts of an article such a thing is hardly ever chaff.
func (p *Page) isWhole(bl *block.Block) bool {
	if bl.Kind == block.Code {
		return true
	}
	if bl.LinkDensity() > maxTableLinks {
		return false
	}
	if quote := p.Tree.Ancestor(bl.Elem, atom.Blockquote); quote != block.None {
		return dom.HasAttr(p.Tree.Nodes[quote].HTML, dom.CalloutAttr)
	}
	return bl.Kind == block.Item && p.Tree.Ancestor(bl.Elem, atom.Dl, atom.Li) != block.None &&
		p.Tree.Nodes[p.Tree.Ancestor(bl.Elem, atom.Dl, atom.Li)].Tag == atom.Dl
}

// IsBoxTitle reports whether a block is the title of what follows it in its box: a tab's, a file's.
func (p *Page) IsBoxTitle(b int) bool {
	elem := p.Tree.Nodes[p.Blocks[b].Elem]
	return elem.Tag == atom.P && dom.HasAttr(elem.HTML, dom.TitleAttr)
}

// maxAmong is the share of a box in the region up to which the box is left out of it.
const maxAmong = 0.1

// isAmongRegion reports whether some of what is in one box with an element is in the region: in the smallest box that
// holds more blocks than the element.
func (p *Page) isAmongRegion(elem int32) bool {
	p.Features.level(&elem)
	box, _ := p.Features.level(&elem)
	v := p.Features.region
	return v.voted[box] > maxAmong*v.mass[box]
}

// maxTableLinks is the share of links from which on a table is a menu.
const maxTableLinks = 0.3

// placeOfCell returns the place of a cell: in a table of data among the region's text, in one elsewhere, or in a menu.
func (p *Page) placeOfCell(bl *block.Block) place {
	table := p.Tree.Ancestor(bl.Elem, atom.Table)
	if table == block.None || !p.Tree.IsDataTable(table) {
		return placeAny
	}
	switch sum := &p.Features.sums[table]; {
	case share(sum.links, sum.words) >= maxTableLinks:
		return placeAny
	case p.Features.region.last >= 0 && p.isAmongRegion(table):
		return placeTable
	}
	return placeFacts
}

// leastCaption is the log-odds against the threshold from which on a caption's place counts.
const leastCaption = -2

// maxAbove is the share of a page's expected content above its region from which that is not trusted at all: what is
// above an article is little, what is below it may be much.
const maxAbove = 0.2

// trustInRegion is how far the region's bounds are believed, from 0 to 1: on an article's page, where there is hardly
// anything above it.
func (p *Page) trustInRegion() float32 {
	if len(p.Probabilities) == 0 || p.Meta.Recipe { // its method leaves lists of ingredients out
		return 0
	}
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
const claimedSay = 3

// maxRecipeLinks is the share of links from which on a block of a recipe's page is a menu.
const maxRecipeLinks = 0.8

// isInRecipePage reports whether a block is below the headline of a page that says it is a recipe, and above the
// region's last text or in one main element with it: notes and tips end a recipe.
func (p *Page) isInRecipePage(b, headline int) bool {
	last := p.Features.region.last
	if !p.Meta.Recipe || headline < 0 || b <= headline || last < 0 || p.Blocks[b].LinkDensity() >= maxRecipeLinks {
		return false
	}
	if b <= last {
		return true
	}
	main := p.Tree.Ancestor(p.Blocks[last].Elem, atom.Main, atom.Article)
	return main != block.None && p.Tree.Contains(main, p.Blocks[b].Elem)
}

// isRated reports whether a block is in a box of ratings or reviews.
func (p *Page) isRated(b int) bool {
	around, depth := p.Features.around(p.Blocks[b].Elem)
	return distance(depth, around.near[ratingFamily]) < farAway
}

// isIn reports whether a block is in one of some nodes, which are in document order.
func (p *Page) isIn(nodes []int32, b int) bool {
	elem := p.Blocks[b].Elem
	for _, node := range nodes {
		if node > elem {
			break
		}
		if p.Tree.Contains(node, elem) {
			return true
		}
	}
	return false
}
