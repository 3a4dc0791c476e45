package siterules

import (
	"fmt"
	"regexp"
	"strconv"
	"sync"

	"github.com/antchfx/htmlquery"
	"github.com/antchfx/xpath"
	"golang.org/x/net/html"
)

// An xpathSelector is an XPath 1.0 expression. Its value may also be a string, a number or a boolean.
type xpathSelector struct {
	// exprs is a pool of compiled expressions, because two goroutines must not use the same one at once.
	exprs sync.Pool
}

func compileXPath(text string) (s *xpathSelector, err error) {
	expr, err := compileExpr(text)
	if err != nil {
		return nil, err
	}
	s = &xpathSelector{}
	s.exprs.New = func() any {
		if expr, err := compileExpr(text); err == nil {
			return expr
		}
		return nil
	}
	s.exprs.Put(expr)
	return s, nil
}

// compileExpr compiles an expression, and recovers if the library panics, as it does on some expressions.
func compileExpr(text string) (expr *xpath.Expr, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("the XPath library fails on the expression: %v", r)
		}
	}()
	return xpath.Compile(idFunction.ReplaceAllString(text, "//*[@id=$1]"))
}

// idFunction finds calls of id() with a literal. The library lacks this function of XPath 1.0.
var idFunction = regexp.MustCompile(`\bid\(\s*('[^']*'|"[^"]*")\s*\)`)

// find returns what an expression selects below root, or its value as text. The list is empty if the value is false or
// an empty string, or if the library panics.
func (s *xpathSelector) find(root *html.Node, b *budget) (list []found) {
	expr, ok := s.exprs.Get().(*xpath.Expr)
	if !ok {
		return nil
	}
	defer func() {
		if recover() != nil { // the expression is dropped, since its state is unknown
			list = nil
			return
		}
		s.exprs.Put(expr)
	}()
	switch value := expr.Evaluate(&navigator{htmlquery.CreateXPathNavigator(root), b}).(type) {
	case string:
		return oneText(value)
	case float64:
		return oneText(strconv.FormatFloat(value, 'f', -1, 64))
	case bool:
		if value {
			return []found{{text: "true"}}
		}
	case *xpath.NodeIterator:
		for value.MoveNext() && !b.spent && len(list) < maxFound {
			at, ok := value.Current().(*navigator)
			if !ok {
				break
			}
			of := found{node: at.NodeNavigator.Current()}
			if at.NodeType() == xpath.AttributeNode {
				of.attribute, of.text = at.LocalName(), at.Value()
			}
			list = append(list, of)
		}
	}
	return list
}

func oneText(value string) []found {
	if value == "" {
		return nil
	}
	return []found{{text: value}}
}

// maxFound is the maximum number of nodes that a selector selects.
const maxFound = 100_000

// A navigator is an htmlquery navigator that charges each step to a budget. When the budget runs out it no longer
// moves, so every expression ends.
type navigator struct {
	*htmlquery.NodeNavigator
	budget *budget
}

// Copy implements xpath.NodeNavigator.
func (n *navigator) Copy() xpath.NodeNavigator {
	n.budget.take(1)
	own := *n.NodeNavigator
	return &navigator{&own, n.budget}
}

// Value implements xpath.NodeNavigator. The text is charged, too: functions such as translate() and matches() take
// about ten times as long for it as a walk does.
func (n *navigator) Value() string {
	if !n.budget.take(1) {
		return ""
	}
	var text string
	if n.NodeType() == xpath.ElementNode {
		text = textOf(n.NodeNavigator.Current(), n.budget)
	} else {
		text = n.NodeNavigator.Value()
	}
	n.budget.take(len(text) / 8)
	return text
}

// MoveToParent implements xpath.NodeNavigator.
func (n *navigator) MoveToParent() bool { return n.budget.take(1) && n.NodeNavigator.MoveToParent() }

// MoveToNextAttribute implements xpath.NodeNavigator.
func (n *navigator) MoveToNextAttribute() bool {
	return n.budget.take(1) && n.NodeNavigator.MoveToNextAttribute()
}

// MoveToChild implements xpath.NodeNavigator.
func (n *navigator) MoveToChild() bool { return n.budget.take(1) && n.NodeNavigator.MoveToChild() }

// MoveToFirst implements xpath.NodeNavigator. Each sibling that it passes is charged, because there may be many.
func (n *navigator) MoveToFirst() bool {
	moved := false
	for n.MoveToPrevious() {
		moved = true
	}
	return moved
}

// MoveToNext implements xpath.NodeNavigator.
func (n *navigator) MoveToNext() bool { return n.budget.take(1) && n.NodeNavigator.MoveToNext() }

// MoveToPrevious implements xpath.NodeNavigator.
func (n *navigator) MoveToPrevious() bool {
	return n.budget.take(1) && n.NodeNavigator.MoveToPrevious()
}

// MoveTo implements xpath.NodeNavigator.
func (n *navigator) MoveTo(other xpath.NodeNavigator) bool {
	of, ok := other.(*navigator)
	return ok && n.NodeNavigator.MoveTo(of.NodeNavigator)
}
