package cleaner

import (
	"strconv"
	"strings"

	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/phrase"
	"github.com/dechaff/dechaff/cleaner/internal/text"
	"github.com/dechaff/dechaff/cleaner/internal/zone"
)

func matchRelated(p *page, b int) string {
	bl := &p.Blocks[b]
	linked := bl.LinkDensity() > 0.6
	if p.zoneOf(b)&zone.Related != 0 && (linked || bl.Kind == block.Heading || isShort(bl)) {
		return "inside a box of related articles"
	}
	if !isShort(bl) {
		return ""
	}
	if p.Phrases[b] == phrase.Related {
		if next := p.nextBlock(b); next >= 0 && p.Blocks[next].LinkDensity() > 0.8 {
			return "the heading of a list of other articles"
		}
	}
	if bl.LinkDensity() > 0.3 {
		if colon := text.IndexColon(bl.Text); colon > 0 && phrase.Match(bl.Text[:colon]) == phrase.Related {
			return "a pointer to another article"
		}
	}
	if p.inCard(b) {
		return "a card that is one link to another article"
	}
	if linked && p.underRelatedHeading(b) {
		return "a link below a heading for other articles"
	}
	return ""
}

// inCard reports whether a block is one of several inside a single link to the same site, between paragraphs of an
// article. Several such cards in a row are a list, which may be content.
func (p *page) inCard(b int) bool {
	bl := &p.Blocks[b]
	if bl.LinkWords < bl.Words || p.OutsideText(b) || 2*p.textWords < p.allWords {
		return false
	}
	card := p.Tree.Ancestor(bl.First, atom.A)
	if card == block.None || !p.isOwnHost(dom.Attr(p.Tree.Nodes[card].HTML, "href")) {
		return false
	}
	first, last := b, b
	for first > 0 && b-first < maxCardBlocks && p.Tree.Contains(card, p.Blocks[first-1].First) {
		first--
	}
	for last+1 < len(p.Blocks) && last-b < maxCardBlocks && p.Tree.Contains(card, p.Blocks[last+1].First) {
		last++
	}
	return first < last && first > 0 && last+1 < len(p.Blocks) &&
		text.EndsSentence(p.Blocks[first-1].Text) && p.Blocks[first-1].LinkDensity() < 0.5 &&
		p.Blocks[last+1].LinkDensity() < 0.5
}

// maxCardBlocks is the maximum number of blocks in a card: a headline, a line or two of summary, the site's name.
const maxCardBlocks = 5

// underRelatedHeading reports whether one of the 12 blocks above a block is a heading for related articles, and all
// blocks in between are mostly links.
func (p *page) underRelatedHeading(b int) bool {
	for c := b - 1; c >= 0 && c >= b-12; c-- {
		above := &p.Blocks[c]
		if isShort(above) && p.Phrases[c] == phrase.Related {
			return true
		}
		if above.LinkDensity() <= 0.6 {
			return false
		}
	}
	return false
}

func matchBreadcrumb(p *page, b int) string {
	if p.zoneOf(b)&zone.Breadcrumb != 0 {
		return "inside a breadcrumb"
	}
	return ""
}

func matchPager(p *page, b int) string {
	bl := &p.Blocks[b]
	if isShort(bl) && bl.LinkDensity() > 0.5 &&
		(p.zoneOf(b)&zone.Pager != 0 || p.hasRel(bl, "prev") || p.hasRel(bl, "next")) {
		return "a link to another page"
	}
	return ""
}

const (
	minTailLinks = 3 // minimum number of blocks of links in a row that count as a list of other articles
	minTailTexts = 3 // minimum number of blocks of text on a page for such a list to be recognized
)

// matchLinkTail matches runs of at least minTailLinks blocks that only link to the page's own host, below the last
// block of text, and the heading of such a run. Links to other hosts are sources, and stay. If the page has fewer than
// minTailTexts blocks of text, it is probably a list, and everything stays.
func matchLinkTail(p *page, b int) string {
	if p.texts < minTailTexts || b <= p.LastText {
		return ""
	}
	if p.siteRuns[b] == 0 {
		if bl := &p.Blocks[b]; bl.Words <= 8 && !text.EndsSentence(bl.Text) && b+1 < len(p.Blocks) && p.siteRuns[b+1] > 0 &&
			matchLinkTail(p, b+1) != "" {
			return "the heading of links below the text"
		}
		return ""
	}
	if p.siteRuns[b] < minTailLinks {
		return ""
	}
	return "one of several links below the text"
}

