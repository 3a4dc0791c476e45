package metadata

import (
	"strings"
	"time"
	"unicode"

	"github.com/dechaff/dechaff/cleaner/internal/dates"
	"github.com/dechaff/dechaff/cleaner/internal/phrase"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// A visibleDate is a date that a reader sees.
type visibleDate struct {
	dates.Span
	// score is the confidence that the date is the page's: 1000 times the trust in it (see trustFar), plus the nearness
	// of its line to the headline. It is 0 if there is no date.
	score int
	// above reports whether the date is above the headline.
	above bool
	// either reports whether the date may also be the date of the last change, because some themes mark one time as
	// both publication and last change.
	either bool
}

// maxDateline is the number of bytes at the start of a text that are searched for a dateline: "RAJSHAHI, Dec 20, 2025
// (BSS) –".
const maxDateline = 72

// readDateline reads the place and the date with which agencies begin a text.
func (r *lineReader) readDateline(line string) {
	head := line[:min(len(line), maxDateline)]
	d, ok := dates.Find(head, r.style)
	if !ok || text.Letters(head[:d.Start]) > maxBeside {
		return
	}
	if d.Start == 0 && d.HasTime {
		r.published = visibleDate{Span: d, score: 1000 * trustFar} // agency style: "05.01.2026, Kyiv 00:16 …"
		return
	}
	for _, sign := range [...]string{" -", ").", "–", "—", "--", "電", "电", "讯", "訊"} {
		if i := strings.Index(head[d.End:], sign); i >= 0 && text.Letters(head[d.End:d.End+i]) <= maxBeside/2 {
			r.published = visibleDate{Span: d, score: 1000 * trustFar}
			return
		}
	}
}

// afterClock removes the time of day and its time zone from the text after a date.
func afterClock(s string) string {
	head := s[:min(len(s), maxClockSearch)]
	if strings.IndexFunc(head, text.IsDigit) < 0 {
		return s
	}
	tokens := dates.Tokens(head)
	for i := range tokens {
		if tokens[i].Kind == 't' && tokens[i].Start <= dates.MaxClockGap &&
			text.Letters(s[:tokens[i].Start]) <= dates.MaxClockLetters {
			s = strings.TrimLeft(s[tokens[i].End:], " ")
			return withoutZone(s)
		}
	}
	return s
}

// maxClockSearch is the number of bytes after a date that are searched for the time of day.
const maxClockSearch = 40

// withoutZone removes "am", "pm" and a time zone, such as "am PDT", from the start of a text.
func withoutZone(s string) string {
	for range maxZoneWords {
		shorter := s
		for _, word := range [...]string{
			"Uhr", "AM", "PM", "A.M.", "P.M.", "น.", "WITA", "MSK", "Eastern", "Pacific", "Central", "Mountain", "Time",
			"EET", "EEST",
			"CEST", "BST", "PST", "PDT", "CDT", "CST", "am", "pm", "a.m.", "p.m.", "GMT", "UTC", "EST", "EDT", "ET", "PT",
			"CET", "IST", "WIB", "h",
		} {
			if rest, ok := strings.CutPrefix(s, word); ok && (rest == "" || !text.IsWordLetter(rune(rest[0]))) {
				shorter = strings.TrimLeft(rest, " ")
				break
			}
		}
		if shorter == s {
			break
		}
		s = shorter
	}
	return s
}

// maxZoneWords is the maximum number of words that withoutZone removes.
const maxZoneWords = 3

// readDates reads the dates in one run. It returns the rest of the run, with a line break in place of each date.
func (r *lineReader) readDates(pc piece) (rest string) {
	rest = pc.text
	if d, ok := dates.Parse(pc.when, r.style); ok && len(pc.when) >= len(time.DateOnly) {
		before, after := rest, ""
		if seen, ok := dates.Find(rest, r.style); ok {
			before, after = rest[:seen.Start], rest[seen.End:]
			d = shownDay(d, seen)
		}
		rest = r.takeDate(d, pc.hint, before, after)
	}
	for range 3 {
		d, ok := dates.Find(rest, r.style)
		if !ok {
			break
		}
		rest = r.takeDate(d, pc.hint, rest[:d.Start], rest[d.End:])
	}
	return rest
}

// takeDate adds a date between two parts of a run, and returns the parts with a line break in between.
func (r *lineReader) takeDate(d dates.Span, hint hint, before, after string) string {
	r.addDate(d, hint, before, after+r.line.next)
	r.line.dated = true
	return before + "\n" + afterClock(after)
}

// addDate records a date as the publication or the last change, unless a more certain date is known. The words before
// and after the date decide which it is, then the labels on earlier lines, then class names. It ignores a date if the
// words say that something else happened on that date, or if nothing shows that the date is the page's.
func (r *lineReader) addDate(d dates.Span, hint hint, before, after string) {
	role := roleOf(before, after)
	if role == roleUnknown && strings.TrimSpace(before) == "" {
		if role = roleOf(r.line.lead, ""); role == rolePublished {
			role = roleUnknown // "preprint, first published" is a link; a label is directly next to its date
		}
	}
	if role == roleOther {
		return
	}
	if r.line.isNear() {
		r.near = append(r.near, d.Date)
	}
	byName := role != roleUnknown || r.label.modified || r.label.published
	if role == roleUnknown {
		role = r.announcedRole(hint)
	}
	either := role == rolePublished && !r.label.published && hint&hintModified != 0
	r.label.published, r.label.modified = false, false
	if r.line.nearness <= belowText && !byName {
		return // lists below the text also have the class names of dates
	}
	trust := r.trustIn(role, hint, before, after)
	if trust == 0 {
		return
	}
	if r.ofThread && role == roleUnknown && d.HasTime {
		if r.published.HasTime && r.published.score >= 1000*trustLine {
			return // the first date belongs to the first post
		}
		trust = max(trust, trustLine)
	}
	to := &r.published
	if role == roleModified {
		to = &r.modified
	}
	score := 1000*trust + r.line.nearness
	if score > to.score || score == to.score && to.either && !either && role == rolePublished {
		*to = visibleDate{d, score, r.line.above, either}
	}
	if either && score > r.modified.score {
		r.modified = *to
	}
}

// announcedRole returns the role of a date whose line has no word about it, according to a label on an earlier line, or
// else to class names.
func (r *lineReader) announcedRole(hint hint) dateRole {
	switch {
	case r.label.modified, !r.label.published && hint&hintModified != 0 && hint&hintPublished == 0:
		return roleModified
	case r.label.published, hint&hintPublished != 0:
		return rolePublished
	}
	return roleUnknown
}

// trustIn returns the confidence that a date is the page's, or 0 if nothing shows that it is.
func (r *lineReader) trustIn(role dateRole, hint hint, before, after string) int {
	trust := 0
	switch {
	case role != roleUnknown && r.inText() && r.line.nearness > belowText:
		return trustMarked // the text may mention when something else was published
	case role != roleUnknown:
		return trustNamed
	case hint&(hintDate|hintTime) != 0, bySign(before):
		trust = trustMarked
	case text.Letters(lastPart(before))+min(lettersBehind(after), lettersBehind(afterClock(after))) <= maxBeside,
		hint&hintAuthor != 0, byPrefix(strings.TrimSpace(before)) != "":
		// phrase.WeakPrefixes count here, too
		trust = trustLine
	}
	if r.line.nearness < farAbove {
		trust = min(trust, trustFar)
	}
	return trust
}

// bySign reports whether the text before a date begins with a word for "by" that is not one of phrase.WeakPrefixes: "by
// Ada Pell · Mar 2, 2026".
func bySign(before string) bool {
	prefix := byPrefix(strings.TrimSpace(before))
	return prefix != "" && !phrase.WeakPrefixes.Has(prefix)
}

// maxBeside is the maximum number of letters next to a date on a line that counts as having nothing but the date. The
// letters may be a weekday, a place, or "Uhr".
const maxBeside = 24

// lastPart takes the text before a date and returns the part of it after the last separator. A full-width colon is a
// separator too.
func lastPart(s string) string {
	if i := strings.LastIndex(s, "："); i >= 0 {
		s = s[i:]
	}
	if i := strings.LastIndexFunc(strings.TrimRightFunc(s, isLineBreak), isLineBreak); i >= 0 {
		return s[i:]
	}
	return s
}

func firstPart(s string) string {
	s = strings.TrimLeftFunc(s, isLineBreak)
	if i := strings.IndexFunc(s, isLineBreak); i >= 0 {
		return s[:i]
	}
	return s
}

// lettersBehind counts the letters between a date and the next separator. It returns 0 if another label follows the
// date, as in "Category: …".
func lettersBehind(s string) int {
	s = firstPart(s)
	rest := strings.TrimLeft(s, " \u3000-,()")
	word := strings.IndexFunc(rest, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) })
	if word > 0 && (strings.HasPrefix(rest[word:], ":") || strings.HasPrefix(rest[word:], "：")) {
		return 0
	}
	return text.Letters(s)
}

