package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
)

// FoldSpace replaces every run of white space with one space, and removes white space at both ends.
func FoldSpace(s string) string {
	s = strings.TrimSpace(s)
	space := false
	for _, r := range s {
		if IsSpace(r) && (space || r != ' ') {
			return strings.Join(strings.Fields(s), " ")
		}
		space = r == ' '
	}
	return s // most lines; they need no copy
}

// PlainText returns a value as one line of plain text of at most limit characters. The value may contain markup,
// entities and line breaks.
func PlainText(s string, limit int) string {
	if len(s) > 4*limit {
		s = strings.ToValidUTF8(s[:4*limit], "")
	}
	if strings.ContainsRune(s, '&') {
		s = html.UnescapeString(s)
	}
	if strings.ContainsRune(s, '<') {
		s = stripTags(s)
	}
	s = oneLine(s)
	if utf8.RuneCountInString(s) > limit {
		s = string([]rune(s)[:limit])
	}
	return s
}

// Unescaped returns the value of an attribute without the entities and tags of markup that a program has escaped twice:
// "Salt &amp;amp; pepper" in the page's source. Other values are returned as they are.
func Unescaped(value string) string {
	at := strings.IndexByte(value, '&')
	if at < 0 || strings.IndexByte(value[at:], ';') < 0 {
		return value
	}
	plain := html.UnescapeString(value)
	if plain == value {
		return value
	}
	if strings.ContainsRune(plain, '<') {
		plain = stripTags(plain)
	}
	return oneLine(plain)
}

// oneLine returns s as one line: it collapses white space and drops invisible characters (soft hyphens, direction
// marks, joiners that only allow a line break).
func oneLine(s string) string {
	plain := true
	for i := range len(s) {
		if c := s[i]; c >= utf8.RuneSelf || c < ' ' || c == ' ' && (i == 0 || s[i-1] == ' ') {
			plain = false
			break
		}
	}
	if plain {
		return strings.TrimRight(s, " ")
	}
	var b strings.Builder
	b.Grow(len(s))
	space := false
	for _, r := range s {
		switch {
		case IsSpace(r) || unicode.IsControl(r):
			space = true
		case IsUnseen(r):
		default:
			if space && b.Len() > 0 {
				b.WriteByte(' ')
			}
			space = false
			b.WriteRune(r)
		}
	}
	return b.String()
}

// IsUnseen reports whether r is an invisible character that can be removed from a text. The zero-width joiner and
// non-joiner are not, because Persian and Indian scripts need them.
func IsUnseen(r rune) bool {
	switch r {
	case '\u00AD', '\u200B', '\u200E', '\u200F', '\u2060', '\uFEFF':
		return true
	}
	return r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069
}

// IsSimple reports whether a value has at most limit bytes and consists of ASCII letters, digits, spaces and the
// punctuation of dates and language tags. It is false for an empty value.
func IsSimple(s string, limit int) bool {
	for i := 0; i < len(s); i++ {
		c := s[i]
		if !('a' <= c|0x20 && c|0x20 <= 'z' || '0' <= c && c <= '9' || strings.IndexByte("-_:.+ ", c) >= 0) {
			return false
		}
	}
	return s != "" && len(s) <= limit
}

// IsBlankLine reports whether a line has only white space.
func IsBlankLine(line string) bool { return strings.TrimSpace(line) == "" }
