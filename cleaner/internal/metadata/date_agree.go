package metadata

import (
	"slices"
	"strings"
	"time"

	"github.com/dechaff/dechaff/cleaner/internal/dates"
)

// agree checks the date of publication against other evidence. It corrects the order of day and month and the time
// zone, and may replace the date with the visible one or with the date in the page's address.
func (r *dateReader) agree() {
	p := r.m.Published
	if p.IsZero() || p.NoDay {
		return
	}
	if !r.swapped.IsZero() && !r.confirmed(p) && (r.confirmed(r.swapped) || r.timed(r.swapped) && !r.timed(p) ||
		!r.timed(p) && r.otherOrder()) {
		r.m.Published = r.swapped
		return
	}
	if local, ok := localMidnight(p, r.style.Zones); ok {
		r.m.Published, p = local, local
	}
	shown := r.seen.published
	shown.Date, _ = localMidnight(shown.Date, r.style.Zones)
	if shown.above && r.m.Provenance["published"] == "visible date" && !r.address.IsZero() &&
		r.address.Time.Before(p.Day().Time) {
		// a date above the headline may be the current date
		r.m.Published, r.m.Provenance["published"] = r.address, "url"
		return
	}
	if !shown.Swapped.IsZero() && shown.Swapped.Day() == p.Day() {
		shown.Date = shown.Swapped
	}
	if r.m.Provenance["published"] != "visible date" && r.outweighs(shown, p) {
		r.m.Published, r.m.Provenance["published"] = shown.Date, "visible date"
		return
	}
	if shown.score < 1000*trustLine || shown.Day() == p.Day() {
		if shown.score < 1000*trustLine && nextDay(p, r.address) {
			r.m.Published, r.m.Provenance["published"] = r.address, "url"
		}
		return
	}
	y, month, day := p.Time.Date()
	if turned, ok := dates.Gregorian(y, day, int(month)); ok && turned == shown.Day() && shown.Swapped.IsZero() &&
		shown.score >= 1000*trustMarked {
		r.m.Published, r.m.Provenance["published"] = shown.Date, "visible date"
		return
	}
	if _, ok := zoneBetween(p, shown.Date); ok && p.HasTime && !p.HasZone {
		r.m.Published, r.m.Provenance["published"] = shown.Date, "visible date" // p is in UTC but does not say so
		return
	}
	if !nextDay(p, shown.Date) {
		return
	}
	if shown.HasZone && shown.Time.Equal(p.Time) {
		r.m.Published = shown.Date
	} else if zone, ok := zoneBetween(p, shown.Date); ok {
		r.m.Published.Time = p.Time.In(time.FixedZone("", zone))
	} else if !shown.HasTime && shown.score >= 1000*trustLine+nearHeadline {
		r.m.Published, r.m.Provenance["published"] = shown.Date, "visible date"
	}
}

// outweighs reports whether the visible date next to the headline replaces a different date in the markup. A visible
// date far from the headline counts only if the markup gives the same day for publication and for the last change. Some
// generators give the day of the last change as the day of publication; others give the day on which an old page was
// moved. If a page shows only the day of its last change, that day becomes the date of publication; if it also shows
// the day of publication in the markup, that day stays, however the page labels the two. The agree method
// handles differences that time zones explain. On a page with readers' answers, outweighs returns false, because the
// visible date may be the date of an answer.
func (r *dateReader) outweighs(shown visibleDate, p dates.Date) bool {
	changed := r.m.Modified
	generated := !changed.IsZero() && changed.Day() == p.Day()
	if shown.either || shown.score < 1000*trustLine+nearHeadline && !(shown.score == loneScore && generated) ||
		r.answered || shown.Day() == p.Day() {
		return false
	}
	if !shown.Swapped.IsZero() && withinZones(p, shown.Swapped) {
		return false
	}
	if shown.Time.Before(p.Time) {
		return !withinZones(p, shown.Date) || generated && !p.HasZone
	}
	if changed.IsZero() || shown.Day().Time.After(changed.Day().Time) ||
		slices.ContainsFunc(r.seen.near, func(d dates.Date) bool { return d.Day() == p.Day() }) {
		return false
	}
	return !shown.above || changed.Time.Sub(p.Time) > minAge // a line above the headline may show the current date
}

