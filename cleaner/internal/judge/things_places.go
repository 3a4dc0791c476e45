package judge

import (
	"strings"

	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/text"
	"github.com/dechaff/dechaff/cleaner/internal/zone"
)

// A place is the position of a block, as far as it matters for the decision.
type place uint8

const (
	placeAny     place = iota
	placeAbove         // above the region's first text
	placeBelow         // below the region's last text
	placeWithout       // between the region's first and last text, but not in the region
	placeCard          // in a recipe card, or in the main part of a recipe's page
	placePart          // a line that JSON-LD, microdata or class names mark as part of a recipe
	placeTable         // in a data table, code, a callout or a definition list among the region's text
	placeFacts         // in any other data table
	placeLead          // a line below the headline that introduces the text
	placeManual        // in the part of a manual's page that the page marks as its main part, below the headline
	placeBare          // below the headline of a manual's page that consists of nothing but its text
	placeCaption       // a caption below the headline and above the region's last text
)

// odds returns a block's log-odds of being content, adjusted for its place.
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
		return opinion + claimedFactor*prices.Card
	case placeManual:
		return opinion + prices.Manual*t.manual
	case placeBare:
		return opinion + prices.Bare*t.manual
	}
	return opinion
}

func (p *Page) placeOf(b, headline int, main int32) place {
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
	case main != block.None && b > headline && p.Tree.Contains(main, bl.Elem):
		switch {
		case p.Tree.Nodes[main].Tag != atom.Body:
			return placeManual
		case bl.LinkWords == bl.Words: // "Back to the index"
			return placeAny
		}
		return placeBare
	case bl.Kind == block.Cell:
		return p.placeOfCell(bl)
	case v.last < 0:
	case b > v.first && b < v.last && p.isSource(bl): // Short code and formulas are often worded like chaff
		return placeTable
	case v.shares[b] >= 0.5:
	case b > v.first && b < v.last && p.isWhole(bl): // Readability's method drops code and callouts that are short
		return placeTable
	case bl.Kind == block.Heading || p.IsBoxTitle(b): // Readability's method drops these even from the best articles
	case p.isAmongRegion(bl.Elem): // Readability's method drops single lines too, but not whole boxes of an article
	case b < v.first:
		return placeAbove
	case b > v.last:
		return placeBelow
	default:
		return placeWithout
	}
	return placeAny
}

