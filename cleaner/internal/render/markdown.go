package render

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/dom"
)

// This package has its own renderer because html-to-markdown v2.5 passes javascript: links on, flattens definition
// lists, writes both a formula and its annotation, and writes x<sup>2</sup> as x2. With those parts replaced, little
// more than its escaping would remain in use.

// Markdown renders content as CommonMark with GitHub's tables; see cleaner.Article.Markdown.
func Markdown(content *html.Node, o Options) string {
	m := markdown{opts: o, formulas: hasFormula(content), notes: noteNumbers(content)}
	var lines []string
	if o.Headline && o.Title != "" {
		lines = append(lines, "# "+escapeEnd(escapeInline(strings.Join(strings.Fields(o.Title), " "), true)))
	}
	if content != nil {
		body := m.blocks(content)
		if len(lines) > 0 && len(body) > 0 {
			lines = append(lines, "")
		}
		lines = append(lines, body...)
	}
	return strings.Join(lines, "\n")
}

type markdown struct {
	opts Options
	// plain turns off emphasis and HTML tables. It is set inside captions, which are emphasized as a whole.
	plain bool
	// formulas reports whether there are formulas, so that dollar signs outside formulas must be escaped.
	formulas bool
	// notes maps the ids of notes to their numbers.
	notes map[string]string
	// lastList is the list that was rendered last. second reports whether it has the markers of a second list.
	lastList *html.Node
	second   bool
	// indent is the number of bytes that the containers around the current block put before each of its lines.
	indent int
}

func hasFormula(content *html.Node) bool {
	if content != nil {
		for n := range content.Descendants() {
			if n.Namespace == "math" {
				return true
			}
		}
	}
	return false
}

// blocks renders the children of a container, with blank lines between blocks.
func (m *markdown) blocks(n *html.Node) []string { return m.blocksFrom(n.FirstChild) }

// blocksFrom renders a child of a container and the children after it.
func (m *markdown) blocksFrom(first *html.Node) []string {
	var lines []string
	var run []*html.Node
	add := func(b []string, tight bool) {
		if len(b) == 0 {
			return
		}
		if len(lines) > 0 && !tight {
			lines = append(lines, "")
		}
		lines = append(lines, b...)
	}
	for c := first; c != nil; c = c.NextSibling {
		if !dom.IsBlockNode(c) {
			run = append(run, c)
			continue
		}
		hadRun := len(run) > 0
		add(m.paragraph(run), false)
		run = run[:0]
		add(m.block(c), hadRun && c.Parent.DataAtom == atom.Li && canInterrupt(c))
	}
	add(m.paragraph(run), false)
	return lines
}

// canInterrupt reports whether a list can directly follow a line of text: an ordered list only if its first number is
// 1 (CommonMark 5.2). Otherwise the list would continue the paragraph.
func canInterrupt(list *html.Node) bool {
	if list.DataAtom != atom.Ol {
		return list.DataAtom == atom.Ul
	}
	numbers := numberingOf(list)
	return list.FirstChild != nil && numbers.of(list.FirstChild) == 1
}

func (m *markdown) block(n *html.Node) []string {
	switch n.DataAtom {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		text := m.line(dom.Children(n))
		if text == "" {
			return nil
		}
		return []string{strings.Repeat("#", int(dom.HeadingLevel(n.DataAtom))) + " " + escapeEnd(text)}
	case atom.Hr:
		return []string{"---"}
	case atom.Pre:
		return m.code(n)
	case atom.Blockquote:
		return m.quote(n)
	case atom.Ul, atom.Ol:
		return m.list(n)
	case atom.Dl:
		return m.definitions(n)
	case atom.Table:
		return m.table(n)
	case atom.Figure:
		return m.figure(n)
	case atom.Figcaption, atom.Caption:
		return m.caption(n)
	}
	return m.blocks(n)
}

