package cleaner

import (
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/block"
)

var repeatRule = namedRule{
	decideStage, "repeated-text",
	"a copy of blocks that are further up, such as a box for narrow screens or a slide that was copied",
}

// A run of blocks is a copy only if it has at least minRun blocks, and if one of them has at least minRepeat words.
// Single lines, such as the features of several offers and the refrain of a song, may be repeated on purpose.
const minRun, minRepeat = 2, 20

// maxShortRun is the maximum number of shorter blocks before the one with minRepeat words. Without a maximum, a page of
// equal lines would take quadratic time.
const maxShortRun = 16

// dropRepeats drops runs of kept blocks that are equal to kept blocks further up, in the same order but in another box:
// within a box, the author repeats them. It leaves threads, in which a post may quote another one.
func (p *page) dropRepeats() {
	if p.isForumLike() {
		return
	}
	var kept []int // the kept blocks
	for b := range p.Blocks {
		if p.verdicts[b].keep {
			kept = append(kept, b)
		}
	}
	first := make(map[string]int, len(kept)) // the first place of each text in kept
	for k := 0; k < len(kept); k++ {
		if k > 0 && p.repeatsCaption(kept[k-1], kept[k]) {
			p.verdicts[kept[k]] = repeatRule.verdict()
			continue
		}
		text := p.Blocks[kept[k]].Text
		from, known := first[text]
		if !known {
			first[text] = k
			continue
		}
		if p.boxOf(kept[from]) == p.boxOf(kept[k]) {
			continue
		}
		n, isLong := p.copiedRun(kept, from, k)
		if n < minRun || !isLong {
			continue
		}
		for _, b := range kept[k : k+n] {
			p.verdicts[b] = repeatRule.verdict()
		}
		k += n - 1
	}
}

// copiedRun returns the number of blocks from place k of kept that are equal to those from an earlier place, and
// whether one of them is a long paragraph.
func (p *page) copiedRun(kept []int, from, k int) (n int, isLong bool) {
	for ; k+n < len(kept) && from+n < k && p.Blocks[kept[from+n]].Text == p.Blocks[kept[k+n]].Text; n++ {
		bl := &p.Blocks[kept[k+n]]
		if isLong = isLong || bl.Kind == block.Paragraph && bl.Words >= minRepeat; !isLong && n >= maxShortRun {
			break
		}
	}
	return n, isLong
}

// repeatsCaption reports whether a caption is equal to the caption before it, and does not have a picture of its own:
// some pages have each picture twice, for wide and for narrow windows.
func (p *page) repeatsCaption(before, b int) bool {
	first, second := &p.Blocks[before], &p.Blocks[b]
	if first.Kind != block.Caption || second.Kind != block.Caption || first.Text != second.Text {
		return false
	}
	shown := make(map[string]bool)
	if figure := p.Tree.Ancestor(first.Elem, atom.Figure); figure != block.None &&
		p.Tree.Nodes[figure].End-figure <= maxFigureNodes {
		for i := figure; i < first.First; i++ {
			if n := &p.Tree.Nodes[i]; n.Tag == atom.Img {
				shown[p.imageSource(n.HTML)] = true
			}
		}
	}
	for i := first.End; i < second.First; i++ {
		n := &p.Tree.Nodes[i]
		if p.marks[i] == markEmbed || n.Form == block.Image && n.Tag != atom.Img {
			return false
		}
		if n.Tag == atom.Img {
			if src := p.imageSource(n.HTML); src != "" && !shown[src] {
				return false
			}
		}
	}
	return true
}

// boxOf returns the parent of a block's element.
func (p *page) boxOf(b int) int32 { return p.Tree.Nodes[p.Blocks[b].Elem].Parent }
