package metadata

import (
	"slices"
	"strings"

	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/phrase"
)

// findLoneByline reads bylines below the text, such as "Written by" or "Author:", and others with a link to the page of
// an author, if the page names nobody but an organization near its headline, does not name a person as an author in
// its markup, and is not a forum. If several lines name different people, they are part of a list and do not count.
func (r *lineReader) findLoneByline() {
	if r.byline.namesSomebody() || r.ofThread || r.LastText < 0 || r.meta.Found.namesPeople(r.editors, r.meta.Names) {
		return
	}
	var lone *lineReader
	for b := range r.Blocks {
		// above the text and in it, "Author:" may name the author of a book under review
		if !r.mayName(b) || b <= r.LastText && !r.linksAuthor(b) {
			continue
		}
		one := r.newReader(r.style)
		one.readLine(b, lineState{nearness: belowText})
		if one.label.author && b+1 < len(r.Blocks) {
			one.readLine(b+1, lineState{nearness: belowText})
		}
		names := one.byline.names.of[Person]
		if one.byline.trust < trustNamed || len(names) == 0 {
			continue
		}
		if lone != nil && !slices.Equal(lone.byline.names.of[Person], names) {
			return
		}
		lone = one
	}
	if lone != nil {
		r.byline.names, r.byline.trust = lone.byline.names, trustLine
	}
}

// linksAuthor reports whether a block, or the one below it if the block is only a label, has a link to the page of an
// author.
func (p *View) linksAuthor(b int) bool {
	if isBylineLabel(p.Blocks[b].Text, byPrefix(p.Blocks[b].Text)) {
		b++
	}
	if b >= len(p.Blocks) {
		return false
	}
	bl := &p.Blocks[b]
	isProfile := func(i int32) bool { return hintsOf(p.Tree.Nodes[i].HTML)&hintProfile != 0 }
	for i := bl.First; i < min(bl.End, bl.First+maxPieceNodes); i++ {
		if p.Tree.Nodes[i].Tag == atom.A && isProfile(i) {
			return true
		}
	}
	link := p.Tree.Ancestor(bl.First, atom.A)
	return link != block.None && isProfile(link)
}

// mayName reports whether a block is a short line that begins with words that occur only before an author's name, such
// as "Written by", or with "by", above the end of the text or as the label of a name that is marked as the author.
func (p *View) mayName(b int) bool {
	bl := &p.Blocks[b]
	if bl.Words == 0 || bl.Words > maxLoneByline || bl.Kind == block.Code || bl.Kind == block.Caption {
		return false
	}
	prefix := byPrefix(bl.Text)
	return prefix != "" && !phrase.WeakPrefixes.Has(prefix) && !p.Hidden[b] &&
		(strings.ContainsAny(prefix, " :：") || b <= p.LastText ||
			isBylineLabel(bl.Text, prefix) && b+1 < len(p.Blocks) && p.hintsAbove(p.Blocks[b+1].Elem)&hintAuthor != 0)
}

// maxLoneByline is the maximum number of words of a byline far from the headline.
const maxLoneByline = 12

// namesPeople reports whether the markup names a person who is not one of the given editors.
func (f *Findings) namesPeople(editors []string, site SiteNames) bool {
	return slices.ContainsFunc(f.authorSources(&visible{editors: editors}, site),
		func(s authorSource) bool { return len(s.names.of[Person]) > 0 })
}
