package metadata

import (
	"net/url"
	"strings"

	"github.com/dechaff/dechaff/cleaner/internal/dates"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// addressDate returns the date in the page's address or, if there is none, in its canonical address or its og:url.
func (f *Findings) addressDate() dates.Date {
	d := urlDate(f.url)
	for _, own := range append([]string{f.canonical}, f.meta["og:url"]...) {
		if d.IsZero() {
			d = urlDate(ParseURL(own))
		}
	}
	return d
}

// urlDate returns the date in the path of an address: /2026/03/01/, 2026-03-01, /20260301/, /2026/mar/01/, /2026/0301/.
func urlDate(u *url.URL) dates.Date {
	if u == nil {
		return dates.Date{}
	}
	path := u.Path
	if len(path) > maxPath {
		path = path[:maxPath]
	}
	parts := strings.FieldsFunc(path, func(r rune) bool { return r == '/' || r == '-' || r == '_' || r == '.' })
	for i, part := range parts {
		if len(part) == 8 && part[:2] == "20" {
			if d, ok := numbersDate(part[:4], part[4:6], part[6:]); ok {
				return d
			}
		}
		if len(part) == 4 && i+2 < len(parts) {
			if d, ok := numbersDate(part, parts[i+1], parts[i+2]); ok {
				return d
			}
		}
		if len(part) == 4 && i+1 < len(parts) && len(parts[i+1]) == 4 && part[:2] == "20" { // /2026/0314/
			if d, ok := numbersDate(part, parts[i+1][:2], parts[i+1][2:]); ok {
				return d
			}
		}
	}
	return dates.Date{}
}

// digitsDate returns the date at the start of a number anywhere in an address (t20260314_12, AKR20260314001200001), or
// the date in a number such as 14032026. It is less reliable than urlDate.
func digitsDate(u *url.URL) dates.Date {
	if u == nil {
		return dates.Date{}
	}
	s := u.Path
	if u.RawQuery != "" {
		s += "?" + u.RawQuery
	}
	s = s[:min(len(s), maxPath)]
	for i := strings.Index(s, "20"); i >= 0 && i+4 <= len(s); {
		if i+8 <= len(s) && (i == 0 || !text.IsDigit(rune(s[i-1]))) {
			if d, ok := numbersDate(s[i:i+4], s[i+4:i+6], s[i+6:i+8]); ok && d.Time.Year() <= dates.LastShortYear {
				return d
			}
		}
		if i >= 4 && (i == 4 || !text.IsDigit(rune(s[i-5]))) && (i+4 == len(s) || !text.IsDigit(rune(s[i+4]))) { // 14032026
			if d, ok := numbersDate(s[i:i+4], s[i-2:i], s[i-4:i-2]); ok && d.Time.Year() <= dates.LastShortYear {
				return d
			}
		}
		next := strings.Index(s[i+2:], "20")
		if next < 0 {
			break
		}
		i += 2 + next
	}
	return dates.Date{}
}

// maxPath is the maximum number of bytes of an address that are searched for a date.
const maxPath = 1024

// numbersDate returns the date given by three parts of an address. The month may be a name.
func numbersDate(year, month, day string) (dates.Date, bool) {
	y, end, digits := text.ReadNumber(year, 0)
	if end != len(year) || digits != 4 || y < dates.FirstYear {
		return dates.Date{}, false
	}
	m := dates.MonthOf(strings.ToLower(month))
	if n, end, digits := text.ReadNumber(month, 0); end == len(month) && digits <= 2 {
		m = n
	}
	d, end, digits := text.ReadNumber(day, 0)
	if end != len(day) || digits < 1 || digits > 2 || m < 1 || m > 12 {
		return dates.Date{}, false
	}
	return dates.Gregorian(y, m, d)
}
