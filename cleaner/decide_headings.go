package cleaner

import (
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/metadata"
	"github.com/dechaff/dechaff/cleaner/internal/phrase"
	"github.com/dechaff/dechaff/cleaner/internal/text"
	"github.com/dechaff/dechaff/cleaner/internal/zone"
)

// keepHeadings keeps the headings right above kept list items and footnotes, whatever the rules and the judge say about
// a heading such as "See also": either both are content or neither is.
func (p *page) keepHeadings() {
	notes := make(map[int]bool, len(p.footnotes))
	for k := range p.footnotes {
		notes[p.firstBlock(p.footnotes[k].From)] = true
	}
	for b := 1; b < len(p.Blocks); b++ {
		h, isHeaded := b-1, p.Blocks[b].Kind == block.Item || notes[b]
		if isHeaded && p.Blocks[h].Kind == block.Heading && p.verdicts[b].keep {
			p.verdicts[h] = verdict{keep: true}
		}
	}
}

// dropEmptySections drops headings without content. These are headings of sections whose text was removed by rules,
// such as "Share this" in a language without a word list, and titles of boxes that are otherwise empty. A
// subtitle above a row of buttons stays.
func (p *page) dropEmptySections() {
	for b := range p.Blocks {
		if p.verdicts[b].keep && p.IsBoxTitle(b) && p.isBoxEmpty(b) {
			const reason = "the title of a box whose other content was removed"
			p.verdicts[b] = verdict{stage: judgeStage, by: judgeRule, reason: reason}
			continue
		}
		if p.verdicts[b].keep && p.introducesDropped(b) {
			p.verdicts[b] = verdict{stage: judgeStage, by: judgeRule, reason: "the label of a list that was removed"}
			continue
		}
		if p.Blocks[b].Kind != block.Heading || !p.verdicts[b].keep {
			continue
		}
		if taken := p.takenBelow(b); taken != "" && !p.isSubtitle(b) {
			reason := "the heading of a section that " + taken + " removed"
			p.verdicts[b] = verdict{stage: judgeStage, by: judgeRule, reason: reason}
		}
	}
}

// maxListLabel is the maximum number of words of the label of a list.
const maxListLabel = 5

// introducesDropped reports whether a block is a short line with a colon at its end, such as "Follow-ups:", above a
// list of which nothing is kept.
func (p *page) introducesDropped(b int) bool {
	bl := &p.Blocks[b]
	if bl.Words > maxListLabel || bl.Kind != block.Paragraph && bl.Kind != block.Item || b+1 == len(p.Blocks) ||
		p.Blocks[b+1].Kind != block.Item || !text.EndsWithColon(bl.Text) {
		return false
	}
	list := p.Tree.Ancestor(p.Blocks[b+1].Elem, atom.Ul, atom.Ol)
	if list == block.None || p.Tree.Contains(list, bl.Elem) {
		return false
	}
	for k := b + 1; k < len(p.Blocks) && p.Tree.Contains(list, p.Blocks[k].Elem); k++ {
		if p.verdicts[k].keep {
			return false
		}
	}
	return true
}

// isBoxEmpty reports whether blocks follow a box's title within the box and none of them is kept. The given block is
// the title. If its box contains nothing else, as the header of an accordion's section does, its text is outside the
// box.
func (p *page) isBoxEmpty(title int) bool {
	box := p.Tree.Nodes[p.Blocks[title].Elem].Parent
	b := title + 1
	for ; b < len(p.Blocks) && p.Tree.Contains(box, p.Blocks[b].Elem); b++ {
		if p.verdicts[b].keep {
			return false
		}
	}
	return b > title+1
}

// fieldRules are the rules for lines that belong to the heading above them: its date, its author. A heading whose
// section contains only such lines is the title of an entry in a list, and not of a section that rules have emptied.
var fieldRules = map[string]bool{"date-line": true, "byline": true, "reading-time": true}

// If rules removed all visible blocks of a heading's section, takenBelow returns the rule that removed the first of
// them. Otherwise, or if all of these rules are in fieldRules, it returns "".
func (p *page) takenBelow(heading int) (rule string) {
	for b := heading + 1; b < len(p.Blocks); b++ {
		if bl := &p.Blocks[b]; bl.Level > 0 && bl.Level <= p.Blocks[heading].Level {
			break
		}
		if p.IsFolded(b) {
			continue
		}
		if v := &p.verdicts[b]; v.keep || v.stage != labelStage && v.by != repeatRule.name {
			return ""
		}
		if by := p.verdicts[b].by; rule == "" && !fieldRules[by] {
			rule = by
		}
	}
	return rule
}

// minSureHeading is the minimum probability of a heading about which the judge is sure.
const minSureHeading = 0.75

// isSureHeading reports whether the judge is sure that a heading is content.
func (p *page) isSureHeading(b int) bool { return p.judged && p.Probabilities[b] >= minSureHeading }

// isSubtitle reports whether a heading is directly below the headline, the judge is sure about it, and it does not
// announce what follows.
func (p *page) isSubtitle(b int) bool {
	above := b - 1
	for above > 0 && p.Blocks[above].Words == 0 {
		above--
	}
	return above >= 0 && p.Blocks[above].Kind == block.Headline && p.isSureHeading(b) &&
		!text.EndsWithColon(p.Blocks[b].Text)
}

// boxRules are the rules that may match a heading because of the name of its box, or because of a name or a title in
// it.
var boxRules = map[string]bool{
	"share-row": true, "related-box": true, "newsletter-box": true, "author-box": true, "byline": true,
	"tag-list": true, "headline-repeated": true,
}

// keepSectionHeadings keeps the headings of kept sections that rules label because of something else than their own
// wording: their box has the id "social-media-marketing", they contain the name of a firm that is also the author, or
// they repeat the title further down. Without its heading, a section would become part of the one above it.
func (p *page) keepSectionHeadings() {
	titled, begun := false, false // whether the headline is above the block, and text below the headline
	for b := range p.Blocks {
		bl, v := &p.Blocks[b], &p.verdicts[b]
		switch {
		case p.IsFolded(b):
		case bl.Kind == block.Headline && !begun && p.Title.Is(bl.Text):
			titled = true
		case titled && v.keep && bl.Words >= minText:
			begun = true
		case bl.Level > 0 && !v.keep && boxRules[v.by] && p.namesSection(b) && p.isSureHeading(b) &&
			(bl.Kind != block.Headline || begun && (bl.Level > 1 || !p.Title.Is(bl.Text))):
			p.verdicts[b] = verdict{keep: true}
		}
	}
}

// namesSection reports whether text that is kept follows a heading directly, and the heading is neither chaff by its
// own wording, nor above the article, nor among comments.
func (p *page) namesSection(b int) bool {
	next := p.nextBlock(b)
	return next >= 0 && p.verdicts[next].keep && b >= p.top && p.Phrases[b] == phrase.None &&
		len(metadata.BylineNames(p.Blocks[b].Text)) == 0 && p.zoneOf(b)&(zone.Comments|zone.ReplyForm) == 0
}
