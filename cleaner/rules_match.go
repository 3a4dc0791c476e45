package cleaner

import (
	"net/url"
	"strings"

	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/block"
)

// isHeadline reports whether a block says what the page calls its headline. A heading's word is enough; of
// other text only the title itself.
func (p *page) isHeadline(b *block.Block) bool {
	if b.Words == 0 || b.Words > 60 {
		return false
	}
	if sameHeadline(b.Text, p.meta.Title) {
		return true
	}
	if b.Kind != block.Heading || b.Level > 2 || b.Words < 3 {
		return false
	}
	for _, h := range p.meta.Headlines {
		if sameHeadline(b.Text, h) {
			return true
		}
	}
	return false
}

func matchHeadline(p *page, b int) string {
	if p.blocks[b].Kind == block.Headline {
		return "it is the page's headline"
	}
	return ""
}

func matchResidue(p *page, b int) string {
	if k := p.blocks[b].Kind; k != block.Code && k != block.Cell && !p.inCode(b) {
		switch text := p.blocks[b].Text; {
		case isResidue(text):
			return "it is nothing but the inside of a tag"
		case isShortcode(text):
			return "it is nothing but tags of a page builder"
		}
	}
	return ""
}

func (p *page) inCode(b int) bool {
	return p.tree.Ancestor(p.blocks[b].First, atom.Code, atom.Kbd, atom.Samp) != block.None
}

func matchCommentForm(p *page, b int) string {
	bl := &p.blocks[b]
	z := p.zoneOf(b)
	if z&zoneReplyForm != 0 {
		return "inside a reply form"
	}
	if !isShort(bl) {
		return ""
	}
	switch ph := p.phrases[b]; {
	case ph == phraseCommentForm && (z&zoneForm != 0 || bl.Kind == block.Label || bl.Words >= 4):
		return "a label of a reply form"
	case ph == phraseCommentHeading && (bl.Words >= 3 || z&zoneForm != 0 || p.nextIsForm(b)):
		return "the heading of a reply form"
	}
	return ""
}

// nextIsForm reports whether a form with a text field begins soon after block b.
func (p *page) nextIsForm(b int) bool {
	start := p.blocks[b].End
	for i := start; i < min(start+40, int32(len(p.tree.Nodes))); i++ {
		if tag := p.tree.Nodes[i].Tag; tag == atom.Textarea || tag == atom.Form {
			return true
		}
	}
	return false
}

func matchSpamNotice(p *page, b int) string {
	bl := &p.blocks[b]
	if bl.Words <= 60 && p.phrases[b] == phraseSpamNotice {
		return "it says so"
	}
	return ""
}

func matchComments(p *page, b int) string {
	if p.zoneOf(b)&zoneComments != 0 {
		return "inside a list of comments"
	}
	return ""
}

// shareHosts are the parts of addresses that open a network's form with this page filled in (each network's
// documentation of its share intent).
var shareHosts = []string{
	"facebook.com/sharer", "facebook.com/share", "facebook.com/dialog/share", "twitter.com/share", "twitter.com/intent", "x.com/intent", "x.com/share",
	"linkedin.com/share", "linkedin.com/sharing", "pinterest.com/pin/create", "wa.me/?", "api.whatsapp.com/send", "whatsapp://send", "t.me/share", "telegram.me/share",
	"reddit.com/submit", "tumblr.com/share", "tumblr.com/widgets/share", "vk.com/share", "connect.ok.ru", "getpocket.com/save", "getpocket.com/edit",
	"b.hatena.ne.jp/entry", "b.hatena.ne.jp/add", "line.me/r/msg", "line.me/lineit", "plus.google.com/share", "share.flipboard.com", "news.ycombinator.com/submitlink",
	"bsky.app/intent", "threads.net/intent", "xing.com/spi", "viber://", "service.weibo.com/share", "story.kakao.com/share", "share.naver.com", "addtoany.com",
	"?share=", "&share=", "mailto:?",
}

func isShareLink(href string) bool {
	href = strings.ToLower(href[:min(len(href), 200)])
	for _, h := range shareHosts {
		if strings.Contains(href, h) {
			return true
		}
	}
	return false
}

