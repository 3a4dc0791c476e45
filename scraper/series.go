package scraper

import (
	"net/url"
	"slices"
	"strings"
)

// Limits of a series.
const (
	seriesLength = 40  // a series is not over before its field run has this value
	seriesChain  = 8   // without dates, a series is not over before a chain of its pages has this length
	seriesWindow = 12  // nor while run is over this many times the chain's length: finite sites branch more
	seriesWords  = 8   // the number of words in a sequence; shorter sequences recur in real texts
	newSequences = 10  // a page with this many new sequences is new; two or three new words cause as many
	newFigures   = 12  // a page with this many new numbers next to other numbers, as in a table, is new
	newLinks     = 4   // a page with this many new links to other pages, as a list of pictures has, is new
	seriesMost   = 200 // a series is exhausted when run has this value, whatever its chains
	deepSegments = 3   // how many segments the addresses of a deep series have at least
	seriesFirst  = 6   // this many pages are read completely, to learn what all pages have in common

	seriesBytes     = 8 << 10  // the size of the field known at first; it is doubled when a third of its bits are set
	seriesMostKnown = 1 << 20  // its maximum size in bytes
	seriesMostBytes = 64 << 20 // how many bytes all series of a crawl may take in addition to that
)

// series collects the pages whose addresses differ only in numbers and in the values of parameters: the months of a
// calendar, the pages of a list, the entries of an archive. It is over when many pages have had nothing new and the
// series seems to continue without end: its addresses have dates, or each page leads to the next ones. It is also over
// if all of many pages had the same text, as a sign-in page has to which each page links with its own address. If far
// more pages have had nothing new, such as combinations of filters that show random entries, the series is exhausted.
type series struct {
	ended       bool // none of its addresses is visited
	isExhausted bool // only addresses are visited that a page with something new links to
	isDeep      bool // see watchedSeries; such a series does not end, but can be exhausted
	pages       int
	run         int      // plus 1 for each page with nothing new, and minus 2 for each other page, but not below 0
	known       []uint64 // a bit set with the hashes of what pages had: sequences of words, blocks, pictures, links
	spare       *int     // how many bytes more the series of a crawl may take

	text   textHash // of the first page
	varies bool     // a later page had other text, or a page had fewer than seriesWords words, such as an empty shell
	set    int      // how many bits of known are set
}

// add adds a page. It returns the length of the chain up to this page: how many consecutive pages, each linked from the
// previous one, had nothing new. The argument before is that length for the page that links to this one, and own
// contains the words of the page's address, sorted. A page that leadsOn counts as new.
func (s *series) add(u *url.URL, text *bodyText, own []word, before int, leadsOn bool) int {
	if s.ended {
		return 0
	}
	var hash textHash
	for _, w := range text.words {
		hash.add(w)
	}
	if s.pages == 0 {
		s.text = hash
	}
	s.varies = s.varies || hash != s.text || len(text.words) < seriesWords
	if s.learnAll(text, own) || leadsOn {
		s.run = max(s.run-2, 0)
		return 0
	}
	s.run++
	chain := before + 1
	s.isExhausted = s.isExhausted || s.run >= seriesMost
	if !s.isDeep && s.run >= seriesLength &&
		(isDated(u) || chain >= seriesChain && chain*seriesWindow >= s.run || u.RawQuery != "" && !s.varies) {
		s.ended = true
		s.forget()
	}
	return chain
}

// learnAll records what a page has, and reports whether something of it is new: texts, pictures, or several new numbers
// close to one another.
func (s *series) learnAll(text *bodyText, own []word) bool {
	s.pages++
	isNew := false
	for _, picture := range text.pictures {
		isNew = s.learn(uint64(picture)) || isNew
	}
	isNew = s.learnTexts(text, own) || isNew
	return s.learnFigures(text.words) || isNew
}

// learnTexts records the texts of a page, and reports whether they are new. A block that an earlier page had is not,
// wherever it is now: some lists show entries in random order. Numbers and words of the page's own address are not new
// either.
func (s *series) learnTexts(text *bodyText, own []word) bool {
	found := 0
	words := make([]word, 0, 256)
	for i, start := range text.blocks {
		end := len(text.words)
		if i+1 < len(text.blocks) {
			end = text.blocks[i+1]
		}
		words = words[:0]
		var block, changed textHash // with and without the words of the address, which differ between pages
		for _, w := range text.words[start:end] {
			if w&1 == 1 {
				w = 1
			}
			block.add(w)
			if _, isOwn := slices.BinarySearch(own, w); isOwn {
				w = 1
			}
			changed.add(w)
			words = append(words, w)
		}
		isNew := s.learn(uint64(block))
		if changed != block {
			isNew = s.learn(uint64(changed)) && isNew
		}
		if isNew && (found < newSequences || s.pages <= seriesFirst) {
			found += s.learnBlock(words)
		}
	}
	return found >= newSequences
}

