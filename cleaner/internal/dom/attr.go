package dom

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// IsBlockElement reports whether a browser starts a new line for the element (WHATWG HTML, "Rendering",
// flow content), and those table parts and form parts that never share a line's sentence with their neighbours.
func IsBlockElement(tag atom.Atom) bool {
	switch tag {
	case atom.Address, atom.Article, atom.Aside, atom.Blockquote, atom.Body, atom.Caption, atom.Center, atom.Dd,
		atom.Details, atom.Dialog, atom.Dir, atom.Div, atom.Dl, atom.Dt, atom.Fieldset, atom.Figcaption, atom.Figure,
		atom.Footer, atom.Form, atom.Frameset, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Header,
		atom.Hgroup, atom.Html, atom.Legend, atom.Li, atom.Listing, atom.Main, atom.Menu, atom.Nav, atom.Ol,
		atom.Optgroup, atom.Option, atom.P, atom.Plaintext, atom.Pre, atom.Search, atom.Section, atom.Select,
		atom.Summary, atom.Table, atom.Tbody, atom.Td, atom.Textarea, atom.Tfoot, atom.Th, atom.Thead, atom.Tr,
		atom.Ul, atom.Xmp, atom.Marquee:
		return true
	}
	return false
}

// HeadingLevel is 1 to 6 for h1 to h6, else 0.
func HeadingLevel(tag atom.Atom) int8 {
	switch tag {
	case atom.H1:
		return 1
	case atom.H2:
		return 2
	case atom.H3:
		return 3
	case atom.H4:
		return 4
	case atom.H5:
		return 5
	case atom.H6:
		return 6
	}
	return 0
}

// IsTeXScript recognises MathJax's way of putting TeX in a page: <script type="math/tex; mode=display">.
func IsTeXScript(n *html.Node) bool {
	return strings.HasPrefix(strings.ToLower(Attr(n, "type")), "math/tex")
}

// MathText is a formula's TeX, else its characters.
func MathText(math *html.Node) string {
	if tex := TeX(math); tex != "" {
		return tex
	}
	var b strings.Builder
	for d := range math.Descendants() {
		if d.Type == html.TextNode && (d.Parent.Data != "annotation" && d.Parent.Data != "annotation-xml") {
			b.WriteString(strings.TrimSpace(Printable(d.Data)))
		}
	}
	return b.String()
}

// TeX returns what a formula says that it is in TeX: a script of MathJax, an annotation of MathML, or its alternative text. It is
// empty where it does not say.
func TeX(n *html.Node) string {
	if n.DataAtom == atom.Script {
		return visible(ownText(n))
	}
	for d := range n.Descendants() {
		if d.Namespace == "math" && d.Data == "annotation" && strings.Contains(Attr(d, "encoding"), "tex") {
			if tex := visible(ownText(d)); tex != "" {
				return tex
			}
		}
	}
	return visible(Attr(n, "alttext"))
}

// visible is a text as it is printed, without space around it; empty where nothing of it is seen. Control characters go first: what is
// within them may be blank.
func visible(s string) string {
	s = strings.TrimSpace(Printable(s))
	if strings.ContainsFunc(s, func(r rune) bool { return unicode.IsGraphic(r) && !unicode.IsSpace(r) }) {
		return s
	}
	return ""
}

func ownText(n *html.Node) string {
	if n.FirstChild != nil && n.FirstChild == n.LastChild && n.FirstChild.Type == html.TextNode {
		return n.FirstChild.Data
	}
	var b strings.Builder
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.TextNode {
			b.WriteString(c.Data)
		}
	}
	return b.String()
}

// Attr returns the value of an attribute, "" if there is none.
func Attr(n *html.Node, key string) string {
	for i := range n.Attr {
		if n.Attr[i].Key == key && n.Attr[i].Namespace == "" {
			return n.Attr[i].Val
		}
	}
	return ""
}

// HasAttr reports whether an attribute is present, even if empty.
func HasAttr(n *html.Node, key string) bool {
	for i := range n.Attr {
		if n.Attr[i].Key == key && n.Attr[i].Namespace == "" {
			return true
		}
	}
	return false
}

// Printable is a text without control characters (Unicode's category Cc) but tabs and line breaks: a terminal obeys the others, and a page
// that smuggles them in, as bytes or as references, would write what it likes there. Line breaks become \n, form feeds and
// U+0085 spaces.
func Printable(s string) string {
	at := 0
	for ; at < len(s); at++ {
		if c := s[at]; c < ' ' && c != '\t' && c != '\n' || c == 0x7F || c == 0xC2 && at+1 < len(s) && s[at+1] < 0xA0 {
			break
		}
	}
	if at == len(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	b.WriteString(s[:at])
	for at < len(s) {
		r, size := utf8.DecodeRuneInString(s[at:])
		switch {
		case r == '\r' && at+1 < len(s) && s[at+1] == '\n':
		case r == '\r':
			b.WriteByte('\n')
		case r == '\f' || r == 0x85:
			b.WriteByte(' ')
		case r < ' ' && r != '\t' && r != '\n' || 0x7F <= r && r < 0xA0:
		default:
			b.WriteString(s[at : at+size])
		}
		at += size
	}
	return b.String()
}
