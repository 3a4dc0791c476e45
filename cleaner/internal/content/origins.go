package content

import "golang.org/x/net/html"

// An Origin is what a leaf of content was built from: the first and the last of the page's nodes, by their indices.
type Origin struct{ First, Last int32 }

// Origins are those of the texts, pictures and formulas of content, by their nodes. A nil map notes nothing. Nodes that
// Tidy takes out stay in it.
type Origins map[*html.Node]Origin

// note records the origin of a leaf, and returns the leaf.
func (o Origins) note(leaf *html.Node, first, last int32) *html.Node {
	if o != nil {
		o[leaf] = Origin{first, last}
	}
	return leaf
}

// join records that what one leaf was built from is in another now.
func (o Origins) join(into, from *html.Node) {
	more, ok := o[from]
	if !ok || into == from {
		return
	}
	if own, ok := o[into]; ok {
		more = own.With(more)
	}
	o[into] = more
}

// With returns the smallest Origin that holds both.
func (o Origin) With(other Origin) Origin {
	return Origin{min(o.First, other.First), max(o.Last, other.Last)}
}
