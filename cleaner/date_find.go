package cleaner

import (
	"slices"
	"strings"
	"time"
)

// A dateSpan is a date in a line, and where it stands there, its time of day left out.
type dateSpan struct {
	Date
	start, end int
	// swapped is the other date that the numbers can mean: the first of 3/4/2026 may be the day or the month. Zero where nothing is in doubt.
	swapped Date
}

// dateStyle is how the numbers of a date are read where nothing else tells.
type dateStyle struct {
	monthFirst bool // 3/1/2026 is the first of March
	yearFirst  bool // 26.3.1 is 2026: East Asia
	croatian   bool // listopad is October
	now        time.Time
	zones      []float32 // hours east, where the language is spoken
}

// writtenDate finds the first date in a phrase: "1. März 2026", "March 1, 2026", "2026年3月1日", "01.03.2026".
func writtenDate(s string, monthFirst bool) (Date, bool) {
	d, ok := findDate(s, dateStyle{monthFirst: monthFirst})
	return d.day(), ok
}

// day is the date without its time.
func (d Date) day() Date {
	if d.IsZero() {
		return d
	}
	y, m, day := d.Time.Date()
	return Date{Time: time.Date(y, m, day, 0, 0, 0, 0, time.UTC)}
}

// maxDateLine bounds in bytes how far into a line a date is looked for, and maxDateTokens how many words and numbers are read.
const (
	maxDateLine   = 400
	maxDateTokens = 48
)

// findDate finds the first date in a line, with the time of day beside it.
func findDate(s string, style dateStyle) (dateSpan, bool) {
	if len(s) > maxDateLine {
		s = s[:maxDateLine]
	}
	if strings.IndexFunc(s, isDigit) < 0 {
		return dateSpan{}, false
	}
	tokens := dateTokens(joinMonths(s))
	if len(tokens) < 3 {
		return dateSpan{}, false
	}
	for i := range tokens {
		if d, n, ok := dateAt(s, tokens[i:], style); ok {
			d.start, d.end = tokens[i].start, tokens[i+n-1].end
			d.addClock(s, tokens, i, i+n)
			return d, true
		}
	}
	return dateSpan{}, false
}

// fillers stand between the parts of a date and mean nothing: "3 de marzo de 2026", "3rd of March".
var fillers = []string{
	"de", "del", "of", "d", "di", "do", "da", "st", "nd", "rd", "th", "er", "ème", "ter", "the", "e", "г", "року", "р", "ngày", "năm", "m", "gada", "el", "den", "der", "a", "ng", "te",
	"พ", "ศ", "من", "الموافق", "ה", "ב", "ל", "º", "ª", "日", "일", "ης", "ая", "го", "år", "ที่",
}

// isFiller reports whether a token may stand between the parts of a date.
func (t *dateToken) isFiller() bool {
	return t.kind == 'w' && t.month == 0 && slices.Contains(fillers, t.word)
}

// dateAt reads a date that begins with the first of tokens, and says how many of them it takes.
func dateAt(s string, tokens []dateToken, style dateStyle) (d dateSpan, used int, ok bool) {
	if y, m, day, n := eastAsianDate(tokens); n > 0 {
		if date, ok := newDate(y, m, day); ok {
			return dateSpan{Date: date}, n, true
		}
		return d, 0, false
	}
	var parts [3]*dateToken
	n := 0
	for i := 0; i < len(tokens) && n < 3; i++ {
		t := &tokens[i]
		if n > 0 && t.month > 0 && parts[n-1].month == t.month {
			used = i + 1 // its other name: كانون الثاني/يناير
			continue
		}
		if t.kind == 'n' || t.month > 0 {
			parts[n], used = t, i+1
			n++
			continue
		}
		if n == 0 || !t.isFiller() || i-used >= 2 {
			return d, 0, false
		}
	}
	if n < 3 || parts[2].start-parts[0].start > 64 {
		return d, 0, false
	}
	d, ok = datedParts(s, parts, style)
	return d, used, ok
}

// datedParts makes a date of three numbers, or of two and a month's name.
func datedParts(s string, parts [3]*dateToken, style dateStyle) (d dateSpan, ok bool) {
	a, b, c := parts[0], parts[1], parts[2]
	switch {
	case b.month > 0 && a.kind == 'n' && c.kind == 'n' && a.digits <= 2 && isYear(c): // 1 March 2026
		d.Date, ok = namedDate(c, b, a, style)
	case b.month > 0 && a.kind == 'n' && c.kind == 'n' && a.digits == 4 && c.digits <= 2: // 2026 March 1
		d.Date, ok = namedDate(a, b, c, style)
	case a.month > 0 && b.kind == 'n' && c.kind == 'n' && b.digits <= 2 && isYear(c): // March 1, 2026
		d.Date, ok = namedDate(c, a, b, style)
	case c.month > 0 && a.kind == 'n' && b.kind == 'n' && a.digits == 4 && b.digits <= 2: // 2026. gada 1. marts
		d.Date, ok = namedDate(a, c, b, style)
	case a.kind == 'n' && b.kind == 'n' && c.kind == 'n':
		return numericDate(s, a, b, c, style)
	}
	return d, ok
}

// isYear reports whether a number can be a year: four digits, or two that are not the hour of a time.
func isYear(t *dateToken) bool { return t.digits == 4 || t.digits == 2 }

func namedDate(year, month, day *dateToken, style dateStyle) (Date, bool) {
	m := month.month
	if style.croatian && strings.HasPrefix(month.word, croatianOctober) {
		m = 10
	}
	return newDate(year.number, m, day.number)
}

