package siterules

import (
	"fmt"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// A selector finds something in a page. It may be used by several goroutines at once.
type selector interface {
	// find returns what it selects below the root of a page, in document order. If the budget was spent, the list is not
	// complete.
	find(root *html.Node, b *budget) []found
}

// found is something that a selector found: a node, an attribute of it with its value, or, without a node, a text.
type found struct {
	node            *html.Node
	attribute, text string
}

// compile reads a selector: XPath if it begins like a path or with "xpath:", else CSS.
func compile(text string) (selector, error) {
	if len(text) > maxSelectorBytes {
		return nil, fmt.Errorf("%w: more than %d bytes", errComplex, maxSelectorBytes)
	}
	if path, ok := strings.CutPrefix(text, "xpath:"); ok {
		return compileXPath(strings.TrimSpace(path))
	}
	if strings.HasPrefix(text, "/") || strings.HasPrefix(text, "(") || strings.HasPrefix(text, "./") {
		return compileXPath(text)
	}
	return compileCSS(text)
}

// value returns what a selector found as the value of a field: the attribute, the text, or what an element has for
// programs. It is the text that the page shows if fromText is true.
func (f *found) value(key Key, b *budget) (value string, fromText bool) {
	if f.node == nil || f.attribute != "" {
		return f.text, false
	}
	attr := func(name string) string {
		for _, a := range f.node.Attr {
			if a.Key == name && a.Namespace == "" {
				return a.Val
			}
		}
		return ""
	}
	switch tag := f.node.DataAtom; {
	case tag == atom.Meta:
		return attr("content"), false
	case tag == atom.Time && key == Date && attr("datetime") != "":
		return attr("datetime"), true
	case tag == atom.Img && attr("src") != "":
		return attr("src"), false
	case (tag == atom.A || tag == atom.Link || tag == atom.Area) && (key == Next || key == Image):
		return attr("href"), false
	}
	return strings.TrimSpace(textOf(f.node, b)), true
}

// textOf returns the text of a node as the page has it, without that of scripts and styles below it.
func textOf(n *html.Node, b *budget) string {
	if n.Type == html.TextNode {
		return n.Data
	}
	var text strings.Builder
	walk(n, func(c *html.Node) bool {
		if c.Type == html.TextNode {
			text.WriteString(c.Data)
		}
		return b.take(1 + len(c.Data)/64)
	})
	return text.String()
}
