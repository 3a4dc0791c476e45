package content

import "golang.org/x/net/html"

// An Origin is the range of the page's nodes, by index, from which a leaf of content was built. Last is inclusive.
type Origin struct{ First, Last int32 }

// Origins maps the texts, pictures and formulas of content to their origins. A nil map records nothing. Nodes that Tidy
// removes stay in the map.
type Origins map[*html.Node]Origin

// note records the origin of a leaf, and returns the leaf.
func (o Origins) note(leaf *html.Node, first, last int32) *html.Node {
	if o != nil {
		o[leaf] = Origin{first, last}
	}
	return leaf
}

// join adds the origin of the second leaf to that of the first leaf, which now contains the content of both.
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

// With returns the smallest Origin that covers both.
func (o Origin) With(other Origin) Origin {
	return Origin{min(o.First, other.First), max(o.Last, other.Last)}
}
