package plaintext

import (
	"github.com/dechaff/dechaff/cleaner/internal/phrase"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// isChrome reports whether line i is one that many sites have around their text, such as "Log in". A single name of a
// network and a single word of a form do not count, because they may be part of a list or of code.
func (t *page) isChrome(i int) bool {
	l := &t.lines[i]
	switch {
	case l.text == "" || l.fixed:
		return false
	case t.chaff[i] != "":
		return l.phrase != phrase.None
	case l.phrase == phrase.Related:
		return true
	case l.phrase == phrase.CommentForm:
		return text.CountWords(l.text) >= 2
	case phrase.CountShareNames(l.text, l.phrase) > 0:
		return false
	}
	return t.isListed(i)
}

// countChrome returns the number of different lines[start:end] for which isChrome is true, and the index of the first,
// or if there is none of the first name of a section. It stops counting at minChrome. It returns 0 if they are all
// single words, which may be a list of commands. Several names of sections count as minChrome lines.
func (t *page) countChrome(start, end int) (count, first int) {
	seen, sections := make(map[string]bool), make(map[string]bool)
	phrases := false
	for i := start; i < end && (len(seen) < minChrome || !phrases); i++ {
		l := &t.lines[i]
		switch {
		case t.isChrome(i):
			if len(seen) == 0 {
				first = i
			}
			if len(seen) < minChrome {
				seen[l.text] = true
			}
			phrases = phrases || text.CountWords(l.text) > 1
		case len(sections) < minSections && t.stands(i) && !l.fixed && phrase.IsSection(l.text):
			if len(seen) == 0 && len(sections) == 0 {
				first = i
			}
			sections[l.text] = true
		}
	}
	switch {
	case len(sections) == minSections:
		return minChrome, first
	case !phrases:
		return 0, 0
	}
	return len(seen), first
}

// minChrome is the number of different such lines that show that lines before or after the body are not part of the
// text. minSections is the number of different names of sections that show that.
const minChrome, minSections = 3, 5

// markFooter removes everything below the body from the first line that many sites have around their text, if there are
// several. The lines above it may belong to the text, and so may lists of the things that the body is about.
func markFooter(t *page, name string) {
	start, end, ok := t.body()
	if !ok {
		return
	}
	count, first := t.countChrome(end, len(t.lines))
	if count < minChrome {
		return
	}
	if _, behind, ok := t.findLists(first, len(t.lines), t.topicOf(start, end)); ok {
		first = behind
	}
	for i := first; i < len(t.lines); i++ {
		if t.stands(i) && !t.lines[i].fixed {
			t.take(i, name)
		}
	}
}

// markMenu removes the lines above the headline, if several of them are lines that many sites have there. Lines with
// the words of the body stay, because they may be the headline, a summary, or a list of ingredients.
func markMenu(t *page, name string) {
	start, bodyEnd, ok := t.body()
	if !ok {
		return
	}
	count, _ := t.countChrome(0, start)
	if count < minLong {
		return
	}
	topic := t.topicOf(start, bodyEnd)
	end := t.endOfLongMenu(start, topic)
	if count >= minChrome {
		end = max(end, t.endOfMenu(start, topic))
	}
	if list, _, ok := t.findLists(0, end, topic); ok {
		end = list
	}
	for i := range end {
		if t.stands(i) && !t.lines[i].fixed && !topic.has(&t.lines[i]) {
			t.take(i, name)
		}
	}
}

// endOfMenu returns the index behind the last link of a menu that has the headline below it.
func (t *page) endOfMenu(start int, about *topic) int {
	headline := false
	for i := start - 1; i >= 0; i-- {
		if !t.stands(i) {
			continue
		}
		if l := &t.lines[i]; headline && (l.phrase == phrase.Navigation || phrase.IsFooter(l.text) ||
			phrase.IsBreadcrumb(l.text) || phrase.IsSection(l.text)) {
			return i + 1
		}
		headline = headline || about.has(&t.lines[i])
	}
	return 0
}

// A long menu has at least minMenu lines, most of which have at most maxItem words, and at least minLong different
// lines that many sites have.
const minMenu, maxItem, minLong = 20, 3, 2

// The headline is at most maxHeader lines above the body. At most maxAbove lines above it may belong to it.
const maxHeader, maxAbove = 12, 3

// endOfLongMenu returns the index behind a menu of many short lines, which ends above the headline.
func (t *page) endOfLongMenu(start int, about *topic) int {
	end := 0
	for i, seen := start-1, 0; i >= 0 && seen < maxHeader; i-- {
		if !t.stands(i) {
			continue
		}
		seen++
		if about.has(&t.lines[i]) {
			end = i
		}
	}
	for i, above := end-1, 0; i >= 0 && above < maxAbove; i-- {
		if !t.stands(i) {
			continue
		}
		if text.CountWords(t.lines[i].text) <= maxItem || t.isChrome(i) {
			break
		}
		above++
		end = i
	}
	lines, short := 0, 0
	for i := range end {
		if l := &t.lines[i]; l.text != "" && !l.fixed && (t.chaff[i] != "" || !about.has(l)) {
			lines++
			if text.CountWords(l.text) <= maxItem {
				short++
			}
		}
	}
	if count, _ := t.countChrome(0, end); lines < minMenu || 2*short < lines || count < minLong {
		return 0
	}
	return end
}
