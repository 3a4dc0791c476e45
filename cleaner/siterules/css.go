package siterules

import (
	"errors"
	"fmt"
	"strings"

	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"
)

// cascadia matches compound selectors, such as "p.lead:first-child". Chains of them, such as "main > p .lead", are
// matched here in one walk. Trying all ancestors of each element for each link of a chain would take exponential time
// on a deep page.

// A cssSelector is a group of chains. It selects an element if any of the chains selects it.
type cssSelector []cssChain

// A cssChain is a sequence of compound selectors joined by combinators.
type cssChain []cssLink

// A cssLink is a compound selector with the combinator before it: ' ' for a descendant, '>' for a child, '+' for the
// next sibling, '~' for a later sibling, 0 for the first link of a chain.
type cssLink struct {
	is         cascadia.Sel
	combinator byte
	// The fields below say which nodes are visited, besides the element itself, when an element is tested. looksBeside
	// means that the test visits the siblings of the element.
	looksBeside bool
	// looksBelow is 1 if the test visits the descendants of the element. It is 2 if the test also visits the
	// descendants of each descendant.
	looksBelow int
	// looksAround means that, for each visited descendant, the test may also visit its ancestors or siblings.
	looksAround bool
}

// Limits of a selector.
const (
	maxSelectorBytes = 4096 // bytes of the whole selector
	maxLinks         = 60   // links in a chain
	maxInFunction    = 2    // links in the argument of a function such as :has()
	maxFunctions     = 2    // nesting depth of functions
)

// maxSteps is the maximum cost that is charged at once. It exceeds any budget.
const maxSteps = 1 << 40

var errComplex = errors.New("the selector is too complex")

// compileCSS compiles a group of selectors.
func compileCSS(text string) (cssSelector, error) {
	group, err := cascadia.ParseGroup(text)
	if err != nil {
		return nil, err
	}
	for _, sel := range group {
		if sel.PseudoElement() != "" {
			return nil, fmt.Errorf("::%s is a pseudo-element, which no rule can select", sel.PseudoElement())
		}
	}
	var all cssSelector
	for _, part := range splitGroup(text) {
		chain, err := compileChain(part)
		if err != nil {
			return nil, err
		}
		all = append(all, chain)
	}
	return all, nil
}

func compileChain(text string) (cssChain, error) {
	parts := splitChain(text)
	if len(parts) > maxLinks {
		return nil, fmt.Errorf("%w: more than %d parts", errComplex, maxLinks)
	}
	chain := make(cssChain, len(parts))
	for i, part := range parts {
		is, err := cascadia.Parse(part.text)
		if err != nil {
			return nil, err
		}
		chain[i].is, chain[i].combinator = is, part.combinator
		if i == 0 {
			chain[i].combinator = 0
		}
		if err := chain[i].readFunctions(part.text, 1); err != nil {
			return nil, err
		}
	}
	return chain, nil
}

// readFunctions records which nodes the pseudo-classes of a compound selector visit. The cost grows exponentially with
// the nesting depth of functions and with the length of the chains in them, so both are limited.
func (l *cssLink) readFunctions(text string, depth int) error {
	top := topLevel(text)
	for i := range text {
		if text[i] != ':' || !top[i] {
			continue
		}
		name, argument := functionAt(text[i+1:])
		switch {
		case strings.HasPrefix(name, "nth-"), strings.HasPrefix(name, "first"), strings.HasPrefix(name, "last"),
			strings.HasPrefix(name, "only"):
			l.looksBeside = true
		case argument == "" && name != "empty":
		case depth > maxFunctions:
			return fmt.Errorf("%w: functions nest more than %d deep", errComplex, maxFunctions)
		case name == "has" || name == "haschild" || name == "not" || name == "is" || name == "where":
			l.looksBelow = max(l.looksBelow, depth)
			for _, inner := range splitGroup(argument) {
				parts := splitChain(inner)
				if len(parts) > maxInFunction {
					return fmt.Errorf("%w: more than %d parts in :%s()", errComplex, maxInFunction, name)
				}
				l.looksAround = l.looksAround || len(parts) > 1
				for _, part := range parts {
					if err := l.readFunctions(part.text, depth+1); err != nil {
						return err
					}
				}
			}
		default: // :contains() and similar functions
			l.looksBelow = max(l.looksBelow, depth)
		}
	}
	return nil
}

// functionAt returns the name and the argument of the pseudo-class at the start of a text. The argument is empty if
// there is none.
func functionAt(text string) (name, argument string) {
	end := strings.IndexFunc(text, func(r rune) bool { return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && r != '-' })
	if end < 0 {
		return strings.ToLower(text), ""
	}
	if text[end] != '(' {
		return strings.ToLower(text[:end]), ""
	}
	name = strings.ToLower(text[:end])
	top := topLevel(text)
	for i := end + 1; i < len(text); i++ {
		if text[i] == ')' && (i+1 == len(text) || top[i+1]) {
			return name, text[end+1 : i]
		}
	}
	return name, text[end+1:]
}

