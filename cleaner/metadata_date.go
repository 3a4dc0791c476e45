package cleaner

import (
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/dechaff/dechaff/cleaner/htmldoc"
)

// Years outside of these are typing errors, epochs and placeholders. No clock is read.
const (
	firstYear = 1990
	lastYear  = 2100
)

// resolveDates decides when the article was published and last changed.
func (m *metadata) resolveDates(f *findings, article ldObject, doc *htmldoc.Document) {
	order := dateOrder(f.lang)
	find := func(field string, sources ...source) Date {
		var found Date
		m.first(field, func(s string) string {
			d, ok := parseDate(s, order)
			if !ok {
				return ""
			}
			found = d
			return s
		}, sources...)
		return found
	}
	m.Published = find("published",
		source{"json-ld", []string{article.text("datePublished")}},
		source{"opengraph", append(f.meta["article:published_time"], f.meta["og:article:published_time"]...)},
		source{"microdata", append(f.meta["datepublished"], f.timesOf("datePublished")...)},
		source{"meta", f.metaOf("parsely-pub-date", "sailthru.date", "pubdate", "publish-date", "publishdate", "publication_date", "publish_date", "date",
			"dc.date.issued", "dc.date", "dcterms.created", "dcterms.date", "dc.date.created", "citation_publication_date", "citation_date", "article.published", "cxenseparse:recs:publishtime", "date.created", "creation_date")},
		source{"json-ld", []string{article.text("dateCreated"), article.text("uploadDate")}},
		source{"time", f.timesOf("")},
		source{"url", []string{urlDate(doc)}})
	m.Modified = find("modified",
		source{"json-ld", []string{article.text("dateModified")}},
		source{"opengraph", append(f.meta["article:modified_time"], f.meta["og:updated_time"]...)},
		source{"microdata", append(f.meta["datemodified"], f.timesOf("dateModified")...)},
		source{"meta", f.metaOf("last-modified", "dcterms.modified", "dc.date.modified", "revised")})
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

// dateOrder says whether 3/1/2026 begins with the month: in the United States, and where the language is
// English and no country is given.
func dateOrder(lang string) (monthFirst bool) {
	lang = strings.ToLower(lang)
	return lang == "" || lang == "en" || strings.HasPrefix(lang, "en-us") || strings.HasPrefix(lang, "en_us")
}

// isoLayouts are the forms that ISO 8601, RFC 3339, RFC 1123 and their sloppy relatives take on pages.
var isoLayouts = []struct {
	layout        string
	hasTime, zone bool
}{
	{time.RFC3339, true, true},
	{"2006-01-02T15:04:05-0700", true, true},
	{"2006-01-02T15:04:05-07", true, true},
	{"2006-01-02T15:04Z07:00", true, true},
	{"2006-01-02T15:04-0700", true, true},
	{"2006-01-02T15:04:05 Z07:00", true, true},
	{"2006-01-02T15:04:05 -0700", true, true},
	{"2006-01-02T15:04:05", true, false},
	{"2006-01-02T15:04", true, false},
	{"2006-01-02", false, false},
	{"20060102", false, false},
	{"20060102T150405", true, false},
	{time.RFC1123, true, true},
	{time.RFC1123Z, true, true},
	{"Mon, 2 Jan 2006 15:04:05 -0700", true, true},
	{time.RFC850, true, true},
	{time.ANSIC, true, false},
	{time.UnixDate, true, true},
	{"Mon Jan 02 2006 15:04:05 GMT-0700", true, true},
	{"Mon Jan 02 15:04:05 -0700 2006", true, true},
}

// parseDate reads a date as pages write it: ISO 8601 and the like, or words and numbers in the fourteen languages.
func parseDate(s string, monthFirst bool) (Date, bool) {
	s = plainText(s, 200)
	if s == "" {
		return Date{}, false
	}
	iso := s
	if len(iso) > 10 && iso[10] == ' ' && iso[4] == '-' {
		iso = iso[:10] + "T" + strings.TrimSpace(iso[11:])
	}
	for _, f := range isoLayouts {
		if t, err := time.Parse(f.layout, iso); err == nil && plausible(t) {
			return Date{Time: t, HasTime: f.hasTime, HasZone: f.zone}, true
		}
	}
	if len(s) > 10 && s[4] == '-' && s[7] == '-' { // 2026-03-01 and something that no layout knows
		if t, err := time.Parse(time.DateOnly, s[:10]); err == nil && plausible(t) {
			return Date{Time: t}, true
		}
	}
	return writtenDate(s, monthFirst)
}

func plausible(t time.Time) bool { return t.Year() >= firstYear && t.Year() <= lastYear }

// writtenDate finds a day, a month and a year in a phrase: "1. März 2026", "March 1, 2026", "2026年3月1日", "01.03.2026".
func writtenDate(s string, monthFirst bool) (Date, bool) {
	var numbers []int
	month := 0
	monthAt := -1
	for _, word := range dateWords(levantineMonths.Replace(s)) {
		if n, err := strconv.Atoi(word); err == nil {
			if len(word) > 3 && n < 1000 {
				return Date{}, false // 0001 is a placeholder, and no year 2001
			}
			if len(word) == 1 && len(numbers) == 2 && numbers[0] <= 31 {
				break // a year has two digits at least: "1 2 3" is a pager
			}
			if numbers = append(numbers, n); len(numbers) == 3 {
				break
			}
			continue
		}
		if m := monthOf(word); m > 0 && month == 0 {
			month, monthAt = m, len(numbers)
		}
		if month > 0 && len(numbers) == 2 {
			break
		}
	}
	var y, d int
	switch {
	case month > 0 && len(numbers) >= 2:
		d, y = numbers[0], numbers[1]
		if monthAt >= 2 { // "14:05 Uhr ... März": numbers before the day are a time
			return Date{}, false
		}
		if d > 31 {
			y, d = d, y
		}
	case month == 0 && len(numbers) == 3 && numbers[0] > 31:
		y, month, d = numbers[0], numbers[1], numbers[2]
	case month == 0 && len(numbers) == 3:
		d, month, y = numbers[0], numbers[1], numbers[2]
		if month > 12 || monthFirst && d <= 12 && strings.Contains(s, "/") {
			d, month = month, d
		}
	default:
		return Date{}, false
	}
	if y < 100 && y >= 0 {
		y += 2000
	}
	t := time.Date(y, time.Month(month), d, 0, 0, 0, 0, time.UTC)
	if month < 1 || month > 12 || t.Day() != d || !plausible(t) {
		return Date{}, false
	}
	return Date{Time: t}, true
}

// levantineMonths are the months of two words, by their one-word names.
var levantineMonths = strings.NewReplacer(
	"كانون الثاني", "يناير", "تشرين الأول", "أكتوبر", "تشرين الاول", "أكتوبر", "تشرين الثاني", "نوفمبر", "كانون الأول", "ديسمبر", "كانون الاول", "ديسمبر",
)

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

// monthNames holds the beginnings by which the months are known, in January to December; a word
// is a month if it begins with one of them. Chinese, Japanese and Korean number their months.
var monthNames = [12][]string{
	{"jan", "jän", "ene", "gen", "stycz", "янв", "ocak", "oca", "يناير"},
	{"feb", "fév", "fev", "lut", "фев", "şub", "فبراير", "شباط"},
	{"mar", "mär", "mrz", "maa", "mrt", "мар", "مارس", "آذار"},
	{"apr", "avr", "abr", "kwie", "апр", "nis", "أبريل", "ابريل", "نيسان"},
	{"may", "mai", "mag", "mei", "maj", "май", "мая", "mayıs", "مايو", "أيار"},
	{"jun", "juin", "giu", "czer", "июн", "haz", "يونيو", "حزيران"},
	{"jul", "juil", "lug", "lip", "июл", "tem", "يوليو", "تموز"},
	{"aug", "aoû", "aou", "ago", "sie", "авг", "ağu", "أغسطس", "اغسطس", "آب"},
	{"sep", "set", "wrz", "сен", "eyl", "سبتمبر", "أيلول"},
	{"oct", "okt", "ott", "out", "paź", "окт", "eki", "أكتوبر", "اكتوبر"},
	{"nov", "lis", "ноя", "kas", "نوفمبر"},
	{"dec", "déc", "dez", "dic", "gru", "дек", "ara", "ديسمبر"},
}

// monthOf returns the month that a lower-case word names, 0 for none.
func monthOf(word string) int {
	for i, names := range monthNames {
		for _, name := range names {
			if strings.HasPrefix(word, name) && len(word) <= len(name)+12 {
				return i + 1
			}
		}
	}
	return 0
}
