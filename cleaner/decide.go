package cleaner

import (
	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/judge"
	"github.com/dechaff/dechaff/cleaner/internal/zone"
)

// arguable lists the rules that the judge may overrule, each with a minimum: the judge overrules the rule if the
// probability of content is at least that high. 0 means the judge's own threshold. On labeled pages, at least half of
// the text that these rules match and the judge would keep is content. The labels of all other rules are final.
var arguable = map[string]float32{
	commentRule:     0,
	"contents-list": 0.9, "kicker": 0.8, "poster": 0.8, "link-tail": 0.8, "menu-row": 0.8, "pager": 0.8, "share-row": 0.8,
	"tag-list": 0.8, "tool-row": 0.8,
}

// minSureForum is the minimum probability that a page is a forum page. Below it, the judge may not keep the comments
// below an article.
const minSureForum = 0.7

// isFinal reports whether the label on a block is final. It is final if the judge found nothing on the page, or if the
// judge may not overrule the rule (see arguable). The label of the comment rule is also final on two kinds of pages:
// those that are at least as likely an article as a forum, and those with an article above the comments, unless they
// are very likely a forum or the comments are by peers of the first author. If the judge finds content in these
// comments, it is wrong about the comments or the kind of page, because the page is unlike those in its training set.
func (p *page) isFinal(b int) bool {
	from, ok := arguable[p.labels[b].name]
	if p.labels[b].name == commentRule {
		forum := p.KindOf(judge.KindForum)
		if (p.commented && forum < minSureForum || p.KindOf(judge.KindArticle) >= forum) && !p.isByPeers() {
			return true
		}
	}
	return !p.judged || !ok || p.Probabilities[b] < from
}

// notArticle are zones outside the article. A caption in one of them is decided regardless of the blocks around it, and
// an embedded post in one of them is not kept as a whole.
const notArticle = zone.Related | zone.Nav | zone.Comments | zone.Ad | zone.Newsletter | zone.AuthorBox | zone.Share

// minVotedPage is the minimum probability that the page has one article for the vote to replace opinions that leave
// nothing. On other kinds of pages the vote is often wrong, and some of those have no content.
const minVotedPage = 0.5

// decide chooses the content among the blocks without a final label and stores the verdict on each block. If the
// judge's opinions leave nothing on the page of an article, because they are weak or about scattered words, it decides
// again by the vote.
func (p *page) decide() {
	p.verdicts = p.scratch().verdicts.Take(len(p.Blocks))
	p.judged = p.JudgedAny()
	p.decideBlocks()
	if p.judged && p.KindOf(judge.KindArticle) >= minVotedPage && !p.keepsAny() {
		p.judged = false
		p.decideBlocks()
	}
	p.keep = p.keptNodes()
}

// keepsAny reports whether any block is kept that has words.
func (p *page) keepsAny() bool {
	for b := range p.verdicts {
		if p.verdicts[b].keep && p.Blocks[b].Words > 0 {
			return true
		}
	}
	return false
}

// decideBlocks stores the verdict on each block, by the judge's opinions if p.judged is true, and otherwise by the
// vote.
func (p *page) decideBlocks() {
	alone := p.scratch().Bools.Take(len(p.Blocks))
	for b := range p.Blocks {
		alone[b] = p.isDecidedAlone(b)
	}
	opinions := p.opinions()
	p.weighPosts(opinions)
	p.weighEntries(opinions)
	p.weighTeasers(opinions)
	p.weighSeries(opinions)
	p.weighCode(opinions)
	p.settleThread()
	chosen := p.Choose(opinions, alone, p.judged)
	for b := range p.Blocks {
		p.verdicts[b] = p.verdictOn(b, chosen[b] || p.isRevealed(b))
	}
	p.keepLists()
	p.keepPanels()
	p.dropRepeats()
	p.dropPullQuotes()
	p.dropEmptySections()
	p.keepFootnotes()
	p.keepHeadings()
	p.keepSectionHeadings()
	p.keepPosts()
	p.decideRuled()
	p.findEmbeds()
}

