package siterules

import (
	"fmt"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// A selector finds nodes or values in a page. Several goroutines may use it at once.
type selector interface {
	// find returns the selector's results below the root of a page, in document order. If the budget runs out, the list
	// is incomplete.
	find(root *html.Node, b *budget) []found
}

// found is one result of a selector: a node, an attribute of a node with its value, or, without a node, a text.
type found struct {
	node            *html.Node
	attribute, text string
}

// compile compiles a selector. The text is XPath if it begins with "/", "./", "(" or "xpath:", and otherwise CSS.
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

// value returns a result as the value of a field: the attribute, the text, or the machine-readable value of an element.
// fromText reports whether the text of f.node shows the value. That text may write a date in another form.
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

// textOf returns all text in a node, even in scripts and styles. It is incomplete if the budget runs out.
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
