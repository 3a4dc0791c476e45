package metadata

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/dates"
	"github.com/dechaff/dechaff/cleaner/internal/phrase"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// A loneDate is the first date on the page's lines of one kind. several reports whether other lines of that kind have
// other dates. If so, the lines are a list, and the date is not used.
type loneDate struct {
	visibleDate
	several bool
}

func (l *loneDate) add(d visibleDate) {
	if l.score > 0 && l.Day() != d.Day() {
		l.several = true
	}
	if l.score == 0 {
		l.visibleDate = d
	}
}

// findLoneDate searches the whole page for dates if there is no date near the headline. The only date on lines with a
// word such as "published" becomes the date of publication, and the only date on lines with a word such as "updated"
// becomes the date of the last change. If there are no such lines, the date of publication is the only date that is
// next to a byline, or that is just below the text and has a time of day. On a page with readers' answers, it is the
// first date with a time of day. Other dates on the page may be the dates of a review, a course or a news item.
func (r *lineReader) findLoneDate() {
	var named, bare, changed loneDate
	for b := range r.Blocks {
		if !r.mayDate(b, r.style) {
			continue
		}
		one := r.readAlone(b, r.style)
		if d := one.published; d.score > 0 {
			switch {
			case r.ofThread:
				if d.HasTime && !r.isBeside(b) {
					r.published = visibleDate{Span: d.Span, score: loneScore}
					return
				}
			case d.score >= 1000*trustNamed:
				named.add(d)
			case (one.byline.trust >= trustNamed || d.HasTime && b > r.LastText && b <= r.LastText+maxBelowText ||
				b >= r.LastText && isSignedDay(r.Blocks[b].Text, d.Span)) && !r.isBeside(b):
				bare.add(d)
			}
		}
		if one.modified.score > 0 {
			changed.add(one.modified)
		}
	}
	switch {
	case named.score > 0:
		bare = named
	case changed.score > 0:
		bare = loneDate{}
	}
	if bare.score > 0 && !bare.several {
		r.published = visibleDate{Span: bare.Span, score: loneScore}
	}
	if changed.score > 0 && !changed.several && r.modified.score == 0 {
		r.modified = changed.visibleDate
	}
}

// isSignedDay reports whether a line is the date with which Chinese and Japanese letters and notices end.
func isSignedDay(line string, d dates.Span) bool {
	return text.UnspacedLength(line) > 1 && d.Start == 0 && utf8.RuneCountInString(line[d.End:]) <= maxSignedPlace
}

// maxSignedPlace is the maximum number of characters after the date at the end of a letter: 日于海湾.
const maxSignedPlace = 6

// loneScore is the score of a date far from the headline.
const loneScore = 1000*trustLine + belowText

// findOrigin searches the page for a sentence that says when the page was first published. If that date is earlier than
// the visible date, it replaces the visible date.
func (r *lineReader) findOrigin() {
	for b := range r.Blocks {
		bl := &r.Blocks[b]
		if bl.Words > maxSelfWords || len(bl.Text) < minDated || !hasYear(bl.Text) || !r.speaksOfItself(bl.Text) ||
			r.Hidden[b] || r.Zones[b]&notBylines != 0 {
			continue
		}
		d, ok := dates.Find(bl.Text, r.style)
		if ok && d.Time.Before(r.published.Time) && followsLabel(bl.Text[:d.Start]) {
			r.published = visibleDate{Span: d, score: 1000*trustNamed + belowText}
			return
		}
	}
}

// followsLabel reports whether a date directly follows words for publishing: "originally published on Friday, ". The
// name of a publisher must not be in between.
func followsLabel(before string) bool {
	before = dates.WithoutAccents(strings.ToLower(before))
	end := phrase.PlainPublished().LastIn(before)
	return end >= 0 && text.Letters(before[end:]) <= maxBeside/2 && phrase.PlainModified().LastIn(before) < end
}

