package cleaner

import (
	"strings"

	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/phrase"
	"github.com/dechaff/dechaff/cleaner/internal/text"
	"github.com/dechaff/dechaff/cleaner/internal/zone"
)

func matchHeadline(p *page, b int) string {
	bl := &p.Blocks[b]
	switch {
	case bl.Kind == block.Headline:
		return "it is the page's headline"
	case bl.Kind == block.Item && bl.LinkWords > 0 && bl.LinkWords == bl.Words && p.isHeadline(bl):
		return "the entry for this page in a list of pages"
	}
	return ""
}

func matchResidue(p *page, b int) string {
	bl, reason := &p.Blocks[b], ""
	switch {
	case phrase.IsResidue(bl.Text):
		reason = "it is nothing but the inside of a tag"
	case phrase.IsShortcode(bl.Text):
		reason = "it is nothing but tags of a page builder"
	}
	if reason == "" || bl.Kind.IsData() || p.InCode(b) {
		return ""
	}
	return reason
}

func matchCommentForm(p *page, b int) string {
	bl := &p.Blocks[b]
	z := p.zoneOf(b)
	if z&zone.ReplyForm != 0 {
		return "inside a reply form"
	}
	if !isShort(bl) {
		return ""
	}
	switch ph := p.Phrases[b]; {
	case bl.Kind == block.Label && z&zone.Form != 0:
		return "the label of a form field"
	case ph == phrase.CommentForm && (z&zone.Form != 0 || bl.Kind == block.Label || bl.Words >= 4):
		return "part of a reply form, by its wording"
	case ph == phrase.CommentHeading &&
		(bl.Words >= 3 || bl.Words == 2 && strings.ContainsFunc(bl.Text, text.IsDigit) || p.nextIsForm(b)):
		return "the heading of a reply form"
	}
	return ""
}

// nextIsForm reports whether a form begins within the 40 nodes after block b.
func (p *page) nextIsForm(b int) bool {
	start := p.Blocks[b].End
	for i := start; i < min(start+40, int32(len(p.Tree.Nodes))); i++ {
		if p.Tree.Nodes[i].Tag == atom.Form {
			return true
		}
	}
	return false
}

func matchSpamNotice(p *page, b int) string {
	bl := &p.Blocks[b]
	if bl.Words <= 60 && p.Phrases[b] == phrase.SpamNotice {
		return "the wording of a spam notice"
	}
	return ""
}

func matchComments(p *page, b int) string {
	if p.zoneOf(b)&zone.Comments != 0 {
		return "inside a list of comments"
	}
	return ""
}

// shareHosts are parts of addresses that open a network's share form for this page (from each network's documentation
// of its share links).
var shareHosts = []string{
	"facebook.com/sharer", "facebook.com/share", "facebook.com/dialog/share", "twitter.com/share", "twitter.com/intent",
	"x.com/intent", "x.com/share", "linkedin.com/share", "linkedin.com/sharing", "pinterest.com/pin/create", "wa.me/?",
	"api.whatsapp.com/send", "whatsapp://send", "t.me/share", "telegram.me/share", "reddit.com/submit", "tumblr.com/share",
	"tumblr.com/widgets/share", "vk.com/share", "connect.ok.ru", "getpocket.com/save", "getpocket.com/edit",
	"b.hatena.ne.jp/entry", "b.hatena.ne.jp/add", "line.me/r/msg", "line.me/lineit", "plus.google.com/share",
	"share.flipboard.com", "news.ycombinator.com/submitlink", "bsky.app/intent", "threads.net/intent", "xing.com/spi",
	"viber://", "service.weibo.com/share", "story.kakao.com/share", "share.naver.com", "addtoany.com", "?share=",
	"&share=", "?action=share", "&action=share", "mailto:?",
}

var findShareHost = text.NewFinder(shareHosts)

func isShareLink(href string) bool {
	return findShareHost.InLower(href[:min(len(href), 200)])
}

func matchShare(p *page, b int) string {
	bl := &p.Blocks[b]
	if !isShort(bl) {
		return ""
	}
	ph := p.Phrases[b]
	names := p.shareNamesOf(b)
	switch {
	case p.zoneOf(b)&zone.Share != 0 && (names > 0 || ph == phrase.ShareLabel || bl.Words <= 6 || bl.LinkDensity() > 0.5):
		return "inside a box of share buttons"
	case p.onlyShareLinks(b):
		return "its links share this page"
	case names >= 2:
		return "a row of social network names"
	case (names == 1 && bl.Kind != block.Heading || ph == phrase.ShareLabel) &&
		(p.isShareNeighbor(b-1) || p.isShareNeighbor(b+1)):
		return "next to other share buttons"
	case ph == phrase.ShareLabel && bl.Words >= 2:
		return "the label of share buttons"
	}
	return ""
}

func (p *page) isShareNeighbor(b int) bool {
	if b < 0 || b >= len(p.Blocks) || !isShort(&p.Blocks[b]) {
		return false
	}
	ph := p.Phrases[b]
	return ph == phrase.ShareLabel || p.shareNamesOf(b) > 0
}

