package pagestate

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// maxWritten is the maximum number of values that are written for all documents of a page. Each may become an element
// and a text, so there are about as many nodes as a page may have (htmldoc.DefaultMaxNodes).
const maxWritten = 80_000

// write appends values as HTML. It puts list items that are not in a list into a new one.
func (f *finder) write(out *html.Node, list []any, level int) {
	var items *html.Node // the list for items that are not in a list
	for _, v := range list {
		if f.written++; level > maxLevel || f.written > maxWritten {
			return
		}
		v = f.deref(v)
		if s, ok := v.(string); ok {
			f.text(out, s)
			continue
		}
		if inner, ok := v.([]any); ok {
			if _, isElement := elementOf(inner); !isElement {
				f.write(out, inner, level+1)
				continue
			}
		}
		n, ok := f.nodeOf(v)
		if !ok {
			continue
		}
		if n.tag == atom.Li && out.DataAtom != atom.Ul && out.DataAtom != atom.Ol {
			tag := atom.Ul
			if n.from.str("listItem") == "number" || strings.Contains(n.from.str("type"), "numbered") {
				tag = atom.Ol
			}
			if items == nil || items.DataAtom != tag {
				items = dom.NewElement(tag)
				out.AppendChild(items)
			}
			f.node(items, n, level+1)
			continue
		}
		items = nil
		f.node(out, n, level+1)
	}
}

// text appends a string, as markup if it has tags or character references.
func (f *finder) text(out *html.Node, s string) {
	if s == "" {
		return
	}
	if !isMarkup(s) && !strings.Contains(s, "&") {
		out.AppendChild(dom.NewText(s))
		return
	}
	appendMarkup(out, s)
}

// appendMarkup parses markup and appends it.
func appendMarkup(out *html.Node, s string) {
	list, err := html.ParseFragment(strings.NewReader(s), dom.NewElement(atom.Div))
	if err != nil {
		out.AppendChild(dom.NewText(s))
		return
	}
	for _, c := range list {
		out.AppendChild(c)
	}
}

// isMarkup reports whether a text has a tag.
func isMarkup(s string) bool {
	i := strings.IndexByte(s, '<')
	return i >= 0 && i+1 < len(s) && (s[i+1] == '/' || text.IsASCIILetter(s[i+1])) &&
		strings.Contains(s[i:], ">")
}

// node appends one node.
func (f *finder) node(out *html.Node, n node, level int) {
	if n.text {
		f.span(out, n.from)
		return
	}
	switch n.tag {
	case atom.Img:
		f.image(out, n)
		return
	case atom.Br, atom.Hr:
		out.AppendChild(dom.NewElement(n.tag))
		return
	case 0, atom.Body:
		f.inside(out, n, level)
		return
	case atom.A:
		a := dom.NewElement(atom.A)
		if href := linkOf(n); href != "" {
			a.Attr = []html.Attribute{{Key: "href", Val: href}}
		}
		f.inside(a, n, level)
		out.AppendChild(a)
		return
	case atom.Figure:
		if len(n.children) == 0 {
			f.image(out, n)
			return
		}
	}
	e := dom.NewElement(n.tag)
	if (n.tag == atom.Ul || n.tag == atom.Ol) && n.markup == "" {
		f.items(e, n, level)
	} else if block := wholeBlock(n.markup); block {
		f.inside(out, n, level)
		return
	} else {
		f.inside(e, n, level)
	}
	if caption := n.props.str("caption", "citation", "attribution"); caption != "" && n.tag == atom.Blockquote {
		p := dom.NewElement(atom.P)
		f.text(p, caption)
		e.AppendChild(p)
	}
	if e.FirstChild != nil {
		out.AppendChild(e)
	}
}

// wholeBlock reports whether markup begins with a block element, as it does in Gutenberg. Such markup needs no element
// around it.
func wholeBlock(s string) bool {
	s = strings.TrimSpace(s)
	for _, tag := range [...]string{
		"<p", "<h", "<ul", "<ol", "<blockquote", "<figure", "<div", "<pre", "<table",
		"<section",
	} {
		if strings.HasPrefix(s, tag) {
			return true
		}
	}
	return false
}

// inside appends the content of a node.
func (f *finder) inside(out *html.Node, n node, level int) {
	if n.markup != "" && len(n.children) == 0 {
		f.text(out, n.markup)
		return
	}
	if links := n.from.list("markDefs"); links != nil {
		f.links = links
	}
	f.write(out, n.children, level+1)
}

// items appends the items of a list, which may be nodes, strings or objects with a text.
func (f *finder) items(out *html.Node, n node, level int) {
	for _, v := range n.children {
		if f.written++; level > maxLevel || f.written > maxWritten {
			return
		}
		v = f.deref(v)
		if inner, ok := f.nodeOf(v); ok && inner.tag == atom.Li {
			f.node(out, inner, level+1)
			continue
		}
		li := dom.NewElement(atom.Li)
		switch v := v.(type) {
		case string:
			f.text(li, v)
		case *object:
			if s := v.str("content", "text", "html", "value"); s != "" {
				f.text(li, s)
				if nested := v.list("items"); len(nested) > 0 {
					inner := dom.NewElement(out.DataAtom)
					f.items(inner, node{children: nested}, level+1)
					li.AppendChild(inner)
				}
			} else {
				f.write(li, []any{v}, level+1)
			}
		default:
			f.write(li, []any{v}, level+1)
		}
		if li.FirstChild != nil {
			out.AppendChild(li)
		}
	}
}

