package judge

import "github.com/dechaff/dechaff/cleaner/internal/block"

// freeLabels gives labels that belong to no form the kind of the text around them: the title of what a checkbox opens,
// and what can be ticked. The latter are ingredients, things to do or the answers of a quiz, but sizes and filters on a
// page that sells or lists things. It reports whether there were any.
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
