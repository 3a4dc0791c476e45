package dates

import (
	"strings"
	"time"

	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// Month reads a text that is only a month with its year: "March 2026", "2026-03", "03/2026", "2026年3月". NoDay is true
// in the result.
func Month(s string, style Style) (Date, bool) {
	s = strings.TrimSpace(s)
	if len(s) < len("3/2026") || len(s) > maxMonthText || !strings.ContainsFunc(s, text.IsDigit) {
		return Date{}, false
	}
	tokens := Tokens(joinMonths(s))
	nameMonths(tokens, &style)
	parts := make([]*Token, 0, 2)
	for i := range tokens {
		switch t := &tokens[i]; {
		case t.Kind == 'n' || t.month > 0:
			parts = append(parts, t)
		case !t.isFiller() && !isUnit(t, "年", "月", "년", "월"):
			return Date{}, false
		}
	}
	if len(parts) != 2 {
		return Date{}, false
	}
	year, month := parts[0], parts[1]
	if year.Digits != 4 {
		year, month = month, year
	}
	switch between := s[parts[0].End:parts[1].Start]; {
	case year.Digits != 4 || year.Kind != 'n':
		return Date{}, false
	case month.month > 0:
		return monthOf(year.Number, month.month)
	case month.Digits > 2 || strings.Trim(between, " -/.年년") != "" || strings.TrimSpace(between) == "":
		return Date{}, false
	}
	return monthOf(year.Number, month.Number)
}

// maxMonthText is the maximum length of a text that Month reads, in bytes.
const maxMonthText = 40

func monthOf(year, month int) (Date, bool) {
	d, ok := Gregorian(year, month, 1)
	d.NoDay = ok
	return d, ok
}

// Partial is like Month but also reads a text that is only a year of four digits. In that case, NoMonth is true too.
func Partial(s string, style Style) (Date, bool) {
	s = strings.TrimSpace(s)
	if year, end, digits := text.ReadNumber(s, 0); digits == 4 && end == len(s) {
		d, ok := Gregorian(year, int(time.January), 1)
		d.NoDay, d.NoMonth = ok, ok
		return d, ok
	}
	return Month(s, style)
}
