package dates

import (
	"time"
)

// A Date is a day or a moment, with the precision that the page gave. The zero value means "unknown".
type Date struct {
	// Time is the moment in the time zone that the page gave, or in UTC if it gave none. Without a time of day, Time is
	// midnight. Without a day, it is on the first day of the month or the year.
	Time time.Time
	// HasTime reports whether the page gave a time of day. HasZone reports whether it gave a time zone with that time.
	HasTime, HasZone bool
	// NoDay reports whether the page gave no day, but only a month or only a year. NoMonth reports whether it gave only
	// a year.
	NoDay, NoMonth bool
}

// IsZero reports whether the date is unknown.
func (d Date) IsZero() bool { return d.Time.IsZero() }

// String returns the date in ISO 8601, with the precision that the page gave: 2026, 2026-03, 2026-03-01,
// 2026-03-01T09:30:00 or 2026-03-01T09:30:00+02:00. It returns "" for the zero Date.
func (d Date) String() string {
	switch {
	case d.IsZero():
		return ""
	case d.NoMonth:
		return d.Time.Format("2006")
	case d.NoDay:
		return d.Time.Format("2006-01")
	case d.HasTime && d.HasZone:
		return d.Time.Format(time.RFC3339)
	case d.HasTime:
		return d.Time.Format("2006-01-02T15:04:05")
	default:
		return d.Time.Format(time.DateOnly)
	}
}

// Day returns the date without its time of day and time zone. The Day of a month or a year is its first day.
func (d Date) Day() Date {
	if d.IsZero() {
		return d
	}
	y, m, day := d.Time.Date()
	return Date{Time: time.Date(y, m, day, 0, 0, 0, 0, time.UTC)}
}

// Near reports whether the days of two dates, in UTC, are at most one day apart. It returns false if one of the dates
// is unknown. The visible date on a page may be in a different time zone than the date in its metadata.
func (d Date) Near(other Date) bool {
	if d.IsZero() || other.IsZero() {
		return false
	}
	apart := d.Time.Truncate(24 * time.Hour).Sub(other.Time.UTC().Truncate(24 * time.Hour))
	return apart >= -24*time.Hour && apart <= 24*time.Hour
}
