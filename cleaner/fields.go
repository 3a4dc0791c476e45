package cleaner

import (
	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/metadata"
)

// readMetadata reads the metadata in the page's markup.
func (p *page) readMetadata() { p.Meta = metadata.Read(p.Doc) }

// settleFields settles the fields that visible lines can also provide: headline, byline, dates, language. It also
// assigns the kinds Byline and Caption to blocks. The rules see the new kinds, but the judge has already read the
// blocks with their old kinds.
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

// fieldView returns the view of the page from which the fields are settled.
func (p *page) fieldView() *metadata.View {
	hidden := p.scratch().Bools.Take(len(p.Blocks))
	for b := range p.Blocks {
		hidden[b] = p.IsFolded(b)
	}
	return &metadata.View{
		Tree: p.Tree, Blocks: p.Blocks, Zones: p.blockZones, Hidden: hidden, Boxes: p.boxes,
		FirstText: p.FirstText, LastText: p.LastText, Title: p.Title, Forum: p.Forum, Now: p.opts.Now,
		Kept: Kind(p.Kind) == KindDocumentation,
	}
}

// findByline gives the kind Byline to the first paragraph that consists of "by" and names, among the three blocks below
// a headline.
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
