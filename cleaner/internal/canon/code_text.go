package canon

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/dom"
)

// A codeText collects the text of a code block from its elements.
type codeText struct {
	*Writer
	text strings.Builder
	// pending reports whether a line has ended and its line break has not been written yet. Some highlighters write a
	// line break between two line elements, others do not.
	pending bool
	// afterBox reports whether the line that has ended was a block element.
	afterBox bool
	// last is the last byte written.
	last byte
}

func (c *codeText) write(s string) {
	if s != "" {
		c.text.WriteString(s)
		c.last = s[len(s)-1]
	}
}

// breakLine writes the line break of a line that has ended.
func (c *codeText) breakLine() {
	if c.pending {
		c.write("\n")
		c.pending, c.afterBox = false, false
	}
}

// textOf returns the text of a code block as a reader would copy it: without line numbers and buttons, with each line
// element on its own line. The no-break spaces that highlighters use for indentation become spaces.
func (w *Writer) textOf(top *html.Node) string {
	c := &codeText{Writer: w}
	inPre := keepsSpace(top)
	for child := top.FirstChild; child != nil; child = child.NextSibling {
		c.add(child, inPre, 0)
	}
	text := unseen.Replace(emptyLines(c.text.String()))
	return strings.Trim(strings.TrimRight(text, " \t\n"), "\n")
}

// keepsSpace reports whether browsers show the white space of a code block as it is: because of a <pre> or of a style.
func keepsSpace(n *html.Node) bool {
	if isMonospaced(n) {
		return true
	}
	for n != nil && n.DataAtom != atom.Pre {
		n = n.Parent
	}
	return n != nil
}

var (
	// unseen replaces the invisible characters that highlighters use for indentation and for the height of empty lines.
	unseen = strings.NewReplacer("\u00a0", " ", "\u200b", "", "\ufeff", "")
	// spaceWithBreak matches white space that contains a line break.
	spaceWithBreak = regexp.MustCompile(`[ \t]*\n\s*`)
)

// emptyLines empties the lines that contain only no-break spaces and zero-width characters.
func emptyLines(code string) string {
	lines := strings.Split(code, "\n")
	for i, line := range lines {
		if strings.Trim(line, "\u00a0\u200b\ufeff") == "" {
			lines[i] = ""
		}
	}
	return strings.Join(lines, "\n")
}

// maxCodeDepth is the maximum depth of elements in a code block. Deeper ones are left out.
const maxCodeDepth = 100

func (c *codeText) add(n *html.Node, inPre bool, depth int) {
	c.steps++
	switch {
	case depth > maxCodeDepth:
		return
	case n.Type == html.TextNode:
		c.addText(n, inPre)
		return
	case n.Type != html.ElementNode || c.isGutter(n) || c.isGutterPre(n) || c.isTool(n) ||
		n.DataAtom == atom.Th && dom.HasToken(dom.Attr(n, "class"), "filename"):
		return
	case n.DataAtom == atom.Br:
		if c.afterBox { // a line of its own
			c.breakLine()
		}
		c.pending = false // otherwise this <br> is the pending line break
		c.write("\n")
		return
	}
	line := c.isLine(n)
	start := c.text.Len()
	if line {
		c.breakLine()
		if c.text.Len() > 0 && c.last != '\n' && isBlockLine(n) {
			c.write("\n")
		}
		start = c.text.Len()
	}
	if sign := dom.Attr(n, "data-code-marker"); len(sign) == 1 { // GitHub's style sheet shows it
		c.write(sign)
	}
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		c.add(child, inPre || n.DataAtom == atom.Pre, depth+1)
	}
	if line { // its line break is written later unless its text ends with a line break
		c.pending = c.pending || c.text.Len() == start || c.last != '\n'
		c.afterBox = c.pending && isBlockLine(n)
	}
}

func (c *codeText) addText(n *html.Node, inPre bool) {
	s := strings.ReplaceAll(n.Data, "\r\n", "\n")
	if strings.TrimSpace(s) == "" && c.besideLine(n) {
		// between two line elements: the line break, or the template's own indentation
		if inPre && c.pending && isInlineLine(n) {
			c.pending = false
			c.write(strings.Repeat("\n", strings.Count(s, "\n")))
		}
		return
	}
	if c.pending {
		if strings.HasPrefix(s, "\n") {
			c.pending = false
		}
		c.breakLine()
	}
	if !inPre && strings.Contains(s, "\n") { // the template's own indentation
		s = spaceWithBreak.ReplaceAllString(s, " ")
		if c.text.Len() == 0 || c.last == '\n' {
			s = strings.TrimLeft(s, " ")
		}
	}
	c.write(s)
}

// besideLine reports whether the elements next to a text are line elements.
func (w *Writer) besideLine(n *html.Node) bool {
	previous, next := dom.PreviousElement(n), dom.NextElement(n)
	for _, beside := range [...]*html.Node{previous, next} {
		if beside != nil && !w.isLine(beside) {
			return false
		}
	}
	return previous != nil || next != nil
}

// isInlineLine reports whether the element before a text is an inline element. Between inline line elements, a line
// break in the text is kept.
func isInlineLine(n *html.Node) bool {
	previous := dom.PreviousElement(n)
	return previous != nil && !isBlockLine(previous)
}

// isLine reports whether an element is one line of code: a block element, a row of a table, or an element with the
// class name of a line.
func (w *Writer) isLine(n *html.Node) bool { return isBlockLine(n) || w.is(n, namedLine) }

func isBlockLine(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Tr, atom.Div, atom.P, atom.Li, atom.Pre:
		return true
	}
	return false
}

// isGutter reports whether an element is a line number or a column of line numbers.
func (w *Writer) isGutter(n *html.Node) bool {
	if n.Type != html.ElementNode || !w.is(n, namedGutter) && !dom.HasAttr(n, "data-line-number") &&
		!dom.HasAttr(n, "data-linenumber") && !isUnselectable(n) {
		return false
	}
	return w.onlyNumbers(n)
}

// isUnselectable reports whether a style excludes an element from what a reader copies.
func isUnselectable(n *html.Node) bool {
	style := strings.ToLower(dom.Attr(n, "style"))
	return strings.Contains(style, "user-select") && strings.Contains(style, "none")
}

// onlyNumbers reports whether the text of an element consists of numbers and separators. It also reports true for an
// element without text.
func (w *Writer) onlyNumbers(n *html.Node) bool {
	return !w.holds(n, func(d *html.Node) bool {
		return d.Type == html.TextNode && strings.Trim(d.Data, "0123456789 \t\r\n\u00a0.:|") != ""
	})
}

// isTool reports whether an element of a code block is a button or something else that is not code.
func (w *Writer) isTool(n *html.Node) bool {
	if n.Type != html.ElementNode {
		return false
	}
	switch n.DataAtom {
	case atom.Button, atom.Script, atom.Style, atom.Textarea, atom.Input, atom.Svg, atom.Noscript, atom.Template:
		return true
	case atom.Pre, atom.Code:
		return false
	}
	return dom.Attr(n, "role") == "button" || w.is(n, namedTool)
}
