package cleaner

import (
	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/metadata"
	"github.com/dechaff/dechaff/cleaner/internal/phrase"
)

// readMetadata reads what the page says about itself in its markup.
func (p *page) readMetadata() { p.meta = metadata.Read(p.doc) }

// settleFields settles the fields that visible lines have a say in: headline, byline, dates, language. It gives the
// blocks that are bylines and captions those kinds, which the rules and the fields are read by from here on; the judge
// has read the first ones.
func (p *page) settleFields() {
	if p.survey(); p.isStopped() {
		return
	}
	p.meta.Settle(p.fieldView())
	if p.meta.Provenance["byline"] == "visible byline" {
		p.findByline()
	}
	p.findCaptions()
}

// survey notes where text, links and named boxes are on the page, by what was voted for: fields and rules are found by
// their place.
func (p *page) survey() {
	p.findText()
	p.findRuns()
	for b := range p.blocks {
		if p.blocks[b].Words <= maxReadingTimeWords && phrase.IsReadingTime(p.blocks[b].Text) {
			p.readingTimes.count(p.votes[b] >= 0.5)
		}
	}
	p.findZones()
	p.findTop()
}

// fieldView is what the fields are settled by.
func (p *page) fieldView() *metadata.View {
	hidden := p.scratch().bools.Take(len(p.blocks))
	for b := range p.blocks {
		hidden[b] = p.isFolded(b)
	}
	return &metadata.View{
		Tree: p.tree, Blocks: p.blocks, Zones: p.blockZones, Hidden: hidden, Boxes: p.boxes,
		FirstText: p.firstText, LastText: p.lastText, Title: p.title, Forum: p.isForum(), Now: p.opts.Now,
	}
}

// findByline marks "by" and names just below the headline.
func (p *page) findByline() {
	for i := range p.blocks {
		if p.blocks[i].Kind != block.Headline {
			continue
		}
		for j := i + 1; j < min(i+4, len(p.blocks)); j++ {
			if names := metadata.BylineNames(p.blocks[j].Text); len(names) > 0 && p.blocks[j].Kind == block.Paragraph {
				p.blocks[j].Kind = block.Byline
				return
			}
		}
	}
}
