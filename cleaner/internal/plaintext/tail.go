package plaintext

import (
	"strings"

	"github.com/dechaff/dechaff/cleaner/internal/phrase"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// maxTailList is the maximum number of titles below a "related" label.
const maxTailList = 12

// markTail works upward from the end of the text. It removes a run of listed lines, except "related" labels, if one of
// these lines can only be chaff or was removed by another rule. It also removes a "related" label together with the
// titles below it.
func markTail(t *page, name string) {
	t.takeLinks(name)
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

// minLinks is the number of lines of links that show that a text comes from Lynx.
const minLinks = 3

// takeLinks removes the list of addresses that the text browser Lynx appends: "References", often "Visible links" and
// "Hidden links", and numbered addresses. Other texts have such a list, too, but neither these labels nor lines such as
// "[3]Home".
func (t *page) takeLinks(name string) {
	first, addresses, others, labels := -1, 0, 0, 0
	for i := len(t.lines) - 1; i >= 0 && first < 0; i-- {
		l := &t.lines[i]
		if !t.stands(i) {
			continue
		}
		switch address, _, _ := strings.Cut(l.text, " "); {
		case l.numbered && strings.Contains(address, ":"), l.numbered && address == "":
			addresses++
		case l.text == "Visible links:", l.text == "Hidden links:":
			labels++
		case l.text == "References":
			first = i
		default:
			if others++; others > addresses+minLinks {
				return
			}
		}
	}
	if first < 0 || addresses == 0 || minOthers*others > addresses || labels == 0 && t.countLinked(first) < minLinks ||
		!t.anyStandsBefore(first) {
		return
	}
	for i := first; i < len(t.lines); i++ {
		if t.stands(i) {
			t.take(i, name)
		}
	}
}

// One of at least minOthers lines of the list may be another one, such as the rest of an address with a line break.
const minOthers = 10

// countLinked returns the number of lines above line end that are links, but at most minLinks.
func (t *page) countLinked(end int) int {
	count := 0
	for i := 0; i < end && count < minLinks; i++ {
		if t.lines[i].linked && !t.lines[i].marked {
			count++
		}
	}
	return count
}

// isListed reports whether line i is a line that pages have around the text. Most of these lines can also be headings,
// so that they count only in a run of such lines, with one that is certain.
func (t *page) isListed(i int) bool {
	l := &t.lines[i]
	switch {
	case l.fixed || l.phrase == phrase.Related:
		return false
	case l.phrase != phrase.None:
		return true
	}
	return phrase.IsFooter(l.text) || phrase.IsShareButton(l.text) || phrase.CountShareNames(l.text, l.phrase) > 0 ||
		isOutside(l.text)
}

// isCertain reports whether a listed line at the start or the end of the text can only be chaff.
func (t *page) isCertain(i int) bool {
	l := &t.lines[i]
	switch l.phrase {
	case phrase.CommentHeading:
		return text.CountWords(l.text) >= 2
	case phrase.ShareLabel, phrase.Navigation:
		return text.CountWords(l.text) >= 3
	}
	return isStrong(l) || isOutside(l.text)
}

// isOutside reports whether a line at the start or the end of the text can only be chaff, while it could be part of the
// text elsewhere.
func isOutside(line string) bool {
	return phrase.IsWaiting(line) && text.CountWords(line) <= 3 || phrase.IsTags(line) || phrase.IsCopyright(line) ||
		phrase.IsConsent(line) || phrase.IsErrorNotice(line) || phrase.IsBreadcrumb(line) || phrase.IsEndMark(line) ||
		phrase.IsPlatformNotice(line)
}

// tailOfPhrases returns the start of the run of listed lines (see markTail) that ends just before the index end. It
// returns end itself if there is nothing to remove.
func (t *page) tailOfPhrases(end int) int {
	start, certain := end, false
	for i := end - 1; i >= 0; i-- {
		if t.chaff[i] != "" {
			certain = true
			continue
		}
		if t.lines[i].text == "" {
			continue
		}
		if !t.isListed(i) {
			break
		}
		certain = certain || t.isCertain(i)
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
		if isProse(l.text) || len(l.text) > 200 {
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
