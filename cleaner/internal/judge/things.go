package judge

import (
	"math"

	"github.com/dechaff/dechaff/cleaner/internal/block"
)

// A thing is what is kept or dropped as one unless a part of it is clearly otherwise: a block, an element around
// blocks, or a section that headings imply. The things of a page are a tree.
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
	bondPanel                 // the panel of a tab: it belongs to the first panel
	bondLike                  // a box among others of its look
	bondCount
)

// Bonds are the prices of a thing that differs from the one around it, in log-odds times the square root of words: Drop
// of one that is dropped where the thing around it is kept, Keep of one that is kept where that is dropped.
type Bonds struct {
	Drop, Keep [bondCount]float32
	// Above and Below are what a block's log-odds lose above the region's first text and below its last, and Without
	// what they lose between those where the region left the block out; all three as far as the region is trusted.
	Above, Below, Without float32
	// Card is what they gain in a recipe's card, which has short sections: times, notes; Table in a data table that
	// stands among the region's text, as far as that is trusted. Caption is what a caption's gain below the headline
	// and above the region's last text, where only its place tells.
	Card, Table, Caption float32
	// Facts is what they gain in any other data table, as far as the page offers something: two thirds of the cells on
	// labeled pages of products that the judge gives 0.3 to 0.6 are content, and nine tenths of those of services.
	Facts float32
	// Lead is what the line below the headline gains that leads into the text.
	Lead float32
}

// BondNames are the names of the bonds, in the order of the prices.
var BondNames = [bondCount]string{
	"none", "only", "block", "box", "frame", "part", "text", "item", "list", "announced", "cell", "table",
	"section", "heading", "caption", "panel", "like",
}

// DefaultBonds are the prices that Choose uses.
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
	Above: 0.25, Below: 2, Without: 1, Card: 1.7, Table: 1.5, Facts: 0.8, Caption: 1, Lead: 1.5,
}

// same is the price of a thing that cannot differ.
const same = 1e6

// Things are the things of a page, each after the one around it.
type Things struct {
	list   []thing
	roots  []float32 // of each block's words: the weight of its opinion
	places []place   // by block
	trust  float32   // in the region, from 0 to 1
	offers float32   // the probability that the page is about a product or a service
}

// sectionHold is what it costs, beside the price of a thing's bond, to keep it where the section around it is
// dropped: a section is hardly more than what is in it.
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
	p.things = p.Things(alone)
	if !bounded {
		p.things.trust = 0
	}
	return p.things.Choose(opinion, &bonds)
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