// isArticle reports whether JSON-LD declares an article. Many articles have questions and answers, too.
func (f *Findings) isArticle() bool {
	return f.article.isType("Article", "NewsArticle", "BlogPosting", "ReportageNewsArticle", "TechArticle",
		"ScholarlyArticle", "Recipe", "Review", "HowTo", "MedicalWebPage")
}

// A visible date that is above the headline and later than the date of publication counts only if the page was changed
// more than minAge after that date of publication.
const minAge = 30 * 24 * time.Hour

// withinZones reports whether the moment can fall on the local date in some time zone. Time zones range from 12 hours
// behind UTC to 14 hours ahead. A moment without a time of day must be on the local date itself.
func withinZones(moment, local dates.Date) bool {
	begin := local.Day().Time
	t := moment.Time.UTC()
	if !moment.HasTime {
		return t.Equal(begin)
	}
	return !t.Before(begin.Add(-14*time.Hour)) && t.Before(begin.Add((24+12)*time.Hour))
}

// otherOrder reports whether the page's other dates have day and month in the opposite order from r.style.
func (r *dateReader) otherOrder() bool {
	order := r.order()
	return order == 'd' && r.style.MonthFirst || order == 'm' && !r.style.MonthFirst
}

// confirmed reports whether the address, the visible date or the date of the last change gives the same day as d. The
// visible date does not count if it is the source of the date of publication.
func (r *dateReader) confirmed(d dates.Date) bool {
	seen := r.seen.published.Date
	if r.m.Provenance["published"] == "visible date" {
		seen = dates.Date{}
	}
	for _, other := range [...]dates.Date{r.address, seen, r.m.Modified} {
		if !other.IsZero() && other.Day() == d.Day() {
			return true
		}
	}
	return false
}

// timed reports whether a time element gives the same day as d in ISO 8601 format, which is unambiguous.
func (r *dateReader) timed(d dates.Date) bool {
	for _, t := range r.times {
		if other, ok := dates.ISO(strings.TrimSpace(t.value), r.style); ok && other.Day() == d.Day() {
			return true
		}
	}
	return false
}

// localMidnight converts a time in UTC to a local date if the time is midnight in one of the zones and the local date
// differs from the date in UTC. The zones are the UTC offsets, in hours, where the page's language is spoken. Such a
// time is usually a date that was stored without a time of day. In all other cases, localMidnight returns d and false.
func localMidnight(d dates.Date, zones []float32) (dates.Date, bool) {
	if !d.HasTime || !d.HasZone || d.Time.Second() != 0 || d.Time.Nanosecond() != 0 {
		return d, false
	}
	if _, offset := d.Time.Zone(); offset != 0 {
		return d, false
	}
	for _, hours := range zones {
		local := d.Time.Add(time.Duration(hours*60) * time.Minute)
		if local.Hour() == 0 && local.Minute() == 0 && local.Day() != d.Time.Day() {
			return dates.Date{Time: local}.Day(), true
		}
	}
	return d, false
}

// nextDay reports whether the moment is a time in UTC that can fall on the local date in some time zone, although the
// two dates differ by one day.
func nextDay(moment, local dates.Date) bool {
	if !moment.HasTime || !moment.HasZone || local.IsZero() {
		return false
	}
	if _, offset := moment.Time.Zone(); offset != 0 {
		return false
	}
	switch local.Day().Time.Sub(moment.Day().Time) {
	case 24 * time.Hour:
		return moment.Time.Hour() >= 10 // time zones are up to 14 hours ahead of UTC
	case -24 * time.Hour:
		return moment.Time.Hour() < 12
	}
	return false
}

// zoneBetween returns the time zone, in seconds east of UTC, in which the moment has the visible local time. ok is
// false if there is no such zone, or if the local time has no time of day or already has a zone.
func zoneBetween(moment, local dates.Date) (seconds int, ok bool) {
	if !local.HasTime || local.HasZone {
		return 0, false
	}
	zone := local.Time.Sub(moment.Time.UTC().Truncate(time.Minute))
	if local.Time.Second() != 0 {
		zone = local.Time.Sub(moment.Time.UTC())
	}
	if zone%(15*time.Minute) != 0 || zone < -12*time.Hour || zone > 14*time.Hour {
		return 0, false
	}
	return int(zone / time.Second), true
}
