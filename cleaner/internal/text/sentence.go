package text

import (
	"strings"
	"unicode/utf8"
)

// EndsSentence reports whether a line ends like a sentence or a clause of prose: with a period or other punctuation,
// including a colon or a comma. Closing quotes and brackets do not matter.
func EndsSentence(line string) bool {
	line = strings.TrimRight(line, " \"'”’»)]")
	r, _ := utf8.DecodeLastRuneInString(line)
	switch r {
	case '.', '!', '?', '…', '。', '！', '？', '؟', '।', '۔', ':', ';', ',':
		return true
	}
	return false
}

// IndexColon returns the index of the first ASCII or full-width colon, or -1. Two searches for one string each are
// faster than strings.IndexAny with a character beyond ASCII.
func IndexColon(s string) int {
	colon, wide := strings.IndexByte(s, ':'), strings.Index(s, "：")
	if colon < 0 || wide >= 0 && wide < colon {
		return wide
	}
	return colon
}

// EndsWithColon reports whether s ends with an ASCII or full-width colon. White space after it is ignored.
func EndsWithColon(s string) bool {
	s = strings.TrimSpace(s)
	return strings.HasSuffix(s, ":") || strings.HasSuffix(s, "：")
}
