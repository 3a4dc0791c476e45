package region

import (
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/dom"
)

// facts are sums over a node and its descendants: lengths of text in characters, with white space collapsed, and counts
// of elements.
type facts struct {
	chars, commas int32
	// links is the length of the text in links, in tenths of a character. The text of a link within the page counts for
	// three tenths of its length.
	links int32
	// headings and lists are the lengths of the text in headings and of the text in lists.
	headings, lists int32
	paragraphs      int32
	images, items   int32
	inputs, embeds  int32
	videos          int32
}

func (f *facts) add(g *facts, sign int32) {
	f.chars += sign * g.chars
	f.commas += sign * g.commas
	f.links += sign * g.links
	f.headings += sign * g.headings
	f.lists += sign * g.lists
	f.paragraphs += sign * g.paragraphs
	f.images += sign * g.images
	f.items += sign * g.items
	f.inputs += sign * g.inputs
	f.embeds += sign * g.embeds
	f.videos += sign * g.videos
}

// linkDensity is the share of the text that is in links, 0 to 1.
func (f *facts) linkDensity() float64 {
	if f.chars == 0 {
		return 0
	}
	return float64(f.links) / (10 * float64(f.chars))
}

// textLength counts a text's characters and commas. White space at the ends does not count, and any other run of white
// space counts as one character.
func textLength(s string) (chars, commas int32) {
	words, space := int32(0), int32(1) // space is 1 at the start and after white space
	for i := range len(s) {
		c := s[i]
		if c >= utf8.RuneSelf {
			return unicodeLength(s)
		}
		after := spaces[c]
		chars += 1 - after
		words += space &^ after
		space = after
		if c == ',' {
			commas++
		}
	}
	return chars + max(words-1, 0), commas
}

// spaces has a 1 for each ASCII character that is white space in HTML.
var spaces = [utf8.RuneSelf]int32{' ': 1, '\t': 1, '\n': 1, '\r': 1, '\f': 1}

// unicodeLength is textLength for texts with characters beyond ASCII.
func unicodeLength(s string) (chars, commas int32) {
	space := false
	for i := 0; i < len(s); {
		switch c := s[i]; {
		case ' ' < c && c < utf8.RuneSelf:
			if c == ',' {
				commas++
			}
			i++
		case c < utf8.RuneSelf && spaces[c] == 1:
			space = true
			i++
			continue
		default:
			r, size := utf8.DecodeRuneInString(s[i:])
			switch r {
			case '،', '﹐', '︐', '︑', '⹁', '⸴', '⸲', '，':
				commas++
			}
			i += size
		}
		if space && chars > 0 {
			chars++
		}
		chars++
		space = false
	}
	return chars, commas
}

// videoHosts are the hosts of video players, which Readability keeps.
var videoHosts = []string{
	"dailymotion.com", "youtube.com", "youtube-nocookie.com", "player.vimeo.com", "v.qq.com", "archive.org",
	"upload.wikimedia.org", "player.twitch.tv",
}

// ownFacts returns the facts of a node without its descendants.
func (f *finder) ownFacts(i int32) (own facts) {
	n := &f.tree.Nodes[i]
	switch n.Form {
	case block.Text, block.Formula, block.Glyph:
		own.chars, own.commas = textLength(n.Text)
		return own
	case block.Image:
		own.images = 1
		return own
	case block.Element:
	}
	switch n.Tag {
	case atom.Li:
		own.items = 1
	case atom.Input:
		own.inputs = 1
	case atom.Object, atom.Embed, atom.Iframe:
		own.embeds = 1
		for _, a := range n.HTML.Attr {
			if strings.Contains(a.Val, "//") && isVideo(a.Val) {
				own.videos = 1
			}
		}
	}
	return own
}

// sum computes the facts of all nodes that are not removed, from the leaves up.
func (f *finder) sum() {
	nodes := f.tree.Nodes
	for i := range f.facts {
		if f.removed[i] {
			f.facts[i] = facts{}
			continue
		}
		f.facts[i] = f.own[i]
	}
	for b := range f.blocks {
		if at := f.starts[b]; at != block.None && !f.removed[at] {
			f.facts[at].paragraphs++
		}
	}
	for i := int32(len(nodes) - 1); i > 0; i-- {
		if f.removed[i] {
			continue
		}
		s, around := &f.facts[i], &f.facts[nodes[i].Parent]
		if nodes[i].Form == block.Text { // half of the nodes; they have no other facts
			around.chars += s.chars
			around.commas += s.commas
			continue
		}
		switch nodes[i].Tag {
		case atom.A:
			s.links = 10 * s.chars
			if href := dom.Attr(nodes[i].HTML, "href"); len(href) > 1 && href[0] == '#' {
				s.links = 3 * s.chars
			}
		case atom.Ul, atom.Ol:
			s.lists = s.chars
		case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
			s.headings = s.chars
		}
		around.add(s, 1)
	}
}

func isVideo(address string) bool {
	return slices.ContainsFunc(videoHosts, func(host string) bool { return strings.Contains(address, host) })
}
