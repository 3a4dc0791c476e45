package judge

import (
	"math"

	"github.com/dechaff/dechaff/cleaner/internal/block"
)

// A thing is kept or dropped as a unit, unless a part of it is clearly different. It is a block, an element around
// blocks, or a section below a heading. The things of a page form a tree.
type thing struct {
	parent int32
	block  int32 // block.None for things that contain blocks
	bond   bond
}

// A bond is how closely a thing belongs to the thing around it.
type bond uint8

const (
	bondNone      bond = iota // a block that is decided on its own, such as one with a label
	bondOnly                  // the only block of its element
	bondBlock                 // a block in an element that has other blocks
	bondBox                   // any other element
	bondFrame                 // nav, aside, footer, header, form
	bondPart                  // section, article, main
	bondText                  // a paragraph, preformatted text or a quotation
	bondItem                  // a list item or a definition
	bondList                  // a list
	bondAnnounced             // a list or a table that the line above it introduces
	bondCell                  // a table cell, a row or a group of rows
	bondTable                 // a table
	bondSection               // the section below a heading, a box's title or a term
	bondHeading               // the heading, the title or the term that begins the section
	bondCaption               // a caption
	bondPanel                 // any panel of tabs but the first, to which it belongs
	bondLike                  // a box among others with the same tag and class
	bondCount
)

// Bonds are the prices for deciding a thing differently from the thing around it. Like the cost of deciding against an
// opinion, they are log-odds times the square root of a number of words. Drop is the price of dropping a thing when the
// thing around it is kept; Keep is the price of keeping a thing when the thing around it is dropped.
type Bonds struct {
	Drop, Keep [bondCount]float32
	// Above is subtracted from the log-odds of blocks above the region's first text, Below is subtracted from the
	// log-odds of blocks below its last text, and Without is subtracted from the log-odds of blocks in between that are
	// not in the region. All three are scaled by the trust in the region.
	Above, Below, Without float32
	// Card is added to the log-odds of blocks in a recipe card, which has short sections such as times and notes, and
	// of blocks in the main part of a recipe's page.
	//
	// Table is added to the log-odds of blocks in a data table, code, a callout or a definition list among the region's
	// text, scaled by the trust in the region. If Facts, scaled as described below, is more, Facts is added instead.
	//
	// Caption replaces the log-odds of a caption below the headline and above the region's last text, unless the
	// caption's own log-odds are very low. Other captions are decided like the thing around them.
	Card, Table, Caption float32
	// Facts is added to the log-odds of blocks in any other data table, scaled by the probability that the page offers
	// a product or a service. On labeled pages, two thirds of the table cells with a probability of 0.3 to 0.6 are
	// content if the page is about a product, and nine tenths if it is about a service.
	Facts float32
	// Lead is added to the log-odds of a line below the headline that introduces the text.
	Lead float32
	// Manual is added to the log-odds of blocks below the headline in what a page of a manual marks as its main part,
	// scaled by the probability that the page is documentation.
	Manual float32
	// Bare is the same for blocks below the headline on a manual's page that consists of nothing but its text.
	Bare float32
}

// BondNames are the names of the bonds, in the same order as the prices in Bonds.Drop and Bonds.Keep.
var BondNames = [bondCount]string{
	"none", "only", "block", "box", "frame", "part", "text", "item", "list", "announced", "cell", "table",
	"section", "heading", "caption", "panel", "like",
}

// DefaultBonds returns the prices that Page.Choose uses.
func DefaultBonds() Bonds { return bonds }

// bonds were chosen on collections that the judge had not seen (train/README.md).
var bonds = Bonds{
	Drop: [bondCount]float32{
		bondOnly: same, bondBlock: 0.5, bondBox: 1, bondFrame: 1, bondPart: 1, bondText: 0.5, bondItem: 2,
		bondList:      1.5,
		bondAnnounced: 4, bondCell: 8, bondTable: 4, bondSection: 0.5, bondHeading: 2, bondCaption: 2, bondPanel: 2,
		bondLike: 1.5,
	},
	Keep: [bondCount]float32{
		bondOnly: same, bondBlock: 1, bondBox: 0.5, bondFrame: 1, bondPart: 1, bondText: 2, bondItem: 2,
		bondList:      1,
		bondAnnounced: 2, bondCell: 8, bondTable: 2, bondSection: 0.5, bondHeading: 2, bondCaption: 2, bondPanel: 2,
		bondLike: 0.5,
	},
	Above: 0.25, Below: 2, Without: 1, Card: 1.7, Table: 1.5, Facts: 0.8, Caption: 1, Lead: 1.5, Manual: 1, Bare: 4,
}

