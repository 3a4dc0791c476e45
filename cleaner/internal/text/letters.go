package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// EndsSentence reports whether a line ends the way prose does.
func EndsSentence(line string) bool {
	line = strings.TrimRight(line, " \"'”’»)]")
	r, _ := utf8.DecodeLastRuneInString(line)
	switch r {
	case '.', '!', '?', '…', '。', '！', '？', '؟', '।', '۔', ':', ';', ',':
		return true
	}
	return false
}

// Letters counts the letters of s.
func Letters(s string) int {
	n := 0
	for _, r := range s {
		if unicode.IsLetter(r) {
			n++
		}
	}
	return n
}

// IsASCIILetter reports whether c is an ASCII letter.
func IsASCIILetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

// IsDigit reports whether r is a decimal digit of any script.
func IsDigit(r rune) bool {
	return r >= '0' && r <= '9' || r >= utf8.RuneSelf && unicode.IsDigit(r)
}

// IsWordLetter reports whether r is part of a word.
func IsWordLetter(r rune) bool {
	return 'a' <= r|0x20 && r|0x20 <= 'z' || r >= utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsMark(r) || r == '\u200C' || r == '\u200D')
}

// ReadNumber reads the digits at i of any script; a number of more than eight digits is no part of a date.
func ReadNumber(s string, i int) (number, end int, digits int8) {
	for i < len(s) {
		r, size := utf8.DecodeRuneInString(s[i:])
		if !IsDigit(r) {
			break
		}
		value := digitValue(r)
		if value < 0 {
			break
		}
		if digits < 9 {
			number = number*10 + value
			digits++
		}
		i += size
	}
	return number, i, digits
}

// digitZeros are the zeros of the scripts that pages write dates in: each has its ten digits in a row.
var digitZeros = [...]rune{'0', '٠', '۰', '０', '०', '০', '๐', '૦', '੦', '௦', '౦', '೦', '၀', '០', '໐', '൦'}

func digitValue(r rune) int {
	for _, zero := range digitZeros {
		if r >= zero && r <= zero+9 {
			return int(r - zero)
		}
	}
	return -1
}

// UnspacedLength counts the characters of scripts that write names without a space, or with one that does not matter.
func UnspacedLength(s string) int {
	n := 0
	for _, r := range s {
		if r >= 0x2E80 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul) || r == 'ー' || r >= 0x0E00 && r <= 0x0E7F {
			n++
		}
	}
	return n
}

// LowerASCII is c in lower case, if it is an ASCII letter.
func LowerASCII(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		return c | 0x20
	}
	return c
}

// EndsWithColon reports whether s ends with a colon of any script.
func EndsWithColon(s string) bool {
	s = strings.TrimSpace(s)
	return strings.HasSuffix(s, ":") || strings.HasSuffix(s, "：")
}

// StartsWithDigit reports whether s begins with an ASCII digit.
func StartsWithDigit(s string) bool { return s != "" && '0' <= s[0] && s[0] <= '9' }

// IsASCII reports whether s holds only ASCII.
func IsASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// IsWordRune reports whether r is a letter or a digit.
func IsWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
