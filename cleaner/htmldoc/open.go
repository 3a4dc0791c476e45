package htmldoc

// An elementKind describes how an element affects the open elements when it starts or ends.
type elementKind uint8

const (
	inline   elementKind = iota // formatting elements, and unknown ones, which kindOf does not list
	block                       // ends a paragraph
	wrapper                     // a block that only groups others
	part                        // belongs to a list, a table or a form: li, td, option
	scope                       // an end tag inside it cannot close an element outside it: a table cell
	foreign                     // svg and math: a scope with its own syntax
	void                        // has no content
	rawText                     // its content is not markup
	skeleton                    // html, head and body: a tree has one of each
)

// kindOf returns the kind of an element by its name in lower case.
func kindOf(name string) elementKind {
	switch name {
	case "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "menu", "dir", "blockquote", "pre", "listing",
		"address",
		"figure", "figcaption", "details", "summary", "form", "fieldset":
		return block
	case "div", "section", "article", "main", "header", "footer", "nav", "aside", "center", "hgroup", "dialog", "search":
		return wrapper
	case "li", "dt", "dd", "tr", "tbody", "thead", "tfoot", "colgroup", "option", "optgroup":
		return part
	case "table", "td", "th", "caption", "template", "object", "applet", "marquee", "button", "select",
		"foreignobject", "desc", "annotation-xml": // the last three contain HTML inside SVG and MathML
		return scope
	case "svg", "math":
		return foreign
	case "area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img", "image", "input", "keygen",
		"link", "meta", "param", "source", "track", "wbr":
		return void
	case "iframe", "noembed", "noframes", "noscript", "script", "style", "textarea", "title", "xmp":
		return rawText // noscript too, because scripting is enabled in the parser
	case "html", "head", "body":
		return skeleton
	}
	return inline
}

// breaksOut reports whether a start tag ends an SVG or MathML element whose end tag is missing.
func breaksOut(name string) bool {
	switch name {
	case "b", "big", "code", "em", "i", "nobr", "ruby", "s", "small", "span", "strike", "strong", "sub", "sup", "table",
		"tt",
		"u", "var", "li", "dt", "dd", "br", "embed", "hr", "img", "meta":
		return true
	}
	kind := kindOf(name)
	return kind == block || kind == wrapper || kind == skeleton
}

// An endRule lists the open elements that a start tag ends implicitly, and the elements that limit its effect: <td>
// ends td and th of the innermost table.
type endRule struct{ ends, inside []string }

var (
	itemRule     = endRule{[]string{"li"}, []string{"ul", "ol", "menu", "dir"}}
	termRule     = endRule{[]string{"dt", "dd"}, []string{"dl"}}
	optionRule   = endRule{[]string{"option"}, []string{"select"}}
	optgroupRule = endRule{[]string{"optgroup", "option"}, []string{"select"}}
	cellRule     = endRule{[]string{"td", "th", "caption"}, []string{"table"}}
	rowRule      = endRule{[]string{"tr", "td", "th", "caption"}, []string{"table"}}
	rowsRule     = endRule{[]string{"tbody", "thead", "tfoot", "tr", "td", "th", "caption"}, []string{"table"}}
)

// endRuleOf returns the rule for a start tag. It returns nil for most tags.
func endRuleOf(name string) *endRule {
	switch name {
	case "li":
		return &itemRule
	case "dt", "dd":
		return &termRule
	case "option":
		return &optionRule
	case "optgroup":
		return &optgroupRule
	case "td", "th":
		return &cellRule
	case "tr":
		return &rowRule
	case "tbody", "thead", "tfoot":
		return &rowsRule
	}
	return nil
}

// openElements is a stack that finds the innermost element with a name in constant time. A page may open millions of
// elements and close none.
type openElements struct {
	stack []openElement
	at    map[string]int32 // the innermost element with each name
}

type openElement struct {
	name string
	// The fields outer, scope and boundary are indexes into the stack, or -1 for none. outer is the nearest enclosing
	// element with the same name. scope is the innermost scope, and boundary is the innermost element that is not
	// inline; both may be this element.
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
	switch kind := kindOf(name); kind {
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

// last returns the index of the innermost open element with a name, or -1 if none is open.
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

// matching returns the index of the open element that an end tag closes, or -1. An inline element is not closed across
// a block, because that would end the block too. A part of a table is not closed across an inner table. Any other
// element that is not a scope itself is not closed across a scope.
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
	switch kindOf(name) {
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
	switch name {
	case "td", "th", "tr", "tbody", "thead", "tfoot", "caption":
		return true
	}
	return false
}

// implied returns how many elements remain open after a start tag has implicitly ended others.
func (o *openElements) implied(name string) int {
	keep := o.len()
	rule := endRuleOf(name)
	if rule == nil {
		switch kind := kindOf(name); {
		case kind == block || kind == wrapper || name == "table":
			if i := o.last("p"); i > o.scope() {
				keep = i
			}
		case name == "a":
			// If a block is open inside the link, ending the link would end the block, too. The parser handles that.
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
