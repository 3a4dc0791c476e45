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
	leastLabels  = 2       // labels that a drawing of unknown size needs
	leastShapes  = 3       // shapes that a drawing with only a name needs
	maxWords     = 1 << 10 // after this many bytes, no more labels are read
	maxNodes     = 3000    // elements in the largest drawing
	maxNodeDepth = 60
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

// nameOf returns the name in the attributes of a drawing, or of the box around it that has the role of an image.
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

// shownIn returns the element that a <switch> shows. That is the first one, unless it is HTML and is followed by a text
// alternative for programs that do not show HTML.
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

// Words returns the name and the labels of a drawing, or "" for an icon and for a drawing without words.
func (s Sketch) Words() string {
	if len(s.labels) < leastLabels && !s.big {
		return ""
	}
	return strings.TrimPrefix(strings.Join(append([]string{s.name}, s.labels...), " · "), " · ")
}

// IsShown reports whether a drawing is of interest to readers: a diagram with labels, or several shapes with a name or
// a caption. Icons, ornaments and logos are not.
func (s Sketch) IsShown() bool {
	switch {
	case !s.painted || s.tooLarge || strings.Contains(strings.ToLower(s.name), "logo"):
		return false
	case len(s.labels) >= leastLabels:
		return s.shapes > 0
	}
	return s.big && s.shapes >= leastShapes && (s.name != "" || s.captioned)
}

// HasLabels reports whether a drawing has the labels of a diagram. A drawing in the address of a picture may be only a
// placeholder.
func (s Sketch) HasLabels() bool { return len(s.labels) >= leastLabels }

// isPainted reports whether an element of a drawing has a color.
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

// isBig reports whether a drawing is larger than an icon. A drawing without a size in pixels is big if its view box is
// large and not square. The view boxes of icons are square.
func isBig(svg *html.Node) bool {
	var box [2]float64
	fields := strings.FieldsFunc(dom.Attr(svg, "viewBox"), func(r rune) bool { return r == ' ' || r == ',' })
	if len(fields) == 4 && fields[2] != fields[3] {
		box[0], _ = strconv.ParseFloat(fields[2], 64)
		box[1], _ = strconv.ParseFloat(fields[3], 64)
	}
	return length(svg, "width", box[0]) >= leastWidth && length(svg, "height", max(box[1], leastHeight)) >= leastHeight
}

// length returns a length in pixels from an attribute, or the value other if there is none.
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

// maxFigureDepth is the largest number of boxes that may be between a figure and its drawing.
const maxFigureDepth = 4
