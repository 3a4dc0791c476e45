package content

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/arena"
	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/embed"
	"github.com/dechaff/dechaff/cleaner/internal/formula"
	"github.com/dechaff/dechaff/cleaner/internal/notes"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// A Tally counts kept nodes. leaves is the number of kept leaves and embeds. texts is the number of kept leaves other
// than images, and captions how many of those are in captions. blocks is the number of block elements that contain kept
// leaves or embeds.
type Tally struct{ leaves, texts, captions, blocks int32 }

// Extras are the parts of a page other than text and pictures.
type Extras struct {
	// Notes are the notes that marks in the text refer to. They become list items, and the references become links to
	// them.
	Notes []notes.Note
	// Sources has the addresses of pictures, if some have been read before. It may be nil.
	Sources Sources
	// Embeds are the contents of frames and players, by node. They become links.
	Embeds map[int32]embed.Embed
	// Posts are the nodes of the quotes that become figures.
	Posts map[int32]bool
	// Quotes are the nodes of boxes and tables that count as quotes because of their class names or labels.
	Quotes map[int32]bool
	// Origins records which nodes of the page each leaf was built from, unless it is nil.
	Origins Origins
}

// Build returns an article element with the kept leaves and the structure around them.
func Build(t *block.Tree, blocks []block.Block, keep []bool, extras Extras, resolve func(string) (string, bool),
	scratch *arena.Slab[Tally],
) *html.Node {
	b := newBuilder(t, blocks, keep, extras, resolve, scratch)
	root := dom.NewElement(atom.Article)
	if len(t.Nodes) > 0 {
		b.flow(root, 0, paragraphs)
	}
	Tidy(root, b.origins)
	return root
}

// BuildParts returns an article element for each part of a page, with the kept leaves at or below the part's nodes. The
// nodes are in page order, and no node is below another.
func BuildParts(t *block.Tree, blocks []block.Block, keep []bool, parts [][]int32, extras Extras,
	resolve func(string) (string, bool), scratch *arena.Slab[Tally],
) []*html.Node {
	b := newBuilder(t, blocks, keep, extras, resolve, scratch)
	roots := make([]*html.Node, len(parts))
	for k, part := range parts {
		roots[k] = dom.NewElement(atom.Article)
		f := flowBuilder{builder: b, out: roots[k], mode: paragraphs, attrs: t.Nodes[0].HTML}
		for _, i := range part {
			f.child(i)
		}
		Tidy(roots[k], b.origins)
	}
	return roots
}

func newBuilder(t *block.Tree, blocks []block.Block, keep []bool, extras Extras, resolve func(string) (string, bool),
	scratch *arena.Slab[Tally],
) *builder {
	b := &builder{
		tree: t, blocks: blocks, keep: keep, resolve: resolve, before: scratch.Take(len(t.Nodes) + 1),
		loadsTeX: loadsTeX(t), sources: extras.Sources, embeds: extras.Embeds, posts: extras.Posts,
		quotes: extras.Quotes, origins: extras.Origins,
	}
	b.takeNotes(extras.Notes)
	keep = b.keep
	for i := range t.Nodes {
		form := t.Nodes[i].Form
		b.before[i+1] = b.before[i]
		if keep[i] && (form != block.Element || b.isEmbed(int32(i))) {
			b.before[i+1].leaves++
			if form != block.Image && form != block.Element {
				b.before[i+1].texts++
				if of := t.Nodes[i].Block; of != block.None && blocks[of].Kind == block.Caption {
					b.before[i+1].captions++
				}
			}
		}
	}
	blocksBefore := int32(0)
	for i := range t.Nodes {
		b.before[i].blocks = blocksBefore
		if dom.IsBlockElement(t.Nodes[i].Tag) && b.kept(int32(i)) {
			blocksBefore++
		}
	}
	b.before[len(t.Nodes)].blocks = blocksBefore
	return b
}

