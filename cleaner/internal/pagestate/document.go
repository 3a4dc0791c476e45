package pagestate

import (
	"strings"

	"golang.org/x/net/html/atom"
)

// A node is a node of rich text, from any editor or content system.
type node struct {
	// tag is the element that the node becomes: P, H2, Ul, Li, Img and so on. It is 0 or Body for a node that only
	// groups others, and 0 for text. text reports whether the node is text.
	tag  atom.Atom
	text bool
	// from is the object that describes the node. props is the object that has the node's attributes: the same object,
	// or one of its members. Either may be nil.
	from, props *object
	children    []any
	// markup is the content of a node without children, as HTML.
	markup string
}

// kinds maps the names of nodes, in lower case and without punctuation, to their elements in HTML. Body marks nodes
// that only group others.
var kinds = map[string]atom.Atom{
	"paragraph": atom.P, "p": atom.P, "normal": atom.P, "unstyled": atom.P, "text block": atom.P, "textblock": atom.P,
	"richtext":       atom.P,
	"paragraphblock": atom.P, "block": atom.P, "lead": atom.P, "freeform": atom.P, "classic": atom.P, "rawhtml": atom.P,
	"htmlblock": atom.P,
	"heading":   atom.H2, "header": atom.H2, "subheading": atom.H2, "subtitle": atom.H2, "headingblock": atom.H2,
	"heading1": atom.H1, "heading2": atom.H2, "heading3": atom.H3, "heading4": atom.H4, "heading5": atom.H5,
	"heading6":   atom.H6,
	"headingone": atom.H1, "headingtwo": atom.H2, "headingthree": atom.H3, "headingfour": atom.H4,
	"h1": atom.H1, "h2": atom.H2, "h3": atom.H3, "h4": atom.H4, "h5": atom.H5, "h6": atom.H6,
	"list": atom.Ul, "ul": atom.Ul, "unorderedlist": atom.Ul, "bulletlist": atom.Ul, "bulletedlist": atom.Ul,
	"ulist": atom.Ul,
	"ol":    atom.Ol, "orderedlist": atom.Ol, "numberedlist": atom.Ol, "olist": atom.Ol, "numberlist": atom.Ol,
	"listitem": atom.Li, "li": atom.Li, "bulletedlistitem": atom.Li, "numberedlistitem": atom.Li,
	"blockquote": atom.Blockquote, "quote": atom.Blockquote, "pullquote": atom.Blockquote, "quoteblock": atom.Blockquote,
	"hyperlink": atom.A, "link": atom.A, "a": atom.A, "assethyperlink": atom.A, "entryhyperlink": atom.A,
	"autolink": atom.A,
	"image":    atom.Img, "img": atom.Img, "imageblock": atom.Img, "embeddedassetblock": atom.Img, "upload": atom.Img,
	"photo":   atom.Img,
	"picture": atom.Img, "inlineimage": atom.Img, "captionimage": atom.Img, "mainimage": atom.Img, "nextimage": atom.Img,
	"simpleimage": atom.Img,
	"nuxtimg":     atom.Img, "imagecomponent": atom.Img, "figureimage": atom.Img, "articleimage": atom.Img,
	"figure": atom.Figure, "figcaption": atom.Figcaption, "caption": atom.Figcaption,
	"hardbreak": atom.Br, "linebreak": atom.Br, "br": atom.Br, "hr": atom.Hr, "horizontalrule": atom.Hr,
	"delimiter": atom.Hr,
	"divider":   atom.Hr, "separator": atom.Hr, "thematicbreak": atom.Hr,
	"code": atom.Pre, "codeblock": atom.Pre, "pre": atom.Pre, "preformatted": atom.Pre,
	"strong": atom.Strong, "b": atom.Strong, "bold": atom.Strong, "em": atom.Em, "i": atom.Em, "italic": atom.Em,
	"emphasis": atom.Em,
	"sup":      atom.Sup, "sub": atom.Sub, "inlinecode": atom.Code, "mark": atom.Mark, "del": atom.Del, "u": atom.U,
	"table": atom.Table, "tr": atom.Tr, "td": atom.Td, "th": atom.Th, "tbody": atom.Tbody, "thead": atom.Thead,
	"tablerow":  atom.Tr,
	"tablecell": atom.Td, "tableheader": atom.Th,
	"doc": atom.Body, "document": atom.Body, "root": atom.Body, "body": atom.Body, "article": atom.Body,
	"section": atom.Body,
	"div":     atom.Body, "fragment": atom.Body, "group": atom.Body, "columns": atom.Body, "column": atom.Body,
	"main": atom.Body,
	"lic":  atom.Body, "listitemchild": atom.Body, "span": atom.Body, "time": atom.Body, "small": atom.Body,
}

// isBlockTag reports whether a tag is a block element of an article.
func isBlockTag(tag atom.Atom) bool {
	switch tag {
	case atom.P, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Ul, atom.Ol, atom.Li, atom.Blockquote,
		atom.Img, atom.Figure, atom.Hr, atom.Pre, atom.Table:
		return true
	}
	return false
}

// plainName returns a name in lower case, without punctuation and without prefixes that content systems add.
func plainName(s string) string {
	s = strings.ToLower(s)
	if slash := strings.LastIndexByte(s, '/'); slash >= 0 { // core/paragraph
		s = s[slash+1:]
	}
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune("-_.:", r) {
			return -1
		}
		return r
	}, s)
}

