package text

import (
	"strings"
	"unicode/utf8"
)

// IsASCII reports whether s contains only ASCII characters.
func IsASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// IsASCIILetter reports whether c is an ASCII letter.
func IsASCIILetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

// IsASCIIDigit reports whether c is an ASCII digit.
func IsASCIIDigit(c byte) bool { return '0' <= c && c <= '9' }

// LowerASCII returns c in lower case if c is an ASCII letter, or else c unchanged.
func LowerASCII(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		return c | 0x20
	}
	return c
}

// StartsWithDigit reports whether s begins with an ASCII digit.
func StartsWithDigit(s string) bool { return s != "" && IsASCIIDigit(s[0]) }

// HasPrefixLower reports whether an ASCII word, in capitals or not, begins with stem, which must be in lower case.
func HasPrefixLower(word, stem string) bool {
	if len(word) < len(stem) {
		return false
	}
	for i := range len(stem) {
		if word[i]|0x20 != stem[i] {
			return false
		}
	}
	return true
}

// AfterSlash returns what follows the last slash of s, such as the type in a schema.org address, or s if there is none.
func AfterSlash(s string) string { return s[strings.LastIndexByte(s, '/')+1:] }

// EightBytes returns the first eight bytes of s as one number, so that they can be tested at once. The first byte is
// the lowest. s must have at least eight bytes.
func EightBytes(s string) uint64 {
	_ = s[7] // with this check of the length, the compiler replaces all that follows by one load
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}
