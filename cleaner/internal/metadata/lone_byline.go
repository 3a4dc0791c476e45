package metadata

import (
	"slices"
	"strings"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/dates"
	"github.com/dechaff/dechaff/cleaner/internal/phrase"
)

// findLoneByline reads bylines below the text, such as "Written by" or "Author:", if the page has no name near its
// headline, does not name a person as an author in its markup, and is not a forum. If several lines name different
// people, they are part of a list and do not count.
func (p *View) findLoneByline(v *visible, style dates.Style) {
	if v.trust > 0 || v.forum || p.LastText < 0 || p.meta.Found.namesPeople(v, p.meta.Names) {
		return
	}
	var lone *visible
	for b := p.LastText + 1; b < len(p.Blocks); b++ {
		// above the text, "Author:" may name the author of a book under review
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

// mayName reports whether a block is a short line that begins with words that occur only before an author's name.
func (p *View) mayName(b int) bool {
	bl := &p.Blocks[b]
	if bl.Words == 0 || bl.Words > maxLoneByline || bl.Kind == block.Code || bl.Kind == block.Caption {
		return false
	}
	prefix := byPrefix(bl.Text)
	return prefix != "" && !phrase.WeakPrefixes.Has(prefix) && strings.ContainsAny(prefix, " :：") && !p.Hidden[b]
}

// maxLoneByline is the maximum number of words of a byline far from the headline.
const maxLoneByline = 12

// namesPeople reports whether the markup names a person who is not one of the editors on the page.
func (f *Findings) namesPeople(v *visible, site SiteNames) bool {
	return slices.ContainsFunc(f.authorSources(&visible{editors: v.editors}, site),
		func(s authorSource) bool { return len(s.names.of[Person]) > 0 })
}
