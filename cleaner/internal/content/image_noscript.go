package content

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/dom"
)

// NoscriptSource returns the address of the image that a lazy image offers to browsers without scripts, or "". The
// image is in a <noscript> next to it or next to a box around it that has no text. The parser treats the content of a
// <noscript> as text.
func NoscriptSource(n *html.Node) string {
	src, _ := noscriptTwin(n)
	return src
}

// noscriptTwin returns the address and the alternative text of the image that NoscriptSource describes. Both are "" if
// there is none.
func noscriptTwin(n *html.Node) (src, alt string) {
	at := n
	for range 3 {
		for _, s := range [...]*html.Node{dom.NextElement(at), dom.PreviousElement(at)} {
			if src, alt = sourceInNoscript(s); src != "" {
				return src, alt
			}
		}
		if at = at.Parent; at == nil || holdsText(at) {
			return "", ""
		}
	}
	return "", ""
}

// holdsText reports whether there is text directly in a node. It also returns true if the node has more than eight
// children.
func holdsText(n *html.Node) bool {
	seen := 0
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if seen++; seen > 8 || c.Type == html.TextNode && strings.TrimSpace(c.Data) != "" {
			return true
		}
	}
	return false
}

func sourceInNoscript(s *html.Node) (src, alt string) {
	if s == nil || s.DataAtom != atom.Noscript || s.FirstChild == nil || len(s.FirstChild.Data) > maxNoscript {
		return "", ""
	}
	z := html.NewTokenizer(strings.NewReader(s.FirstChild.Data))
	picture := dom.NewElement(atom.Picture)
	for kind := z.Next(); kind != html.ErrorToken; kind = z.Next() {
		token := z.Token()
		switch token.DataAtom {
		case atom.Source:
			picture.AppendChild(&html.Node{Type: html.ElementNode, DataAtom: atom.Source, Attr: token.Attr})
		case atom.Img:
			img := &html.Node{Type: html.ElementNode, DataAtom: atom.Img, Attr: token.Attr}
			picture.AppendChild(img)
			if src := ImageSource(img); src != "" {
				return src, dom.Attr(img, "alt")
			}
		}
	}
	return "", ""
}

// maxNoscript is the maximum length in bytes of a <noscript> that is searched for an image.
const maxNoscript = 8192
