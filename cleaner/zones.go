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

// maxZoneShare is the maximum share of the page's voted words that a box may contain for its class name or id to be
// trusted. For comments and reply forms, see proseAbove.commentShare.
const maxZoneShare = 0.35

// findZones computes the zones of every node. The class name and id of a box are ignored if the box contains too much
// of the voted text or, except for navigation, forms, quotes and bylines, the headline: themes put class names on whole
// pages.
func (p *page) findZones() {
	nodes := p.Tree.Nodes
	p.zones = p.scratch().zones.Take(len(nodes))
	voted := p.votedWords()
	above := proseAbove{page: p}
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
		if own != 0 && p.isNamedAfterHeading(int32(i)) {
			own &^= p.Names.Facts[p.Names.Ids[i]].Zone
		}
		if p.Forum {
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
		case own&(zone.Comments|zone.ReplyForm) != 0 && !p.holds(int32(i), atom.H1) &&
			share <= above.commentShare(int32(i), own):
			p.zones[i] |= own
		case share <= maxZoneShare && (own&^(zone.Nav|zone.Form|zone.Quote|zone.Byline) == 0 || !p.holds(int32(i), atom.H1)):
			p.zones[i] |= own
		}
	}
	p.findCommentSections()
	p.findBlockZones()
}

// minHeadingName is the minimum number of words of a heading for an id with the same words to be made from it. A
// shorter id, such as "related-posts", is a name that a developer gave.
const minHeadingName = 3

// isNamedAfterHeading reports whether an element's id consists of words of the heading at its beginning, as in
// <h2 id="what-is-social-media-marketing">. Such an id says nothing that the heading does not say.
func (p *page) isNamedAfterHeading(i int32) bool {
	if p.Names.Facts[p.Names.Ids[i]].Zone == 0 {
		return false
	}
	b := p.firstBlock(i)
	if b == len(p.Blocks) || p.Blocks[b].First >= p.Tree.Nodes[i].End || p.Blocks[b].Level == 0 ||
		p.Phrases[b] != phrase.None {
		return false
	}
	name := " " + text.FoldLetters(dom.Attr(p.Tree.Nodes[i].HTML, "id"))
	return strings.Count(name, " ") >= minHeadingName && strings.Contains(" "+text.FoldLetters(p.Blocks[b].Text), name)
}

// maxZoneWords is the maximum number of words in a box of a zone. A larger box contains something else, whatever its
// class name is.
var maxZoneWords = []struct {
	zone  zone.Zone
	words int32
}{{zone.Ad, 40}, {zone.Pager, 60}, {zone.Breadcrumb, 60}, {zone.Tags, 40}, {zone.Kicker, 20}}

// tooLarge returns the zones of a box that has too many words for them.
func (p *page) tooLarge(i int32, own zone.Zone) zone.Zone {
	var large zone.Zone
	for _, m := range maxZoneWords {
		if own&m.zone != 0 && p.boxes[i].Words > m.words {
			large |= m.zone
		}
	}
	return large
}

// maxReplyFormWords is the maximum number of words in a form with a text area for it to be a reply form. On old
// systems, the whole page is one form.
const maxReplyFormWords = 120

// maxFieldNodes is the maximum number of nodes, from a box down, that are searched for a field.
const maxFieldNodes = 400

// holdsField reports whether an input field for text is among the first maxFieldNodes nodes at or below node i.
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

// findBlockZones computes the zones of blocks. A block is in a zone if all its words are, though not necessarily in the
// same box: a byline and a date in two boxes of a byline are a byline. But the class of a dateline describes only the
// place name in a block and not the sentence after it.
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
