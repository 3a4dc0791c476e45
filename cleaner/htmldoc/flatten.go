package htmldoc

import (
	"bytes"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// maxDepth is how many elements the flattened page holds open at once. The parser's own limit is 512; it
// opens elements of its own (html, body, tbody, tr), and reopens formatting elements.
const maxDepth = 200

// parseFlattened parses a page that nests too deeply for the parser: tags beyond maxDepth are dropped, with their text
// kept. It cannot fail: where even that is refused, the text alone is parsed.
func parseFlattened(text []byte) *html.Node {
	if root, err := html.Parse(bytes.NewReader(flatten(text, maxDepth))); err == nil {
		return root
	}
	root, err := html.Parse(bytes.NewReader(flatten(text, 0)))
	if err != nil { // no element is open in it but html, body and one p
		root = &html.Node{Type: html.DocumentNode}
	}
	return root
}

// A flattener rewrites a page as a well-formed one: every element that it opens it also closes, in order, so the
// parser never has to reopen formatting elements by itself, which is how a shallow page gets deep
// (WHATWG HTML, "Reconstruct the active formatting elements").
type flattener struct {
	out   bytes.Buffer
	open  []string // names of the open elements
	depth int
	// dropped counts, by name, the elements whose start tag was dropped and whose end tag must be.
	dropped map[string]int
}

func flatten(text []byte, depth int) []byte {
	f := flattener{depth: depth, dropped: make(map[string]int)}
	z := html.NewTokenizer(bytes.NewReader(text))
	for {
		switch z.Next() {
		case html.ErrorToken:
			f.closeTo(0)
			return f.out.Bytes()
		case html.StartTagToken, html.SelfClosingTagToken:
			raw := append([]byte(nil), z.Raw()...) // TagName lower-cases the tokenizer's own bytes
			name, _ := z.TagName()
			f.start(string(name), raw, z)
		case html.EndTagToken:
			name, _ := z.TagName()
			f.end(string(name))
		case html.TextToken:
			f.out.Write(z.Raw())
		case html.DoctypeToken:
			f.out.Write(z.Raw())
		case html.CommentToken:
		}
	}
}

// start copies a start tag, or drops it when too much is open.
func (f *flattener) start(name string, raw []byte, z *html.Tokenizer) {
	if isRawText(name) {
		f.rawText(name, raw, z)
		return
	}
	if isVoid(name) {
		f.out.Write(raw)
		return
	}
	f.closeImplied(name)
	if len(f.open) >= f.depth {
		f.dropped[name]++
		f.out.WriteByte(' ')
		if f.depth == 0 && isParagraphLike(name) {
			f.out.WriteString("<p>")
		}
		return
	}
	if bytes.HasSuffix(raw, []byte("/>")) { // on a non-void element the slash means nothing in HTML
		raw = append(raw[:len(raw)-2], '>')
	}
	f.out.Write(raw)
	f.open = append(f.open, name)
}

// rawText copies an element whose content is no markup, to its end.
func (f *flattener) rawText(name string, raw []byte, z *html.Tokenizer) {
	f.out.Write(raw)
	if z.Next() == html.TextToken {
		f.out.Write(z.Raw())
		z.Next()
	}
	f.out.WriteString("</" + name + ">")
}

// end closes an element and everything that is open inside it.
func (f *flattener) end(name string) {
	if f.dropped[name] > 0 {
		f.dropped[name]--
		f.out.WriteByte(' ')
		return
	}
	for i := len(f.open) - 1; i >= 0; i-- {
		if f.open[i] == name {
			f.closeTo(i)
			return
		}
	}
}

func (f *flattener) closeTo(n int) {
	for len(f.open) > n {
		last := len(f.open) - 1
		f.out.WriteString("</" + f.open[last] + ">")
		f.open = f.open[:last]
	}
}

// closeImplied closes the open element that a start tag ends without saying so, if it is the innermost one.
func (f *flattener) closeImplied(name string) {
	if len(f.open) == 0 {
		return
	}
	last := f.open[len(f.open)-1]
	implied := false
	switch name {
	case "li", "option", "tr", "a":
		implied = last == name
	case "td", "th":
		implied = last == "td" || last == "th"
	case "dt", "dd":
		implied = last == "dt" || last == "dd"
	default:
		implied = last == "p" && isParagraphLike(name)
	}
	if implied {
		f.closeTo(len(f.open) - 1)
	}
}

func isParagraphLike(name string) bool {
	switch atom.Lookup([]byte(name)) {
	case atom.P, atom.Div, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Ul, atom.Ol, atom.Dl, atom.Li, atom.Table,
		atom.Tr, atom.Blockquote, atom.Section, atom.Article, atom.Pre, atom.Hr, atom.Header, atom.Footer, atom.Nav,
		atom.Aside, atom.Main, atom.Figure, atom.Form, atom.Fieldset, atom.Address, atom.Center, atom.Td, atom.Dt, atom.Dd:
		return true
	}
	return false
}

func isVoid(name string) bool {
	switch atom.Lookup([]byte(name)) {
	case atom.Area, atom.Base, atom.Br, atom.Col, atom.Embed, atom.Hr, atom.Img, atom.Input, atom.Link, atom.Meta, atom.Param,
		atom.Source, atom.Track, atom.Wbr:
		return true
	}
	return false
}

func isRawText(name string) bool {
	switch atom.Lookup([]byte(name)) {
	case atom.Script, atom.Style, atom.Textarea, atom.Title, atom.Xmp, atom.Iframe, atom.Noembed, atom.Noframes, atom.Noscript:
		return true
	}
	return false
}
