package cleaner

import (
	"fmt"
	"slices"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/judge"
)

// Knowledge from other pages of the host is applied last, after the page has been decided by itself. It is used only to
// remove text: whatever was removed without a Site stays removed. The body of the article is everything from the first
// to the last block of text that only this page has. Nothing in the body is removed, even if other pages also have it:
// shared options, labels and licenses are content there. Before and after the body, pagers are removed, and so is short
// text that most other pages have at the same place.

// repeatedRule is the rule that Removed names for text that other pages of the host also have.
const repeatedRule = "site-repeated"

// Limits for repeated text, applied separately to the text before the body and to the text after it. Pagers do not
// count. Of the repeated blocks, those with a probability of at least frameDoubts stay if they have more than maxFrame
// words together: they are then a text in its own right, such as a license.
const (
	maxFrame    = 60
	frameDoubts = 0.5
)

// minBesideSite is the minimum number of words that must remain of those that are kept without a Site. If fewer would
// remain, and more than shortPage words would be removed, nothing is removed: the page is the same story as another, at
// another address, or a notice that the site shows in place of stories.
const minBesideSite = 20

// A siteRole is the role of a kept block compared with other pages.
type siteRole uint8

const (
	roleNone   siteRole = iota // not in the text, chosen by a site rule, or with too few letters to be recognized
	roleOwn                    // belongs to this page
	roleRepeat                 // on most other pages
	rolePager                  // part of a list or table that leads to other pages
)

// applySite applies knowledge from other pages of the host: it removes blocks and pictures, and reads the title and the
// authors again.
func (p *page) applySite() {
	p.takeRepeated()
	p.learnNames()
	p.leaveSiteOut()
}

// takeRepeated removes blocks before and after the body that other pages of the host also have, and the captions of
// pictures that are repeated on other pages.
func (p *page) takeRepeated() {
	v := p.site
	if v == nil {
		return
	}
	roles := make([]siteRole, len(p.Blocks))
	for b := range roles {
		roles[b] = p.siteRole(b)
	}
	first, last := slices.Index(roles, roleOwn), len(roles)-1
	if first < 0 {
		first = len(roles)
	}
	for last > first && roles[last] != roleOwn {
		last--
	}
	taken := make([]bool, len(roles))
	p.takeFrame(roles, taken, 0, first)
	p.takeFrame(roles, taken, min(last+1, len(roles)), len(roles))
	if left, gone := p.countTaken(roles, taken); gone > shortPage && left < minBesideSite {
		p.declineSite(taken, left)
		return
	}
	for b := range taken {
		switch {
		case taken[b]:
			p.verdicts[b] = verdict{stage: siteStage, by: repeatedRule, reason: v.reason(b)}
		case p.Blocks[b].Kind == block.Caption && p.verdicts[b].keep && p.losesPicture(b):
			const reason = "the caption of a picture that is on other pages of this host"
			p.verdicts[b] = verdict{stage: siteStage, by: repeatedRule, reason: reason}
		}
	}
}

// siteRole returns the role of a block. A list or a table is treated as a whole: it is a pager, or it belongs to the
// page, even if parts of it are on other pages too.
func (p *page) siteRole(b int) siteRole {
	v, bl := p.site, &p.Blocks[b]
	if !p.verdicts[b].keep || judge.IsField(bl.Kind) || bl.Words == 0 || p.ruled.isRuledIn(bl.First) {
		return roleNone
	}
	if box, boxed := v.boxes[v.keys.blocks[b].box]; boxed {
		if box.pager {
			return rolePager
		}
		return roleOwn
	}
	switch {
	case !v.keys.blocks[b].letters:
		return roleNone
	case v.blocks[b].repeats && bl.Kind != block.Code:
		return roleRepeat
	}
	return roleOwn
}

// takeFrame marks in taken the blocks to remove from the range before or after the body: pagers, and repeated text that
// is not too long (see maxFrame). A heading with text below it begins a section, which stays.
func (p *page) takeFrame(roles []siteRole, taken []bool, from, to int) {
	words, some := int32(0), false
	for b := from; b < to; b++ {
		if roles[b] == roleRepeat && p.Probabilities[b] >= frameDoubts {
			words += p.Blocks[b].Words
		}
	}
	section := block.None // the element around the section that b may be in
	for b := from; b < to; b++ {
		switch roles[b] {
		case rolePager:
			taken[b], some = true, true
		case roleRepeat:
			if p.Blocks[b].Kind == block.Heading && p.headsText(roles, b) {
				section = p.sectionBox(roles, b)
			}
			inSection := section != block.None && p.Tree.Contains(section, p.Blocks[b].Elem)
			taken[b] = !inSection && (words <= maxFrame || p.Probabilities[b] < frameDoubts)
			some = some || taken[b]
		}
	}
	for b := from; b < to && some; b++ { // asterisks between removed lines, and arrows in a pager
		if p.verdicts[b].keep && p.Blocks[b].Words == 0 {
			box, boxed := p.site.boxes[p.site.keys.blocks[b].box]
			taken[b] = !boxed || box.pager
		}
	}
}

// sectionBox returns the smallest element that contains a heading and the next kept text, or None if no text follows.
func (p *page) sectionBox(roles []siteRole, h int) int32 {
	box := p.Blocks[h].Elem
	for next := h + 1; next < len(roles); next++ {
		if roles[next] == roleNone || roles[next] == rolePager || p.Blocks[next].Kind == block.Heading {
			continue
		}
		for box != block.None && !p.Tree.Contains(box, p.Blocks[next].Elem) {
			box = p.Tree.Nodes[box].Parent
		}
		return box
	}
	return block.None
}

// headsText reports whether there is text below a heading and before the next heading of its level or a higher one.
func (p *page) headsText(roles []siteRole, h int) bool {
	for b := h + 1; b < len(roles); b++ {
		switch {
		case roles[b] == roleNone || roles[b] == rolePager:
		case p.Blocks[b].Kind != block.Heading:
			return true
		case p.Blocks[b].Level <= p.Blocks[h].Level:
			return false
		}
	}
	return false
}

// countTaken counts the words that stay and those that are removed, not counting removed pagers.
func (p *page) countTaken(roles []siteRole, taken []bool) (left, gone int32) {
	for b := range p.Blocks {
		switch {
		case !p.verdicts[b].keep || judge.IsField(p.Blocks[b].Kind):
		case roles[b] == rolePager && taken[b]:
		case taken[b]:
			gone += p.Blocks[b].Words
		default:
			left += p.Blocks[b].Words
		}
	}
	return left, gone
}

// declineSite records in p.declined what the Site would have removed. Nothing is removed.
func (p *page) declineSite(taken []bool, left int32) {
	for b := range taken {
		if taken[b] {
			p.declined = append(p.declined, Removal{
				Rule: repeatedRule, Stage: siteStage, Text: p.Blocks[b].Text,
				Reason: fmt.Sprintf("%s; declined: only %d words would be left", p.site.reason(b), left),
			})
			p.locator.decline(b)
		}
	}
}
