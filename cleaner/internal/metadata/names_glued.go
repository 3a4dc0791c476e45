package metadata

import (
	"strings"
	"unicode"

	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// unglued inserts commas between names that only a style sheet separates: "Ada PellBo Ek". Names have at least two
// words, so a capital within a word separates names only if there are words before it and after it.
func unglued(line string) string {
	fields := strings.Fields(line)
	words := 0
	for i, word := range fields {
		if words++; text.Letters(word) == 0 || strings.HasSuffix(word, ",") {
			words = 0
		}
		cut := capitalInside(word)
		if cut == 0 || words < 2 || words > 3 || strings.ContainsAny(word, ",;&") || i == len(fields)-1 ||
			!unicode.IsUpper(firstRune(fields[i+1])) {
			continue
		}
		fields[i] = word[:cut] + "," + word[cut:]
		words = 1
	}
	return strings.Join(fields, " ")
}

// capitalInside returns the index of the capital within a word at which a second name begins, or 0 if there is none. A
// capital within McPell, DeWitt or Pell-Ek does not count.
func capitalInside(word string) int {
	before := rune(0)
	for i, r := range word {
		if i > minGlued && unicode.IsUpper(r) && unicode.IsLower(before) && len(word)-i > 1 &&
			!gluedParticles.Has(strings.ToLower(word[:i])) {
			return i
		}
		before = r
	}
	return 0
}

// A capital within a word separates a surname from the name after it only if the surname has more than minGlued bytes.
const minGlued = 1

// gluedParticles are the beginnings of surnames that have a capital within the word.
var gluedParticles = text.SetOf("mc", "mac", "de", "di", "da", "du", "le", "la", "lo", "van", "von", "fitz",
	"vander", "vande",
	"del", "della", "dos", "des", "st", "san", "ter", "al", "el", "ben", "bin", "ap", "ver", "ten", "zu", "o")
