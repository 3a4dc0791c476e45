package cleaner

import (
	"math/bits"
	"net/url"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/phrase"
	"github.com/dechaff/dechaff/cleaner/internal/zone"
)

// isDecoration recognizes pixels and icons by the size that their markup gives them.
func isDecoration(img *html.Node) bool {
	for _, key := range [...]string{"width", "height"} {
		switch dom.Attr(img, key) {
		case "0", "1", "2", "8", "10", "12", "14", "16", "18", "20", "24":
			return true
		}
	}
	return false
}

// shortPage is how many words a rule may take whatever its share: on a page of three sentences a
// headline is a large share.
const shortPage = 15

// zoneOf returns the zones of the boxes that hold the whole of a block.
func (p *page) zoneOf(b int) zone.Zone { return p.blockZones[b] }

// isShort reports whether a block is no longer than labels and links are.
func isShort(b *block.Block) bool { return b.Words <= 25 }

// boxWords counts for every node.
func (p *page) boxWords() []block.Count {
	boxes := p.scratch().boxes.Take(len(p.Tree.Nodes))
	for i := range p.Blocks {
		box := &boxes[p.Blocks[i].Elem]
		box.Words += p.Blocks[i].Words
		box.Links += p.Blocks[i].LinkWords
	}
	for i := len(boxes) - 1; i > 0; i-- {
		parent := &boxes[p.Tree.Nodes[i].Parent]
		parent.Words += boxes[i].Words
		parent.Links += boxes[i].Links
	}
	return boxes
}

// maxWordless is how many blocks without words may stand between two that are next to each other.
const maxWordless = 16

// nextBlock is the next block with words, -1 if there is none near.
func (p *page) nextBlock(b int) int {
	for next := b + 1; next < min(b+1+maxWordless, len(p.Blocks)); next++ {
		if p.Blocks[next].Words > 0 {
			return next
		}
	}
	return -1
}

// isOwnHost reports whether a reference stays on the page's host; one to a place in the page itself does not lead to
// another.
func (p *page) isOwnHost(href string) bool {
	href = strings.TrimSpace(href)
	if href == "" || href[0] == '#' {
		return false
	}
	if href[0] == '/' && (len(href) == 1 || href[1] != '/' && href[1] != '\\') && p.Doc.URL != nil && p.Doc.Base != nil &&
		p.Doc.Base.Host == p.Doc.URL.Host {
		return true
	}
	if host, ok := plainHost(href); ok && p.Doc.URL != nil {
		return strings.EqualFold(strings.TrimPrefix(host, "www."), strings.TrimPrefix(p.Doc.URL.Host, "www."))
	}
	abs, ok := p.Doc.Resolve(href)
	if !ok || p.Doc.URL == nil {
		return !strings.Contains(href, "://") && !strings.HasPrefix(href, "//")
	}
	u, err := url.Parse(abs)
	return err == nil && strings.EqualFold(strings.TrimPrefix(u.Host, "www."), strings.TrimPrefix(p.Doc.URL.Host, "www."))
}

// plainHost reads the host of an absolute address without anything special in it, which spares parsing it.
func plainHost(href string) (string, bool) {
	rest, ok := strings.CutPrefix(href, "https://")
	if !ok {
		if rest, ok = strings.CutPrefix(href, "http://"); !ok {
			return "", false
		}
	}
	for i := range len(rest) {
		switch c := rest[i]; {
		case c == '/' || c == '?' || c == '#':
			return rest[:i], i > 0
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', c == '.', c == '-':
		default:
			return "", false
		}
	}
	return rest, rest != ""
}

// isForum reports whether the page says, in JSON-LD, microdata, its address or its body's class, that it is a
// discussion or a question: what readers write is its content.
func (p *page) isForum() bool { return p.Forum }

// votedWords sums, for every node, the words that were voted for at or below it.
func (p *page) votedWords() []int32 {
	voted := p.scratch().Int32s.Take(len(p.Tree.Nodes))
	for i := range p.Blocks {
		if p.Votes[i] >= 0.5 {
			voted[p.Blocks[i].Elem] += p.Blocks[i].Words
		}
	}
	for i := len(voted) - 1; i > 0; i-- {
		voted[p.Tree.Nodes[i].Parent] += voted[i]
	}
	return voted
}

func visibleBytes(s string) int32 {
	n, i := 0, 0
	// Eight at a time: the high bit of a byte is set, or becomes set when 0x5F is added to the others.
	for ; i+8 <= len(s); i += 8 {
		const high = 0x8080808080808080
		w := uint64(s[i]) | uint64(s[i+1])<<8 | uint64(s[i+2])<<16 | uint64(s[i+3])<<24 |
			uint64(s[i+4])<<32 | uint64(s[i+5])<<40 | uint64(s[i+6])<<48 | uint64(s[i+7])<<56
		n += bits.OnesCount64((w&^high + 0x5F5F5F5F5F5F5F5F | w) & high)
	}
	for ; i < len(s); i++ {
		if s[i] > ' ' {
			n++
		}
	}
	return int32(n)
}

// neverVisible lists the elements whose text no browser shows when scripts run. Title is here because it
// stands in the head; svg's title does not reach this far, as drawings are leaves of the tree.
func neverVisible(tag atom.Atom) bool {
	switch tag {
	case atom.Script, atom.Style, atom.Template, atom.Noscript, atom.Head, atom.Title, atom.Noframes, atom.Noembed,
		atom.Datalist:
		return true
	}
	return false
}

// maxButtonWords is how many words a button's label has at most.
const maxButtonWords = 6

func (p *page) holds(i int32, tag atom.Atom) bool {
	for j := i; j < p.Tree.Nodes[i].End; j++ {
		if p.Tree.Nodes[j].Tag == tag {
			return true
		}
	}
	return false
}

// isHeadline reports whether a block says what the page calls its headline. A heading's word is enough; of
// other text only the title itself.
func (p *page) isHeadline(b *block.Block) bool {
	if b.Words == 0 || b.Words > 60 {
		return false
	}
	if p.Title.Folded == "" {
		p.Title = phrase.NewHeadline(p.Meta.Title)
	}
	if p.Title.Is(b.Text) {
		return true
	}
	if b.Kind != block.Heading || b.Level > 2 || b.Words < 3 {
		return false
	}
	for _, h := range p.Meta.Headlines {
		if phrase.SameHeadline(b.Text, h) {
			return true
		}
	}
	return false
}

// isProduct reports whether the page says that it sells one thing. In lists of things, what is said of each is part of
// the list, and elsewhere tabs hold what they like.
func (p *page) isProduct() bool {
	return (p.Meta.Product || p.Meta.Type == "product" || p.Meta.Type == "og:product") && !p.Meta.ListPage
}

// Bounds of the look below the headline: how many blocks, how long a block of text is, how many words are an article's,
// how large a share of them may be links.
const (
	belowHeadline  = 12
	minLeadWords   = 10
	minMissedWords = 30
	maxMissedLinks = 0.25
)

// maxHeadingGap is how many elements a heading may stand away from its section, counted up from the heading.
const maxHeadingGap = 4