func matchShare(p *page, b int) string {
	bl := &p.blocks[b]
	if !isShort(bl) {
		return ""
	}
	ph := p.phrases[b]
	names := countShareNames(bl.Text, ph)
	switch {
	case p.zoneOf(b)&zoneShare != 0 && (names > 0 || ph == phraseShareLabel || bl.Words <= 6 || bl.LinkDensity() > 0.5):
		return "inside a box of share buttons"
	case p.onlyShareLinks(bl):
		return "its links share this page"
	case names >= 2:
		return "a row of share names"
	case (names == 1 || ph == phraseShareLabel) && bl.Kind != block.Heading && (p.isShareNeighbour(b-1) || p.isShareNeighbour(b+1)):
		return "a share name beside others"
	case ph == phraseShareLabel && bl.Words >= 2:
		return "a label of share buttons"
	}
	return ""
}

func (p *page) isShareNeighbour(b int) bool {
	if b < 0 || b >= len(p.blocks) || !isShort(&p.blocks[b]) {
		return false
	}
	ph := p.phrases[b]
	return ph == phraseShareLabel || countShareNames(p.blocks[b].Text, ph) > 0 || p.onlyShareLinks(&p.blocks[b])
}

// onlyShareLinks reports whether all words of a block are links that share the page.
func (p *page) onlyShareLinks(b *block.Block) bool {
	if b.LinkWords == 0 || b.LinkDensity() < 0.6 {
		return false
	}
	from := b.First
	if a := p.tree.Ancestor(b.First, atom.A); a != block.None {
		from = a
	}
	links := 0
	for i := from; i < b.End; i++ {
		if n := &p.tree.Nodes[i]; n.Tag == atom.A {
			if href := block.Attr(n.HTML, "href"); !isShareLink(href) {
				return false
			}
			links++
		}
	}
	return links > 0
}

func matchNewsletter(p *page, b int) string {
	bl := &p.blocks[b]
	z := p.zoneOf(b)
	switch {
	case z&zoneNewsletter != 0 && (bl.Words <= 40 || z&zoneForm != 0):
		return "inside a sign-up box"
	case z&zoneForm != 0 && bl.Words <= 40 && p.phrases[b] == phraseNewsletter:
		return "a label of a sign-up form"
	case bl.Words >= 3 && isShort(bl) && p.phrases[b] == phraseNewsletter:
		return "it says so"
	case bl.Words <= 60 && p.inEmailForm(b):
		return "inside a form that asks for an e-mail address only"
	}
	return ""
}

// inEmailForm reports whether a block stands in a form whose one text field is for an e-mail address.
func (p *page) inEmailForm(b int) bool {
	if p.zoneOf(b)&zoneForm == 0 {
		return false
	}
	form := p.tree.Ancestor(p.blocks[b].Elem, atom.Form)
	if form == block.None {
		return false
	}
	email, others := 0, 0
	for i := form; i < p.tree.Nodes[form].End; i++ {
		switch n := &p.tree.Nodes[i]; n.Tag {
		case atom.Input:
			switch strings.ToLower(block.Attr(n.HTML, "type")) {
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
	bl := &p.blocks[b]
	if isShort(bl) && bl.Words >= 2 && p.phrases[b] == phraseConsent {
		return "it says so"
	}
	return ""
}

func matchRelated(p *page, b int) string {
	bl := &p.blocks[b]
	linked := bl.LinkDensity() > 0.6
	if p.zoneOf(b)&zoneRelated != 0 && (linked || bl.Kind == block.Heading || isShort(bl) || p.boxIsLinks(b)) {
		return "inside a box of related articles"
	}
	if !isShort(bl) {
		return ""
	}
	if ph := p.phrases[b]; ph == phraseRelated && bl.Words >= 1 {
		if next := p.nextBlock(b); next >= 0 && p.blocks[next].LinkDensity() > 0.8 {
			return "the heading of a list of other articles"
		}
	}
	if colon := strings.IndexAny(bl.Text, ":："); colon > 0 && bl.LinkDensity() > 0.3 && matchPhrase(bl.Text[:colon]) == phraseRelated {
		return "a pointer to another article"
	}
	if linked && p.underRelatedHeading(b) {
		return "a link below a heading for other articles"
	}
	return ""
}

// boxIsLinks reports whether the box around a block is mostly links: a teaser's text then belongs to its link.
func (p *page) boxIsLinks(b int) bool {
	i := p.blocks[b].Elem
	for p.tree.Nodes[i].Parent != block.None && p.zones[p.tree.Nodes[i].Parent]&zoneRelated != 0 {
		i = p.tree.Nodes[i].Parent
	}
	return 3*p.boxes[i].links > p.boxes[i].words
}

// A boxCount is how many words stand at or below a node, and how many of them in links.
type boxCount struct{ words, links int32 }

// boxWords counts for every node.
func (p *page) boxWords() []boxCount {
	boxes := make([]boxCount, len(p.tree.Nodes))
	for i := range p.blocks {
		box := &boxes[p.blocks[i].Elem]
		box.words += p.blocks[i].Words
		box.links += p.blocks[i].LinkWords
	}
	for i := len(boxes) - 1; i > 0; i-- {
		parent := &boxes[p.tree.Nodes[i].Parent]
		parent.words += boxes[i].words
		parent.links += boxes[i].links
	}
	return boxes
}

func (p *page) nextBlock(b int) int {
	for b++; b < len(p.blocks); b++ {
		if p.blocks[b].Words > 0 {
			return b
		}
	}
	return -1
}

// underRelatedHeading reports whether only links stand between a block and a label for other articles above it.
func (p *page) underRelatedHeading(b int) bool {
	for c := b - 1; c >= 0 && c >= b-12; c-- {
		above := &p.blocks[c]
		if isShort(above) && p.phrases[c] == phraseRelated {
			return true
		}
		if above.LinkDensity() <= 0.6 {
			return false
		}
	}
	return false
}

func matchBreadcrumb(p *page, b int) string {
	if p.zoneOf(b)&zoneBreadcrumb != 0 && isShort(&p.blocks[b]) {
		return "inside a breadcrumb"
	}
	return ""
}

func matchPager(p *page, b int) string {
	bl := &p.blocks[b]
	if isShort(bl) && bl.LinkDensity() > 0.5 && (p.zoneOf(b)&zonePager != 0 || p.hasRel(bl, "prev") || p.hasRel(bl, "next")) {
		return "a link to another page"
	}
	return ""
}

func matchPaywall(p *page, b int) string {
	if isShort(&p.blocks[b]) && p.phrases[b] == phrasePaywall {
		return "it says so"
	}
	return ""
}

// matchTool asks for company where a label is one word: "Print" may be a heading.
func matchTool(p *page, b int) string {
	bl := &p.blocks[b]
	switch {
	case isErrorNotice(bl.Text):
		return "it asks to report errors"
	case p.phrases[b] != phraseTool || bl.Kind == block.Heading || bl.Kind == block.Cell || bl.Kind == block.Code:
	case bl.Words >= 2 || bl.LinkWords > 0 || p.outsideText(b):
		return "a tool of the page"
	case p.isShareNeighbour(b-1) || p.isShareNeighbour(b+1):
		return "a tool beside share buttons"
	}
	return ""
}

func matchReadingTime(p *page, b int) string {
	if bl := &p.blocks[b]; bl.Words <= 12 && bl.Kind != block.Cell && bl.Kind != block.Code && isReadingTime(bl.Text) {
		return "a time to read and nothing else"
	}
	return ""
}

func matchCopyright(p *page, b int) string {
	if bl := &p.blocks[b]; bl.Words <= 50 && p.outsideText(b) && bl.Kind != block.Code && isCopyright(bl.Text) {
		return "a claim of copyright above or below the text"
	}
	return ""
}

const (
	minTailLinks = 3 // how many links in a row make a list of other articles
	minTailTexts = 3 // how many blocks of text a page has for what follows to be below it
)

// matchLinkTail takes runs of nothing but links to the same host below the last sentence of any length. Links to other hosts
// are sources, and stay; so does everything on a page that is itself a list.
func matchLinkTail(p *page, b int) string {
	if p.texts < minTailTexts || b <= p.lastText {
		return ""
	}
	if !p.isSiteLink(b) {
		if bl := &p.blocks[b]; bl.Words <= 8 && !endsSentence(bl.Text) && b+1 < len(p.blocks) && p.isSiteLink(b+1) && matchLinkTail(p, b+1) != "" {
			return "the heading of links below the text"
		}
		return ""
	}
	run := 1
	for c := b - 1; c > p.lastText && run < minTailLinks && p.isSiteLink(c); c-- {
		run++
	}
	for c := b + 1; c < len(p.blocks) && run < minTailLinks && p.isSiteLink(c); c++ {
		run++
	}
	if run < minTailLinks {
		return ""
	}
	return "one of several links below the text"
}

// isSiteLink reports whether a block is nothing but links to the page's own host.
func (p *page) isSiteLink(b int) bool {
	bl := &p.blocks[b]
	if bl.LinkDensity() < 0.8 || bl.Words > 40 || bl.Kind == block.Cell || bl.Kind == block.Code {
		return false
	}
	from := bl.First
	if a := p.tree.Ancestor(bl.First, atom.A); a != block.None {
		from = a
	}
	for i := from; i < bl.End; i++ {
		if n := &p.tree.Nodes[i]; n.Tag == atom.A && !p.isOwnHost(block.Attr(n.HTML, "href")) {
			return false
		}
	}
	return true
}

// isOwnHost reports whether a reference stays on the page's host; one to a place in the page itself does not lead to another.
func (p *page) isOwnHost(href string) bool {
	href = strings.TrimSpace(href)
	if href == "" || href[0] == '#' {
		return false
	}
	abs, ok := p.doc.Resolve(href)
	if !ok || p.doc.URL == nil {
		return !strings.Contains(href, "://") && !strings.HasPrefix(href, "//")
	}
	u, err := url.Parse(abs)
	return err == nil && strings.EqualFold(strings.TrimPrefix(u.Host, "www."), strings.TrimPrefix(p.doc.URL.Host, "www."))
}

// matchMenu knows rows like "[ Home | Photographs | Guestbook ]".
func matchMenu(p *page, b int) string {
	bl := &p.blocks[b]
	if !isShort(bl) || bl.LinkWords != bl.Words || bl.Kind == block.Cell || bl.Kind == block.Code {
		return ""
	}
	links := 0
	for i := bl.First; i < bl.End; i++ {
		if p.tree.Nodes[i].Tag == atom.A {
			links++
		}
	}
	bars := 0
	for _, bar := range [...]string{"|", "•", "·", "¦", "｜"} {
		bars += strings.Count(bl.Text, bar)
	}
	if links >= 2 && bars >= links-1 {
		return "links with bars between them"
	}
	return ""
}

func matchInvitation(p *page, b int) string {
	bl := &p.blocks[b]
	if isShort(bl) && bl.Kind != block.Quote && bl.Kind != block.Code && bl.Kind != block.Cell && isInvitation(bl.Text) {
		return "it asks to be followed elsewhere"
	}
	return ""
}

// hasRel reports whether a block's links are all of a kind.
func (p *page) hasRel(b *block.Block, rel string) bool {
	from := b.First
	if a := p.tree.Ancestor(b.First, atom.A); a != block.None {
		from = a
	}
	found := false
	for i := from; i < b.End; i++ {
		if n := &p.tree.Nodes[i]; n.Tag == atom.A {
			if !hasToken(block.Attr(n.HTML, "rel"), rel) {
				return false
			}
			found = true
		}
	}
	return found
}

func matchTags(p *page, b int) string {
	bl := &p.blocks[b]
	switch {
	case !isShort(bl):
	case bl.LinkDensity() > 0.5 && (p.zoneOf(b)&zoneTags != 0 || p.hasRel(bl, "tag")):
		return "links to the page's topics"
	case p.zoneOf(b)&zoneTags != 0 && bl.Words <= 3:
		return "the label of the page's topics"
	}
	return ""
}

func matchAd(p *page, b int) string {
	if bl := &p.blocks[b]; bl.Words <= 6 && (p.phrases[b] == phraseAd || p.zoneOf(b)&zoneAd != 0) {
		return "a label over an advertisement"
	}
	return ""
}

func matchNavigation(p *page, b int) string {
	bl := &p.blocks[b]
	if bl.Words <= 6 && bl.LinkDensity() > 0.8 && p.phrases[b] == phraseNavigation {
		return "a link inside the page"
	}
	return ""
}

func matchPlayer(p *page, b int) string {
	if isShort(&p.blocks[b]) && p.phrases[b] == phrasePlayer {
		return "it says so"
	}
	return ""
}