// span appends a text with its marks: bold, italic, code, a link.
func (f *finder) span(out *html.Node, o *object) {
	s := o.str("text", "value", "plain_text", "content")
	if inner := o.obj("text"); s == "" && inner != nil {
		s = inner.str("content")
	}
	if s == "" {
		return
	}
	at := out
	for _, e := range append(f.markElements(o), styleElements(o)...) {
		at.AppendChild(e)
		at = e
	}
	for i, line := range strings.Split(s, "\n") {
		if i > 0 {
			at.AppendChild(dom.NewElement(atom.Br))
		}
		at.AppendChild(dom.NewText(line))
	}
}

// markElements returns an element for a text's link and for each of its marks, the outermost first.
func (f *finder) markElements(o *object) (elements []*html.Node) {
	link := func(href string) {
		if href != "" {
			a := dom.NewElement(atom.A)
			a.Attr = []html.Attribute{{Key: "href", Val: href}}
			elements = append(elements, a)
		}
	}
	link(o.str("href"))
	for _, v := range o.list("marks") {
		name, attrs := "", (*object)(nil)
		switch v := v.(type) {
		case string:
			name = v
		case *object:
			name, attrs = v.str("type", "_type"), v.obj("attrs")
		}
		for _, def := range f.links { // Sanity's marks refer to definitions
			if d, ok := def.(*object); ok && d.str("_key") == name && name != "" {
				name, attrs = d.str("_type"), d
			}
		}
		if tag := markTag(name); tag != 0 {
			elements = append(elements, dom.NewElement(tag))
		} else {
			link(attrs.str("href", "url"))
		}
	}
	return elements
}

// styleElements returns an element for each style that a text has as a field, in Notion's annotations, or as a bit of
// Lexical's format.
func styleElements(o *object) (elements []*html.Node) {
	bits := 0
	if v, ok := o.get("format").(float64); ok {
		bits = int(v)
	}
	annotations := o.obj("annotations")
	for _, m := range [...]struct {
		key string
		bit int
		tag atom.Atom
	}{{"bold", 1, atom.Strong}, {"italic", 2, atom.Em}, {"strikethrough", 4, atom.S}, {"code", 16, atom.Code}} {
		own, _ := o.get(m.key).(bool)
		annotated, _ := annotations.get(m.key).(bool)
		if own || annotated || bits&m.bit != 0 {
			elements = append(elements, dom.NewElement(m.tag))
		}
	}
	return elements
}

func markTag(name string) atom.Atom {
	switch plainName(name) {
	case "bold", "strong":
		return atom.Strong
	case "italic", "em", "emphasis":
		return atom.Em
	case "code":
		return atom.Code
	case "strike", "strikethrough":
		return atom.S
	case "superscript":
		return atom.Sup
	case "subscript":
		return atom.Sub
	}
	return 0
}

// linkOf returns the address that a node links to, or "".
func linkOf(n node) string {
	for _, o := range [...]*object{
		n.from, n.props, n.from.obj("data"), n.from.obj("fields"), n.from.obj("props"),
		n.from.obj("attrs"),
	} {
		if href := o.str("href", "uri", "url", "to"); href != "" {
			return href
		}
	}
	return ""
}

// image appends a picture with its caption. If no picture is found, it appends the node's markup.
func (f *finder) image(out *html.Node, n node) {
	src, alt := f.pictureIn(n.from, 0)
	if src == "" && n.props != n.from {
		src, alt = f.pictureIn(n.props, 0)
	}
	if src == "" {
		if n.markup != "" {
			f.text(out, n.markup)
		}
		return
	}
	img := dom.NewElement(atom.Img)
	img.Attr = []html.Attribute{{Key: "src", Val: src}, {Key: "alt", Val: alt}}
	figure := dom.NewElement(atom.Figure)
	figure.AppendChild(img)
	caption := dom.NewElement(atom.Figcaption)
	for _, o := range [...]*object{
		n.from, n.props, n.from.obj("data"), n.from.obj("attrs"), n.from.obj("attributes"),
		n.from.obj("fields"), n.from.obj("value"),
	} {
		if caption.FirstChild != nil {
			break
		}
		switch c := o.get("caption").(type) {
		case string:
			f.text(caption, c)
		case []any:
			f.write(caption, c, 1)
		case *object:
			f.write(caption, []any{c}, 1)
		}
	}
	if caption.FirstChild != nil {
		figure.AppendChild(caption)
	}
	out.AppendChild(figure)
}

// pictureIn returns the address and the alternative text of a picture in an object. Systems store them in different
// members.
func (f *finder) pictureIn(o *object, level int) (src, alt string) {
	if o == nil || level > 5 {
		return "", ""
	}
	alt = o.str("alt", "altText", "alternativeText", "alternative")
	src = o.str("src", "url", "source", "uri")
	if src == "" {
		for _, key := range [...]string{
			"asset", "file", "image", "media", "attrs", "attributes", "data", "value", "target",
			"fields", "props", "photo", "upload", "sys",
		} {
			var inner *object
			if inner, _ = f.deref(o.get(key)).(*object); inner == nil {
				continue
			}
			var innerAlt string
			if src, innerAlt = f.pictureIn(inner, level+1); src != "" {
				if alt == "" {
					alt = innerAlt
				}
				break
			}
		}
	}
	if src != "" && alt == "" {
		alt = o.str("description", "title")
	}
	return src, alt
}
