package content

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/drawing"
)

// drawn returns an <img> element for an SVG drawing, with the words of the drawing as alternative text, or nil for an
// icon or an ornament.
func drawn(svg *html.Node) *html.Node {
	sketch := drawing.Read(svg)
	if !sketch.IsShown() {
		return nil
	}
	src := drawing.Address(svg)
	if src == "" {
		return nil
	}
	img := dom.NewElement(atom.Img)
	img.Attr = []html.Attribute{{Key: "src", Val: src}}
	if words := sketch.Words(); words != "" {
		img.Attr = append(img.Attr, html.Attribute{Key: "alt", Val: words})
	}
	return img
}

// drawingIn returns the SVG drawing that the data: URL of a picture contains, or nil if there is none. On a page, it
// returns only drawings with labels, because pictures with a drawing in their address are mostly placeholders, which
// have no labels.
func drawingIn(src string, onPage bool) *html.Node {
	if onPage && len(src) < minDrawing || !strings.HasPrefix(src, "data:image/svg") {
		return nil
	}
	svg := drawing.Parse(src)
	if svg == nil {
		return nil
	}
	if sketch := drawing.Read(svg); onPage && !(sketch.HasLabels() && sketch.IsShown()) {
		return nil
	}
	return svg
}

// minDrawing is the minimum length, in bytes, of a picture's data: URL that is searched for a drawing with labels.
const minDrawing = 300
