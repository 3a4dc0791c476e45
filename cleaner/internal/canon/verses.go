package canon

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// versesOf returns the form of lines of verse, with <br> between the lines: the same element if its style preserves
// line breaks, a paragraph for each stanza if each line has its own element, or a quote for a poem with the poet's
// name. It returns nil for other text.
func (w *Writer) versesOf(n *html.Node) *html.Node {
	if form := w.quotedVerseOf(n); form != nil {
		return form
	}
	if w.keepsLines(n) && w.holdsBreak(n) {
		form := &html.Node{Type: n.Type, Data: n.Data, DataAtom: n.DataAtom, Attr: n.Attr}
		w.copyChildren(form, n, nil)
		breakLines(form, !collapsesSpaces(n))
		return in(form, n)
	}
	is := w.isVerse
	if isLineBlock(n) {
		is = w.isVerseBlock
	}
	if !is(n) {
		return nil
	}
	form := dom.NewElement(atom.P)
	form.Attr = n.Attr
	w.copyLines(form, n, 0)
	return in(w.stanzas(form), n)
}

// copyLines copies the lines of a poem, including the lines in nested boxes, with line breaks between them. Each line
// is indented by width spaces more than its own style demands.
func (w *Writer) copyLines(form, n *html.Node, width int) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case c.Type != html.ElementNode:
		case isLineBlock(c):
			w.copyLines(form, c, width+nestedIndent)
		default:
			if form.FirstChild != nil {
				form.AppendChild(dom.NewElement(atom.Br))
			}
			if width := width + lineIndent(c); width > 0 {
				form.AppendChild(spacesFor(width))
			}
			w.copyLine(form, c)
		}
	}
}

// isLineBlock reports whether an element is a nested box of lines, as docutils writes indented lines.
func isLineBlock(n *html.Node) bool { return dom.HasToken(dom.Attr(n, "class"), "line-block") }

// stanzas returns a poem as one paragraph per stanza. An empty line separates stanzas.
func (w *Writer) stanzas(poem *html.Node) *html.Node {
	box, stanza := dom.NewElement(atom.Div), dom.NewElement(atom.P)
	box.Attr = poem.Attr
	all := dom.TakeChildren(poem)
	for i, c := range all {
		isBreak := c.DataAtom == atom.Br && i > 0 && i+1 < len(all)
		if !isBreak || all[i-1].DataAtom != atom.Br && all[i+1].DataAtom != atom.Br {
			stanza.AppendChild(c)
		} else if stanza.FirstChild != nil {
			box.AppendChild(stanza)
			stanza = dom.NewElement(atom.P)
		}
	}
	box.AppendChild(stanza)
	if box.FirstChild == stanza {
		stanza.Attr = poem.Attr
		return stanza
	}
	return box
}

// quotedVerseOf returns the form of a poem with the poet's name, as Asciidoctor writes it. The form is a quote.
// quotedVerseOf returns nil for other boxes.
func (w *Writer) quotedVerseOf(n *html.Node) *html.Node {
	pre, title := onlyFirst(n), (*html.Node)(nil)
	if pre != nil && isBlockTitle(pre) {
		title, pre = pre, dom.NextElement(pre)
	}
	if pre == nil || pre.DataAtom != atom.Pre || !dom.HasToken(dom.Attr(n, "class"), "verseblock") {
		return nil
	}
	quote, p := dom.NewElement(atom.Blockquote), dom.NewElement(atom.P)
	if title != nil {
		quote.AppendChild(titleOf(text.FoldSpace(w.rawText(title))))
	}
	w.copyChildren(p, pre, nil)
	breakLines(p, true)
	quote.AppendChild(p)
	if by := dom.NextElement(pre); by != nil {
		p = dom.NewElement(atom.P)
		w.copyChildren(p, by, nil)
		quote.AppendChild(p)
	}
	return in(quote, n)
}

// onlyFirst returns the first child element of an element, or nil if there is text before it.
func onlyFirst(n *html.Node) *html.Node {
	c := n.FirstChild
	for c != nil && c.Type == html.TextNode && strings.TrimSpace(c.Data) == "" {
		c = c.NextSibling
	}
	if c == nil || c.Type != html.ElementNode {
		return nil
	}
	return c
}

// copyLine copies the content of a line, without its number and without a line break at its end.
func (w *Writer) copyLine(form, line *html.Node) {
	before := form.LastChild
	copied := &html.Node{Type: html.ElementNode, Data: "span", DataAtom: atom.Span}
	w.copyChildren(copied, line, nil)
	for _, c := range dom.TakeChildren(copied) {
		if c.DataAtom == atom.Br && dom.NextElement(c) == nil || w.isGutter(c) {
			continue
		}
		form.AppendChild(c)
	}
	if last := form.LastChild; last != nil && last != before && last.DataAtom == atom.Br {
		form.RemoveChild(last)
	}
}

