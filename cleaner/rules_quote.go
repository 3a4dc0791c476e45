package cleaner

import (
	"strings"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

const (
	maxPullQuote = 60 // maximum number of words of a block in a pull quote
	minPullQuote = 3  // minimum number of words of a block that is searched for outside the box
	pullQuoteUp  = 4  // elements that are checked for being the box, from the block's own element upward
)

// matchPullQuote recognizes a pull quote by the class of its box and by its words, which also occur outside the box.
// The rest of the box, such as a link to share it, is removed with it.
func matchPullQuote(p *page, b int) string {
	box := p.pullQuoteAround(b)
	if box == block.None || !p.isPullQuote(box) {
		return ""
	}
	return "inside a pull quote"
}

// maxPullQuotes is the maximum number of pull quotes of a page that are compared with its text.
const maxPullQuotes = 30

// isPullQuote reports whether the text of one of a box's blocks also occurs outside the box. It compares each box once,
// and reports false for boxes beyond the first maxPullQuotes.
func (p *page) isPullQuote(box int32) bool {
	said, known := p.pullQuotes[box]
	if known || len(p.pullQuotes) >= maxPullQuotes {
		return said
	}
	for i := range p.Blocks {
		if p.Tree.Contains(box, p.Blocks[i].Elem) && p.isSaidOutside(i, box) {
			said = true
			break
		}
	}
	if p.pullQuotes == nil {
		p.pullQuotes = make(map[int32]bool)
	}
	p.pullQuotes[box] = said
	return said
}

// pullQuoteAround returns the box of the pull quote that contains a block, or None if there is none nearby or the block
// has more than maxPullQuote words.
func (p *page) pullQuoteAround(b int) int32 {
	bl := &p.Blocks[b]
	if bl.Words > maxPullQuote {
		return block.None
	}
	at := bl.Elem
	for range pullQuoteUp {
		if at == block.None {
			break
		}
		if n := &p.Tree.Nodes[at]; n.Form == block.Element && p.Names.Facts[p.Names.Classes[at]].PullQuote {
			return at
		}
		at = p.Tree.Nodes[at].Parent
	}
	return block.None
}

// isSaidOutside reports whether block b has at least minPullQuote words and its text also occurs in a block outside the
// given box.
func (p *page) isSaidOutside(b int, box int32) bool {
	words := text.FoldLetters(p.Blocks[b].Text)
	if p.Blocks[b].Words < minPullQuote || words == "" {
		return false
	}
	for i := range p.Blocks {
		bl := &p.Blocks[i]
		if bl.Words >= p.Blocks[b].Words && !p.Tree.Contains(box, bl.Elem) && strings.Contains(text.FoldLetters(bl.Text),
			words) {
			return true
		}
	}
	return false
}