// loadsTeX reports whether a page loads a program that displays the TeX in its text.
func loadsTeX(t *block.Tree) bool {
	for i := range t.Nodes {
		if n := &t.Nodes[i]; n.Tag == atom.Script {
			if texPrograms.InLower(dom.Attr(n.HTML, "src")) {
				return true
			}
		}
	}
	return false
}

var texPrograms = text.NewFinder([]string{"mathjax", "katex"})

// A builder builds a safe tree from the kept leaves of a page (texts, images and formulas) and the structure around
// them. It dissolves elements that mean nothing to a reader. Tidy then arranges white space, line breaks and images.
type builder struct {
	tree   *block.Tree
	blocks []block.Block
	keep   []bool
	// resolve makes references absolute. It is nil for content that has been built before. Such content needs no
	// guesses, for example about whether a table contains data.
	resolve func(string) (string, bool)
	// loadsTeX reports whether the page loads a program that displays the TeX in its text.
	loadsTeX bool
	notes    noteBook
	sources  Sources
	embeds   map[int32]embed.Embed
	posts    map[int32]bool
	quotes   map[int32]bool
	origins  Origins
	// inFigure reports whether the caption of a figure is being built. The figure's embeds were written before the
	// caption, so they are left out of it.
	inFigure bool
	// captionEnd is the last character of the caption so far, apart from white space.
	captionEnd rune
	// skipped is a caption that is not built where it is, or 0.
	skipped int32
	looks   lookWeights
	// before[i] counts the kept nodes before node i. The difference between before[End] and before[i] gives the counts
	// at and below node i.
	before []Tally
	// depth is the number of open lists, quotes and tables.
	depth int
}

// maxNesting is the maximum depth of lists, quotes and tables in content. Deeper ones are dissolved. Together with
// maxInline, this limit keeps content well below the depth limit of parsers.
const maxNesting = 60

// kept reports whether anything at or below node i is kept.
func (b *builder) kept(i int32) bool {
	return b.before[b.tree.Nodes[i].End].leaves > b.before[i].leaves
}

// hasNoText reports whether no text is kept at or below node i. Images and embeds may be kept.
func (b *builder) hasNoText(i int32) bool {
	return b.before[b.tree.Nodes[i].End].texts == b.before[i].texts
}

// hasBlock reports whether a block element with kept content is inside node i.
func (b *builder) hasBlock(i int32) bool {
	return b.before[b.tree.Nodes[i].End].blocks > b.before[i+1].blocks
}

// isData reports whether a table contains data rather than layout. In content that has been built before, every table
// counts as data.
func (b *builder) isData(table int32) bool { return b.resolve == nil || b.tree.IsDataTable(table) }

// inlineChildren builds all children of node i as inline content.
func (b *builder) inlineChildren(out *html.Node, i int32) {
	t := b.tree
	for c := i + 1; c < t.Nodes[i].End; c = t.Nodes[c].End {
		b.inline(out, c)
	}
}

// inline builds node c as inline content. Block elements inside it become spaces.
func (b *builder) inline(out *html.Node, c int32) {
	n := &b.tree.Nodes[c]
	if n.Form != block.Element {
		if b.keep[c] || n.Form == block.Text && !hasVisible(n.Text) {
			b.appendLeaf(out, c)
		}
		if b.inFigure && n.Form == block.Text && hasVisible(n.Text) {
			b.captionEnd, _ = utf8.DecodeLastRuneInString(strings.TrimRightFunc(n.Text, unicode.IsSpace))
		}
		return
	}
	isBlock := dom.IsBlockElement(n.Tag)
	switch {
	case b.isEmbed(c):
		if b.keep[c] && !b.inFigure {
			out.AppendChild(b.embedLink(c))
		}
		return
	case n.Tag == atom.Br:
		out.AppendChild(dom.NewElement(atom.Br))
		return
	case isBlock && b.inFigure:
		out.AppendChild(b.betweenParts(c))
	case isBlock:
		out.AppendChild(dom.NewText(" "))
	case b.notes.refs[c] > 0:
		outer, inner := b.reference(c, b.notes.refs[c])
		out.AppendChild(outer)
		out = inner
	default:
		if outer, inner := b.wrappers(c); outer != nil {
			out.AppendChild(outer)
			out = inner
		}
	}
	b.inlineChildren(out, c)
	if isBlock {
		out.AppendChild(dom.NewText(" "))
	}
}

