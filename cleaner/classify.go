package cleaner

import (
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/phrase"
	"github.com/dechaff/dechaff/cleaner/internal/text"
	"github.com/dechaff/dechaff/cleaner/internal/zone"
)

// classify determines what words and class names alone indicate: whether the page is a forum, the phrases of each
// block, the headlines, the captions of a picture story, and the zones of elements.
func (p *page) classify() {
	p.boxes = p.boxWords()
	p.Forum = p.saysForum()
	p.Phrases = p.scratch().phrases.Take(len(p.Blocks))
	for b := range p.Blocks {
		if p.isStoppedAt(b) {
			return
		}
		p.Phrases[b] = phrase.Match(p.Blocks[b].Text)
	}
	p.findHeadlines()
	p.readPictureStory()
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

func (p *page) saysForum() bool {
	if p.Meta.Discussion || p.Names.Discussion || zone.IsForumURL(p.Doc.Address()) {
		return true
	}
	for i := range p.Tree.Nodes {
		if n := &p.Tree.Nodes[i]; n.Tag == atom.Body {
			return zone.IsForumBody(dom.Attr(n.HTML, "class")) || p.isInForumBox(int32(i))
		}
	}
	return false
}

// isInForumBox reports whether a box with most of the words of the body that are not in links is named like a thread or
// a ticket.
func (p *page) isInForumBox(body int32) bool {
	wordsIn := func(i int32) int32 { return p.boxes[i].Words - p.boxes[i].Links }
	for at, next := body, block.None; ; at, next = next, block.None {
		for i := at + 1; i < p.Tree.Nodes[at].End; i = p.Tree.Nodes[i].End {
			if p.Tree.Nodes[i].Form == block.Element && 2*wordsIn(i) > wordsIn(body) {
				next = i
				break
			}
		}
		if next == block.None {
			return false
		}
		n := p.Tree.Nodes[next].HTML
		if zone.IsForumBox(dom.Attr(n, "class"), dom.Attr(n, "id")) {
			return true
		}
	}
}

// ownZone returns the zone that an element's tag and attributes indicate, without regard to the elements around it.
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
	for k := range n.HTML.Attr {
		switch a := &n.HTML.Attr[k]; a.Key {
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
			switch text.AfterSlash(a.Val) {
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
