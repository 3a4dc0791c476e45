package scraper

import (
	"net/url"
	"strings"
)

// Limits of a series. A sequence of words is one of three.
const (
	seriesLength  = 40 // pages in a row that say nothing new, after which a series may be over
	seriesChain   = 8  // of them, how many must link to one another
	seriesWindow  = 12 // and one in so many at least: sites that are finite branch more
	newSequences  = 6  // so many sequences of words, numbers not counted, are something new
	newFigures    = 24 // and so many with other numbers, as in a table
	seriesBits    = 1 << 16
	seriesMostSet = seriesBits / 3
)

// series has the pages whose addresses differ only in numbers and in the values of parameters: the months of a
// calendar, the pages of a list, the entries of an archive. It is over when many pages in a row have said nothing that
// pages before them did not say, and it is of a kind that goes on without end: its addresses have dates, or each page
// leads to the next ones.
type series struct {
	ended bool
	run   int // pages in a row that said nothing new
	known []uint64
	set   int
}

// add adds a page, and returns how many pages in a row, each linked from the one before, have said nothing new. before
// is that number of the page that links here.
func (s *series) add(u *url.URL, words []word, before int) int {
	if s.ended {
		return 0
	}
	if s.known == nil || s.set > seriesMostSet {
		s.known, s.set = make([]uint64, seriesBits/64), 0
	}
	texts, figures := 0, 0
	const number = word(1)
	var window, masked [3]word
	for _, w := range words {
		window[0], window[1], window[2] = window[1], window[2], w
		if w.hasDigit() {
			w = number
		}
		masked[0], masked[1], masked[2] = masked[1], masked[2], w
		if s.learn(masked, 0) {
			texts++
		}
		if s.learn(window, 1) {
			figures++
		}
	}
	if texts >= newSequences || figures >= newFigures {
		s.run = 0
		return 0
	}
	s.run++
	chain := before + 1
	if s.run >= seriesLength && (isDated(u) || chain >= seriesChain && chain*seriesWindow >= s.run) {
		s.ended, s.known = true, nil
	}
	return chain
}

// learn records a sequence of words, and reports whether it is new.
func (s *series) learn(sequence [3]word, kind word) bool {
	var h textHash
	h.add(kind)
	for _, w := range sequence {
		h.add(w)
	}
	bit := uint64(h>>20) % seriesBits
	if s.known[bit/64]&(1<<(bit%64)) != 0 {
		return false
	}
	s.known[bit/64] |= 1 << (bit % 64)
	s.set++
	return true
}

// seriesOf returns the name of an address's series: numbers are "*", and of the query there are only the names. It is
// empty for an address that has neither.
func seriesOf(u *url.URL) string {
	if u.RawQuery == "" && !strings.ContainsAny(u.Path, "0123456789") {
		return ""
	}
	var b strings.Builder
	b.WriteString(siteOf(u))
	inNumber := false
	for _, r := range u.EscapedPath() {
		isDigit := '0' <= r && r <= '9'
		switch {
		case isDigit && !inNumber:
			b.WriteByte('*')
		case !isDigit:
			b.WriteRune(r)
		}
		inNumber = isDigit
	}
	if names := parameterNames(u.RawQuery); len(names) > 0 {
		b.WriteString("?" + strings.Join(names, "&"))
	}
	return b.String()
}

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
