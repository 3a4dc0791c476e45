package cleaner

import (
	"strings"

	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/judge"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

var quoteRule = namedRule{
	decideStage, "repeated-quote", "a sentence of the text, set a second time in a quotation or an aside of its own",
}

const (
	minQuote       = 6 // minimum number of words of a quotation that is searched for in the text
	maxAttribution = 8 // maximum number of words in the line that names the person quoted
	maxQuotes      = 30
)

// dropQuotes drops quotations whose words are also in a kept paragraph. Many themes have no class name for pull quotes
// (for those that do, see matchPullQuote). The rule matches only quotations and asides that contain nothing else,
// because boxes of several lines are summaries and callouts. It leaves threads, in which a post quotes an earlier one,
// and compares the first maxQuotes quotations.
func (p *page) dropQuotes() {
	if p.Forum || p.KindOf(judge.KindForum) >= minForum {
		return
	}
	var texts []string // the folded letters of each kept paragraph, filled on first use
	compared := 0
	for b := range p.Blocks {
		box := p.loneQuotation(b)
		if box == block.None {
			continue
		}
		if compared++; compared > maxQuotes {
			return
		}
		if texts == nil {
			texts = p.keptTexts()
		}
		if !p.isInText(b, box, texts) {
			continue
		}
		for i := b; i <= min(b+1, len(p.Blocks)-1) && p.Tree.Contains(box, p.Blocks[i].Elem); i++ {
			if p.verdicts[i].keep {
				p.verdicts[i] = quoteRule.verdict()
			}
		}
	}
}

// loneQuotation returns the quotation or the aside around a kept block, with the figure around it, if the box contains
// nothing else except perhaps the name of the person quoted. Otherwise it returns None.
func (p *page) loneQuotation(b int) int32 {
	bl := &p.Blocks[b]
	if !p.verdicts[b].keep || bl.Words < minQuote || bl.Words > maxPullQuote || bl.LinkWords > 0 || bl.Level > 0 {
		return block.None
	}
	at, box := bl.Elem, block.None
	for range pullQuoteUp {
		if at == block.None {
			break
		}
		switch tag := p.Tree.Nodes[at].Tag; {
		case tag == atom.Blockquote || tag == atom.Aside || tag == atom.Q, tag == atom.Figure && box != block.None,
			tag == atom.Div && strings.Contains(dom.Attr(p.Tree.Nodes[at].HTML, "class"), "quote"):
			box = at
		}
		at = p.Tree.Nodes[at].Parent
	}
	if box == block.None || b > 0 && p.Tree.Contains(box, p.Blocks[b-1].Elem) {
		return block.None
	}
	if b+1 < len(p.Blocks) && p.Tree.Contains(box, p.Blocks[b+1].Elem) {
		next := &p.Blocks[b+1]
		if next.Words > maxAttribution || text.EndsSentence(next.Text) ||
			b+2 < len(p.Blocks) && p.Tree.Contains(box, p.Blocks[b+2].Elem) {
			return block.None
		}
	}
	return box
}

// keptTexts returns the folded letters of the kept paragraphs that are long enough to contain a quotation, by block.
func (p *page) keptTexts() []string {
	texts := make([]string, len(p.Blocks))
	for b := range p.Blocks {
		if bl := &p.Blocks[b]; p.verdicts[b].keep && bl.Kind == block.Paragraph && bl.Words >= minQuote {
			texts[b] = text.FoldLetters(bl.Text)
		}
	}
	return texts
}

// isInText reports whether one of the texts outside a box contains the words of block b.
func (p *page) isInText(b int, box int32, texts []string) bool {
	words := text.FoldLetters(p.Blocks[b].Text)
	for i, s := range texts {
		if len(s) >= len(words) && strings.Contains(s, words) && !p.Tree.Contains(box, p.Blocks[i].Elem) {
			return true
		}
	}
	return false
}
