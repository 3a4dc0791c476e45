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
	leastPanel    = 0.15 // the minimum probability of each block in a panel
	minPanelText  = 8    // the minimum number of words of the longest block in a panel
	maxPanel      = 12   // the maximum number of blocks in a panel
	maxAbovePanel = 4    // the maximum number of elements between a block and its panel
)

// keepPanels keeps the panels and folded sections amid the text, whatever the judge says about their titles and texts,
// if they have neither links nor other chaff. Few of the pages that the judge has learned from have them.
func (p *page) keepPanels() {
	for b := 1; b < len(p.Blocks) && p.judged; b++ {
		if !p.isDoubted(b) {
			continue
		}
		if box := p.panelOf(b); box != block.None {
			b = p.keepPanel(b, box)
		}
	}
}

// keepPanel keeps the doubted blocks of a panel if it is amid kept text. It returns the panel's last block. Block b is
// the first one in the panel that is doubted.
func (p *page) keepPanel(b int, box int32) (last int) {
	from, longest := b, int32(0)
	for from > 0 && p.Tree.Contains(box, p.Blocks[from-1].Elem) {
		from--
	}
	isText, to := true, from
	for ; to < len(p.Blocks) && p.Tree.Contains(box, p.Blocks[to].Elem); to++ {
		isText = isText && (p.verdicts[to].keep || p.isDoubted(to) && p.Probabilities[to] >= leastPanel)
		longest = max(longest, p.Blocks[to].Words)
	}
	if isText && longest >= minPanelText && to-from <= maxPanel && from > 0 && p.verdicts[from-1].keep &&
		to < len(p.Blocks) && p.verdicts[to].keep {
		for i := from; i < to; i++ {
			p.verdicts[i] = verdict{keep: true}
		}
	}
	return max(b, to-1)
}

// isDoubted reports whether the judge dropped a block of text without links that is outside boxes for chaff.
func (p *page) isDoubted(b int) bool {
	bl, v := &p.Blocks[b], &p.verdicts[b]
	if v.keep || v.stage != judgeStage || v.by != judgeRule || bl.LinkWords > 0 || bl.Words == 0 {
		return false
	}
	isText := bl.Kind == block.Paragraph || bl.Kind == block.Heading && bl.Level > 1 || bl.Kind == block.Quote
	return isText && !p.IsFolded(b) && p.RawZones[bl.First]&notArticle == 0
}

// panelOf returns the outermost panel not far above a block, or None.
func (p *page) panelOf(b int) int32 {
	panel, at := block.None, p.Blocks[b].Elem
	for range maxAbovePanel {
		if at == block.None || p.Tree.Nodes[at].HTML == nil {
			break
		}
		n := p.Tree.Nodes[at].HTML
		if n.DataAtom == atom.Body || n.DataAtom == atom.Article || n.DataAtom == atom.Main {
			break
		}
		if n.DataAtom == atom.Details || text.ContainsAny(strings.ToLower(dom.Attr(n, "class")), panelNames) {
			panel = at
		}
		at = p.Tree.Nodes[at].Parent
	}
	return panel
}
