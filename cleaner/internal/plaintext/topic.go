package plaintext

import (
	"iter"
	"strings"
	"unicode/utf8"

	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// A topic is what a text is about: the words of its body and of its first line. A headline has words of the body, and a
// menu has not.
type topic struct {
	words map[string]bool
	title string // the first line, folded: it is often the title of the page with the name of the site
}

// topicOf returns the topic of a text with the body lines[start:end].
func (t *page) topicOf(start, end int) *topic {
	about := &topic{words: map[string]bool{}}
	for i := start; i < end; i++ {
		if t.stands(i) {
			for w := range stems(t.lines[i].text) {
				about.words[w] = true
			}
		}
	}
	for i := range t.lines {
		if t.lines[i].text != "" {
			about.title = text.FoldLetters(t.lines[i].text)
			break
		}
	}
	return about
}

// share returns the number of words of some lines and how many of them are words of the body.
func (about *topic) share(lines []line) (known, all int) {
	for i := range lines {
		for w := range stems(lines[i].text) {
			all++
			if about.words[w] {
				known++
			}
		}
	}
	return known, all
}

// minTitle is the minimum number of words of a headline. Shorter lines are often repeated.
const minTitle = 3

func (about *topic) isTitle(line string) bool {
	if len(line) > 2*len(about.title) || text.CountWords(line) < minTitle {
		return false
	}
	folded := text.FoldLetters(line)
	return strings.HasPrefix(about.title+" ", folded+" ") || strings.HasSuffix(" "+about.title, " "+folded)
}

// stemLetters is the number of letters of a word that are compared: many languages change the ends of words. Shorter
// words are mostly not compared at all, because every text has them.
const minStem, stemLetters = 4, 5

// stems yields the beginnings of the longer words of a line, and pairs of characters in scripts without spaces.
func stems(line string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for w := range strings.FieldsSeq(text.FoldLetters(line)) {
			size := stemLetters
			if text.UnspacedLength(w) > 0 {
				size = 2
			} else if utf8.RuneCountInString(w) < minStem {
				continue
			}
			for start := 0; start < len(w); {
				end := start
				for range size {
					_, n := utf8.DecodeRuneInString(w[end:])
					end += n
				}
				if !yield(w[start:end]) {
					return
				}
				if _, n := utf8.DecodeRuneInString(w[start:]); size == 2 && end < len(w) {
					start += n
				} else {
					break
				}
			}
		}
	}
}
