package cleaner

import (
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/content"
)

// A locator finds where on the page texts stand. A nil *locator finds nothing, and its methods change nothing: nobody
// asks.
type locator struct {
	page *page
	// from is what the leaves of the content were built from, copied the page's own node of each copy in the tree.
	from   content.Origins
	copied substitutes
	// outline are the headings above each part of the page. Set by ofDeclined.
	outline outline
	paths   selectors
	// declined are the blocks of the page's declined removals.
	declined []int
	// quiet says that only the rules for the page's site need it: it finds places, but reports none.
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

// decline records the block of the removal that was declined last.
func (l *locator) decline(b int) {
	if l != nil {
		l.declined = append(l.declined, b)
	}
}

// ofDeclined sets the places of what was declined.
func (l *locator) ofDeclined(declined []Removal) {
	if l == nil || l.quiet {
		return
	}
	l.outline = l.page.outline()
	for i, b := range l.declined {
		declined[i] = l.ofBlock(b, declined[i])
	}
}

// ofBlock returns the removal of a block of the page, with its place.
func (l *locator) ofBlock(b int, r Removal) Removal {
	if l == nil || l.quiet {
		return r
	}
	first, last := l.page.Blocks[b].First, l.page.Blocks[b].End-1
	return l.ofNode(first, l.around(first, last), r)
}

// ofNode returns the removal of what is in a node, with its place. i is the node's index, or that of another beside
// which it stands.
func (l *locator) ofNode(i int32, n *html.Node, r Removal) Removal {
	if l == nil || l.quiet {
		return r
	}
	r.Path = l.outline.at(i)
	r.CSS, r.XPath = l.paths.of(l.element(n))
	return r
}

// ofContent returns the removal of nodes of the content, with its place.
func (l *locator) ofContent(r Removal, nodes ...*html.Node) Removal {
	if l == nil || l.quiet {
		return r
	}
	if o, ok := l.originOf(nodes); ok {
		r = l.ofNode(o.First, l.around(o.First, o.Last), r)
	}
	return r
}

// originOf returns what nodes of the content and what is below them were built from; false if from nothing on the page.
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

// around returns the smallest node of the tree that holds two of its nodes and all between them.
func (l *locator) around(first, last int32) *html.Node {
	nodes := l.page.Tree.Nodes
	i := first
	for nodes[i].End <= last && nodes[i].Parent != block.None {
		i = nodes[i].Parent
	}
	return nodes[i].HTML
}

// element returns the nearest HTML element of the page as it was parsed that holds a node of the tree; nil for a node
// that was built from the page's data.
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
		case place.DataAtom == atom.Body && at != n: // readData and revealState put nothing else into it
			return nil
		default: // a form or a substitute of place
			at, nearest = place, place
		}
	}
	for nearest != nil && (nearest.Type != html.ElementNode || nearest.Namespace != "") {
		nearest = nearest.Parent
	}
	return nearest
}

// placeOf returns the child of n's parent that is where n says that it is: n itself, unless n only took its place in a
// walk of the page.
func placeOf(n *html.Node) *html.Node {
	if n.PrevSibling == nil {
		return n.Parent.FirstChild
	}
	return n.PrevSibling.NextSibling
}

// ofBlocks sets the article's blocks, with their places and probabilities.
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

// probability returns the mean probability of the page's blocks from which nodes of the content were built, by words.
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