// learnBlock records the sequences of words in a block, and returns how many are new. Shorter sequences at the ends of
// the block count too, so a word counts for as much there as in the middle.
func (s *series) learnBlock(words []word) (found int) {
	sequence := newRolling(seriesWords)
	for i := range len(words) + seriesWords - 1 {
		w := word(0)
		if i < len(words) {
			w = words[i]
		}
		if s.learn(sequence.add(w)) {
			found++
		}
		if found >= newSequences && s.pages > seriesFirst {
			break
		}
	}
	return found
}

// learnFigures records the numbers of a page that are next to other numbers, and reports whether they are new.
func (s *series) learnFigures(words []word) bool {
	figures := 0
	numbers := newRolling(3)
	hadDigits := 0 // how many of the last two words have digits
	var before [2]int
	for i, w := range words {
		isNumber := int(w & 1)
		if h := numbers.add(w); isNumber == 1 && hadDigits > 0 && s.learn(h+1) {
			figures++
		}
		hadDigits += isNumber - before[i%2]
		before[i%2] = isNumber
		if figures >= newFigures && s.pages > seriesFirst {
			break
		}
	}
	return figures >= newFigures
}

// learn records a hash, and reports whether it is new. When the field known is full, the series starts again with a
// larger one, if there is enough memory.
func (s *series) learn(hash uint64) bool {
	size := len(s.known) * 8
	switch {
	case size == 0:
		s.known = make([]uint64, seriesBytes/8)
	case s.set > size*8/3 && size < seriesMostKnown && *s.spare >= size:
		*s.spare -= size
		s.known, s.set = make([]uint64, len(s.known)*2), 0
	case s.set > size*8/3:
		clear(s.known)
		s.set = 0
	}
	bit := hash % (uint64(len(s.known)) * 64)
	if s.known[bit/64]&(1<<(bit%64)) != 0 {
		return false
	}
	s.known[bit/64] |= 1 << (bit % 64)
	s.set++
	return true
}

// forget releases the memory of a series.
func (s *series) forget() {
	*s.spare += max(len(s.known)*8-seriesBytes, 0)
	s.known, s.set = nil, 0
}

// seriesOf returns the name of an address's series: numbers, names of months and random parts of the path are replaced
// by "*", and only the names of parameters are kept. It returns "" for an address that has neither numbers in its path
// nor parameters.
func seriesOf(u *url.URL) string {
	if u.RawQuery == "" && !strings.ContainsAny(u.Path, "0123456789") {
		return ""
	}
	var b strings.Builder
	b.WriteString(siteOf(u))
	rest := u.EscapedPath()
	for rest != "" {
		end := strings.IndexAny(rest[1:], "/-_.,;") + 1 // each part begins with its separator
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

// watchedSeries returns the name of the series to which a page is added: that of seriesOf, or, for a page in nested
// folders, the deep series of the first folder. A site that accepts any address, and repeats its relative links there,
// nests such folders without end. Each page has four links, perhaps, and some text that changes, so neither chains nor
// copies end that soon. Tags that are combined in an address, as in "/tag/quay+tide+rope", count as folders.
func watchedSeries(u *url.URL) string {
	name := seriesOf(u)
	if name != "" {
		return name
	}
	path := strings.Trim(u.EscapedPath(), "/")
	if strings.Count(path, "/")+strings.Count(path, "+")+strings.Count(path, ",")+strings.Count(path, "%2C") >=
		deepSegments-1 {
		return siteOf(u) + firstSegment(u) + deepMark
	}
	return ""
}

// deepMark is the end of the name of a deep series.
const deepMark = "/**"

// isRandom reports whether a folder, the file or the value of a parameter in an address is random, such as a session
// ID.
func isRandom(u *url.URL) bool {
	for part := range strings.SplitSeq(u.RawQuery, "&") {
		if _, value, _ := strings.Cut(part, "="); isOpaque(value) {
			return true
		}
	}
	for segment := range strings.SplitSeq(u.Path, "/") {
		if isOpaque(segment) {
			return true
		}
	}
	return false
}

// writeSeriesPart writes a part of a path, which begins with a separator, in the form that it has in the name of a
// series.
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

// isDated reports whether an address has a date: "/2026/05", "?m=2026-05", or a parameter with a name such as "date" or
// "month".
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

// isYearAndMonth reports whether s begins with a year and a month, as in "2026-05".
func isYearAndMonth(s string) bool {
	year, rest, ok := strings.Cut(s, "-")
	month, _, _ := strings.Cut(rest, "-")
	return ok && isYear(year) && isMonth(month)
}

func isYear(s string) bool {
	return len(s) == 4 && (s[:2] == "19" || s[:2] == "20") && strings.Trim(s[2:], "0123456789") == ""
}
