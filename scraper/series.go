package scraper

import (
	"net/url"
	"slices"
	"strings"
)

// Limits of a series.
const (
	seriesLength  = 40 // pages that say nothing new, more than twice those that do, after which a series may be over
	seriesChain   = 8  // of them, how many must link to one another
	seriesWindow  = 12 // and one in so many at least: sites that are finite branch more
	seriesWords   = 8  // of a sequence; shorter ones recur in real texts
	newSequences  = 10 // so many of them are something new: two or three words
	newFigures    = 12 // and so many neighboring numbers, as in a table
	seriesFirst   = 6  // pages that are read as a whole: they have what all have in common
	seriesBits    = 1 << 16
	seriesMostSet = seriesBits / 3
)

// series has the pages whose addresses differ only in numbers and in the values of parameters: the months of a
// calendar, the pages of a list, the entries of an archive. It is over when many pages have said nothing that pages
// before them did not say, and it is of a kind that goes on without end: its addresses have dates, or each page leads
// to the next ones.
type series struct {
	ended bool
	pages int
	run   int // pages that said nothing new, less twice those that did since
	known []uint64
	set   int
}

// add adds a page, and returns how many pages in a row, each linked from the one before, have said nothing new. before
// is that number of the page that links here.
func (s *series) add(u *url.URL, words, own []word, before int) int {
	if s.ended {
		return 0
	}
	if s.known == nil || s.set > seriesMostSet {
		s.known, s.set = make([]uint64, seriesBits/64), 0
	}
	if s.learnAll(words, own) {
		s.run = max(s.run-2, 0)
		return 0
	}
	s.run++
	chain := before + 1
	if s.run >= seriesLength && (isDated(u) || chain >= seriesChain && chain*seriesWindow >= s.run) {
		s.ended, s.known = true, nil
	}
	return chain
}

// learnAll records the words of a page, and reports whether they say something new. Numbers and words of the page's own
// address say nothing, but several numbers in a row do.
func (s *series) learnAll(words, own []word) bool {
	s.pages++
	texts, figures := 0, 0
	sequence, numbers := newRolling(seriesWords), newRolling(3)
	hadDigits := 0 // how many of the last two words have digits
	var before [2]int
	for i, w := range words {
		isNumber := int(w & 1)
		if h := numbers.add(w); isNumber == 1 && hadDigits > 0 && s.learn(h+1) {
			figures++
		}
		hadDigits += isNumber - before[i%2]
		before[i%2] = isNumber
		if _, isOwn := slices.BinarySearch(own, w); isOwn || isNumber == 1 {
			w = 1
		}
		if h := sequence.add(w); (i >= seriesWords-1 || i == len(words)-1) && s.learn(h) {
			texts++
		}
		if (texts >= newSequences || figures >= newFigures) && s.pages > seriesFirst {
			return true
		}
	}
	return texts >= newSequences || figures >= newFigures
}

// learn records the hash of a sequence of words, and reports whether it is new.
func (s *series) learn(hash uint64) bool {
	bit := hash % seriesBits
	if s.known[bit/64]&(1<<(bit%64)) != 0 {
		return false
	}
	s.known[bit/64] |= 1 << (bit % 64)
	s.set++
	return true
}

// seriesOf returns the name of an address's series: numbers, names of months and random parts of the path are "*", and
// of the query there are only the names. It is empty for an address that has neither numbers nor a query.
func seriesOf(u *url.URL) string {
	if u.RawQuery == "" && !strings.ContainsAny(u.Path, "0123456789") {
		return ""
	}
	var b strings.Builder
	b.WriteString(siteOf(u))
	rest := u.EscapedPath()
	for rest != "" {
		end := strings.IndexAny(rest[1:], "/-_.,;") + 1 // each part begins with what separates it
		if end == 0 {
			end = len(rest)
		}
		writeSeriesPart(&b, rest[:end])
		rest = rest[end:]
	}
	if names := parameterNames(u.RawQuery); len(names) > 0 {
		b.WriteString("?" + strings.Join(names, "&"))
	}
	return b.String()
}

// isRandom reports whether a folder or the file in an address has a random name, such as a session.
func isRandom(u *url.URL) bool {
	for segment := range strings.SplitSeq(u.Path, "/") {
		if isOpaque(segment) {
			return true
		}
	}
	return false
}

// writeSeriesPart writes a part of a path, which begins with a separator, as it is in the name of a series.
func writeSeriesPart(b *strings.Builder, part string) {
	word := part[1:]
	if isOpaque(word) || months[strings.ToLower(word)] {
		b.WriteString(part[:1] + "*")
		return
	}
	inNumber := false
	for _, r := range part {
		isDigit := '0' <= r && r <= '9'
		switch {
		case isDigit && !inNumber:
			b.WriteByte('*')
		case !isDigit:
			b.WriteRune(r)
		}
		inNumber = isDigit
	}
}

// months are the names of months in addresses of English sites. Sites in other languages mostly have numbers there.
var months = setOf(`january february march april may june july august september october november december
	jan feb mar apr jun jul aug sep sept oct nov dec`)

// isDated reports whether an address has a date: "/2026/05", "?m=2026-05", or a parameter that is named after one.
func isDated(u *url.URL) bool {
	for part := range strings.SplitSeq(u.RawQuery, "&") {
		name, value, _ := strings.Cut(strings.ToLower(part), "=")
		if isYearAndMonth(value) || isDateName(name) {
			return true
		}
	}
	segments := strings.Split(u.Path, "/")
	for i, segment := range segments {
		if isYearAndMonth(segment) || i > 0 && isMonth(segment) && isYear(segments[i-1]) {
			return true
		}
	}
	return false
}

func isDateName(parameter string) bool {
	for _, part := range [...]string{"date", "month", "year", "week", "cal"} {
		if strings.Contains(parameter, part) {
			return true
		}
	}
	return false
}

// isYearAndMonth reports whether s is "2026-05" or begins like that.
func isYearAndMonth(s string) bool {
	year, rest, ok := strings.Cut(s, "-")
	month, _, _ := strings.Cut(rest, "-")
	return ok && isYear(year) && isMonth(month)
}

func isYear(s string) bool {
	return len(s) == 4 && (s[:2] == "19" || s[:2] == "20") && strings.Trim(s[2:], "0123456789") == ""
}
