package phrase

import (
	"strings"
	"sync"

	"github.com/dechaff/dechaff/cleaner/internal/dates"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// PlainPublished and PlainModified index the words for publishing and changing, without accents, because capitals lose
// their accents in Greek, Spanish and French.
var (
	PlainPublished = sync.OnceValue(func() *LabelIndex { return indexPlain(publishedWords) })
	PlainModified  = sync.OnceValue(func() *LabelIndex { return indexPlain(modifiedWords) })
)

// PlainWritten, PlainOther, PlainPublishedBehind and PlainModifiedBehind index other lists in the same way; see
// date_words.go.
var (
	PlainWritten         = sync.OnceValue(func() *LabelIndex { return indexPlain(writtenWords) })
	PlainOther           = sync.OnceValue(func() *LabelIndex { return indexPlain(otherDateWords) })
	PlainPublishedBehind = sync.OnceValue(func() *LabelIndex { return indexPlain(publishedBehind) })
	PlainModifiedBehind  = sync.OnceValue(func() *LabelIndex { return indexPlain(modifiedBehind) })
)

// indexPlain indexes words without their accents and final colons.
func indexPlain(words []string) *LabelIndex {
	index := &LabelIndex{}
	for _, w := range words {
		if w = strings.TrimRight(dates.WithoutAccents(w), ":："); w != "" {
			index.By[w[0]] = append(index.By[w[0]], w)
		}
	}
	return index
}

// A LabelIndex lists phrases by their first byte.
type LabelIndex struct{ By [256][]string }

// LastIn returns the end of the last phrase that s contains as whole words, or -1 if there is none.
func (p *LabelIndex) LastIn(s string) int {
	last := -1
	for i := range len(s) {
		if i > 0 && text.IsASCIILetter(s[i-1]) && text.IsASCIILetter(s[i]) {
			continue
		}
		for _, w := range p.By[s[i]] {
			end := i + len(w)
			if end <= last || end > len(s) || s[i:end] != w ||
				end < len(s) && text.IsASCIILetter(s[end]) && text.IsASCIILetter(s[end-1]) {
				continue
			}
			last = end
		}
	}
	return last
}

// FirstIn returns the start of the first phrase that s contains as whole words, or -1 if there is none.
func (p *LabelIndex) FirstIn(s string) int {
	for i := range len(s) {
		if i > 0 && text.IsASCIILetter(s[i-1]) && text.IsASCIILetter(s[i]) {
			continue
		}
		for _, w := range p.By[s[i]] {
			if end := i + len(w); end <= len(s) && s[i:end] == w && (end == len(s) || !text.IsASCIILetter(s[end])) {
				return i
			}
		}
	}
	return -1
}
