package dom

import (
	"strings"
	"unicode/utf8"
)

// Printable returns a text without control characters (Unicode's category Cc) except tabs and line breaks. Terminals
// interpret the other control characters, so a page could use them to take control of a terminal. Line breaks become
// \n; form feeds and U+0085 become spaces.
func Printable(s string) string {
	at := 0
	for ; at < len(s); at++ {
		if c := s[at]; c < ' ' && c != '\t' && c != '\n' || c == 0x7F || c == 0xC2 && at+1 < len(s) && s[at+1] < 0xA0 {
			break
		}
	}
	if at == len(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	b.WriteString(s[:at])
	for at < len(s) {
		r, size := utf8.DecodeRuneInString(s[at:])
		switch {
		case r == '\r' && at+1 < len(s) && s[at+1] == '\n':
		case r == '\r':
			b.WriteByte('\n')
		case r == '\f' || r == 0x85:
			b.WriteByte(' ')
		case r < ' ' && r != '\t' && r != '\n' || 0x7F <= r && r < 0xA0:
		default:
			b.WriteString(s[at : at+size])
		}
		at += size
	}
	return b.String()
}
