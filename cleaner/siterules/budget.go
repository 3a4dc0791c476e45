package siterules

import (
	"golang.org/x/net/html"
)

// How many steps selectors may take: each one on a page, and all on a page together, besides so many for each of its
// nodes. A step is a node that is looked at, or 64 bytes of text, and takes a tenth of a microsecond. A selector takes
// about ten for each node.
const (
	selectorSteps, selectorNodeSteps = 1_000_000, 40
	pageSteps, pageNodeSteps         = 10_000_000, 300
)

// A budget is what is left of the steps on a page. It is for one goroutine.
type budget struct {
	selector, page, left int
	// spent reports whether the selector that is running was given up.
	spent bool
}

func newBudget(root *html.Node) *budget {
	nodes := 0
	walk(root, func(*html.Node) bool { nodes++; return true })
	return &budget{selector: selectorSteps + selectorNodeSteps*nodes, page: pageSteps + pageNodeSteps*nodes}
}

// begin gives the next selector its steps.
func (b *budget) begin() {
	b.left = min(b.selector, b.page)
	b.spent = b.left <= 0
}

// take takes steps, and reports whether there were as many.
func (b *budget) take(steps int) bool {
	if b.spent {
		return false
	}
	b.left -= steps
	b.page -= steps
	b.spent = b.left < 0
	return !b.spent
}

// walk visits the nodes below root in document order, without recursion.
func walk(root *html.Node, visit func(n *html.Node) bool) {
	for n := root.FirstChild; n != nil; {
		if !visit(n) {
			return
		}
		if n.FirstChild != nil {
			n = n.FirstChild
			continue
		}
		for n.NextSibling == nil {
			if n = n.Parent; n == nil || n == root {
				return
			}
		}
		n = n.NextSibling
	}
}
