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
	leastWidth   = 100     // how wide a drawing is that is no icon, in pixels
	leastHeight  = 50      // how high it is: lower ones are waves, lines and stars
	leastLabels  = 2       // how many labels make a drawing of one whose size is not told
	leastShapes  = 3       // how many shapes one has whose only words are its name
	maxWords     = 1 << 10 // after how many bytes no more labels are read
	maxNodes     = 3000    // how many elements a drawing has at most
	maxNodeDepth = 60
)

// A Sketch is what a drawing says and what it is made of.
type Sketch struct {
	name   string
	labels []string
	shapes int
	// painted says that something in the drawing has a color: without one, its colors are in a style sheet of the page,
	// and its shapes would all be black.
	painted bool
	// big says that the drawing is as large as no icon.
	big bool
	// captioned says that it stands in a figure.
	captioned bool
	tooLarge  bool
}

// Read looks at a drawing.
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
					!strings.HasPrefix(words, "Created with") { // a program
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

// nameOf returns the name that the attributes of a drawing, or of the box that is an image by it, give it.
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

// isUnused reports whether an element is one that its switch does not show.
func isUnused(n *html.Node) bool {
	return n.Parent != nil && n.Parent.Data == "switch" && n != shownIn(n.Parent)
}

// shownIn returns what a switch shows: the first of its elements, but not HTML that has a text for other programs
// beside it.
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

// maxChoices is how many nodes of a switch are looked at.
const maxChoices = 12

func line(s string) string { return text.FoldSpace(dom.Printable(s)) }

// Words returns the name and the labels of a drawing; "" for an icon and for a drawing without words.
func (s Sketch) Words() string {
	if len(s.labels) < leastLabels && !s.big {
		return ""
	}
	return strings.TrimPrefix(strings.Join(append([]string{s.name}, s.labels...), " · "), " · ")
}

// IsShown reports whether a drawing is one that a reader wants to see: a diagram with labels, or a drawing of several
// shapes with a name or a caption. Icons, ornaments and logos are none.
func (s Sketch) IsShown() bool {
	switch {
	case !s.painted || s.tooLarge || strings.Contains(strings.ToLower(s.name), "logo"):
		return false
	case len(s.labels) >= leastLabels:
		return s.shapes > 0
	}
	return s.big && s.shapes >= leastShapes && (s.name != "" || s.captioned)
}

// HasLabels reports whether a drawing has the words of a diagram. One in the address of a picture may be a mere
// placeholder.
func (s Sketch) HasLabels() bool { return len(s.labels) >= leastLabels }

// isPainted reports whether an element of a drawing says what color it has.
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

// isBig reports whether a drawing is as large as no icon: by its size in pixels where it tells one, else by that of its
// view box where that is no square, as those of icons are.
func isBig(svg *html.Node) bool {
	var box [2]float64
	fields := strings.FieldsFunc(dom.Attr(svg, "viewBox"), func(r rune) bool { return r == ' ' || r == ',' })
	if len(fields) == 4 && fields[2] != fields[3] {
		box[0], _ = strconv.ParseFloat(fields[2], 64)
		box[1], _ = strconv.ParseFloat(fields[3], 64)
	}
	return length(svg, "width", box[0]) >= leastWidth && length(svg, "height", max(box[1], leastHeight)) >= leastHeight
}

// length returns a length in pixels from an attribute, else another one.
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

// maxFigureDepth is how many boxes a figure may have around its drawing.
const maxFigureDepth = 4
