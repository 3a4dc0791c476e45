package cleaner

import (
	"iter"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/render"
)

// Blocks iterates over the content in reading order.
func (a *Article) Blocks() iter.Seq[Block] {
	return func(yield func(Block) bool) {
		if a.content != nil {
			yieldBlocks(a.content, BlockParagraph, 0, yield)
		}
	}
}

// yieldBlocks yields the blocks below n; inline content directly below n has the given kind. It returns false if the
// consumer stopped.
func yieldBlocks(n *html.Node, kind BlockKind, level int, yield func(Block) bool) bool {
	var run []*html.Node
	flush := func() bool {
		text := render.InlineText(run)
		run = run[:0]
		return text == "" || yield(Block{Kind: kind, Level: level, Text: text})
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.DataAtom == atom.Img {
			if !flush() || !yield(Block{Kind: BlockImage, Text: dom.Attr(c, "alt"), URL: dom.Attr(c, "src")}) {
				return false
			}
			continue
		}
		if !dom.IsBlockNode(c) {
			run = append(run, c)
			continue
		}
		if !flush() || !yieldBlock(c, kind, level, yield) {
			return false
		}
	}
	return flush()
}

func yieldBlock(c *html.Node, kind BlockKind, level int, yield func(Block) bool) bool {
	switch c.DataAtom {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return yieldBlocks(c, BlockHeading, int(dom.HeadingLevel(c.DataAtom)), yield)
	case atom.Ul, atom.Ol:
		if kind != BlockItem {
			level = 0
		}
		return yieldBlocks(c, BlockItem, level+1, yield)
	case atom.Dl:
		return yieldBlocks(c, BlockItem, 1, yield)
	case atom.Blockquote:
		return yieldBlocks(c, BlockQuote, 0, yield)
	case atom.Figcaption, atom.Caption:
		return yieldBlocks(c, BlockCaption, 0, yield)
	case atom.Pre:
		return yield(Block{Kind: BlockCode, Text: dom.RawText(c)})
	case atom.Table:
		return yield(Block{Kind: BlockTable, Text: render.TableText(c)})
	}
	return yieldBlocks(c, kind, level, yield)
}
