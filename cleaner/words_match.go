package cleaner

import (
	"bytes"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

var phraseNames = map[phrase]string{
	phraseShareName: "share-name", phraseShareLabel: "share-label", phraseCommentHeading: "comment-heading",
	phraseCommentForm: "comment-form", phraseSpamNotice: "spam-notice", phraseRelated: "related", phraseNewsletter: "newsletter",
	phraseConsent: "consent", phraseAd: "advertisement", phrasePlayer: "player-fallback", phraseNavigation: "navigation",
	phrasePaywall: "paywall", phraseTool: "tool", phraseOffer: "offer",
}

// String returns the kind's name in kebab-case.
func (p phrase) String() string { return phraseNames[p] }

// phraseIndex is phrases turned around; nothing changes it.
var phraseIndex = func() map[string]phrase {
	index := make(map[string]phrase, 1500)
	for kind := phraseShareName; kind <= phraseOffer; kind++ { // in order: the first kind keeps a line that two name
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
	var buf [maxPhrase + 16]byte
	if !phraseStarts.have(line, buf[:0]) {
		return phraseNone
	}
	return phraseIndex[string(appendFolded(buf[:0], line))]
}

// phraseStart is how many bytes of a folded line tell that it is no phrase, in most cases; phraseHead how much of a line is folded for them.
const (
	phraseStart = 4
	phraseHead  = 16
)

// A startSet holds hashes of the first bytes of phrases, and those phrases that are shorter.
type startSet struct {
	hashes [1 << 14 / 64]uint64
	short  []string
}

var phraseStarts = func() *startSet {
	s := &startSet{}
	for line := range phraseIndex {
		if len(line) < phraseStart {
			s.short = append(s.short, line)
			continue
		}
		h := startHash(line)
		s.hashes[h/64] |= 1 << (h % 64)
	}
	return s
}()

func startHash[text string | []byte](s text) uint32 {
	return (uint32(s[0]) | uint32(s[1])<<8 | uint32(s[2])<<16 | uint32(s[3])<<24) * 0x9E3779B1 >> 18
}

// have reports whether a line may be a phrase, by its beginning. buf is scratch.
func (s *startSet) have(line string, buf []byte) bool {
	end := min(len(line), phraseHead)
	for end < len(line) && end > 0 && !utf8.RuneStart(line[end]) {
		end--
	}
	start := bytes.TrimLeftFunc(foldRunes(buf, line[:end]), isEdge)
	if len(start) < phraseStart {
		return true // nobody knows
	}
	h := startHash(start)
	return s.hashes[h/64]>>(h%64)&1 != 0 || slices.ContainsFunc(s.short, func(p string) bool {
		next, _ := utf8.DecodeRune(start[min(len(p), len(start)):])
		return len(start) > len(p) && string(start[:len(p)]) == p && isEdge(next) // the edge may reach to the end
	})
}

// foldLine reduces a line to what phrases are compared by: lower case, straight quotes, numbers as "#", and without the bullets,
// arrows, asterisks, colons and full stops at its ends.
func foldLine(line string) string { return string(appendFolded(make([]byte, 0, len(line)+8), line)) }

// appendFolded appends the folded line to an empty buffer.
func appendFolded(buf []byte, line string) []byte {
	return bytes.TrimFunc(foldRunes(buf, line), isEdge)
}

// foldRunes is appendFolded but for the ends.
func foldRunes(buf []byte, line string) []byte {
	space, digits := false, false
	for _, r := range line {
		switch {
		case 'a' <= r && r <= 'z':
			digits = false
		case 'A' <= r && r <= 'Z':
			r, digits = r|0x20, false
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
		if space && len(buf) > 0 {
			buf = append(buf, ' ')
		}
		space = false
		if r < utf8.RuneSelf {
			buf = append(buf, byte(r))
		} else {
			buf = utf8.AppendRune(buf, r)
		}
	}
	return buf
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
func sameHeadline(a, b string) bool { return newHeadline(b).is(a) }

// A headline is one to compare many lines with.
type headline struct {
	line, folded string
	separated    bool // may hold more than the headline
}

func newHeadline(line string) headline {
	return headline{line, foldLetters(line), strings.ContainsAny(line, separatorSigns)}
}

// separatorSigns are the signs in titleSeparators.
const separatorSigns = "|–—-·:»«•/｜‹›>"

// isFolded and isFoldedSpace say what foldLetters keeps, and what it takes for a space.
func isFolded(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r|0x20 && r|0x20 <= 'z' || '0' <= r && r <= '9'
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)
}

func isFoldedSpace(r rune) bool { return r != '\'' && r != '’' && r != '\u00AD' }

// equalFolded reports whether foldLetters(s) is folded.
func equalFolded(s, folded string) bool {
	space, begun := false, false
	for _, r := range s {
		if !isFolded(r) {
			space = space || isFoldedSpace(r)
			continue
		}
		if space && begun {
			if folded == "" || folded[0] != ' ' {
				return false
			}
			folded = folded[1:]
		}
		space, begun = false, true
		want, size := utf8.DecodeRuneInString(folded)
		if size == 0 || want != unicode.ToLower(r) {
			return false
		}
		folded = folded[size:]
	}
	return folded == "" && begun
}

// startsFolded reports whether foldLetters(s) and folded are the same as far as the shorter one goes.
func startsFolded(s, folded string) bool {
	space, begun := false, false
	for _, r := range s {
		if folded == "" {
			break
		}
		if !isFolded(r) {
			space = space || isFoldedSpace(r)
			continue
		}
		if space && begun {
			if folded[0] != ' ' {
				return false
			}
			folded = folded[1:]
		}
		space, begun = false, true
		want, size := utf8.DecodeRuneInString(folded)
		if want != unicode.ToLower(r) {
			return false
		}
		folded = folded[size:]
	}
	return true
}

// endsFolded is startsFolded from their ends.
func endsFolded(s, folded string) bool {
	space, begun := false, false
	for s != "" && folded != "" {
		r, size := utf8.DecodeLastRuneInString(s)
		s = s[:len(s)-size]
		if !isFolded(r) {
			space = space || isFoldedSpace(r)
			continue
		}
		if space && begun {
			if folded[len(folded)-1] != ' ' {
				return false
			}
			folded = folded[:len(folded)-1]
		}
		space, begun = false, true
		want, size := utf8.DecodeLastRuneInString(folded)
		if want != unicode.ToLower(r) {
			return false
		}
		folded = folded[:len(folded)-size]
	}
	return true
}

// is reports whether a line says the headline.
func (h headline) is(a string) bool {
	b, fb := h.line, h.folded
	if fb == "" {
		return false
	}
	if !h.separated && !strings.ContainsAny(a, separatorSigns) {
		return equalFolded(a, fb) // the frequent case, without a copy
	}
	if !startsFolded(a, fb) && !endsFolded(a, fb) { // which a headline does, with a site's name or without
		return false
	}
	fa := foldLetters(a)
	if fa == "" {
		return false
	}
	if fa == fb {
		return true
	}
	// With a site's name beside it, the one is longer than the other.
	return len(fa) > len(fb) && isHeadlineWithSite(a, fb) || len(fb) > len(fa) && isHeadlineWithSite(b, fa)
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