// nodeOf reads a value as a node. ok is false if the value is not a node.
func (f *finder) nodeOf(v any) (n node, ok bool) {
	switch v := f.deref(v).(type) {
	case []any:
		return elementOf(v)
	case *object:
		return f.objectNode(v)
	}
	return node{}, false
}

// elementOf reads a React element, ["$", "p", key, {children}], or an element in a shorter form, ["p", {}, …].
func elementOf(list []any) (n node, ok bool) {
	if len(list) < 2 {
		return node{}, false
	}
	name, _ := list[0].(string)
	if name == "$" && len(list) >= 4 {
		n.props, _ = list[3].(*object)
		kind, _ := list[1].(string)
		n.tag = kinds[plainName(kind)]
		if n.props.str("src") != "" && (n.tag == 0 || n.tag == atom.Img) &&
			(strings.HasPrefix(kind, "$") || n.tag == atom.Img) {
			n.tag = atom.Img
		}
		if n.tag == 0 && n.props.str("href") != "" {
			n.tag = atom.A
		}
		if raw := n.props.obj("dangerouslySetInnerHTML"); raw != nil {
			n.markup = raw.str("__html")
		}
		n.from = n.props
		switch c := n.props.get("children").(type) {
		case nil:
		case []any:
			if name, isText := first(c).(string); isText && name == "$" && len(c) >= 4 {
				n.children = []any{c}
			} else {
				n.children = c
			}
		default:
			n.children = []any{c}
		}
		return n, n.props != nil
	}
	props, isProps := list[1].(*object)
	if tag, known := kinds[name]; known && isProps {
		return node{tag: tag, from: props, props: props, children: list[2:]}, true
	}
	return node{}, false
}

// objectNode reads an object as a node of rich text.
func (f *finder) objectNode(o *object) (n node, ok bool) {
	kind := o.str("nodeType", "_type", "type", "blockName", "object", "__typename", "kind", "element")
	if kind == "" && (o.get("innerBlocks") != nil || o.get("attributes") != nil) {
		kind = o.str("name")
	}
	name := plainName(kind)
	n.from = o
	switch name {
	case "text":
		if _, isList := o.get("children").([]any); !isList {
			n.text = true
			return n, true
		}
	case "span":
		if o.str("text") != "" || o.get("text") != nil {
			n.text = true
			return n, true
		}
	case "element", "tag", "node":
		name = plainName(o.str("tag", "tagName", "name"))
	}
	if kind == "" {
		if _, isText := o.get("text").(string); isText && (o.get("bold") != nil || len(o.keys) <= 3) {
			n.text = true
			return n, true
		}
		name = plainName(o.str("tag", "tagName"))
	}
	n.tag = kinds[name]
	if n.tag == 0 {
		for _, part := range [...]struct {
			in  string
			tag atom.Atom
		}{
			{"paragraph", atom.P},
			{"heading", atom.H2},
			{"image", atom.Img},
			{"quote", atom.Blockquote},
			{"list", atom.Ul},
			{"text", atom.P},
			{"html", atom.P},
		} {
			if name != "" && strings.Contains(name, part.in) {
				n.tag = part.tag
				break
			}
		}
	}
	if n.tag == 0 && name == "" {
		return n, false
	}
	f.fill(&n, o, kind)
	return n, n.tag != 0 || len(n.children) > 0
}

// fill sets the attributes and the content of a node, the level of a heading, and whether a list is numbered.
func (f *finder) fill(n *node, o *object, kind string) {
	inside := o
	for _, key := range [...]string{"attrs", "attributes", "data", "props", "fields", kind} {
		if inner := o.obj(key); inner != nil && (key != "fields" || n.tag == atom.A || n.tag == atom.Img) {
			if inside == o || key == kind {
				inside = inner
			}
		}
	}
	n.props = inside
	for _, from := range [...]*object{o, inside} {
		for _, key := range [...]string{
			"children", "content", "innerBlocks", "nodes", "blocks", "items", "rich_text",
			"body",
		} {
			if list := from.list(key); len(n.children) == 0 && len(list) > 0 {
				n.children = list
			}
		}
	}
	if len(n.children) == 0 {
		for _, from := range [...]*object{inside, o} {
			if n.markup == "" {
				n.markup = from.str("innerHTML", "html", "content", "text", "value", "body", "copy")
			}
		}
	}
	n.refine(o)
}

// refine determines what does not follow from the kind alone: the level of a heading, whether a list is numbered, and
// the element for a block in systems where every node has the same kind.
func (n *node) refine(o *object) {
	switch n.tag {
	case atom.P: // Sanity
		switch style := plainName(o.str("style")); {
		case o.str("listItem") != "":
			n.tag = atom.Li
		case kinds[style] != 0:
			n.tag = kinds[style]
			if n.tag == atom.H2 {
				n.refine(o)
			}
		}
	case atom.H2:
		for _, from := range [...]*object{o, n.props} {
			if tag := from.str("tag"); len(tag) == 2 && kinds[plainName(tag)] != 0 {
				n.tag = kinds[plainName(tag)]
			}
			if level, ok := from.get("level").(float64); ok && level >= 1 && level <= 6 {
				n.tag = [...]atom.Atom{atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6}[int(level)-1]
			}
		}
	case atom.Ul:
		for _, from := range [...]*object{o, n.props} {
			ordered, _ := from.get("ordered").(bool)
			switch plainName(from.str("listType", "style", "tag", "format")) {
			case "number", "ordered", "ol", "numbered":
				ordered = true
			}
			if ordered {
				n.tag = atom.Ol
			}
		}
	}
}
