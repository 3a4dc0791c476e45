package cleaner

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/phrase"
	"github.com/dechaff/dechaff/cleaner/internal/text"
	"github.com/dechaff/dechaff/cleaner/internal/zone"
)

// maxZoneShare is the largest share of the voted words that an element may hold for its name to be believed. Comments
// may be longer than the article that they are about.
const maxZoneShare = 0.35

// findZones computes the zones of every node. An element that holds the headline, or too many voted words, is not the
// small thing that its name suggests: themes put such class names on whole pages.
func (p *page) findZones() {
	nodes := p.Tree.Nodes
	p.zones = p.scratch().zones.Take(len(nodes))
	voted := p.votedWords()
	forum := p.isForum()
	p.boxes = p.boxWords()
	for i := range nodes {
		if p.isStoppedAt(i) {
			return
		}
		n := &nodes[i]
		if n.Parent != block.None {
			p.zones[i] = p.zones[n.Parent]
		}
		if n.Form != block.Element || n.Parent == block.None || p.marks[i] != unmarked {
			continue
		}
		own := p.ownZones[i]
		if forum {
			own &^= zone.CommentType | zone.Comments
		} else if own&zone.CommentType != 0 {
			own |= zone.Comments
		}
		if n.Tag == atom.Form && p.boxes[i].Words <= maxReplyFormWords && p.holds(int32(i), atom.Textarea) {
			own |= zone.ReplyForm
		}
		if own&zone.Signup != 0 && p.holdsField(int32(i)) {
			own |= zone.Newsletter
		}
		own &^= p.tooLarge(int32(i), own)
		if own&^p.zones[i] == 0 {
			continue
		}
		share := float64(voted[i]) / float64(max(voted[0], 1))
		if own&^p.zones[i]&zone.Tags != 0 {
			p.tagBoxes.count(voted[i] > 0)
		}
		switch {
		case n.Tag == atom.Body || n.Tag == atom.Html || n.Tag == atom.Main:
		case own&(zone.Comments|zone.ReplyForm) != 0 && share <= 0.8 && !p.holds(int32(i), atom.H1):
			p.zones[i] |= own
		case share <= maxZoneShare && (own&^(zone.Nav|zone.Form|zone.Quote|zone.Byline) == 0 || !p.holds(int32(i), atom.H1)):
			p.zones[i] |= own
		}
	}
	p.findBlockZones()
}

// classify finds what phrases and names reveal: chaff recognizable by its words alone, headlines, and zones by the
// names of elements.
func (p *page) classify() {
	p.Forum = p.saysForum()
	p.Phrases = p.scratch().phrases.Take(len(p.Blocks))
	for b := range p.Blocks {
		if p.isStoppedAt(b) {
			return
		}
		p.Phrases[b] = phrase.Match(p.Blocks[b].Text)
	}
	p.findHeadlines()
	nodes := p.Tree.Nodes
	p.RawZones, p.ownZones = p.scratch().zones.Take(len(nodes)), p.scratch().zones.Take(len(nodes))
	for i := range nodes {
		n := &nodes[i]
		if n.Parent == block.None {
			continue
		}
		if p.isStoppedAt(i) {
			return
		}
		p.RawZones[i] = p.RawZones[n.Parent]
		if n.Form == block.Element && p.marks[i] == unmarked {
			p.ownZones[i] = p.ownZone(int32(i), n)
			if n.Tag != atom.Body && n.Tag != atom.Html {
				p.RawZones[i] |= p.ownZones[i]
			}
		}
	}
}

// maxZoneWords is the largest number of words in an element of a zone: a larger one holds something else, whatever its
// name.
var maxZoneWords = []struct {
	zone  zone.Zone
	words int32
}{{zone.Ad, 40}, {zone.Pager, 60}, {zone.Breadcrumb, 60}, {zone.Tags, 40}, {zone.Kicker, 20}}

