package canon

import (
	"net/url"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// chartOf returns the picture that a chart contains for browsers without scripts. It returns nil if there is none, or
// if the chart contains anything but that picture, scripts and comments.
func (w *Writer) chartOf(n *html.Node) *html.Node {
	var picture *html.Node
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case c.DataAtom == atom.Noscript && c.FirstChild != nil && len(c.FirstChild.Data) <= maxPacked:
			if img := imageIn(c.FirstChild.Data); img != nil {
				picture = img
			}
		case c.DataAtom == atom.Script || c.Type == html.CommentNode || c.Type == html.TextNode &&
			strings.TrimSpace(c.Data) == "":
		default:
			return nil
		}
	}
	return picture
}

// imageIn returns the first image in the markup, or nil.
func imageIn(markup string) *html.Node {
	z := html.NewTokenizer(strings.NewReader(markup))
	for kind := z.Next(); kind != html.ErrorToken; kind = z.Next() {
		if t := z.Token(); t.DataAtom == atom.Img {
			picture := dom.NewElement(atom.Img)
			picture.Attr = t.Attr
			return picture
		}
	}
	return nil
}

// scriptedAddress returns the address of the chart of Flourish, or of the video of Wistia, that a script puts into a
// box. It returns "" for other boxes.
func scriptedAddress(n *html.Node, class string) string {
	if chart := dom.Attr(n, "data-src"); strings.Contains(class, "flourish-embed") &&
		text.IsSimple(strings.Replace(chart, "/", "-", 1), maxChart) {
		return "https://flo.uri.sh/" + chart + "/embed"
	}
	for name := range strings.FieldsSeq(dom.Attr(n, "class")) {
		if id, found := strings.CutPrefix(name, "wistia_async_"); found && text.IsSimple(id, maxChart) {
			return "https://fast.wistia.net/embed/iframe/" + id
		}
	}
	return ""
}

// maxChart is the maximum length of a chart's id, in bytes.
const maxChart = 60

// tableauOf returns a frame for the page with a chart of Tableau, whose parameters are in an <object>. It returns nil
// if they are missing.
func (w *Writer) tableauOf(n *html.Node) *html.Node {
	host, name, title := "", "", ""
	for d := w.next(n, n, false); d != nil; d = w.next(d, n, false) {
		switch d.DataAtom {
		case atom.Param:
			value, err := url.QueryUnescape(dom.Attr(d, "value"))
			switch key := dom.Attr(d, "name"); {
			case err != nil:
			case key == "host_url":
				host = value
			case key == "name":
				name = value
			}
		case atom.Noscript:
			if d.FirstChild != nil && len(d.FirstChild.Data) <= maxPacked {
				if img := imageIn(d.FirstChild.Data); img != nil {
					title = text.FoldSpace(dom.Attr(img, "alt"))
				}
			}
		}
	}
	if !strings.HasPrefix(host, "http") || name == "" {
		return nil
	}
	return in(frameOf(strings.TrimRight(host, "/")+"/views/"+name, title, ""), n)
}
