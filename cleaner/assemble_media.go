package cleaner

import (
	"strings"

	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/drawing"
	"github.com/dechaff/dechaff/cleaner/internal/embed"
)

// The rules under which Removed lists pictures, players and frames, drawings, and the credit lines of players.
var (
	pictureRule = namedRule{decideStage, "picture", "a picture outside the article's text"}
	embedRule   = namedRule{
		decideStage, "embed",
		"a player or a frame that is outside the article's text or is not content",
	}
	drawingRule = namedRule{
		decideStage, "drawing",
		"an SVG drawing that is too large or has no colors of its own; the text is its name and its labels",
	}
	creditRule = namedRule{
		decideStage, "embed-credit",
		"the credit line of a player: its title and its author, which are already in its link",
	}
)

// A mediaReport finds the pictures, frames and drawings of a page that are not in the article. It reports each address
// once.
type mediaReport struct {
	*page
	seen map[string]bool
}

// newMediaReport returns a report that excludes the pictures in the article.
func (p *page) newMediaReport() mediaReport {
	r := mediaReport{p, make(map[string]bool)}
	for i := range p.Tree.Nodes {
		if n := &p.Tree.Nodes[i]; n.Form == block.Image && p.keep[i] {
			r.seen[p.imageSource(n.HTML)] = true
		}
	}
	return r
}

// leftOutAt returns the removal for a picture, a frame or a text whose block is kept, if it is not in the article.
func (r mediaReport) leftOutAt(i int32) (Removal, bool) {
	if removal, ok := r.site.tookPicture(i); ok {
		return removal, true
	}
	if removal, ok := r.leftOut(i); ok {
		return r.ruledMedia(i, removal), true
	}
	return r.ruledOut(i)
}

// leftOut returns the removal for a node if it is a picture, a frame or a drawing that is not in the article. Icons,
// pictures without an address of their own (data:) and invisible elements are not reported.
func (r mediaReport) leftOut(i int32) (Removal, bool) {
	n := &r.Tree.Nodes[i]
	switch {
	case n.Tag == atom.Svg && n.Form == block.Image && r.keep[i]: // kept, but the article cannot show every drawing
		sketch := drawing.Read(n.HTML)
		if words := sketch.Words(); words != "" && !(sketch.IsShown() && drawing.Address(n.HTML) != "") {
			return drawingRule.removal(words), true
		}
	case r.keep[i]:
	case n.Tag == atom.Img && n.Form == block.Image && r.marks[i] == unmarked && r.Folds[i] == 0 && !isDecoration(n.HTML):
		address := r.imageSource(n.HTML)
		if address == "" || r.seen[address] || strings.HasPrefix(address, "data:") {
			break
		}
		r.seen[address] = true
		return pictureRule.removal(strings.TrimSpace(dom.Attr(n.HTML, "alt") + " " + address)), true
	case r.marks[i] == markEmbed && embed.IsElement(n.Tag):
		label := embed.Source(n.HTML, r.Doc.Resolve)
		if e, ok := r.embeds[i]; ok {
			label = e.Label() + " " + e.Address
		}
		if label == "" || r.seen[label] {
			break
		}
		r.seen[label] = true
		return embedRule.removal(label), true
	}
	return Removal{}, false
}
