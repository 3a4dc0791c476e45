package plaintext

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/dechaff/dechaff/cleaner/internal/phrase"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

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
	case phrase.Newsletter:
		return text.CountWords(l.text) >= 3
	case phrase.CommentForm, phrase.Consent:
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
			phrase.IsFeedNotice(l.text) || phrase.IsAffiliateNotice(l.text) || isWaiting(l.text) ||
			l.phrase == phrase.Ad && before && i < last) {
			t.take(i, name)
			continue
		}
		before = true
	}
}

// isWaiting reports whether a line only says that the page is loading: it must have an ellipsis, because the words may
// also begin a sentence.
func isWaiting(line string) bool {
	return (strings.HasSuffix(line, "...") || strings.HasSuffix(line, "…")) && text.CountWords(line) <= 3 &&
		phrase.IsWaiting(line)
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
		if t.stands(i) && !l.fixed && len(l.text) <= 250 && !isProse(l.text) && hasRelatedLabel(l.text) {
			t.take(i, name)
		}
	}
}

// relatedSeparators are between a label and the title of another article.
var relatedSeparators = [...]string{":", "：", "|", "｜", ">", "»", "]", "】", "- ", "– ", "— ", ".. ", "… "}

// hasRelatedLabel reports whether a line is a label such as "Read also" and a title.
func hasRelatedLabel(line string) bool {
	for _, sep := range relatedSeparators {
		label, title, ok := strings.Cut(line, sep)
		if ok && label != "" && strings.Trim(title, ":：|｜>»]】-–— ") != "" &&
			(phrase.Match(label) == phrase.Related || phrase.IsRelatedLabel(label)) {
			return true
		}
	}
	return false
}

// isProse reports whether a line ends like a sentence or a clause. The title of an article may end in a question mark,
// an exclamation mark or an ellipsis, too.
func isProse(line string) bool {
	if !text.EndsSentence(line) || strings.HasSuffix(line, "...") {
		return false
	}
	last, size := utf8.DecodeLastRuneInString(line)
	switch last {
	case '?', '!', '…', '？', '！', '؟':
		return false
	case ';':
		before, _ := utf8.DecodeLastRuneInString(line[:len(line)-size])
		return !unicode.Is(unicode.Greek, before) // it is the Greek question mark
	}
	return true
}
