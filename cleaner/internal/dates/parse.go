package dates

import (
	"strings"
	"time"

	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// FirstYear and lastYear are the first and the last plausible year. Years outside this range are typing errors, default
// values such as the start of an epoch, or placeholders. The range does not depend on the current date.
const (
	FirstYear = 1990
	lastYear  = 2100
)

// Plausible reports whether the year of t is one in which a page can have been written.
func Plausible(t time.Time) bool { return t.Year() >= FirstYear && t.Year() <= lastYear }

// isoLayouts are formats in the notation of time.Parse: ISO 8601 without hyphens, RFC 1123, RFC 850, and the formats of
// programming languages. ISO 8601 with hyphens is not among them, because the function ISO parses it.
var isoLayouts = []struct {
	layout        string
	hasTime, zone bool
}{
	{"20060102", false, false},
	{"20060102T150405", true, false},
	{"20060102T150405Z0700", true, true},
	{"20060102150405", true, false},
	{"20060102T1504", true, false},
	{"20060102T1504Z0700", true, true},
	{"200601021504", true, false},
	{time.RFC1123, true, true},
	{time.RFC1123Z, true, true},
	{"Mon, 2 Jan 2006 15:04:05 -0700", true, true},
	{time.RFC850, true, true},
	{time.ANSIC, true, false},
	{time.UnixDate, true, true},
	{"Mon Jan 02 2006 15:04:05 GMT-0700", true, true},
	{"Mon Jan 02 15:04:05 -0700 2006", true, true},
}

// Parse reads a date in the forms that occur on pages: ISO 8601, seconds or milliseconds since 1970, formats of servers
// and programming languages, or words and numbers as in Find.
func Parse(s string, style Style) (Span, bool) {
	if s = text.PlainText(s, 200); s == "" {
		return Span{}, false
	}
	if d, ok := ISO(s, style); ok {
		return Span{Date: d, End: len(s)}, true
	}
	if t, ok := Epoch(s); ok {
		return Span{Date: Date{Time: t, HasTime: true, HasZone: true}, End: len(s)}, true
	}
	for _, f := range isoLayouts {
		if t, err := time.Parse(f.layout, s); err == nil && Plausible(t) {
			return Span{Date: Date{Time: t, HasTime: f.hasTime, HasZone: f.zone}, End: len(s)}, true
		}
	}
	if len(s) > 2 && s[0] == '0' && s[1] == '0' {
		return Span{}, false // 0001 is a placeholder, not the year 2001
	}
	return Find(s, style)
}

// ISO parses ISO 8601 leniently: a date, "T" or a space, a time, a zone. It ignores a time or a zone that it cannot
// parse.
func ISO(s string, style Style) (Date, bool) {
	year, i, digits := text.ReadNumber(s, 0)
	if digits != 4 || i != 4 || i >= len(s) || s[i] != '-' {
		return Date{}, false
	}
	month, i, digits := text.ReadNumber(s, i+1)
	if digits == 0 || digits > 2 || i >= len(s) || s[i] != '-' {
		return Date{}, false
	}
	day, i, digits := text.ReadNumber(s, i+1)
	if digits == 0 || digits > 2 || year < FirstYear {
		return Date{}, false
	}
	d, ok := style.newDate(year, month, day)
	if !ok || i >= len(s) {
		return d, ok
	}
	rest := strings.TrimLeft(s[i:], " ,")
	if c := rest; c != "" && (c[0] == 'T' || c[0] == 't') {
		rest = strings.TrimLeft(c[1:], " ")
	}
	return d.withTime(rest), true
}

// withTime adds the time of day and the time zone at the start of s. It returns d unchanged if s does not begin with a
// valid time of day.
func (d Date) withTime(s string) Date {
	var c [3]int
	i := 0
	for part := range c {
		value, end, digits := text.ReadNumber(s, i)
		if digits == 0 || digits > 2 {
			if part < 2 {
				return d
			}
			break
		}
		c[part], i = value, end
		if i >= len(s) || s[i] != ':' || part == 2 {
			if part == 0 {
				return d
			}
			break
		}
		i++
	}
	if c[0] > 23 || c[1] > 59 || c[2] > 60 {
		return d
	}
	if i < len(s) && (s[i] == '.' || s[i] == ',') { // fractions of a second are ignored
		_, i, _ = text.ReadNumber(s, i+1)
	}
	half := strings.ToLower(strings.TrimLeft(s[i:], " "))
	if strings.HasPrefix(half, "pm") && c[0] < 12 {
		c[0] += 12
	} else if strings.HasPrefix(half, "am") && c[0] == 12 {
		c[0] = 0
	}
	zone, known := zoneAfter(s[i:])
	location := time.UTC
	if known && zone != 0 {
		location = time.FixedZone("", zone)
	}
	y, m, day := d.Time.Date()
	return Date{Time: time.Date(y, m, day, c[0], c[1], c[2], 0, location), HasTime: true, HasZone: known}
}

// Epoch parses seconds or milliseconds since 1970, as they occur in data for scripts. A number of ten digits may also
// be a telephone number, so only numbers that begin with 1 count. Such numbers are times from 2001 to 2033.
func Epoch(s string) (time.Time, bool) {
	if len(s) != 10 && len(s) != 13 || s[0] != '1' {
		return time.Time{}, false
	}
	n := int64(0)
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return time.Time{}, false
		}
		n = n*10 + int64(s[i]-'0')
	}
	if len(s) == 13 {
		n /= 1000
	}
	return time.Unix(n, 0).UTC(), n >= 1_000_000_000
}