// same is the price for a thing that must not be decided differently from the thing around it.
const same = 1e6

// Things holds the things of a page. In its list, each thing comes after the thing around it.
type Things struct {
	list    []thing
	weights []float32 // for each block, the weight of its opinion, computed from its number of words
	places  []place   // the place of each block
	trust   float32   // trust in the region, from 0 to 1
	offers  float32   // the probability that the page is about a product or a service
	manual  float32   // the probability that the page is documentation
}

// sectionHold is added to the price of keeping a thing directly in a section that is dropped. A section consists of
// little more than the things in it, so if one of them is kept, the section should be kept too.
const sectionHold = 2

// keepPrice returns the price of keeping a thing when the thing around it is dropped.
func (t *Things) keepPrice(i int, prices *Bonds) float32 {
	one := &t.list[i]
	if t.list[one.parent].bond == bondSection {
		return prices.Keep[one.bond] + sectionHold
	}
	return prices.Keep[one.bond]
}

// headingWeight is the weight of the opinion about a heading, relative to other text. The text below the heading is
// more important.
const headingWeight = 0.5

// Choose decides which blocks are content. opinion[b] is the log-odds that block b is content, relative to the page's
// threshold. If alone[b] is true, block b is decided by its own opinion and does not influence the things around it.
// The region has an influence only if bounded is true.
func (p *Page) Choose(opinion []float32, alone []bool, bounded bool) []bool {
	p.things = p.Things(alone)
	if !bounded {
		p.things.trust = 0
	}
	return p.things.Choose(opinion, &bonds)
}

// leastTrust is the least trust in the region at which a block's place counts as a reason.
const leastTrust = 0.3

// placeReason describes in words why a block's place makes it less likely to be content. It returns "" if the place has
// no such effect or the region is not trusted enough.
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
		return "between parts of the text's region"
	}
	return ""
}

// Choose makes the choice with the lowest cost, and reports for each block whether it is kept. A block that is decided
// against its opinion costs its log-odds, adjusted for its place (see odds) and multiplied by its weight; for captions,
// see Bonds.Caption. A thing that is decided differently from the thing around it costs the price of its bond. The
// result is exact: this is a Potts model on a tree, and dynamic programming solves it in one walk up the tree and one
// walk down.
func (t *Things) Choose(opinion []float32, prices *Bonds) []bool {
	costs := make([]float32, 2*len(t.list))
	keep, drop := costs[:len(t.list)], costs[len(t.list):] // the cost of each choice
	for i := len(t.list) - 1; i >= 0; i-- {
		one := &t.list[i]
		switch b := one.block; {
		case b == block.None:
		case one.bond != bondCaption:
			if cost := t.odds(b, opinion[b], prices) * t.weights[b]; cost > 0 {
				drop[i] += cost
			} else {
				keep[i] -= cost
			}
		case t.places[b] == placeCaption && opinion[b] > leastCaption:
			drop[i] += prices.Caption * t.weights[b]
		}
		if one.parent != block.None && one.bond != bondNone {
			keep[one.parent] += min(keep[i], drop[i]+prices.Drop[one.bond])
			drop[one.parent] += min(drop[i], keep[i]+t.keepPrice(i, prices))
		}
	}
	kept, chosen := make([]bool, len(t.list)), make([]bool, len(t.weights))
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

// Opinions returns each block's log-odds of being content minus those of the page's threshold. JudgeAgain must have
// run.
func (p *Page) Opinions() []float32 {
	all := p.Memory.Float32s.Take(len(p.Blocks))
	at := logOdds(p.Threshold.At)
	for b := range all {
		all[b] = logOdds(p.Probabilities[b]) - at
	}
	return all
}

// maxCertainty is the highest probability that logOdds uses, and 1-maxCertainty is the lowest. They replace all
// probabilities beyond them, because no model is right in more than 99.8 % of cases.
const maxCertainty = 0.998

func logOdds(probability float32) float32 {
	x := float64(min(max(probability, 1-maxCertainty), maxCertainty))
	return float32(math.Log(x / (1 - x)))
}

// opinionWeight returns the weight of the opinion about a block: roughly the square root of its number of words. The
// weight grows slowly with the block's length, because the words of a block are not independent evidence.
func opinionWeight(words int32) float32 { return roots[min(int(words), len(roots)-1)] }