// isRevealed reports whether a block is from the article that was found in the page's data. That article contains only
// content.
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

// weighCode makes the opinions about code neutral where they are against it, so that the text around the code decides.
// Most labeled texts that the judge has learned from lack the code of their pages. Code that is neither among the text
// nor in the region, such as a footer in fixed width, stays as the judge finds it.
func (p *page) weighCode(opinions []float32) {
	for b := range opinions {
		if p.Blocks[b].Kind == block.Code && (!p.OutsideText(b) || p.IsInRegion(b)) {
			opinions[b] = max(opinions[b], 0)
		}
	}
}

// isDecidedAlone reports whether the decision about a block neither influences the things around it nor is influenced
// by them.
func (p *page) isDecidedAlone(b int) bool {
	bl := &p.Blocks[b]
	switch {
	case p.labels[b].reason != "" || p.placeholders != nil && p.placeholders[b]:
		return true
	case bl.Kind == block.Caption:
		return p.RawZones[bl.First]&notArticle != 0
	}
	return bl.Kind == block.Label
}

// Log-odds of being content for the blocks of a page in which the judge found nothing. Extractors often leave out
// headings and list items, so a missing vote says little about those.
const (
	votedFor     = 2  // a voted block
	votedAgainst = -1 // a block without a vote
	votedLinks   = -4 // a block without a vote that contains only links
)

// leastVoted is the minimum probability at which the vote for a block counts. Below it are comment forms and the like,
// which the extractor chooses on pages with little text.
const leastVoted = 0.05

// opinions returns each block's log-odds of being content relative to the page's threshold. If the judge found too
// little, the log-odds follow from the vote. Then the little that the judge found is content too, unless the caller set
// the extractor.
func (p *page) opinions() []float32 {
	if p.judged {
		return p.Opinions()
	}
	all, set := p.scratch().Float32s.Take(len(p.Blocks)), p.opts.Extractor != nil
	for b := range all {
		switch bl := &p.Blocks[b]; {
		case !set && p.isNavLink(b):
			all[b] = votedLinks
		case p.IsVoted(b) && (set || p.Probabilities[b] >= leastVoted),
			p.Probabilities[b] > p.Threshold.At && !set:
			all[b] = votedFor
		case bl.LinkWords == bl.Words:
			all[b] = votedLinks
		default:
			all[b] = votedAgainst
		}
	}
	return all
}

// isNavLink reports whether a block contains only links and is in a box for navigation. On pages with little text,
// extractors keep the whole page.
func (p *page) isNavLink(b int) bool {
	bl := &p.Blocks[b]
	return bl.LinkWords == bl.Words && p.RawZones[bl.First]&zone.Nav != 0
}

// verdictOn returns the verdict on a block. If chosen is true, the block is content, unless it is a placeholder, names
// a form control, or has a final label from a rule.
func (p *page) verdictOn(b int, chosen bool) verdict {
	l := p.labels[b]
	switch {
	case p.placeholders != nil && p.placeholders[b]:
		return verdict{stage: markStage, by: "placeholder", reason: "a placeholder for content that scripts would load"}
	case p.Blocks[b].Kind == block.Label && l.reason == "":
		return verdict{stage: judgeStage, by: "form-control", reason: "the label of a form control"}
	case l.reason != "" && p.isFinal(b):
		return verdict{stage: labelStage, by: l.name, reason: l.reason}
	case chosen:
		return verdict{keep: true}
	case l.reason != "":
		return verdict{stage: labelStage, by: l.name, reason: l.reason, probability: 1 - p.Probabilities[b]}
	case !p.judged:
		return verdict{stage: voteStage, by: voteRule, reason: "not kept by " + p.Source}
	}
	return verdict{stage: judgeStage, by: judgeRule, reason: p.Reasons(b), probability: 1 - p.Probabilities[b]}
}
