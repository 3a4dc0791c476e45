package dom

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// NewElement returns a new element.
func NewElement(tag atom.Atom) *html.Node {
	return &html.Node{Type: html.ElementNode, Data: tag.String(), DataAtom: tag}
}

// NewText returns a text node with the result of Printable for s.
func NewText(s string) *html.Node { return &html.Node{Type: html.TextNode, Data: Printable(s)} }

// NextElement returns the next sibling that is an element, or nil.
func NextElement(n *html.Node) *html.Node {
	for n = n.NextSibling; n != nil && n.Type != html.ElementNode; n = n.NextSibling {
	}
	return n
}

// PreviousElement returns the previous sibling that is an element, or nil.
func PreviousElement(n *html.Node) *html.Node {
	for n = n.PrevSibling; n != nil && n.Type != html.ElementNode; n = n.PrevSibling {
	}
	return n
}

// Following returns the next node after n in document order, or nil if there are no more nodes below top. If skip is
// true, it leaves out the descendants of n.
func Following(n, top *html.Node, skip bool) *html.Node {
	if !skip && n.FirstChild != nil {
		return n.FirstChild
	}
	for n != top && n.NextSibling == nil {
		n = n.Parent
	}
	if n == top {
		return nil
	}
	return n.NextSibling
}

// RawText returns all text below n, unchanged.
func RawText(n *html.Node) string {
	var b strings.Builder
	for d := Following(n, n, false); d != nil; d = Following(d, n, false) {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return b.String()
}

// Children returns the children of n in order.
func Children(n *html.Node) []*html.Node {
	var list []*html.Node
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		list = append(list, c)
	}
	return list
}

// TakeChildren removes the children of n and returns them.
func TakeChildren(n *html.Node) []*html.Node {
	list := Children(n)
	for _, c := range list {
		n.RemoveChild(c)
	}
	return list
}

// CloneTree copies a subtree of an article's content. It may recurse because the depth of content is bounded.
func CloneTree(n *html.Node) *html.Node {
	c := &html.Node{
		Type: n.Type, DataAtom: n.DataAtom, Data: n.Data, Namespace: n.Namespace,
		Attr: append([]html.Attribute(nil), n.Attr...),
	}
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		c.AppendChild(CloneTree(child))
	}
	return c
}

// Detach removes n from its parent.
func Detach(n *html.Node) {
	if n.Parent != nil {
		n.Parent.RemoveChild(n)
	}
}
