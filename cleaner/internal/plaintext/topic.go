package plaintext

import (
	"iter"
	"strings"
	"unicode/utf8"

	"github.com/dechaff/dechaff/cleaner/internal/phrase"
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

// has reports whether at least two words of a line, and half of all, are words of the body, or whether the title begins
// or ends with the line. Of a sentence, which has more words that are about nothing, a third is enough.
func (about *topic) has(l *line) bool {
	if l.fixed || l.phrase != phrase.None {
		return false
	}
	known, all := about.share([]line{*l})
	share := 2
	if all >= minSentence && isProse(l.text) {
		share = 3
	}
	return known >= 2 && share*known >= all || about.isTitle(l.text)
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

// isNear reports whether half of the words of a line are words of the body. Most ingredients of a recipe are near its
// steps.
func (about *topic) isNear(l *line) bool {
	known, all := about.share([]line{*l})
	return known > 0 && 2*known >= all
}

// A list has listLines lines of at most maxEntry words, of which listNear are near the body.
const listLines, listNear, maxEntry = 8, 6, 6

// findLists returns the start of the first and the end of the last list of things that the body is about, within
// lines[start:end].
func (t *page) findLists(start, end int, about *topic) (first, behind int, ok bool) {
	var window [listLines]struct {
		line int
		near bool
	}
	near := 0
	for i, seen := start, 0; i < end; i++ {
		l := &t.lines[i]
		if l.text == "" {
			continue
		}
		w := &window[seen%listLines]
		if w.near {
			near--
		}
		w.line = i
		w.near = t.chaff[i] == "" && !l.linked && text.CountWords(l.text) <= maxEntry && about.isNear(l) && !t.isChrome(i)
		if w.near {
			near++
		}
		if seen++; near < listNear { // the window is empty at first, so it has enough lines
			continue
		}
		if behind = i + 1; !ok {
			first, ok = window[max(seen-listLines, 0)%listLines].line, true
		}
	}
	return first, behind, ok
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
