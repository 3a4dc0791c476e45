package metadata

import (
	"slices"

	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/dates"
	"github.com/dechaff/dechaff/cleaner/internal/text"
	"github.com/dechaff/dechaff/cleaner/internal/zone"
)

// A visible is what the page's visible lines say about who wrote the page, and when.
type visible struct {
	byline              visibleByline
	published, modified visibleDate
	// near are the dates on the lines next to the headline.
	near []dates.Date
	// month is the month on a line without a day.
	month dates.Date
	// message is the header of the message that the page shows.
	message message
	// editors are the people whom lines around the text name as editors.
	editors []string
	// posters are the authors of the posts in the page's thread, in page order.
	posters []string
}

// A visibleByline is the names that one line gives, or a few lines next to each other.
type visibleByline struct {
	names nameList
	// trust is the confidence that the names are the authors', 0 if there are none. at is the block of the last name.
	trust, at int
}

// namesSomebody reports whether there is a name of a person or an account, and not only of an organization.
func (v *visibleByline) namesSomebody() bool {
	return len(v.names.of[Person])+len(v.names.of[account])+len(v.names.of[handle]) > 0
}

// The confidence that a name is the author's, or that a date is the page's. A label is more reliable than markup, and
// markup is more reliable than a bare line.
const (
	trustFar    = 1 // a dateline, or a line far above the headline, which may give the current date
	trustLine   = 2 // a line with only a date or a name
	trustMarked = 3 // a class name, or a time element
	trustNamed  = 4 // "By", "Published"
)

// Limits on the position and the length of a byline and a date.
const (
	maxAboveHeadline = 5    // blocks above the headline that are read
	maxBelowHeadline = 24   // blocks below the headline that are read
	maxBelowText     = 6    // blocks below the last text that are read
	maxNextAbove     = 2    // blocks above the headline that are next to it
	farAbove         = 60   // greater than the nearness of every block above the headline that is not next to it
	belowText        = -100 // the nearness of a block below the last text
	minOpening       = 20   // minimum number of words of a paragraph
	maxSignature     = 25   // maximum number of words of a line with names and dates
)

// findVisible reads the lines around the headline. If these lines have no names or no date, it reads the lines below
// the text.
func (p *View) findVisible() *visible {
	r := p.newReader(p.dateStyle())
	r.ofThread = p.Forum
	head, first, last := p.headLines()
	for b := first; b <= last; b++ {
		r.readLine(b, lineState{nearness: p.nearness(b, head), above: b < head})
		r.readBroken(b)
		if bl := &p.Blocks[b]; b > head && bl.Words-bl.LinkWords >= minOpening && !r.inText() {
			r.textAt = b
		}
	}
	if r.message = findMessage(p.Blocks); r.message.from != "" && r.byline.trust < trustNamed {
		r.addNames(r.message.from, trustNamed, r.message.start, false)
	}
	r.findEditors(first, last)
	r.findUserCard(first)
	if s := r.published.score; s > 0 && s < 1000*trustNamed && !p.meta.Found.isDated() {
		r.findOrigin()
	}
	if p.LastText >= 0 && (r.byline.trust == 0 || r.published.score == 0) {
		r.readBelow(last)
	} else {
		r.findLoneByline()
	}
	seen := r.visible // without the reader, which refers to the page
	return &seen
}

// nearness returns how near a block is to the headline, which is block head.
func (p *View) nearness(b, head int) int {
	switch above := head - b; {
	case above <= 0:
		return 100 + above
	case above > maxNextAbove || p.hasProse(b+1, head):
		return farAbove - above
	default:
		return nearHeadline + 1 - above
	}
}

// readBelow reads the lines below the text, which begin after block last, and then the whole page for what is still
// missing. Names of people near the headline and a date next to it are more reliable, and stay.
func (r *lineReader) readBelow(last int) {
	byline, published := r.byline, r.published
	for class, list := range byline.names.of {
		byline.names.of[class] = slices.Clone(list) // reading further lines may change the lists in place
	}
	r.label = label{}
	for b := max(last+1, r.LastText+1); b <= min(r.LastText+maxBelowText, len(r.Blocks)-1); b++ {
		r.readLine(b, lineState{nearness: belowText})
	}
	if len(byline.names.of[Person]) > 0 {
		r.byline = byline
	}
	r.findLoneByline()
	r.findSignature()
	r.findAuthorBox()
	if published.score >= 1000*trustLine+farAbove {
		r.published = published
	}
	if r.published.score == 0 && (!r.meta.Found.isDated() || r.meta.Found.isGenerated()) {
		r.findLoneDate()
	}
}

// hasProse reports whether a block in the range [from, to) is a sentence without links. If there is a sentence between
// a date and the headline below it, the date belongs to a comment or a teaser.
func (p *View) hasProse(from, to int) bool {
	for b := from; b < to; b++ {
		if bl := &p.Blocks[b]; bl.LinkWords == 0 && bl.Words >= minAbove && text.EndsSentence(bl.Text) && !p.Hidden[b] {
			return true
		}
	}
	return false
}

// minAbove is the minimum number of words of a sentence above the headline.
const minAbove = 5

// headLines returns the block of the headline, and the first and the last block that may contain the byline and the
// date. If there is no headline, head is the block before the first text, which is -1 if the page begins with text. On
// a page without text, head is 0.
func (p *View) headLines() (head, first, last int) {
	head = p.articleHeadline()
	if head < 0 {
		head = max(p.FirstText, 0) - 1
		if p.FirstText >= len(p.Blocks) {
			head = 0
		}
		first = max(head-8, 0)
	} else {
		first = max(head-maxAboveHeadline, 0)
	}
	texts := 0
	for last = head + 1; last < min(head+maxBelowHeadline, len(p.Blocks)-1); last++ {
		if bl := &p.Blocks[last]; bl.Words-bl.LinkWords >= minOpening && bl.Kind != block.Caption {
			if texts++; texts >= 3 {
				break
			}
		}
	}
	return head, first, min(last, len(p.Blocks)-1)
}

// articleHeadline returns the block of the headline above the article, or -1 if there is none. Teasers and breadcrumbs
// may repeat the headline.
func (p *View) articleHeadline() int {
	best, bestScore, far := -1, -100, false
	for b := range p.Blocks {
		bl := &p.Blocks[b]
		if bl.Kind != block.Headline {
			continue
		}
		score := 0
		switch {
		case bl.Level == 1 || p.Tree.Ancestor(bl.Elem, atom.H1) != block.None:
			score = 4
		case bl.Level > 0:
			score = 2
		}
		if p.Zones[b]&(zone.Related|zone.Nav|zone.Breadcrumb|zone.Pager|zone.Comments) != 0 ||
			p.Tree.Ancestor(bl.Elem, atom.Aside, atom.Footer) != block.None {
			score -= 5
		}
		if bl.LinkWords == bl.Words {
			score -= 2
		}
		titled, near := text.EqualFolded(bl.Text, p.Title.Folded), p.opensText(b)
		if titled {
			score += 3
		}
		if near {
			score += 3
		}
		if score > bestScore {
			best, bestScore, far = b, score, !titled && !near
		}
	}
	if far && p.FirstText < len(p.Blocks) {
		return -1
	}
	return best
}

// opensText reports whether running text begins soon after a block.
func (p *View) opensText(b int) bool {
	for j := b + 1; j < min(b+maxBelowHeadline, len(p.Blocks)); j++ {
		if next := &p.Blocks[j]; next.Words-next.LinkWords >= minOpening {
			return true
		}
	}
	return false
}
