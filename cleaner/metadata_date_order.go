package cleaner

import (
	"net/url"
	"strings"
	"time"
)

// dayFirstHosts are the countries that write English, or leave the language of their pages as it was installed, and the day before the
// month: by their top-level domains. Those of Liberia and the Philippines are left out, and those that are sold to all the world.
var dayFirstHosts = setOf("uk", "ie", "in", "au", "nz", "za", "ng", "gh", "ke", "ug", "tz", "zm", "zw", "bw", "na", "mw", "sl", "gm", "rw", "et", "mu", "pk", "bd", "lk", "np", "my", "sg", "hk", "jm", "tt", "bb", "bs", "gy", "fj", "pg", "cy", "mt", "ae", "qa", "eg", "jo", "lb", "kw", "om", "bh", "sa")

// isDayFirstHost reports whether an address is of such a country.
func isDayFirstHost(u *url.URL) bool {
	if u == nil {
		return false
	}
	host := u.Hostname()
	return dayFirstHosts[strings.ToLower(host[strings.LastIndexByte(host, '.')+1:])]
}

// byWeekday decides the order of a date's numbers by the weekday before it: Wednesday 04/03/2026.
func (d *dateSpan) byWeekday(word string) {
	day, known := englishWeekday(word)
	switch {
	case !known || d.swapped.IsZero():
	case d.swapped.Time.Weekday() == day && d.Time.Weekday() != day:
		d.Date, d.swapped = d.swapped, Date{}
	case d.Time.Weekday() == day && d.swapped.Time.Weekday() != day:
		d.swapped = Date{}
	}
}

// englishWeekday reads a weekday, whole or by its first three letters: English is the language whose order of numbers is in doubt.
func englishWeekday(word string) (time.Weekday, bool) {
	if len(word) < 3 || len(word) > len("wednesday") || !isASCII(word) {
		return 0, false
	}
	word = strings.ToLower(word)
	for day := time.Sunday; day <= time.Saturday; day++ {
		name := strings.ToLower(day.String())
		if word == name || word == name[:3] || word == "tues" && day == time.Tuesday || word == "thurs" && day == time.Thursday {
			return day, true
		}
	}
	return 0, false
}

// Bounds of the search for other dates that tell the order of numbers: lines that are read, and bytes of each.
const (
	maxOrderLines = 400
	maxOrderLine  = 160
)

// numberOrder reports whether the page's other dates have the day before the month, 'd', or behind it, 'm', or do not tell, 0: there is no
// thirteenth month.
func (p *page) numberOrder() byte {
	var dayFirst, monthFirst int
	left := maxOrderLines
	for b := range p.blocks {
		text := p.blocks[b].Text
		if len(text) < minDated || !hasDay(text) {
			continue
		}
		if left--; left < 0 {
			break
		}
		text = text[:min(len(text), maxOrderLine)]
		tokens := dateTokens(text)
		for i := 0; i+2 < len(tokens); i++ {
			a, b, c := &tokens[i], &tokens[i+1], &tokens[i+2]
			if a.kind != 'n' || b.kind != 'n' || c.kind != 'n' || a.digits > 2 || b.digits > 2 || c.digits != 4 {
				continue
			}
			sign, ok := dateSign(text[a.end:b.start])
			if other, ok2 := dateSign(text[b.end:c.start]); !ok || !ok2 || sign != other || sign == '.' {
				continue
			}
			switch {
			case a.number > 12 && a.number <= 31 && b.number <= 12:
				dayFirst++
			case b.number > 12 && b.number <= 31 && a.number <= 12:
				monthFirst++
			}
		}
	}
	switch {
	case dayFirst > 0 && monthFirst == 0:
		return 'd'
	case monthFirst > 0 && dayFirst == 0:
		return 'm'
	}
	return 0
}
