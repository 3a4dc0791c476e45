package content

import (
	"strconv"
	"strings"
	"sync"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// The content of an Article is a tree that holds only what stands in this file, so every rendering of it is
// safe to show. It is built in two ways, from a page's kept blocks and from an article's JSON, and both create every
// element with Element.
//
// Absent on purpose: div and section (they say nothing to a reader; what they hold stands for itself), iframe, object and
// video (they fetch and run), form controls, style and class (except the language of code), svg (it can carry scripts),
// id (nothing in an article refers to it but its own footnotes, whose targets are kept).

// safeElements are the elements that content may hold, with the attributes that each may have beside those that all may.
var safeElements = sync.OnceValue(func() map[atom.Atom][]string {
	return map[atom.Atom][]string{
		atom.P: nil, atom.H1: nil, atom.H2: nil, atom.H3: nil, atom.H4: nil, atom.H5: nil, atom.H6: nil,
		atom.Ul: nil, atom.Ol: {"start", "reversed", "type"}, atom.Li: {"value"}, atom.Dl: nil, atom.Dt: nil, atom.Dd: nil,
		atom.Blockquote: {"cite"}, atom.Pre: {"class"}, atom.Hr: nil,
		atom.Table: nil, atom.Caption: nil, atom.Thead: nil, atom.Tbody: nil, atom.Tfoot: nil, atom.Tr: nil,
		atom.Th: {"colspan", "rowspan", "scope"}, atom.Td: {"colspan", "rowspan"},
		atom.Figure: nil, atom.Figcaption: nil, atom.Img: {"src", "alt", "title", "width", "height"},
		atom.A: {"href", "title"}, atom.Em: nil, atom.Strong: nil, atom.I: nil, atom.B: nil, atom.U: nil, atom.S: nil, atom.Del: nil, atom.Ins: nil,
		atom.Mark: nil, atom.Small: nil, atom.Sub: nil, atom.Sup: nil, atom.Q: {"cite"}, atom.Cite: nil, atom.Abbr: {"title"}, atom.Dfn: nil,
		atom.Kbd: nil, atom.Samp: nil, atom.Var: nil, atom.Code: {"class"}, atom.Time: {"datetime"}, atom.Br: nil, atom.Wbr: nil,
		atom.Bdi: nil, atom.Bdo: nil, atom.Ruby: nil, atom.Rt: nil, atom.Rp: nil, atom.Rb: nil,
	}
})

// renamed returns the element that replaces one of old HTML; others are returned as they are.
func renamed(tag atom.Atom) atom.Atom {
	switch tag {
	case atom.Strike:
		return atom.S
	case atom.Tt:
		return atom.Code
	case atom.Listing, atom.Xmp, atom.Plaintext:
		return atom.Pre
	case atom.Dir, atom.Menu:
		return atom.Ul
	case atom.Acronym:
		return atom.Abbr
	}
	return tag
}

// safeMath are MathML Core's presentation elements. Semantics with the one annotation that is text, TeX, is added by annotate.
var safeMath = text.SetOf(
	"math", "mrow", "mi", "mn", "mo", "ms", "mtext", "mspace", "msup", "msub",
	"msubsup", "mfrac", "msqrt", "mroot", "mover", "munder", "munderover", "mtable", "mtr",
	"mtd", "mstyle", "mpadded", "mphantom", "menclose", "mmultiscripts", "mprescripts", "none",
	"mfenced",
)

// Element returns a copy of an element without children and with only safe attributes, addresses made absolute by
// resolve; nil if the element may not stand in content.
func Element(n *html.Node, resolve func(string) (string, bool)) *html.Node {
	if n.Namespace != "" {
		return nil
	}
	tag := renamed(n.DataAtom)
	allowed, ok := safeElements()[tag]
	if !ok {
		return nil
	}
	c := dom.NewElement(tag)
	if tag == atom.Img {
		return safeImage(n, resolve)
	}
	for _, a := range n.Attr {
		if a.Namespace != "" {
			continue
		}
		if value, ok := safeAttr(a.Key, a.Val, allowed, resolve); ok {
			c.Attr = append(c.Attr, html.Attribute{Key: a.Key, Val: value})
		}
	}
	return c
}

// safeAttr returns an attribute's safe value.
func safeAttr(key, value string, allowed []string, resolve func(string) (string, bool)) (string, bool) {
	switch key {
	case "dir":
		value = strings.ToLower(value)
		return value, value == "ltr" || value == "rtl" || value == "auto"
	case "lang":
		return value, text.IsSimple(value, 35)
	}
	found := false
	for _, a := range allowed {
		found = found || a == key
	}
	if !found {
		return "", false
	}
	switch key {
	case "href":
		return safeURL(value, resolve, "http", "https", "mailto", "tel")
	case "cite":
		return safeURL(value, resolve, "http", "https")
	case "class":
		return languageClass(value)
	case "start", "value", "colspan", "rowspan", "width", "height":
		n, err := strconv.Atoi(strings.TrimSpace(value))
		return strconv.Itoa(n), err == nil && n >= -1_000_000 && n <= 1_000_000
	case "reversed":
		return "", true
	case "type", "scope", "datetime":
		return value, text.IsSimple(value, 40)
	}
	return dom.Printable(strings.ToValidUTF8(value[:min(len(value), 2000)], "")), true
}

// languageClass keeps the class by which highlighters know a code block's language: language-go, lang-go.
func languageClass(class string) (string, bool) {
	for name := range strings.FieldsSeq(class) {
		for _, prefix := range [...]string{"language-", "lang-", "highlight-source-", "brush:"} {
			if lang, ok := strings.CutPrefix(name, prefix); ok {
				if lang = strings.TrimRight(lang, ";"); isCodeLanguage(lang) {
					return "language-" + lang, true
				}
			}
		}
	}
	return "", false
}

func isCodeLanguage(s string) bool {
	for i := 0; i < len(s); i++ {
		c := s[i]
		if !('a' <= c|0x20 && c|0x20 <= 'z' || '0' <= c && c <= '9' || strings.IndexByte("+-#._", c) >= 0) {
			return false
		}
	}
	return s != "" && len(s) <= 30
}

// safeURL resolves a reference and returns it if its scheme is among schemes, or if it has none and nothing to resolve
// it against. A scheme is looked for after everything that browsers ignore in it is gone.
func safeURL(ref string, resolve func(string) (string, bool), schemes ...string) (string, bool) {
	ref = strings.TrimSpace(strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7F || r == '\uFFFD' || r >= 0x80 && r < 0xA0 {
			return -1
		}
		return r
	}, ref))
	if ref == "" {
		return "", false
	}
	if resolve != nil {
		abs, ok := resolve(ref)
		if !ok {
			return "", false
		}
		ref = abs
	}
	colon := strings.IndexByte(ref, ':')
	if slash := strings.IndexAny(ref, "/?#"); colon < 0 || slash >= 0 && slash < colon {
		return ref, true
	}
	for _, s := range schemes {
		if strings.EqualFold(ref[:colon], s) {
			return ref, true
		}
	}
	return "", false
}

