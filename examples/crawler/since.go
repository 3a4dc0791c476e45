package main

import (
	"errors"
	"flag"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/dechaff/dechaff/cleaner"
	"github.com/dechaff/dechaff/scraper"
)

// runFlags are the flags for runs over a site that was crawled before.
type runFlags struct{ since sinceTime }

// runs defines the runFlags.
func (c *config) runs(fs *flag.FlagSet) {
	fs.Var(&c.since, "since",
		"write only pages published or modified since a `date` (2026-11-01) or within a duration (36h, 7d, 4w)")
}

// A sinceTime is the value of -since; the zero value means no limit.
type sinceTime struct{ time.Time }

func (s *sinceTime) String() string {
	if s.IsZero() {
		return ""
	}
	return s.Format(time.RFC3339)
}

// Set parses a date, a date with a time, or a duration before now.
func (s *sinceTime) Set(value string) error {
	for _, layout := range []string{time.DateOnly, time.RFC3339, "2006-01-02T15:04", "2006-01-02T15:04:05"} {
		if t, err := time.ParseInLocation(layout, value, time.Local); err == nil {
			s.Time = t
			return nil
		}
	}
	ago, err := parseDuration(value)
	if err != nil || ago <= 0 {
		return errors.New("must be a date such as 2026-11-01 or 2026-11-01T09:30:00Z, or a duration such as 36h, 7d or 4w")
	}
	s.Time = time.Now().Add(-ago)
	return nil
}

// maxDays is the maximum number of days that parseDuration accepts; weeks are converted to days. It keeps the result
// within a time.Duration, which cannot exceed 292 years.
const maxDays = 36500

// parseDuration is like time.ParseDuration, but also accepts days and weeks.
func parseDuration(value string) (time.Duration, error) {
	for suffix, days := range map[string]int{"d": 1, "w": 7} {
		if number, ok := strings.CutSuffix(value, suffix); ok {
			n, err := strconv.Atoi(number)
			if err != nil || n < 0 || n > maxDays/days {
				return 0, errors.New("not a number of days")
			}
			return time.Duration(n*days) * 24 * time.Hour, nil
		}
	}
	return time.ParseDuration(value)
}

// isOld reports whether a page was neither published nor modified since the time of -since. It uses the latest of the
// dates in the article, the sitemap and the feed. Only if there is no such date does it use the server's Last-Modified
// header, because many servers set that to the time of the request. A page without any date is not old.
func (s *session) isOld(p *scraper.Page, a *cleaner.Article) bool {
	if s.since.IsZero() {
		return false
	}
	var latest time.Time
	for _, d := range [...]cleaner.Date{a.Published, a.Modified, listed(p.Request.Published), listed(p.Request.Modified)} {
		if t := end(d); t.After(latest) {
			latest = t
		}
	}
	if latest.IsZero() {
		latest, _ = http.ParseTime(p.Header.Get("Last-Modified"))
	}
	return !latest.IsZero() && latest.Before(s.since.Time)
}

// listed converts a time from a sitemap or a feed to a date. Midnight means that the time of day is unknown.
func listed(t time.Time) cleaner.Date {
	return cleaner.Date{Time: t, HasTime: t.Hour() != 0 || t.Minute() != 0 || t.Second() != 0}
}

// end returns the end of the day, month or year that a date names. A date with a time of day is returned unchanged.
func end(d cleaner.Date) time.Time {
	switch {
	case d.IsZero(), d.HasTime:
		return d.Time
	case d.NoMonth:
		return d.Time.AddDate(1, 0, 0)
	case d.NoDay:
		return d.Time.AddDate(0, 1, 0)
	}
	return d.Time.AddDate(0, 0, 1)
}
