package cleaner

import (
	"fmt"
	"slices"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/judge"
)

// What other pages say comes last, when the page alone is decided, and only takes away: whatever was removed without
// a Site stays removed. The article's body reaches from the first text that is the page's own to the last. Nothing in
// it goes, whatever repeats: options, labels and licenses that pages share are content there. What is before and
// after it goes if it is short and most other pages have it at the same place.

// Bounds of what repeats before the body, and after it, pagers not counted: more words than maxFrame that the judge
// holds for content rather than not are a text of their own, such as a license.
const (
	maxFrame    = 60
	frameDoubts = 0.5
)

// minBesideSite is how many words must be left of what the page keeps alone. A page of which less is its own is the
// same story at another address, or a notice that the site shows in the place of stories.
const minBesideSite = 20

// A siteRole is what a kept block is next to other pages.
type siteRole uint8

const (
	roleNone   siteRole = iota // not in the text, or nothing to recognize
	roleOwn                    // the page's own
	roleRepeat                 // most other pages have it
	rolePager                  // part of a list or table that leads to other pages
)

// applySite applies what the other pages of the host say: it takes blocks and pictures out, and reads title and authors
// again.
func (p *page) applySite() {
	p.takeRepeated()
	p.learnNames()
	p.leaveSiteOut()
}

// takeRepeated takes away what other pages of the host have too.
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
			p.verdicts[b] = verdict{stage: siteStage, by: siteRuleName, reason: v.reason(b)}
		case p.Blocks[b].Kind == block.Caption && p.verdicts[b].keep && p.losesPicture(b):
			p.verdicts[b] = verdict{stage: siteStage, by: siteRuleName, reason: "the caption of a picture that repeats"}
		}
	}
}

// siteRole says what a block is next to other pages. A list or a table is one thing: it is a pager, or it is the
// page's own, whatever of it is on other pages too.
func (p *page) siteRole(b int) siteRole {
	v, bl := p.site, &p.Blocks[b]
	if !p.verdicts[b].keep || judge.IsField(bl.Kind) || bl.Words == 0 {
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

// takeFrame takes what is before or after the body, unless it is long. What a heading is above is a section, and
// stays.
func (p *page) takeFrame(roles []siteRole, taken []bool, from, to int) {
	words, some := int32(0), false
	for b := from; b < to; b++ {
		if roles[b] == roleRepeat && p.Probabilities[b] >= frameDoubts {
			words += p.Blocks[b].Words
		}
	}
	section := block.None // the box of the section that b may be in
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
	for b := from; b < to && some; b++ { // asterisks between lines that go, and arrows in a pager
		if p.verdicts[b].keep && p.Blocks[b].Words == 0 {
			box, boxed := p.site.boxes[p.site.keys.blocks[b].box]
			taken[b] = !boxed || box.pager
		}
	}
}

// sectionBox is the smallest box around a heading that holds more than headings of what is kept.
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

// headsText reports whether text is below a heading, before the next of its level.
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

// countTaken counts the words that other pages leave, and those that they take, pagers not counted.
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

// declineSite leaves the page as it is alone, and says so.
func (p *page) declineSite(taken []bool, left int32) {
	for b := range taken {
		if taken[b] {
			p.declined = append(p.declined, Removal{
				Rule: siteRuleName, Stage: siteStage, Text: p.Blocks[b].Text,
				Reason: fmt.Sprintf("%s; declined: %d words would be left", p.site.reason(b), left),
			})
		}
	}
}
