package cleaner

import (
	"bytes"
	"html"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/phrase"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// headlineWindow is how many lines below the headline its repetition is looked for.
const headlineWindow = 4

func markHeadline(t *textPage, name string) {
	first := -1
	for i, seen := 0, 0; i < len(t.lines) && seen <= headlineWindow; i++ {
		if !t.stands(i) || t.lines[i].fixed {
			if t.lines[i].fixed && t.chaff[i] == "" {
				return
			}
			continue
		}
		switch {
		case first < 0:
			if !t.isHeadline(i) {
				return
			}
			first = i
		case text.FoldLetters(t.lines[first].text) == text.FoldLetters(t.lines[i].text) && block.CountWords(t.lines[i].text) >= 3:
			t.take(i, name)
			continue // it was not there, so the window does not shrink
		}
		seen++
	}
}

// isHeadline reports whether line i can be a headline: no sentence that ends in a full stop, no line of a paragraph or a poem.
func (t *textPage) isHeadline(i int) bool {
	text := t.lines[i].text
	if len(text) > 300 || strings.HasSuffix(text, ".") || strings.HasSuffix(text, ",") || strings.HasSuffix(text, "。") || strings.HasSuffix(text, ";") {
		return false
	}
	if i+1 == len(t.lines) || t.lines[i+1].text == "" || t.chaff[i+1] != "" {
		return true
	}
	for _, l := range t.lines {
		if l.text == "" {
			return false // paragraphs are parted by empty lines, and none follows
		}
	}
	return true
}

func markResidue(t *textPage, name string) {
	for i := range t.lines {
		if !t.lines[i].fixed && (isResidue(t.lines[i].text) || phrase.IsShortcode(t.lines[i].text)) {
			t.take(i, name)
		}
	}
}

// maxResidue is the longest line in bytes that can be residue.
const maxResidue = 200

// isResidue reports whether a line is nothing but the rest of a tag: quotes, attributes and brackets, as in
//
//	” data-script=” >      " class="x" >
//
// It must begin inside the tag, not with it: a whole tag is more often an example than an accident.
func isResidue(line string) bool {
	if line == "" || len(line) > maxResidue {
		return false
	}
	if strings.ContainsRune(line, '&') {
		if isEntities(line) {
			return true
		}
		line = html.UnescapeString(line)
	}
	first, _ := utf8.DecodeRuneInString(line)
	s := residueScanner{rest: line}
	if !s.scan() {
		return false
	}
	switch {
	case s.rest != "" && countShareNames(s.rest, phrase.Match(s.rest)) == 0:
		return false // after the tag's end only a row of buttons may follow
	case s.attributes > 0:
		return s.close && (isQuote(first) || first == '/' || s.attributes > 1 || s.openQuotes) || isQuote(first) && s.quotes > 1
	default:
		return s.close && s.quotes > 0 && !isOpeningBracket(first)
	}
}

// isEntities reports whether a line is nothing but references to spaces that were escaped twice: "&nbsp;", "&amp;nbsp;".
func isEntities(line string) bool {
	line = strings.ReplaceAll(line, "&amp;", "&")
	return strings.ContainsRune(line, ';') && strings.TrimSpace(html.UnescapeString(line)) == ""
}

func isOpeningBracket(r rune) bool { return r == '<' || r == '>' || r == '«' || r == '»' }

// A residueScanner reads a line as the inside of a tag.
type residueScanner struct {
	rest               string
	attributes, quotes int
	close, openQuotes  bool
}

// scan reports whether the whole line could be read.
func (s *residueScanner) scan() bool {
	for s.rest != "" {
		r, size := utf8.DecodeRuneInString(s.rest)
		switch {
		case unicode.IsSpace(r) || r == '/':
		case isQuote(r):
			s.quotes++
		case r == '>':
			s.close = true
			if next, _ := utf8.DecodeRuneInString(s.rest[size:]); unicode.IsLetter(next) {
				s.rest = s.rest[size:]
				return true
			}
		case r < utf8.RuneSelf && unicode.IsLetter(r):
			if !s.attribute() {
				return false
			}
			continue
		default:
			return false
		}
		s.rest = s.rest[size:]
	}
	return true
}

// attribute reads name= and a value, quoted or not; a lone name is a word, and words are prose.
func (s *residueScanner) attribute() bool {
	end := strings.IndexFunc(s.rest, func(r rune) bool {
		return r != '-' && r != '_' && r != ':' && (r >= utf8.RuneSelf || !unicode.IsLetter(r) && !unicode.IsDigit(r))
	})
	if end <= 0 || s.rest[end] != '=' {
		return false
	}
	s.attributes++
	s.rest = s.rest[end+1:]
	r, size := utf8.DecodeRuneInString(s.rest)
	if !isQuote(r) {
		value := strings.IndexAny(s.rest, " >")
		if value < 0 {
			value = len(s.rest)
		}
		s.rest = s.rest[value:]
		return true
	}
	s.quotes++
	s.rest = s.rest[size:]
	if end := strings.IndexFunc(s.rest, isQuote); end >= 0 && !strings.ContainsAny(s.rest[:end], "<>=") {
		_, size := utf8.DecodeRuneInString(s.rest[end:])
		s.rest = s.rest[end+size:]
		s.quotes++
	} else {
		s.openQuotes = true
	}
	return true
}

func isQuote(r rune) bool {
	switch r {
	case '"', '\'', '“', '”', '„', '‟', '″', '‘', '’', '«', '»', '‹', '›', '「', '」', '＂':
		return true
	}
	return false
}

// markShareRow takes runs of share names, with the labels among them. One name alone is not a row.
func markShareRow(t *textPage, name string) {
	for i := 0; i < len(t.lines); {
		if !t.isShare(i) {
			i++
			continue
		}
		end, names := i, 0
		for j := i; j < len(t.lines) && (t.isShare(j) || !t.stands(j)); j++ {
			if t.isShare(j) {
				end = j + 1
				names += countShareNames(t.lines[j].text, t.lines[j].phrase)
			}
		}
		if names >= 2 {
			for j := i; j < end; j++ {
				if t.isShare(j) {
					t.take(j, name)
				}
			}
		}
		i = end
	}
}

func (t *textPage) isShare(i int) bool {
	if !t.stands(i) || t.lines[i].fixed {
		return false
	}
	p := t.lines[i].phrase
	return p == phrase.ShareLabel || countShareNames(t.lines[i].text, p) > 0
}

// countShareNames counts the names on a line that holds nothing else: "Facebook", "Facebook | X | E-mail",
// "FacebookTwitterLinkedIn".
func countShareNames(line string, p phrase.Kind) int {
	if p == phrase.ShareName {
		return 1
	}
	if len(line) > 160 {
		return 0
	}
	if !mayBeginWithShareName(line) {
		return 0
	}
	count := 0
	var buf [phrase.MaxBytes + 16]byte
	rest := text.AppendFolded(buf[:0], line)
	for len(rest) > 0 {
		rest = bytes.TrimLeft(rest, " |/·•,;:#-–—+&")
		if len(rest) == 0 {
			break
		}
		n := longestShareName(rest)
		if n == 0 {
			return 0
		}
		count++
		rest = rest[n:]
	}
	if count < 2 {
		return 0
	}
	return count
}

// shareNamesBy are the share names by their first byte.
var shareNamesBy = func() (by [256][]string) {
	for _, name := range shareNames {
		by[name[0]] = append(by[name[0]], name)
	}
	return by
}()

var shareOpenings = text.NewOpenings(shareNames)

// mayBeginWithShareName reports whether the name of a network may be the first thing on a line. It is so unless that is a letter, which
// folding only makes a small one, that no name begins with, or two letters of ASCII.
func mayBeginWithShareName(line string) bool {
	r, _ := utf8.DecodeRuneInString(line)
	if !unicode.IsLetter(r) {
		return true
	}
	if !shareOpenings.Have(line) {
		return false
	}
	if r >= utf8.RuneSelf || len(line) < 2 {
		return true
	}
	second := text.LowerASCII(line[1])
	if second < 'a' || second > 'z' {
		return true
	}
	for _, name := range shareNamesBy[text.LowerASCII(line[0])] {
		if len(name) == 1 || name[1] == second {
			return true
		}
	}
	return false
}

// longestShareName returns the length of the longest share name that a folded line begins with; names
// of less than three letters only where the word ends.
func longestShareName(s []byte) int {
	best := 0
	for _, name := range shareNamesBy[s[0]] {
		if len(name) <= best || len(name) > len(s) || string(s[:len(name)]) != name {
			continue
		}
		if len(name) < 5 && len(s) > len(name) {
			if next, _ := utf8.DecodeRune(s[len(name):]); unicode.IsLetter(next) {
				continue
			}
		}
		best = len(name)
	}
	return best
}

// shareNames are the share names as text.FoldLine leaves them.
var shareNames = func() []string {
	names := make([]string, 0, len(phrase.Lists[phrase.ShareName]))
	for _, n := range phrase.Lists[phrase.ShareName] {
		names = append(names, text.FoldLine(n))
	}
	return names
}()

// isStrong reports whether a line can only be chaff, wherever it stands: enough words of a notice to be no heading.
func isStrong(l *textLineInfo) bool {
	switch l.phrase {
	case phrase.SpamNotice, phrase.Player:
		return true
	case phrase.Paywall:
		return true
	case phrase.Tool:
		return block.CountWords(l.text) >= 3
	case phrase.CommentForm, phrase.Consent, phrase.Newsletter:
		return block.CountWords(l.text) >= 4
	}
	return false
}

func markNotice(t *textPage, name string) {
	for i := range t.lines {
		l := &t.lines[i]
		if t.stands(i) && !l.fixed && (isStrong(l) || phrase.IsInvitation(l.text) || phrase.IsReadingTime(l.text) || l.phrase == phrase.Ad && t.standsAlone(i)) {
			t.take(i, name)
		}
	}
}

// standsAlone reports whether a line is a paragraph of its own with text on both sides: a label between paragraphs
// is an advertisement's place, at the ends it may be a heading or a signature.
func (t *textPage) standsAlone(i int) bool {
	before, after := false, false
	for j := i - 1; j >= 0 && !before; j-- {
		before = t.stands(j)
	}
	for j := i + 1; j < len(t.lines) && !after; j++ {
		after = t.stands(j)
	}
	return before && after
}

// markRelated takes lines like "Read also: The lighthouse is lit again".
func markRelated(t *textPage, name string) {
	for i := range t.lines {
		l := &t.lines[i]
		if !t.stands(i) || l.fixed || len(l.text) > 250 {
			continue
		}
		colon := strings.IndexAny(l.text, ":：")
		if colon <= 0 || phrase.Match(l.text[:colon]) != phrase.Related || text.EndsSentence(l.text) {
			continue
		}
		if rest := strings.TrimLeft(l.text[colon:], ":： "); rest != "" {
			t.take(i, name)
		}
	}
}

// maxTailList is how many titles under a "related" label are taken for its list.
const maxTailList = 12

// markTail works from the end of the text upwards: lines that are phrases go if one of them can only be chaff, and a "related" label
// goes with the titles below it.
func markTail(t *textPage, name string) {
	end := len(t.lines)
	for {
		start := t.tailOfPhrases(end)
		if start == end {
			if start = t.tailOfRelated(end); start == end {
				return
			}
		}
		for i := start; i < end; i++ {
			if t.stands(i) {
				t.take(i, name)
			}
		}
		end = start
	}
}

// tailOfPhrases returns where the run of phrases that ends the text begins, or end if there is none to take.
func (t *textPage) tailOfPhrases(end int) int {
	start, certain := end, false
	for i := end - 1; i >= 0; i-- {
		l := &t.lines[i]
		if t.chaff[i] != "" {
			certain = true
			continue
		}
		if l.text == "" {
			continue
		}
		if l.fixed || l.phrase == phrase.None || l.phrase == phrase.Related {
			break
		}
		certain = certain || isStrong(l) || l.phrase == phrase.CommentHeading && block.CountWords(l.text) >= 2 || l.phrase == phrase.ShareLabel && block.CountWords(l.text) >= 3
		start = i
	}
	if !certain || !t.anyStandsBefore(start) {
		return end
	}
	return start
}

// tailOfRelated returns where a "related" label begins that only titles follow, or end.
func (t *textPage) tailOfRelated(end int) int {
	titles := 0
	for i := end - 1; i >= 0 && titles <= maxTailList; i-- {
		l := &t.lines[i]
		if !t.stands(i) {
			continue
		}
		if l.fixed {
			break
		}
		if l.phrase == phrase.Related && block.CountWords(l.text) >= 2 && t.anyStandsBefore(i) {
			return i
		}
		if text.EndsSentence(l.text) || len(l.text) > 200 {
			break
		}
		titles++
	}
	return end
}

// anyStandsBefore reports whether text is left above line i: a text is never taken whole.
func (t *textPage) anyStandsBefore(i int) bool {
	for j := i - 1; j >= 0; j-- {
		if t.stands(j) {
			return true
		}
	}
	return false
}
