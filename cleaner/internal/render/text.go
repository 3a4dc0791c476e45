package render

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/arena"
	"github.com/dechaff/dechaff/cleaner/internal/dom"
)

// Text renders content as plain text; see cleaner.Article.Text.
func Text(content *html.Node, o Options) string {
	return joinLines(Lines(content, o))
}

func joinLines(lines []Line) string {
	var b strings.Builder
	for i, l := range lines {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(l.Text)
	}
	return b.String()
}

// InlineText renders a run of inline nodes as text. Each line except the first begins with indent.
func InlineText(run []*html.Node, indent string) string {
	r := textRenderer{}
	return joinLines(r.inline(run, "", indent))
}

// TableText renders a table as text, without its caption.
func TableText(table *html.Node) string {
	r := textRenderer{}
	r.table(table)
	return joinLines(r.lines)
}

// A Line is a line of the rendered text, with the nodes of the content that it came from. Lines that no rule may remove
// have no nodes: the headline, code, tables and blank lines.
type Line struct {
	Text  string
	Nodes []*html.Node
}

// A textRenderer collects the lines of an article.
type textRenderer struct {
	opts  Options
	lines []Line
	tight bool // the next block follows without a blank line
	// places maps the first node of each run of inline content, and the node of each code block and table, to its
	// place. It is nil if places are not needed.
	places map[*html.Node]place
}

// Lines renders content as the lines of its text.
func Lines(content *html.Node, o Options) []Line { return AppendLines(nil, content, o) }

// AppendLines appends the lines of a text to an empty slice. This saves memory if the slice was used for lines before.
func AppendLines(empty []Line, content *html.Node, o Options) []Line {
	r := textRenderer{opts: o, lines: empty}
	if o.Headline && o.Title != "" {
		r.add(Line{Text: o.Title})
	}
	if content != nil {
		r.blocks(content, "", "")
	}
	return r.lines
}

// add adds lines as a new block. A blank line precedes it unless it is the first block or r.tight is set.
func (r *textRenderer) add(lines ...Line) {
	if len(lines) == 0 {
		return
	}
	if len(r.lines) > 0 && !r.tight {
		r.lines = arena.Push(r.lines, Line{})
	}
	r.tight = false
	for _, l := range lines {
		r.lines = arena.Push(r.lines, l)
	}
}

// blocks renders the children of a block container. The first line begins with marker, the others with indent.
func (r *textRenderer) blocks(n *html.Node, marker, indent string) {
	var run []*html.Node
	flush := func() {
		r.addAt(run[0], len(marker), r.inline(run, marker, indent)...)
		marker = indent
		run = run[:0]
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if !dom.IsBlockNode(c) {
			run = append(run, c)
			continue
		}
		if len(run) > 0 {
			flush()
			r.tight = n.DataAtom == atom.Li
		}
		before := len(r.lines)
		r.block(c, marker, indent)
		if len(r.lines) > before {
			marker = indent
		}
	}
	if len(run) > 0 {
		flush()
	}
}

func (r *textRenderer) block(n *html.Node, marker, indent string) {
	switch n.DataAtom {
	case atom.Hr:
	case atom.Pre:
		r.code(n)
	case atom.Ul, atom.Ol:
		if marker != indent { // an item that begins with a list has no text that the list could be indented below
			indent = marker[:len(marker)-len(strings.TrimLeft(marker, " "))]
		}
		r.list(n, indent)
	case atom.Dl:
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			r.tight = r.tight || c.PrevSibling != nil
			r.blocks(c, indent, indent)
		}
	case atom.Table:
		r.table(n)
	case atom.Figure, atom.Figcaption, atom.Caption:
		if r.opts.Captions {
			r.captions(n, indent)
		}
	default:
		r.blocks(n, marker, indent)
	}
}

func (r *textRenderer) captions(n *html.Node, indent string) {
	if n.DataAtom == atom.Figure {
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			if c.DataAtom == atom.Figcaption {
				r.blocks(c, indent, indent)
			}
		}
		return
	}
	r.blocks(n, indent, indent)
}

// code renders a code block between two fences.
func (r *textRenderer) code(pre *html.Node) {
	code := strings.TrimSuffix(dom.RawText(pre), "\n")
	fence := fenceFor(code)
	lines := []Line{{Text: fence}}
	for line := range strings.SplitSeq(code, "\n") {
		lines = append(lines, Line{Text: line})
	}
	r.addAt(pre, len(fence)+1, append(lines, Line{Text: fence})...)
}

// fenceFor returns the fence for a code block: at least three backticks, and more than any run of backticks in the code
// (CommonMark 4.5).
func fenceFor(code string) string {
	longest, run := 2, 0
	for i := 0; i < len(code); i++ {
		if code[i] != '`' {
			run = 0
			continue
		}
		run++
		longest = max(longest, run)
	}
	return strings.Repeat("`", longest+1)
}

// list renders the items of a list. A blank line precedes the first one, unless the list directly follows the text of
// an outer item.
func (r *textRenderer) list(n *html.Node, indent string) {
	numbers := numberingOf(n)
	first := true
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		marker := "- "
		if n.DataAtom == atom.Ol {
			marker = numbers.written(numbers.of(c)) + ". "
		}
		if !first {
			r.tight = true
		}
		inner := indent
		if inner == "" {
			inner = "  "
		}
		before := len(r.lines)
		r.blocks(c, indent+marker, inner)
		first = first && len(r.lines) == before
	}
}

// table renders one line for each row that has text, after the caption if captions are shown. The cells of a row are
// separated by tabs. A cell that spans columns or rows leaves empty cells, so that each cell is in its column.
func (r *textRenderer) table(n *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.DataAtom == atom.Caption && r.opts.Captions {
			r.blocks(c, "", "")
		}
	}
	var lines []Line
	rows, _ := grid(tableRows(n), cellText)
	for _, cells := range rows {
		if row := strings.TrimRight(strings.Join(cells, "\t"), "\t "); row != "" {
			lines = append(lines, Line{Text: row})
		}
	}
	r.addAt(n, 0, lines...)
}

// cellText returns a cell's text on one line.
func cellText(cell *html.Node) string {
	inner := textRenderer{tight: true}
	inner.blocks(cell, "", "")
	var parts []string
	for _, l := range inner.lines {
		if s := strings.Join(strings.Fields(l.Text), " "); s != "" {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, " ")
}

// inline renders a run of inline content. Each line break in it begins a new line. The first line begins with marker,
// the others with indent.
func (r *textRenderer) inline(run []*html.Node, marker, indent string) []Line {
	w := lineWriter{}
	for _, n := range run {
		w.node(n)
	}
	w.breakLine()
	var lines []Line
	for _, l := range w.lines {
		if len(lines) == 0 {
			l.Text = marker + l.Text
		} else {
			l.Text = indent + l.Text
		}
		lines = append(lines, l)
	}
	return lines
}
