package cleaner

import "github.com/dechaff/dechaff/cleaner/internal/block"

// A verdict says whether a block is in the article, and if not, which stage, which rule and which reason.
type verdict struct {
	keep                bool
	stage, rule, reason string
}

// decide keeps what was voted for and what no rule objects to.
func (p *page) decide() {
	p.verdicts = make([]verdict, len(p.blocks))
	for b := range p.blocks {
		switch l := p.labels[b]; {
		case l.reason != "":
			p.verdicts[b] = verdict{stage: "label", rule: rules[l.rule].name, reason: l.reason}
		case p.votes[b] < 0.5:
			p.verdicts[b] = verdict{stage: "vote", rule: "vote", reason: "not kept by " + p.source}
		default:
			p.verdicts[b] = verdict{keep: true}
		}
	}
	p.keepCaptions()
}

// keepCaptions takes back captions that the vote left out of a box whose other text is kept: engines drop figures whose image
// has yet to be loaded, and the image goes with its caption.
func (p *page) keepCaptions() {
	all, kept := p.keptWords()
	for b := range p.blocks {
		bl := &p.blocks[b]
		if bl.Kind != block.Caption || p.verdicts[b].keep || p.labels[b].reason != "" || bl.LinkDensity() > 0.5 {
			continue
		}
		for at := bl.Elem; at != block.None; at = p.tree.Nodes[at].Parent {
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
	all, kept = make([]int32, len(p.tree.Nodes)), make([]int32, len(p.tree.Nodes))
	for b := range p.blocks {
		bl := &p.blocks[b]
		if bl.Kind == block.Caption {
			continue
		}
		all[bl.Elem] += bl.Words
		if p.verdicts[b].keep {
			kept[bl.Elem] += bl.Words
		}
	}
	for i := len(all) - 1; i > 0; i-- {
		parent := p.tree.Nodes[i].Parent
		all[parent] += all[i]
		kept[parent] += kept[i]
	}
	return all, kept
}
