package drawing

import (
	"encoding/base64"
	"math"
	"net/url"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

const (
	prefix  = "data:image/svg+xml"
	maxSize = 40 << 10 // the maximum size of a written drawing, in bytes
	// maxUses is how often a drawing may repeat parts of itself with <use>. Each repetition costs a browser as much as
	// the part itself.
	maxUses = 500
)

// elements are the elements that a drawing may have. Some are deliberately absent: script, everything that changes over
// time (animate, set), image and feImage (they load files), <a> (it is a link), filter (its cost for a browser is
// unbounded) and foreignObject (it contains HTML, whose words are written as text).
var elements = text.SetOf(
	"svg", "g", "defs", "symbol", "use", "switch", "title", "desc", "style", "path", "rect", "circle", "ellipse", "line",
	"polyline", "polygon", "text", "tspan", "textPath", "marker", "linearGradient", "radialGradient", "stop", "clipPath",
	"mask", "pattern",
)

// properties are the names of properties that are allowed both as attributes and in styles.
var properties = text.SetOf(
	"fill", "fill-opacity", "fill-rule", "stroke", "stroke-width", "stroke-opacity", "stroke-dasharray",
	"stroke-dashoffset", "stroke-linecap", "stroke-linejoin", "stroke-miterlimit", "opacity", "color", "font-family",
	"font-size", "font-style", "font-weight", "font-variant", "font", "text-anchor", "text-align", "dominant-baseline",
	"alignment-baseline", "baseline-shift", "letter-spacing", "word-spacing", "text-decoration", "writing-mode",
	"direction", "display", "visibility", "overflow", "clip-path", "clip-rule", "mask", "marker", "marker-start",
	"marker-mid", "marker-end", "stop-color", "stop-opacity", "paint-order", "vector-effect", "shape-rendering",
	"text-rendering", "transform", "transform-origin", "white-space",
)

// places are the other attributes that are allowed. Most of them give positions and sizes.
var places = text.SetOf(
	"x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "fx", "fy", "d", "points", "width", "height", "dx",
	"dy", "rotate", "viewBox", "preserveAspectRatio", "textLength", "lengthAdjust", "startOffset", "offset",
	"gradientUnits", "gradientTransform", "spreadMethod", "patternUnits", "patternContentUnits", "patternTransform",
	"clipPathUnits", "maskUnits", "maskContentUnits", "markerUnits", "markerWidth", "markerHeight", "refX", "refY",
	"orient", "pathLength", "class",
)

// Address returns a data: URL (data:image/svg+xml) of a picture that shows the drawing, or "" if the drawing is too
// large or shows nothing.
func Address(svg *html.Node) string {
	w := writer{}
	w.shown, w.gradients = parts(svg)
	w.element(svg, 0, false)
	if w.isFull() || w.shapes == 0 {
		return ""
	}
	return prefix + ";base64," + base64.StdEncoding.EncodeToString([]byte(w.out.String()))
}

// Parse returns the drawing in the data: URL of a picture, or nil if the address is of another kind, is very long or
// contains no drawing.
func Parse(address string) *html.Node {
	rest, found := strings.CutPrefix(address, prefix)
	kind, data, comma := strings.Cut(rest, ",")
	if !found || !comma || len(data) > 2*maxSize {
		return nil
	}
	if strings.HasSuffix(kind, ";base64") {
		plain, err := base64.StdEncoding.DecodeString(strings.TrimSpace(data))
		if err != nil {
			return nil
		}
		data = string(plain)
	} else if plain, err := url.PathUnescape(data); err == nil {
		data = plain
	}
	list, err := html.ParseFragment(strings.NewReader(data), dom.NewElement(atom.Div))
	if err != nil {
		return nil
	}
	for _, n := range list {
		if n.Data == "svg" && n.Namespace == "svg" {
			return n
		}
	}
	return nil
}

// parts returns two sets of ids. shown has the ids of the parts that a drawing repeats or paints with. gradients has
// the ids of gradients. An id that a gradient shares with another element is not in gradients, because browsers use the
// first element.
func parts(svg *html.Node) (shown, gradients map[string]bool) {
	shown, gradients = make(map[string]bool), make(map[string]bool)
	other := make(map[string]bool)
	for n := svg; n != nil; n = dom.Following(n, svg, false) {
		if isGradient(n) {
			gradients[plain(dom.Attr(n, "id"))] = true
			continue // a gradient may take its colors from another gradient
		}
		other[plain(dom.Attr(n, "id"))] = true
		for i := range n.Attr {
			value := plain(n.Attr[i].Val)
			if n.Attr[i].Key == "href" {
				shown[strings.TrimPrefix(value, "#")] = true
			}
			for _, after, found := strings.Cut(value, "("); found; _, after, found = strings.Cut(after, "(") {
				if id := target(after); isID(id) {
					shown[id] = true
				}
			}
		}
	}
	for id := range other {
		delete(gradients, id)
	}
	return shown, gradients
}

// plain returns the value of an attribute as it will be written.
func plain(value string) string { return strings.TrimSpace(dom.Printable(value)) }

// A writer writes a drawing as XML.
type writer struct {
	out                 strings.Builder
	nodes, shapes, uses int             // the numbers of nodes, shapes and <use> elements so far
	shown, gradients    map[string]bool // the sets of ids that the function parts returns
	overloaded          bool            // the drawing has too many elements or levels, or its XML is too long
}

func (w *writer) isFull() bool { return w.overloaded || w.out.Len() > maxSize }

// refersTo returns a function that reports whether an element may refer to an id. Inside a part that the drawing
// repeats or paints with, elements may refer only to gradients, so that repetitions do not multiply.
func (w *writer) refersTo(inPart bool) func(id string) bool {
	if inPart {
		return func(id string) bool { return w.gradients[id] }
	}
	return isID
}

// element writes an element. The parameter inPart reports whether the element is inside a part that the drawing repeats
// or paints with.
func (w *writer) element(n *html.Node, depth int, inPart bool) {
	if w.nodes++; w.nodes > maxNodes || depth > maxNodeDepth || w.isFull() {
		w.overloaded = true
		return
	}
	name := n.Data
	inPart = inPart || w.shown[plain(dom.Attr(n, "id"))]
	switch {
	case name == "foreignObject":
		w.label(n)
		return
	case name == "style":
		if sheet := safeSheet(dom.RawText(n), w.refersTo(true)); sheet != "" {
			w.out.WriteString("<style>")
			w.words(sheet)
			w.out.WriteString("</style>")
		}
		return
	case name == "use":
		if w.uses++; inPart || w.uses > maxUses {
			return
		}
	case name == "a":
		name = "g"
	case !elements.Has(name):
		return
	}
	if shapes.Has(name) || name == "text" {
		w.shapes++
	}
	w.out.WriteString("<" + name)
	if depth == 0 {
		w.out.WriteString(` xmlns="http://www.w3.org/2000/svg"`)
	}
	w.attributes(n, inPart)
	w.out.WriteByte('>')
	if name == "title" || name == "desc" {
		w.words(line(dom.RawText(n)))
	} else {
		w.children(n, depth+1, inPart)
	}
	w.out.WriteString("</" + name + ">")
}

func (w *writer) children(n *html.Node, depth int, inPart bool) {
	saysWords := n.Data == "text" || n.Data == "tspan" || n.Data == "textPath"
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case c.Type == html.TextNode && saysWords:
			w.words(c.Data)
		case c.Type == html.ElementNode && c.Namespace == "svg" && !isUnused(c):
			w.element(c, depth, inPart)
		}
	}
}

