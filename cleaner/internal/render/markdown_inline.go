package render

import (
	"bytes"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/dom"
)

// paragraph renders a run of inline content. Each line break in it begins a new line.
func (m *markdown) paragraph(run []*html.Node) []string {
	w := inlineWriter{markdown: m}
	for _, n := range run {
		w.node(n)
	}
	text := strings.Trim(w.text.String(), " \n")
	if text == "" {
		return nil
	}
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		lines[i] = escapeStart(strings.TrimLeft(line, " "))
		if i < len(lines)-1 {
			lines[i] = hardBreak(strings.TrimRight(lines[i], " "))
		}
	}
	return lines
}

// hardBreak ends a line with a line break that editors do not remove. After a backslash the break is written as two
// spaces, because goldmark counts no more than two backslashes.
func hardBreak(line string) string {
	if strings.HasSuffix(line, `\`) {
		return line + "  "
	}
	return line + `\`
}

// line renders a run of inline content as one line, for headings, captions and cells.
func (m *markdown) line(run []*html.Node) string {
	w := inlineWriter{markdown: m, oneLine: true}
	for _, n := range run {
		w.node(n)
	}
	return strings.Trim(w.text.String(), " ")
}

type inlineWriter struct {
	*markdown
	text    bytes.Buffer
	inLink  bool
	oneLine bool     // line breaks are spaces
	codeEnd int      // where the last code span ends
	marks   []string // the marks of the surrounding emphasis
	// outer is the character before the text, if the text is part of a line.
	outer rune
	// closing reports whether the closing bracket after a reference to a note must be left out, as its opening bracket
	// was.
	closing bool
}

func (w *inlineWriter) node(n *html.Node) {
	if n.Type == html.TextNode {
		if w.closing && strings.HasPrefix(n.Data, "]") {
			n = &html.Node{Type: html.TextNode, Data: n.Data[1:], Parent: n.Parent}
		}
		w.closing = false
		text := escapeText(strings.ReplaceAll(n.Data, "\n", " "), w.atStart(), slices.Contains(w.marks, "~~"))
		if w.formulas {
			text = strings.ReplaceAll(text, "$", `\$`)
		}
		w.text.WriteString(text)
		return
	}
	if n.Namespace == "math" {
		w.formula(n)
		return
	}
	switch n.DataAtom {
	case atom.Br:
		if w.oneLine {
			w.text.WriteByte(' ')
		} else {
			w.text.WriteByte('\n')
		}
	case atom.Wbr, atom.Rp:
	case atom.Img:
		w.image(n)
	case atom.A:
		w.link(n)
	case atom.Cite:
		if holdsEmphasis(n) { // a whole bibliographic entry, not only a title
			w.around(n, "", "")
			return
		}
		w.emphasis(n, "*")
	case atom.Em, atom.I, atom.Dfn, atom.Var:
		w.emphasis(n, "*")
	case atom.Strong, atom.B:
		w.emphasis(n, "**")
	case atom.S, atom.Del:
		w.emphasis(n, "~~")
	case atom.Code, atom.Kbd, atom.Samp:
		w.codeSpan(n)
	case atom.Sub, atom.Sup:
		if n.DataAtom == atom.Sup && w.isReference(n) {
			w.references(n)
			return
		}
		w.around(n, "<"+n.Data+">", "</"+n.Data+">")
	case atom.Q:
		w.around(n, "“", "”")
	case atom.Rt:
		before, after := readingSigns(n)
		w.around(n, before, after)
	default:
		w.around(n, "", "")
	}
}

// holdsEmphasis reports whether an element contains an <em>, <i>, <cite> or <a> element.
func holdsEmphasis(n *html.Node) bool {
	for d := range n.Descendants() {
		switch d.DataAtom {
		case atom.Em, atom.I, atom.Cite, atom.A:
			return true
		}
	}
	return false
}

func (w *inlineWriter) atStart() bool { return w.text.Len() == 0 && w.outer == 0 && len(w.marks) == 0 }

// before returns the character before the current position, or 0 at the start.
func (w *inlineWriter) before() rune {
	if w.text.Len() == 0 {
		return w.outer
	}
	r, _ := utf8.DecodeLastRune(w.text.Bytes())
	return r
}

func (w *inlineWriter) around(n *html.Node, before, after string) {
	if n.FirstChild == nil {
		return
	}
	w.text.WriteString(before)
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		w.node(c)
	}
	w.text.WriteString(after)
}

// inner renders the content of node n with a writer of its own.
func (w *inlineWriter) inner(n *html.Node) *inlineWriter {
	v := &inlineWriter{markdown: w.markdown, inLink: w.inLink, oneLine: w.oneLine, outer: w.before(), marks: w.marks}
	v.around(n, "", "")
	return v
}

// add writes what the method inner has rendered, without marks around it. A code span directly after another becomes
// plain text.
func (w *inlineWriter) add(inner *inlineWriter) {
	text := inner.text.String()
	if w.endsInCode() && strings.HasPrefix(text, "`") { // nothing can separate them: the second is plain text
		fence := text[:len(text)-len(strings.TrimLeft(text, "`"))]
		code, rest, _ := strings.Cut(text[len(fence):], fence)
		text = escapeInline(code, false) + rest
	}
	w.text.WriteString(text)
	if inner.endsInCode() {
		w.codeEnd = w.text.Len()
	}
}

