package htmldoc

import (
	"bytes"

	"golang.org/x/net/html"
)

// The parser takes 512 open elements. A flattened page stays well below: the parser opens elements of its own (html,
// body, tbody, tr). Wrappers, which only group, stop before the rest, so that a page in too many of them keeps its
// paragraphs, lists and links.
const (
	maxWrapped = 200
	maxOpen    = 256
)

// maxDepth is how deep the deepest node of a tree may be below the document. The parser's 512 open elements alone
// would leave room for a text within the last of them, and for whatever it moves into elements that it makes again.
const maxDepth = 512

// measure counts the nodes of a tree, the root not among them, and the levels below the root. It stops where there
// are more nodes than limit.
func measure(root *html.Node, limit int) (nodes, depth int) {
	level := 0
	for n := root; ; {
		switch {
		case n.FirstChild != nil:
			n, level = n.FirstChild, level+1
			depth = max(depth, level)
		default:
			for n != root && n.NextSibling == nil {
				n, level = n.Parent, level-1
			}
			if n == root {
				return nodes, depth
			}
			n = n.NextSibling
		}
		if nodes++; nodes > limit {
			return nodes, depth
		}
	}
}

// parseFlattened parses a page that nests too deeply for the parser. It cannot fail: where the flattened page is
// refused too, or is too deep, since the parser opens two elements more for each cell of a table, it is flattened to
// a third, and at last the text alone is parsed. It counts the nodes, as measure does.
func parseFlattened(text []byte, limit int) (root *html.Node, nodes int) {
	for _, share := range [...]int{1, 3} {
		root, err := html.Parse(bytes.NewReader(flatten(text, maxWrapped/share, maxOpen/share)))
		if err != nil {
			continue
		}
		if nodes, depth := measure(root, limit); depth <= maxDepth {
			return root, nodes
		}
	}
	root, err := html.Parse(bytes.NewReader(flatten(text, 0, 0)))
	if err != nil { // no element is left in it but html, body, br and those that hold only raw text
		root = &html.Node{Type: html.DocumentNode}
	}
	nodes, _ = measure(root, limit)
	return root, nodes
}

// A flattener rewrites a page as a well-formed one: every element that it opens it also closes, in order, so the
// parser never has to reopen formatting elements by itself, which is how a shallow page gets deep
// (WHATWG HTML, "Reconstruct the active formatting elements").
type flattener struct {
	out bytes.Buffer
	z   *html.Tokenizer
	openElements
	names map[string]string
	// wrapped and limit are how many elements may be open for one more wrapper, and for one more of any other kind.
	wrapped, limit int
	written        int // elements that are open in out
	textSinceBreak bool
}

// flatten takes time and memory linear in the page: each token is looked at once, each open element popped once.
func flatten(text []byte, wrapped, limit int) []byte {
	f := flattener{
		z: html.NewTokenizer(bytes.NewReader(text)), openElements: newOpenElements(), names: make(map[string]string),
		wrapped: wrapped, limit: limit,
	}
	f.out.Grow(len(text))
	for {
		f.z.AllowCDATA(f.foreign())
		switch f.z.Next() {
		case html.ErrorToken:
			f.closeTo(0)
			return f.out.Bytes()
		case html.StartTagToken, html.SelfClosingTagToken:
			f.start()
		case html.EndTagToken:
			f.end()
		case html.TextToken:
			f.text(f.z.Raw())
		default:
			f.out.Write(f.z.Raw())
		}
	}
}

func (f *flattener) text(raw []byte) {
	if f.inDroppedStyle() {
		return
	}
	if cdata, ok := bytes.CutPrefix(raw, []byte("<![CDATA[")); ok && f.foreign() {
		// Its element may have been dropped, and outside of SVG and MathML a CDATA section is a comment.
		raw = []byte(html.EscapeString(string(bytes.TrimSuffix(cdata, []byte("]]>")))))
	}
	f.out.Write(raw)
	f.textSinceBreak = f.textSinceBreak || len(bytes.TrimSpace(raw)) > 0
}

