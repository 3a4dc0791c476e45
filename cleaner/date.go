package cleaner

import (
	"fmt"
	"time"

	"github.com/dechaff/dechaff/cleaner/internal/dates"
)

// A Date is a day or a moment, or only a month or a year, as precise as the page gave it. The zero value means unknown.
type Date struct {
	// Time is the moment in the page's own time zone, or in UTC if the page gave none.
	Time time.Time
	// HasTime reports whether the page gave a time of day; HasZone reports whether it also gave a time zone.
	HasTime, HasZone bool
	// NoDay reports whether the page gave only a month; then Time is its first day. NoMonth reports whether it gave only
	// a year; then Time is January 1, and NoDay is true as well.
	NoDay, NoMonth bool
}

// IsZero reports whether the date is unknown.
func (d Date) IsZero() bool { return d.Time.IsZero() }

// String returns the date in ISO 8601, no more precise than the page gave it: 2026, 2026-03, 2026-03-01,
// 2026-03-01T09:30:00 or 2026-03-01T09:30:00+02:00. It returns "" for the zero Date.
func (d Date) String() string { return dates.Date(d).String() }

// MarshalText implements encoding.TextMarshaler. It returns the same text as String.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler. It reads the output of String.
func (d *Date) UnmarshalText(text []byte) error {
	s := string(text)
	if s == "" {
		*d = Date{}
		return nil
	}
	for _, form := range []struct {
		layout string
		date   Date
	}{
		{time.RFC3339, Date{HasTime: true, HasZone: true}},
		{"2006-01-02T15:04:05", Date{HasTime: true}},
		{time.DateOnly, Date{}},
		{"2006-01", Date{NoDay: true}},
		{"2006", Date{NoDay: true, NoMonth: true}},
	} {
		if t, err := time.Parse(form.layout, s); err == nil {
			form.date.Time = t
			*d = form.date
			return nil
		}
	}
	return fmt.Errorf("cleaner: bad date %q", s)
}
