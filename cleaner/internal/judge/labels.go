package judge

import "github.com/dechaff/dechaff/cleaner/internal/block"

// freeLabels finds form labels that are really text, and gives them the block kind of the text around them. They are
// titles of panels that a checkbox opens, and items with a checkbox: ingredients, to-do items, answers in a quiz. On a
// page that sells or lists things, items with a checkbox are sizes and filters, and stay form labels. freeLabels
// reports whether it changed any label.
func (p *Page) freeLabels() bool {
	selling := p.Kind == KindProduct || p.Kind == KindCollection || p.Kind == KindListing
	freed := false
	for b := range p.Blocks {
		bl := &p.Blocks[b]
		if bl.Kind != block.Label {
			continue
		}
		if role := p.Tree.RoleOf(bl.First); role == block.TitleLabel || role == block.ChoiceLabel && !selling {
			bl.Kind = p.Tree.KindBesideLabel(bl.Elem)
			freed = true
		}
	}
	return freed
}