func (p *page) shareNamesOf(b int) int { return int(p.shareFactOf(b).names) }

// onlyShareLinks reports whether all links of a block share the page and contain at least 60 % of its words.
func (p *page) onlyShareLinks(b int) bool { return p.shareFactOf(b).onlyLinks }

func (p *page) shareFactOf(b int) shareFact {
	if p.shares == nil {
		p.shares = p.scratch().shares.Take(len(p.Blocks))
	}
	f := &p.shares[b]
	if !f.known {
		*f = shareFact{
			known: true, names: int32(phrase.CountShareNames(p.Blocks[b].Text, p.Phrases[b])),
			onlyLinks: p.hasOnlyShareLinks(&p.Blocks[b]),
		}
	}
	return *f
}

func (p *page) hasOnlyShareLinks(b *block.Block) bool {
	if b.LinkWords == 0 || b.LinkDensity() < 0.6 {
		return false
	}
	found := false
	for i := range p.linksOf(b) {
		if href := p.Tree.Attr(i, "href"); p.isPlainPage(href) || !isShareLink(href) {
			return false
		}
		found = true
	}
	return found
}

// isPlainPage reports whether a link leads to a page of the site and contains no word of a share link. Most links are
// of this kind, and the check is fast.
func (p *page) isPlainPage(href string) bool {
	if host, ok := plainHost(href); ok {
		return p.Doc.URL != nil && host == p.Doc.URL.Host && !findShareWord.In(href)
	}
	return len(href) > 1 && href[0] == '/' && href[1] != '/' && !strings.Contains(href, ".com/") &&
		!findShareWord.In(href)
}

var findShareWord = text.NewFinder([]string{"share", "intent", "submit", "send", "mailto"})

func matchNewsletter(p *page, b int) string {
	bl := &p.Blocks[b]
	z := p.zoneOf(b)
	switch {
	case z&zone.Newsletter != 0 && bl.Words <= 40:
		return "inside a sign-up box"
	case bl.Words >= 3 && bl.Words <= 40 && p.Phrases[b] == phrase.Newsletter:
		return "the wording of an invitation to sign up"
	case bl.Words <= 60 && p.inEmailForm(b):
		return "inside a form that asks for an e-mail address only"
	}
	return ""
}

// inEmailForm reports whether a block is in a form that has a field for an e-mail address and at most one other field
// for text or a choice.
func (p *page) inEmailForm(b int) bool {
	if p.zoneOf(b)&zone.Form == 0 {
		return false
	}
	form := p.Tree.Ancestor(p.Blocks[b].Elem, atom.Form)
	if form == block.None {
		return false
	}
	email, others := 0, 0
	for i := form; i < p.Tree.Nodes[form].End; i++ {
		switch n := &p.Tree.Nodes[i]; n.Tag {
		case atom.Input:
			switch strings.ToLower(dom.Attr(n.HTML, "type")) {
			case "email":
				email++
			case "", "text", "search", "password":
				others++
			}
		case atom.Textarea, atom.Select:
			others++
		}
	}
	return email > 0 && others <= 1
}

func matchConsent(p *page, b int) string {
	bl := &p.Blocks[b]
	switch {
	case isShort(bl) && bl.Words >= 2 && p.Phrases[b] == phrase.Consent:
		return "the wording of a cookie notice"
	case phrase.IsEmbedNotice(bl.Text):
		return "it stands in for content of another site"
	}
	return ""
}

func matchPaywall(p *page, b int) string {
	if isShort(&p.Blocks[b]) && p.Phrases[b] == phrase.Paywall {
		return "the wording of a paywall prompt"
	}
	return ""
}

// matchTool recognizes the labels of tools. A single word that is not a link, such as "Print", may be a heading, so it
// counts as a tool only next to code.
func matchTool(p *page, b int) string {
	bl := &p.Blocks[b]
	switch {
	case phrase.IsErrorNotice(bl.Text):
		return "it asks the reader to report errors"
	case isShort(bl) && p.countsVisitors(bl):
		return "a counter of visitors"
	case isShort(bl) && p.zoneOf(b)&zone.NoPrint != 0 && p.OutsideText(b):
		return "not meant to be printed"
	case p.Phrases[b] != phrase.Tool || bl.Kind == block.Heading || bl.Kind.IsData():
	case bl.Words >= 2 || bl.LinkWords > 0:
		return "a control for the page"
	case p.isCode(b-1) || p.isCode(b+1): // "Copied!"
		return "a control for the code"
	}
	return ""
}

func (p *page) isCode(b int) bool {
	return b >= 0 && b < len(p.Blocks) && p.Blocks[b].Kind == block.Code
}

// maxCounterNodes is the maximum number of nodes, from the first node of a block, that are searched for a hit counter.
const maxCounterNodes = 16