// inlineElement returns the element for an inline element in content, or nil for one that is dissolved, such as a link
// from a heading to itself, or a link around a picture that only leads to the picture's own page.
func (b *builder) inlineElement(c int32) *html.Node {
	n := &b.tree.Nodes[c]
	if n.Tag == atom.A && b.resolve != nil {
		href := dom.Attr(n.HTML, "href")
		if isWithin := strings.HasPrefix(href, "#"); isWithin && (b.hasNoText(c) || b.isInHeading(c)) ||
			!isWithin && isFilePage(href) && b.hasNoText(c) {
			return nil
		}
	}
	e := Element(n.HTML, b.resolve)
	if e == nil || e.DataAtom == atom.A && len(e.Attr) == 0 || dom.IsBlockNode(e) ||
		b.resolve != nil && isPlain(n.HTML) {
		return nil
	}
	return e
}

// appendLeaf appends a leaf to content. It writes a text that contains TeX as words and formulas.
func (b *builder) appendLeaf(out *html.Node, c int32) {
	n := &b.tree.Nodes[c]
	if cut := b.notes.cut[c]; cut > 0 {
		out.AppendChild(b.origins.note(dom.NewText(n.Text[cut:]), c, c))
		return
	}
	if pieces := b.pieces(c); pieces != nil {
		for _, p := range pieces {
			if p.Formula {
				out.AppendChild(b.origins.note(texFormula(p.Text, p.Display), c, c))
			} else {
				out.AppendChild(b.origins.note(dom.NewText(p.Text), c, c))
			}
		}
	} else if leaf := b.leaf(n); leaf != nil {
		out.AppendChild(b.origins.note(leaf, c, c))
	}
}

// pieces cuts a text at its formulas, or returns nil if there are none. Code is not cut, because it has dollars and
// backslashes of its own. Content that has been built before is not cut either.
func (b *builder) pieces(c int32) []formula.Piece {
	n := &b.tree.Nodes[c]
	if b.resolve == nil || n.Form != block.Text || !strings.ContainsAny(n.Text, `$\`) ||
		b.tree.Ancestor(c, atom.Pre, atom.Code, atom.Kbd, atom.Samp, atom.Tt, atom.Listing, atom.Xmp,
			atom.Plaintext) != block.None {
		return nil
	}
	return formula.Split(n.Text, b.loadsTeX)
}

// isInHeading reports whether a link is in a heading that contains no other link. If such a link leads to a position in
// the page, that position is the heading itself.
func (b *builder) isInHeading(c int32) bool {
	h := b.tree.Ancestor(c, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6)
	if h == block.None || b.tree.Nodes[h].End-h > maxHeadingNodes {
		return false
	}
	for i := h; i < b.tree.Nodes[h].End; i++ {
		if i != c && b.tree.Nodes[i].Tag == atom.A && b.kept(i) {
			return false
		}
	}
	return true
}

// maxHeadingNodes is the maximum number of nodes in a heading that is searched for other links.
const maxHeadingNodes = 100

// leaf returns the node for a leaf in content, or nil.
func (b *builder) leaf(n *block.Node) *html.Node {
	switch n.Form {
	case block.Formula:
		return safeFormula(n.HTML, formula.TeX(n.HTML))
	case block.Image:
		return safeImage(n.HTML, b.resolve, b.sources)
	}
	return dom.NewText(n.Text)
}
