package siterules

import (
	"golang.org/x/net/html"
)

// A selector may take selectorSteps steps, plus selectorNodeSteps for each node of the page. All selectors together may
// take pageSteps steps on a page, plus pageNodeSteps for each of its nodes. A step is one visited node, 64 bytes of its
// text, or 8 bytes of a value in an XPath. It takes about 0.1 µs. A typical selector takes about ten steps per node.
const (
	selectorSteps, selectorNodeSteps = 1_000_000, 40
	pageSteps, pageNodeSteps         = 10_000_000, 300
)

// A budget counts the remaining steps on a page. Only one goroutine may use it.
type budget struct {
	// The field selector is the number of steps that each selector may take. The field page is the number of steps that
	// all selectors together have left, and left is the number that the running selector has left.
	selector, page, left int
	// spent reports whether the running selector exceeded its budget.
	spent bool
}

func newBudget(root *html.Node) *budget {
	nodes := 0
	walk(root, func(*html.Node) bool { nodes++; return true })
	return &budget{selector: selectorSteps + selectorNodeSteps*nodes, page: pageSteps + pageNodeSteps*nodes}
}

// begin sets the budget of the next selector.
func (b *budget) begin() {
	b.left = min(b.selector, b.page)
	b.spent = b.left <= 0
}

// take consumes steps, and reports whether enough were left.
func (b *budget) take(steps int) bool {
	if b.spent {
		return false
	}
	b.left -= steps
	b.page -= steps
	b.spent = b.left < 0
	return !b.spent
}

// walk visits the nodes below root in document order, without recursion, until visit returns false.
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
