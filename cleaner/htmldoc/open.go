package htmldoc

import "slices"

// An elementKind is what an element does to those that are open when it starts or ends.
type elementKind uint8

const (
	inline   elementKind = iota // formatting and unknown elements: what is in no table below
	block                       // ends a paragraph
	wrapper                     // a block that only groups others
	part                        // of a list, a table or a form: li, td, option
	scope                       // what is outside cannot be closed from inside: a table cell
	foreign                     // svg and math: a scope, with syntax of its own
	void                        // has no content
	rawText                     // its content is no markup
	skeleton                    // html, head and body, of which the parser keeps one each
)

var kinds = kindsOf(map[elementKind][]string{
	block: {
		"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "menu", "dir", "blockquote", "pre", "listing", "address",
		"figure", "figcaption", "details", "summary", "form", "fieldset",
	},
	wrapper: {"div", "section", "article", "main", "header", "footer", "nav", "aside", "center", "hgroup", "dialog", "search"},
	part:    {"li", "dt", "dd", "tr", "tbody", "thead", "tfoot", "colgroup", "option", "optgroup"},
	scope: {
		"table", "td", "th", "caption", "template", "object", "applet", "marquee", "button", "select",
		"foreignobject", "desc", "annotation-xml", // HTML inside of SVG and MathML
	},
	foreign: {"svg", "math"},
	void: {
		"area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img", "image", "input", "keygen",
		"link", "meta", "param", "source", "track", "wbr",
	},
	// With scripting on, as the parser has it, noscript is one of them.
	rawText:  {"iframe", "noembed", "noframes", "noscript", "script", "style", "textarea", "title", "xmp"},
	skeleton: {"html", "head", "body"},
})

// breaksOut reports whether a start tag ends SVG and MathML, as it does where their end tag was forgotten.
func breaksOut(name string) bool {
	switch name {
	case "b", "big", "code", "em", "i", "nobr", "ruby", "s", "small", "span", "strike", "strong", "sub", "sup", "table", "tt",
		"u", "var", "li", "dt", "dd", "br", "embed", "hr", "img", "meta":
		return true
	}
	kind := kinds[name]
	return kind == block || kind == wrapper || kind == skeleton
}

func kindsOf(names map[elementKind][]string) map[string]elementKind {
	kinds := make(map[string]elementKind)
	for kind, list := range names {
		for _, name := range list {
			kinds[name] = kind
		}
	}
	return kinds
}

// endedBy says, for a start tag, which open elements it ends without saying so, and inside what: <td> ends td and th, of the
// innermost table.
var endedBy = map[string]struct{ ends, inside []string }{
	"li":       {[]string{"li"}, []string{"ul", "ol", "menu", "dir"}},
	"dt":       {[]string{"dt", "dd"}, []string{"dl"}},
	"dd":       {[]string{"dt", "dd"}, []string{"dl"}},
	"option":   {[]string{"option"}, []string{"select"}},
	"optgroup": {[]string{"optgroup", "option"}, []string{"select"}},
	"td":       {[]string{"td", "th", "caption"}, []string{"table"}},
	"th":       {[]string{"td", "th", "caption"}, []string{"table"}},
	"tr":       {[]string{"tr", "td", "th", "caption"}, []string{"table"}},
	"tbody":    {[]string{"tbody", "thead", "tfoot", "tr", "td", "th", "caption"}, []string{"table"}},
	"thead":    {[]string{"tbody", "thead", "tfoot", "tr", "td", "th", "caption"}, []string{"table"}},
	"tfoot":    {[]string{"tbody", "thead", "tfoot", "tr", "td", "th", "caption"}, []string{"table"}},
}

// openElements is a stack that answers in constant time where the innermost element of a name stands,
// however many are open: a page may open millions and close none.
type openElements struct {
	stack []openElement
	at    map[string]int32 // the innermost of each name
}

type openElement struct {
	name string
	// outer is the next element of the same name, scope the innermost scope, boundary the innermost that is not inline:
	// indexes in the stack at or below this one, -1 for none.
	outer, scope, boundary int32
	foreign, kept          bool
}

func newOpenElements() openElements { return openElements{at: make(map[string]int32)} }

func (o *openElements) len() int { return len(o.stack) }

func (o *openElements) push(name string, kept bool) {
	index := int32(len(o.stack))
	e := openElement{name: name, outer: int32(o.last(name)), scope: -1, boundary: -1, kept: kept}
	if index > 0 {
		top := o.stack[index-1]
		e.scope, e.boundary, e.foreign = top.scope, top.boundary, top.foreign
	}
	switch kind := kinds[name]; kind {
	case inline:
	case scope, foreign:
		e.scope, e.boundary, e.foreign = index, index, kind == foreign
	default:
		e.boundary = index
	}
	o.stack = append(o.stack, e)
	o.at[name] = index
}

func (o *openElements) pop() (name string, kept bool) {
	top := o.stack[len(o.stack)-1]
	o.stack = o.stack[:len(o.stack)-1]
	if top.outer < 0 {
		delete(o.at, top.name)
	} else {
		o.at[top.name] = top.outer
	}
	return top.name, top.kept
}

// last returns the index of the innermost open element of a name; -1 if none is open.
func (o *openElements) last(name string) int {
	if i, ok := o.at[name]; ok {
		return int(i)
	}
	return -1
}

// foreign reports whether the innermost element belongs to SVG or MathML.
func (o *openElements) foreign() bool { return len(o.stack) > 0 && o.stack[len(o.stack)-1].foreign }

func (o *openElements) innermostKept() bool { return len(o.stack) > 0 && o.stack[len(o.stack)-1].kept }

func (o *openElements) innermost() string {
	if len(o.stack) == 0 {
		return ""
	}
	return o.stack[len(o.stack)-1].name
}

func (o *openElements) boundary() int {
	if len(o.stack) == 0 {
		return -1
	}
	return int(o.stack[len(o.stack)-1].boundary)
}

func (o *openElements) scope() int {
	if len(o.stack) == 0 {
		return -1
	}
	return int(o.stack[len(o.stack)-1].scope)
}

// matching returns which open element an end tag closes; -1 if none. An inline element is not closed past a block, which
// would end the block too; neither is any past the scope that the tag stands in, but for the table around a cell.
func (o *openElements) matching(name string) int {
	i := o.last(name)
	if i < 0 {
		return -1
	}
	if isTablePart(name) {
		if i < o.last("table") {
			return -1
		}
		return i
	}
	switch kinds[name] {
	case inline:
		if i < o.boundary() {
			return -1
		}
	case scope, foreign:
	default:
		if i < o.scope() {
			return -1
		}
	}
	return i
}

func isTablePart(name string) bool {
	return slices.Contains(endedBy[name].inside, "table") || name == "caption"
}

// implied returns how many elements stay open when a start tag has ended what it ends without saying so.
func (o *openElements) implied(name string) int {
	keep := o.len()
	rule, ok := endedBy[name]
	if !ok {
		switch kind := kinds[name]; {
		case kind == block || kind == wrapper || name == "table":
			if i := o.last("p"); i > o.scope() {
				keep = i
			}
		case name == "a":
			// Past a block the open link is left to the parser: to end it here would end the block.
			if i := o.last("a"); i > o.boundary() {
				keep = i
			}
		}
		return keep
	}
	outside := o.scope()
	for _, container := range rule.inside {
		if i := o.last(container); container == "table" {
			outside = i
		} else {
			outside = max(outside, i)
		}
	}
	for _, ended := range rule.ends {
		if i := o.last(ended); i > outside {
			keep = min(keep, i)
		}
	}
	return keep
}
