package cleaner

import (
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/judge"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// keepLists keeps lists that a kept line announces with a colon: engines take short items for a menu.
func (p *page) keepLists() {
	for b := 0; b+1 < len(p.Blocks); b++ {
		if !p.verdicts[b].keep || p.Blocks[b].Kind == block.Item || !text.EndsWithColon(p.Blocks[b].Text) {
			continue
		}
		for c := b + 1; c < len(p.Blocks) && p.Blocks[c].Kind == block.Item && p.labels[c].reason == "" &&
			p.startsSection(b, c); c++ {
			if p.Blocks[c].LinkWords < p.Blocks[c].Words {
				p.verdicts[c] = verdict{keep: true}
			}
		}
	}
}

// Bounds of lists that are kept whole: the share of the items' words that is content one by one, and the least opinion
// of the others.
const (
	minKeptList  = 0.6
	minItemTaken = 0.15
)

// keepItems keeps the other items of a list most of which is kept.
func (p *page) keepItems() {
	for from := 0; from < len(p.Blocks); {
		list := p.listOf(from)
		if list == block.None {
			from++
			continue
		}
		end, words, kept := from, int32(0), int32(0)
		for ; end < len(p.Blocks) && p.listOf(end) == list; end++ {
			words += p.Blocks[end].Words
			if p.verdicts[end].keep {
				kept += p.Blocks[end].Words
			}
		}
		if p.judged && kept < words && float64(kept) >= minKeptList*float64(words) {
			for b := from; b < end; b++ {
				if p.labels[b].reason == "" && p.Probabilities[b] >= minItemTaken {
					p.verdicts[b] = verdict{keep: true}
				}
			}
		}
		from = end
	}
}

// listOf is the list that a block is an item of, None if it is none.
func (p *page) listOf(b int) int32 {
	if p.Blocks[b].Kind != block.Item {
		return block.None
	}
	return p.Tree.Ancestor(p.Blocks[b].Elem, atom.Ul, atom.Ol)
}

// Bounds of tables that are kept whole: the share of a table's words that is content by each cell, and the mean opinion
// of a product's table, which is its specification.
const (
	minKeptTable    = 0.5
	minProductTable = 0.25
)

// keepTables makes one decision of a data table: most of it kept is all of it kept.
func (p *page) keepTables() {
	for from := 0; from < len(p.Blocks); {
		table := block.None
		if p.Blocks[from].Kind == block.Cell {
			table = p.Tree.Ancestor(p.Blocks[from].Elem, atom.Table)
		}
		if table == block.None || !p.Tree.IsDataTable(table) {
			from++
			continue
		}
		end := from
		words, kept, opinion := float32(0), float32(0), float32(0)
		for ; end < len(p.Blocks) && p.Tree.Contains(table, p.Blocks[end].Elem); end++ {
			w := float32(p.Blocks[end].Words) + 0.5
			words += w
			opinion += w * p.Probabilities[end]
			if p.verdicts[end].keep {
				kept += w
			}
		}
		if p.judged && (kept >= minKeptTable*words || p.Kind == judge.KindProduct && opinion >= minProductTable*words) {
			for b := from; b < end; b++ {
				if p.labels[b].reason == "" {
					p.verdicts[b] = verdict{keep: true}
				}
			}
		}
		from = max(end, from+1)
	}
}

// Bounds of recipes that are kept whole: the share of the card's words that is content by itself, and how far below the
// threshold the rest of it may be.
const (
	minKeptRecipe = 0.5
	nearThreshold = 0.1
)

// keepRecipes keeps blocks just below the threshold in a recipe's card, which has short sections of its own: times,
// notes.
func (p *page) keepRecipes() {
	if !p.judged {
		return
	}
	for _, card := range p.Names.Recipes {
		words, kept := int32(0), int32(0)
		for b := range p.Blocks {
			if p.Tree.Contains(card, p.Blocks[b].Elem) {
				words += p.Blocks[b].Words
				if p.verdicts[b].keep {
					kept += p.Blocks[b].Words
				}
			}
		}
		for b := range p.Blocks {
			if float64(kept) >= minKeptRecipe*float64(words) && p.Tree.Contains(card, p.Blocks[b].Elem) &&
				p.labels[b].reason == "" &&
				p.Blocks[b].Words > 0 && p.Probabilities[b] > p.Threshold.At-nearThreshold {
				p.verdicts[b] = verdict{keep: true}
			}
		}
	}
}
