package metadata

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/dechaff/dechaff/cleaner/internal/phrase"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// BylineNames returns the names of people on a line that consists of "by" and names, or nil for any other line. All
// words must be capitalized, except name particles and roles. A place may follow after a comma. "Aus" does not count as
// "by", because it is also used before places.
func BylineNames(line string) []string {
	line = strings.TrimSpace(line)
	prefix := byPrefix(line)
	if prefix == "" || prefix == "aus" || len(line) > maxByline {
		return nil
	}
	if text.EndsSentence(line) && (!strings.HasSuffix(line, ".") || strings.Count(line, " ") > 4) {
		return nil
	}
	rest := strings.TrimLeft(line[len(prefix):], " :：\u00A0")
	if !strings.ContainsAny(rest, "@[") { // with addresses, the line may list the authors of something else
		rest = withoutAddresses(rest)
	}
	rest = strings.TrimRight(withoutCredits(withoutAge(rest)), " ,;")
	for last := lastWord(rest); len(last) < len(rest) && endsName(last); last = lastWord(rest) { // "on" before the date
		rest = strings.TrimRight(rest[:len(rest)-len(last)], " ,")
	}
	n := nameList{}
	n.add(rest)
	if len(n.of[Person]) == 0 || phrase.WeakPrefixes.Has(prefix) && !allNames(rest) {
		return nil
	}
	if first, _ := utf8.DecodeRuneInString(rest); isCased(first) && !allNames(rest) && !isNameAndPlace(rest) {
		return nil
	}
	return n.of[Person]
}

// maxByline is the maximum length of a line with names after "by", in bytes.
const maxByline = 160

// isNameAndPlace recognizes "Ada Pell, São Tomé": a name, and a place of one to three words.
func isNameAndPlace(line string) bool {
	name, place, ok := strings.Cut(line, ", ")
	return ok && allNames(name) && strings.Count(place, " ") <= 2 && strings.ContainsFunc(place, unicode.IsUpper)
}

// allNames reports whether a line has 2 to 14 words and all of them are capitalized, except particles, roles and words
// in scripts without capitals. No word may begin with a digit.
func allNames(line string) bool {
	words := strings.FieldsFunc(line, func(r rune) bool {
		return r == ' ' || r == ',' || r == '&' || r == '\u00A0' ||
			r == '|' || r == '/'
	})
	if len(words) < 2 || len(words) > 14 {
		return false
	}
	for _, w := range words {
		first, _ := utf8.DecodeRuneInString(strings.TrimLeft(w, "'’\"„“("))
		if !unicode.IsUpper(first) && isCased(first) && !isNameParticle(w) && !isRoleWord(w) || text.IsDigit(first) {
			return false
		}
	}
	return true
}

func isNameParticle(word string) bool {
	switch word {
	case "van", "von", "v.", "de", "der", "den", "del", "della", "da", "di", "do", "dos", "das", "du", "des", "la", "le",
		"el", "al", "bin", "bint", "ibn", "y", "e", "i", "and", "und", "et", "en", "ve", "и", "ter", "te", "ten", "zu",
		"zur", "vom", "af", "av",
		"og", "och", "ja", "és", "και", "та", "і", "dan", "và", "with", "mit", "avec", "con", "com", "a", "tot", "'t", "of",
		"abu", "ben", "d", "san", "st", "dalla", "wa", "ya", "ole", "ap", "binti", "binte", "bte", "ibni", "anak", "dr.",
		"dr", "prof.", "lo", "li", "los", "las", "в", "für", "in":
		return true
	}
	return false
}

// byPrefix returns the longest word or phrase for "by" at the start of a line, spelled as in phrase.BylinePrefixes, or
// "" if there is none.
func byPrefix(s string) string {
	best := ""
	for _, p := range prefixesOf(s) {
		if len(p) <= len(best) || len(s) < len(p) || !strings.EqualFold(s[:len(p)], p) {
			continue
		}
		last, _ := utf8.DecodeLastRuneInString(p)
		next, _ := utf8.DecodeRuneInString(s[len(p):])
		if unicode.IsLetter(last) && (unicode.IsLetter(next) || unicode.IsMark(next)) && next < 0x3000 {
			continue // the start of a longer word: "Byron"
		}
		best = p
	}
	return best
}

// prefixesOf returns the entries of phrase.BylinePrefixes that begin with the first letter of s.
func prefixesOf(s string) []string {
	first, _ := utf8.DecodeRuneInString(s)
	return bylinePrefixes.StartingWith(unicode.ToLower(first))
}

var bylinePrefixes = text.IndexPrefixes(phrase.BylinePrefixes)

// nobleParticles are words for "by" that also begin names of people: "De Wit", "Von Ahrens", "Theo".
var nobleParticles = text.SetOf("von", "vom", "de", "di", "da", "av", "af", "theo", "van", "na", "ni", "nina", "per",
	"aus",
	"от", "του", "της")

// StripBy removes the word for "by" from the start of a line, unless the word is probably the beginning of a name, such
// as "De Wit".
func StripBy(s string) string {
	prefix := byPrefix(s)
	if prefix == "" {
		return s
	}
	rest := strings.TrimLeft(s[len(prefix):], " :：\u00A0")
	if nobleParticles.Has(prefix) {
		word, more, _ := strings.Cut(rest, " ")
		first, _ := utf8.DecodeRuneInString(word)
		switch isLower := isCased(first) && unicode.IsLower(first); {
		case more == "" && !isLower && !isRoleWord(word), more != "" && (isLower || isNameParticle(word)):
			return s
		}
	}
	return rest
}
