package drawing

import (
	"strings"

	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// functions are the CSS functions that values may call. Some are deliberately absent: url, which safeValue handles,
// functions that load something (image, image-set, src), functions that insert text (attr, counter), and expression,
// which runs a script in old browsers.
var functions = text.SetOf(
	"rgb", "rgba", "hsl", "hsla", "matrix", "translate", "scale", "rotate", "skewx", "skewy", "var", "calc",
)

// safeValue reports whether the value of an attribute or a property is safe: it has no escapes, calls only the
// functions listed above, and refers to nothing outside the drawing. The function refersTo reports whether url(#id) may
// refer to an id.
func safeValue(value string, refersTo func(id string) bool) bool {
	if strings.ContainsAny(value, `\@{}<`) { // an escape in a style may spell anything
		return false
	}
	for rest := value; ; {
		before, after, found := strings.Cut(rest, "(")
		if !found {
			return true
		}
		name := strings.ToLower(before[strings.LastIndexAny(before, " ,;:()\t\n")+1:])
		switch {
		case functions.Has(name):
		case name == "url":
			if id := target(after); id == "" || !refersTo(id) {
				return false
			}
		case name != "":
			return false
		}
		rest = after
	}
}

// target returns the id that the argument of url() refers to, or "" if it does not refer to an id. The parameter inside
// is everything after the opening parenthesis.
func target(inside string) string {
	id, _, closed := strings.Cut(inside[:min(len(inside), maxID+8)], ")")
	id, own := strings.CutPrefix(strings.Trim(id, "\"' \t\n"), "#")
	if !closed || !own {
		return ""
	}
	return id
}

// maxID is the maximum length of an id, in bytes.
const maxID = 200

// isID reports whether a string may be the id of a part of a drawing.
func isID(s string) bool {
	return s != "" && len(s) <= maxID && strings.Trim(s, idCharacters) == ""
}

const idCharacters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.:"

// safeStyle returns the declarations of a style that have an allowed property and a safe value (see safeValue). They
// are written as property:value, with semicolons between them.
func safeStyle(style string, refersTo func(id string) bool) string {
	var b strings.Builder
	for declaration := range strings.SplitSeq(style, ";") {
		property, value, found := strings.Cut(declaration, ":")
		property, value = strings.ToLower(strings.TrimSpace(property)), strings.TrimSpace(value)
		if !found || value == "" || !properties.Has(property) || !safeValue(value, refersTo) {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte(';')
		}
		b.WriteString(property + ":" + value)
	}
	return b.String()
}

// safeSheet returns the rules of a style sheet that have safe declarations, with only those declarations (see
// safeStyle). It drops nested rules, and rules whose selectors isSelector rejects. It also drops all at-rules,
// because some of them import style sheets, load fonts or animate.
func safeSheet(sheet string, refersTo func(id string) bool) string {
	var b strings.Builder
	for sheet = withoutComments(sheet); ; {
		selector, rest, found := strings.Cut(sheet, "{")
		if !found {
			return b.String()
		}
		if at := strings.LastIndexByte(selector, ';'); at >= 0 { // the end of an @import before the rule
			selector = selector[at+1:]
		}
		end, depth := 0, 1
		for ; end < len(rest) && depth > 0; end++ {
			switch rest[end] {
			case '{':
				depth++
			case '}':
				depth--
			}
		}
		sheet = rest[end:]
		body := strings.TrimSuffix(rest[:end], "}")
		selector = text.FoldSpace(selector)
		if depth > 0 || !isSelector(selector) {
			continue
		}
		if style := safeStyle(body, refersTo); style != "" {
			b.WriteString(selector + "{" + style + "}")
		}
	}
}

// isSelector reports whether a selector consists only of names of elements, classes and ids, and of combinators such as
// ">", and has at most 500 bytes.
func isSelector(s string) bool {
	return s != "" && len(s) <= 500 && strings.Trim(s, idCharacters+" #,>+~*") == ""
}

// withoutComments removes the comments of a style sheet.
func withoutComments(sheet string) string {
	before, rest, found := strings.Cut(sheet, "/*")
	if !found {
		return sheet
	}
	var b strings.Builder
	for found {
		b.WriteString(before)
		if _, rest, found = strings.Cut(rest, "*/"); !found {
			return b.String()
		}
		before, rest, found = strings.Cut(rest, "/*")
	}
	b.WriteString(before)
	return b.String()
}