// words writes text.
func (w *writer) words(s string) {
	s = notInXML.Replace(strings.ToValidUTF8(dom.Printable(s), ""))
	w.out.WriteString(html.EscapeString(s))
}

// notInXML removes the last two characters of the Basic Multilingual Plane, which XML forbids.
var notInXML = strings.NewReplacer("\uFFFE", "", "\uFFFF", "")

// label writes the words of HTML in a drawing as text in the middle of the HTML's area.
func (w *writer) label(n *html.Node) {
	words := line(dom.RawText(n))
	if words == "" {
		return
	}
	w.shapes++
	w.out.WriteString(`<text x="` + middle(n, "x", "width") + `" y="` + middle(n, "y", "height") +
		`" text-anchor="middle" dominant-baseline="central">`)
	w.words(words)
	w.out.WriteString("</text>")
}

func middle(n *html.Node, start, size string) string {
	at := length(n, start, 0) + length(n, size, 0)/2
	if math.IsNaN(at) || math.Abs(at) > 1e6 {
		at = 0
	}
	return strconv.FormatFloat(at, 'f', -1, 64)
}

// attributes writes the safe attributes of an element.
func (w *writer) attributes(n *html.Node, inPart bool) {
	refersTo := w.refersTo(inPart)
	for i := range n.Attr {
		a := &n.Attr[i]
		value := plain(a.Val)
		switch {
		case a.Key == "href" && (a.Namespace == "" || a.Namespace == "xlink" && !dom.HasAttr(n, "href")):
			id, own := strings.CutPrefix(value, "#")
			if !own || !isID(id) || !isGradient(n) && !refersTo(id) {
				continue
			}
		case a.Namespace != "":
			continue
		case a.Key == "id":
			if !isID(value) {
				continue
			}
		case a.Key == "style":
			if value = safeStyle(value, refersTo); value == "" {
				continue
			}
		case !places.Has(a.Key) && !properties.Has(a.Key) || !safeValue(value, refersTo):
			continue
		}
		w.out.WriteString(" " + a.Key + `="`)
		w.words(value)
		w.out.WriteByte('"')
	}
}

// isGradient reports whether an element is a gradient, which may take its colors from another gradient.
func isGradient(n *html.Node) bool { return n.Data == "linearGradient" || n.Data == "radialGradient" }
