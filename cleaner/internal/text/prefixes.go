package text

import (
	"sync"
	"unicode/utf8"
)

// A PrefixIndex lists phrases by their first character, to find the phrases with which a text may begin. It is built on
// first use and may be used from several goroutines.
type PrefixIndex struct {
	phrases []string
	once    sync.Once
	by      map[rune][]string
}

// IndexPrefixes returns an index of phrases.
func IndexPrefixes(phrases []string) *PrefixIndex { return &PrefixIndex{phrases: phrases} }

// StartingWith returns the phrases that begin with a character, in the order of the list.
func (x *PrefixIndex) StartingWith(first rune) []string {
	x.once.Do(x.build)
	return x.by[first]
}

func (x *PrefixIndex) build() {
	x.by = make(map[rune][]string)
	for _, phrase := range x.phrases {
		first, _ := utf8.DecodeRuneInString(phrase)
		x.by[first] = append(x.by[first], phrase)
	}
}