// prefixed adds a prefix to each line: the argument first to the first line, and the argument rest to the other lines.
// Blank lines get no trailing space.
func prefixed(lines []string, first, rest string) []string {
	for i := range lines {
		p := rest
		if i == 0 {
			p = first
		}
		if lines[i] == "" {
			p = strings.TrimRight(p, " ")
		}
		lines[i] = p + lines[i]
	}
	return lines
}

// maxIndent is the maximum number of bytes before the lines of a block. Containers that would need more are rendered as
// the blocks in them. Otherwise, each line of a page could become a thousand times as long.
const maxIndent = 40

// isFull reports whether a container with a prefix of the given size may not get it.
func (m *markdown) isFull(prefix string) bool { return m.indent+len(prefix) > maxIndent }

// within renders a child of a container and the children after it, whose lines get a prefix of the given size.
func (m *markdown) within(first *html.Node, prefix string) []string {
	m.indent += len(prefix)
	lines := m.blocksFrom(first)
	m.indent -= len(prefix)
	return lines
}

// quote renders a quote. A callout begins with its kind and, if it has one, its title, in the syntax of GitHub and
// Obsidian: > [!NOTE] Title. A blank line follows a title, because programs without callouts would otherwise read it as
// the beginning of the first sentence.
func (m *markdown) quote(n *html.Node) []string {
	const prefix = "> "
	kind := dom.Attr(n, dom.CalloutAttr)
	if m.isFull(prefix) {
		return m.blocks(n)
	}
	if kind == "" {
		return prefixed(m.within(n.FirstChild, prefix), prefix, prefix)
	}
	first := "[!" + strings.ToUpper(kind) + "]"
	title, rest, titled := calloutTitle(n), n.FirstChild, false
	if line := m.line(titleNodes(title)); line != "" && !strings.EqualFold(dom.RawText(title), kind) {
		first, titled = first+" "+line, true
	}
	if title != nil {
		rest = title.NextSibling
	}
	lines, inner := []string{first}, m.within(rest, prefix)
	if len(inner) > 0 && titled {
		lines = append(lines, "")
	}
	return prefixed(append(lines, inner...), prefix, prefix)
}

// calloutTitle returns the first paragraph of a callout if it contains only bold text, or nil.
func calloutTitle(quote *html.Node) *html.Node {
	p := quote.FirstChild
	if p == nil || p.DataAtom != atom.P || p.FirstChild == nil || p.FirstChild != p.LastChild ||
		p.FirstChild.DataAtom != atom.Strong {
		return nil
	}
	return p
}

// titleNodes returns the content of the bold text of a callout's title.
func titleNodes(title *html.Node) []*html.Node {
	if title == nil {
		return nil
	}
	return dom.Children(title.FirstChild)
}

func (m *markdown) code(pre *html.Node) []string {
	code := strings.TrimSuffix(dom.RawText(pre), "\n")
	fence := fenceFor(code)
	lang := ""
	if c := pre.FirstChild; c != nil && c.DataAtom == atom.Code {
		lang = strings.TrimPrefix(dom.Attr(c, "class"), "language-")
	}
	lines := append([]string{fence + lang}, strings.Split(code, "\n")...)
	return append(lines, fence)
}

// maxNumber is the largest number of a list item (CommonMark 5.2). Letters and Roman numerals are written as numbers,
// because Markdown has no other ordered lists.
const maxNumber = 999_999_999

// list renders a list. Lists of one kind that directly follow each other alternate between the markers "- " and "* ",
// or "1. " and "1) "; otherwise they would be one list.
func (m *markdown) list(n *html.Node) []string {
	second := n.PrevSibling != nil && n.PrevSibling.DataAtom == n.DataAtom && (m.lastList != n.PrevSibling || !m.second)
	defer func() { m.lastList, m.second = n, second }()
	numbers := numberingOf(n)
	loose, afterNote := isLoose(n), false
	var lines []string
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		marker := "- "
		switch {
		case n.DataAtom == atom.Ol:
			marker = strconv.Itoa(min(max(numbers.of(c), 0), maxNumber)) + ". "
			if second {
				marker = marker[:len(marker)-2] + ") "
			}
		case second:
			marker = "* "
		}
		full := m.isFull(marker)
		item := m.within(c.FirstChild, marker)
		if len(item) == 0 {
			continue
		}
		if number := m.notes[dom.Attr(c, "id")]; number != "" && !full {
			if len(lines) > 0 {
				lines = append(lines, "")
			}
			lines = append(lines, prefixed(item, "[^"+number+"]: ", "    ")...)
			afterNote = true
			continue
		}
		if (loose || full || afterNote) && len(lines) > 0 {
			lines = append(lines, "")
		}
		afterNote = false
		if full {
			lines = append(lines, item...)
			continue
		}
		item[0] = asTask(item[0])
		lines = append(lines, prefixed(item, marker, strings.Repeat(" ", len(marker)))...)
	}
	return lines
}

