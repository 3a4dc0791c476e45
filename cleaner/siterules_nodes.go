package cleaner

import (
	"golang.org/x/net/html"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/content"
)

// A ruling contains the site rules that apply to a node.
type ruling struct {
	// The field by is the innermost rule that keeps or removes the node; nil if there is no such rule. The field keeps
	// is true if this rule keeps the node.
	by    *Selected
	keeps bool
	// content is the innermost rule by which the node is content. field is the rule whose field has the node's text.
	// Each is nil if there is no such rule.
	content, field *Selected
}

// A ruledPage contains what the site rules select on a page.
type ruledPage struct {
	*SiteMatch
	ruledFields
	// own are the rulings on the selected nodes themselves.
	own map[*html.Node]ruling
	// nodes are the rulings on the nodes of the tree. They are set by mark.
	nodes []ruling
	// hasContent reports whether a rule selects some visible text or picture as content. It is set by mark.
	hasContent bool
	// opened reports whether the content that is being marked was hidden as a whole.
	opened bool
	// partly contains the blocks that stay only in part, because a rule keeps some of their nodes. Each has the verdict
	// on its other nodes. It is set by decide.
	partly map[int32]verdict
}

func newRuledPage(m *SiteMatch) *ruledPage {
	r := &ruledPage{SiteMatch: m, own: make(map[*html.Node]ruling)}
	for i := range m.Keep {
		r.add(&m.Keep[i], ruling{by: &m.Keep[i], keeps: true})
	}
	for i := range m.Remove {
		r.add(&m.Remove[i], ruling{by: &m.Remove[i]})
	}
	for i := range m.Content {
		r.add(&m.Content[i], ruling{content: &m.Content[i]})
	}
	return r
}

// add adds a ruling on a selected node. Earlier rulings take precedence.
func (r *ruledPage) add(s *Selected, of ruling) {
	if s.Node != nil {
		r.own[s.Node] = of.with(r.own[s.Node])
	}
}

// at returns the ruling on a node of the page as parsed.
func (r *ruledPage) at(n *html.Node) ruling {
	var of ruling
	for ; n != nil; n = n.Parent {
		if own, ok := r.own[n]; ok {
			of = own.with(of)
		}
	}
	return of
}

// resolveRulings finds the rulings on the nodes of the tree. Nodes that were moved or copied follow their position in
// the page as parsed. New nodes follow the node that they were built from, or their parent.
func (p *page) resolveRulings() {
	r := p.ruled
	nodes := p.Tree.Nodes
	r.nodes = make([]ruling, len(nodes))
	parsed := make([]*html.Node, len(nodes))
	for i := range nodes {
		if p.isStoppedAt(i) {
			return
		}
		n, parent := nodes[i].HTML, nodes[i].Parent
		var above *html.Node
		if parent != block.None {
			above = parsed[parent]
		}
		parsed[i] = p.parsedNode(n, above, parent)
		if of := parsed[i]; parent != block.None && (of == above || of.Parent == above) {
			r.nodes[i] = r.nodes[parent]
			if own, ok := r.own[of]; ok && of != above {
				r.nodes[i] = r.nodes[i].with(own)
			}
		} else {
			r.nodes[i] = r.at(of)
		}
	}
}

// with combines the ruling on an outer node with own, the ruling on a node inside it. What own specifies takes
// precedence.
func (outer ruling) with(own ruling) ruling {
	if own.by != nil {
		outer.by, outer.keeps = own.by, own.keeps
	}
	if own.content != nil {
		outer.content = own.content
	}
	if own.field != nil {
		outer.field = own.field
	}
	return outer
}

func isLeafWithContent(n *block.Node) bool {
	return n.Form == block.Image || n.Form != block.Element && visibleBytes(n.Text) > 0
}

// parsedNode returns the node of the page as parsed that corresponds to a node of the tree: the node itself, its
// original if it is a copy, or the node that it was built from. The parameter above is the parsed node that corresponds
// to its parent in the tree.
func (p *page) parsedNode(n, above *html.Node, parent int32) *html.Node {
	own := p.locator.original(n)
	switch {
	case own != n || parent == block.None:
		return own
	case n.Parent == nil:
		return above
	case n.Parent == p.Tree.Nodes[parent].HTML && placeOf(n) == n: // a child like any other
		if above == n.Parent {
			return n
		}
		return above // the parsed node that its parent was built from
	}
	if place := placeOf(n); place != nil { // n only replaced it in the walk
		if own := p.locator.original(place); own != place || place.Parent == above {
			return own
		}
	}
	return above
}

// original returns the node that a node is a copy of, or the node itself if it is not a copy.
func (l *locator) original(n *html.Node) *html.Node {
	for l.copied[n] != nil {
		n = l.copied[n]
	}
	return n
}

// isRuledIn reports whether a site rule keeps a leaf of the tree in the article.
func (r *ruledPage) isRuledIn(i int32) bool {
	if r == nil {
		return false
	}
	of := &r.nodes[i]
	if of.by != nil {
		return of.keeps
	}
	return of.content != nil && r.hasContent && !r.HasChaff
}

// isRuledOut reports whether a site rule removes a leaf of the tree, even if its block stays. b is that block, or None.
func (r *ruledPage) isRuledOut(i, b int32) bool {
	if r == nil {
		return false
	}
	of := &r.nodes[i]
	switch {
	case of.by != nil:
		return !of.keeps
	case r.hasContent && of.content == nil:
		return true
	}
	_, partly := r.partly[b]
	return partly
}

// isRuled reports whether a site rule keeps one of the nodes that a part of the content was built from.
func (l *locator) isRuled(nodes ...*html.Node) bool {
	if l == nil || l.page.ruled == nil {
		return false
	}
	ruled := false
	l.eachOrigin(nodes, func(o content.Origin) {
		for i := o.First; i <= o.Last && !ruled; i++ {
			ruled = l.page.Tree.Nodes[i].Form != block.Element && l.page.ruled.isRuledIn(i)
		}
	})
	return ruled
}
