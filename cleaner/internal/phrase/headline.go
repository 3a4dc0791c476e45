package phrase

import (
	"strings"

	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// SameHeadline reports whether two lines are the same headline: they have equal letters and digits, or become equal
// when the name of a site and the separator next to it are removed from one of them.
func SameHeadline(a, b string) bool { return NewHeadline(b).Is(a) }

// A Headline is a headline prepared for comparison with many lines.
type Headline struct {
	// Folded is the headline as text.FoldLetters returns it.
	line, Folded string
	separated    bool // it has a separator, so it may contain the name of a site
}

// NewHeadline folds a headline once, to compare many lines with it.
func NewHeadline(line string) Headline {
	return Headline{line, text.FoldLetters(line), strings.ContainsAny(line, text.SeparatorSigns)}
}

// Is reports whether a line is the headline, with or without the name of a site.
func (h Headline) Is(a string) bool {
	b, fb := h.line, h.Folded
	if fb == "" {
		return false
	}
	if !text.StartsFolded(a, fb) && !text.EndsFolded(a, fb) {
		// a line with the headline begins or ends with the headline, whatever the name of the site is
		return false
	}
	if !h.separated && !strings.ContainsAny(a, text.SeparatorSigns) {
		return text.EqualFolded(a, fb) // without a copy
	}
	fa := text.FoldLetters(a)
	if fa == "" {
		return false
	}
	if fa == fb {
		return true
	}
	// The line with the name of the site is longer.
	return len(fa) > len(fb) && isHeadlineWithSite(a, fb) || len(fb) > len(fa) && isHeadlineWithSite(b, fa)
}

// isHeadlineWithSite reports whether a line is the given headline together with the name of a site. The headline is
// folded; the line is not.
func isHeadlineWithSite(long, headline string) bool {
	if strings.Count(headline, " ") < 2 && len(headline) < 24 {
		return false // the headline is so short that it may be the name of the site
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