// isShownAsBlock reports whether an inline element's style gives it a line of its own.
func isShownAsBlock(n *html.Node) bool {
	_, value, found := strings.Cut(strings.ToLower(dom.Attr(n, "style")), "display")
	return found && strings.HasPrefix(strings.TrimLeft(value, " :"), "block")
}

// isVerse reports whether an element consists of at least two lines of verse. Each line is an element without blocks in
// it, or a nested box of lines.
func (w *Writer) isVerse(n *html.Node) bool {
	lines := 0
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case c.Type == html.TextNode && strings.TrimSpace(c.Data) == "", c.Type == html.CommentNode:
		case isLineBlock(c):
			if !w.isVerseBlock(c) && dom.NextElement(c) == nil && dom.PreviousElement(c) == nil {
				return false
			}
			lines++
		case c.Type != html.ElementNode || !w.isVerseLine(n, c),
			c.DataAtom != atom.Div && c.DataAtom != atom.Span && c.DataAtom != atom.P:
			return false
		default:
			for d := c.FirstChild; d != nil; d = d.NextSibling {
				if d.Type == html.ElementNode && dom.IsBlockElement(d.DataAtom) {
					return false
				}
			}
			lines++
		}
	}
	return lines >= 2
}

// isVerseBlock is like isVerse, but for a box of lines. Each box is examined only once, however deeply the boxes are
// nested.
func (w *Writer) isVerseBlock(n *html.Node) bool {
	is, known := w.lineBlocks[n]
	if !known {
		if w.lineBlocks == nil {
			w.lineBlocks = make(map[*html.Node]bool)
		}
		is = w.isVerse(n)
		w.lineBlocks[n] = is
	}
	return is
}

// isVerseLine reports whether c, a child of n, is a line of verse.
func (w *Writer) isVerseLine(n, c *html.Node) bool {
	return w.is(c, namedVerse) || isShownAsBlock(c) || w.is(n, namedPoem) && endsWithBreak(c) ||
		w.is(c, namedLine) &&
			(c.DataAtom == atom.Span || w.is(n, namedPoem) || n.Parent != nil && w.is(n.Parent, namedPoem))
}

// endsWithBreak reports whether an element ends with a line break, not counting white space.
func endsWithBreak(n *html.Node) bool {
	last := n.LastChild
	for last != nil && last.Type == html.TextNode && strings.TrimSpace(last.Data) == "" {
		last = last.PrevSibling
	}
	return last != nil && last.DataAtom == atom.Br
}

// keepsLines reports whether an element's style preserves the line breaks of its text (CSS Text 3, white-space).
func (w *Writer) keepsLines(n *html.Node) bool {
	if w.is(n, namedLines) {
		return true
	}
	_, value, found := strings.Cut(strings.ToLower(dom.Attr(n, "style")), "white-space")
	if !found {
		return false
	}
	value = strings.TrimLeft(value, " :")
	return strings.HasPrefix(value, "pre") || strings.HasPrefix(value, "break-spaces")
}

// collapsesSpaces reports whether the style of an element that preserves line breaks does not preserve spaces.
func collapsesSpaces(n *html.Node) bool {
	return strings.Contains(strings.ToLower(dom.Attr(n, "style")+dom.Attr(n, "class")), "pre-line")
}

// holdsBreak reports whether a text below an element contains a line break, other than at its ends.
func (w *Writer) holdsBreak(n *html.Node) bool {
	return w.holds(n, func(d *html.Node) bool {
		return d.Type == html.TextNode && strings.Contains(strings.TrimSpace(d.Data), "\n")
	})
}

// breakLines inserts <br> at the line breaks in the texts of a copy. If indented is true, the spaces at the start of a
// line are its indent.
func breakLines(form *html.Node, indented bool) {
	var texts []*html.Node
	for d := range form.Descendants() {
		if d.Type == html.TextNode && strings.Contains(d.Data, "\n") && d.Parent.DataAtom != atom.Pre {
			texts = append(texts, d)
		}
	}
	for _, d := range texts {
		lines := strings.Split(d.Data, "\n")
		for i, line := range lines {
			if i > 0 {
				d.Parent.InsertBefore(dom.NewElement(atom.Br), d)
			}
			text := strings.TrimLeft(line, " ")
			if width := len(line) - len(text); indented && i > 0 && width > 1 && text != "" {
				d.Parent.InsertBefore(spacesFor(width), d)
			}
			if text != "" {
				d.Parent.InsertBefore(&html.Node{Type: html.TextNode, Data: text}, d)
			}
		}
		d.Parent.RemoveChild(d)
	}
}

// hasLineChild reports whether the first child element of an element may be a line, according to its class, style or
// tag.
func hasLineChild(n *html.Node) bool {
	c := n.FirstChild
	for c != nil && c.Type != html.ElementNode {
		c = c.NextSibling
	}
	if c == nil {
		return false
	}
	class := dom.Attr(c, "class")
	return strings.Contains(class, "ine") || strings.Contains(class, "verse") || class == "l" || isShownAsBlock(c) ||
		isBlockLine(c) && n.DataAtom == atom.Code
}
