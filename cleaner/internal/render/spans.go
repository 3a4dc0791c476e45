package render

import (
	"strings"

	"golang.org/x/net/html"
)

// A Span is the part of a text from the byte offset From up to but not including the byte offset To.
type Span struct{ From, To int }

// A place is the position of a run of inline content, a code block or a table in textRenderer.lines. The field line is
// the index of its first line, and lines is the number of its lines. The field marker is the number of bytes in these
// lines before the content: a list marker or indentation, or the opening fence of a code block.
type place struct{ line, marker, lines int }

// addAt is like add but also records the place of the lines in r.places, unless that map is nil. The parameter first is
// the key: the first node of a run of inline content, or the node of a code block or table. The parameter marker is the
// field marker of the place.
func (r *textRenderer) addAt(first *html.Node, marker int, lines ...Line) {
	r.add(lines...)
	if r.places != nil && len(lines) > 0 {
		r.places[first] = place{len(r.lines) - len(lines), marker, len(lines)}
	}
}

// Spans renders content like Text, but without the headline. It also maps each code block, table and run of inline
// content to its span in the text. The key of a run is its first node.
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
