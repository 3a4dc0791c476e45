package dom

import (
	"strings"
	"unicode/utf8"
)

// mayBeControl has the bytes with which the characters begin that Printable removes or replaces. Looking each byte up
// is much faster than comparing it, and pages have long scripts.
var mayBeControl = func() (begins [256]bool) {
	for c := range byte(' ') {
		begins[c] = c != '\t' && c != '\n'
	}
	begins[0x7F], begins[0xC2] = true, true // U+0080 to U+009F begin with C2
	return begins
}()

// Printable returns a text without control characters (Unicode's category Cc) except tabs and line breaks. Terminals
// interpret the other control characters, so a page could use them to take control of a terminal. Line breaks become
// \n; form feeds and U+0085 become spaces.
func Printable(s string) string {
	at := 0
	for at < len(s) && (!mayBeControl[s[at]] || s[at] == 0xC2 && at+1 < len(s) && s[at+1] >= 0xA0) {
		at++
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
