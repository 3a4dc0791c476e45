package cleaner

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/dechaff/dechaff/cleaner/htmldoc"
)

// resolveDates decides when the article was published and last changed: what markup says of it, put right by what a reader sees.
func (m *metadata) resolveDates(f *findings, seen *visible, style dateStyle, doc *htmldoc.Document) {
	r := dateReader{m: m, style: style}
	visibleAt := func(trust int) Date {
		if seen.published.score >= 1000*trust {
			return seen.published.Date
		}
		return Date{}
	}
	address := urlDate(doc)
	switch {
	case r.read("published", "json-ld", f.article.text("datePublished")),
		r.read("published", "opengraph", f.metaOf("article:published_time", "og:article:published_time", "og:published_time")...),
		r.read("published", "microdata", append(f.metaOf("datepublished"), f.timesOf("datePublished")...)...),
		r.take("published", "visible date", visibleAt(trustMarked)),
		r.read("published", "meta", f.metaOf(publishedKeys...)...),
		r.take("published", "visible date", visibleAt(trustLine)),
		r.read("published", "json-ld", f.article.text("dateCreated"), f.article.text("uploadDate")),
		r.read("published", "time", f.timesOf("")...),
		r.read("published", "url", address):
	}
	switch {
	case r.read("modified", "json-ld", f.article.text("dateModified")),
		r.read("modified", "opengraph", f.metaOf("article:modified_time", "og:updated_time", "og:article:modified_time")...),
		r.read("modified", "microdata", append(f.metaOf("datemodified"), f.timesOf("dateModified")...)...),
		r.take("modified", "visible date", seen.modified.Date),
		r.read("modified", "meta", f.metaOf(modifiedKeys...)...):
	}
}

// publishedKeys and modifiedKeys are the names of meta elements that hold dates, the surer before the others.
var (
	publishedKeys = []string{
		"parsely-pub-date", "sailthru.date", "pubdate", "publish-date", "publishdate", "publication_date", "publish_date", "publishtime", "article.published", "article:publish_time", "published_at", "date_published", "article_date_original", "originalpublicationdate", "cxenseparse:recs:publishtime", "cxenseparse:pageinfo:publishtime",
		"dc.date.issued", "dcterms.issued", "dc.date", "dcterms.created", "dcterms.date", "dc.date.created", "citation_online_date", "citation_publication_date", "citation_date", "date", "date.created", "creation_date", "created", "release_date", "published-date", "displaydate", "ptime", "weibo: article:create_at", "rnews:datepublished",
	}
	modifiedKeys = []string{"last-modified", "lastmod", "dcterms.modified", "dc.date.modified", "revised", "article.updated", "modificationdate", "updated_at", "utime"}
)

// A dateReader reads the first date of several that there is.
type dateReader struct {
	m     *metadata
	style dateStyle
}

// read takes the first of values that is a date.
func (r *dateReader) read(field, from string, values ...string) bool {
	for _, v := range values {
		if d, ok := parseDate(v, r.style); ok && r.take(field, from, d.Date) {
			return true
		}
	}
	return false
}

// take takes a date, if there is one.
func (r *dateReader) take(field, from string, d Date) bool {
	if d.IsZero() {
		return false
	}
	if field == "published" {
		r.m.Published = d
	} else {
		r.m.Modified = d
	}
	r.m.Provenance[field] = from
	return true
}

func (f *findings) timesOf(itemprop string) []string {
	var values []string
	for _, t := range f.times {
		if t.itemprop == itemprop {
			values = append(values, t.value)
		}
	}
	return values
}

func (f *findings) metaOf(names ...string) []string {
	var values []string
	for _, name := range names {
		values = append(values, f.meta[name]...)
	}
	return values
}

// urlDate finds /2026/03/01/ or 2026-03-01 in the page's address.
func urlDate(doc *htmldoc.Document) string {
	if doc.URL == nil {
		return ""
	}
	parts := strings.FieldsFunc(doc.URL.Path, func(r rune) bool { return r == '/' || r == '-' || r == '_' })
	for i := range max(len(parts)-2, 0) {
		if y, m, d := parts[i], parts[i+1], parts[i+2]; len(y) == 4 && len(m) == 2 && len(d) == 2 {
			return y + "-" + m + "-" + d
		}
	}
	return ""
}

// dateStyleOf says how numbers are read in a language: 3/1/2026 begins with the month in the United States, and where the language
// is English and no country is given.
func dateStyleOf(lang string) dateStyle {
	lang = strings.ToLower(strings.ReplaceAll(lang, "_", "-"))
	base, _, _ := strings.Cut(lang, "-")
	return dateStyle{
		monthFirst: lang == "" || lang == "en" || lang == "en-us" || lang == "en-ph" || lang == "fil" || lang == "es-us",
		yearFirst:  base == "ko" || base == "ja" || base == "zh",
		croatian:   base == "hr",
	}
}

// dateWords cuts a phrase into numbers and words. A number's ordinal ending is cut off: 1st, 1er, 2nd. The time of day is left out.
func dateWords(s string) []string {
	var words []string
	start := -1
	var digits bool
	flush := func(end int) {
		switch {
		case start < 0:
		case digits && isTimePart(s, start, end):
		case digits:
			words = append(words, strings.Map(asciiDigit, s[start:end]))
		default:
			words = append(words, strings.ToLower(s[start:end]))
		}
		start = -1
	}
	for i, r := range s {
		letter, digit := unicode.IsLetter(r) || unicode.IsMark(r), unicode.IsDigit(r)
		switch {
		case !letter && !digit:
			flush(i)
		case start < 0 || digit != digits:
			flush(i)
			start, digits = i, digit
		}
		if len(words) > 16 {
			break
		}
	}
	flush(len(s))
	return words
}

// isTimePart reports whether the number s[start:end] is hours, minutes or seconds: a colon parts it from another number.
func isTimePart(s string, start, end int) bool {
	before, after := strings.TrimSuffix(s[:start], ":"), strings.TrimPrefix(s[end:], ":")
	last, _ := utf8.DecodeLastRuneInString(before)
	next, _ := utf8.DecodeRuneInString(after)
	return len(before) < start && unicode.IsDigit(last) || len(after) < len(s)-end && unicode.IsDigit(next)
}

// asciiDigit folds the digits of Arabic, Persian and full-width writing: each script has its ten in a row.
func asciiDigit(r rune) rune {
	for _, zero := range [...]rune{'٠', '۰', '０'} {
		if r >= zero && r <= zero+9 {
			return '0' + r - zero
		}
	}
	return r
}
