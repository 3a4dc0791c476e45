package cleaner

import (
	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/judge"
)

// arguable are the rules that the judge may overrule, with the probability of content from which it does, 0 being its
// own threshold. Half or more of what they want and the judge would keep is content on labeled pages. All others are
// law.
var arguable = map[string]float32{
	"comment-list":  0,
	"contents-list": 0.9, "kicker": 0.8, "poster": 0.8, "link-tail": 0.8, "menu-row": 0.8, "pager": 0.8, "share-row": 0.8,
	"tag-list": 0.8, "tool-row": 0.8,
}

// isLaw reports whether the rule that labeled a block has the last word on it.
func (p *page) isLaw(b int) bool {
	from, ok := arguable[p.labels[b].name]
	return !p.judged || !ok || p.Probabilities[b] < from
}

// followsKept reports whether the block before b is of the same kind, in the same box, and kept.
func (p *page) followsKept(b int) bool {
	if b == 0 || !p.verdicts[b-1].keep || p.Blocks[b].Kind != p.Blocks[b-1].Kind {
		return false
	}
	nodes := p.Tree.Nodes
	return nodes[p.Blocks[b].Elem].Parent == nodes[p.Blocks[b-1].Elem].Parent
}

// decide keeps what is probably content, unless a rule with the last word matches it.
func (p *page) decide() {
	p.verdicts = p.scratch().verdicts.Take(len(p.Blocks))
	p.judged = p.JudgedAny()
	for b := range p.Blocks {
		l := p.labels[b]
		keep := p.Probabilities[b] > p.Threshold.At ||
			p.Probabilities[b] > p.Threshold.At/judge.ThresholdScale && p.followsKept(b)
		if !p.judged {
			keep = p.Votes[b] >= 0.5
		}
		switch {
		case p.placeholders != nil && p.placeholders[b]:
			p.verdicts[b] = verdict{
				stage: "mark", by: "placeholder",
				reason: "it stands in for content that scripts would show",
			}
		case p.Blocks[b].Kind == block.Label && l.reason == "" && p.judged:
			p.verdicts[b] = verdict{stage: "judge", by: "form-control", reason: "the label of a control"}
		case l.reason != "" && p.isLaw(b):
			p.verdicts[b] = verdict{stage: "label", by: l.name, reason: l.reason}
		case keep:
			p.verdicts[b] = verdict{keep: true}
		case l.reason != "":
			p.verdicts[b] = verdict{stage: "label", by: l.name, reason: l.reason, probability: 1 - p.Probabilities[b]}
		case !p.judged:
			p.verdicts[b] = verdict{stage: "vote", by: "vote", reason: "not kept by " + p.Source}
		default:
			p.verdicts[b] = verdict{stage: "judge", by: "judge", reason: p.Reasons(b), probability: 1 - p.Probabilities[b]}
		}
	}
	p.keepSigns()
	p.keepStandfirst()
	p.keepHeadings()
	p.keepLists()
	p.keepItems()
	p.keepNotes()
	p.keepTables()
	p.keepRecipes()
	p.keepCaptions()
	p.keep = p.keptNodes()
}
