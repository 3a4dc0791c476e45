package canon

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/dom"
)

// minCodeRun is the minimum number of consecutive paragraphs of code that are merged into one code block.
const minCodeRun = 3

// signatureOf returns the form of the table in which Doxygen writes the signature of a function: a line of code. It
// returns nil if the table is empty.
func (w *Writer) signatureOf(n *html.Node) *html.Node {
	line := strings.Join(strings.Fields(w.rawText(n)), " ")
	for _, sign := range [...][2]string{{" (", "("}, {"( ", "("}, {" )", ")"}, {" ,", ","}} {
		line = strings.ReplaceAll(line, sign[0], sign[1])
	}
	if line == "" {
		return nil
	}
	p, code := dom.NewElement(atom.P), dom.NewElement(atom.Code)
	code.AppendChild(&html.Node{Type: html.TextNode, Data: line})
	p.AppendChild(code)
	return in(p, n)
}

// javaSignatureOf returns the form of a signature in Javadoc, whose style sheet preserves its white space: a code
// block. It returns nil for other boxes.
func (w *Writer) javaSignatureOf(n *html.Node) *html.Node {
	if class := dom.Attr(n, "class"); !dom.HasToken(class, "member-signature") &&
		!dom.HasToken(class, "type-signature") {
		return nil
	}
	return codeBlock(n, "java", strings.TrimSpace(strings.ReplaceAll(w.rawText(n), "\u00a0", " ")))
}

// barOf returns the form of a toolbar above code: an empty element if the toolbar has only the language and tools, or a
// title if it is Quarto's bar with a file name. It returns nil for other elements.
func (w *Writer) barOf(n *html.Node) *html.Node {
	words := w.barWords(n)
	if words != "" && !isLanguage(words) {
		if dom.HasToken(dom.Attr(n, "class"), "code-with-filename-file") { // Quarto
			return in(titleOf(words), n)
		}
		return nil
	}
	return w.withoutTool(n)
}

// barWords returns the words of a toolbar, without its buttons and without the element that names the language. It
// returns "" if all the words are labels of tools.
func (w *Writer) barWords(n *html.Node) string {
	var found []string
	for d := w.next(n, n, false); d != nil; {
		skip := d.Type == html.ElementNode &&
			(d.DataAtom == atom.Button || dom.Attr(d, "role") == "button" || w.is(d, namedLanguage))
		if d.Type == html.TextNode {
			found = append(found, strings.Fields(d.Data)...)
		}
		d = w.next(d, n, skip)
	}
	return titleIn(found)
}

// codeRun returns the form of several consecutive paragraphs that contain only code, each of them one line. It returns
// nil if n is not the first of at least minCodeRun such paragraphs. The other paragraphs of the run are dropped.
func (w *Writer) codeRun(n *html.Node) *html.Node {
	var run []*html.Node
	for p := n; p != nil && p.DataAtom == atom.P; p = dom.NextElement(p) {
		if code := onlyChild(p); code == nil || code.DataAtom != atom.Code {
			break
		}
		run = append(run, p)
	}
	if len(run) < minCodeRun {
		return nil
	}
	if w.gone == nil {
		w.gone = make(map[*html.Node]bool)
	}
	var lines []string
	for i, p := range run {
		lines = append(lines, strings.ReplaceAll(w.rawText(p), "\u00a0", " "))
		w.gone[p] = w.gone[p] || i > 0
	}
	form := codeBlock(n, w.languageOf(n, n), strings.Join(lines, "\n"))
	w.recordCopy(form, n.Parent)
	return form
}

// codeParagraph returns the form of a paragraph that consists of <code> elements, one per line. For a paragraph with
// only one <code> element, it returns the result of codeRun, and for other paragraphs nil.
func (w *Writer) codeParagraph(n *html.Node) *html.Node {
	lines, breaks := 0, 0
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case c.Type == html.TextNode && strings.TrimSpace(c.Data) == "":
		case c.DataAtom == atom.Code && c.Type == html.ElementNode:
			lines++
		case c.DataAtom == atom.Br:
			breaks++
		default:
			return nil
		}
	}
	if lines == 1 && breaks == 0 {
		return w.codeRun(n)
	}
	if lines < 2 || breaks < lines-1 {
		return nil
	}
	return codeBlock(n, w.languageOf(n, n), w.paragraphText(n))
}

// paragraphText returns the lines of a paragraph that consists of <code> elements.
func (w *Writer) paragraphText(n *html.Node) string {
	var b strings.Builder
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch c.DataAtom {
		case atom.Br:
			b.WriteByte('\n')
		case atom.Code:
			b.WriteString(strings.ReplaceAll(w.rawText(c), "\u00a0", " "))
		}
	}
	return strings.Trim(b.String(), "\n")
}

// playgroundOf returns the form of a text area with code that readers may edit and run: a code block. It returns nil
// for the text areas of other forms, and for one that an editor shows in its own way.
func (w *Writer) playgroundOf(n *html.Node) *html.Node {
	style := strings.ReplaceAll(dom.Attr(n, "style"), " ", "")
	code := w.rawText(n)
	if !dom.HasToken(strings.ToLower(dom.Attr(n, "class")), "code") || strings.Contains(style, "display:none") ||
		!strings.Contains(strings.TrimSpace(code), "\n") {
		return nil
	}
	if next := dom.NextElement(n); next != nil && w.is(next, namedEditor) {
		return nil
	}
	return codeBlock(n, w.languageOf(n, n), strings.Trim(code, "\n"))
}

// algorithmOf returns the form of an algorithm in words and formulas, whose lines are separate elements: a paragraph
// with a line break after each line, and with the numbers of the lines, to which the text may refer.
func (w *Writer) algorithmOf(n *html.Node) *html.Node {
	form := dom.NewElement(atom.P)
	form.Attr = n.Attr
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type != html.ElementNode || w.isTool(c) {
			continue
		}
		if form.FirstChild != nil {
			form.AppendChild(dom.NewElement(atom.Br))
		}
		line := dom.NewElement(atom.Span)
		w.copyChildren(line, c, nil)
		if number := line.FirstChild; number != nil && w.isGutter(number) {
			line.InsertBefore(&html.Node{Type: html.TextNode, Data: " "}, number.NextSibling)
		}
		form.AppendChild(line)
	}
	return in(form, n)
}