// readAlone reads one block, together with the label on the previous line, such as "Published".
func (p *View) readAlone(b int, style dates.Style) visible {
	one := p.newReader(style)
	if bl := &p.Blocks[b]; bl.Words > maxSignature && p.speaksOfItself(bl.Text) {
		if d, ok := dates.Find(bl.Text, style); ok {
			one.line.nearness = farAbove
			one.addDate(d, 0, bl.Text[:d.Start], bl.Text[d.End:]) // no words on another line say what happened on that day
		}
		return one.visible
	}
	line := lineState{nearness: nearHeadline} // the class name of the box around the block does not matter
	if b > 0 && p.Blocks[b-1].Words <= maxDateLabelWords {
		one.readLine(b-1, line)
		one.published, one.modified = visibleDate{}, visibleDate{}
	}
	one.readLine(b, line)
	return one.visible
}

// maxDateLabelWords is the maximum number of words of a line that labels the date on the next line.
const maxDateLabelWords = 10

// mayDate reports whether a block can be a line with the page's date.
func (p *View) mayDate(b int, style dates.Style) bool {
	bl := &p.Blocks[b]
	switch {
	case len(bl.Text) < minDated || bl.Words > maxSelfWords || bl.Kind == block.Code ||
		bl.Kind == block.Cell && !p.Forum:
		return false
	case !hasDay(bl.Text) || p.Hidden[b]:
		return false
	}
	if bl.Words > maxSignature {
		return p.speaksOfItself(bl.Text)
	}
	_, ok := dates.Find(bl.Text, style)
	return ok || p.Forum // in forums, elements may have no space between them: 28.09.2612:44
}

// isBeside reports whether a line is not part of the article because it consists of links, is a caption, or is in an
// aside, a footer or a menu.
func (p *View) isBeside(b int) bool {
	bl := &p.Blocks[b]
	return bl.LinkWords > 0 && bl.LinkWords == bl.Words || bl.Kind == block.Caption ||
		p.Tree.Ancestor(bl.Elem, atom.Aside, atom.Footer, atom.Nav) != block.None
}

// speaksOfItself reports whether a line is a sentence about the page: "This entry was posted on …", "Dieser Beitrag
// wurde am …", or a sentence that begins with the page's headline.
func (p *View) speaksOfItself(text string) bool {
	if text == "" {
		return false
	}
	first, _ := utf8.DecodeRuneInString(text)
	if starts := selfWords.StartingWith(unicode.ToLower(first)); len(starts) > 0 {
		lower := strings.ToLower(text[:min(len(text), maxSelf)])
		for _, start := range starts {
			if strings.HasPrefix(lower, start) {
				return true
			}
		}
	}
	title := p.meta.Title
	return len(text) > len(title) && strings.HasPrefix(text, title) && utf8.RuneCountInString(title) >= minSelfTitle
}

// selfWords indexes phrase.SelfWords.
var selfWords = text.IndexPrefixes(phrase.SelfWords)

// Limits for sentences about the page.
const (
	maxSelfWords = 60 // words of a sentence
	maxSelf      = 64 // bytes at the start of a sentence that are compared with phrase.SelfWords
	minSelfTitle = 12 // characters of a headline; a shorter one may be a common phrase
)

// hasYear reports whether a line may have a year of four digits. It returns true for most lines with letters beyond
// Latin-1, because other writing systems may use different digits.
func hasYear(s string) bool {
	for i := range len(s) {
		if c := s[i]; c >= utf8.RuneSelf && c != 0xC2 && c != 0xC3 && c != 0xE2 {
			return true // another writing system may use different digits
		} else if (c == '1' || c == '2') && i+1 < len(s) && (s[i+1] == '9' || s[i+1] == '0') {
			return true
		}
	}
	return false
}

// hasDay reports whether a line has enough digits for a date: four ASCII digits, or any digit if the line has
// characters beyond Latin, Greek and Cyrillic letters.
func hasDay(s string) bool {
	n, foreign := 0, false
	for i := range len(s) {
		if c := s[i]; text.IsASCIIDigit(c) {
			n++
		} else if c > 0xD3 { // after Latin, Greek and Cyrillic letters
			foreign = true
		}
	}
	return n >= minDayDigits || foreign && (strings.IndexFunc(s, text.IsDigit) >= 0 || strings.Contains(s, "月"))
}

// minDayDigits is the minimum number of digits in a date with a two-digit year: 3.2.26.
const minDayDigits = 4

// minDated is the length in bytes of the shortest date with a four-digit year: 3.2.2026.
const minDated = 8