// asTask unescapes the task marks of an item that begins with a checkbox.
func asTask(line string) string {
	for _, mark := range [...]string{"x", " "} {
		if rest, found := strings.CutPrefix(line, `\[`+mark+`\] `); found {
			return "[" + mark + "] " + rest
		}
	}
	return line
}

// isLoose reports whether an item of the list contains blocks that need blank lines around them.
func isLoose(list *html.Node) bool {
	for item := list.FirstChild; item != nil; item = item.NextSibling {
		for c := item.FirstChild; c != nil; c = c.NextSibling {
			if dom.IsBlockNode(c) && c.DataAtom != atom.Ul && c.DataAtom != atom.Ol {
				return true
			}
		}
	}
	return false
}

// definitionIndent is put before all lines of a definition but the first.
const definitionIndent = "    "

// definitions renders terms and ": " definitions, as Pandoc and PHP Markdown Extra read them. A definition without a
// term becomes a paragraph.
func (m *markdown) definitions(n *html.Node) []string {
	var lines []string
	termed := false // there is a term above
	blank, blankBeforeTerm := false, false
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		isTerm := c.DataAtom == atom.Dt
		full := m.isFull(definitionIndent)
		body := m.entry(c)
		if len(body) == 0 {
			continue
		}
		if blank || blankBeforeTerm && isTerm {
			lines = append(lines, "")
		}
		if !isTerm && termed && !full {
			body = prefixed(body, ":   ", definitionIndent)
		}
		lines = append(lines, body...)
		termed = termed || isTerm
		blank = !termed || !isTerm && dom.IsBlockNode(c.LastChild)
		blankBeforeTerm = !isTerm
	}
	return lines
}

// entry renders a term, which is one line, or a definition.
func (m *markdown) entry(n *html.Node) []string {
	if n.DataAtom == atom.Dd {
		return m.within(n.FirstChild, definitionIndent)
	}
	if term := strings.Join(m.cell(n), " "); term != "" {
		return []string{escapeStart(term)}
	}
	return nil
}

func (m *markdown) figure(n *html.Node) []string {
	var lines []string
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		var part []string
		switch c.DataAtom {
		case atom.Figcaption:
			part = m.caption(c)
		case atom.Blockquote:
			part = m.quote(c)
		default:
			part = m.paragraph([]*html.Node{c})
		}
		if len(part) > 0 && len(lines) > 0 {
			lines = append(lines, "")
		}
		lines = append(lines, part...)
	}
	return lines
}

// caption renders a caption as one paragraph.
func (m *markdown) caption(n *html.Node) []string {
	lines := m.captionLines(n)
	for i := range max(len(lines)-1, 0) {
		lines[i] = hardBreak(lines[i])
	}
	return lines
}

// captionLines renders each line of a caption in italics.
func (m *markdown) captionLines(n *html.Node) []string {
	if !m.opts.Captions {
		return nil
	}
	inner := markdown{opts: m.opts, plain: true, formulas: m.formulas, notes: m.notes}
	var lines []string
	var run []*html.Node
	flush := func() {
		if text := inner.line(run); text != "" {
			lines = append(lines, "*"+text+"*")
		}
		run = run[:0]
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.DataAtom == atom.Br {
			flush()
		} else {
			run = append(run, c)
		}
	}
	flush()
	return lines
}
