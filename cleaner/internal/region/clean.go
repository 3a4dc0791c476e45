package region

import (
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/dom"
)

// clean removes what looks like boilerplate from the roots, in Readability's order. It may remove a root itself.
func (f *finder) clean(roots []int32) {
	for _, pass := range [...]func(root, i int32) bool{
		func(_, i int32) bool { return f.tree.Nodes[i].Tag == atom.Form && f.isFishy(i) },
		func(_, i int32) bool { return f.tree.Nodes[i].Tag == atom.Fieldset && f.isFishy(i) },
		func(root, i int32) bool { return i != root && f.isAlwaysOut(i) },
		func(root, i int32) bool { return i != root && f.Signs[i]&sharing != 0 && f.facts[i].chars < enough },
		func(_, i int32) bool {
			tag := f.tree.Nodes[i].Tag
			return (tag == atom.H1 || tag == atom.H2) && f.rules.weighNames && f.Signs[i].weight() < 0
		},
		func(_, i int32) bool { return f.tree.Nodes[i].Tag == atom.Table && f.isFishy(i) },
		func(_, i int32) bool { return f.tree.Nodes[i].Tag == atom.Ul && f.isFishy(i) },
		func(root, i int32) bool {
			return (f.tree.Nodes[i].Tag == atom.Div || i == root && dom.IsBlockElement(f.tree.Nodes[i].Tag) &&
				!f.staysAsIs(i)) && f.isFishy(i)
		},
	} {
		for r := len(roots) - 1; r >= 0; r-- {
			root := roots[r]
			for i := f.tree.Nodes[root].End - 1; i >= root; i-- {
				if f.tree.Nodes[i].Form == block.Element && !f.removed[i] && pass(root, i) {
					f.cut(i, root)
				}
			}
		}
	}
}

// staysAsIs reports whether Readability keeps the tag of an element that joins the best one. Other elements become a
// div.
func (f *finder) staysAsIs(i int32) bool {
	switch f.tree.Nodes[i].Tag {
	case atom.Div, atom.Article, atom.Section, atom.P:
		return true
	}
	return false
}

// isAlwaysOut reports whether an element belongs to a kind that is never part of an article.
func (f *finder) isAlwaysOut(i int32) bool {
	switch f.tree.Nodes[i].Tag {
	case atom.Footer, atom.Aside, atom.Object, atom.Embed, atom.Iframe, atom.Input, atom.Textarea, atom.Select:
		return true
	}
	return false
}

// cut removes a node and subtracts its sums from those of its ancestors, up to the root.
func (f *finder) cut(i, root int32) {
	gone := f.facts[i]
	for at := i; ; at = f.tree.Nodes[at].Parent {
		f.facts[at].add(&gone, -1)
		if at == root {
			break
		}
	}
	f.remove(i)
}

// Thresholds of the cleanup.
const (
	minCommas       = 10  // an element with at least this many commas is text
	listShare       = 0.9 // an element with more than this share of its text in lists is a list
	manyItems       = 100 // how many more list items than paragraphs an element may have
	maxHeadingShare = 0.9 // a short element with at least this share of its text in headings is kept
	shortContent    = 25  // an element with fewer characters is short
	shortEmbedded   = 75  // an element with one embedded object and fewer characters is removed
	goodWeight      = 25  // the weight of class names and ids that speak for an element
	maxLinks        = 0.2 // maximum link density of an element with a lower weight than goodWeight
	maxGoodLinks    = 0.5 // maximum link density of other elements
)

// isFishy reports whether an element's class names, id, links, pictures and controls make it look like boilerplate.
func (f *finder) isFishy(i int32) bool {
	if !f.rules.clean {
		return false
	}
	nodes, s := f.tree.Nodes, &f.facts[i]
	if nodes[i].Tag == atom.Table && f.isDataTable(i) || f.isInDataTable(i) || f.isBelow(i, atom.Code) {
		return false
	}
	weight := int32(0)
	if f.rules.weighNames {
		weight = f.Signs[i].weight()
	}
	if weight < 0 {
		return true
	}
	if s.commas >= minCommas || s.videos > 0 {
		return false
	}
	isList := nodes[i].Tag == atom.Ul || float64(s.lists) > listShare*float64(s.chars)
	if !f.looksFishy(i, weight, isList) {
		return false
	}
	return !isList || !f.isListOfImages(i)
}

func (f *finder) looksFishy(i, weight int32, isList bool) bool {
	s := &f.facts[i]
	density := s.linkDensity()
	framed := f.isBelow(i, atom.Figure)
	switch {
	case s.images > 1 && 2*s.paragraphs < s.images && !framed:
		return true
	case !isList && s.items-manyItems > s.paragraphs:
		return true
	case s.inputs > s.paragraphs/3:
		return true
	case !isList && float64(s.headings) < maxHeadingShare*float64(max(s.chars, 1)) && s.chars < shortContent &&
		(s.images == 0 || s.images > 2) && !framed:
		return true
	case !isList && weight < goodWeight && density > maxLinks:
		return true
	case weight >= goodWeight && density > maxGoodLinks:
		return true
	}
	return s.embeds == 1 && s.chars < shortEmbedded || s.embeds > 1
}

// isListOfImages reports whether a list has as many images as items, and no item has several child elements.
func (f *finder) isListOfImages(i int32) bool {
	nodes := f.tree.Nodes
	for c := i + 1; c < nodes[i].End; c = nodes[c].End {
		if nodes[c].Form == block.Element && !f.removed[c] && f.children(c) > 1 {
			return false
		}
	}
	return f.facts[i].images == f.facts[i].items
}

func (f *finder) isDataTable(i int32) bool { return f.tree.IsDataTable(i) }

// isInDataTable reports whether an element is in a data table.
func (f *finder) isInDataTable(i int32) bool {
	for at := f.tree.Nodes[i].Parent; at != block.None; at = f.tree.Nodes[at].Parent {
		if at = f.tree.Ancestor(at, atom.Table); at == block.None || f.isDataTable(at) {
			return at != block.None
		}
	}
	return false
}
