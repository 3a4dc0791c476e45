package cleaner

import (
	"fmt"

	"github.com/dechaff/dechaff/cleaner/internal/arena"
	"github.com/dechaff/dechaff/cleaner/internal/block"
)

// A rule names one kind of chaff and finds it.
type rule struct {
	name string // kebab-case; also testdata/rules/<name>.txtar
	doc  string // why this is never content
	// limit is the maximum share of a page's voted words that the rule may remove; 0 means defaultLimit. A rule that
	// matches more removes nothing, and Article.Declined lists the voted blocks that it matched. For exceptions, see
	// applyLimits.
	limit float64
	// match returns why block b is this kind of chaff, or "" if it is not.
	match func(p *page, b int) string
}

const defaultLimit = 0.3

// The rules run in this order, and the removal gets the name of the first rule that matches. Deliberately absent are
// link density alone, because some articles are lists of links, and footers and asides as such, because they may
// contain notes.
var rules = []rule{
	{"headline-repeated", "the title field holds the headline; the content would repeat it", 0, matchHeadline},
	{"kicker", "the line above the headline, which names the topic or the section", 0, matchKicker},
	{"residue", "the rest of a tag that was cut short by a quotation mark in an attribute", 0, matchResidue},
	{"comment-form", "the labels, notes and buttons of a comment form", 0, matchCommentForm},
	{"spam-notice", "a notice about how comments are filtered", 0, matchSpamNotice},
	{commentRule, "text by readers, not by the author", maxCommentShare, matchComments},
	{"share-row", "links for sharing the page, and names of social networks", 0, matchShare},
	{"newsletter-box", "an invitation to sign up", 0, matchNewsletter},
	{"follow-invitation", "an invitation to follow the site on a social network or to vote for it", 0, matchInvitation},
	{"appeal", "a request to donate to the site or to become a member", 0, matchAppeal},
	{"consent-notice", "a notice about cookies", 0, matchConsent},
	{"related-box", "links to other articles", 0.45, matchRelated},
	{"paywall-prompt", "a request to pay or to register for the rest", 0, matchPaywall},
	{
		"tool-row", "controls for the page: print it, copy its address, hear it, enlarge its text, report an error", 0,
		matchTool,
	},
	{"reading-time", "how long the article takes to read", 0, matchReadingTime},
	{"copyright-line", "a copyright notice", 0.8, matchCopyright},
	{"generator-line", "the program that made the page", 0, matchGenerated},
	{"link-tail", "a row of links to other pages of the site, below the text", 0, matchLinkTail},
	{"breadcrumb", "the path to the page within its site", 0, matchBreadcrumb},
	{"contents-list", "a list of links to parts of this page, below or next to the text", 0, matchContents},
	{"line-numbers", "the line numbers next to code", 0, matchLineNumbers},
	{"poster", "the author of a forum post, and the forum's information about the author", 0, matchPoster},
	{"pager", "links to the previous and the next page", 0, matchPager},
	{"menu-row", "a menu: links separated by bars", 0, matchMenu},
	{"navigation", "a nav element next to the page's main element", 1, matchNav},
	{"tab-label", "a button that opens a part of the page; the part's heading repeats it", 0, matchTab},
	{"offer-line", "a shop's text that is the same for every offer: stock, tax, delivery", 0, matchOffer},
	{"tag-list", "the topics that the page is filed under: the tags field holds them", 0, matchTags},
	{"author-box", "a portrait of the author", 0, matchAuthorBox},
	{"byline", "the authors' names: the byline field holds them", 0, matchByline},
	{"message-header", "the fields of an email message, such as From and To", 0.9, matchMessage},
	{"date-line", "when the page was published or changed: the date fields hold it", 0, matchDate},
	{"above-headline", "text above the headline belongs to the site, not to the article", 0.9, matchAboveTop},
	{"advertisement-label", "the label above an advertisement, or a line about affiliate links", 0, matchAd},
	{"navigation-label", "links that skip to the content, go back to the top, and the like", 0, matchNavigation},
	{"machine-value", "a value that is meant for programs, not for readers", 0, matchMachineValue},
	{"player-fallback", "the fallback text for browsers that cannot play a video", 0, matchPlayer},
}

// shortPage is the number of words that a rule may always remove. Otherwise a rule may only remove a limited share of a
// page, and on a page of three sentences, a headline is a large share.
const shortPage = 15

// isShort reports whether a block has at most 25 words, so that it may be a label or a link.
func isShort(b *block.Block) bool { return b.Words <= 25 }

// label runs the rules on every block, even on blocks without votes, so that their removal is explained too. If a rule
// would remove more of the voted words than its limit, all its labels are removed, with the exceptions in applyLimits.
func (p *page) label() {
	p.labels = p.scratch().labels.Take(len(p.Blocks))
	wanted := make([]int32, len(rules))
	var total int32
	for b := range p.Blocks {
		if p.isStoppedAt(b) {
			return
		}
		if p.IsVoted(b) {
			total += p.Blocks[b].Words
		}
		for r := range rules {
			if reason := rules[r].match(p, b); reason != "" {
				p.labels[b] = label{rules[r].name, reason}
				if p.IsVoted(b) {
					wanted[r] += p.Blocks[b].Words
				}
				break
			}
		}
	}
	p.applyLimits(wanted, total)
	p.Labeled = p.scratch().Bools.Take(len(p.Blocks))
	for b := range p.Blocks {
		p.Labeled[b] = p.labels[b].reason != ""
	}
}

// applyLimits removes the labels of rules that exceed their limit, and records the voted blocks among their matches as
// declined. wanted is the number of voted words that each rule matched, and total is the number of all voted words. A
// rule that matched at most shortPage voted words keeps its labels, and so does the rule for comments if an article is
// above them.
func (p *page) applyLimits(wanted []int32, total int32) {
	for r := range rules {
		limit := rules[r].limit
		if limit == 0 {
			limit = defaultLimit
		}
		if p.commented && rules[r].name == commentRule {
			continue
		}
		if total == 0 || float64(wanted[r]) <= limit*float64(total) || wanted[r] <= shortPage {
			continue
		}
		share := 100 * float64(wanted[r]) / float64(total)
		var why, reason string // most matches of a rule have the same reason
		for b := range p.Blocks {
			if l := p.labels[b]; l.name == rules[r].name {
				p.labels[b] = label{}
				if l.reason != why {
					why = l.reason
					reason = fmt.Sprintf("%s; declined: the rule would remove %.0f%% of the text, but its limit is %.0f%%",
						why, share, 100*limit)
				}
				if p.IsVoted(b) {
					p.declined = arena.Push(p.declined, Removal{
						Rule: rules[r].name, Stage: labelStage, Text: p.Blocks[b].Text, Reason: reason,
					})
					p.locator.decline(b)
				}
			}
		}
	}
}
