package plaintext

import (
	"strings"

	"github.com/dechaff/dechaff/cleaner/internal/phrase"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// headlineWindow is the number of lines with text below the headline that are searched for a repetition of it.
const headlineWindow = 4

func markHeadline(t *page, name string) {
	first := -1
	for i, seen := 0, 0; i < len(t.lines) && seen <= headlineWindow; i++ {
		if !t.stands(i) || t.lines[i].fixed {
			if t.lines[i].fixed && t.chaff[i] == "" {
				return
			}
			continue
		}
		switch {
		case first < 0:
			if !t.isHeadline(i) {
				return
			}
			first = i
		case text.FoldLetters(t.lines[first].text) == text.FoldLetters(t.lines[i].text) &&
			text.CountWords(t.lines[i].text) >= 3:
			t.take(i, name)
			continue // a removed line does not count toward the window
		}
		seen++
	}
}

// isHeadline reports whether line i can be a headline: it must be short, must not end in a period, a comma or a
// semicolon, and must not be a line of a longer paragraph or a poem.
func (t *page) isHeadline(i int) bool {
	text := t.lines[i].text
	if len(text) > 300 || strings.HasSuffix(text, ".") || strings.HasSuffix(text, ",") ||
		strings.HasSuffix(text, "。") || strings.HasSuffix(text, ";") {
		return false
	}
	if i+1 == len(t.lines) || t.lines[i+1].text == "" || t.chaff[i+1] != "" {
		return true
	}
	return !t.hasParagraphs() // otherwise a blank line would follow
}

// hasParagraphs reports whether blank lines separate the paragraphs of the text. Those at its ends do not count.
func (t *page) hasParagraphs() bool {
	begun, blank := false, false
	for _, l := range t.lines {
		switch {
		case l.text == "":
			blank = begun
		case blank:
			return true
		default:
			begun = true
		}
	}
	return false
}

func markResidue(t *page, name string) {
	for i := range t.lines {
		if !t.lines[i].fixed && (phrase.IsResidue(t.lines[i].text) || phrase.IsShortcode(t.lines[i].text)) {
			t.take(i, name)
		}
	}
}

// markShareRow removes rows of share names and share buttons, including labels such as "Share" and "Print this page"
// next to them. A single name is not a row.
func markShareRow(t *page, name string) {
	for i := 0; i < len(t.lines); {
		if !t.isShare(i) {
			i++
			continue
		}
		end, names, buttons, lines := i, 0, 0, 0
		for j := i; j < len(t.lines) && (t.isShare(j) || !t.stands(j)); j++ {
			if !t.isShare(j) {
				continue
			}
			end = j + 1
			lines++
			if n := phrase.CountShareNames(t.lines[j].text, t.lines[j].phrase); n > 0 {
				names += n
			} else if phrase.IsShareButton(t.lines[j].text) ||
				t.lines[j].phrase == phrase.Tool && text.CountWords(t.lines[j].text) >= 2 {
				buttons++
			}
		}
		if names+buttons >= 2 || buttons > 0 && lines >= 2 {
			for j := i; j < end; j++ {
				if t.isShare(j) {
					t.take(j, name)
				}
			}
		}
		i = end
	}
}

// isShare reports whether line i can be part of a row of share buttons. An item of a numbered list cannot.
func (t *page) isShare(i int) bool {
	l := &t.lines[i]
	if !t.stands(i) || l.fixed || l.numbered {
		return false
	}
	return l.phrase == phrase.ShareLabel || l.phrase == phrase.Tool ||
		phrase.CountShareNames(l.text, l.phrase) > 0 || phrase.IsShareButton(l.text)
}

// isStrong reports whether a line can only be chaff, wherever it is. A notice that could be a heading must have several
// words.
func isStrong(l *line) bool {
	switch l.phrase {
	case phrase.SpamNotice, phrase.Player:
		return true
	case phrase.Paywall:
		return true
	case phrase.Tool:
		return text.CountWords(l.text) >= 3
	case phrase.CommentForm, phrase.Consent, phrase.Newsletter:
		return text.CountWords(l.text) >= 4
	}
	return false
}

func markNotice(t *page, name string) {
	last := len(t.lines) - 1
	for last >= 0 && !t.stands(last) {
		last--
	}
	before := false // a line above line i stands
	for i := range t.lines {
		l := &t.lines[i]
		if !t.stands(i) {
			continue
		}
		// Between paragraphs, a label such as "Advertisement" marks an ad. At the ends of the text, it may be a heading
		// or a signature.
		if !l.fixed && (isStrong(l) || phrase.IsInvitation(l.text) || phrase.IsReadingTime(l.text) ||
			l.phrase == phrase.Ad && before && i < last) {
			t.take(i, name)
			continue
		}
		before = true
	}
}

// markMarkup removes lines of code of the page. A text with words such as "HTML" or "code" may explain these lines, so
// it keeps them.
func markMarkup(t *page, name string) {
	var found []int
	for i := range t.lines {
		if l := &t.lines[i]; t.stands(i) && !l.fixed && phrase.IsMarkup(l.text) {
			found = append(found, i)
		}
	}
	if len(found) == 0 {
		return
	}
	next := 0
	for i := range t.lines {
		if next < len(found) && found[next] == i {
			next++
		} else if l := &t.lines[i]; t.stands(i) && (l.fixed || phrase.IsAboutCode(l.text)) {
			return
		}
	}
	for _, i := range found {
		t.take(i, name)
	}
}

// markRelated removes lines such as "Read also: The lighthouse is lit again". A line that ends like a sentence stays,
// because it may be prose; but titles, too, end with a question mark.
func markRelated(t *page, name string) {
	for i := range t.lines {
		l := &t.lines[i]
		if !t.stands(i) || l.fixed || len(l.text) > 250 {
			continue
		}
		colon := text.IndexColon(l.text)
		if colon <= 0 || phrase.Match(l.text[:colon]) != phrase.Related ||
			text.EndsSentence(l.text) && !text.EndsWithQuestion(l.text) {
			continue
		}
		if rest := strings.TrimLeft(l.text[colon:], ":： "); rest != "" {
			t.take(i, name)
		}
	}
}

// maxTailList is the maximum number of titles below a "related" label.
const maxTailList = 12

// markTail works upward from the end of the text. It removes a run of lines that are all listed in package phrase,
// except as "related" labels, if one of these lines can only be chaff or was removed by another rule. It also removes a
// "related" label together with the titles below it.
func markTail(t *page, name string) {
	end := len(t.lines)
	for {
		start := t.tailOfPhrases(end)
		if start == end {
			if start = t.tailOfRelated(end); start == end {
				return
			}
		}
		for i := start; i < end; i++ {
			if t.stands(i) {
				t.take(i, name)
			}
		}
		end = start
	}
}

// tailOfPhrases returns the start of the run of listed lines (see markTail) that ends just before the index end. It
// returns end itself if there is nothing to remove.
func (t *page) tailOfPhrases(end int) int {
	start, certain := end, false
	for i := end - 1; i >= 0; i-- {
		l := &t.lines[i]
		if t.chaff[i] != "" {
			certain = true
			continue
		}
		if l.text == "" {
			continue
		}
		if l.fixed || l.phrase == phrase.None || l.phrase == phrase.Related {
			break
		}
		certain = certain || isStrong(l) || l.phrase == phrase.CommentHeading && text.CountWords(l.text) >= 2 ||
			l.phrase == phrase.ShareLabel && text.CountWords(l.text) >= 3
		start = i
	}
	if !certain || !t.anyStandsBefore(start) {
		return end
	}
	return start
}

// tailOfRelated returns the index of a "related" label with only titles between it and the index end. It returns end
// itself if there is none.
func (t *page) tailOfRelated(end int) int {
	titles := 0
	for i := end - 1; i >= 0 && titles <= maxTailList; i-- {
		l := &t.lines[i]
		if !t.stands(i) {
			continue
		}
		if l.fixed {
			break
		}
		if l.phrase == phrase.Related && text.CountWords(l.text) >= 2 && t.anyStandsBefore(i) {
			return i
		}
		if text.EndsSentence(l.text) || len(l.text) > 200 {
			break
		}
		titles++
	}
	return end
}

// anyStandsBefore reports whether any text is left above line i. This ensures that a text is never removed completely.
func (t *page) anyStandsBefore(i int) bool {
	for j := i - 1; j >= 0; j-- {
		if t.stands(j) {
			return true
		}
	}
	return false
}
