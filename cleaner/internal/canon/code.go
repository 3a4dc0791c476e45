package canon

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/dom"
)

// preOf returns the plain form of a <pre>. If a class name marks it as verse, the form is a paragraph with line breaks.
// Otherwise the form is a code block with one text node. preOf returns nil if the <pre> needs no change.
func (w *Writer) preOf(n *html.Node) *html.Node {
	if w.is(n, namedPoem) {
		form := dom.NewElement(atom.P)
		form.Attr = n.Attr
		w.copyChildren(form, n, nil)
		breakLines(form, true)
		return in(form, n)
	}
	language := w.languageOf(n, n)
	if code := w.onlyCodeIn(n, language); code != nil {
		pre := dom.NewElement(atom.Pre)
		w.copyChildren(pre, code, nil)
		return codeBlock(n, language, w.textOf(pre))
	}
	if w.needsWork(n) {
		return codeBlock(n, language, w.textOf(n))
	}
	if language == "" || w.saysLanguage(n, language) {
		return nil
	}
	return codeBlock(n, language, w.rawText(n))
}

// onlyCodeIn returns the only <code> in a <pre> if the only text next to it, apart from buttons, is the name of the
// language or the label of a tool. Otherwise it returns nil.
func (w *Writer) onlyCodeIn(pre *html.Node, language string) *html.Node {
	var code *html.Node
	beside := ""
	for d := w.next(pre, pre, false); d != nil; {
		skip := false
		switch {
		case d.DataAtom == atom.Code:
			if code != nil {
				return nil
			}
			code, skip = d, true
		case d.Type == html.ElementNode && w.isTool(d):
			skip = true
		case d.Type == html.TextNode:
			beside += d.Data
		}
		if len(beside) > maxLanguage {
			return nil
		}
		d = w.next(d, pre, skip)
	}
	if beside = strings.TrimSpace(beside); code == nil || beside == "" {
		return nil
	}
	if titleIn(strings.Fields(beside)) == "" || isLanguage(beside) &&
		(language == "" || languageName(beside) == language || strings.EqualFold(beside, language)) {
		return code
	}
	return nil
}

// saysLanguage reports whether a <pre> or its <code> has the usual class that names the language.
func (w *Writer) saysLanguage(pre *html.Node, language string) bool {
	class := "language-" + language
	if dom.HasToken(dom.Attr(pre, "class"), class) {
		return true
	}
	code := onlyChild(pre)
	return code != nil && code.DataAtom == atom.Code && dom.HasToken(dom.Attr(code, "class"), class)
}

// needsWork reports whether a <pre> contains elements for lines, line numbers or tools, so that its code is not simply
// the text of its nodes.
func (w *Writer) needsWork(pre *html.Node) bool {
	return w.holds(pre, func(d *html.Node) bool {
		return d.Type == html.ElementNode && (w.isLine(d) || w.isGutter(d) || w.isTool(d))
	})
}

// codeBlock returns <pre><code class="language-x">text</code></pre> in the place of n, or nil if there is no text.
func codeBlock(n *html.Node, language, code string) *html.Node {
	if strings.TrimSpace(code) == "" {
		return nil
	}
	return in(preElement(n, language, code), n)
}

// languageNames matches class names that name a language.
var languageNames = regexp.MustCompile(`\b(?:language|lang)-\S+`)

func preElement(n *html.Node, language, code string) *html.Node {
	pre, inner := dom.NewElement(atom.Pre), dom.NewElement(atom.Code)
	for _, a := range n.Attr { // the judge uses class names and ids
		switch a.Key {
		case "class": // without the class name of the language
			a.Val = languageNames.ReplaceAllString(a.Val, "")
			pre.Attr = append(pre.Attr, a)
		case "id":
			pre.Attr = append(pre.Attr, a)
		}
	}
	if language != "" {
		inner.Attr = []html.Attribute{{Key: "class", Val: "language-" + language}}
	}
	inner.AppendChild(&html.Node{Type: html.TextNode, Data: code})
	pre.AppendChild(inner)
	return pre
}

// codeOf returns the plain form of an element that is a code block but not a <pre>, such as a widget around a code
// block, a table of numbered lines, or lines in separate elements. It returns nil for other elements.
func (w *Writer) codeOf(n *html.Node) *html.Node {
	switch n.DataAtom {
	case atom.Table:
		if dom.HasToken(dom.Attr(n, "class"), "memname") {
			return w.signatureOf(n)
		}
		if w.isCodeTable(n) {
			return codeBlock(n, w.languageOf(n, n), w.textOf(n))
		}
		return nil
	case atom.P:
		return w.codeParagraph(n)
	}
	if w.is(n, namedEditor) {
		return codeBlock(n, w.languageOf(n, n), w.textOf(n))
	}
	if w.is(n, namedCode) {
		if form := w.widgetOf(n); form != nil {
			return form
		}
	}
	if n.DataAtom == atom.Code && w.holdsLineBreak(n) || w.is(n, namedCode) && w.isColored(n) || isMonospaced(n) {
		return codeBlock(n, w.languageOf(n, n), w.textOf(n))
	}
	if n.DataAtom == atom.Figure || n.DataAtom == atom.Section || !w.hasLines(n) {
		return nil
	}
	if w.holdsFormula(n) {
		return w.algorithmOf(n)
	}
	return codeBlock(n, w.languageOf(n, n), w.textOf(n))
}

