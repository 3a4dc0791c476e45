package render

import (
	"strings"

	"golang.org/x/net/html"
)

// A Span is a part of a text, in bytes: [From, To).
type Span struct{ From, To int }

// A place is where a run or a block begins: in which line, after how many bytes of marker, and how many lines it has.
type place struct{ line, marker, lines int }

// addAt is add that records the place of what the lines show: of a run of inline content by its first node, of a code
// block or a table by itself. marker is the number of bytes before it.
func (r *textRenderer) addAt(first *html.Node, marker int, lines ...Line) {
	r.add(lines...)
	if r.places != nil && len(lines) > 0 {
		r.places[first] = place{len(r.lines) - len(lines), marker, len(lines)}
	}
}

// Spans renders content as Text does, and returns where in the text its runs of inline content are, by their first
// nodes, its code blocks and its tables.
func Spans(content *html.Node, o Options) (string, map[*html.Node]Span) {
	r := textRenderer{opts: o, places: make(map[*html.Node]place)}
	r.blocks(content, "", "")
	starts := make([]int, len(r.lines)+1)
	var b strings.Builder
	for i, l := range r.lines {
		starts[i] = b.Len()
		b.WriteString(l.Text)
		b.WriteByte('\n')
	}
	starts[len(r.lines)] = b.Len()
	spans := make(map[*html.Node]Span, len(r.places))
	for n, at := range r.places {
		spans[n] = Span{starts[at.line] + at.marker, starts[at.line+at.lines] - 1}
	}
	return strings.TrimSuffix(b.String(), "\n"), spans
}
