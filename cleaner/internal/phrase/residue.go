package phrase

import (
	"html"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// maxResidue is the length in bytes of the longest line that can be residue.
const maxResidue = 200

// IsResidue reports whether a line consists only of the remains of a broken tag: quotes, attributes and brackets.
//
//	” data-script=” >      " class="x" >
//
// The line must begin inside the tag. A complete tag is more often an example in the text than an accident. A line of
// escaped spaces, "&nbsp;", is residue too.
func IsResidue(line string) bool {
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
	case s.rest != "" && CountShareNames(s.rest, Match(s.rest)) == 0:
		return false // only a row of buttons may follow the end of the tag
	case s.attributes > 0:
		return s.close && (isQuote(first) || first == '/' || s.attributes > 1 || s.openQuotes) ||
			isQuote(first) && s.quotes > 1
	default:
		return s.close && s.quotes > 0 && !isOpeningBracket(first)
	}
}

// isEntities reports whether a line consists only of spaces that were escaped twice: "&nbsp;", "&amp;nbsp;".
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

// scan reports whether the line is the inside of a tag. It stops after a > that is followed by a letter, and leaves the
// text after the > in s.rest.
func (s *residueScanner) scan() bool {
	for s.rest != "" {
		r, size := utf8.DecodeRuneInString(s.rest)
		switch {
		case text.IsSpace(r) || r == '/':
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

// attribute reads a name, an equals sign and a value with or without quotes. It returns false for a name without a
// value, which is a word of prose.
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
