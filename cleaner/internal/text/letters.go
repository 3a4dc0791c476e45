package text

import (
	"unicode"
	"unicode/utf8"
)

// IsWordLetter reports whether r is a letter, a combining mark, or a zero-width joiner or non-joiner.
func IsWordLetter(r rune) bool {
	return 'a' <= r|0x20 && r|0x20 <= 'z' || r >= utf8.RuneSelf &&
		(IsLetter(r) || IsMark(r) || r == '\u200C' || r == '\u200D')
}

// Letters counts the letters of s.
func Letters(s string) int {
	n := 0
	for _, r := range s {
		if IsLetter(r) {
			n++
		}
	}
	return n
}

// UnspacedLength counts the Chinese, Japanese, Korean and Thai characters of s. In these scripts, names are written
// without spaces, or a space in a name has no meaning.
func UnspacedLength(s string) int {
	n := 0
	for _, r := range s {
		if r >= 0x2E80 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul) ||
			r == 'ー' || r >= 0x0E00 && r <= 0x0E7F {
			n++
		}
	}
	return n
}
