package cleaner

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/dechaff/dechaff/cleaner/internal/block"
)

// A visibleDate is a date that a reader sees, how sure it is that it is the page's, and whether it stands above the headline.
type visibleDate struct {
	dateSpan
	score int
	above bool
}

// findLabelledDate finds the line that says "Published" and a date, of a page that says so in an unexpected place. Lines with other days
// are those of a list.
func (p *page) findLabelledDate(v *visible, style dateStyle) {
	for b := range p.blocks {
		bl := &p.blocks[b]
		if p.isFolded(b) || bl.Words > maxLabelled || len(bl.Text) < minDated || !hasYear(bl.Text) || bl.Kind == block.Code || bl.Kind == block.Cell || p.zoneOf(b)&notBylines != 0 {
			continue
		}
		d, ok := findDate(bl.Text, style)
		if ok && letters(bl.Text[d.end:]) <= maxBeside && roleOf(bl.Text[:d.start], "") == 'p' {
			if v.published.score > 0 && v.published.day() != d.day() {
				v.published = visibleDate{}
				return
			}
			v.published = visibleDate{d, 1000*trustLine + belowText, false}
		}
	}
}

// hasYear reports whether a line can hold a year of four digits.
func hasYear(s string) bool {
	for i := range len(s) {
		if c := s[i]; c >= utf8.RuneSelf && c != 0xC2 && c != 0xC3 && c != 0xE2 {
			return true // another script may have other digits
		} else if (c == '1' || c == '2') && i+1 < len(s) && (s[i+1] == '9' || s[i+1] == '0') {
			return true
		}
	}
	return false
}

// maxLabelled is how many words a line has that says when the page was published.
const maxLabelled = 12

// minDated is how many bytes the shortest date has that says its year.
const minDated = 8

// maxDateline is how many bytes into a text its dateline reaches: "RAJSHAHI, Dec 20, 2025 (BSS) –".
const maxDateline = 72

// readDateline reads the place and the day that agencies begin a text with.
func (v *visible) readDateline(text string, style dateStyle) {
	head := text[:min(len(text), maxDateline)]
	d, ok := findDate(head, style)
	if !ok || letters(head[:d.start]) > maxBeside {
		return
	}
	for _, sign := range [...]string{" -", "–", "—", "--", "電", "电", "讯", "訊"} {
		if i := strings.Index(head[d.end:], sign); i >= 0 && letters(head[d.end:d.end+i]) <= maxBeside/2 {
			v.published = visibleDate{d, 1000 * trustFar, false}
			return
		}
	}
}

// afterClock takes the time of day and its zone off what stands behind a date.
func afterClock(s string) string {
	tokens := dateTokens(s[:min(len(s), 40)])
	for i := range tokens {
		if tokens[i].kind == 't' && tokens[i].start <= maxClockGap {
			s = strings.TrimLeft(s[tokens[i].end:], " ")
			for _, word := range [...]string{"Uhr", "AM", "PM", "A.M.", "P.M.", "น.", "WITA", "MSK", "Eastern", "EET", "EEST", "CEST", "BST", "PST", "PDT", "CDT", "CST", "am", "pm", "a.m.", "p.m.", "GMT", "UTC", "EST", "EDT", "ET", "PT", "CET", "IST", "WIB", "h"} {
				if rest, ok := strings.CutPrefix(s, word); ok && (rest == "" || !isWordLetter(rune(rest[0]))) {
					s = strings.TrimLeft(rest, " ")
				}
			}
			return s
		}
	}
	return s
}

// addDate notes a date by what stands beside it.
func (v *visible) addDate(d dateSpan, hint hint, before, after string, nearness int) {
	role := roleOf(before, after)
	if role == 0 {
		switch {
		case hint&hintModified != 0, v.expectChange:
			role = 'm'
		case hint&hintPublished != 0, v.expectNew:
			role = 'p'
		}
	}
	v.expectNew, v.expectChange = false, false
	var trust int
	switch {
	case role != 0:
		trust = trustNamed
	case hint&(hintDate|hintTime) != 0:
		trust = trustMarked
	case letters(lastPart(before))+letters(firstPart(after)) <= maxBeside, hint&hintAuthor != 0, byPrefix(strings.TrimSpace(before)) != "":
		trust = trustLine
	default:
		return
	}
	if role == 0 && nearness < farAbove {
		if trust = trustFar; nearness <= belowText {
			return
		}
	}
	to := &v.published
	if role == 'm' {
		to = &v.modified
	}
	if score := 1000*trust + nearness; score > to.score {
		*to = visibleDate{d, score, v.above}
	}
}

// maxBeside is how many letters stand beside a date on a line that is there for it: a weekday, a place, "Uhr".
const maxBeside = 24

func lastPart(s string) string {
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

func letters(s string) int {
	n := 0
	for _, r := range s {
		if unicode.IsLetter(r) {
			n++
		}
	}
	return n
}

// maxRole is how far in bytes before a date the word stands that says what happened then.
const maxRole = 60

// roleOf reads from the words beside a date whether the page was published then, 'p', or changed, 'm'.
func roleOf(before, after string) byte {
	before = strings.ToLower(strings.ToValidUTF8(before[max(len(before)-maxRole, 0):], ""))
	before = withoutAccents(before)
	p, m := plainPublished().lastIn(before), plainModified().lastIn(before)
	if p < 0 && m < 0 {
		after = strings.ToLower(strings.TrimLeft(after[:min(len(after), maxRole)], " :)("))
		for _, w := range [...]string{"更新", "修正", "수정", "업데이트"} {
			if strings.HasPrefix(after, w) {
				return 'm'
			}
		}
		for _, w := range [...]string{"公開", "掲載", "配信", "发布", "發布", "发表", "投稿", "입력", "등록", "송고"} {
			if strings.HasPrefix(after, w) {
				return 'p'
			}
		}
		return 0
	}
	if m >= p {
		return 'm'
	}
	return 'p'
}

func isASCIILetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }
