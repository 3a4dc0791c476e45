package cleaner

import (
	"net/url"
	"strings"

	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/judge"
	"github.com/dechaff/dechaff/cleaner/internal/zone"
)

// keptNodes turns verdicts on blocks into verdicts on leaves, by the page alone. An image is kept where the smallest
// box around it that holds text is mostly kept: it is removed with the teaser that it belongs to, and stays with the
// article.
func (p *page) keptNodes() []bool {
	nodes := p.Tree.Nodes
	keep := p.scratch().Bools.Take(len(nodes))
	all, kept := p.scratch().Int32s.Take(len(nodes)), p.scratch().Int32s.Take(len(nodes))
	for b := range p.Blocks {
		words := max(p.Blocks[b].Words, 1)
		all[p.Blocks[b].First] += words
		if p.verdicts[b].keptAlone() {
			kept[p.Blocks[b].First] += words
		}
	}
	for i := len(nodes) - 1; i > 0; i-- {
		all[nodes[i].Parent] += all[i]
		kept[nodes[i].Parent] += kept[i]
	}
	seen := make(map[string]bool)
	for i := range nodes {
		n := &nodes[i]
		switch {
		case p.marks[i] == markEmbed:
			if _, ok := p.embeds[int32(i)]; ok {
				keep[i] = p.keepsEmbed(int32(i), all, kept)
			}
		case p.marks[i] != unmarked || n.Form == block.Element:
		case n.Form == block.Image:
			if keep[i] = p.keepsImage(int32(i), all, kept); keep[i] && n.Tag == atom.Img {
				src := p.imageAddress(n.HTML) // a slider shows its pictures more than once
				keep[i] = src == "" || !seen[src]
				seen[src] = true
			}
		case n.Block != block.None:
			keep[i] = p.verdicts[n.Block].keptAlone()
		}
	}
	return keep
}

// besideText are the boxes whose pictures and frames are not the article's.
const besideText = zone.Share | zone.Related | zone.Comments | zone.ReplyForm | zone.AuthorBox | zone.Newsletter |
	zone.Ad | zone.Nav

func (p *page) keepsImage(i int32, all, kept []int32) bool {
	if isDecoration(p.Tree.Nodes[i].HTML) || p.isLogo(i) {
		return false
	}
	if figure := p.Tree.Ancestor(i, atom.Figure); figure != block.None && 2*kept[figure] > all[figure] {
		return true // with its caption
	}
	if p.zones[i]&besideText != 0 {
		return false
	}
	for at := i; at != block.None; at = p.Tree.Nodes[at].Parent {
		if p.Folds[at]&^judge.FoldAria != p.Folds[i]&^judge.FoldAria { // sliders hide their next pictures from screen readers
			return false // it is hidden with a box of no text
		}
		if all[at] > 0 {
			return 2*kept[at] > all[at]
		}
	}
	return false
}

// isLogo recognizes the picture that leads to the site's front page.
func (p *page) isLogo(i int32) bool {
	a := p.Tree.Ancestor(i, atom.A)
	if a == block.None {
		return false
	}
	href := strings.TrimSpace(dom.Attr(p.Tree.Nodes[a].HTML, "href"))
	if href == "/" {
		return true
	}
	abs, ok := p.Doc.Resolve(href)
	if !ok || p.Doc.URL == nil || !p.isOwnHost(href) {
		return false
	}
	u, err := url.Parse(abs)
	return err == nil && strings.Trim(u.Path, "/") == "" && u.RawQuery == "" && u.Fragment == ""
}