// countsVisitors reports whether a block contains the picture of a hit counter, recognized by its address.
func (p *page) countsVisitors(bl *block.Block) bool {
	// The picture may follow the last word.
	for i := bl.First; i < min(p.Tree.Nodes[bl.Elem].End, bl.First+maxCounterNodes); i++ {
		if n := &p.Tree.Nodes[i]; n.Form == block.Image && strings.Contains(dom.Attr(n.HTML, "src"), "counter") {
			return true
		}
	}
	return false
}

func matchReadingTime(p *page, b int) string {
	if p.givesTime[b] && !p.Blocks[b].Kind.IsData() && !p.readingTimes.exceed(maxReadingTimes, p.IsVoted(b)) {
		return "a reading time and nothing else"
	}
	return ""
}

// maxReadingTimes is the maximum number of reading times on an article page, including those of related articles. A
// page with more is a list of articles, and the times belong to its entries.
const maxReadingTimes = 3

func matchCopyright(p *page, b int) string {
	bl := &p.Blocks[b]
	switch {
	case bl.Words <= 50 && p.OutsideText(b) && !bl.Kind.IsData() && phrase.IsCopyright(bl.Text):
		return "a copyright notice above or below the text"
	case b == p.LastText && b > p.FirstText && bl.Kind == block.Paragraph && phrase.OpensWithRights(bl.Text):
		return "a legal notice as the last paragraph"
	}
	return ""
}

// maxBelowGenerated is the maximum number of blocks below a line that names the program that made the page.
const maxBelowGenerated = 2

// matchGenerated recognizes the line with which programs that make pages end them: it has a link to the program.
func matchGenerated(p *page, b int) string {
	bl := &p.Blocks[b]
	if b > p.FirstText && b >= len(p.Blocks)-1-maxBelowGenerated && bl.LinkWords > 0 && isShort(bl) && !bl.Kind.IsData() &&
		phrase.IsGenerated(bl.Text) {
		return "it names the program that made the page, at the end of the page"
	}
	return ""
}

func matchInvitation(p *page, b int) string {
	bl := &p.Blocks[b]
	if !isShort(bl) || bl.Kind == block.Quote || bl.Kind.IsData() {
		return ""
	}
	line := bl.Text
	if site := p.Meta.SiteName; site != "" && strings.Contains(line, site) {
		line = strings.ReplaceAll(line, site, "us") // "Follow The Gazette on Facebook" invites like "Follow us"
	}
	if phrase.IsInvitation(line) {
		return "it asks the reader to follow the site"
	}
	return ""
}

func matchAd(p *page, b int) string {
	bl := &p.Blocks[b]
	switch {
	case p.Phrases[b] == phrase.Ad:
		return "the label of an advertisement"
	case bl.Kind != block.Code && phrase.IsAffiliateNotice(bl.Text):
		return "it says that links earn the site a commission"
	case bl.Words <= 6 && p.zoneOf(b)&zone.Ad != 0 && bl.Kind != block.Heading && bl.Kind != block.Code && !p.InCode(b) &&
		p.Tree.Ancestor(bl.Elem, atom.Li, atom.Table) == block.None:
		return "inside a box for advertisements"
	}
	return ""
}

func matchNavigation(p *page, b int) string {
	bl := &p.Blocks[b]
	if bl.Words <= 6 && bl.LinkDensity() > 0.8 && p.Phrases[b] == phrase.Navigation {
		return "a link within the page"
	}
	return ""
}

func matchPlayer(p *page, b int) string {
	if isShort(&p.Blocks[b]) && p.Phrases[b] == phrase.Player {
		return "the wording of a player's fallback text"
	}
	return ""
}

// matchTab recognizes, on product pages, the labels of tabs by their role (WAI-ARIA 1.2, "tab"), and headings that
// repeat the label of a tab.
func matchTab(p *page, b int) string {
	bl := &p.Blocks[b]
	if bl.Words == 0 || bl.Words > maxButtonWords || !p.isProduct() || strings.HasSuffix(strings.TrimSpace(bl.Text), "?") {
		return ""
	}
	if p.zoneOf(b)&zone.Tab != 0 {
		return "the label of a tab"
	}
	if bl.Kind == block.Heading && p.tabs()[text.FoldLetters(bl.Text)] {
		return "it repeats the label of a tab"
	}
	return ""
}

// tabs returns the folded labels of the page's tabs, collected on first use.
func (p *page) tabs() map[string]bool {
	if p.tabLabels == nil {
		p.tabLabels = make(map[string]bool)
		for b := range p.Blocks {
			if p.zoneOf(b)&zone.Tab != 0 {
				p.tabLabels[text.FoldLetters(p.Blocks[b].Text)] = true
			}
		}
	}
	return p.tabLabels
}

func matchOffer(p *page, b int) string {
	bl := &p.Blocks[b]
	switch {
	case bl.Kind.IsData() || bl.Kind == block.Heading || !isShort(bl) || !p.isProduct():
	case p.Phrases[b] == phrase.Offer:
		return "the wording of a shop's standard text"
	case p.zoneOf(b)&zone.Offer != 0:
		return "inside a box with a shop's promises"
	}
	return ""
}
