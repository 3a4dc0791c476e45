package cleaner

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/content"
	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/judge"
	"github.com/dechaff/dechaff/cleaner/internal/phrase"
	"github.com/dechaff/dechaff/cleaner/internal/zone"
)

// keptNodes returns for each node whether it is in the article, without regard to other pages of the host. Text follows
// the verdict on its block. Usually, an image is kept if most words in the smallest enclosing box that has text are
// kept (see keepsImage). So a teaser's image is dropped with the teaser, and an article's image stays. Repeated images
// and embeds are kept once.
func (p *page) keptNodes() []bool {
	nodes := p.Tree.Nodes
	keep := p.scratch().Bools.Take(len(nodes))
	w := p.weighKept()
	seen := make(map[string]bool)
	for i := range nodes {
		n := &nodes[i]
		ruled, isRuled := p.keepsLeaf(int32(i))
		switch {
		case p.marks[i] == markEmbed:
			if e, ok := p.embeds[int32(i)]; ok && !seen[e.Address] {
				keep[i] = ruled || !isRuled && p.keepsEmbed(int32(i), w)
				seen[e.Address] = keep[i]
			}
		case p.marks[i] != unmarked || n.Form == block.Element:
		case n.Form == block.Image:
			if keep[i] = ruled || !isRuled && p.keepsImage(int32(i), w); keep[i] && n.Tag == atom.Img {
				src := p.imageSource(n.HTML) // a slider shows its pictures more than once
				keep[i] = src == "" || !seen[src]
				seen[src] = true
			}
		case n.Block != block.None:
			keep[i] = p.verdicts[n.Block].keptAlone() && !p.ruled.isRuledOut(int32(i), n.Block)
		}
	}
	return keep
}

// keptWords counts words at or below each node.
type keptWords struct {
	// headline counts the words of repeated headlines, kickers and breadcrumbs. fields counts the words of bylines,
	// date lines, reading times and share buttons. all counts all other words, but not the counters of sliders, the hints
	// how to enlarge a picture, and repeated captions. kept counts the words that are in the article.
	all, kept, headline, fields []int32
	// The nodes in [from, to) are those between the first and the last paragraph that is kept.
	from, to int32
}

// minParagraph is the minimum number of words in a paragraph at which the text begins or ends.
const minParagraph = 4

func (p *page) weighKept() keptWords {
	take := func() []int32 { return p.scratch().Int32s.Take(len(p.Tree.Nodes)) }
	w := keptWords{all: take(), kept: take(), headline: take(), fields: take(), from: int32(len(p.Tree.Nodes))}
	for b := range p.Blocks {
		first, words := p.Blocks[b].First, max(p.Blocks[b].Words, 1)
		switch v := &p.verdicts[b]; {
		case v.keptAlone():
			w.all[first] += words
			w.kept[first] += words
			if words >= minParagraph && p.Blocks[b].Kind != block.Caption {
				w.from, w.to = min(w.from, first), p.Blocks[b].End
			}
		case v.by == "headline-repeated" || v.by == "kicker" || v.by == "breadcrumb":
			w.headline[first] += words
		case v.by == "byline" || v.by == "date-line" || v.by == "reading-time" || v.by == "share-row":
			w.fields[first] += words
		case v.by == repeatRule.name && p.Blocks[b].Kind == block.Caption: // its picture may have the other copy
		case !isCounter(p.Blocks[b].Text) && !phrase.IsPictureHint(p.Blocks[b].Text):
			w.all[first] += words
		}
	}
	for _, words := range [...][]int32{w.all, w.kept, w.headline, w.fields} {
		block.AddUp(p.Tree, words)
	}
	return w
}

// isCounter reports whether a line says which of a slider's pictures is shown: "1 / 12".
func isCounter(line string) bool {
	at, all, found := strings.Cut(line, "/")
	if !found {
		return false
	}
	_, err := strconv.Atoi(strings.TrimSpace(at))
	_, err2 := strconv.Atoi(strings.TrimSpace(all))
	return err == nil && err2 == nil
}

// isAmidKept reports whether the text around node i is kept: most words in the smallest enclosing box that has text.
// Words that keptWords counts in its fields headline and fields are not text, and neither are words in the picture's
// link to its own file, such as the file's name and size. A picture in a box with a byline or similar words, but with
// neither text nor a headline, is the author's portrait and not part of the article.
func (p *page) isAmidKept(i int32, w keptWords) bool {
	all, kept := p.wordsOfLink(i, w)
	for at := i; at != block.None; at = p.Tree.Nodes[at].Parent {
		if p.Folds[at]&^judge.FoldAria != p.Folds[i]&^judge.FoldAria { // sliders hide the next pictures from screen readers
			return false // the node is in a hidden box without text
		}
		if w.all[at] > all {
			return 2*(w.kept[at]-kept) > w.all[at]-all
		}
		if w.fields[at] > 0 && w.headline[at] == 0 {
			return false
		}
	}
	return false
}

// wordsOfLink returns the number of words in the link around a picture that leads to the picture's own file, and how
// many of them are kept. Without such a link, both are 0.
func (p *page) wordsOfLink(i int32, w keptWords) (all, kept int32) {
	a := p.Tree.Ancestor(i, atom.A)
	if a == block.None || !content.LeadsToPicture(dom.Attr(p.Tree.Nodes[a].HTML, "href")) {
		return 0, 0
	}
	return w.all[a], w.kept[a]
}

// besideText are the zones whose pictures and frames are not part of the article.
const besideText = zone.Share | zone.Related | zone.Comments | zone.ReplyForm | zone.AuthorBox | zone.Newsletter |
	zone.Ad | zone.Nav

// keepsImage reports whether an image is part of the article: it is amid kept text, or in a figure whose caption is
// kept, and it is not a decoration, the site's logo or an author's portrait.
func (p *page) keepsImage(i int32, w keptWords) bool {
	figure := p.Tree.Ancestor(i, atom.Figure)
	isCaptioned := figure != block.None && 2*w.kept[figure] > w.all[figure]
	if !isCaptioned && (p.zones[i]&besideText != 0 || !p.isAmidKept(i, w)) {
		return false
	}
	n := p.Tree.Nodes[i].HTML
	return !isDecoration(n) && !p.isLogo(i) && !p.isPortrait(n) && (isCaptioned || !p.isFurniture(i, w))
}

// isPortrait reports whether a picture shows an author: its class names say so, or its alternative text is the name of
// one of the page's authors.
func (p *page) isPortrait(img *html.Node) bool {
	class := strings.ToLower(dom.Attr(img, "class"))
	if strings.Contains(class, "avatar") || strings.Contains(class, "author") || strings.Contains(class, "byline") {
		return true
	}
	alt := strings.TrimSpace(dom.Attr(img, "alt"))
	isAlt := func(author string) bool { return strings.EqualFold(author, alt) }
	return alt != "" && slices.ContainsFunc(p.Meta.Authors, isAlt)
}

// isLogo reports whether a picture is a link to the site's front page.
func (p *page) isLogo(i int32) bool {
	a := p.Tree.Ancestor(i, atom.A)
	if a == block.None {
		return false
	}
	href := strings.TrimSpace(dom.Attr(p.Tree.Nodes[a].HTML, "href"))
	abs, ok := p.Doc.Resolve(href)
	if !ok || !p.isOwnHost(href) {
		return href == "/"
	}
	u, err := url.Parse(abs)
	return err == nil && strings.Trim(u.Path, "/") == "" && u.RawQuery == ""
}
