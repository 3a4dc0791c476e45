package metadata

import (
	"time"

	"github.com/dechaff/dechaff/cleaner/internal/dates"
)

// resolveDates decides when the article was published and last changed. The visible dates are used to correct the dates
// in the markup. The last change of a page that is kept up to date does not show how old the page is.
func (m *Fields) resolveDates(p *View) {
	f, seen := m.Found, m.seen
	r := dateReader{
		m: m, style: p.dateStyle(), seen: seen, address: f.addressDate(), answered: p.Forum && !f.isArticle(),
		times: f.times, order: p.numberOrder,
	}
	_ = r.read(true, "json-ld", f.article.moment("datePublished"), f.article.moment("datePosted")) ||
		r.read(true, "opengraph", f.metaOf("article:published_time", "og:article:published_time", "og:published_time")...) ||
		r.read(true, "microdata", append(f.metaOf("datepublished"), f.timesOf("datePublished")...)...) ||
		r.visible(1000*trustMarked) ||
		r.visible(1000*trustLine+nearHeadline) ||
		r.take(true, "feed", dates.Span{Date: momentOf(f.fed[0])}) ||
		r.read(true, "meta", f.metaOf(publishedKeys...)...) ||
		r.visible(1000*trustLine-nearHeadline) ||
		r.read(true, "json-ld", f.article.Text("dateCreated"), f.article.Text("uploadDate")) ||
		r.read(true, "microdata", f.timesOf("dateCreated")...) ||
		r.read(true, "time", f.timesOf("")...) ||
		r.read(true, "time", f.dated...) ||
		r.take(true, "url", dates.Span{Date: r.address}) ||
		r.visible(1) ||
		r.read(true, "page state", f.stateDates(r.style.Language)...) ||
		r.take(true, "url", dates.Span{Date: digitsDate(f.url)}) ||
		r.partial("json-ld", f.article.moment("datePublished")) ||
		r.partial("opengraph", f.metaOf("article:published_time")...) ||
		r.partial("microdata", append(f.metaOf("datepublished"), f.timesOf("datePublished")...)...) ||
		r.take(true, "visible date", dates.Span{Date: seen.month}) ||
		r.partial("meta", f.metaOf(publishedKeys...)...) ||
		r.partial("time", f.timesOf("")...)
	_ = r.read(false, "json-ld", f.article.moment("dateModified")) ||
		r.read(false, "opengraph", f.metaOf("article:modified_time", "og:updated_time", "og:article:modified_time")...) ||
		r.read(false, "microdata", append(f.metaOf("datemodified"), f.timesOf("dateModified")...)...) ||
		r.take(false, "visible date", seen.modified.Span) ||
		r.read(false, "meta", f.metaOf(modifiedKeys...)...) ||
		r.take(false, "feed", dates.Span{Date: momentOf(f.fed[1])})
	r.agree()
	if m.Published.IsZero() && !m.Modified.IsZero() && m.Provenance["modified"] != "feed" && !p.Kept &&
		m.Claims&madeForDocs == 0 {
		// nothing else on the page gives the article's age
		m.Published, m.Provenance["published"] = m.Modified, "modified"
	}
}

// momentOf converts a time from a feed or a sitemap. Midnight means that only the day is known.
func momentOf(t time.Time) dates.Date {
	if t.IsZero() || !dates.Plausible(t) {
		return dates.Date{}
	}
	clock := t.Hour() != 0 || t.Minute() != 0 || t.Second() != 0
	return dates.Date{Time: t, HasTime: clock, HasZone: clock}
}

// nearHeadline is the lowest nearness of lines that are close to the headline: the line directly above it and the first
// three below it. findVisible computes the nearness.
const nearHeadline = 97

// A dateReader sets Fields.Published and Fields.Modified, each from the first source that has a valid date.
type dateReader struct {
	m     *Fields
	style dates.Style
	seen  *visible
	// address is the date in one of the page's addresses (see addressDate). swapped is the date of publication with day
	// and month exchanged; it is zero if the order is certain.
	address, swapped dates.Date
	// answered reports whether the page has readers' answers, whose dates may look like the page's date.
	answered bool
	times    []timeElement
	// order returns the order of day and month in the page's other dates, as View.numberOrder does.
	order func() byte
}

// read sets the date of publication, or that of the last change if published is false, to the first value that is a
// plausible date. It returns false if there is none.
func (r *dateReader) read(published bool, from string, values ...string) bool {
	for _, v := range values {
		if d, ok := dates.Parse(v, r.style); ok && r.take(published, from, d) {
			return true
		}
	}
	return false
}

// partial sets the date of publication to the first value that is a plausible month or year. It returns false if there
// is none.
func (r *dateReader) partial(from string, values ...string) bool {
	for _, v := range values {
		if d, ok := dates.Partial(Clean(v), r.style); ok && r.take(true, from, dates.Span{Date: d}) {
			return true
		}
	}
	return false
}

// visible sets the date of publication to the visible one if that is plausible and has at least the given score.
func (r *dateReader) visible(score int) bool {
	return r.seen.published.score >= score && r.take(true, "visible date", r.seen.published.Span)
}

// take sets the date of publication, or that of the last change if published is false. If the date is zero or more than
// maxAhead in the future, it changes nothing and returns false.
func (r *dateReader) take(published bool, from string, d dates.Span) bool {
	if d.IsZero() || !r.style.Now.IsZero() && d.Time.After(r.style.Now.Add(maxAhead)) {
		return false
	}
	if published {
		r.m.Published, r.swapped, r.m.Provenance["published"] = d.Date, d.Swapped, from
	} else {
		r.m.Modified, r.m.Provenance["modified"] = d.Date, from
	}
	return true
}

// maxAhead is how far in the future a date may be. In another time zone, the next day may have begun, and clocks
// differ.
const maxAhead = 26 * time.Hour

// isDated reports whether the markup gives a date of publication, whether or not that date is correct.
func (f *Findings) isDated() bool {
	return f.article.Text("datePublished") != "" || len(f.meta["article:published_time"]) > 0 ||
		len(f.meta["datepublished"]) > 0
}

// isGenerated reports whether JSON-LD gives the same time for publication and for the last change.
func (f *Findings) isGenerated() bool {
	published := f.article.Text("datePublished")
	return published != "" && published == f.article.Text("dateModified")
}

func (f *Findings) timesOf(itemprop string) []string {
	var values, beside []string
	for _, t := range f.times {
		switch {
		case t.itemprop != itemprop:
		case t.aside:
			beside = append(beside, t.value)
		default:
			values = append(values, t.value)
		}
	}
	return append(values, beside...)
}

func (f *Findings) metaOf(names ...string) []string {
	var values []string
	for _, name := range names {
		values = append(values, f.meta[name]...)
	}
	return values
}
