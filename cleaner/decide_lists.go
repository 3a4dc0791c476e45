package cleaner

import (
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/block"
)

// keepLists keeps lists without links, and their headings, whatever the judge or the extractor says, if they are in a
// box with kept text above, and have kept text below or end the box. Short items say little by themselves, and
// navigation has links. With judges that had not seen the pages, 31 pages of the corpus mixed gain, and one loses
// .0005.
func (p *page) keepLists() {
	for from := 1; from < len(p.Blocks); from++ {
		to, box := p.plainListAt(from)
		if to == from {
			continue
		}
		if box != block.None && p.isKeptIn(from-1, box) &&
			(to >= len(p.Blocks) || !p.Tree.Contains(box, p.Blocks[to].Elem) || p.isKeptIn(to, box)) {
			for b := from; b < to; b++ {
				p.verdicts[b] = verdict{keep: true}
			}
		}
		from = to
	}
}

// plainListAt returns the end of the run of items and headings without links that no rule dropped, from block b on, and
// the box of their lists. The box is None if the run has no list, or lists in several boxes.
func (p *page) plainListAt(b int) (end int, box int32) {
	box = block.None
	for end = b; end < len(p.Blocks); end++ {
		bl, v := &p.Blocks[end], &p.verdicts[end]
		if v.by != judgeRule && v.by != voteRule || bl.LinkWords > 0 || bl.Words == 0 {
			break
		}
		if bl.Level > 1 {
			continue
		}
		if bl.Kind != block.Item {
			break
		}
		list := p.outermostList(bl.Elem)
		if list == block.None || box != block.None && box != p.Tree.Nodes[list].Parent {
			return end, block.None
		}
		box = p.Tree.Nodes[list].Parent
	}
	return end, box
}

// outermostList returns the outermost list around an element, or None.
func (p *page) outermostList(elem int32) int32 {
	list := block.None
	for up := p.Tree.Ancestor(elem, atom.Ul, atom.Ol); up != block.None; {
		list = up
		up = p.Tree.Ancestor(p.Tree.Nodes[up].Parent, atom.Ul, atom.Ol)
	}
	return list
}

// isKeptIn reports whether a block is kept and directly in a box.
func (p *page) isKeptIn(b int, box int32) bool {
	return p.verdicts[b].keep && p.boxOf(b) == box
}