// maxRole is the maximum number of bytes before and after a date that are searched for words that say what happened on
// that date.
const maxRole = 60

// A dateRole is what happened on a date.
type dateRole uint8

const (
	roleUnknown   dateRole = iota
	rolePublished          // the page was published
	roleModified           // the page was changed
	roleOther              // something else: a member joined, a source was read
)

// roleOf returns what happened on a date according to the words before and after it.
func roleOf(before, after string) dateRole {
	before = strings.ToLower(strings.ToValidUTF8(before[max(len(before)-maxRole, 0):], ""))
	before = dates.WithoutAccents(before)
	p, m, o := max(phrase.PlainPublished().LastIn(before), phrase.PlainWritten().LastIn(before)),
		phrase.PlainModified().LastIn(before), phrase.PlainOther().LastIn(before)
	switch {
	case o >= 0 && o >= max(p, m):
		return roleOther
	case p < 0 && m < 0:
		return roleBehind(after)
	case m >= p:
		return roleModified
	}
	return rolePublished
}

// roleBehind is like roleOf, but for the words after a date. These words may be the verb, in languages in which it
// comes last, or the label of another date.
func roleBehind(after string) dateRole {
	if len(after) > maxRole {
		after = strings.ToValidUTF8(after[:maxRole], "")
	}
	after = strings.ToLower(strings.TrimLeft(after, " :)("))
	for _, w := range [...]string{"更新", "修正", "수정", "업데이트"} {
		if strings.HasPrefix(after, w) {
			return roleModified
		}
	}
	for _, w := range [...]string{"公開", "掲載", "配信", "发布", "發布", "发表", "投稿", "입력", "등록", "송고"} {
		if strings.HasPrefix(after, w) {
			return rolePublished
		}
	}
	after = dates.WithoutAccents(after)
	if m := phrase.PlainModified().LastIn(after); m >= 0 && strings.IndexFunc(after[m:], text.IsDigit) >= 0 {
		return rolePublished // March 3, 2026. Updated: March 7, 2026
	}
	first, role := len(after), roleUnknown
	for _, verbs := range [...]struct {
		of   *phrase.LabelIndex
		role dateRole
	}{{phrase.PlainPublishedBehind(), rolePublished}, {phrase.PlainModifiedBehind(), roleModified}} {
		if i := verbs.of.FirstIn(after); i >= 0 && i < first {
			first, role = i, verbs.role
		}
	}
	return role
}

