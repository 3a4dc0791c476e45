package cleaner

import (
	"strings"

	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// panelNames are parts of the class names of sections that the reader can fold, and of panels with a title.
var panelNames = []string{"toggle", "accordion", "collaps", "expand", "panel", "spoiler", "faq"}

// Limits of keepPanels.
const (
	leastPanel    = 0.15 // the minimum probability of each block
	maxAbovePanel = 4    // the maximum number of elements between a block and its panel
)

// keepPanels keeps lines of text without links between kept blocks if they are in panels or folded sections, whatever
// the judge says about their titles and texts. Few of the pages that the judge has learned from have them.
func (p *page) keepPanels() {
	for b := 1; b < len(p.Blocks); b++ {
		from := b
		for b < len(p.Blocks) && p.isDoubted(b) && p.isInPanel(b) {
			b++
		}
		if b < len(p.Blocks) && p.verdicts[from-1].keep && p.verdicts[b].keep {
			for ; from < b; from++ {
				p.verdicts[from] = verdict{keep: true}
			}
		}
	}
}

// isDoubted reports whether the judge dropped a block of text without links that is outside boxes for chaff, but was
// not sure of it.
func (p *page) isDoubted(b int) bool {
	bl := &p.Blocks[b]
	return p.verdicts[b].by == judgeRule && p.Probabilities[b] >= leastPanel && bl.LinkWords == 0 && bl.Words > 0 &&
		(bl.Kind == block.Paragraph || bl.Kind == block.Quote || bl.Level > 1) &&
		p.RawZones[bl.First]&notArticle == 0 && !p.IsFolded(b) && !p.isControl(b)
}

// isControl reports whether a block is in a link without an address or in a button, such as the line that opens the
// panel.
func (p *page) isControl(b int) bool {
	return p.Tree.Ancestor(p.Blocks[b].First, atom.A, atom.Button) != block.None
}

// isInPanel reports whether a panel with more than this block is not far above it.
func (p *page) isInPanel(b int) bool {
	at := p.Blocks[b].Elem
	for up := 0; up < maxAbovePanel && at != block.None; up++ {
		switch n := &p.Tree.Nodes[at]; {
		case n.Tag == atom.Body || n.Tag == atom.Article || n.Tag == atom.Main:
			return false
		case p.boxes[at].Words <= p.Blocks[b].Words: // quoteExpand is the class of a line that opens a quotation
		case n.Tag == atom.Details || text.ContainsAny(strings.ToLower(dom.Attr(n.HTML, "class")), panelNames):
			return true
		}
		at = p.Tree.Nodes[at].Parent
	}
	return false
}
