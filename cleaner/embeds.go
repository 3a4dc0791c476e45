package cleaner

import (
	"strings"

	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/embed"
)

// findEmbeds finds the players, posts and frames that are of interest to readers, and the credit lines below them.
func (p *page) findEmbeds() {
	p.embeds = nil
	resolve := p.resolver()
	for i := 0; i < len(p.Tree.Nodes); i++ {
		n := &p.Tree.Nodes[i]
		if p.marks[i] != markEmbed || !embed.IsElement(n.Tag) {
			continue
		}
		if e, ok := embed.Of(n.HTML, resolve); ok {
			p.takeCredit(n.End, &e)
			if p.embeds == nil {
				p.embeds = make(map[int32]embed.Embed)
			}
			p.embeds[int32(i)] = e
		}
		i = int(n.End) - 1
	}
}

// takeCredit reads the line that a service writes below its player: "Title from Author on Vimeo", "Author · Title". All
// links in the line must lead to the service. The title and the author become part of the embed, and the line is
// dropped.
func (p *page) takeCredit(after int32, e *embed.Embed) {
	b := p.firstBlock(after)
	if b >= len(p.Blocks) || p.Blocks[b].Words > maxCreditWords || p.Blocks[b].First > after+maxCreditGap {
		return
	}
	var lines, addresses []string
	bl := &p.Blocks[b]
	for i := max(bl.Elem, after); i < p.Tree.Nodes[bl.Elem].End; i++ {
		n := &p.Tree.Nodes[i]
		if n.Tag != atom.A {
			continue
		}
		address, ok := p.Doc.Resolve(dom.Attr(n.HTML, "href"))
		if !ok || !embed.SameService(address, e.Address) {
			return
		}
		lines, addresses = append(lines, lineOf(n.HTML)), append(addresses, address)
	}
	if len(lines) < 2 {
		return
	}
	if strings.HasPrefix(e.What, "SoundCloud") { // the author comes first
		e.Author, e.Title, e.Address = lines[0], lines[1], addresses[1]
	} else {
		e.Title, e.Author = lines[0], lines[1]
		if e.What == "SlideShare slides" {
			e.Address = addresses[0]
		}
	}
	p.verdicts[b] = creditRule.verdict()
}

// maxCreditWords is the maximum number of words in the line below a player. maxCreditGap is the maximum number of nodes
// between the line and its player.
const maxCreditWords, maxCreditGap = 30, 12

// keepsEmbed reports whether an embed is in the article: most of the text around it, or its caption, is kept, and it is
// not in a zone outside the text.
func (p *page) keepsEmbed(i int32, w keptWords) bool {
	return p.zones[i]&besideText == 0 && (p.isAmidKept(i, w) || p.hasKeptCaption(i, w))
}

// hasKeptCaption reports whether node i is in a figure whose caption is kept. The figure may also have the labels of a
// player, which are not.
func (p *page) hasKeptCaption(i int32, w keptWords) bool {
	caption := p.captionOf(i)
	return caption != block.None && w.kept[caption] > 0
}

// quotedPostNames are the classes that services give to the blockquote of an embedded post.
var quotedPostNames = []string{
	"twitter-tweet",
	"twitter-video",
	"bluesky-embed",
	"instagram-media",
	"mastodon-post",
	"mastodon-embed",
	"fb-xfbml-parse-ignore",
	"reddit-embed-bq",
}

// keepPosts keeps embedded posts whole, with author and date, if the text around them is kept. Rules would mistake a
// post's last line for the article's byline or date.
func (p *page) keepPosts() {
	p.quotedPosts = nil
	for i := 0; i < len(p.Tree.Nodes); i++ {
		n := &p.Tree.Nodes[i]
		if n.Tag != atom.Blockquote || p.marks[i] != unmarked || !isQuotedPost(dom.Attr(n.HTML, "class")) {
			continue
		}
		first := p.firstBlock(int32(i))
		end := first
		for end < len(p.Blocks) && p.Blocks[end].First < n.End {
			end++
		}
		if first < end && p.isAmidText(first, end) && p.RawZones[i]&notArticle == 0 {
			p.keepPost(int32(i), first, end)
		}
		i = int(n.End) - 1
	}
}

// keepPost keeps the blocks of a post. If less than half of the post's words were kept before, it is shown like a
// picture: it is not part of the text.
func (p *page) keepPost(i int32, first, end int) {
	words, kept := int32(0), int32(0)
	for b := first; b < end; b++ {
		words += p.Blocks[b].Words
		if p.verdicts[b].keep {
			kept += p.Blocks[b].Words
		}
		p.verdicts[b] = verdict{keep: true}
	}
	if 2*kept < words {
		if p.quotedPosts == nil {
			p.quotedPosts = make(map[int32]bool)
		}
		p.quotedPosts[i] = true
	}
}

func isQuotedPost(class string) bool {
	for _, name := range quotedPostNames {
		if dom.HasToken(class, name) {
			return true
		}
	}
	return false
}

// isAmidText reports whether a range of blocks is next to kept text: the nearest block with several words before it, or
// the nearest one after it, is kept.
func (p *page) isAmidText(first, end int) bool {
	return p.isTextNear(first-1, -1) || p.isTextNear(end, 1)
}

// isTextNear reports whether the first block with several words, starting at b and moving by step, is kept. It reports
// false if maxPostDistance blocks contain no such block.
func (p *page) isTextNear(b, step int) bool {
	for range maxPostDistance {
		if b < 0 || b >= len(p.Blocks) {
			return false
		}
		if p.Blocks[b].Words >= minPostNeighbor {
			return p.verdicts[b].keep
		}
		b += step
	}
	return false
}

// maxPostDistance is how many blocks on each side of a post are examined.
const maxPostDistance = 6

// minPostNeighbor is the minimum number of words in a block that shows whether a post near it is in the text.
const minPostNeighbor = 8
