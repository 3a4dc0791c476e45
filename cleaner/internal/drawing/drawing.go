package drawing

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

const (
	leastWidth   = 100     // pixels; narrower drawings are icons
	leastHeight  = 50      // pixels; flatter drawings are waves, lines and stars
	leastLabels  = 2       // a drawing with at least this many labels is a diagram, whatever its size
	leastShapes  = 3       // a drawing with fewer labels is shown only if it has at least this many shapes
	maxWords     = 1 << 10 // after this many bytes of names and labels, no more of them are read
	maxNodes     = 3000    // maximum number of elements in a drawing; Read counts text nodes too
	maxNodeDepth = 60      // maximum depth of elements in a drawing
)

// A Sketch contains the words of a drawing and facts about its shapes.
type Sketch struct {
	name   string
	labels []string
	shapes int
	// painted reports whether something in the drawing has a color. If not, its colors are in a style sheet of the
	// page, and without that sheet all shapes would be black.
	painted bool
	// big reports whether the drawing is larger than an icon.
	big bool
	// captioned reports whether the drawing is in a figure.
	captioned bool
	tooLarge  bool
}

// Read examines a drawing.
func Read(svg *html.Node) Sketch {
	s := Sketch{name: line(nameOf(svg)), big: isBig(svg), captioned: isInFigure(svg)}
	size, nodes := len(s.name), 0
	for n := svg; n != nil; {
		nodes++
		if nodes > maxNodes {
			s.tooLarge = true
			break
		}
		skip := n.Data == "defs"
		if n.Type == html.ElementNode {
			s.painted = s.painted || isPainted(n)
			switch {
			case isUnused(n):
				skip = true
			case shapes.Has(n.Data):
				s.shapes++
			case (n.Data == "title" || n.Data == "desc") && n.Parent == svg:
				if words := line(dom.RawText(n)); words != s.name && size < maxWords &&
					!strings.HasPrefix(words, "Created with") { // the line that a drawing program adds
					s.name = strings.Trim(s.name+" · "+words, " ·")
					size += len(words)
				}
				skip = true
			case isLabel(n):
				if words := line(dom.RawText(n)); words != "" && size < maxWords {
					s.labels = append(s.labels, words)
					size += len(words)
				}
				skip = true
			case n.Data == "title" || n.Data == "desc":
				skip = true
			}
		}
		n = dom.Following(n, svg, skip)
	}
	return s
}

// nameOf returns the aria-label of a drawing. If there is none, it returns that of the element around the drawing,
// provided that the element has the role img.
func nameOf(svg *html.Node) string {
	name := dom.Attr(svg, "aria-label")
	if box := svg.Parent; name == "" && box != nil && dom.Attr(box, "role") == "img" {
		return dom.Attr(box, "aria-label")
	}
	return name
}

// shapes are the elements that draw something.
var shapes = text.SetOf("path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "use")

func isLabel(n *html.Node) bool { return n.Data == "text" || n.Data == "foreignObject" }

// isUnused reports whether n is in a <switch> that shows another element.
func isUnused(n *html.Node) bool {
	return n.Parent != nil && n.Parent.Data == "switch" && n != shownIn(n.Parent)
}

// shownIn returns the element that a <switch> shows. That is the first one, unless it contains HTML and is followed by
// a <text>, the alternative for programs that do not show HTML. Then it is the <text>.
func shownIn(choice *html.Node) *html.Node {
	c := choice.FirstChild
	for range maxChoices {
		switch {
		case c == nil:
			return nil
		case c.Type != html.ElementNode:
		case c.Data != "foreignObject":
			return c
		default:
			if next := dom.NextElement(c); next == nil || next.Data != "text" {
				return c
			}
		}
		c = c.NextSibling
	}
	return nil
}

// maxChoices is how many nodes of a <switch> are examined.
const maxChoices = 12

func line(s string) string { return text.FoldSpace(dom.Printable(s)) }

// Words returns the name and the labels of a drawing, or "" if the drawing has no words or is as small as an icon and
// has at most one label.
func (s Sketch) Words() string {
	if len(s.labels) < leastLabels && !s.big {
		return ""
	}
	return strings.TrimPrefix(strings.Join(append([]string{s.name}, s.labels...), " · "), " · ")
}

// IsShown reports whether a drawing is of interest to readers: a diagram with labels, or several shapes with a name or
// in a figure. Icons, ornaments, logos, drawings without colors of their own and drawings with very many nodes are not.
func (s Sketch) IsShown() bool {
	switch {
	case !s.painted || s.tooLarge || strings.Contains(strings.ToLower(s.name), "logo"):
		return false
	case len(s.labels) >= leastLabels:
		return s.shapes > 0
	}
	return s.big && s.shapes >= leastShapes && (s.name != "" || s.captioned)
}

// HasLabels reports whether a drawing has at least two labels, as diagrams have. Callers use it for a drawing in the
// data: URL of a picture, because such a picture may be only a placeholder.
func (s Sketch) HasLabels() bool { return len(s.labels) >= leastLabels }

// isPainted reports whether an element of a drawing sets a color, or is a style sheet.
func isPainted(n *html.Node) bool {
	if n.Data == "style" {
		return true
	}
	for i := range n.Attr {
		switch n.Attr[i].Key {
		case "fill", "stroke":
			return true
		case "style":
			if strings.Contains(n.Attr[i].Val, "fill") || strings.Contains(n.Attr[i].Val, "stroke") {
				return true
			}
		}
	}
	return false
}

// isBig reports whether a drawing is at least leastWidth wide and leastHeight high. If it has no width in pixels, the
// width of its view box counts, unless the view box is square like that of an icon. The same applies to the height, but
// a drawing without any height is high enough.
func isBig(svg *html.Node) bool {
	var box [2]float64
	fields := strings.FieldsFunc(dom.Attr(svg, "viewBox"), func(r rune) bool { return r == ' ' || r == ',' })
	if len(fields) == 4 && fields[2] != fields[3] {
		box[0], _ = strconv.ParseFloat(fields[2], 64)
		box[1], _ = strconv.ParseFloat(fields[3], 64)
	}
	if box[1] == 0 {
		box[1] = leastHeight
	}
	return length(svg, "width", box[0]) >= leastWidth && length(svg, "height", box[1]) >= leastHeight
}

// length returns the value of an attribute in pixels. If the attribute is missing or in another unit, it returns the
// last argument.
func length(svg *html.Node, key string, other float64) float64 {
	value := strings.TrimSuffix(dom.Attr(svg, key), "px")
	if size, err := strconv.ParseFloat(value, 64); err == nil {
		return size
	}
	return other
}

func isInFigure(n *html.Node) bool {
	for range maxFigureDepth {
		if n = n.Parent; n == nil {
			return false
		}
		if n.DataAtom == atom.Figure {
			return true
		}
	}
	return false
}

// maxFigureDepth is the number of ancestors of a drawing that are examined in the search for a figure.
const maxFigureDepth = 4
