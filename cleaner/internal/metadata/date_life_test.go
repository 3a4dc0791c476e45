package metadata

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/dechaff/dechaff/cleaner/internal/dates"
)

// Two dates with nothing but signs between them are those of a life if they are years apart. The date of publication
// and that of the last change, and a date in two calendars, are not.
func TestIsLife(t *testing.T) {
	for line, want := range map[string]bool{
		"June 2, 1934 ~ March 9, 2026 (age 91)":       true,
		"2 June 1996 – 9 March 2026":                  true,
		"* 02.06.1934  † 09.03.2026":                  true,
		"March 9, 2026":                               false,
		"March 9, 2026 – March 11, 2026":              false,
		"Posted June 2, 2016 | Updated March 9, 2026": false,
		"© 2019 – March 9, 2026":                      false,
		"14 Ramadan 1447 – March 4, 2026":             false,
		"۲۳ اسفند ۱۴۰۴ - 14 March 2026":               false,
	} {
		assert.Equal(t, want, isLife(line, dates.Style{MonthFirst: true}), line)
	}
}
