package pagestate

import (
	"strings"

	"golang.org/x/net/html"

	"github.com/dechaff/dechaff/cleaner/internal/dom"
)

// maxBytes is the maximum number of bytes of scripts that are read on one page.
const maxBytes = 8 << 20

// values reads the data in the scripts of a page: JSON, values assigned to variables, and streamed rows.
func values(scripts []*html.Node) []any {
	rest := maxBytes
	var all []any
	var rows strings.Builder
	for _, n := range scripts {
		s := strings.TrimSpace(dom.RawText(n))
		if rest -= len(s); rest < 0 {
			break
		}
		switch {
		case s == "":
		case strings.Contains(s[:min(len(s), 400)], "__next_f"):
			rows.WriteString(flightRows(s))
		case s[0] == '{' || s[0] == '[':
			if v, ok := (&reader{s: s}).value(0); ok {
				if strings.Contains(dom.Attr(n, "id"), "NUXT_DATA") || dom.HasAttr(n, "data-nuxt-data") {
					v = unflattened(v)
				}
				all = append(all, v)
			}
		default:
			all = append(all, assigned(s)...)
		}
	}
	if rows.Len() > 0 {
		all = append(all, flight(rows.String())...)
	}
	return all
}

// nextAssignment returns the position of the first character of the next value that a script assigns, as in
// window.state = { or state["a"] = [. The value may be an object, a list, a string, JSON.parse or a function in
// parentheses. It returns -1 if there is none after position at.
func nextAssignment(s string, at int) int {
	for sign := at; ; sign++ {
		next := strings.IndexByte(s[sign:], '=')
		if next < 0 {
			return -1
		}
		sign += next
		value := strings.TrimLeft(s[sign+1:], space)
		if value != "" && strings.IndexByte(`{[(J"`, value[0]) >= 0 && endsInName(s[at:sign]) {
			return len(s) - len(value)
		}
	}
}

// space are the characters that count as white space around the sign of an assignment.
const space = " \t\r\n\f"

// endsInName reports whether code ends in a name, or in a name in quotes and a bracket.
func endsInName(code string) bool {
	code = strings.TrimRight(code, space)
	if n := len(code); n > 1 && code[n-1] == ']' && (code[n-2] == '"' || code[n-2] == '\'') {
		code = code[:n-2]
	}
	for i := len(code) - 1; i >= 0 && isNameByte(code[i]); i-- {
		if code[i] < '0' || code[i] > '9' {
			return true
		}
	}
	return false
}

// maxAssignments is the maximum number of assignments in a script that are tried.
const maxAssignments = 40

// assigned returns the objects and lists that a script assigns. The script may also contain code.
func assigned(s string) []any {
	var all []any
	for at, tries := 0, 0; at < len(s) && tries < maxAssignments; tries++ {
		start := nextAssignment(s, at)
		if start < 0 {
			break
		}
		r := reader{s: s, at: start}
		read := func() (any, bool) { return r.value(0) }
		if s[start] == '(' {
			read = r.call
		}
		v, ok := read()
		if ok && r.at > start {
			switch v.(type) {
			case *object, []any:
				all = append(all, v)
			}
			at = max(r.at, start+1)
			continue
		}
		at = start + 1
	}
	return all
}

// call reads an immediately invoked function, whose arguments are the values that its result uses repeatedly. Nuxt 2
// writes its state this way: (function(a,b){b.x=a;return {…}}(null,{})).
func (r *reader) call() (any, bool) {
	if !r.take('(') {
		return nil, false
	}
	r.space()
	if r.word() != "function" || !r.take('(') {
		return nil, false
	}
	var params []string
	for !r.take(')') {
		r.space()
		word := r.word()
		if word == "" {
			return nil, false
		}
		params = append(params, word)
		r.take(',')
	}
	if !r.take('{') {
		return nil, false
	}
	body := r.at
	end := r.closing()
	if end < 0 {
		return nil, false
	}
	r.at = end + 1
	r.take(')')
	if !r.take('(') {
		return nil, false
	}
	names := make(map[string]any, len(params))
	for i := 0; !r.take(')'); i++ {
		v, ok := r.value(0)
		if !ok {
			return nil, false
		}
		if i < len(params) {
			names[params[i]] = v
		}
		r.take(',')
	}
	after := r.at
	inner := reader{s: r.s[:end], at: body, names: names, values: r.values}
	v, ok := inner.statements()
	r.at, r.values = after, inner.values
	return v, ok
}

// closing returns the position where the block that was just opened is closed, or -1.
func (r *reader) closing() int {
	depth := 1
	for i := r.at; i < len(r.s); i++ {
		switch c := r.s[i]; c {
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				return i
			}
		case '"', '\'', '`':
			for i++; i < len(r.s) && r.s[i] != c; i++ {
				if r.s[i] == '\\' {
					i++
				}
			}
		}
	}
	return -1
}

// statements reads assignments to the members of parameters, and the value that is returned after them.
func (r *reader) statements() (any, bool) {
	for {
		r.space()
		word := r.word()
		switch word {
		case "":
			return nil, false
		case "return":
			return r.value(0)
		}
		target, _ := r.names[word].(*object)
		var key string
		for {
			if r.take('.') {
				key = r.word()
			} else if r.take('[') {
				v, ok := r.value(0)
				if !ok || !r.take(']') {
					return nil, false
				}
				key, _ = v.(string)
			} else {
				break
			}
			if r.peek('.') || r.peek('[') {
				target = target.obj(key)
			}
		}
		if !r.take('=') {
			return nil, false
		}
		v, ok := r.value(0)
		if !ok {
			return nil, false
		}
		if target != nil && key != "" {
			target.set(key, v)
		}
		if !r.take(';') && !r.take(',') {
			return nil, false
		}
	}
}

// unflattened assembles a value from a list whose members refer to each other by index. This is the format of the
// library devalue, which Nuxt 3 and SvelteKit use.
func unflattened(v any) any {
	list, ok := v.([]any)
	if !ok || len(list) == 0 {
		return v
	}
	u := unflattener{list: list, done: make(map[int]any)}
	return u.at(0, 0)
}

type unflattener struct {
	list []any
	done map[int]any
}

func (u *unflattener) at(i, level int) any {
	if i < 0 || i >= len(u.list) || level > maxLevel {
		return nil
	}
	if v, known := u.done[i]; known {
		return v
	}
	u.done[i] = nil // it may refer to itself
	var v any
	switch raw := u.list[i].(type) {
	case *object:
		o := newObject()
		u.done[i] = o
		for _, key := range raw.keys {
			o.set(key, u.ref(raw.values[key], level+1))
		}
		v = o
	case []any:
		if kind, ok := first(raw).(string); ok && len(raw) >= 2 { // ["ShallowReactive", 1]
			if kind == "Set" || kind == "Map" {
				raw = raw[1:]
			} else {
				v = u.ref(raw[1], level+1)
				break
			}
		}
		out := make([]any, 0, len(raw))
		for _, e := range raw {
			out = append(out, u.ref(e, level+1))
		}
		v = out
	default:
		v = raw
	}
	u.done[i] = v
	return v
}

func (u *unflattener) ref(v any, level int) any {
	if n, ok := v.(float64); ok {
		return u.at(int(n), level)
	}
	return v
}

func first(list []any) any {
	if len(list) == 0 {
		return nil
	}
	return list[0]
}
