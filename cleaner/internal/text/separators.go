package text

import (
	"strings"
)

// TitleSeparators stand between a headline and the site's name or section in <title>.
var TitleSeparators = []string{" | ", " – ", " — ", " - ", " · ", " :: ", " » ", " « ", " • ", " / ", "｜", " ‹ ", " › ", " >> ", ": "}

// SeparatorSigns are the signs in TitleSeparators.
const SeparatorSigns = "|–—-·:»«•/｜‹›>"

// CutLast cuts a line at the last of some separators.
func CutLast(s, sep string) (before, after string, ok bool) {
	if i := strings.LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, "", false
}
