package render

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// HTML renders content as an article element. The options select whether it contains the headline, captions, images and
// links.
func HTML(content *html.Node, o Options) string {
	root := dom.NewElement(atom.Article)
	if text.IsSimple(o.Language, 35) {
		root.Attr = append(root.Attr, html.Attribute{Key: "lang", Val: o.Language})
	}
	if isRightToLeft(o.Language) {
		root.Attr = append(root.Attr, html.Attribute{Key: "dir", Val: "rtl"})
	}
	if o.Headline && o.Title != "" {
		h1 := dom.NewElement(atom.H1)
		h1.AppendChild(dom.NewText(o.Title))
		root.AppendChild(h1)
	}
	for _, c := range filtered(content, o) {
		root.AppendChild(c)
	}
	return Node(root)
}

// Node renders one node of a safe tree.
func Node(n *html.Node) string {
	var b strings.Builder
	if err := html.Render(&b, n); err != nil {
		// a strings.Builder never returns an error, and the tree contains no raw text elements
		return ""
	}
	return b.String()
}

// filtered returns copies of the child nodes of the content, without the parts that the options hide.
func filtered(content *html.Node, o Options) []*html.Node {
	if content == nil {
		return nil
	}
	var list []*html.Node
	for c := content.FirstChild; c != nil; c = c.NextSibling {
		list = append(list, filteredNode(c, o)...)
	}
	return list
}

func filteredNode(n *html.Node, o Options) []*html.Node {
	switch n.DataAtom {
	case atom.Img:
		if !o.Images {
			return nil
		}
	case atom.Figcaption, atom.Caption:
		if !o.Captions {
			return nil
		}
	case atom.A:
		if !o.Links {
			return filtered(n, o)
		}
	}
	c := &html.Node{Type: n.Type, Data: n.Data, DataAtom: n.DataAtom, Namespace: n.Namespace, Attr: n.Attr}
	for _, child := range filtered(n, o) {
		c.AppendChild(child)
	}
	if n.DataAtom == atom.Figure && c.FirstChild == nil {
		return nil
	}
	return []*html.Node{c}
}

// isRightToLeft reports whether a language is written from right to left (Unicode CLDR, layout orientation).
func isRightToLeft(lang string) bool {
	lang, _, _ = strings.Cut(strings.ToLower(lang), "-")
	switch lang {
	case "ar", "fa", "he", "iw", "ur", "ps", "sd", "ug", "yi", "dv", "ckb":
		return true
	}
	return false
}
