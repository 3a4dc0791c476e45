package metadata

import (
	"slices"
	"strings"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/dates"
	"github.com/dechaff/dechaff/cleaner/internal/phrase"
)

// findLoneByline reads bylines below the text, "Written by" or "Author:", of a page that names nobody near its
// headline nor in markup. Lines that name different people are those of a list.
func (p *View) findLoneByline(v *visible, style dates.Style) {
	if v.trust > 0 || v.forum || p.LastText < 0 || p.meta.Found.namesPeople(p.meta.Names) {
		return
	}
	var lone *visible
	for b := p.LastText + 1; b < len(p.Blocks); b++ {
		// higher up, "Author:" may be the author of a book that the text reviews
		if !p.mayName(b) {
			continue
		}
		one := visible{nameAt: -9}
		p.readLine(b, &one, style, belowText)
		if one.expectName && b+1 < len(p.Blocks) {
			p.readLine(b+1, &one, style, belowText)
		}
		names := one.names.of[Person]
		if one.trust < trustNamed || len(names) == 0 {
			continue
		}
		if lone != nil && !slices.Equal(lone.names.of[Person], names) {
			return
		}
		lone = &one
	}
	if lone != nil {
		v.names, v.trust = lone.names, trustLine
	}
}

// mayName reports whether a block begins with words that only come before an author.
func (p *View) mayName(b int) bool {
	bl := &p.Blocks[b]
	if bl.Words == 0 || bl.Words > maxLoneByline || bl.Kind == block.Code || bl.Kind == block.Caption {
		return false
	}
	prefix := byPrefix(bl.Text)
	return prefix != "" && !phrase.WeakPrefixes.Has(prefix) && strings.ContainsAny(prefix, " :：") && !p.Hidden[b]
}

// maxLoneByline is how many words a byline far from the headline has at most.
const maxLoneByline = 12

// namesPeople reports whether markup names a person.
func (f *Findings) namesPeople(site SiteNames) bool {
	return slices.ContainsFunc(f.authorSources(&visible{}, site),
		func(s authorSource) bool { return len(s.names.of[Person]) > 0 })
}
