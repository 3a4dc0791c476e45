package cleaner

import (
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/content"
)

// A locator finds the positions of texts on the page. A nil *locator finds nothing, and its methods change nothing; it
// is used if the positions are not needed.
type locator struct {
	page *page
	// The field from maps the leaves of the content to their origins. copied maps copies in the tree to the page's own
	// nodes.
	from   content.Origins
	copied substitutes
	// outline contains the headings above each part of the page. Set by ofDeclined.
	outline outline
	paths   selectors
	// declined are the blocks of the page's declined removals.
	declined []int
	// quiet is true if only the site rules need the locator. The article then gets no positions.
	quiet bool
}

func newLocator(p *page) *locator {
	return &locator{page: p, from: make(content.Origins), copied: make(substitutes), paths: newSelectors()}
}

func (l *locator) origins() content.Origins {
	if l == nil {
		return nil
	}
	return l.from
}

func (l *locator) copies() substitutes {
	if l == nil {
		return nil
	}
	return l.copied
}

// decline records the block of the last declined removal.
func (l *locator) decline(b int) {
	if l != nil {
		l.declined = append(l.declined, b)
	}
}

// ofDeclined sets the positions of declined removals.
func (l *locator) ofDeclined(declined []Removal) {
	if l == nil || l.quiet {
		return
	}
	l.outline = l.page.outline()
	for i, b := range l.declined {
		declined[i] = l.ofBlock(b, declined[i])
	}
}

// ofBlock returns r, the removal of block b of the page, with its position added.
func (l *locator) ofBlock(b int, r Removal) Removal {
	if l == nil || l.quiet {
		return r
	}
	first, last := l.page.Blocks[b].First, l.page.Blocks[b].End-1
	return l.ofNode(first, l.around(first, last), r)
}

// ofNode returns r, the removal of a node's content, with its position added. i is the node's index, or the index of a
// node next to it.
func (l *locator) ofNode(i int32, n *html.Node, r Removal) Removal {
	if l == nil || l.quiet {
		return r
	}
	r.Path = l.outline.at(i)
	r.CSS, r.XPath = l.paths.of(l.element(n))
	return r
}

// ofContent returns r, the removal of nodes of the content, with its position added.
func (l *locator) ofContent(r Removal, nodes ...*html.Node) Removal {
	if l == nil || l.quiet {
		return r
	}
	if o, ok := l.originOf(nodes); ok {
		r = l.ofNode(o.First, l.around(o.First, o.Last), r)
	}
	return r
}

// originOf returns the combined origin of nodes of the content and their descendants. ok is false if nothing on the
// page is their origin.
func (l *locator) originOf(nodes []*html.Node) (all content.Origin, ok bool) {
	l.eachOrigin(nodes, func(o content.Origin) {
		if ok {
			o = o.With(all)
		}
		all, ok = o, true
	})
	return all, ok
}

func (l *locator) eachOrigin(nodes []*html.Node, visit func(content.Origin)) {
	for _, n := range nodes {
		if o, ok := l.from[n]; ok {
			visit(o)
		}
		for d := range n.Descendants() {
			if o, ok := l.from[d]; ok {
				visit(o)
			}
		}
	}
}

// around returns the smallest node of the tree that contains the nodes from first to last.
func (l *locator) around(first, last int32) *html.Node {
	nodes := l.page.Tree.Nodes
	i := first
	for nodes[i].End <= last && nodes[i].Parent != block.None {
		i = nodes[i].Parent
	}
	return nodes[i].HTML
}

// element returns the nearest HTML element of the page as it was parsed that contains a node of the tree, or nil for a
// node that was built from the page's data.
func (l *locator) element(n *html.Node) *html.Node {
	nearest := n
	for at := n; at.Parent != nil; {
		switch own, place := l.copied[at], placeOf(at); {
		case own != nil:
			at, nearest = own, own
		case place == nil:
			return nil
		case place == at:
			at = at.Parent
		case place.DataAtom == atom.Body && at != n: // readData or revealState put it there
			return nil
		default: // a form or a substitute that replaces the page's node
			at, nearest = place, place
		}
	}
	for nearest != nil && (nearest.Type != html.ElementNode || nearest.Namespace != "") {
		nearest = nearest.Parent
	}
	return nearest
}

// placeOf returns the child of n's parent at n's position. This is n itself, unless n only replaced that child during a
// walk of the page.
func placeOf(n *html.Node) *html.Node {
	if n.PrevSibling == nil {
		return n.Parent.FirstChild
	}
	return n.PrevSibling.NextSibling
}

// ofBlocks sets the article's blocks, with their positions and probabilities.
func (l *locator) ofBlocks(a *Article) {
	if l == nil || l.quiet || a.content == nil {
		return
	}
	a.blocks = []Block{}
	var above headings
	a.walkBlocks(func(b Block, _ *html.Node, from []*html.Node) bool {
		if b.Kind == BlockHeading {
			above.leave(b.Level)
		}
		b.Path = above.path
		if b.Kind == BlockHeading {
			above.enter(b.Level, b.Text)
		}
		if o, ok := l.originOf(from); ok {
			b.CSS, b.XPath = l.paths.of(l.element(l.around(o.First, o.Last)))
			b.Probability = l.probability(from)
		}
		a.blocks = append(a.blocks, b)
		return true
	})
	a.locateBlocks()
}

// probability returns the mean probability of the page's blocks from which nodes of the content were built. The mean is
// weighted by words. It is 0 if there are no such blocks.
func (l *locator) probability(nodes []*html.Node) float64 {
	p := l.page
	sum, words, last := float32(0), int32(0), block.None
	l.eachOrigin(nodes, func(o content.Origin) {
		for i := o.First; i <= o.Last; i++ {
			if b := p.Tree.Nodes[i].Block; b != block.None && b != last {
				last = b
				n := max(p.Blocks[b].Words, 1)
				sum += p.Probabilities[b] * float32(n)
				words += n
			}
		}
	})
	if words == 0 {
		return 0
	}
	return round2(sum / float32(words))
}
