package text

import (
	"strings"
)

// TitleSeparators are the strings that separate a headline from the name of the site or section in <title>.
var TitleSeparators = []string{
	" | ", " – ", " — ", " - ", " · ", " :: ", " » ", " « ", " • ", " / ", "｜", " ‹ ",
	" › ", " >> ", ": ",
}

// SeparatorSigns are the characters in TitleSeparators, except the space.
const SeparatorSigns = "|–—-·:»«•/｜‹›>"

// CutLast is like strings.Cut but cuts at the last occurrence of sep.
func CutLast(s, sep string) (before, after string, ok bool) {
	if !strings.Contains(s, sep) { // most texts have no separator, and LastIndex is several times slower than this
		return s, "", false
	}
	i := strings.LastIndex(s, sep)
	return s[:i], s[i+len(sep):], true
}
