package metadata

import (
	"encoding/json"
	"strings"

	"golang.org/x/net/html"
)

// Limits on JSON-LD.
const (
	maxLDBytes   = 2 << 20 // bytes of one script
	maxLDObjects = 512     // objects on one page
	maxLDDepth   = 8       // levels of nesting down to which objects are listed
	maxLDValues  = 16      // consecutive values in one script
	maxLDNesting = 500     // open brackets in a script that needs repair
)

// parseLD parses one script (an object, an array or a graph) and adds its objects to the flat lists ld and ldItems. It
// ignores a script that is too long or is not valid JSON even after repair.
func (f *Findings) parseLD(script string) {
	if len(script) > maxLDBytes {
		return
	}
	var value any
	prefixed := strings.Contains(script, `"schema:`) || strings.Contains(script, `schema.org/name"`)
	if json.Unmarshal([]byte(script), &value) == nil {
		if prefixed {
			value = unprefixed(value, 0)
		}
		f.flattenLD(value, 0, false)
		return
	}
	decoder := json.NewDecoder(strings.NewReader(repairJSON(script)))
	for range maxLDValues { // some scripts contain several objects in a row
		var value any
		if decoder.Decode(&value) != nil {
			return
		}
		f.flattenLD(value, 0, false)
	}
}

// unprefixed returns a value in which the members of objects have names without the prefix or the address of the
// vocabulary: "schema:headline", "https://schema.org/headline".
func unprefixed(value any, depth int) any {
	if depth > maxLDNesting {
		return value
	}
	switch v := value.(type) {
	case []any:
		for i := range v {
			v[i] = unprefixed(v[i], depth+1)
		}
	case map[string]any:
		plain := make(map[string]any, len(v))
		for key, member := range v {
			if _, name, ok := strings.Cut(key, "schema.org/"); ok {
				key = name
			}
			plain[strings.TrimPrefix(key, "schema:")] = unprefixed(member, depth+1)
		}
		return plain
	}
	return value
}

// flattenLD adds an object, or the objects of an array, to the flat lists, and then the objects in the members that may
// contain further ones: graphs, lists, parts, mainEntity and mainEntityOfPage. Objects in lists or parts, and all
// objects if listed is true, go to ldItems; the others go to ld.
func (f *Findings) flattenLD(value any, depth int, listed bool) {
	if depth > maxLDDepth || len(f.ld)+len(f.ldItems) >= maxLDObjects {
		return
	}
	switch v := value.(type) {
	case []any:
		for _, e := range v {
			f.flattenLD(e, depth+1, listed)
		}
	case map[string]any:
		if len(v) == 0 {
			return
		}
		if listed {
			f.ldItems = append(f.ldItems, v)
		} else {
			f.ld = append(f.ld, v)
		}
		for _, key := range [...]string{"@graph", "mainEntity", "mainEntityOfPage"} {
			if v[key] != nil {
				f.flattenLD(v[key], depth+1, listed)
			}
		}
		for _, key := range [...]string{"itemListElement", "item", "hasPart"} {
			if v[key] != nil {
				f.flattenLD(v[key], depth+1, true)
			}
		}
	}
}

// A jsonMender repairs common errors of generators in one pass: comments, raw line breaks and quotes in strings,
// unknown escapes, trailing commas, missing closing brackets.
type jsonMender struct {
	in       string
	out      strings.Builder
	open     []byte // the closing brackets of open objects and arrays
	inString bool
}

// repairJSON repairs a script. If the script has other errors, the result is still not valid JSON.
func repairJSON(s string) string {
	s = strings.TrimSpace(strings.TrimPrefix(s, "\uFEFF"))
	for _, wrap := range [...][2]string{
		{"<!--", "//-->"},
		{"<!--", "-->"},
		{"//<![CDATA[", "//]]>"},
		{"/*<![CDATA[*/", "/*]]>*/"},
		{"<![CDATA[", "]]>"},
	} {
		s = strings.TrimSpace(strings.TrimSuffix(strings.TrimPrefix(s, wrap[0]), wrap[1]))
	}
	if !strings.Contains(s, `"`) && (strings.Contains(s, "&quot;") || strings.Contains(s, "&#34;")) {
		s = html.UnescapeString(s)
	}
	m := jsonMender{in: strings.TrimRight(s, "; \n")}
	m.out.Grow(len(m.in) + 16)
	for i := 0; i < len(m.in); {
		if m.inString {
			i = m.text(i)
		} else {
			i = m.structure(i)
		}
		if len(m.open) > maxLDNesting {
			return ""
		}
	}
	if m.inString {
		m.out.WriteByte('"')
	}
	for i := len(m.open) - 1; i >= 0; i-- {
		m.out.WriteByte(m.open[i])
	}
	return m.out.String()
}

