package cleaner

import (
	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/zone"
)

// minCaption is the least probability of being content, 0 to 1, with which a caption between the headline and the end
// of the text is kept.
const minCaption = 0.1

// notArticle are the boxes whose pictures are not the article's.
const notArticle = zone.Related | zone.Nav | zone.Comments | zone.Ad | zone.Newsletter | zone.AuthorBox | zone.Share

// keepCaptions keeps captions that the vote dropped from a box whose other text is kept: engines drop figures whose
// image is not loaded yet, and the image goes with its caption.
func (p *page) keepCaptions() {
	all, kept := p.keptWords()
	last := p.lastKept()
	for b := range p.Blocks {
		if p.judged && p.top >= 0 && b > p.top && b < last && p.Blocks[b].Kind == block.Caption && p.labels[b].reason == "" &&
			p.Probabilities[b] >= minCaption && p.RawZones[p.Blocks[b].First]&notArticle == 0 {
			p.verdicts[b] = verdict{keep: true} // the judge learned nothing of captions: their place decides
		}
		bl := &p.Blocks[b]
		if bl.Kind != block.Caption || p.verdicts[b].keep || p.labels[b].reason != "" || bl.LinkDensity() > 0.5 {
			continue
		}
		for at := bl.Elem; at != block.None; at = p.Tree.Nodes[at].Parent {
			if all[at] > 0 {
				if 2*kept[at] > all[at] && kept[at] >= minCaptioned {
					p.verdicts[b] = verdict{keep: true}
				}
				break
			}
		}
	}
}

// minCaptioned is how many words beside a caption must be kept for it to be part of an article.
const minCaptioned = 50

// keptWords sums, for every node, the words of blocks at or below it that are no captions, and of those the kept.
func (p *page) keptWords() (all, kept []int32) {
	all, kept = p.scratch().Int32s.Take(len(p.Tree.Nodes)), p.scratch().Int32s.Take(len(p.Tree.Nodes))
	for b := range p.Blocks {
		bl := &p.Blocks[b]
		if bl.Kind == block.Caption {
			continue
		}
		all[bl.Elem] += bl.Words
		if p.verdicts[b].keep {
			kept[bl.Elem] += bl.Words
		}
	}
	for i := len(all) - 1; i > 0; i-- {
		parent := p.Tree.Nodes[i].Parent
		all[parent] += all[i]
		kept[parent] += kept[i]
	}
	return all, kept
}