// matchNav recognizes the navigation of pages that say which part is the main one. The extractor's vote is no help
// where that part is short, such as a chapter of three sentences next to the contents of a book.
func matchNav(p *page, b int) string {
	if p.main == block.None {
		return ""
	}
	nav := p.Tree.Ancestor(p.Blocks[b].Elem, atom.Nav)
	if nav == block.None || p.Tree.Contains(p.main, nav) || p.Tree.Contains(nav, p.main) ||
		p.Tree.Ancestor(nav, atom.Article) != block.None {
		return ""
	}
	return "inside a nav element next to the main element"
}

// matchMenu recognizes rows such as "[ Home | Photographs | Guestbook ]", and links in a navigation box above or below
// the text.
func matchMenu(p *page, b int) string {
	bl := &p.Blocks[b]
	if !isShort(bl) || bl.LinkWords != bl.Words || bl.Kind.IsData() {
		return ""
	}
	if p.zoneOf(b)&zone.Nav != 0 && p.texts >= minTailTexts && p.OutsideText(b) {
		return "inside navigation above or below the text"
	}
	links := 0
	for i := bl.First; i < bl.End; i++ {
		if p.Tree.Nodes[i].Tag == atom.A {
			links++
		}
	}
	if links < 2 {
		return ""
	}
	bars := 0
	for _, bar := range [...]string{"|", "•", "·", "¦", "｜"} {
		bars += strings.Count(bl.Text, bar)
	}
	if bars >= links-1 {
		return "links separated by bars"
	}
	return ""
}

// hasRel reports whether a block has links, all with the given rel value.
func (p *page) hasRel(b *block.Block, rel string) bool {
	found := false
	for i := range p.linksOf(b) {
		if !dom.HasToken(p.Tree.Attr(i, "rel"), rel) {
			return false
		}
		found = true
	}
	return found
}

// maxTagBoxes is the maximum number of topic boxes of one article, above and below its text. A page with more topic
// boxes is a list of articles or products, and the topics belong to its entries.
const maxTagBoxes = 3

func matchTags(p *page, b int) string {
	bl := &p.Blocks[b]
	switch {
	case !isShort(bl) || bl.Kind == block.Cell || p.tagBoxes.exceed(maxTagBoxes, p.IsVoted(b)):
	case bl.LinkDensity() > 0.5 && (p.zoneOf(b)&zone.Tags != 0 || p.hasRel(bl, "tag")):
		return "links to the page's topics"
	case p.zoneOf(b)&zone.Tags != 0 && bl.Words <= 3 && p.listsTopics(bl.Elem):
		return "the label of the page's topics"
	}
	return ""
}

// maxPlainTopics is the maximum number of words in a box of topics that are no links.
const maxPlainTopics = 30

// listsTopics reports whether the outermost box around an element that is named after topics contains a list of topics:
// mostly links, or little text. In manuals, the tags of a function are its parameters and what it returns.
func (p *page) listsTopics(elem int32) bool {
	nodes := p.Tree.Nodes
	for up := nodes[elem].Parent; up != block.None && p.zones[up]&zone.Tags != 0; up = nodes[up].Parent {
		elem = up
	}
	box := p.boxes[elem]
	return box.Words <= maxPlainTopics || 2*box.Links >= box.Words
}

// Limits for recognizing a page's own table of contents.
const (
	minContents       = 2  // links in the table
	maxContentsWords  = 20 // words of one link
	maxContentsLabel  = 5  // words of the line above the list
	maxContentsLooked = 40 // items of the list that are checked; the rest are assumed to be similar
)

// matchContents recognizes a list below the text in which every item links to a part of the page. Such a list above or
// within the text is content in about half of the cases, unless every item repeats a heading.
func matchContents(p *page, b int) string {
	bl := &p.Blocks[b]
	if p.isContentsLabel(b) && matchContents(p, b+1) != "" {
		return "the label of a list of links to parts of this page"
	}
	if bl.Kind != block.Item || bl.Words > maxContentsWords || !p.linksWithin(b) {
		return ""
	}
	isEntry := p.linksWithin
	if b <= p.LastText {
		if isEntry = p.repeatsHeading; !isEntry(b) {
			return ""
		}
	}
	list := p.outermostList(bl.Elem)
	if list == block.None {
		return ""
	}
	links := 1
	for _, step := range [...]int{-1, 1} {
		for c := b + step; c >= 0 && c < len(p.Blocks) && links < maxContentsLooked &&
			p.Tree.Contains(list, p.Blocks[c].Elem); c += step {
			if !isEntry(c) {
				return ""
			}
			links++
		}
	}
	if links < minContents {
		return ""
	}
	return "a list of links to parts of this page"
}