func (w *inlineWriter) endsInCode() bool { return w.codeEnd > 0 && w.codeEnd == w.text.Len() }

// emphasis writes a node's text with emphasis marks around it, and keeps white space at the ends of the text outside
// the marks. It leaves out the marks where CommonMark would not recognize them, for example between punctuation inside
// the mark and a letter outside it (CommonMark 6.2, rules 1 to 8).
func (w *inlineWriter) emphasis(n *html.Node, mark string) {
	if slices.Contains(w.marks, mark) { // already emphasized
		w.around(n, "", "")
		return
	}
	w.marks = append(w.marks, mark)
	inner := w.inner(n)
	w.marks = w.marks[:len(w.marks)-1]
	text := inner.text.String()
	body := strings.Trim(text, " \n")
	if body == "" || w.plain || w.oneLine && strings.Contains(body, "\n") || strings.Contains(body, "\n\n") {
		w.add(inner)
		return
	}
	before := w.before()
	first, _ := utf8.DecodeRuneInString(body)
	last, _ := utf8.DecodeLastRuneInString(body)
	lead := text[:strings.Index(text, body)]
	trail := text[len(lead)+len(body):]
	after := ' '
	if trail == "" {
		after = followingRune(n)
	}
	if lead == "" && isSign(first) && isWord(before) || isSign(last) && isWord(after) ||
		lead == "" && (before == '*' || before == '~') || mark == "~~" && last == '~' {
		w.add(inner)
		return
	}
	w.text.WriteString(lead + mark + body + mark + trail)
}

// followingRune returns the first character of the text after n on its line, or a space if there is none.
func followingRune(n *html.Node) rune {
	for ; n != nil && !dom.IsBlockNode(n); n = n.Parent {
		for s := n.NextSibling; s != nil; s = s.NextSibling {
			if s.Type == html.ElementNode && s.DataAtom == atom.Br || dom.IsBlockNode(s) {
				return ' '
			}
			text := s.Data
			if s.Type == html.ElementNode {
				text = dom.RawText(s)
			}
			if text != "" {
				r, _ := utf8.DecodeRuneInString(text)
				return r
			}
		}
	}
	return ' '
}

func isSign(r rune) bool { return unicode.IsPunct(r) || unicode.IsSymbol(r) }

func isWord(r rune) bool { return r != 0 && r != utf8.RuneError && !unicode.IsSpace(r) && !isSign(r) }

