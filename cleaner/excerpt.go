package cleaner

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// Bounds of an excerpt from the content.
const (
	minExcerptWords = 8   // the minimum number of words in the paragraph from which the excerpt is taken
	enoughExcerpt   = 120 // the number of characters after which the excerpt ends with the current sentence
	maxExcerpt      = 300 // the maximum number of characters
)

// findExcerpt takes the excerpt from the content's first long enough paragraph if the page's metadata has no summary.
// It skips paragraphs directly in a quote or a caption, and paragraphs that end with a colon.
func (a *Article) findExcerpt() {
	if a.Excerpt != "" || a.content == nil {
		return
	}
	for n := range a.content.Descendants() {
		if n.DataAtom != atom.P || n.Parent.DataAtom == atom.Blockquote || n.Parent.DataAtom == atom.Figcaption {
			continue
		}
		line := lineOf(n)
		if text.CountWords(line) < minExcerptWords || text.EndsWithColon(line) {
			continue
		}
		a.Excerpt, a.Provenance["excerpt"] = firstSentences(line), "content"
		return
	}
}

// firstSentences returns the beginning of a line, up to the first end of a sentence at or after enoughExcerpt
// characters. If no sentence ends there within maxExcerpt characters, it returns a line of at most maxExcerpt
// characters whole. It cuts a longer line after the last sentence that ends within maxExcerpt characters. If there is
// none, it cuts the line after a word, if possible, and adds an ellipsis.
func firstSentences(line string) string {
	end, letters, space := 0, 0, 0
	for i, r := range line {
		if letters++; letters > maxExcerpt {
			break
		}
		rest := line[i+utf8.RuneLen(r):]
		next, _ := utf8.DecodeRuneInString(rest)
		switch {
		case unicode.IsSpace(r):
			space = i
		case strings.ContainsRune("。！？", r), strings.ContainsRune(".!?…।؟", r) && (rest == "" || unicode.IsSpace(next)):
			if end = len(line) - len(rest); letters >= enoughExcerpt {
				return line[:end]
			}
		}
	}
	switch {
	case letters <= maxExcerpt:
		return line
	case end > 0:
		return line[:end]
	case space > 0:
		return line[:space] + "…"
	}
	return string([]rune(line)[:maxExcerpt]) + "…"
}
