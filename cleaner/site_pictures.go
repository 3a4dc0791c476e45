package cleaner

import (
	"fmt"

	"golang.org/x/net/html"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// leaveSiteOut clears p.keep for text and pictures that are repeated on other pages. Lines that the text rules remove
// without a Site stay removed. If those rules leave no article, leaveSiteOut changes nothing.
func (p *page) leaveSiteOut() {
	v := p.site
	if v == nil {
		return
	}
	var gone []int32
	for i := range p.Tree.Nodes {
		n := &p.Tree.Nodes[i]
		if !p.keep[i] || p.ruled.isRuledIn(int32(i)) {
			continue
		}
		if n.Form == block.Image && v.repeatsImage(int32(i)) {
			gone = append(gone, int32(i))
		} else if n.Form != block.Image && n.Block != block.None && !p.verdicts[n.Block].keep {
			gone = append(gone, int32(i))
		}
	}
	if len(gone) == 0 {
		return
	}
	alone := &Article{content: p.content(p.keep)}
	if !alone.dropChaffLines(nil, nil) {
		p.emptyAlone = p.ruled == nil
		return
	}
	p.siteLines = alone.Removed
	for _, i := range gone {
		p.keep[i] = false
		if n := &p.Tree.Nodes[i]; n.Form == block.Image {
			v.takePicture(i, p.imageAddress(n.HTML), n.HTML)
		}
	}
}

// takePicture records the removal of an image, in the form that Markdown shows.
func (v *siteView) takePicture(i int32, src string, n *html.Node) {
	if v.pictures == nil {
		v.pictures = make(map[int32]Removal)
	}
	v.pictures[i] = Removal{
		Rule: repeatedRule, Stage: siteStage, Reason: "a picture " + v.onPages(v.others(v.keys.images[i])),
		Text: fmt.Sprintf("![%s](%s)", text.FoldSpace(dom.Printable(dom.Attr(n, "alt"))), dom.Printable(src)),
	}
}

// maxCaptionGap is the maximum number of boxes around a caption that are searched for its picture.
const maxCaptionGap = 3

// losesPicture reports whether a caption is removed because all of its pictures are repeated on other pages. A caption
// that is repeated under a different picture stays.
func (p *page) losesPicture(b int) bool {
	at := p.Blocks[b].Elem
	for range maxCaptionGap {
		if at = p.Tree.Nodes[at].Parent; at == block.None {
			return false
		}
		pictures := 0
		for i := at; i < p.Tree.Nodes[at].End; i++ {
			switch n := &p.Tree.Nodes[i]; {
			case n.Form == block.Image:
				if !p.site.repeatsImage(i) {
					return false
				}
				pictures++
			case n.Form != block.Element && n.Block != block.None && p.Blocks[n.Block].Kind != block.Caption:
				return false
			}
		}
		if pictures > 0 {
			return true
		}
	}
	return false
}
