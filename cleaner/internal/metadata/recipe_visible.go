package metadata

import (
	"strings"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/phrase"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// Bounds of the lists that a recipe shows: words of a line that is their heading, of an ingredient and of a step, and
// lines of the shortest list.
const (
	maxListHeading = 6
	maxIngredient  = 40
	maxStep        = 300
	minListLines   = 2
)

// completeRecipe adds the lists that a reader sees below their headings, where the page's data lacks them. Both must be
// there: a list of materials alone is no recipe.
func (p *View) completeRecipe(r *RecipeLists) {
	if len(r.Ingredients) > 0 && len(r.Steps) > 0 {
		return
	}
	ingredients := p.listBelow(phrase.IngredientHeadings, maxIngredient)
	steps := p.listBelow(phrase.StepHeadings, maxStep)
	if len(r.Ingredients)+len(r.Steps) == 0 && (len(ingredients) < minListLines || len(steps) == 0) {
		return
	}
	if len(r.Ingredients) == 0 {
		r.Ingredients = ingredients
	}
	if len(r.Steps) == 0 {
		r.Steps = steps
	}
}

// listBelow returns the longest list below one of headings. A heading with a colon may be part of the list, for a
// sauce; any other heading ends it.
func (p *View) listBelow(headings *text.Set, most int) []string {
	var best []string
	for b := range p.Blocks {
		if p.Hidden[b] || !isListHeading(&p.Blocks[b], headings) {
			continue
		}
		if lines := p.listFrom(b+1, most); len(lines) > len(best) {
			best = lines
		}
	}
	return best
}

// listFrom returns the lines of a list that begins at a block.
func (p *View) listFrom(b, most int) []string {
	var lines []string
	row := int32(block.None)
	for ; b < len(p.Blocks) && len(lines) < maxRecipeLines; b++ {
		bl := &p.Blocks[b]
		if p.Hidden[b] {
			continue
		}
		switch {
		case isListHeading(bl, phrase.IngredientHeadings), isListHeading(bl, phrase.StepHeadings),
			isListHeading(bl, phrase.AfterRecipe):
			return lines
		case bl.Words > int32(most) || p.Zones[b]&notBylines != 0:
			return lines
		case bl.Kind == block.Heading || bl.Kind == block.Headline:
			if !p.goesOn(b) {
				return lines
			}
		case bl.Kind == block.Caption || bl.Words == 0 || text.EndsWithColon(bl.Text) && bl.Words <= maxListHeading:
		case bl.Kind == block.Cell && row != block.None && p.Tree.Nodes[bl.Elem].Parent == row && len(lines) > 0:
			lines[len(lines)-1] += " " + bl.Text // the amount, and of what
		default:
			lines = append(lines, bl.Text)
		}
		if row = block.None; bl.Kind == block.Cell {
			row = p.Tree.Nodes[bl.Elem].Parent
		}
	}
	return lines
}

// goesOn reports whether the list goes on below a heading: the next block is an item.
func (p *View) goesOn(b int) bool {
	return b+1 < len(p.Blocks) && (p.Blocks[b+1].Kind == block.Item || p.Blocks[b+1].Kind == block.Cell)
}

// isListHeading reports whether a block is one of headings, which may have the number of servings behind it.
func isListHeading(bl *block.Block, headings *text.Set) bool {
	if bl.Words == 0 || bl.Words > maxListHeading {
		return false
	}
	line, _, _ := strings.Cut(bl.Text, "(")
	line, _, _ = strings.Cut(line, ":")
	folded := text.FoldLetters(line)
	if headings.Has(folded) {
		return true
	}
	first, _, _ := strings.Cut(folded, " ")
	return (bl.Kind == block.Heading || bl.Kind == block.Headline) && headings.Has(first)
}
