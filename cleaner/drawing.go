package cleaner

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"

	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

const (
	leastDrawing   = 100     // how wide a drawing is that is no icon, in pixels
	leastLabels    = 2       // how many labels make a drawing of one whose size is not told
	maxDrawingText = 1 << 10 // after how many bytes no more labels are read
)

var drawingRule = struct{ name, doc string }{
	"drawing",
	"a drawing in SVG, which no article shows; its name and its labels",
}

// drawingText returns the name and the labels of a drawing; "" for an icon and for a drawing without words.
func drawingText(svg *html.Node) string {
	var words []string
	size, labels := 0, 0
	add := func(s string) {
		if s = text.FoldSpace(dom.Printable(s)); s != "" {
			words = append(words, s)
			size += len(s)
		}
	}
	add(dom.Attr(svg, "aria-label"))
	for n := svg.FirstChild; n != nil && size < maxDrawingText; {
		isLabel := n.Data == "text" || n.Data == "foreignObject"
		isWords := n.Type == html.ElementNode && (isLabel || n.Data == "title" && n.Parent == svg)
		if isWords {
			add(dom.RawText(n))
		}
		if isWords && isLabel {
			labels++
		}
		n = dom.Following(n, svg, isWords || n.Data == "defs")
	}
	if labels < leastLabels && drawingWidth(svg) < leastDrawing {
		return ""
	}
	return strings.Join(words, " · ")
}

// drawingWidth returns a drawing's width in pixels where it tells one, else that of its view box where that is no
// square, as those of icons are; 0 if it tells neither.
func drawingWidth(svg *html.Node) float64 {
	if width, ok := pixels(svg, "width"); ok {
		return width
	}
	box := strings.FieldsFunc(dom.Attr(svg, "viewBox"), func(r rune) bool { return r == ' ' || r == ',' })
	if len(box) != 4 || box[2] == box[3] {
		return 0
	}
	width, _ := strconv.ParseFloat(box[2], 64)
	return width
}
