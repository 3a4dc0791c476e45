package content

import (
	"cmp"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// The content of an Article is a tree that has only the elements in this file and formulas, so every rendering of it is
// safe to show. It is built in two ways: from a page's kept blocks and from an article's JSON. Both use Element for
// every element that they copy.
//
// Deliberately absent are div and section (they mean nothing to a reader; their content is kept), iframe, object and
// video (they fetch and run), form controls, style and class (except the language of code), svg (it can carry scripts;
// a drawing becomes a picture, see internal/drawing), and id (nothing in an article refers to ids except its own
// footnotes, whose targets are kept).

// safeElements are the elements that content may have, with the attributes that each may have in addition to dir and
// lang.
var safeElements = sync.OnceValue(func() map[atom.Atom][]string {
	return map[atom.Atom][]string{
		atom.P: nil, atom.H1: nil, atom.H2: nil, atom.H3: nil, atom.H4: nil, atom.H5: nil, atom.H6: nil,
		atom.Ul: nil, atom.Ol: {"start", "reversed", "type"}, atom.Li: {"value", "id"}, atom.Dl: nil, atom.Dt: nil,
		atom.Dd:         nil,
		atom.Blockquote: {"cite", dom.CalloutAttr}, atom.Pre: {"class"}, atom.Hr: nil,
		atom.Table: nil, atom.Caption: nil, atom.Thead: nil, atom.Tbody: nil, atom.Tfoot: nil, atom.Tr: nil,
		atom.Th: {"colspan", "rowspan", "scope"}, atom.Td: {"colspan", "rowspan"},
		atom.Figure: nil, atom.Figcaption: nil, atom.Img: {"src", "alt", "title", "width", "height"},
		atom.A: {"href", "title"}, atom.Em: nil, atom.Strong: nil, atom.I: nil, atom.B: nil, atom.U: nil, atom.S: nil,
		atom.Del: nil, atom.Ins: nil,
		atom.Mark: nil, atom.Small: nil, atom.Sub: nil, atom.Sup: nil, atom.Q: {"cite"}, atom.Cite: nil,
		atom.Abbr: {"title"}, atom.Dfn: nil,
		atom.Kbd: nil, atom.Samp: nil, atom.Var: nil, atom.Code: {"class"}, atom.Time: {"datetime"}, atom.Br: nil,
		atom.Wbr: nil,
		atom.Bdi: nil, atom.Bdo: nil, atom.Ruby: nil, atom.Rt: nil, atom.Rp: nil, atom.Rb: nil,
	}
})

// renamed returns the modern replacement of an obsolete element. It returns other elements unchanged.
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

// Element returns a copy of an element without children and with only safe attributes. The function resolve, if not
// nil, makes the addresses in them absolute. Element returns nil if content may not have the element.
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
		return safeImage(n, resolve, nil)
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

// safeAttr returns the safe value of an attribute, and reports whether content may have the attribute with that value.
func safeAttr(key, value string, allowed []string, resolve func(string) (string, bool)) (string, bool) {
	switch key {
	case "dir":
		value = strings.ToLower(value)
		return value, value == "ltr" || value == "rtl" || value == "auto"
	case "lang":
		return value, text.IsSimple(value, 35)
	}
	if !slices.Contains(allowed, key) {
		return "", false
	}
	switch key {
	case "href":
		if strings.Trim(value, " #!") == "" { // a button that a script has made of a link
			return "", false
		}
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
	case "id":
		return value, resolve == nil && isNoteID(value) // ids of the page do not become ids of the content
	case dom.CalloutAttr:
		return strings.ToLower(value), text.IsSimple(value, 30)
	case "type", "scope", "datetime":
		return value, text.IsSimple(value, 40)
	}
	return dom.Printable(strings.ToValidUTF8(value[:min(len(value), 2000)], "")), true
}

// safeURL resolves a reference and returns it if its scheme is one of the given schemes, or if it has no scheme because
// there is no base. Otherwise it returns false. It first removes everything that browsers ignore in a scheme.
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
		ref = linkTarget(abs)
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

// linkTarget returns the address that a link of Google Docs leads to. Google Docs and pages that were copied from it
// put a page of Google in between. Other addresses are returned unchanged.
func linkTarget(ref string) string {
	if !strings.HasPrefix(ref, "https://www.google.com/url?") {
		return ref
	}
	u, err := url.Parse(ref)
	if err != nil {
		return ref
	}
	query := u.Query()
	if target := cmp.Or(query.Get("q"), query.Get("url")); strings.HasPrefix(target, "http") {
		return target
	}
	return ref
}