// maxDataImage is the longest data: image in bytes that is kept; longer ones belong in a file.
const maxDataImage = 64 << 10

// safeImage copies an image with the address that it really shows; nil if it has none.
func safeImage(n *html.Node, resolve func(string) (string, bool)) *html.Node {
	src := dom.Attr(n, "src")
	if resolve != nil { // else it was found once already
		src = ImageSource(n)
	}
	c := dom.NewElement(atom.Img)
	switch {
	case isDataImage(src):
		if len(src) > maxDataImage {
			return nil
		}
	default:
		var ok bool
		if src, ok = safeURL(src, resolve, "http", "https"); !ok {
			return nil
		}
	}
	c.Attr = append(c.Attr, html.Attribute{Key: "src", Val: src})
	for _, key := range [...]string{"alt", "title", "width", "height"} {
		if value, ok := safeAttr(key, dom.Attr(n, key), safeElements()[atom.Img], nil); ok && value != "" && value != "0" {
			c.Attr = append(c.Attr, html.Attribute{Key: key, Val: value})
		}
	}
	return c
}

// isDataImage allows the picture formats that cannot carry scripts, which svg can.
func isDataImage(src string) bool {
	for _, format := range [...]string{"png", "jpeg", "gif", "webp", "avif"} {
		if strings.HasPrefix(src, "data:image/"+format+";base64,") {
			return true
		}
	}
	return false
}

// ImageSource finds the address of an image, also where a script was to load it later.
func ImageSource(n *html.Node) string {
	src := strings.TrimSpace(dom.Attr(n, "src"))
	if src != "" && !isPlaceholder(src) {
		return src
	}
	if other := OtherSource(n); other != "" {
		return other
	}
	if isPlaceholder(src) {
		return NoscriptSource(n)
	}
	return src
}

// OtherSource finds what an image's markup names beside its src: what a script loads later, or a choice of sizes.
func OtherSource(n *html.Node) string {
	for _, key := range [...]string{"data-src", "data-lazy-src", "data-original", "data-orig-file", "data-full-src", "data-url", "data-image", "data-hi-res-src", "data-img-src"} {
		if lazy := strings.TrimSpace(dom.Attr(n, key)); lazy != "" && !isPlaceholder(lazy) {
			return lazy
		}
	}
	for _, key := range [...]string{"srcset", "data-srcset", "data-lazy-srcset"} {
		if best := largestCandidate(dom.Attr(n, key)); best != "" {
			return best
		}
	}
	if p := n.Parent; p != nil && p.DataAtom == atom.Picture {
		for c := p.FirstChild; c != nil; c = c.NextSibling {
			if c.DataAtom != atom.Source {
				continue
			}
			for _, key := range [...]string{"srcset", "data-srcset"} {
				if best := largestCandidate(dom.Attr(c, key)); best != "" {
					return best
				}
			}
		}
	}
	return ""
}