// shownDay returns the date of a time element: the argument moment is the date in its attribute, and the argument seen
// is the date in its text. The two may use different time zones. So the day comes from the text, and the order of the
// numbers comes from the attribute. If the attribute gives a day without a time of day, time zones do not matter, and
// the attribute is correct.
func shownDay(moment, seen dates.Span) dates.Span {
	switch {
	case seen.Day() == moment.Day(), !moment.HasTime && moment.Swapped.IsZero() && !isNextDay(moment, seen):
		return moment
	case seen.Swapped.IsZero() || moment.HasTime && withinZones(moment.Date, seen.Date):
		return seen
	case moment.HasTime && seen.Swapped.Day() != moment.Day() && withinZones(moment.Date, seen.Swapped):
		seen.Date, seen.Swapped = seen.Swapped, dates.Date{}
		return seen
	}
	return moment
}

// isNextDay reports whether two days are at most one day apart.
func isNextDay(a, b dates.Span) bool {
	apart := a.Day().Time.Sub(b.Day().Time)
	return -24*time.Hour <= apart && apart <= 24*time.Hour
}

// maxMonthWords is the maximum number of words of a line that gives a month: "First published in March 2026".
const maxMonthWords = 6

// monthIn returns the month on a line that has nothing else, except for an optional word for publishing before the
// month.
func monthIn(line string, style dates.Style) dates.Date {
	if d, ok := dates.Month(line, style); ok {
		return d
	}
	plain := dates.WithoutAccents(strings.ToLower(line))
	if phrase.PlainPublished().LastIn(plain) < 0 || phrase.PlainModified().LastIn(plain) >= 0 {
		return dates.Date{}
	}
	fields := strings.Fields(line)
	d, _ := dates.Month(strings.Join(fields[max(len(fields)-2, 0):], " "), style)
	return d
}

func isDated(line string, style dates.Style) bool {
	if !hasDay(line) {
		return false
	}
	_, ok := dates.Find(line, style)
	return ok
}