// tooLarge returns those of an element's zones for which it has too many words.
func (p *page) tooLarge(i int32, own zone.Zone) zone.Zone {
	var large zone.Zone
	for _, m := range maxZoneWords {
		if own&m.zone != 0 && p.boxes[i].Words > m.words {
			large |= m.zone
		}
	}
	return large
}

// maxReplyFormWords is the largest number of words in a reply form: in old systems, the whole page is one form.
const maxReplyFormWords = 120

// maxFieldNodes is how many nodes below an element are searched for a field.
const maxFieldNodes = 400

// holdsField reports whether there is a field to type text in at or below node i.
func (p *page) holdsField(i int32) bool {
	for j := i; j < min(p.Tree.Nodes[i].End, i+maxFieldNodes); j++ {
		if n := &p.Tree.Nodes[j]; n.Tag == atom.Input {
			switch strings.ToLower(dom.Attr(n.HTML, "type")) {
			case "email", "text", "":
				return true
			}
		}
	}
	return false
}

func (p *page) saysForum() bool {
	if p.Meta.Discussion || zone.IsForumURL(p.Doc.URL) {
		return true
	}
	for i := range p.Tree.Nodes {
		n := &p.Tree.Nodes[i]
		if n.HTML.Type != html.ElementNode {
			continue
		}
		if n.Tag == atom.Body && zone.IsForumBody(dom.Attr(n.HTML, "class")) {
			return true
		}
		itemtype := dom.Attr(n.HTML, "itemtype")
		if slices.Contains(zone.DiscussionTypes, itemtype[strings.LastIndexByte(itemtype, '/')+1:]) {
			return true
		}
	}
	return false
}

// ownZone returns the zones of one element by its tag and attributes.
func (p *page) ownZone(i int32, n *block.Node) zone.Zone {
	var z zone.Zone
	switch n.Tag {
	case atom.Nav:
		z |= zone.Nav
	case atom.Form:
		z |= zone.Form
	case atom.Blockquote:
		z |= zone.Quote
	}
	for _, a := range n.HTML.Attr {
		switch a.Key {
		case "class":
			z |= p.Names.Of(a.Val, p.Names.Classes, i).Zone
		case "id":
			z |= p.Names.Of(a.Val, p.Names.Ids, i).Zone
		case "data-component", "data-testid":
			z |= zone.OfName(a.Val)
		case "role":
			switch a.Val {
			case "navigation":
				z |= zone.Nav
			case "search":
				z |= zone.Form
			case "tab":
				z |= zone.Tab
			}
		case "itemtype":
			switch a.Val[strings.LastIndexByte(a.Val, '/')+1:] {
			case "BreadcrumbList":
				z |= zone.Breadcrumb
			case "Comment", "UserComments":
				z |= zone.CommentType
			}
		case "itemprop":
			if a.Val == "comment" {
				z |= zone.Comments
			}
		}
	}
	return z
}

// findBlockZones computes the zones of blocks: those that contain all of a block's words. So the class of a dateline
// applies to the place name in it, but not to the sentence after it; a byline and a date in two elements make a byline.
func (p *page) findBlockZones() {
	p.blockZones = p.scratch().zones.Take(len(p.Blocks))
	for b := range p.Blocks {
		bl := &p.Blocks[b]
		all := p.zones[bl.First]
		for i := bl.First; i < bl.End && all != 0; i++ {
			n := &p.Tree.Nodes[i]
			if n.Form != block.Element && n.Block == int32(b) &&
				(n.Form != block.Text || strings.ContainsFunc(n.Text, text.IsWordRune)) {
				all &= p.zones[i]
			}
		}
		p.blockZones[b] = all
	}
}

// findHeadlines gives the kind Headline to blocks that repeat the page's headline.
func (p *page) findHeadlines() {
	for i := range p.Blocks {
		b := &p.Blocks[i]
		if (b.Kind == block.Heading || b.Kind == block.Paragraph && isShort(b)) && p.Folds[b.First] == 0 && p.isHeadline(b) {
			b.Kind = block.Headline
		}
	}
}
