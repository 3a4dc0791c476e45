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

// EndsWithColon reports whether s ends with an ASCII or full-width colon. White space after it is ignored.
func EndsWithColon(s string) bool {
	s = strings.TrimSpace(s)
	return strings.HasSuffix(s, ":") || strings.HasSuffix(s, "：")
}