// text copies one byte or escape sequence of a string, repairs it if necessary, and returns the index after it.
func (m *jsonMender) text(i int) int {
	switch c := m.in[i]; {
	case c == '\\':
		return m.escape(i)
	case c == '"':
		if !m.ends(i) { // an unescaped quote
			m.out.WriteString(`\"`)
			return i + 1
		}
		m.inString = false
		m.out.WriteByte(c)
	case c < ' ':
		m.out.WriteByte(' ')
	default:
		m.out.WriteByte(c)
	}
	return i + 1
}

// escape copies an escape sequence that JSON allows, and drops the backslash of any other. It returns the index of what
// follows.
func (m *jsonMender) escape(i int) int {
	if i+1 >= len(m.in) {
		return i + 1
	}
	if c := m.in[i+1]; strings.IndexByte(`"\/bfnrtu`, c) >= 0 && (c != 'u' || isHex(m.in[i+2:])) {
		m.out.WriteByte('\\')
		m.out.WriteByte(c)
		return i + 2
	}
	return i + 1
}

func isHex(s string) bool {
	if len(s) < 4 {
		return false
	}
	for i := range 4 {
		if c := s[i] | 0x20; (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return false
		}
	}
	return true
}

// maxGap is the maximum number of bytes of white space that are skipped to find the next character.
const maxGap = 256

// next returns the first byte at or after i that is not white space, or 0 if there is none within maxGap bytes.
func (m *jsonMender) next(i int) byte {
	for end := min(len(m.in), i+maxGap); i < end; i++ {
		if c := m.in[i]; c != ' ' && c != '\t' && c != '\r' && c != '\n' {
			return c
		}
	}
	return 0
}

// ends reports whether the quote at i ends its string, judging by the next character.
func (m *jsonMender) ends(i int) bool {
	switch m.next(i + 1) {
	case 0, ',', ':', '}', ']', '/':
		return true
	}
	return false
}

// structure copies one byte that is not in a string, or drops it if it is an error, and returns the index after it. It
// skips a whole comment at once.
func (m *jsonMender) structure(i int) int {
	switch c := m.in[i]; c {
	case '"':
		m.inString = true
		m.out.WriteByte(c)
	case '{':
		m.open = append(m.open, '}')
		m.out.WriteByte(c)
	case '[':
		m.open = append(m.open, ']')
		m.out.WriteByte(c)
	case '}', ']':
		if len(m.open) == 0 || m.open[len(m.open)-1] != c {
			return i + 1 // an extra bracket
		}
		m.open = m.open[:len(m.open)-1]
		m.out.WriteByte(c)
	case ',':
		if n := m.next(i + 1); n == '}' || n == ']' || n == ',' || n == 0 {
			return i + 1
		}
		m.out.WriteByte(c)
	case '/':
		return m.comment(i)
	default:
		m.out.WriteByte(c)
	}
	return i + 1
}

// comment returns the index after the comment that begins at i, or after the slash if it does not begin a comment.
func (m *jsonMender) comment(i int) int {
	rest := m.in[i:]
	var end int
	switch {
	case strings.HasPrefix(rest, "//"):
		if end = strings.IndexByte(rest, '\n'); end < 0 {
			end = len(rest)
		}
	case strings.HasPrefix(rest, "/*"):
		if end = strings.Index(rest, "*/"); end < 0 {
			end = len(rest)
		} else {
			end += 2
		}
	default:
		return i + 1
	}
	return i + end
}
