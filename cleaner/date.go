package cleaner

import (
	"fmt"
	"time"
)

// A Date is a day, or a moment, as precisely as the page gave it. The zero value is "unknown".
type Date struct {
	// Time is the moment in the page's own zone; UTC where the page gave none.
	Time time.Time
	// HasTime tells that the page gave a time of day, HasZone that it gave a zone with it.
	HasTime, HasZone bool
}

// IsZero reports whether the date is unknown.
func (d Date) IsZero() bool { return d.Time.IsZero() }

// String returns the date as ISO 8601 with no more than the page gave: 2026-03-01, 2026-03-01T09:30:00
// or 2026-03-01T09:30:00+02:00; "" for the zero Date.
func (d Date) String() string {
	switch {
	case d.IsZero():
		return ""
	case d.HasTime && d.HasZone:
		return d.Time.Format(time.RFC3339)
	case d.HasTime:
		return d.Time.Format("2006-01-02T15:04:05")
	default:
		return d.Time.Format(time.DateOnly)
	}
}

// MarshalText implements encoding.TextMarshaler with String.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler: it reads what String writes.
func (d *Date) UnmarshalText(text []byte) error {
	s := string(text)
	if s == "" {
		*d = Date{}
		return nil
	}
	for _, form := range []struct {
		layout        string
		hasTime, zone bool
	}{{time.RFC3339, true, true}, {"2006-01-02T15:04:05", true, false}, {time.DateOnly, false, false}} {
		if t, err := time.Parse(form.layout, s); err == nil {
			*d = Date{Time: t, HasTime: form.hasTime, HasZone: form.zone}
			return nil
		}
	}
	return fmt.Errorf("cleaner: bad date %q", s)
}
