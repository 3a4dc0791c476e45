package phrase

import (
	"strings"

	"github.com/dechaff/dechaff/cleaner/internal/text"
)

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
