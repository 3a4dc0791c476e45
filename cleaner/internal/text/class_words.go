package text

import (
	"iter"
	"strings"
)

// MaxNameWords is the maximum number of words that are read from a class attribute.
const MaxNameWords = 40

// NameWords returns the words of a class, an id or a file name. It stops after the given number of words.
func NameWords(name string, most int) iter.Seq[string] {
	return func(yield func(string) bool) {
		for start, words := 0, 0; start < len(name) && words < most; {
			end := WordEnd(name, start)
			if end == start {
				start++
				continue
			}
			if !yield(name[start:end]) {
				return
			}
			start = end
			words++
		}
	}
}

// HasNameWord reports whether a class, an id or a file name contains one of the words, which are in lower case.
func HasNameWord(name string, words *Set) bool {
	for word := range NameWords(name, MaxNameWords) {
		if words.Has(strings.ToLower(word)) {
			return true
		}
	}
	return false
}

// WordEnd returns the end of the word that begins at start. A word consists of ASCII letters and digits, and ends
// before a capital letter that follows a lowercase letter. If no word begins at start, WordEnd returns start.
func WordEnd(s string, start int) int {
	i := start
	for i < len(s) {
		c := s[i]
		if !('a' <= c|0x20 && c|0x20 <= 'z' || '0' <= c && c <= '9') ||
			i > start && 'A' <= c && c <= 'Z' && s[i-1] >= 'a' {
			break
		}
		i++
	}
	return i
}
