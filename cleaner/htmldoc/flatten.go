package htmldoc

import (
	"bytes"
	"errors"
	"math"

	"golang.org/x/net/html"
)

// When this many elements are open in a flattened page, further start tags are dropped. maxWrapped applies to wrappers,
// which only group other elements, and to inline elements except links. maxOpen applies to all other elements. So a
// page with too many wrappers keeps its paragraphs, lists and links. Both numbers are well below the 512 that the
// parser allows, because the parser adds elements (html, body, tbody, tr).
const (
	maxWrapped = 200
	maxOpen    = 256
)

// maxDepth is how many levels below the document the deepest node of a tree may be. The parser's own limit of 512 open
// elements is not enough: text is one level deeper, and so is content that the parser moves into reopened elements.
const maxDepth = 512

// An extent is the size of a tree, and what else is found on the walk that measures it.
type extent struct {
	nodes, depth int        // the number of nodes below the root, and of the levels
	base         *html.Node // the first <base href>, or nil
}

// measure walks over a tree. It stops when it has counted more than limit nodes.
func measure(root *html.Node, limit int) extent {
	var size extent
	level := 0
	for n := root; ; {
		switch {
		case n.FirstChild != nil:
			n, level = n.FirstChild, level+1
			size.depth = max(size.depth, level)
		default:
			for n != root && n.NextSibling == nil {
				n, level = n.Parent, level-1
			}
			if n == root {
				return size
			}
			n = n.NextSibling
		}
		if size.base == nil && isBase(n) {
			size.base = n
		}
		if size.nodes++; size.nodes > limit {
			return size
		}
	}
}

// parseFlattened parses a page that nests too deeply for the parser, and measures the tree. The flattened page may
// still be refused or too deep, because the parser opens two more elements for each table cell. In that case, the page
// is flattened again with a third of the limits, and as a last resort only the text is parsed. If the tree has more
// than limit nodes, it may be nil.
func parseFlattened(text []byte, limit int) (root *html.Node, size extent) {
	for _, share := range [...]int{1, 3} {
		// A flattened page closes all elements, so none are reopened.
		root, err := parseBounded(flatten(text, maxWrapped/share, maxOpen/share), limit, math.MaxInt)
		if errors.Is(err, ErrTooLarge) {
			return nil, extent{nodes: limit + 1}
		}
		if err != nil {
			continue
		}
		if size := measure(root, limit); size.depth <= maxDepth {
			return root, size
		}
	}
	root, err := parseBounded(flatten(text, 0, 0), limit, math.MaxInt)
	if errors.Is(err, ErrTooLarge) {
		return nil, extent{nodes: limit + 1}
	}
	if err != nil { // does not happen: only html, body, br and raw text elements are left
		root = &html.Node{Type: html.DocumentNode}
	}
	return root, measure(root, limit)
}

// A flattener rewrites a page so that it is well-formed: it closes every element that it opens, in order. Then the
// parser never has to reopen formatting elements (WHATWG HTML, "Reconstruct the active formatting elements"), which can
// make the tree of a shallow page deep.
type flattener struct {
	out bytes.Buffer
	z   *html.Tokenizer
	openElements
	names map[string]string
	// wrapped limits how many elements may be open when a wrapper or an inline element other than a link is written.
	// limit does the same for all other elements.
	wrapped, limit int
	written        int // how many elements are open in the output
	textSinceBreak bool
}

// flatten returns the flattened page. Time and memory are linear in the page's size: each token is read once, and each
// open element is popped once.
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
		// Outside of SVG and MathML a CDATA section is a comment, and the element around it may have been dropped.
		raw = []byte(html.EscapeString(string(bytes.TrimSuffix(cdata, []byte("]]>")))))
	}
	f.out.Write(raw)
	f.textSinceBreak = f.textSinceBreak || len(bytes.TrimSpace(raw)) > 0
}

// inDroppedStyle reports whether the text is the style sheet or script of a drawing whose tags were dropped. In a
// drawing, style and script are ordinary elements, so without their tags the text would become visible.
func (f *flattener) inDroppedStyle() bool {
	return f.foreign() && !f.innermostKept() && kindOf(f.innermost()) == rawText && f.innermost() != "title"
}

// start copies a start tag, or drops it if too many elements are open.
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
		// HTML ignores a closing slash on a non-void element.
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

// startForeign is like start, but for tags inside SVG and MathML. There, any element may be self-closing, and no
// element contains raw text.
func (f *flattener) startForeign(name string, raw []byte) {
	f.z.NextIsNotRawText()
	f.open(name, raw, f.innermostKept())
	if bytes.HasSuffix(raw, []byte("/>")) {
		f.closedItself()
	}
}

// open writes a start tag if the argument may is true and the limit allows it. It always pushes the element, so that
// the end tag is matched.
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

// tagName returns the name of the current tag. All tags of one name share one string.
func (f *flattener) tagName() string {
	tag, _ := f.z.TagName()
	name, ok := f.names[string(tag)]
	if !ok {
		name = string(tag)
		f.names[name] = name
	}
	return name
}

// breakLine writes a line break in place of a dropped tag if there has been text since the last break. It writes none
// for an inline tag, which may be inside a word.
func (f *flattener) breakLine(kind elementKind) {
	if kind != inline && f.textSinceBreak {
		f.out.WriteString("<br><br>")
		f.textSinceBreak = false
	}
}

// rawText copies an element whose content is not markup.
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
	case kindOf(name) == skeleton: // html and body end with the page, not at their end tags
		if name == "head" {
			f.out.WriteString("</head>")
		}
	case name == "br" || name == "p" && f.last("p") < 0: // the parser creates an element for such an end tag
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
