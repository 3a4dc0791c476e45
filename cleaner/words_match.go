package cleaner

import (
	"strings"
	"unicode"
)

var phraseNames = map[phrase]string{
	phraseShareName: "share-name", phraseShareLabel: "share-label", phraseCommentHeading: "comment-heading",
	phraseCommentForm: "comment-form", phraseSpamNotice: "spam-notice", phraseRelated: "related", phraseNewsletter: "newsletter",
	phraseConsent: "consent", phraseAd: "advertisement", phrasePlayer: "player-fallback", phraseNavigation: "navigation",
	phrasePaywall: "paywall", phraseTool: "tool",
}

// String returns the kind's name in kebab-case.
func (p phrase) String() string { return phraseNames[p] }

// phraseIndex is phrases turned around; nothing changes it.
var phraseIndex = func() map[string]phrase {
	index := make(map[string]phrase, 1500)
	for kind := phraseShareName; kind <= phraseTool; kind++ { // in order: the first kind keeps a line that two name
		for _, line := range phrases[kind] {
			if folded := foldLine(line); index[folded] == phraseNone {
				index[folded] = kind
			}
		}
	}
	return index
}()

// maxPhrase is the longest line in bytes that is looked up.
const maxPhrase = 400

// matchPhrase tells what kind of chaff a whole short line is, by its words alone.
func matchPhrase(line string) phrase {
	if len(line) > maxPhrase {
		return phraseNone
	}
	return phraseIndex[foldLine(line)]
}

// foldLine reduces a line to what phrases are compared by: lower case, straight quotes, numbers as "#", and without the bullets,
// arrows, asterisks, colons and full stops at its ends.
func foldLine(line string) string {
	var b strings.Builder
	b.Grow(len(line))
	space, digits := false, false
	for _, r := range line {
		switch {
		case unicode.IsSpace(r) || r == '*' || r == '※' || r == '\u200B' || r == '\uFEFF':
			space = true
			continue
		case unicode.IsDigit(r):
			if digits && !space {
				continue
			}
			r = '#'
			digits = true
		case r == '’' || r == '‘' || r == '`' || r == '´':
			r, digits = '\'', false
		case r == '.' && digits: // 1.234 comments
			continue
		default:
			r, digits = unicode.ToLower(r), false
		}
		if space && b.Len() > 0 {
			b.WriteByte(' ')
		}
		space = false
		b.WriteRune(r)
	}
	return strings.TrimFunc(b.String(), isEdge)
}

// isEdge lists the signs around a label that are no part of it.
func isEdge(r rune) bool {
	switch r {
	case ' ', '.', ':', '…', '!', '?', '-', '–', '—', '|', '·', '•', '*', '→', '←', '↑', '↓', '»', '«', '›', '‹', '>', '<', '▶', '►', '▸', '▼', '▲',
		'+', '(', ')', '[', ']', '【', '】', '：', '。', '！', '？', '؟', '،', '■', '□', '◆', '●', '★', '☆', '✕', '×', '~', '_', '=', '"', '“', '”', ',':
		return true
	}
	return false
}

// sameHeadline reports whether two lines are one headline: equal in letters and digits, or equal after one of them loses
// a site's name behind or before a separator.
func sameHeadline(a, b string) bool {
	fa, fb := foldLetters(a), foldLetters(b)
	if fa == "" || fb == "" {
		return false
	}
	if fa == fb {
		return true
	}
	return isHeadlineWithSite(a, fb) || isHeadlineWithSite(b, fa)
}

// isHeadlineWithSite reports whether long is the folded headline with a site's name beside it.
func isHeadlineWithSite(long, headline string) bool {
	if strings.Count(headline, " ") < 2 && len(headline) < 24 {
		return false // too short to be sure that it is not the site's name that is left
	}
	for _, sep := range titleSeparators {
		if sep == ": " || sep == " / " {
			continue
		}
		if head, _, ok := cutLast(long, sep); ok && foldLetters(head) == headline {
			return true
		}
		if _, tail, ok := strings.Cut(long, sep); ok && foldLetters(tail) == headline {
			return true
		}
	}
	return false
}
