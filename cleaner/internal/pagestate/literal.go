package pagestate

import (
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// An object is a JavaScript object with its members in order.
type object struct {
	keys   []string
	values map[string]any
}

func newObject() *object { return &object{values: make(map[string]any)} }

func (o *object) get(key string) any {
	if o == nil {
		return nil
	}
	return o.values[key]
}

func (o *object) set(key string, value any) {
	if _, known := o.values[key]; !known {
		o.keys = append(o.keys, key)
	}
	o.values[key] = value
}

// str returns the first nonempty string among the members with the given keys.
func (o *object) str(keys ...string) string {
	for _, key := range keys {
		if s, ok := o.get(key).(string); ok && s != "" {
			return s
		}
	}
	return ""
}

func (o *object) obj(key string) *object {
	inner, _ := o.get(key).(*object)
	return inner
}

func (o *object) list(key string) []any {
	list, _ := o.get(key).([]any)
	return list
}

// Bounds for the values in a script.
const (
	maxLevel  = 200     // levels of nesting
	maxValues = 400_000 // values that are read
)

// A reader reads literals: JSON, and also JavaScript's names as keys and values, single quotes and trailing commas. The
// values that it returns are of type string, float64, bool, []any or *object, or nil.
type reader struct {
	s      string
	at     int
	names  map[string]any // the values of the names that the reader can resolve
	values int            // the number of values that have been read
}

// value reads one value.
func (r *reader) value(level int) (any, bool) {
	r.space()
	if r.values++; level > maxLevel || r.values > maxValues || r.at >= len(r.s) {
		return nil, false
	}
	switch c := r.s[r.at]; {
	case c == '{':
		return r.object(level)
	case c == '[':
		return r.array(level)
	case c == '"' || c == '\'' || c == '`':
		return r.text()
	case c == '-' || c == '.' || text.IsASCIIDigit(c):
		return r.number()
	case c == '!': // !0 is true
		r.at += 2
		return r.at <= len(r.s) && r.s[r.at-1] == '0', r.at <= len(r.s)
	case isNameByte(c):
		return r.name(level)
	}
	return nil, false
}

func (r *reader) space() {
	for r.at < len(r.s) {
		switch c := r.s[r.at]; {
		case c == ' ' || c == '\n' || c == '\t' || c == '\r':
			r.at++
		case c == '/' && strings.HasPrefix(r.s[r.at:], "/*"):
			end := strings.Index(r.s[r.at:], "*/")
			if end < 0 {
				r.at = len(r.s)
				return
			}
			r.at += end + 2
		default:
			return
		}
	}
}

// take skips c if it comes next, and reports whether it did.
func (r *reader) take(c byte) bool {
	r.space()
	if r.at < len(r.s) && r.s[r.at] == c {
		r.at++
		return true
	}
	return false
}

func (r *reader) object(level int) (any, bool) {
	r.at++
	o := newObject()
	for {
		if r.take('}') {
			return o, true
		}
		r.space()
		if r.at >= len(r.s) {
			return nil, false
		}
		var key string
		if c := r.s[r.at]; c == '"' || c == '\'' {
			text, ok := r.text()
			if !ok {
				return nil, false
			}
			key = text.(string)
		} else if key = r.word(); key == "" {
			return nil, false
		}
		if !r.take(':') {
			return nil, false
		}
		v, ok := r.value(level + 1)
		if !ok {
			return nil, false
		}
		o.set(key, v)
		if !r.take(',') && !r.peek('}') {
			return nil, false
		}
	}
}

func (r *reader) peek(c byte) bool {
	r.space()
	return r.at < len(r.s) && r.s[r.at] == c
}

func (r *reader) array(level int) (any, bool) {
	r.at++
	list := []any{}
	for {
		if r.take(']') {
			return list, true
		}
		if r.take(',') { // an element that is left out
			list = append(list, nil)
			continue
		}
		v, ok := r.value(level + 1)
		if !ok {
			return nil, false
		}
		list = append(list, v)
		if !r.take(',') && !r.peek(']') {
			return nil, false
		}
	}
}

func isNameByte(c byte) bool {
	return c == '_' || c == '$' || text.IsASCIILetter(c) || text.IsASCIIDigit(c)
}

func (r *reader) word() string {
	start := r.at
	for r.at < len(r.s) && isNameByte(r.s[r.at]) {
		r.at++
	}
	return r.s[start:r.at]
}

// name reads a value that begins with a name: a constant, a name in r.names, or a call. The value of a call, such as
// new Date("…"), is its first argument, and that of JSON.parse is the parsed argument. Other names and void 0 are nil.
func (r *reader) name(level int) (any, bool) {
	word := r.word()
	switch word {
	case "true":
		return true, true
	case "false":
		return false, true
	case "null", "undefined", "NaN", "Infinity":
		return nil, true
	case "void":
		r.space()
		r.word()
		return nil, true
	case "new":
		r.space()
		r.word()
	case "":
		return nil, false
	}
	if v, known := r.names[word]; known {
		return v, true
	}
	for r.take('.') {
		r.word()
	}
	if !r.take('(') {
		return nil, word != "function"
	}
	var first any
	for count := 0; !r.take(')'); count++ {
		v, ok := r.value(level + 1)
		if !ok {
			return nil, false
		}
		if count == 0 {
			first = v
		}
		if !r.take(',') && !r.peek(')') {
			return nil, false
		}
	}
	if text, ok := first.(string); ok && word == "JSON" {
		inner := reader{s: text, values: r.values}
		return inner.value(level + 1)
	}
	return first, true
}

func (r *reader) number() (any, bool) {
	start := r.at
	for r.at < len(r.s) && (isNameByte(r.s[r.at]) || strings.IndexByte("+-.", r.s[r.at]) >= 0) {
		r.at++
	}
	n, err := strconv.ParseFloat(r.s[start:r.at], 64)
	return n, err == nil
}

// text reads a string.
func (r *reader) text() (any, bool) {
	quote := r.s[r.at]
	r.at++
	start := r.at
	for i := r.at; i < len(r.s); i++ {
		if r.s[i] == quote { // nothing is escaped
			r.at = i + 1
			return r.s[start:i], true
		}
		if r.s[i] == '\\' {
			break
		}
	}
	var b strings.Builder
	for r.at < len(r.s) {
		c := r.s[r.at]
		switch {
		case c == quote:
			r.at++
			return b.String(), true
		case c != '\\':
			b.WriteByte(c)
			r.at++
		default:
			if !r.escape(&b) {
				return nil, false
			}
		}
	}
	return nil, false
}

// escape reads an escape sequence, starting at its backslash, and writes the character. It returns false if the
// sequence is not valid.
func (r *reader) escape(b *strings.Builder) bool {
	if r.at+1 >= len(r.s) {
		return false
	}
	c := r.s[r.at+1]
	r.at += 2
	switch c {
	case 'n':
		b.WriteByte('\n')
	case 't':
		b.WriteByte('\t')
	case 'r':
		b.WriteByte('\r')
	case 'b', 'f', 'v', '0':
		b.WriteByte(' ')
	case '\n':
	case 'x':
		n, ok := r.hex(2)
		b.WriteRune(n)
		return ok
	case 'u':
		n, ok := r.hex(4)
		if !ok {
			return false
		}
		if utf16.IsSurrogate(n) && strings.HasPrefix(r.s[r.at:], `\u`) {
			r.at += 2
			low, ok := r.hex(4)
			if !ok {
				return false
			}
			n = utf16.DecodeRune(n, low)
		}
		b.WriteRune(n)
	default:
		b.WriteByte(c)
	}
	return true
}

func (r *reader) hex(n int) (rune, bool) {
	if r.at+n > len(r.s) {
		return utf8.RuneError, false
	}
	v, err := strconv.ParseUint(r.s[r.at:r.at+n], 16, 32)
	r.at += n
	return rune(v), err == nil
}
