package content

import (
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/dom"
)

// pictureBox returns a figure with the pictures of a box that is a list of definitions or a table only for its layout:
// a list that consists of pictures, or a table with a single picture and perhaps a caption. It returns nil for other
// nodes.
func pictureBox(n *html.Node) *html.Node {
	if n.DataAtom != atom.Dl && n.DataAtom != atom.Table {
		return nil
	}
	var pictures []*html.Node
	var caption *html.Node
	for d := dom.Following(n, n, false); d != nil; d = dom.Following(d, n, d == caption) {
		switch {
		case d.DataAtom == atom.Caption && n.DataAtom == atom.Table && d.Parent == n:
			caption = d
		case d.DataAtom == atom.Img:
			pictures = append(pictures, d)
		case d.Type == html.TextNode && hasVisible(d.Data) || d.Namespace != "":
			return nil
		}
	}
	if len(pictures) == 0 || n.DataAtom == atom.Table && len(pictures) > 1 {
		return nil
	}
	figure := dom.NewElement(atom.Figure)
	for _, img := range pictures {
		if a := img.Parent; a.DataAtom == atom.A && a.FirstChild == img && a.LastChild == img {
			img = a
		}
		dom.Detach(img)
		figure.AppendChild(img)
	}
	if caption != nil {
		words := dom.NewElement(atom.Figcaption)
		for _, c := range dom.TakeChildren(caption) {
			words.AppendChild(c)
		}
		figure.AppendChild(words)
	}
	return figure
}
