package dates

import "time"

// namedDate returns the date given by a month's name and two numbers, in the calendar of the month. ok is false if that
// calendar has no such day or if the year is implausible in it: "15 رمضان 1447 - 4 مارس 2026" does not contain 4 مارس
// 1447.
func namedDate(year, month, day *Token, style Style) (d Span, ok bool) {
	y := style.year(year)
	switch m := month.month; {
	case m > islamic:
		d.lunar = true
		d.Date, ok = islamicDate(y, m-islamic, day.Number)
	case m > ethiopian:
		d.Date, ok = ethiopianDate(y, m-ethiopian, day.Number)
	case m > jalali:
		d.Date, ok = iranianDate(y, m-jalali, day.Number)
	default:
		d.Date, ok = Gregorian(y, m, day.Number)
	}
	return d, ok
}

// numberedDate returns the date given by three numbers, in the calendar to which the year belongs.
func numberedDate(year, month, day *Token, style Style) (d Span, ok bool) {
	y := style.year(year)
	d.lunar = year.Digits == 4 && y <= lastIranianYear && (style.Language == "ar" || style.Language == "ur")
	d.Date, ok = style.newDate(y, month.Number, day.Number)
	return d, ok
}

// year returns the year that a number means. A number of two digits means the last year that ends in it and is not
// after LastShortYear. In Thai text, a number above lastShortThai is a year of the twenty-sixth century of the Buddhist
// era. In Persian text, any number of two digits is a year of the Iranian calendar: of the fourteenth century from 60
// on, else of the fifteenth.
func (s *Style) year(t *Token) int {
	y := t.Number
	switch {
	case t.Digits > 2:
	case s.Language == "th" && y > lastShortThai:
		y += 2500
	case s.Language == "fa" && y < LastShortYear-2000:
		y += 1400
	case s.Language == "fa":
		y += 1300
	case y+2000 > LastShortYear:
		y += 1900
	default:
		y += 2000
	}
	return y
}

// LastShortYear is the last year that a number of two digits can mean.
const LastShortYear = 2060

// lastShortThai is the last two-digit number that means a Gregorian year in Thai text. The next number, 44, means the
// Buddhist year 2544, which is 2001.
const lastShortThai = 43

// firstIranianYear and lastIranianYear are the years of the Iranian calendar that correspond to 1990 and 2100.
const (
	firstIranianYear = 1369
	lastIranianYear  = 1479
)

// firstNepaliYear is the first year that is assumed to be in Nepal's calendar. The lengths of the months in that
// calendar come from tables, so its dates are not read.
const firstNepaliYear = 2056

// newDate returns the date given by three numbers: Gregorian, Buddhist, Iranian or, in Arabic and Urdu, Islamic. It
// returns false for the years of the Bengali and the Nepali calendar.
func (s *Style) newDate(year, month, day int) (Date, bool) {
	if year >= firstIranianYear && year <= lastIranianYear {
		switch s.Language {
		case "ar", "ur":
			return islamicDate(year, month, day)
		case "bn": // the Bengali calendar has similar year numbers
			return Date{}, false
		}
		return iranianDate(year, month, day)
	}
	if s.Language == "ne" && year >= firstNepaliYear {
		return Date{}, false
	}
	return Gregorian(year, month, day)
}

// Gregorian returns the date given by three numbers in the Gregorian or the Thai calendar. Thai years are 543 ahead.
func Gregorian(year, month, day int) (Date, bool) {
	if year >= FirstYear+543 && year <= lastYear+543 {
		year -= 543
	}
	if month < 1 || month > 12 || day < 1 || day > 31 {
		return Date{}, false
	}
	t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	if t.Day() != day || !Plausible(t) {
		return Date{}, false
	}
	return Date{Time: t}, true
}

// iranianDate converts a date of the Solar Hijri calendar by its arithmetic cycle of 33 years, which is valid from 1244
// to 1472. Dates of later years may be wrong by a day.
func iranianDate(year, month, day int) (Date, bool) {
	if month < 1 || month > 12 || day < 1 || day > 31 || month > 6 && day > 30 || year < firstIranianYear ||
		year > lastIranianYear {
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
	return Date{Time: t}, Plausible(t)
}

// islamicDate converts a date of the Islamic calendar by its tabular form, which has eleven leap years in thirty and
// begins on 19 July 622 of the Gregorian calendar (Reingold and Dershowitz, Calendrical Calculations, chapter 7). The
// official calendar may differ by a day.
func islamicDate(year, month, day int) (Date, bool) {
	if month < 1 || month > 12 || day < 1 || day > 30 || year < 1 {
		return Date{}, false
	}
	days := day + 29*(month-1) + (6*month-1)/11 + (year-1)*354 + (3+11*year)/30
	t := time.Date(622, time.July, 18, 0, 0, 0, 0, time.UTC).AddDate(0, 0, days)
	return Date{Time: t}, Plausible(t)
}

// ethiopianDate converts a date of the Ethiopian calendar: twelve months of thirty days, then five days, or six every
// fourth year. Its first day is 29 August 8 in the Julian calendar, or 27 August 8 in the Gregorian (Reingold and
// Dershowitz, Calendrical Calculations, chapter 4).
func ethiopianDate(year, month, day int) (Date, bool) {
	if month < 1 || month > 13 || day < 1 || day > 30 || month == 13 && day > 6 {
		return Date{}, false
	}
	days := 365*(year-1) + year/4 + 30*(month-1) + day
	t := time.Date(8, time.August, 26, 0, 0, 0, 0, time.UTC).AddDate(0, 0, days)
	return Date{Time: t}, Plausible(t)
}