// A lead is a sentence of several words in one of the first blocks below the headline, with a long block soon after it.
// A text that its class marks as a standfirst need not be a sentence. A heading just below the headline is also a lead.
// On labeled pages of seven collections, nine of ten leads are content. Extractors that choose whole boxes miss them,
// because leads are in the article's header.
const (
	minLead, maxLead = 6, 45 // words
	maxBelowHeadline = 3     // blocks from the headline to the lead
	maxBelowLead     = 15    // blocks from the lead to the text
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

// isStandfirst reports whether an element's class marks a text that introduces an article.
func (p *Page) isStandfirst(elem int32) bool {
	class := dom.Attr(p.Tree.Nodes[elem].HTML, "class")
	return class != "" && zone.OfName(class)&zone.Standfirst != 0
}

// isSubtitle reports whether a block is a heading just below the headline. Such a heading belongs to the headline and
// does not begin a section.
func (p *Page) isSubtitle(b int) bool {
	return b > 0 && p.Blocks[b].Kind == block.Heading && p.Blocks[b-1].Kind == block.Headline
}

// isSource reports whether a block is code or a formula on a line of its own. Between two parts of an article's text,
// these are hardly ever chaff.
func (p *Page) isSource(bl *block.Block) bool {
	if bl.Kind == block.Code {
		return true
	}
	formulas := 0
	for i := bl.First; i < bl.End; i++ {
		switch n := &p.Tree.Nodes[i]; {
		case n.Form == block.Formula:
			formulas++
		case n.Form == block.Text && strings.TrimSpace(n.Text) != "":
			return false
		}
	}
	return formulas > 0
}

// isWhole reports whether a block is in a callout or a definition list without many links. Between two parts of an
// article's text, these are hardly ever chaff either.
func (p *Page) isWhole(bl *block.Block) bool {
	if bl.LinkDensity() > maxTableLinks {
		return false
	}
	if quote := p.Tree.Ancestor(bl.Elem, atom.Blockquote); quote != block.None {
		return dom.HasAttr(p.Tree.Nodes[quote].HTML, dom.CalloutAttr)
	}
	if bl.Kind != block.Item {
		return false
	}
	list := p.Tree.Ancestor(bl.Elem, atom.Dl, atom.Li)
	return list != block.None && p.Tree.Nodes[list].Tag == atom.Dl
}

// IsBoxTitle reports whether a block is the title of the content that follows in the same box, such as the title of a
// tab or a file name.
func (p *Page) IsBoxTitle(b int) bool {
	elem := p.Tree.Nodes[p.Blocks[b].Elem]
	return elem.Tag == atom.P && dom.HasAttr(elem.HTML, dom.TitleAttr)
}

// maxAmong is the maximum share of a box's text in the region at which the box still counts as left out of the region.
const maxAmong = 0.1

// isAmongRegion looks at the smallest box around an element that contains more blocks than the element. It reports
// whether more than a small part of that box is in the region.
func (p *Page) isAmongRegion(elem int32) bool {
	p.Features.level(&elem)
	box, _ := p.Features.level(&elem)
	v := p.Features.region
	return v.covered[box] > maxAmong*v.mass[box]
}

// maxTableLinks is the share of words in links from which a table counts as a menu.
const maxTableLinks = 0.3

// placeOfCell returns the place of a table cell: placeTable in a data table among the region's text, placeFacts in any
// other data table, and placeAny in a table for layout or with many links.
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

// leastCaption is a number of log-odds, relative to the threshold. The place of a caption counts only if the caption's
// log-odds are above it.
const leastCaption = -2

// maxAbove is a share of the page's expected content. If at least that much comes before the region, the region is not
// trusted at all: little text comes before an article, though a lot may follow it.
const maxAbove = 0.2

// trustInRegion returns how far the region's bounds are trusted, from 0 to 1. The trust is high on an article page with
// hardly any content above the region. It is 0 on a page with a recipe, and before JudgeAgain has run.
func (p *Page) trustInRegion() float32 {
	if len(p.Probabilities) == 0 || p.Meta.Recipe { // Readability's method leaves out lists of ingredients
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

// claimedFactor multiplies Bonds.Card for lines that the page marks as part of a recipe (see placePart).
const claimedFactor = 3

// maxRecipeLinks is the share of words in links from which a block on a recipe's page counts as a menu.
const maxRecipeLinks = 0.8

// isInRecipePage reports whether a block is below the headline of a page that declares a recipe, and either above the
// region's last text or in the same main or article element as that text. The element matters because notes and tips
// come at the end of a recipe.
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

// isRated reports whether a block is in a box whose class names or id are about ratings or reviews.
func (p *Page) isRated(b int) bool {
	around, depth := p.Features.around(p.Blocks[b].Elem)
	return distance(depth, around.near[ratingFamily]) < farAway
}

// isIn reports whether a block is in one of the given nodes, which are in document order.
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

// mainOf returns the innermost element around the headline that the page marks as its main part, or else the outermost
// section with that headline, or else the body of a bare page. On pages that are not documentation, it returns None:
// the main part of those often contains chaff too.
func (p *Page) mainOf(headline int) int32 {
	if headline < 0 || p.Kind != KindDocumentation {
		return block.None
	}
	section := block.None
	for at := p.Blocks[headline].Elem; at != block.None; at = p.Tree.Nodes[at].Parent {
		switch tag := p.Tree.Nodes[at].Tag; {
		case tag == atom.Main, tag == atom.Article, p.Tree.Attr(at, "role") == "main",
			p.Tree.Attr(at, "itemprop") == "articleBody":
			return at
		case tag == atom.Section:
			section = at
		case tag == atom.Body && section == block.None && p.isBare(headline, at):
			return at
		}
	}
	return section
}

// Limits for a bare page.
const (
	maxAboveBare = 3   // blocks above the headline
	maxBareLinks = 0.2 // share of words in links
)

// isBare reports whether a page consists of nothing but its text, as programs write it that convert a notebook, a paper
// or a manual page: it begins with the headline, and has hardly any links and no box for anything else.
func (p *Page) isBare(headline int, body int32) bool {
	sum := &p.Features.sums[body]
	if headline > maxAboveBare || share(sum.links, sum.words) > maxBareLinks {
		return false
	}
	for i := range p.Tree.Nodes {
		switch p.Tree.Nodes[i].Tag {
		case atom.Nav, atom.Aside, atom.Footer, atom.Form:
			return false
		}
		if p.RawZones[i]&(zone.Nav|zone.Related|zone.Comments|zone.Ad|zone.Newsletter|zone.Share) != 0 {
			return false
		}
	}
	return true
}
