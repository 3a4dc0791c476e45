package cleaner

import (
	"iter"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/render"
)

// Blocks iterates over the content in reading order.
func (a *Article) Blocks() iter.Seq[Block] {
	if a.blocks != nil {
		return slices.Values(a.blocks)
	}
	return func(yield func(Block) bool) {
		a.walkBlocks(func(b Block, _ *html.Node, _ []*html.Node) bool { return yield(b) })
	}
}

// A blockWalk visits the blocks of content.
type blockWalk struct {
	// visit gets each block, a lead node, and the nodes that the block is built from. The lead is the first node of the
	// block's run of inline content, the element itself for code and a table, or nil for an image. Images split a run
	// into several blocks with the same lead. The slice is valid only until visit returns. visit returns false to stop.
	visit func(b Block, lead *html.Node, from []*html.Node) bool
}

func (a *Article) walkBlocks(visit func(b Block, lead *html.Node, from []*html.Node) bool) {
	if a.content != nil {
		w := blockWalk{visit}
		w.children(a.content, BlockParagraph, 0, "")
	}
}

// children visits the blocks below n. Inline content directly below n has the given kind and level. In a block of
// several lines, each line except the first begins with indent. children returns false if visit stopped the walk.
func (w *blockWalk) children(n *html.Node, kind BlockKind, level int, indent string) bool {
	var run []*html.Node
	var lead *html.Node
	flush := func() bool {
		from := run
		run = run[:0]
		if len(from) == 0 {
			return true
		}
		text := render.InlineText(from, indent)
		return text == "" || w.visit(Block{Kind: kind, Level: level, Text: text}, lead, from)
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		isBlock := dom.IsBlockNode(c)
		if !isBlock && lead == nil {
			lead = c
		}
		switch {
		case c.DataAtom == atom.Img:
			image := Block{Kind: BlockImage, Text: dom.Attr(c, "alt"), URL: dom.Attr(c, "src")}
			if !flush() || !w.visit(image, nil, []*html.Node{c}) {
				return false
			}
		case !isBlock:
			run = append(run, c)
		default:
			if !flush() || !w.block(c, kind, level, indent) {
				return false
			}
			lead = nil
		}
	}
	return flush()
}

// listIndent is put at the start of each line that follows a line break in a list item, as Article.Text does.
const listIndent = "  "

func (w *blockWalk) block(c *html.Node, kind BlockKind, level int, indent string) bool {
	switch c.DataAtom {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return w.children(c, BlockHeading, int(dom.HeadingLevel(c.DataAtom)), indent)
	case atom.Ul, atom.Ol:
		if kind != BlockItem {
			level = 0
		}
		return w.children(c, BlockItem, level+1, listIndent)
	case atom.Dl:
		return w.children(c, BlockItem, 1, indent)
	case atom.Blockquote:
		return w.children(c, BlockQuote, 0, indent)
	case atom.Figcaption, atom.Caption:
		return w.children(c, BlockCaption, 0, indent)
	case atom.Pre:
		return w.visit(Block{Kind: BlockCode, Text: dom.RawText(c)}, c, []*html.Node{c})
	case atom.Table:
		return w.visit(Block{Kind: BlockTable, Text: render.TableText(c)}, c, []*html.Node{c})
	}
	return w.children(c, kind, level, indent)
}

// locateBlocks sets the fields From and To of the article's blocks.
func (a *Article) locateBlocks() {
	if len(a.blocks) == 0 {
		return
	}
	text, spans := render.Spans(a.content, a.rendering(nil, ToggleHide))
	k := 0
	a.walkBlocks(func(b Block, lead *html.Node, _ []*html.Node) bool {
		if k == len(a.blocks) {
			return false
		}
		of := &a.blocks[k]
		k++
		of.From, of.To = 0, 0
		span, shown := spans[lead]
		if !shown || b.Text == "" || b.Text != of.Text { // texts can differ if other software wrote the article's JSON
			return true
		}
		if b.Kind == BlockCode {
			span.To = span.From + len(b.Text)
		}
		at := strings.Index(text[span.From:span.To], b.Text)
		if at < 0 {
			delete(spans, lead) // do not search the same run twice
			return true
		}
		of.From = span.From + at
		of.To = of.From + len(b.Text)
		span.From = of.To
		spans[lead] = span
		return true
	})
}