// inDroppedStyle reports whether the text is the style sheet or script of a drawing that lost its tags: in a drawing
// those are elements like any other, whose text would become visible.
func (f *flattener) inDroppedStyle() bool {
	return f.foreign() && !f.innermostKept() && kindOf(f.innermost()) == rawText && f.innermost() != "title"
}

// start copies a start tag, or drops it when too much is open.
func (f *flattener) start() {
	raw := bytes.Clone(f.z.Raw()) // TagName lower-cases the tokenizer's own bytes
	name := f.tagName()
	if f.foreign() && breaksOut(name) {
		f.closeTo(f.scope())
	}
	if f.foreign() {
		f.startForeign(name, raw)
		return
	}
	switch kindOf(name) {
	case rawText:
		f.rawText(name, raw)
	case void, skeleton:
		f.out.Write(raw)
	default:
		if name == "plaintext" {
			f.plainText()
			return
		}
		f.closeTo(f.implied(name))
		// On a non-void element of HTML a closing slash means nothing.
		if rest, ok := bytes.CutSuffix(raw, []byte("/>")); ok && kindOf(name) != foreign {
			raw = append(rest, '>')
		}
		f.open(name, raw, true)
		if bytes.HasSuffix(raw, []byte("/>")) {
			f.closedItself()
		}
	}
}

func (f *flattener) closedItself() {
	if _, kept := f.pop(); kept {
		f.written--
	}
}

// startForeign is start within SVG and MathML, where any element may close itself and none holds raw text.
func (f *flattener) startForeign(name string, raw []byte) {
	f.z.NextIsNotRawText()
	f.open(name, raw, f.innermostKept())
	if bytes.HasSuffix(raw, []byte("/>")) {
		f.closedItself()
	}
}

// open writes a start tag if it may and there is room, and notes the element in any case, so that its end tag is
// known again.
func (f *flattener) open(name string, raw []byte, may bool) {
	limit := f.limit
	if kind := kindOf(name); kind == wrapper || kind == inline && name != "a" {
		limit = f.wrapped
	}
	keep := may && f.written < limit
	if keep {
		f.out.Write(raw)
		f.written++
	} else {
		f.breakLine(kindOf(name))
	}
	f.push(name, keep)
}

// tagName returns the name of the current tag, one string for all tags of the name.
func (f *flattener) tagName() string {
	tag, _ := f.z.TagName()
	name, ok := f.names[string(tag)]
	if !ok {
		name = string(tag)
		f.names[name] = name
	}
	return name
}

// breakLine replaces a dropped tag. Inline tags leave nothing behind, because they may be inside words.
func (f *flattener) breakLine(kind elementKind) {
	if kind != inline && f.textSinceBreak {
		f.out.WriteString("<br><br>")
		f.textSinceBreak = false
	}
}

// rawText copies an element whose content is no markup, to its end.
func (f *flattener) rawText(name string, raw []byte) {
	f.out.Write(raw)
	if f.z.Next() == html.TextToken {
		f.out.Write(f.z.Raw())
		f.z.Next()
	}
	f.out.WriteString("</" + name + ">")
}

// plainText turns a <plaintext>, which nothing can end, into a <pre>.
func (f *flattener) plainText() {
	f.closeTo(0)
	f.out.WriteString("<pre>")
	if f.z.Next() == html.TextToken {
		f.out.WriteString(html.EscapeString(string(f.z.Raw())))
	}
	f.out.WriteString("</pre>")
}

// end closes an element and everything that is open inside it.
func (f *flattener) end() {
	name := f.tagName()
	switch {
	case kindOf(name) == skeleton: // everything is closed at the end; in the middle of a page </body> means nothing
		if name == "head" {
			f.out.WriteString("</head>")
		}
	case name == "br" || name == "p" && f.last("p") < 0: // the parser makes elements of both
		f.out.WriteString("<br>")
	default:
		if i := f.matching(name); i >= 0 {
			f.closeTo(i)
		}
	}
}

// closeTo closes all but the n outermost open elements.
func (f *flattener) closeTo(n int) {
	for f.len() > n {
		name, kept := f.pop()
		if kept {
			f.out.WriteString("</" + name + ">")
			f.written--
		} else {
			f.breakLine(kindOf(name))
		}
	}
}
