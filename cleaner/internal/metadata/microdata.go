package metadata

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/dom"
)

// Limits on microdata and RDFa.
const (
	maxItems      = 256      // items on one page
	maxItemValue  = 64 << 10 // bytes of one value
	maxItemValues = 4 << 20  // bytes of all values
)

// itemsOf returns the top-level items of a page's microdata (WHATWG HTML, section 5) and RDFa Lite (W3C) in the form of
// JSON-LD objects, so that the same code can read JSON-LD, microdata and RDFa. Contrary to the standards, the value of
// an <a> element is its text, not its address, because brands are often links.
func itemsOf(root *html.Node) []Object {
	r := itemReader{left: maxItems, bytes: maxItemValues}
	r.walk(root, nil)
	return r.tops
}

// An itemReader collects the items of a page.
type itemReader struct {
	tops        []Object // the top-level items
	left, bytes int      // how many more items and bytes of values may be read
}

// walk reads the nodes below an element. The parameter "of" is the item that contains the element, or nil if there is
// none.
func (r *itemReader) walk(n *html.Node, of Object) {
	for c := range n.ChildNodes() {
		if c.Type != html.ElementNode {
			continue
		}
		property, types, scope := itemAttributes(c)
		within := of
		switch {
		case scope && r.left > 0:
			r.left--
			within = Object{"@type": types}
			if property != "" && of != nil {
				of.addValues(property, map[string]any(within))
			} else {
				r.tops = append(r.tops, within)
			}
		case property != "" && of != nil && r.bytes > 0:
			value := itemValue(c)
			r.bytes -= len(value)
			of.addValues(property, value)
		}
		if c.FirstChild != nil {
			r.walk(c, within)
		}
	}
}

// itemAttributes returns an element's microdata or RDFa: the property that it sets, and its types if it is an item. The
// result scope reports whether it is an item.
func itemAttributes(n *html.Node) (property string, types []any, scope bool) {
	for i := range n.Attr {
		switch a := &n.Attr[i]; a.Key {
		case "itemprop":
			property = a.Val
		case "property":
			if property == "" {
				property = a.Val
			}
		case "itemscope":
			scope = true
		case "itemtype", "typeof":
			scope = scope || a.Key == "typeof"
			for t := range strings.FieldsSeq(a.Val) {
				types = append(types, t)
			}
		}
	}
	return property, types, scope
}

// addValues adds a value to each property in a list of names.
func (o Object) addValues(properties string, value any) {
	for name := range strings.FieldsSeq(properties) {
		name = name[strings.LastIndexAny(name, ":/#")+1:]
		switch before := o[name].(type) {
		case nil:
			o[name] = value
		case []any:
			if len(before) < maxValues {
				o[name] = append(before, value)
			}
		default:
			o[name] = []any{before, value}
		}
	}
}

// itemValue returns a property's value: an attribute, or else the text with the line breaks that the page displays.
func itemValue(n *html.Node) string {
	keys := []string{"content"}
	switch n.DataAtom {
	case atom.Link:
		keys = append(keys, "href")
	case atom.Img, atom.Source, atom.Video, atom.Audio:
		keys = append(keys, "src", "alt")
	case atom.Time:
		keys = append(keys, "datetime")
	case atom.Data, atom.Meter, atom.Input:
		keys = append(keys, "value")
	}
	for _, key := range keys {
		if v := dom.Attr(n, key); v != "" {
			return v
		}
	}
	return linesIn(n)
}

// linesIn returns an element's text with the line breaks that the page displays.
func linesIn(n *html.Node) string {
	var b strings.Builder
	var write func(n *html.Node)
	write = func(n *html.Node) {
		for c := range n.ChildNodes() {
			switch {
			case b.Len() > maxItemValue:
				return
			case c.Type == html.TextNode:
				b.WriteString(strings.Map(func(r rune) rune {
					if r == '\n' || r == '\r' {
						return ' '
					}
					return r
				}, c.Data))
			case c.DataAtom == atom.Script || c.DataAtom == atom.Style:
			case c.DataAtom == atom.Br:
				b.WriteByte('\n')
			case dom.IsBlockElement(c.DataAtom):
				b.WriteByte('\n')
				write(c)
				b.WriteByte('\n')
			default:
				write(c)
			}
		}
	}
	write(n)
	return b.String()
}