// NoscriptSource finds the image that a lazy image gives to browsers without scripts, in the element behind or before it. The
// parser takes what is inside as text.
func NoscriptSource(n *html.Node) string {
	for _, s := range [...]*html.Node{dom.NextElement(n), dom.PreviousElement(n)} {
		if s == nil || s.DataAtom != atom.Noscript || s.FirstChild == nil || len(s.FirstChild.Data) > maxNoscript {
			continue
		}
		z := html.NewTokenizer(strings.NewReader(s.FirstChild.Data))
		for kind := z.Next(); kind != html.ErrorToken; kind = z.Next() {
			token := z.Token()
			if token.DataAtom != atom.Img {
				continue
			}
			img := html.Node{Type: html.ElementNode, DataAtom: atom.Img, Attr: token.Attr}
			if src := ImageSource(&img); src != "" {
				return src
			}
		}
	}
	return ""
}

// maxNoscript is the most bytes that are searched for an image.
const maxNoscript = 4096

// isPlaceholder reports whether an address is what stands in for an image until a script loads it.
func isPlaceholder(src string) bool {
	if strings.HasPrefix(src, "data:") {
		return len(src) < 1024 || !isDataImage(src)
	}
	lower := strings.ToLower(src)
	for _, name := range [...]string{"placeholder", "blank.gif", "spacer.gif", "transparent.gif", "1x1.", "pixel.gif", "lazy-load", "lazyload", "loading.gif", "grey.gif", "about:blank"} {
		if strings.Contains(lower, name) {
			return true
		}
	}
	return false
}

// largestCandidate picks from a srcset (WHATWG HTML, "Srcset attributes") the image with the largest descriptor.
func largestCandidate(srcset string) string {
	best, most := "", -1.0
	for candidate := range strings.SplitSeq(srcset, ", ") {
		fields := strings.Fields(strings.Trim(candidate, ", \t\r\n"))
		if len(fields) == 0 || isPlaceholder(fields[0]) {
			continue
		}
		size := 1.0
		if len(fields) > 1 {
			size, _ = strconv.ParseFloat(strings.TrimRight(fields[1], "wxh"), 64)
		}
		if size > most {
			best, most = fields[0], size
		}
	}
	return best
}

// safeFormula copies a formula: MathML by its own allow-list, TeX as an annotation of a formula without markup.
func safeFormula(n *html.Node, tex string) *html.Node {
	math := &html.Node{Type: html.ElementNode, Data: "math", DataAtom: atom.Math, Namespace: "math"}
	if n.DataAtom == atom.Math {
		copyMath(n, math, 0)
		if display := dom.Attr(n, "display"); display == "block" {
			math.Attr = append(math.Attr, html.Attribute{Key: "display", Val: display})
		}
	} else if strings.Contains(dom.Attr(n, "type"), "mode=display") {
		math.Attr = append(math.Attr, html.Attribute{Key: "display", Val: "block"})
	}
	if tex != "" {
		annotate(math, tex)
	}
	return math
}

// annotate adds the TeX to a formula, which must be one row then (MathML Core, "Semantics and Presentation").
func annotate(math *html.Node, tex string) {
	row := math.FirstChild
	if row == nil || row.NextSibling != nil || row.Data != "mrow" {
		row = &html.Node{Type: html.ElementNode, Data: "mrow", Namespace: "math"}
	}
	for _, c := range dom.TakeChildren(math) {
		if c != row {
			row.AppendChild(c)
		}
	}
	if row.FirstChild == nil {
		text := &html.Node{Type: html.ElementNode, Data: "mtext", DataAtom: atom.Mtext, Namespace: "math"}
		text.AppendChild(dom.NewText(tex))
		row.AppendChild(text)
	}
	annotation := &html.Node{
		Type: html.ElementNode, Data: "annotation", Namespace: "math",
		Attr: []html.Attribute{{Key: "encoding", Val: "application/x-tex"}},
	}
	annotation.AppendChild(dom.NewText(tex))
	semantics := &html.Node{Type: html.ElementNode, Data: "semantics", Namespace: "math"}
	semantics.AppendChild(row)
	semantics.AppendChild(annotation)
	math.AppendChild(semantics)
}

func copyMath(from, to *html.Node, depth int) {
	if depth > 100 {
		return
	}
	for c := from.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case c.Type == html.TextNode:
			if text := dom.NewText(c.Data); strings.TrimSpace(text.Data) != "" {
				to.AppendChild(text)
			}
		case c.Type != html.ElementNode || c.Namespace != "math":
		case c.Data == "semantics": // its annotation is made anew
			copyMath(c, to, depth+1)
		case safeMath.Has(c.Data):
			m := &html.Node{Type: html.ElementNode, Data: c.Data, DataAtom: c.DataAtom, Namespace: "math"}
			for _, a := range c.Attr {
				if (a.Key == "mathvariant" || a.Key == "stretchy" || a.Key == "columnalign") && text.IsSimple(a.Val, 40) {
					m.Attr = append(m.Attr, html.Attribute{Key: a.Key, Val: a.Val})
				}
			}
			to.AppendChild(m)
			copyMath(c, m, depth+1)
		}
	}
}
