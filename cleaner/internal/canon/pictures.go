package canon

import (
	"cmp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/embed"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// objectOf returns the picture that an <object> or <embed> shows, or nil if it shows anything else. The content of the
// element is for browsers that cannot show the picture. Only its alternative text is used, if the element has no label
// of its own.
func (w *Writer) objectOf(n *html.Node) *html.Node {
	key := "src"
	if n.DataAtom == atom.Object {
		key = "data"
	}
	address := dom.Attr(n, key)
	if kind := dom.Attr(n, "type"); address == "" || kind != "" && !strings.HasPrefix(kind, "image/") ||
		kind == "" && !isPictureFile(address) {
		return nil
	}
	img := dom.NewElement(atom.Img)
	alt := cmp.Or(dom.Attr(n, "aria-label"), dom.Attr(n, "title"), dom.Attr(n, "alt"))
	for d := w.next(n, n, false); d != nil && alt == ""; d = w.next(d, n, false) {
		alt = dom.Attr(d, "alt")
	}
	img.Attr = []html.Attribute{{Key: "src", Val: address}, {Key: "alt", Val: alt}}
	for _, key := range [...]string{"width", "height"} {
		if size := dom.Attr(n, key); size != "" {
			img.Attr = append(img.Attr, html.Attribute{Key: key, Val: size})
		}
	}
	return in(img, n)
}

// isPictureFile reports whether an address is that of a picture file.
func isPictureFile(address string) bool {
	path, _, _ := strings.Cut(strings.ToLower(address), "?")
	path, _, _ = strings.Cut(path, "#")
	dot := strings.LastIndexByte(path, '.')
	return dot > 0 && pictureEndings.Has(path[dot+1:])
}

var pictureEndings = text.SetOf("jpg", "jpeg", "png", "gif", "webp", "avif", "svg")

// noscriptOf returns the picture in a <noscript>, with its caption. It returns nil if the <noscript> is in the <head>,
// is too long or contains anything else, or if a picture is next to it.
func (w *Writer) noscriptOf(n *html.Node) *html.Node {
	markup := n.FirstChild.Data // an attribute with ="1" is the size of a tracking pixel
	if len(markup) > maxPacked || !strings.Contains(markup, "<img") || strings.Contains(markup, `="1"`) ||
		n.Parent == nil || n.Parent.DataAtom == atom.Head || w.hasPictureBeside(n) {
		return nil
	}
	list, err := html.ParseFragment(strings.NewReader(markup), dom.NewElement(atom.Div))
	if err != nil {
		return nil
	}
	w.copied += len(markup) / 16
	form := dom.NewElement(atom.Span)
	var img *html.Node
	for _, c := range list {
		form.AppendChild(c)
	}
	for d := w.next(form, form, false); d != nil; d = w.next(d, form, d.DataAtom == atom.Figcaption) {
		switch {
		case d.DataAtom == atom.Img && img == nil && isSeen(d):
			img = d
		case d.DataAtom == atom.Img, d.DataAtom == atom.Iframe, d.DataAtom == atom.Script,
			d.Type == html.TextNode && strings.TrimSpace(d.Data) != "":
			return nil
		}
	}
	if img == nil {
		return nil
	}
	return in(form, n)
}

// galleryOf returns the pictures of a gallery that MediaWiki writes as a list: a figure for each picture, with the text
// below it as the caption, and a figure with only a caption for the title of the gallery. It returns nil for other
// lists.
func (w *Writer) galleryOf(n *html.Node) *html.Node {
	if !dom.HasToken(dom.Attr(n, "class"), "gallery") {
		return nil
	}
	form := dom.NewElement(atom.Div)
	for li := n.FirstChild; li != nil; li = li.NextSibling {
		if li.Type != html.ElementNode {
			continue
		}
		class := dom.Attr(li, "class")
		figure, caption := dom.NewElement(atom.Figure), dom.NewElement(atom.Figcaption)
		switch {
		case dom.HasToken(class, "gallerycaption"):
			w.copyChildren(caption, li, nil)
		case dom.HasToken(class, "gallerybox"):
			words := w.firstNamed(li, "gallerytext")
			w.copyChildren(figure, li, words)
			if words != nil {
				w.copyChildren(caption, words, nil)
			}
		default:
			return nil
		}
		figure.AppendChild(caption)
		form.AppendChild(figure)
	}
	return in(form, n)
}

// firstNamed returns the first descendant of n that has the given class, or nil.
func (w *Writer) firstNamed(n *html.Node, class string) *html.Node {
	for d := w.next(n, n, false); d != nil; d = w.next(d, n, false) {
		if d.Type == html.ElementNode && dom.HasToken(dom.Attr(d, "class"), class) {
			return d
		}
	}
	return nil
}

// creditedOf returns the form of a figure whose credit is outside its caption: the figure with the credit at the end of
// the caption. It returns nil for other figures.
func (w *Writer) creditedOf(n *html.Node) *html.Node {
	var caption, credit *html.Node
	count := 0
	for d := w.next(n, n, false); d != nil; count++ {
		if count > maxFigureNodes || d.DataAtom == atom.Pre || d.DataAtom == atom.Table {
			return nil
		}
		skip := d.DataAtom == atom.Figcaption
		switch {
		case skip && caption != nil:
			return nil
		case skip:
			caption = d
		case credit == nil && (d.DataAtom == atom.Span || d.DataAtom == atom.Div || d.DataAtom == atom.P) &&
			isCreditName(strings.ToLower(dom.Attr(d, "class"))) && strings.TrimSpace(w.rawText(d)) != "":
			credit, skip = d, true
		}
		d = w.next(d, n, skip)
	}
	if caption == nil || credit == nil || len(w.rawText(credit)) > maxCredit {
		return nil
	}
	form := &html.Node{Type: n.Type, Data: n.Data, DataAtom: n.DataAtom, Attr: n.Attr}
	w.copyChildren(form, n, credit)
	for d := range form.Descendants() {
		if d.DataAtom == atom.Figcaption {
			part := dom.NewElement(atom.Div)
			w.copyChildren(part, credit, nil)
			d.AppendChild(part)
			break
		}
	}
	return in(form, n)
}

// maxFigureNodes is approximately the maximum number of nodes in a figure that is searched for a credit. maxCredit is
// the maximum length of a credit, in bytes.
const maxFigureNodes, maxCredit = 100, 200

func isCreditName(class string) bool {
	return strings.Contains(class, "credit") || strings.Contains(class, "copyright")
}

// isUnseenLabel reports whether an element is a picture's label for screen readers only.
func isUnseenLabel(n *html.Node) bool {
	words := onlyText(n)
	if words == "" || len(words) > maxUnseenLabel || !unseenLabels.Has(words) {
		return false
	}
	return isInFigure(n)
}

// unseenLabels are the labels that newspapers write before a picture, its caption and its credit, and hide with their
// style sheets.
var unseenLabels = text.SetOf(
	"Image", "Image:", "Credit", "Credit...", "Credit…", "Caption", "Image caption", "Image caption,", "Image source,",
	"Image source", "Image credit,", "Media caption,", "Video", "Bildquelle,", "Bildunterschrift,", "Crédito...",
	"Crédit...", "Légende,", "Imagen", "Imagem", "Slideshow",
)

const maxUnseenLabel = 24

// isSeen reports whether a reader can see a picture, which is not the case with tracking pixels and icons. Its style
// must not hide it. Its width and height, if given, must have at least three characters, not counting "px". At least
// two of the following must be true: it has alternative text or is in a figure; it has a width or height; its address
// is that of a picture file.
func isSeen(img *html.Node) bool {
	wide := false
	for _, key := range [...]string{"width", "height"} {
		if size := strings.TrimSuffix(dom.Attr(img, key), "px"); size != "" {
			if len(size) < 3 {
				return false
			}
			wide = true
		}
	}
	style := strings.ReplaceAll(dom.Attr(img, "style"), " ", "")
	if strings.Contains(style, "display:none") || strings.Contains(style, "absolute") {
		return false
	}
	named := dom.Attr(img, "alt") != "" || isInFigure(img)
	return named && wide || (named || wide) && isPictureFile(dom.Attr(img, "src"))
}

func isInFigure(n *html.Node) bool {
	for n = n.Parent; n != nil; n = n.Parent {
		if n.DataAtom == atom.Figure {
			return true
		}
	}
	return false
}

// hasPictureBeside reports whether there is an element next to a node that shows a picture once scripts have run. As
// long as the box around the node has no other text, the neighbors of the box are examined too, but no more than
// maxTwinHeight levels in all.
func (w *Writer) hasPictureBeside(n *html.Node) bool {
	for range maxTwinHeight {
		for _, s := range [...]*html.Node{dom.PreviousElement(n), dom.NextElement(n)} {
			if s != nil && w.showsPicture(s) {
				return true
			}
		}
		if n = n.Parent; n == nil || strings.TrimSpace(w.shortText(n)) != "" {
			return false
		}
	}
	return false
}

// maxTwinHeight is how many elements, from a <noscript> outward, are examined for neighbors that show a picture.
const maxTwinHeight = 3

// showsPicture reports whether an element has no text and shows a picture, a player or a chart. A script that is loaded
// from an address counts too, because it could draw one.
func (w *Writer) showsPicture(n *html.Node) bool {
	found := false
	for d, count := n, 0; d != nil && count < maxTwinNodes; d, count = w.next(d, n, d.DataAtom == atom.Noscript), count+1 {
		switch {
		case d.Type == html.TextNode && strings.TrimSpace(d.Data) != "" && d.Parent.DataAtom != atom.Script:
			return false
		case d.DataAtom == atom.Img || d.DataAtom == atom.Canvas || d.Data == "svg" || d.Data == "amp-img" ||
			embed.IsElement(d.DataAtom) || d.DataAtom == atom.Script && dom.Attr(d, "src") != "":
			found = true
		}
		for i := range d.Attr {
			a := &d.Attr[i]
			found = found || strings.HasPrefix(a.Key, "data-") && isPictureFile(a.Val) ||
				a.Key == "style" && strings.Contains(a.Val, "url(")
		}
	}
	return found
}

// maxTwinNodes is how many nodes of an element showsPicture and shortText examine.
const maxTwinNodes = 40

// shortText returns the text of the first maxTwinNodes nodes below a box, without <script>, <style> and <noscript>.
func (w *Writer) shortText(n *html.Node) string {
	var b strings.Builder
	count := 0
	for d := w.next(n, n, false); d != nil && count < maxTwinNodes; count++ {
		skip := d.DataAtom == atom.Noscript || d.DataAtom == atom.Script || d.DataAtom == atom.Style
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
		d = w.next(d, n, skip)
	}
	return b.String()
}
