package dates

import (
	"slices"
	"strings"

	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// A Span is a date in a line, and its position in the line.
type Span struct {
	Date
	// Start and End are the position of the date in bytes, without a time of day before or after the date.
	Start, End int
	// Swapped is the date with day and month exchanged, if the numbers allow it: 3/4/2026 can be April 3 or March 4. It
	// is zero if the order of the numbers is certain.
	Swapped Date
	// lunar reports whether the date comes from the Islamic calendar, in which case it may be off by a day.
	lunar bool
}

// Written returns the day of the first date in a text, such as "1. März 2026", "March 1, 2026", "2026年3月1日" or
// "01.03.2026". If monthFirst is true, 3/1/2026 is March 1. Written searches the text as Find does.
func Written(s string, monthFirst bool) (Date, bool) {
	d, ok := Find(s, Style{MonthFirst: monthFirst})
	return d.Day(), ok
}

// maxDateLine is the maximum number of bytes of a line that are searched for a date. maxDateTokens is the maximum
// number of tokens that a line is cut into.
const (
	maxDateLine   = 400
	maxDateTokens = 48
)

// Find returns the first date in the first 400 bytes of a line, with the time of day next to it. A date of the Islamic
// calendar is returned only if there is no other date.
func Find(s string, style Style) (Span, bool) {
	if len(s) > maxDateLine {
		s = s[:maxDateLine]
	}
	s = hanNumbers(s)
	if !hasTwoNumbers(s) {
		return Span{}, false
	}
	var buffer [32]Token // most lines have fewer, and need no other memory
	tokens := appendTokens(buffer[:0], joinMonths(s))
	if len(tokens) < 3 {
		return Span{}, false
	}
	nameMonths(tokens, &style)
	d, ok := first(s, tokens, style)
	if !ok {
		if merged, numbered := numberMonths(tokens); numbered {
			return first(s, merged, style)
		}
	}
	return d, ok
}

// hasTwoNumbers reports whether a line has at least two numbers. All dates have two or three: the month may be a word.
func hasTwoNumbers(s string) bool {
	numbers, inside := 0, false
	for _, r := range s {
		digit := text.IsDigit(r)
		if digit && !inside {
			if numbers++; numbers == 2 {
				return true
			}
		}
		inside = digit
	}
	return false
}

// first returns the first date in the tokens of a line. A date of the Islamic calendar counts only if there is no other
// date, because the months of that calendar begin when the new moon is sighted, which cannot be computed to the day.
func first(s string, tokens []Token, style Style) (first Span, found bool) {
	for i := range tokens {
		d, n, ok := at(s, tokens[i:], style)
		if !ok || found && d.lunar {
			continue
		}
		d.Start, d.End = tokens[i].Start, tokens[i+n-1].End
		if i > 0 && tokens[i-1].Kind == 'w' {
			d.byWeekday(tokens[i-1].Word, style.Language)
		}
		d.addClock(s, tokens, i, i+n)
		if !d.lunar {
			return d, true
		}
		first, found = d, true
	}
	return first, found
}

// fillers are words between the parts of a date that do not change its meaning: "3 de marzo de 2026", "3rd of March".
var fillers = []string{
	"de", "del", "of", "d", "di", "do", "da", "st", "nd", "rd", "th", "er", "ème", "ter", "the", "e", "г", "року", "р",
	"ngày", "năm", "m", "gada", "el", "den", "der", "a", "ng", "te",
	"พ", "ศ", "من", "الموافق", "ה", "ב", "ל", "º", "ª", "日", "일", "ης", "ая", "го", "år", "ที่", "ماه", "ta", "ko", "ж",
	"жыл", "жылғы", "жылдың", "жылдын", "жылы", "йил", "yil", "ቀን", "ឆ្នាំ", "day", "mėn", "ųjų", "η", "লা", "রা", "ঠা",
	"ই", "শে",
}

// isFiller reports whether a token may occur between the parts of a date.
func (t *Token) isFiller() bool {
	return t.Kind == 'w' && t.month == 0 && slices.Contains(fillers, t.Word)
}

// at returns the date that begins at the first token, and the number of tokens that make up the date. ok is false if no
// date begins there.
func at(s string, tokens []Token, style Style) (d Span, used int, ok bool) {
	if y, m, day, n := eastAsianDate(tokens, style); n > 0 {
		if date, ok := Gregorian(y, m, day); ok {
			return Span{Date: date}, n, true
		}
		return d, 0, false
	}
	var parts [3]*Token
	n := 0
	for i := 0; i < len(tokens) && n < 3; i++ {
		t := &tokens[i]
		if n > 0 && t.month > 0 && parts[n-1].month == t.month {
			used = i + 1 // another name of the same month: كانون الثاني/يناير
			continue
		}
		if t.Kind == 'n' || t.month > 0 {
			parts[n], used = t, i+1
			n++
			continue
		}
		if n == 2 && t.Kind == 't' && i+1 < len(tokens) && tokens[i+1].Kind == 'n' && tokens[i+1].Digits == 4 {
			continue // Mar 14 06:12:30 2026
		}
		if n == 2 && t.Kind == 'w' {
			if _, weekday := weekdayOf(t.Word, style.Language); weekday {
				continue // Mar 02 Mon 2026
			}
		}
		if n == 0 || i-used >= 2 || !t.isFiller() {
			return d, 0, false
		}
	}
	if n < 3 || parts[2].Start-parts[0].Start > 64 {
		return d, 0, false
	}
	d, ok = datedParts(s, parts, style)
	return d, used, ok
}

// datedParts returns the date given by its three parts: three numbers, or two numbers and the name of a month.
func datedParts(s string, parts [3]*Token, style Style) (d Span, ok bool) {
	a, b, c := parts[0], parts[1], parts[2]
	switch {
	case b.month > 0 && a.Kind == 'n' && c.Kind == 'n' && a.Digits <= 2 && isYear(c): // 1 March 2026
		d, ok = namedDate(c, b, a, style)
	case b.month > 0 && a.Kind == 'n' && c.Kind == 'n' && a.Digits == 4 && c.Digits <= 2: // 2026 March 1
		d, ok = namedDate(a, b, c, style)
	case a.month > 0 && b.Kind == 'n' && c.Kind == 'n' && b.Digits <= 2 && isYear(c): // March 1, 2026
		d, ok = namedDate(c, a, b, style)
	case c.month > 0 && a.Kind == 'n' && b.Kind == 'n' && a.Digits == 4 && b.Digits <= 2: // 2026. gada 1. marts
		d, ok = namedDate(a, c, b, style)
	case a.Kind == 'n' && b.Kind == 'n' && c.Kind == 'n':
		return numericDate(s, a, b, c, style)
	}
	return d, ok
}

// isYear reports whether a number has four or two digits, and so can be a year.
func isYear(t *Token) bool { return t.Digits == 4 || t.Digits == 2 }

// numericDate reads 14.03.2026, 3/14/2026 and 2026-03-14. The same separator must be between the first two and the last
// two numbers. It may have spaces around it. If the style puts the year first, the year may also be followed by the
// month without a separator, as in 2026 03/14.
func numericDate(s string, a, b, c *Token, style Style) (d Span, ok bool) {
	sign, ok := style.sign(s[a.End:b.Start])
	other, ok2 := style.sign(s[b.End:c.Start])
	if a.Digits == 4 && style.YearFirst && ok2 && other == '/' && strings.TrimSpace(s[a.End:b.Start]) == "" {
		// 2026 03/14, with the parts in separate elements
		sign, ok = other, true
	}
	if !ok || !ok2 || sign != other || sign != ' ' && a.Digits != 4 && c.End < len(s) && s[c.End] == sign &&
		c.End+1 < len(s) && text.IsDigit(rune(s[c.End+1])) {
		return d, false
	}
	switch {
	case a.Digits == 4 && b.Digits <= 2 && c.Digits <= 2:
		if d, ok = numberedDate(a, b, c, style); !ok {
			d, ok = numberedDate(a, c, b, style) // the order year, day, month is a mistake, but it occurs
		}
		return d, ok
	case a.Digits == 3 && b.Digits == 2 && c.Digits == 2 && style.Language == "zh":
		d.Date, ok = Gregorian(a.Number+republicYears, b.Number, c.Number)
		return d, ok
	case a.Digits <= 2 && b.Digits <= 2 && c.Digits == 4, c.Digits == 2 && style.isShort(a, b, c, sign):
	default:
		return d, false
	}
	if c.Digits == 2 && style.YearFirst {
		if d, ok = numberedDate(a, b, c, style); ok {
			return d, true
		}
	}
	day, month := a, b
	if style.MonthFirst && sign != '.' {
		day, month = month, day
	}
	if d, ok = numberedDate(c, month, day, style); !ok {
		return numberedDate(c, day, month, style)
	}
	if day.Number != month.Number {
		swapped, _ := numberedDate(c, day, month, style)
		d.Swapped = swapped.Date
	}
	return d, true
}
