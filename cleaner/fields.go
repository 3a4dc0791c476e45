package cleaner

import (
	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/metadata"
	"github.com/dechaff/dechaff/cleaner/internal/phrase"
)

// readMetadata reads what the page says about itself in its markup.
func (p *page) readMetadata() { p.Meta = metadata.Read(p.Doc) }

// settleFields settles the fields that visible lines have a say in: headline, byline, dates, language. It gives the
// blocks that are bylines and captions those kinds, which the rules and the fields are read by from here on; the judge
// has read the first ones.
func (p *page) settleFields() {
	if p.survey(); p.isStopped() {
		return
	}
	p.Meta.Settle(p.fieldView())
	if p.Meta.Provenance["byline"] == "visible byline" {
		p.findByline()
	}
	p.findCaptions()
}

// survey notes where text, links and named boxes are on the page, by what was voted for: fields and rules are found by
// their place.
func (p *page) survey() {
	p.findText()
	p.findRuns()
	for b := range p.Blocks {
		if p.Blocks[b].Words <= maxReadingTimeWords && phrase.IsReadingTime(p.Blocks[b].Text) {
			p.readingTimes.count(p.Votes[b] >= 0.5)
		}
	}
	p.findZones()
	p.findTop()
}

// fieldView is what the fields are settled by.
func (p *page) fieldView() *metadata.View {
	hidden := p.scratch().Bools.Take(len(p.Blocks))
	for b := range p.Blocks {
		hidden[b] = p.IsFolded(b)
	}
	return &metadata.View{
		Tree: p.Tree, Blocks: p.Blocks, Zones: p.blockZones, Hidden: hidden, Boxes: p.boxes,
		FirstText: p.FirstText, LastText: p.LastText, Title: p.Title, Forum: p.isForum(), Now: p.opts.Now,
	}
}

// findByline marks "by" and names just below the headline.
func (p *page) findByline() {
	for i := range p.Blocks {
		if p.Blocks[i].Kind != block.Headline {
			continue
		}
		for j := i + 1; j < min(i+4, len(p.Blocks)); j++ {
			if names := metadata.BylineNames(p.Blocks[j].Text); len(names) > 0 && p.Blocks[j].Kind == block.Paragraph {
				p.Blocks[j].Kind = block.Byline
				return
			}
		}
	}
}
