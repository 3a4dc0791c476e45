package metadata

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/block"
)

// isNameAndSection reports whether a line is a name and the section in which the page appeared: "Ada Pell in
// Gardening".
func (r *lineReader) isNameAndSection(line string) bool {
	return allNames(line) && !strings.ContainsAny(line, ":\"“”„«»") && isFullName(cutPlace(line, r.meta.Names.language))
}

// isBetweenHeadlineAndText reports whether a line is the first name below the headline, directly above or below a line
// with a date.
func (r *lineReader) isBetweenHeadlineAndText(b int) bool {
	return r.byline.trust == 0 && r.line.isNear() && !r.line.above && !r.inText() && !r.ofThread &&
		(r.isDay(b-1) || r.isAboveDay(b))
}

// isDay reports whether a block is a date with few other words, or a time element.
func (p *View) isDay(b int) bool {
	if b < 0 {
		return false
	}
	bl := &p.Blocks[b]
	return bl.Words <= maxDayWords && (p.isDayLine(b) || p.Tree.Ancestor(bl.First, atom.Time) != block.None)
}

// maxDayWords is the maximum number of words of a date with a weekday or a short label.
const maxDayWords = 6

// isBelowHeadline reports whether a block below the headline may be a name: only the summary or a line with a date is
// between the two. A name begins with a capital, since in scripts without capitals it may as well be a subtitle, has at
// most four words, and is no link, as the labels of tabs are: "Article Comments".
func (r *lineReader) isBelowHeadline(b int) bool {
	bl := &r.Blocks[b]
	first, _ := utf8.DecodeRuneInString(bl.Text)
	if bl.LinkWords > 0 || bl.Words > 4 || !unicode.IsUpper(first) || b == 0 {
		return false
	}
	if b > 1 && (r.textAt == b-1 || !r.inText() && r.isDay(b-1)) {
		b--
	} else if r.inText() {
		return false
	}
	return r.Blocks[b-1].Kind == block.Headline
}

// isAboveDay reports whether one of the two blocks below a block is a line with a date.
func (p *View) isAboveDay(b int) bool {
	return b+1 < len(p.Blocks) && p.isDayLine(b+1) || b+2 < len(p.Blocks) && p.Blocks[b+1].Words <= 2 && p.isDayLine(b+2)
}

// isAboveProse reports whether a paragraph is directly below a block.
func (p *View) isAboveProse(b int) bool {
	return b+1 < len(p.Blocks) && p.Blocks[b+1].Words >= minOpening
}
