package phrase

import (
	"bytes"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/dechaff/dechaff/cleaner/internal/text"
)

var kindNames = [...]string{
	ShareName: "share-name", ShareLabel: "share-label", CommentHeading: "comment-heading",
	CommentForm: "comment-form", SpamNotice: "spam-notice", Related: "related", Newsletter: "newsletter",
	Consent: "consent", Ad: "advertisement", Player: "player-fallback", Navigation: "navigation",
	Paywall: "paywall", Tool: "tool", Offer: "offer",
}

// String returns the kind's name in kebab-case.
func (p Kind) String() string { return kindNames[p] }

// A lineIndex finds the lines of lists.
type lineIndex struct {
	kinds  map[string]Kind // by the folded line
	starts startSet
}

// indexedLines is built on first use.
var indexedLines = sync.OnceValue(func() *lineIndex {
	x := &lineIndex{kinds: make(map[string]Kind, 4096)}
	for kind := ShareName; kind <= Offer; kind++ { // in order: a line in two lists is of the first kind
		for _, line := range lists[kind] {
			folded := text.FoldLine(line)
			if x.kinds[folded] != None {
				continue
			}
			x.kinds[folded] = kind
			x.starts.add(folded)
		}
	}
	return x
})

// MaxBytes is the longest line in bytes that is looked up.
const MaxBytes = 400

// Match returns the kind of chaff that a whole short line is, by its words alone: "Leave a comment" is a CommentHeading.
// It returns None for other lines.
func Match(line string) Kind {
	if len(line) > MaxBytes {
		return None
	}
	x := indexedLines()
	var buf [MaxBytes + 16]byte
	if !x.starts.mayHave(line, buf[:0]) {
		return None
	}
	return x.kinds[string(text.AppendFolded(buf[:0], line))]
}

// startBytes is how many bytes at the start of a folded line decide, for most lines, that it is no phrase. foldedStart is how
// many bytes of a line are folded to get them.
const (
	startBytes  = 4
	foldedStart = 16
)

// A startSet holds hashes of the first bytes of phrases, and the phrases that are shorter.
type startSet struct {
	hashes [1 << 14 / 64]uint64
	short  []string
}

func (s *startSet) add(phrase string) {
	if len(phrase) < startBytes {
		s.short = append(s.short, phrase)
		return
	}
	h := startHash(phrase)
	s.hashes[h/64] |= 1 << (h % 64)
}

func startHash[text string | []byte](s text) uint32 {
	return (uint32(s[0]) | uint32(s[1])<<8 | uint32(s[2])<<16 | uint32(s[3])<<24) * 0x9E3779B1 >> 18
}

// mayHave reports whether a line may be a phrase, by its start. buf is scratch space.
func (s *startSet) mayHave(line string, buf []byte) bool {
	end := min(len(line), foldedStart)
	for end < len(line) && end > 0 && !utf8.RuneStart(line[end]) {
		end--
	}
	start := bytes.TrimLeftFunc(text.FoldRunes(buf, line[:end]), text.IsEdge)
	if len(start) < startBytes {
		return true // too short to decide
	}
	h := startHash(start)
	return s.hashes[h/64]>>(h%64)&1 != 0 || slices.ContainsFunc(s.short, func(p string) bool {
		next, _ := utf8.DecodeRune(start[min(len(p), len(start)):])
		return len(start) > len(p) && string(start[:len(p)]) == p && text.IsEdge(next) // the edge may reach to the end
	})
}

// SameHeadline reports whether two lines are one headline: equal in letters and digits, or equal after one of them loses
// a site's name behind or before a separator.
func SameHeadline(a, b string) bool { return NewHeadline(b).Is(a) }

// A Headline is one to compare many lines with.
type Headline struct {
	line, Folded string
	separated    bool // may hold more than the headline
}

// NewHeadline folds a headline once, to compare many lines with it.
func NewHeadline(line string) Headline {
	return Headline{line, text.FoldLetters(line), strings.ContainsAny(line, text.SeparatorSigns)}
}

// Is reports whether a line says the headline.
func (h Headline) Is(a string) bool {
	b, fb := h.line, h.Folded
	if fb == "" {
		return false
	}
	if !h.separated && !strings.ContainsAny(a, text.SeparatorSigns) {
		return text.EqualFolded(a, fb) // the frequent case, without a copy
	}
	if !text.StartsFolded(a, fb) && !text.EndsFolded(a, fb) { // which a headline does, with a site's name or without
		return false
	}
	fa := text.FoldLetters(a)
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
	for _, sep := range text.TitleSeparators {
		if sep == ": " || sep == " / " {
			continue
		}
		if head, _, ok := text.CutLast(long, sep); ok && text.FoldLetters(head) == headline {
			return true
		}
		if _, tail, ok := strings.Cut(long, sep); ok && text.FoldLetters(tail) == headline {
			return true
		}
	}
	return false
}
