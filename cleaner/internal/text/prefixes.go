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
	ascii   [utf8.RuneSelf][]string // those that begin with an ASCII character, which most texts do
	others  map[rune][]string
}

// IndexPrefixes returns an index of phrases.
func IndexPrefixes(phrases []string) *PrefixIndex { return &PrefixIndex{phrases: phrases} }

// StartingWith returns the phrases that begin with a character, in the order of the list.
func (x *PrefixIndex) StartingWith(first rune) []string {
	x.once.Do(x.build)
	if 0 <= first && first < utf8.RuneSelf {
		return x.ascii[first]
	}
	return x.others[first]
}

func (x *PrefixIndex) build() {
	x.others = make(map[rune][]string)
	for _, phrase := range x.phrases {
		if first, _ := utf8.DecodeRuneInString(phrase); first < utf8.RuneSelf {
			x.ascii[first] = append(x.ascii[first], phrase)
		} else {
			x.others[first] = append(x.others[first], phrase)
		}
	}
}