// numericDate reads 14.03.2026, 3/14/2026, 2026-03-14. Anything but one sign, and spaces, between its numbers is no date.
func numericDate(s string, a, b, c *dateToken, style dateStyle) (d dateSpan, ok bool) {
	sign, ok := dateSign(s[a.end:b.start])
	other, ok2 := dateSign(s[b.end:c.start])
	if !ok || !ok2 || sign != other || c.end < len(s) && s[c.end] == sign && c.end+1 < len(s) && isDigit(rune(s[c.end+1])) {
		return d, false
	}
	switch {
	case a.digits == 4 && b.digits <= 2 && c.digits <= 2:
		if d.Date, ok = newDate(a.number, b.number, c.number); !ok {
			d.Date, ok = newDate(a.number, c.number, b.number) // a year before a day and a month is a mistake, and happens
		}
		return d, ok
	case a.digits <= 2 && b.digits <= 2 && c.digits == 4, a.digits == 2 && b.digits == 2 && c.digits == 2 && (sign == '.' || sign == '/'):
	default:
		return d, false
	}
	if c.digits == 2 && style.yearFirst {
		if d.Date, ok = newDate(a.number, b.number, c.number); ok {
			return d, true
		}
	}
	day, month := a.number, b.number
	if style.monthFirst && sign != '.' {
		day, month = month, day
	}
	if d.Date, ok = newDate(c.number, month, day); !ok {
		d.Date, ok = newDate(c.number, day, month)
		return d, ok
	}
	if day != month {
		d.swapped, _ = newDate(c.number, day, month)
	}
	return d, true
}

// dateSign reads what stands between the numbers of a date.
func dateSign(s string) (byte, bool) {
	s = strings.TrimSpace(s)
	if len(s) == 1 && (s[0] == '.' || s[0] == '/' || s[0] == '-' || s[0] == '|') {
		return s[0], true
	}
	switch s {
	case "–", "‐", "‑", "−":
		return '-', true
	case "．":
		return '.', true
	case "／":
		return '/', true
	}
	return 0, false
}

// eastAsianDate reads 2026年3月14日, 2026년 3월 14일, 令和8年3月14日, 民國115年3月14日 and Vietnamese 14 tháng 3, 2026.
func eastAsianDate(tokens []dateToken) (year, month, day, used int) {
	if len(tokens) >= 4 && tokens[0].kind == 'n' && tokens[1].word == "tháng" && tokens[2].kind == 'n' {
		at := 3
		if tokens[3].word == "năm" {
			at = 4
		}
		if at < len(tokens) && tokens[at].kind == 'n' && tokens[at].digits == 4 {
			return tokens[at].number, tokens[2].number, tokens[0].number, at + 1
		}
	}
	offset := 0
	if len(tokens) > 0 && tokens[0].kind == 'w' {
		if offset = eraYears(tokens[0].word); offset == 0 {
			return 0, 0, 0, 0
		}
		used, tokens = 1, tokens[1:]
	}
	if len(tokens) < 5 || tokens[0].kind != 'n' || !isUnit(&tokens[1], "年", "년") || tokens[2].kind != 'n' || !isUnit(&tokens[3], "月", "월") || tokens[4].kind != 'n' {
		return 0, 0, 0, 0
	}
	return tokens[0].number + offset, tokens[2].number, tokens[4].number, used + 5
}

func isUnit(t *dateToken, names ...string) bool {
	return t.kind == 'w' && (strings.HasPrefix(t.word, names[0]) || strings.HasPrefix(t.word, names[1]))
}

// eraYears is what is added to a year of Japan's eras and of the Republic of China.
func eraYears(word string) int {
	switch {
	case strings.HasSuffix(word, "令和"):
		return 2018
	case strings.HasSuffix(word, "平成"):
		return 1988
	case strings.HasSuffix(word, "民國"), strings.HasSuffix(word, "民国"):
		return 1911
	}
	return 0
}

// newDate makes a day of its numbers: of ours, of the Buddhist calendar, which Thailand counts by, and of the Iranian one.
func newDate(year, month, day int) (Date, bool) {
	if year >= 0 && year < 100 {
		if year += 2000; year > lastShortYear {
			year -= 100
		}
	}
	switch {
	case month > jalali:
		if year < 1300 || year > 1500 {
			return Date{}, false
		}
		return iranianDate(year, month-jalali, day)
	case year >= 1369 && year <= 1479 && month >= 1 && month <= 12: // 1990 to 2100
		return iranianDate(year, month, day)
	case year >= firstYear+543 && year <= lastYear+543:
		year -= 543
	}
	if month < 1 || month > 12 || day < 1 || day > 31 {
		return Date{}, false
	}
	t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	if t.Day() != day || !plausible(t) {
		return Date{}, false
	}
	return Date{Time: t}, true
}

// lastShortYear is the last year that two digits stand for.
const lastShortYear = 2060

// iranianDate converts a day of the Solar Hijri calendar, by its arithmetic cycle of 33 years, which holds from 1244 to 1472.
func iranianDate(year, month, day int) (Date, bool) {
	if month < 1 || month > 12 || day < 1 || day > 31 || month > 6 && day > 30 {
		return Date{}, false
	}
	days := 365*year + (year*8+21)/33
	if month <= 7 {
		days += 31 * (month - 1)
	} else {
		days += 30*(month-1) + 6
	}
	const nowruz1403 = 365*1403 + (1403*8+21)/33
	t := time.Date(2024, time.March, 20, 0, 0, 0, 0, time.UTC).AddDate(0, 0, days-nowruz1403+day-1)
	return Date{Time: t}, plausible(t)
}