// isContentsLabel reports whether a block is a short line that is alone in its box with the list below it.
func (p *page) isContentsLabel(b int) bool {
	bl := &p.Blocks[b]
	if bl.Kind != block.Paragraph || bl.Words > maxContentsLabel || bl.LinkWords > 0 || b+1 == len(p.Blocks) ||
		p.Blocks[b+1].Kind != block.Item {
		return false
	}
	list, box := p.outermostList(p.Blocks[b+1].Elem), p.Tree.Nodes[bl.Elem].Parent
	if list == block.None || box == block.None || p.Tree.Nodes[list].Parent != box {
		return false
	}
	return (b == 0 || !p.Tree.Contains(box, p.Blocks[b-1].Elem)) && p.Tree.Nodes[list].End == p.Tree.Nodes[box].End
}

// repeatsHeading reports whether a block is a link to a part of the page itself, and has the text of a heading below
// it. The link may also have the number of the part, which the heading lacks: 2.1. The summer of the circus.
func (p *page) repeatsHeading(b int) bool {
	if !p.linksWithin(b) {
		return false
	}
	if p.lastHeadings == nil {
		p.lastHeadings = make(map[string]int)
		for h := range p.Blocks {
			if p.Blocks[h].Kind == block.Heading {
				p.lastHeadings[text.FoldLetters(p.Blocks[h].Text)] = h
			}
		}
	}
	line := p.Blocks[b].Text
	title := strings.TrimLeft(line, "0123456789.")
	if strings.HasPrefix(title, ":") {
		title = line // "9:40 – The goat" is a place in a recording
	}
	return max(p.lastHeadings[text.FoldLetters(line)], p.lastHeadings[text.FoldLetters(title)]) > b
}

// linksWithin reports whether all words of a block are links to parts of the page itself.
func (p *page) linksWithin(b int) bool {
	bl := &p.Blocks[b]
	if bl.Words == 0 || bl.LinkWords < bl.Words {
		return false
	}
	found := false
	for i := range p.linksOf(bl) {
		if !strings.HasPrefix(p.Tree.Attr(i, "href"), "#") {
			return false
		}
		found = true
	}
	return found
}

// matchLineNumbers recognizes code blocks that consist only of consecutive numbers.
func matchLineNumbers(p *page, b int) string {
	bl := &p.Blocks[b]
	if bl.Kind != block.Code || !text.StartsWithDigit(strings.TrimSpace(bl.Text)) {
		return ""
	}
	before, lines := 0, 0
	for line := range strings.FieldsSeq(bl.Text) {
		n, err := strconv.Atoi(line)
		if err != nil || lines > 0 && n != before+1 {
			return ""
		}
		before = n
		lines++
	}
	if lines < 2 {
		return ""
	}
	return "only consecutive numbers"
}

const (
	maxPosterWords = 5 // maximum number of words in a poster's name or title
	maxPosterDepth = 4 // maximum number of elements, from a block's own element upward, that matchPoster checks
)

// matchPoster recognizes the short lines in a forum's box about the author of a post.
func matchPoster(p *page, b int) string {
	bl := &p.Blocks[b]
	if !p.Forum || bl.Words == 0 || bl.Words > maxPosterWords || text.EndsSentence(bl.Text) {
		return ""
	}
	at := bl.Elem
	for range maxPosterDepth {
		if at == block.None {
			return ""
		}
		n := p.Tree.Nodes[at].HTML
		if isPosterName(dom.Attr(n, "class")) || dom.Attr(n, "itemprop") == "author" {
			return "inside a box about a poster"
		}
		at = p.Tree.Nodes[at].Parent
	}
	return ""
}

// isPosterName reports whether a class is one that forum software gives to the box about a post's author.
func isPosterName(class string) bool {
	for name := range strings.FieldsSeq(strings.ToLower(class)) {
		switch name {
		case "username", "user-name", "poster", "postprofile", "message-user", "message-userdetails", "message-name",
			"usertitle", "post-author", "postauthor",
			"post-user", "user-details", "user-info", "userinfo", "cauthorpane_author", "cauthorpane_info", "topic-meta-data",
			"crawler-post-meta":
			return true
		}
	}
	return false
}

// maxAppeal is the maximum number of words of a request for money.
const maxAppeal = 60

// matchAppeal matches requests for money in the last quarter of the text and below it. Further up, an author may write
// about the work of his own organization.
func matchAppeal(p *page, b int) string {
	bl := &p.Blocks[b]
	if bl.Words <= maxAppeal && bl.Kind != block.Quote && bl.Kind != block.Code &&
		4*(b-p.FirstText) >= 3*(p.LastText-p.FirstText) && phrase.IsAppeal(bl.Text) {
		return "it asks the reader to pay for the site's work"
	}
	return ""
}
