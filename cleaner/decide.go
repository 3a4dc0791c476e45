package cleaner

import (
	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/judge"
	"github.com/dechaff/dechaff/cleaner/internal/zone"
)

// arguable are the rules that the judge may overrule, with the probability of content from which it does, 0 being its
// own threshold. Half or more of what they want and the judge would keep is content on labeled pages. All others are
// law.
var arguable = map[string]float32{
	"comment-list":  0,
	"contents-list": 0.9, "kicker": 0.8, "poster": 0.8, "link-tail": 0.8, "menu-row": 0.8, "pager": 0.8, "share-row": 0.8,
	"tag-list": 0.8, "tool-row": 0.8,
}

// isLaw reports whether the rule that labeled a block has the last word on it. On a page that is rather an article than
// a thread, comments are its readers', all of them: on pages like none that it knows, the judge is wrong about one or
// the other.
func (p *page) isLaw(b int) bool {
	from, ok := arguable[p.labels[b].name]
	if p.labels[b].name == "comment-list" && p.KindOf(judge.KindArticle) >= p.KindOf(judge.KindForum) {
		return true
	}
	return !p.judged || !ok || p.Probabilities[b] < from
}

// notArticle are the boxes whose pictures are not the article's.
const notArticle = zone.Related | zone.Nav | zone.Comments | zone.Ad | zone.Newsletter | zone.AuthorBox | zone.Share

// decide chooses what is content, of what no lawful rule objects to.
func (p *page) decide() {
	p.verdicts = p.scratch().verdicts.Take(len(p.Blocks))
	p.judged = p.JudgedAny()
	alone := p.scratch().Bools.Take(len(p.Blocks))
	for b := range p.Blocks {
		alone[b] = p.isDecidedAlone(b)
	}
	opinions := p.opinions()
	p.weighPosts(opinions)
	p.settleThread()
	chosen := p.Choose(opinions, alone, p.judged)
	for b := range p.Blocks {
		p.verdicts[b] = p.verdictOn(b, chosen[b] || p.isRevealed(b))
	}
	p.keepHeadings()
	p.dropEmptySections()
	p.keepNotes()
	p.keepPosts()
	p.findEmbeds()
	p.keep = p.keptNodes()
}

// isRevealed reports whether a block is of the article in the page's data, which holds nothing else.
func (p *page) isRevealed(b int) bool {
	if p.revealed == nil {
		return false
	}
	for at := p.Blocks[b].Elem; at != block.None; at = p.Tree.Nodes[at].Parent {
		if p.Tree.Nodes[at].HTML == p.revealed {
			return true
		}
	}
	return false
}

// keepHeadings keeps a heading that a rule took for that of a list of links, "See also", where the judge keeps the
// list:
// both are content or neither is.
func (p *page) keepHeadings() {
	for b := range p.Blocks {
		h := &p.Blocks[b]
		if v := &p.verdicts[b]; h.Kind != block.Heading || v.keep || v.stage != "label" ||
			v.by != "related-box" && v.by != "link-tail" && v.by != "contents-list" {
			continue
		}
		box := p.Tree.Nodes[h.Elem].Parent
		for i := b + 1; i < len(p.Blocks) && p.Blocks[i].Level == 0 && p.Tree.Contains(box, p.Blocks[i].Elem); i++ {
			if p.verdicts[i].keep && p.Blocks[i].Kind == block.Item {
				p.verdicts[b] = verdict{keep: true}
				break
			}
		}
	}
}

// dropEmptySections drops headings that head nothing: those of sections of which rules took all, such as "Share this"
// in a language that no list has, and the titles of boxes of which nothing is left.
func (p *page) dropEmptySections() {
	for b := range p.Blocks {
		if p.verdicts[b].keep && p.IsBoxTitle(b) && p.isBoxEmpty(b) {
			p.verdicts[b] = verdict{stage: "judge", by: "judge", reason: "the title of a box of which nothing is left"}
			continue
		}
		if h := &p.Blocks[b]; h.Kind != block.Heading || h.Level == 0 || !p.verdicts[b].keep {
			continue
		}
		if taken := p.takenBelow(b); taken != "" {
			p.verdicts[b] = verdict{stage: "judge", by: "judge", reason: "the heading of what " + taken + " took"}
		}
	}
}

// isBoxEmpty reports whether nothing else is kept in the box that a block is the title of.
func (p *page) isBoxEmpty(title int) bool {
	box := p.Tree.Nodes[p.Blocks[title].Elem].Parent
	for b := title + 1; b < len(p.Blocks) && p.Tree.Contains(box, p.Blocks[b].Elem); b++ {
		if p.verdicts[b].keep {
			return false
		}
	}
	return true
}

// takenBelow returns the rule that took the first block of a heading's section, "" unless rules took all of it.
func (p *page) takenBelow(heading int) (rule string) {
	for b := heading + 1; b < len(p.Blocks); b++ {
		if bl := &p.Blocks[b]; bl.Level > 0 && bl.Level <= p.Blocks[heading].Level {
			break
		}
		if p.IsFolded(b) {
			continue
		}
		if p.verdicts[b].keep || p.verdicts[b].stage != "label" {
			return ""
		}
		if rule == "" {
			rule = p.verdicts[b].by
		}
	}
	return rule
}

// isDecidedAlone reports whether what is around a block has no say in the decision on it, nor it in theirs.
func (p *page) isDecidedAlone(b int) bool {
	bl := &p.Blocks[b]
	switch {
	case p.labels[b].reason != "" || p.placeholders != nil && p.placeholders[b]:
		return true
	case bl.Kind == block.Caption:
		return p.RawZones[bl.First]&notArticle != 0 || bl.LinkDensity() > 0.5
	}
	return judge.IsField(bl.Kind) || bl.Kind == block.Label && p.judged
}

// The opinions of blocks where the judge has none, in log-odds: of what was voted for, of what was not, and of what was
// not and is nothing but links. That an engine leaves out a heading or an item says little.
const (
	votedFor     = 2
	votedAgainst = -1
	votedLinks   = -4
)

// opinions returns each block's log-odds of being content against the page's threshold; by the vote where the judge
// found nothing.
func (p *page) opinions() []float32 {
	if p.judged {
		return p.Opinions()
	}
	all := p.scratch().Float32s.Take(len(p.Blocks))
	for b := range all {
		switch bl := &p.Blocks[b]; {
		case p.Votes[b] >= 0.5:
			all[b] = votedFor
		case bl.LinkWords == bl.Words && bl.Words > 0:
			all[b] = votedLinks
		default:
			all[b] = votedAgainst
		}
	}
	return all
}

// verdictOn is the verdict on a block, of which chosen says whether it is content.
func (p *page) verdictOn(b int, chosen bool) verdict {
	l := p.labels[b]
	switch {
	case p.placeholders != nil && p.placeholders[b]:
		return verdict{stage: "mark", by: "placeholder", reason: "shown in place of content that scripts would show"}
	case p.Blocks[b].Kind == block.Label && l.reason == "" && p.judged:
		return verdict{stage: "judge", by: "form-control", reason: "the label of a control"}
	case l.reason != "" && p.isLaw(b):
		return verdict{stage: "label", by: l.name, reason: l.reason}
	case chosen:
		return verdict{keep: true}
	case l.reason != "":
		return verdict{stage: "label", by: l.name, reason: l.reason, probability: 1 - p.Probabilities[b]}
	case !p.judged:
		return verdict{stage: "vote", by: "vote", reason: "not kept by " + p.Source}
	}
	return verdict{stage: "judge", by: "judge", reason: p.Reasons(b), probability: 1 - p.Probabilities[b]}
}
