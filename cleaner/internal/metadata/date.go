package metadata

import (
	"net/url"
	"strings"
	"time"

	"github.com/dechaff/dechaff/cleaner/internal/dates"
	"github.com/dechaff/dechaff/cleaner/internal/phrase"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// resolveDates decides when the article was published and last changed: what markup says of it, put right by what a reader sees.
func (m *Fields) resolveDates(f *Findings, seen *visible, style dates.Style, order func() byte) {
	r := dateReader{m: m, style: style, seen: seen, address: f.addressDate(), answered: seen.forum && !f.isArticle(), times: f.times, order: order}
	_ = r.read(true, "json-ld", f.article.moment("datePublished")) ||
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
		r.read(true, "page state", f.stateDates()...) ||
		r.take(true, "url", dates.Span{Date: digitsDate(f.url)})
	_ = r.read(false, "json-ld", f.article.moment("dateModified")) ||
		r.read(false, "opengraph", f.metaOf("article:modified_time", "og:updated_time", "og:article:modified_time")...) ||
		r.read(false, "microdata", append(f.metaOf("datemodified"), f.timesOf("dateModified")...)...) ||
		r.take(false, "visible date", seen.modified.Span) ||
		r.read(false, "meta", f.metaOf(modifiedKeys...)...) ||
		r.take(false, "feed", dates.Span{Date: momentOf(f.fed[1])})
	r.agree()
	if m.Published.IsZero() && !m.Modified.IsZero() && m.Provenance["modified"] != "feed" { // the page says no more of its age
		m.Published, m.Provenance["published"] = m.Modified, "modified"
	}
}

// momentOf is a time that a feed or a sitemap gave: a day, if it is midnight.
func momentOf(t time.Time) dates.Date {
	if t.IsZero() || !dates.Plausible(t) {
		return dates.Date{}
	}
	clock := t.Hour() != 0 || t.Minute() != 0 || t.Second() != 0
	return dates.Date{Time: t, HasTime: clock, HasZone: clock}
}

// nearHeadline is the nearness of a line that stands at most three lines from the headline.
const nearHeadline = 97

// publishedKeys and modifiedKeys are the names of meta elements that hold dates, the surer before the others.
var (
	publishedKeys = []string{
		"parsely-pub-date", "sailthru.date", "pubdate", "publish-date", "publishdate", "publication_date", "publish_date", "publishtime", "article.published", "article:publish_time", "published_at", "date_published", "published", "published_date", "publisheddate", "pub_date", "date-pub", "og:publish_date", "og:publication_time", "shareaholic:article_published_time", "vr:published-time", "cxenseparse:publishtime", "article.created", "article_date_original", "originalpublicationdate", "cxenseparse:recs:publishtime", "cxenseparse:pageinfo:publishtime",
		"dc.date.issued", "dcterms.issued", "dc.date", "dcterms.created", "dcterms.date", "dc.date.created", "citation_online_date", "citation_publication_date", "citation_date", "date", "date.created", "creation_date", "created", "release_date", "published-date", "mediator_published_time", "article:published", "article:published_date", "article:publication_date", "article.publish_date", "article_publish_date", "article:create_time", "bt:pubdate", "content_publisheddate", "content_published_date", "cxenseparse:publish-date", "dc:date", "dcterms:created", "dcterms:issued", "dc:created", "dc.created", "dc.issued", "date.issued", "firstcreate", "regdate", "reg_date", "pub-date", "article:pubdate", "createdate", "publishedat", "published-at", "displaydate", "ms.date", "ptime", "weibo: article:create_at", "rnews:datepublished",
	}
	modifiedKeys = []string{"last-modified", "lastmod", "dcterms.modified", "dc.date.modified", "revised", "article.updated", "modificationdate", "updated_at", "last-updated", "last_updated", "dateupdated", "dateupdate", "update_time", "updatetime", "updated", "shareaholic:article_modified_time", "vr:modified-time", "modified_date", "utime", "mediator_modified_time", "article:modified", "article:update_time", "article:updated_time", "dcterms:modified", "dc.modified"}
)

// A dateReader reads the first date of several that there is.
type dateReader struct {
	m     *Fields
	style dates.Style
	seen  *visible
	// address is the day in the page's address; swapped what the date of publication is if its day and month are the other way round.
	address, swapped dates.Date
	// answered tells that readers answer on the page, and that their answers have dates.
	answered bool
	times    []timeElement
	// order tells the order of the numbers of the page's other dates.
	order func() byte
}

// read takes the first of values that is a date.
func (r *dateReader) read(published bool, from string, values ...string) bool {
	for _, v := range values {
		if d, ok := dates.Parse(v, r.style); ok && r.take(published, from, d) {
			return true
		}
	}
	return false
}

// visible takes the date that a reader sees, if it is as sure as score.
func (r *dateReader) visible(score int) bool {
	return r.seen.published.score >= score && r.take(true, "visible date", r.seen.published.Span)
}

// take takes a date, if it is one that can be.
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

// maxAhead is how far in the future a date may lie: it is tomorrow already in another zone, and clocks differ.
const maxAhead = 26 * time.Hour

// Bounds of the search in a page's data for scripts: bytes that are read, and how far a value stands behind its key.
const (
	maxStateSearch = 512 << 10
	maxStateValue  = 40
)

// stateKeys are what the names end with by which data for scripts call the day of publication, by what they begin with.
var stateKeys = [...]struct {
	begin string
	ends  []string
}{
	{"ublish", []string{"edAt", "ed_at", "Date", "_date", "edDate", "ed_date", "edOn", "ed_on", "ed", "Time", "_time", "edTime", "ed_time", "At", "_at", "ingDate", "DateTime"}},
	{"ublication", []string{"Date", "_date", "-date", "Time", "_time", "DateTime"}},
	{"isplay", []string{"_date", "Date"}},
}

// stateDates searches the data that the page holds for its scripts: "datePublished":"2026-03-14". More than one day is that of a list.
func (f *Findings) stateDates() []string {
	for _, keys := range stateKeys {
		found, several := f.stateDay(keys.begin, keys.ends)
		if several {
			return nil
		}
		if found != "" {
			return []string{found}
		}
	}
	return nil
}

// stateDay is the one day that such names have, or tells that they have several.
func (f *Findings) stateDay(begin string, ends []string) (found string, several bool) {
	left := maxStateSearch
	for _, n := range f.concealed.States {
		data := n.FirstChild.Data
		data = data[:min(len(data), left)]
		left -= len(data)
		for i := strings.Index(data, begin); i >= 0; i = strings.Index(data, begin) {
			data = data[i+len(begin):]
			day := stateValue(data[:min(len(data), maxStateValue)], ends)
			if day != "" && found != "" && day != found {
				return "", true
			}
			if day != "" {
				found = day
			}
		}
	}
	return found, false
}

// stateValue reads the day of a value, from behind the beginning of its key: an ISO date, eight digits, or seconds or milliseconds.
func stateValue(s string, ends []string) string {
	quote := strings.IndexAny(s, `"'\\:`)
	if quote < 0 || !phrase.HasWord(ends, s[:quote]) {
		return ""
	}
	s = strings.TrimLeft(s[quote:], `\"': `)
	_, end, digits := text.ReadNumber(s, 0)
	if digits == 9 && (end == len("1772627400") || end == len("1772627400000")) {
		t, ok := dates.Epoch(s[:end])
		if !ok {
			return ""
		}
		return t.Format(time.DateOnly)
	}
	if digits == 8 {
		if d, ok := numbersDate(s[:4], s[4:6], s[6:8]); ok {
			return d.String()
		}
	}
	if len(s) < len(time.DateOnly) {
		return ""
	}
	if _, ok := dates.ISO(s[:len(time.DateOnly)], dates.Style{}); !ok {
		return ""
	}
	return s[:len(time.DateOnly)]
}

// isDated reports whether markup says when the page was published, truly or not.
func (f *Findings) isDated() bool {
	return f.article.Text("datePublished") != "" || len(f.meta["article:published_time"]) > 0 || len(f.meta["datepublished"]) > 0
}

// isGenerated reports whether JSON-LD gives one moment as that of publication and of the last change.
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

// addressDate is the day in the page's address, or in the one that it gives as its own.
func (f *Findings) addressDate() dates.Date {
	d := urlDate(f.url)
	for _, own := range append([]string{f.canonical}, f.meta["og:url"]...) {
		if d.IsZero() {
			d = urlDate(ParseURL(own))
		}
	}
	return d
}

// urlDate finds the day in an address: /2026/03/01/, 2026-03-01, /20260301/, /2026/mar/01/.
func urlDate(u *url.URL) dates.Date {
	if u == nil {
		return dates.Date{}
	}
	path := u.Path
	if len(path) > maxPath {
		path = path[:maxPath]
	}
	parts := strings.FieldsFunc(path, func(r rune) bool { return r == '/' || r == '-' || r == '_' || r == '.' })
	for i, part := range parts {
		if len(part) == 8 && part[:2] == "20" {
			if d, ok := numbersDate(part[:4], part[4:6], part[6:]); ok {
				return d
			}
		}
		if len(part) == 4 && i+2 < len(parts) {
			if d, ok := numbersDate(part, parts[i+1], parts[i+2]); ok {
				return d
			}
		}
		if len(part) == 4 && i+1 < len(parts) && len(parts[i+1]) == 4 && part[:2] == "20" { // /2026/0314/
			if d, ok := numbersDate(part, parts[i+1][:2], parts[i+1][2:]); ok {
				return d
			}
		}
	}
	return dates.Date{}
}

// digitsDate finds the day that begins a longer number in an address, behind letters or not: t20260314_12, AKR20260314001200001. As
// much may be nothing but a number.
func digitsDate(u *url.URL) dates.Date {
	if u == nil {
		return dates.Date{}
	}
	s := u.Path
	if u.RawQuery != "" {
		s += "?" + u.RawQuery
	}
	s = s[:min(len(s), maxPath)]
	for i := strings.Index(s, "20"); i >= 0 && i+8 <= len(s); {
		if i == 0 || !text.IsDigit(rune(s[i-1])) {
			if d, ok := numbersDate(s[i:i+4], s[i+4:i+6], s[i+6:i+8]); ok && d.Time.Year() <= dates.LastShortYear {
				return d
			}
		}
		next := strings.Index(s[i+2:], "20")
		if next < 0 {
			break
		}
		i += 2 + next
	}
	return dates.Date{}
}

// maxPath bounds how much of an address is searched for a date.
const maxPath = 1024

// numbersDate makes a day of the parts of an address. Its month may be a name, its day has two digits or stands behind one.
func numbersDate(year, month, day string) (dates.Date, bool) {
	y, end, digits := text.ReadNumber(year, 0)
	if end != len(year) || digits != 4 || y < dates.FirstYear {
		return dates.Date{}, false
	}
	m := dates.MonthOf(strings.ToLower(month))
	if n, end, digits := text.ReadNumber(month, 0); end == len(month) && digits <= 2 {
		m = n
	}
	d, end, digits := text.ReadNumber(day, 0)
	if end != len(day) || digits < 1 || digits > 2 || m < 1 || m > 12 {
		return dates.Date{}, false
	}
	return dates.Gregorian(y, m, d)
}
