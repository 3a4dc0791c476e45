package dates

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// The dates are known from calendars. Most of them are at the turn of a year.
func TestCalendars(t *testing.T) {
	for _, c := range []struct {
		written, language, want string
	}{
		{"1 فروردین 1403", "fa", "2024-03-20"},
		{"30 اسفند 1403", "fa", "2025-03-20"},
		{"1 فروردین 1404", "fa", "2025-03-21"},
		{"1 محرم 1445", "ar", "2023-07-19"},
		{"1 شوال 1447", "ar", "2026-03-20"},
		{"1 መስከረም 2018", "am", "2025-09-11"},
		{"1 መስከረም 2016", "am", "2023-09-12"},
		{"6 ጳጉሜ 2015", "am", "2023-09-11"},
		{"1 มกราคม 2569", "th", "2026-01-01"},
		{"1 ม.ค. 69", "th", "2026-01-01"},
		{"1 ม.ค. 26", "th", "2026-01-01"},
		{"民國115年1月1日", "zh-TW", "2026-01-01"},
		{"令和元年", "ja", ""},
	} {
		d, _ := Parse(c.written, StyleOf(c.language))
		assert.Equal(t, c.want, d.Day().String(), c.written)
	}
	for _, c := range [][3]int{{1447, 13, 1}, {1447, 1, 31}, {1447, 0, 1}} {
		_, ok := islamicDate(c[0], c[1], c[2])
		assert.False(t, ok, c)
	}
	for _, c := range [][3]int{{2018, 13, 7}, {2018, 14, 1}, {2018, 1, 31}} {
		_, ok := ethiopianDate(c[0], c[1], c[2])
		assert.False(t, ok, c)
	}
}
