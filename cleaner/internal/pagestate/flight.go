package pagestate

import (
	"strconv"
	"strings"
)

// flightRows returns the text that the calls in a script push: self.__next_f.push([1,"…"]).
func flightRows(s string) string {
	var b strings.Builder
	for failed := 0; ; {
		at := strings.Index(s, ".push(")
		if at < 0 || failed > maxFailed {
			return b.String()
		}
		s = s[at+len(".push("):]
		r := reader{s: s}
		v, ok := r.value(0)
		if !ok {
			failed++
			continue
		}
		s = s[r.at:]
		if list, isList := v.([]any); isList && len(list) == 2 {
			if kind, _ := list[0].(float64); kind == 1 {
				if text, isText := list[1].(string); isText {
					b.WriteString(text)
				}
			}
		}
	}
}

// maxFailed is the maximum number of unreadable calls that are skipped in one script.
const maxFailed = 20

// maxRows is the maximum number of rows that are read.
const maxRows = 20_000

// flight reads the rows of React Server Components. A row is an id, a colon, and JSON up to the end of the line, or a
// T, a hexadecimal length in bytes, a comma and a text of that length. Rows refer to each other by $ and the id. The
// result contains the rows with their references resolved: the first row, and each later row that no earlier row in the
// result includes.
func flight(s string) []any {
	f := flightReader{rows: make(map[string]any), used: make(map[string]bool)}
	var order []string
	for len(s) > 0 && len(order) < maxRows {
		colon := strings.IndexByte(s, ':')
		line := strings.IndexByte(s, '\n')
		if colon < 0 {
			break
		}
		if line >= 0 && line < colon {
			s = s[line+1:]
			continue
		}
		id := s[:colon]
		s = s[colon+1:]
		if strings.HasPrefix(s, "T") {
			size, rest, found := strings.Cut(s[1:], ",")
			n, err := strconv.ParseInt(size, 16, 32)
			if found && err == nil && int(n) <= len(rest) && n >= 0 {
				f.rows[id] = rest[:n]
				order = append(order, id)
				s = rest[n:]
				continue
			}
		}
		end := strings.IndexByte(s, '\n')
		row := s
		if end >= 0 {
			row, s = s[:end], s[end+1:]
		} else {
			s = ""
		}
		r := reader{s: row}
		if v, ok := r.value(0); ok &&
			(strings.HasPrefix(row, "[") || strings.HasPrefix(row, "{") || strings.HasPrefix(row, `"`)) {
			f.rows[id] = v
			order = append(order, id)
		}
	}
	var all []any
	for _, id := range order {
		if !f.used[id] {
			f.used[id] = true
			all = append(all, f.resolved(f.rows[id], 0))
		}
	}
	return all
}

type flightReader struct {
	rows  map[string]any
	used  map[string]bool
	count int
}

// resolved returns a value in which references to rows are replaced with the rows. A reference that begins with $L to a
// row that has already been used becomes nil.
func (f *flightReader) resolved(v any, level int) any {
	if f.count++; level > maxLevel || f.count > maxValues {
		return nil
	}
	switch v := v.(type) {
	case string:
		if len(v) < 2 || v[0] != '$' || len(v) > 40 {
			return v
		}
		if v[1] == '$' {
			return v[1:]
		}
		id := strings.TrimLeft(v[1:], "L@")
		if row, known := f.rows[id]; known {
			if _, isText := row.(string); !isText && f.used[id] && strings.HasPrefix(v, "$L") {
				return nil // it has already been used
			}
			f.used[id] = true
			if text, isText := row.(string); isText {
				return text
			}
			return f.resolved(row, level+1)
		}
		if strings.HasPrefix(v, "$undefined") || strings.HasPrefix(v, "$L") {
			return nil
		}
		return v
	case []any:
		out := make([]any, len(v))
		for i, e := range v {
			if i < 2 && len(v) >= 4 && v[0] == "$" { // the name of an element is not a reference
				out[i] = e
				continue
			}
			out[i] = f.resolved(e, level+1)
		}
		return out
	case *object:
		o := newObject()
		for _, key := range v.keys {
			o.set(key, f.resolved(v.values[key], level+1))
		}
		return o
	}
	return v
}
