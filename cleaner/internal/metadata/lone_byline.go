package metadata

import (
	"slices"
	"strings"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/dates"
	"github.com/dechaff/dechaff/cleaner/internal/phrase"
)

// findLoneByline looks below the text of a page that names nobody near its headline, nor in markup, for the people that "Written by" or
// "Author:" names. Lines that name others are those of a list.
func (p *View) findLoneByline(v *visible, style dates.Style) {
	if v.trust > 0 || v.forum || p.LastText < 0 || p.meta.Found.namesPeople(p.meta.Names) {
		return
	}
	var lone *visible
	for b := p.LastText + 1; b < len(p.Blocks); b++ { // what "Author:" names above the end of a text may have written the book that it reviews
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

// mayName reports whether a block begins with words that only stand before an author.
func (p *View) mayName(b int) bool {
	bl := &p.Blocks[b]
	if bl.Words == 0 || bl.Words > maxLoneByline || bl.Kind == block.Code || bl.Kind == block.Caption {
		return false
	}
	prefix := byPrefix(bl.Text)
	return prefix != "" && !phrase.WeakPrefixes.Has(prefix) && strings.ContainsAny(prefix, " :：") && !p.Hidden[b]
}

// maxLoneByline is how many words a line has at most that names the authors far from the headline.
const maxLoneByline = 12

// namesPeople reports whether markup names a person.
func (f *Findings) namesPeople(site SiteNames) bool {
	return slices.ContainsFunc(f.authorSources(&visible{}, site), func(s authorSource) bool { return len(s.names.of[Person]) > 0 })
}