// holdsFormula reports whether an element contains MathML. Lines with formulas are an algorithm in words, not code.
func (w *Writer) holdsFormula(n *html.Node) bool {
	return w.holds(n, func(d *html.Node) bool { return d.Data == "math" && d.Namespace != "" })
}

// holdsLineBreak reports whether an element contains a <br>. A <code> element with a <br> is code on several lines.
func (w *Writer) holdsLineBreak(n *html.Node) bool {
	return w.holds(n, func(d *html.Node) bool { return d.DataAtom == atom.Br })
}

// isMonospaced reports whether an element's style sets a fixed-width font and preserves white space. Text that is
// pasted from an editor has these styles.
func isMonospaced(n *html.Node) bool {
	style := strings.ToLower(dom.Attr(n, "style"))
	if !strings.Contains(style, "white-space") || !strings.Contains(style, "pre") {
		return false
	}
	for _, font := range [...]string{"monospace", "courier", "menlo", "monaco", "consolas"} {
		if strings.Contains(style, font) {
			return true
		}
	}
	return false
}

// isColored reports whether an element is the output of a highlighter: it has line breaks and otherwise only spans,
// several of which have a style or a class.
func (w *Writer) isColored(n *html.Node) bool {
	breaks, colored := 0, 0
	for d := w.next(n, n, false); d != nil; d = w.next(d, n, false) {
		switch {
		case d.Type != html.ElementNode:
		case d.DataAtom == atom.Br:
			breaks++
		case d.DataAtom == atom.Span:
			if dom.HasAttr(d, "style") || dom.HasAttr(d, "class") {
				colored++
			}
		default:
			return false
		}
	}
	return breaks > 0 && colored >= 3
}

// maxBeside is how many words a widget may have next to the code: a language, a file name, a copy button.
const maxBeside = 12

// widgetOf returns the form of a box with one code block and a toolbar: the code. If the toolbar's words are a title,
// they come before the code or, if the page has them below the code, after it. It returns nil for other boxes.
func (w *Writer) widgetOf(n *html.Node) *html.Node {
	code := w.onlyCode(n)
	if code == nil || dom.HasAttr(code, "data-math-style") {
		return nil
	}
	beside, below, ok := w.besideCode(n, code)
	if !ok {
		return nil
	}
	language := w.languageOf(code, n)
	text := w.textOf(code)
	if strings.TrimSpace(text) == "" {
		return nil
	}
	if beside != "" && isLanguage(beside) {
		if language == "" {
			language = languageName(beside)
		}
		beside = ""
	}
	if beside == "" {
		beside, below = w.fileNameOf(n), false
	}
	if beside == "" {
		return codeBlock(n, language, text)
	}
	box := dom.NewElement(atom.Div)
	box.Attr = n.Attr
	pre := preElement(code, language, text)
	if !below {
		box.AppendChild(titleOf(beside))
		box.AppendChild(pre)
		return in(box, n)
	}
	p := dom.NewElement(atom.P)
	p.AppendChild(&html.Node{Type: html.TextNode, Data: beside})
	box.AppendChild(pre)
	box.AppendChild(p)
	return in(box, n)
}

// onlyCode returns the only code block in a box: a <pre>, a table of numbered lines, or an element that consists of
// lines. It returns nil if there is no code block, more than one, or two paragraphs in a row, which are running text.
func (w *Writer) onlyCode(box *html.Node) *html.Node {
	var found *html.Node
	for d := w.next(box, box, false); d != nil; {
		skip := false
		if d.Type == html.ElementNode && d.Namespace == "" {
			switch {
			case w.isGutter(d) || w.isTool(d) || w.isGutterPre(d):
				skip = true
			case w.isCodeTable(d), w.hasLines(d), d.DataAtom == atom.Pre && d.FirstChild != nil:
				if found != nil {
					return nil
				}
				found, skip = d, true
			case d.DataAtom == atom.P && isParagraph(dom.NextElement(d)):
				return nil // running text
			}
		}
		d = w.next(d, box, skip)
	}
	return found
}

func isParagraph(n *html.Node) bool { return n != nil && n.DataAtom == atom.P }

