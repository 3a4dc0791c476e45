package judge

import "github.com/dechaff/dechaff/cleaner/internal/block"

// freeLabels finds blocks that are form labels but are not in a form, and gives them the block kind of the text around
// them. They are titles of panels that a checkbox opens, and items with a checkbox: ingredients, to-do items, answers
// in a quiz. On a page that sells or lists things, items with a checkbox are sizes and filters. Those stay form labels.
// It reports whether any label was changed.
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