// codeSpan delimits code with more backticks than it contains (CommonMark 6.1). Two adjacent spans cannot be
// separated: they become one if both have single backticks; otherwise the second is written as plain text.
func (w *inlineWriter) codeSpan(n *html.Node) {
	code := strings.ReplaceAll(dom.RawText(n), "\n", " ")
	if strings.TrimSpace(code) == "" {
		w.text.WriteString(code)
		return
	}
	span := codeFence(code)
	switch {
	case !w.endsInCode():
		w.text.WriteString(span)
	case span == "`"+code+"`" && !bytes.HasSuffix(w.text.Bytes(), []byte("``")):
		w.text.Truncate(w.text.Len() - 1)
		w.text.WriteString(span[1:])
	default:
		w.text.WriteString(escapeInline(code, false))
		return
	}
	w.codeEnd = w.text.Len()
}

func codeFence(code string) string {
	longest, run := 0, 0
	for i := 0; i < len(code); i++ {
		if code[i] == '`' {
			run++
			longest = max(longest, run)
		} else {
			run = 0
		}
	}
	fence := strings.Repeat("`", longest+1)
	pad := ""
	if code[0] == '`' || code[len(code)-1] == '`' || code[0] == ' ' && code[len(code)-1] == ' ' {
		pad = " "
	}
	return fence + pad + code + pad + fence
}

func (w *inlineWriter) link(n *html.Node) {
	href := dom.Attr(n, "href")
	if number := w.numberOf(n); number != "" {
		w.dropBrackets(n)
		w.text.WriteString("[^" + number + "]")
		return
	}
	inLink := w.inLink
	w.inLink = true
	inner := w.inner(n)
	w.inLink = inLink
	text := inner.text.String()
	body := strings.Trim(text, " \n")
	if href == "" || inLink || !w.opts.Links || body == "" || strings.Contains(body, "\n\n") {
		w.add(inner)
		return
	}
	lead := text[:strings.Index(text, body)]
	if lead == "" && bytes.HasSuffix(w.text.Bytes(), []byte("!")) { // otherwise it would be an image
		w.text.Truncate(w.text.Len() - 1)
		w.text.WriteString(`\!`)
	}
	w.text.WriteString(lead + "[" + body + "](" + escapeURL(href) + ")" + text[len(lead)+len(body):])
}

func (w *inlineWriter) image(n *html.Node) {
	if !w.opts.Images {
		if bytes.HasSuffix(w.text.Bytes(), []byte(" ")) && followingRune(n) == ' ' { // one space is enough
			w.text.Truncate(w.text.Len() - 1)
		}
		return
	}
	alt := strings.Join(strings.Fields(dom.Attr(n, "alt")), " ")
	title := strings.Join(strings.Fields(dom.Attr(n, "title")), " ")
	w.text.WriteString("![" + escapeInline(alt, false) + "](" + escapeURL(dom.Attr(n, "src")))
	if title != "" && title != alt {
		w.text.WriteString(
			` "` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "<", "&lt;", "&", "&amp;").Replace(title) + `"`,
		)
	}
	w.text.WriteByte(')')
}

func (w *inlineWriter) formula(n *html.Node) {
	tex := strings.Join(strings.Fields(formulaText(n)), " ")
	if dom.FindAnnotation(n) != nil {
		// this means the same in TeX and never begins a tag
		tex = strings.Join(strings.Fields(strings.ReplaceAll(tex, "<", `\lt `)), " ")
	}
	switch {
	case tex == "":
	case dom.FindAnnotation(n) == nil || strings.Contains(strings.ReplaceAll(tex, `\$`, ""), "$") || strings.Contains(tex,
		"`"):
		w.text.WriteString(escapeInline(tex, false))
	case dom.Attr(n, "display") == "block":
		w.text.WriteString("$$" + tex + "$$")
	default:
		w.text.WriteString("$" + tex + "$")
	}
}
