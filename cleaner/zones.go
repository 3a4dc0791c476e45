package cleaner

import (
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/phrase"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// A zone is what the boxes around a node say that they are, by element, role, schema.org property, class and id. It is
// evidence, never a verdict: rules ask for more.
type zone uint32

const (
	zoneShare zone = 1 << iota
	zoneRelated
	zoneNewsletter
	zoneComments
	zoneReplyForm
	zoneAuthorBox
	zoneByline
	zoneTags
	zoneAd
	zonePager
	zoneBreadcrumb
	zoneNav
	zoneForm
	zoneCommentType // schema.org/Comment: chaff, but on a forum's page
	zoneKicker
	zoneSignup // named after subscribing, which is also a way to buy coffee: a sign-up box if it has a field to type in
	zoneNoPrint
	zoneStandfirst
	zoneOffer
	zoneTab
	zoneQuote // the author of what stands here is quoted: a cite's byline is content
)

// zoneWords are words of class names and ids, by the zone that they tell of. A name is cut into words at hyphens,
// underscores and capitals, so "share" is in "post-share" and "postShare", not in "shareholder".
var zoneWords = map[string]zone{
	"share": zoneShare, "sharing": zoneShare, "sharedaddy": zoneShare, "addtoany": zoneShare, "addthis": zoneShare, "sharethis": zoneShare,
	"social": zoneShare, "socials": zoneShare, "sharebar": zoneShare, "shares": zoneShare, "likes": zoneShare, "ssba": zoneShare, "heateor": zoneShare,
	"related": zoneRelated, "relatedposts": zoneRelated, "yarpp": zoneRelated, "recommended": zoneRelated, "recommendations": zoneRelated,
	"outbrain": zoneRelated, "taboola": zoneRelated, "mostread": zoneRelated, "popular": zoneRelated, "trending": zoneRelated, "readmore": zoneRelated,
	"similar": zoneRelated, "crosslinks": zoneRelated,
	"newsletter": zoneNewsletter, "newsletters": zoneNewsletter, "subscribe": zoneSignup, "subscription": zoneSignup, "subscriptions": zoneSignup, "signup": zoneSignup,
	"mailchimp": zoneNewsletter, "optin": zoneSignup, "mailpoet": zoneNewsletter, "mc4wp": zoneNewsletter, "convertkit": zoneNewsletter,
	"comments": zoneComments, "commentlist": zoneComments, "disqus": zoneComments, "reactions": zoneComments, "coral": zoneComments,
	"respond": zoneReplyForm, "commentform": zoneReplyForm, "akismet": zoneReplyForm,
	"bio": zoneAuthorBox, "aboutauthor": zoneAuthorBox, "authorbox": zoneAuthorBox,
	"relativetime": zoneByline, "byline": zoneByline, "dateline": zoneByline, "pubdate": zoneByline, "timestamp": zoneByline,
	"tags": zoneTags, "tagcloud": zoneTags, "taglist": zoneTags, "categories": zoneTags, "topics": zoneTags, "keywords": zoneTags,
	"ad": zoneAd, "ads": zoneAd, "advert": zoneAd, "advertisement": zoneAd, "adsbygoogle": zoneAd, "adslot": zoneAd, "sponsor": zoneAd, "dfp": zoneAd,
	"pagination": zonePager, "pager": zonePager, "paging": zonePager, "prevnext": zonePager,
	"kicker": zoneKicker, "eyebrow": zoneKicker, "overline": zoneKicker, "topline": zoneKicker, "dachzeile": zoneKicker, "spitzmarke": zoneKicker,
	"surtitre": zoneKicker, "antetitulo": zoneKicker, "occhiello": zoneKicker, "pretitle": zoneKicker, "supertitle": zoneKicker,
	"usp": zoneOffer, "usps": zoneOffer,
	"standfirst": zoneStandfirst, "dek": zoneStandfirst, "subheadline": zoneStandfirst, "subtitle": zoneStandfirst, "chapo": zoneStandfirst, "vorspann": zoneStandfirst,
	"bajada": zoneStandfirst, "sommario": zoneStandfirst, "entradilla": zoneStandfirst, "lede": zoneStandfirst,
	"noprint":    zoneNoPrint,
	"breadcrumb": zoneBreadcrumb, "breadcrumbs": zoneBreadcrumb, "crumbs": zoneBreadcrumb,
}

// zonePairs are pairs of neighbouring words that together tell more than each.
var zonePairs = map[[2]string]zone{
	{"author", "box"}: zoneAuthorBox, {"author", "bio"}: zoneAuthorBox, {"author", "info"}: zoneAuthorBox, {"about", "author"}: zoneAuthorBox,
	{"author", "description"}: zoneAuthorBox, {"author", "card"}: zoneAuthorBox, {"author", "profile"}: zoneAuthorBox,
	{"entry", "meta"}: zoneByline, {"post", "meta"}: zoneByline, {"article", "meta"}: zoneByline, {"entry", "date"}: zoneByline,
	{"post", "date"}: zoneByline, {"posted", "on"}: zoneByline, {"article", "info"}: zoneByline, {"post", "info"}: zoneByline,
	{"comment", "form"}: zoneReplyForm, {"comment", "respond"}: zoneReplyForm, {"reply", "form"}: zoneReplyForm,
	{"comment", "list"}: zoneComments, {"comments", "area"}: zoneComments, {"comment", "section"}: zoneComments,
	{"read", "also"}: zoneRelated, {"also", "read"}: zoneRelated, {"see", "also"}: zoneRelated, {"more", "posts"}: zoneRelated, {"most", "read"}: zoneRelated,
	{"read", "next"}: zoneRelated, {"up", "next"}: zoneRelated, {"more", "stories"}: zoneRelated, {"you", "may"}: zoneRelated, {"read", "more"}: zoneRelated,
	{"post", "navigation"}: zonePager, {"nav", "links"}: zonePager, {"post", "nav"}: zonePager, {"page", "links"}: zonePager,
	{"tag", "list"}: zoneTags, {"post", "tags"}: zoneTags, {"tag", "links"}: zoneTags, {"cat", "links"}: zoneTags, {"entry", "footer"}: zoneTags,
	{"key", "events"}:      zoneRelated, // the list over a live report that says its posts' headings again
	{"article", "excerpt"}: zoneStandfirst,
	{"no", "print"}:        zoneNoPrint, {"print", "none"}: zoneNoPrint, {"print", "hidden"}: zoneNoPrint, {"hide", "print"}: zoneNoPrint,
	{"sign", "up"}: zoneSignup, {"mailing", "list"}: zoneSignup, {"email", "form"}: zoneSignup,
}

// A zoneWord is what a word tells, and its number if it is part of a pair, else 0.
type zoneWord struct {
	zone   zone
	number uint8
}

// A dictionary holds words in lower case. lengths tell by the first letter how long they are, which rules most words out.
type dictionary struct {
	words   map[string]zoneWord
	lengths [256]uint32
}

// zoneDictionary and zonePairNumbers are zoneWords and zonePairs, for quick look-ups; nothing changes them.
var zoneDictionary, zonePairNumbers = func() (dictionary, map[[2]uint8]zone) {
	words, pairs := make(map[string]zoneWord, 256), make(map[[2]uint8]zone, len(zonePairs))
	for word, z := range zoneWords {
		words[word] = zoneWord{zone: z}
	}
	count := uint8(0)
	number := func(word string) uint8 {
		w := words[word]
		if w.number == 0 {
			count++
			w.number = count
			words[word] = w
		}
		return w.number
	}
	for pair, z := range zonePairs {
		pairs[[2]uint8{number(pair[0]), number(pair[1])}] = z
	}
	d := dictionary{words: words}
	for word := range words {
		d.lengths[word[0]] |= 1 << len(word)
	}
	return d, pairs
}()

// maxZoneWord is the length of the longest word that is looked up.
const maxZoneWord = 31

// find looks a word of ASCII letters and digits up.
func (d *dictionary) find(word string) zoneWord {
	if len(word) > maxZoneWord || d.lengths[word[0]|0x20]>>len(word)&1 == 0 {
		return zoneWord{}
	}
	var buffer [maxZoneWord]byte
	lower := buffer[:len(word)]
	for i := range len(word) {
		c := word[i]
		if 'A' <= c && c <= 'Z' {
			c |= 0x20
		}
		lower[i] = c
	}
	return d.words[string(lower)]
}

// maxZoneShare is the largest share of the voted words that a box may hold to be believed. Comments may be longer
// than the article that they are about.
const maxZoneShare = 0.35

// findZones computes every node's zone. A box that holds the headline, or too much of what was voted for, is not the small
// thing that it is named after: themes put class names on whole pages.
func (p *page) findZones() {
	nodes := p.tree.Nodes
	p.zones = p.scratch().zones.Take(len(nodes))
	voted := p.votedWords()
	forum := p.isForum()
	p.boxes = p.boxWords()
	for i := range nodes {
		n := &nodes[i]
		if n.Parent != block.None {
			p.zones[i] = p.zones[n.Parent]
		}
		if n.Form != block.Element || n.Parent == block.None || p.marks[i] != unmarked {
			continue
		}
		own := p.ownZones[i]
		if forum {
			own &^= zoneCommentType | zoneComments
		} else if own&zoneCommentType != 0 {
			own |= zoneComments
		}
		if n.Tag == atom.Form && p.boxes[i].words <= maxReplyFormWords && p.holds(int32(i), atom.Textarea) {
			own |= zoneReplyForm
		}
		if own&zoneSignup != 0 && p.holdsField(int32(i)) {
			own |= zoneNewsletter
		}
		own &^= p.tooLarge(int32(i), own)
		if own&^p.zones[i] == 0 {
			continue
		}
		share := float64(voted[i]) / float64(max(voted[0], 1))
		if own&^p.zones[i]&zoneTags != 0 {
			p.tagBoxes.count(voted[i] > 0)
		}
		switch {
		case n.Tag == atom.Body || n.Tag == atom.Html || n.Tag == atom.Main:
		case own&(zoneComments|zoneReplyForm) != 0 && share <= 0.8 && !p.holds(int32(i), atom.H1):
			p.zones[i] |= own
		case share <= maxZoneShare && (own&^(zoneNav|zoneForm|zoneQuote|zoneByline) == 0 || !p.holds(int32(i), atom.H1)):
			p.zones[i] |= own
		}
	}
	p.findBlockZones()
}

// note reads what blocks and boxes say that they are, before anybody was asked.
func (p *page) note() {
	p.phrases = p.scratch().phrases.Take(len(p.blocks))
	for b := range p.blocks {
		p.phrases[b] = phrase.Match(p.blocks[b].Text)
	}
	p.findHeadlines()
	nodes := p.tree.Nodes
	p.rawZones, p.ownZones = p.scratch().zones.Take(len(nodes)), p.scratch().zones.Take(len(nodes))
	for i := range nodes {
		n := &nodes[i]
		if n.Parent == block.None {
			continue
		}
		p.rawZones[i] = p.rawZones[n.Parent]
		if n.Form == block.Element && p.marks[i] == unmarked {
			p.ownZones[i] = p.ownZone(int32(i), n)
			if n.Tag != atom.Body && n.Tag != atom.Html {
				p.rawZones[i] |= p.ownZones[i]
			}
		}
	}
}

// maxZoneWords is how many words a box of a kind has at most: what is larger holds something else, whatever its name.
var maxZoneWords = []struct {
	zone  zone
	words int32
}{{zoneAd, 40}, {zonePager, 60}, {zoneBreadcrumb, 60}, {zoneTags, 40}, {zoneKicker, 20}}

// tooLarge returns those of a box's zones that it has too many words for.
func (p *page) tooLarge(i int32, own zone) zone {
	var large zone
	for _, m := range maxZoneWords {
		if own&m.zone != 0 && p.boxes[i].words > m.words {
			large |= m.zone
		}
	}
	return large
}

// maxReplyFormWords is how many words a form to write in has at most: pages of old systems are one form from top to bottom.
const maxReplyFormWords = 120

// maxFieldNodes bounds how far below a box a field is looked for.
const maxFieldNodes = 400

// holdsField reports whether a field to type text in stands below node i.
func (p *page) holdsField(i int32) bool {
	for j := i; j < min(p.tree.Nodes[i].End, i+maxFieldNodes); j++ {
		if n := &p.tree.Nodes[j]; n.Tag == atom.Input {
			switch strings.ToLower(dom.Attr(n.HTML, "type")) {
			case "email", "text", "":
				return true
			}
		}
	}
	return false
}

// isForum reports whether the page says, in JSON-LD, microdata, its address or its body's class, that it is a discussion
// or a question: what readers write is its content.
func (p *page) isForum() bool {
	if p.forum == 0 {
		if p.forum = 1; p.saysForum() {
			p.forum = 2
		}
	}
	return p.forum == 2
}

func (p *page) saysForum() bool {
	if p.meta.Discussion || isForumURL(p.doc.URL) {
		return true
	}
	for i := range p.tree.Nodes {
		n := &p.tree.Nodes[i]
		if n.HTML.Type != html.ElementNode {
			continue
		}
		if n.Tag == atom.Body && isForumBody(dom.Attr(n.HTML, "class")) {
			return true
		}
		itemtype := dom.Attr(n.HTML, "itemtype")
		if slices.Contains(discussionTypes, itemtype[strings.LastIndexByte(itemtype, '/')+1:]) {
			return true
		}
	}
	return false
}

// isForumURL knows the paths and host names that forum software and its owners use: example.org/threads/1234,
// forum.example.org, /viewtopic.php, /questions/1234.
func isForumURL(u *url.URL) bool {
	if u == nil {
		return false
	}
	switch first, _, _ := strings.Cut(strings.ToLower(u.Hostname()), "."); first {
	case "forum", "forums", "discuss", "discourse", "board", "boards":
		return true
	}
	for segment := range strings.SplitSeq(strings.ToLower(u.Path), "/") {
		switch segment {
		case "forum", "forums", "thread", "threads", "topic", "discussion", "showthread.php", "viewtopic.php", "questions", "discuss":
			return true
		}
	}
	return false
}

// isForumBody reads the class names that forum software gives to the body of a thread's page.
func isForumBody(class string) bool {
	for name := range strings.FieldsSeq(strings.ToLower(class)) {
		switch name {
		case "forum", "question-page", "node-type-forum", "single-topic", "bbpress", "section-viewtopic", "thread_view":
			return true
		}
	}
	return false
}

// votedWords sums, for every node, the words that were voted for at or below it.
func (p *page) votedWords() []int32 {
	voted := p.scratch().int32s.Take(len(p.tree.Nodes))
	for i := range p.blocks {
		if p.votes[i] >= 0.5 {
			voted[p.blocks[i].Elem] += p.blocks[i].Words
		}
	}
	for i := len(voted) - 1; i > 0; i-- {
		voted[p.tree.Nodes[i].Parent] += voted[i]
	}
	return voted
}

// ownZone reads one element.
func (p *page) ownZone(i int32, n *block.Node) zone {
	var z zone
	switch n.Tag {
	case atom.Nav:
		z |= zoneNav
	case atom.Form:
		z |= zoneForm
	case atom.Blockquote:
		z |= zoneQuote
	}
	for _, a := range n.HTML.Attr {
		switch a.Key {
		case "class":
			z |= p.names.of(a.Val, p.names.classes, i).zone
		case "id":
			z |= p.names.of(a.Val, p.names.ids, i).zone
		case "data-component", "data-testid":
			z |= zoneOfName(a.Val)
		case "role":
			switch a.Val {
			case "navigation":
				z |= zoneNav
			case "search":
				z |= zoneForm
			case "tab":
				z |= zoneTab
			}
		case "itemtype":
			switch a.Val[strings.LastIndexByte(a.Val, '/')+1:] {
			case "BreadcrumbList":
				z |= zoneBreadcrumb
			case "Comment", "UserComments":
				z |= zoneCommentType
			}
		case "itemprop":
			if a.Val == "comment" {
				z |= zoneComments
			}
		}
	}
	return z
}

// zoneOfName cuts a class or id into words and looks them up.
func zoneOfName(name string) zone {
	var z zone
	previous := uint8(0)
	words := 0
	for start := 0; start < len(name) && words < text.MaxNameWords; {
		end := text.WordEnd(name, start)
		if end == start {
			start++
			if name[start-1] == ' ' {
				previous = 0
			}
			continue
		}
		word := zoneDictionary.find(name[start:end])
		z |= word.zone
		if word.number != 0 && previous != 0 {
			z |= zonePairNumbers[[2]uint8{previous, word.number}]
		}
		previous, start = word.number, end
		words++
	}
	return z
}
