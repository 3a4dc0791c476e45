package cleaner

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/content"
	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/drawing"
)

// maxDecoration is the maximum width or height of an icon in pixels.
const maxDecoration = 24

// isDecoration recognizes tracking pixels and icons by the size in their markup. One small dimension is enough.
func isDecoration(img *html.Node) bool {
	for _, key := range [...]string{"width", "height"} {
		if size, ok := pixels(img, key); ok && size <= maxDecoration {
			return true
		}
	}
	_, height, found := strings.Cut(dom.Attr(img, "style"), ";height:") // badges have their height in their style
	height, _, isPixels := strings.Cut(height, "px")
	if !found || !isPixels {
		return false
	}
	size, err := strconv.ParseFloat(height, 64)
	return err == nil && size <= maxDecoration
}

// pixels reads a length in pixels from an attribute. The second result is false if the attribute is not such a length.
func pixels(n *html.Node, key string) (float64, bool) {
	value := strings.TrimSuffix(dom.Attr(n, key), "px")
	if value == "" { // most pictures have no size, and the error would be an allocation
		return 0, false
	}
	size, err := strconv.ParseFloat(value, 64)
	return size, err == nil
}

// isWide reports whether a picture declares a width of at least minWide, or has a "sizes" attribute, as pictures that
// come in several widths do.
func isWide(img *html.Node) bool {
	width, ok := pixels(img, "width")
	return ok && width >= minWide || dom.HasAttr(img, "sizes")
}

// minWide is the width in pixels from which a picture in a button does not count as an icon.
const minWide = 100

// isFrame reports whether an element is the box of a single picture that is not an icon: a figure, or a box without
// text. A picture in a button is an icon unless its markup says that it is wide.
func (p *page) isFrame(i int32, n *block.Node) bool {
	if p.weight[i] > 0 && n.Tag != atom.Figure {
		return false
	}
	pictures := 0
	for j := i + 1; j < n.End; j++ {
		img := p.Tree.Nodes[j]
		if img.Form != block.Image ||
			img.Tag == atom.Svg && (n.End-i > maxFrameNodes || !drawing.Read(img.HTML).IsShown()) {
			continue
		}
		if pictures++; pictures > 1 || isDecoration(img.HTML) || n.Tag == atom.Button && !isWide(img.HTML) {
			return false
		}
	}
	return pictures == 1
}

// maxFrameNodes is the maximum number of nodes in a box that can be the frame of a drawing.
const maxFrameNodes = 64

// imageSource returns the address of the best picture that an image offers; see content.ImageSource.
func (p *page) imageSource(n *html.Node) string {
	if p.sources == nil {
		p.sources = make(content.Sources)
	}
	return p.sources.Of(n)
}

// imageAddress returns the absolute address of the picture that a reader sees, or the address in the markup if it
// cannot be made absolute.
func (p *page) imageAddress(n *html.Node) string {
	src := p.imageSource(n)
	if src == "" || strings.HasPrefix(src, "data:") {
		return src
	}
	if abs, ok := p.Doc.Resolve(src); ok {
		return abs
	}
	return src
}