// isGutterPre reports whether a <pre> has only line numbers.
func (w *Writer) isGutterPre(n *html.Node) bool {
	if n.DataAtom != atom.Pre || !w.onlyNumbers(n) {
		return false
	}
	numbers := strings.Fields(w.rawText(n))
	return len(numbers) > 1 && numbers[0] == "1" && numbers[1] == "2" || len(numbers) == 1 && w.is(n, namedGutter)
}

// besideCode returns the words next to the code in a widget ("" if there are only tools), whether the words are below
// the code, and whether the box is a widget at all.
func (w *Writer) besideCode(box, code *html.Node) (words string, below, ok bool) {
	var found []string
	passed := false
	for d := w.next(box, box, false); d != nil; {
		skip := d == code
		switch {
		case skip:
			passed = true
		case d.Type == html.TextNode:
			below = below || passed && len(found) == 0 && strings.TrimSpace(d.Data) != ""
			found = append(found, strings.Fields(d.Data)...)
		case d.Type != html.ElementNode:
		case w.is(d, namedUnseen) || w.isTool(d) || w.isGutter(d) || w.isGutterPre(d) || w.is(d, namedCredit) ||
			isUnshown(d), len(found) > 0 && isLinkBeside(d):
			skip = true
		case dom.HeadingLevel(d.DataAtom) > 0 || d.DataAtom == atom.Ul || d.DataAtom == atom.Img ||
			d.DataAtom == atom.Table && !isBelow(code, d):
			return "", false, false // a section
		}
		if len(found) > maxBeside {
			return "", false, false
		}
		d = w.next(d, box, skip)
	}
	return titleIn(found), below, true
}

// isLinkBeside reports whether an element is a link that follows another element and is the last one in its box, such
// as "link" or "view raw" after the name of a file.
func isLinkBeside(n *html.Node) bool {
	before := n.PrevSibling
	if before != nil && before.Type == html.TextNode && strings.TrimSpace(before.Data) == "" {
		before = before.PrevSibling
	}
	return n.DataAtom == atom.A && dom.NextElement(n) == nil && before != nil && before.Type == html.ElementNode
}

// titleIn returns the words next to code as a title, or "" if all of them are labels of tools such as "Code:" and
// "Select all".
func titleIn(words []string) string {
	for _, word := range words {
		switch strings.ToLower(strings.Trim(word, ":[]()!")) {
		case "code", "copy", "copied", "to", "clipboard", "select", "all", "run", "":
		default:
			return strings.TrimRight(strings.Join(words, " "), ":")
		}
	}
	return ""
}

// isCodeTable reports whether a table is code with line numbers next to it.
func (w *Writer) isCodeTable(n *html.Node) bool {
	if n.DataAtom != atom.Table {
		return false
	}
	gutter, code := false, false
	cells := 0
	for d := w.next(n, n, false); d != nil && cells < 40; {
		skip := false
		if d.DataAtom == atom.Td || d.DataAtom == atom.Th {
			cells++
			skip = true
			numbers := w.isGutter(d) || w.onlyGutter(d)
			gutter = gutter || numbers
			code = code || !numbers && (w.is(d, namedCell) || w.holdsPre(d))
		}
		d = w.next(d, n, skip)
	}
	return gutter && code
}

// onlyGutter reports whether a cell has only a column of line numbers.
func (w *Writer) onlyGutter(cell *html.Node) bool {
	for c := cell.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode && !w.isGutter(c) && !w.isGutterPre(c) && !w.onlyGutter(c) {
			return false
		}
		if c.Type == html.TextNode && strings.TrimSpace(c.Data) != "" {
			return false
		}
	}
	return cell.FirstChild != nil && w.onlyNumbers(cell)
}

func (w *Writer) holdsPre(n *html.Node) bool {
	return w.holds(n, func(d *html.Node) bool { return d.DataAtom == atom.Pre })
}

// hasLines reports whether an element consists of two or more lines of code: its children have the class names of lines
// or are blocks in a <code>, and the class names of the element or of its lines mention code.
func (w *Writer) hasLines(n *html.Node) bool {
	if n.Type != html.ElementNode || n.DataAtom == atom.Pre {
		return false
	}
	lines := 0
	named := n.DataAtom == atom.Code || w.is(n, namedCode)
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case c.Type == html.TextNode && strings.TrimSpace(c.Data) == "", c.Type == html.CommentNode, w.isGutter(c),
			w.isTool(c):
		case c.Type != html.ElementNode:
			return false
		case w.is(c, namedLine) || n.DataAtom == atom.Code && isBlockLine(c):
			named = named || w.is(c, namedCodeLine)
			lines++
		default:
			return false
		}
	}
	return lines >= 2 && named
}
