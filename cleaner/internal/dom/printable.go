package dom

import (
	"strings"
	"unicode/utf8"

	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// mayBeControl has the bytes with which the characters begin that Printable removes or replaces. Looking each byte up
// is much faster than comparing it, and pages have long scripts.
var mayBeControl = func() (begins [256]bool) {
	for c := range byte(' ') {
		begins[c] = c != '\t' && c != '\n'
	}
	begins[0x7F], begins[0xC2] = true, true // U+0080 to U+009F and the soft hyphen begin with C2
	return begins
}()

// Printable returns a text without control characters (Unicode's category Cc) except tabs and line breaks, and without
// soft hyphens. Terminals interpret the other control characters, so a page could use them to take control of a
// terminal. Soft hyphens, which scripts put into all longer words of a page, only allow a line break: with them, no
// word is found, neither by a search nor by the rules. Line breaks become \n; form feeds and U+0085 become spaces.
func Printable(s string) string {
	at := firstControl(s)
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
		case r < ' ' && r != '\t' && r != '\n' || 0x7F <= r && r < 0xA0 || r == softHyphen:
		default:
			b.WriteString(s[at : at+size])
		}
		at += size
	}
	return b.String()
}

const softHyphen = '\u00AD' // in UTF-8: C2 AD

// firstControl returns the index of the first character that Printable removes or replaces, or else the length of s.
func firstControl(s string) int {
	for at := 0; at < len(s); {
		rest := s[at:]
		if len(rest) >= 8 && isPlain(text.EightBytes(rest)) {
			at += 8
			continue
		}
		for i := range min(8, len(rest)) {
			if mayBeControl[rest[i]] && !(rest[i] == 0xC2 && i+1 < len(rest) && rest[i+1] >= 0xA0 && rest[i+1] != 0xAD) {
				return at + i
			}
		}
		at += min(8, len(rest))
	}
	return len(s)
}

// isPlain reports whether eight bytes are all printable ASCII characters. The high bit of a byte is set if the byte is
// not ASCII, the subtraction sets it if the byte is below the space character, and the addition sets it if the byte is
// 0x7F.
func isPlain(eight uint64) bool {
	const ones, high = 0x0101010101010101, 0x8080808080808080
	return (eight-' '*ones|eight|eight+ones)&high == 0
}
