package cleaner

import (
	"strings"

	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

var quoteRule = namedRule{decideStage, "pull-quote", "a sentence of the text, set a second time in a box of its own"}

const (
	minPullQuote   = 3  // minimum number of words that are searched for in the text, if the class names a pull quote
	minQuote       = 6  // minimum number of words that are searched for if no class does
	maxPullQuote   = 60 // maximum number of words of a block in a pull quote
	pullQuoteUp    = 4  // elements that are checked for being the box, from the block's own element upward
	maxAttribution = 8  // maximum number of words in the line that names the person quoted
	maxPullQuotes  = 30 // maximum number of boxes that are compared with the text
)

// dropPullQuotes drops boxes that are perhaps pull quotes and whose words are also in a kept paragraph.
func (p *page) dropPullQuotes() {
	var texts []string // the folded letters of each kept paragraph, filled on first use
	compared := 0
	for b := 0; b < len(p.Blocks) && compared < maxPullQuotes; b++ {
		box, least, end := p.pullQuoteAt(b)
		if box == block.None {
			continue
		}
		if compared++; texts == nil {
			texts = p.keptTexts()
		}
		for said := b; said < end; said++ {
			if p.Blocks[said].Words >= least && p.isInText(said, box, texts) {
				p.dropAll(b, end, quoteRule)
				break
			}
		}
		b = end - 1
	}
}

// dropAll drops the kept blocks from b up to, but not including, end.
func (p *page) dropAll(b, end int, by namedRule) {
	for ; b < end; b++ {
		if p.verdicts[b].keep {
			p.verdicts[b] = by.verdict()
		}
	}
}

// pullQuoteAt returns the box that is perhaps a pull quote and whose first kept block is b, or None. The result least
// is the minimum number of words that must also be in the text. end is the end of the box's blocks.
//
// Many themes have no class name for pull quotes. Then the box must be a quotation or an aside with nothing else except
// perhaps the name of the person quoted, because boxes of several lines are summaries and callouts. In a thread, such a
// box quotes an earlier post.
func (p *page) pullQuoteAt(b int) (box int32, least int32, end int) {
	if !p.verdicts[b].keep || p.Blocks[b].Words > maxPullQuote {
		return block.None, 0, 0
	}
	if box = p.namedPullQuote(b); box != block.None {
		for end = b; end < len(p.Blocks) && p.Tree.Contains(box, p.Blocks[end].Elem) && p.Blocks[end].Words <= maxPullQuote; {
			end++
		}
		return box, minPullQuote, end
	}
	if p.isForumLike() {
		return block.None, 0, 0
	}
	box, end = p.loneQuotation(b)
	return box, minQuote, end
}

// namedPullQuote returns the box around a block whose class names a pull quote, or None if there is none nearby.
func (p *page) namedPullQuote(b int) int32 {
	at := p.Blocks[b].Elem
	for up := 0; up < pullQuoteUp && at != block.None; up++ {
		if p.Names.Facts[p.Names.Classes[at]].PullQuote {
			return at
		}
		at = p.Tree.Nodes[at].Parent
	}
	return block.None
}

// loneQuotation returns the quotation or the aside around a block, with the figure around it, if the box contains
// nothing else except perhaps the name of the person quoted. Otherwise it returns None.
func (p *page) loneQuotation(b int) (box int32, end int) {
	bl := &p.Blocks[b]
	if bl.Words < minQuote || bl.LinkWords > 0 || bl.Level > 0 {
		return block.None, 0
	}
	box = block.None
	at := bl.Elem
	for up := 0; up < pullQuoteUp && at != block.None; up++ {
		switch tag := p.Tree.Nodes[at].Tag; {
		case tag == atom.Blockquote || tag == atom.Aside, tag == atom.Figure && box != block.None,
			tag == atom.Div && strings.Contains(dom.Attr(p.Tree.Nodes[at].HTML, "class"), "quote"):
			box = at
		}
		at = p.Tree.Nodes[at].Parent
	}
	isIn := func(i int) bool { return i >= 0 && i < len(p.Blocks) && p.Tree.Contains(box, p.Blocks[i].Elem) }
	switch {
	case box == block.None || isIn(b-1):
		return block.None, 0
	case !isIn(b + 1):
		return box, b + 1
	case p.Blocks[b+1].Words > maxAttribution || text.EndsSentence(p.Blocks[b+1].Text) || isIn(b+2):
		return block.None, 0
	}
	return box, b + 2
}

// keptTexts returns the folded letters of the kept paragraphs that are long enough to contain a quotation, by block.
func (p *page) keptTexts() []string {
	texts := make([]string, len(p.Blocks))
	for b := range p.Blocks {
		if bl := &p.Blocks[b]; p.verdicts[b].keep && bl.Kind == block.Paragraph && bl.Words >= minPullQuote {
			texts[b] = text.FoldLetters(bl.Text)
		}
	}
	return texts
}

// isInText reports whether one of the texts outside a box contains the words of block b.
func (p *page) isInText(b int, box int32, texts []string) bool {
	words := text.FoldLetters(p.Blocks[b].Text)
	for i, s := range texts {
		if words != "" && len(s) >= len(words) && strings.Contains(s, words) && !p.Tree.Contains(box, p.Blocks[i].Elem) {
			return true
		}
	}
	return false
}