// topLevel reports, for each byte of a selector, whether it is outside quotes, brackets and parentheses, and not
// escaped.
func topLevel(text string) []bool {
	top := make([]bool, len(text))
	depth, quote := 0, byte(0)
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '\\':
			i++
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '(' || c == '[':
			depth++
		case c == ')' || c == ']':
			depth--
		default:
			top[i] = depth == 0
		}
	}
	return top
}

// splitGroup splits a group of selectors at its commas.
func splitGroup(text string) (parts []string) {
	top, from := topLevel(text), 0
	for i := range len(text) {
		if text[i] == ',' && top[i] {
			parts, from = append(parts, text[from:i]), i+1
		}
	}
	return append(parts, text[from:])
}

// A cssPart is a compound selector and the combinator before it; the combinator is 0 if nothing is before it.
type cssPart struct {
	text       string
	combinator byte
}

// splitChain splits a selector at its combinators.
func splitChain(text string) (parts []cssPart) {
	top, from, combinator := topLevel(text), 0, byte(0)
	end := func(i int) {
		if from < i {
			parts, combinator = append(parts, cssPart{text[from:i], combinator}), ' '
		}
	}
	for i := range len(text) {
		if !top[i] {
			continue
		}
		switch c := text[i]; c {
		case ' ', '\t', '\r', '\n', '\f':
			end(i)
			from = i + 1
		case '>', '+', '~':
			end(i)
			from, combinator = i+1, c
		}
	}
	end(len(text))
	return parts
}

// matches reports whether an element matches the link's compound selector, and charges the cost to the budget.
func (l *cssLink) matches(n *html.Node, depth int, b *budget) bool {
	if l.looksBeside {
		for s := n.PrevSibling; s != nil && b.take(1); s = s.PrevSibling {
			continue
		}
		for s := n.NextSibling; s != nil && b.take(1); s = s.NextSibling {
			continue
		}
	}
	if l.looksBelow > 0 {
		size := 1
		walk(n, func(c *html.Node) bool {
			size += 1 + len(c.Data)/64
			return b.take(1 + len(c.Data)/64)
		})
		if l.looksBelow > 1 {
			size = min(size*size, maxSteps)
		}
		if l.looksAround {
			size = min(size*(depth+1), maxSteps)
		}
		b.take(size)
	}
	return b.take(1) && l.is.Match(n)
}

// A cssWalk is the state of a chain during a walk over a page. Bit k of a set means that the chain's first k+1 links
// match.
type cssWalk struct {
	chain cssChain
	// These lists have one set for each level of the page, down to the current element. The list at has the set of the
	// element on that level. The list open has the union of the sets of that element's ancestors. The list before has
	// the union of the sets of the element's earlier siblings. The list last has the set of its previous sibling.
	at, open, before, last []uint64
}

// step advances the walk to an element, and reports whether the element is selected. The parameter depth is counted
// from 1. The parameter fresh reports whether the element is the first one below its parent.
func (w *cssWalk) step(n *html.Node, depth int, fresh bool, b *budget) bool {
	if fresh { // the first element below its parent
		w.before, w.last = append(w.before[:depth-1], 0), append(w.last[:depth-1], 0)
		above := uint64(0)
		if depth > 1 {
			above = w.open[depth-2] | w.at[depth-2]
		}
		w.open, w.at = append(w.open[:depth-1], above), append(w.at[:depth-1], 0)
	}
	level, set := depth-1, uint64(0)
	for k := range w.chain {
		link := &w.chain[k]
		from := uint64(1)
		switch link.combinator {
		case ' ':
			from = w.open[level] >> (k - 1)
		case '>':
			from = 0
			if level > 0 {
				from = w.at[level-1] >> (k - 1)
			}
		case '+':
			from = w.last[level] >> (k - 1)
		case '~':
			from = w.before[level] >> (k - 1)
		}
		if from&1 != 0 && link.matches(n, depth, b) {
			set |= 1 << k
		}
	}
	w.at[level], w.last[level] = set, set
	w.before[level] |= set
	return set>>(len(w.chain)-1)&1 != 0
}

// find returns the elements that a selector selects, in document order.
func (all cssSelector) find(root *html.Node, b *budget) []found {
	var list []found
	walks := make([]cssWalk, len(all))
	for i := range all {
		walks[i].chain = all[i]
	}
	var stack []*html.Node // the ancestors of the current node
	var previous *html.Node
	walk(root, func(n *html.Node) bool {
		if n.Type != html.ElementNode {
			return b.take(1)
		}
		fresh := previous == nil || n.Parent == previous
		if fresh {
			stack = append(stack, n.Parent)
		}
		for stack[len(stack)-1] != n.Parent {
			stack = stack[:len(stack)-1]
		}
		previous = n
		selected := false
		for i := range walks {
			selected = walks[i].step(n, len(stack), fresh, b) || selected
		}
		if selected && !b.spent {
			list = append(list, found{node: n})
		}
		return !b.spent
	})
	return list
}
