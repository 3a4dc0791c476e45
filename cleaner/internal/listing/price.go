package listing

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// maxPriceWords is the maximum number of words of a text that is searched for the price of an entry. findPrice itself
// has no such limit.
const maxPriceWords = 12

// currencyWords are the codes and short names of currencies that are written next to amounts.
var currencyWords = text.SetOf(
	"eur", "usd", "gbp", "chf", "cad", "aud", "nzd", "sek", "nok", "dkk", "pln", "czk", "huf", "ron", "bgn", "try", "rub",
	"uah", "inr", "cny", "jpy", "brl", "mxn", "zar", "sgd", "hkd", "kr", "zł", "zl", "kč", "ft", "lei", "лв", "руб", "грн",
	"tl", "rs", "元", "円", "원", "euro", "euros",
)

// findPrice returns the first number in a line that has a currency before or after it, with the currency, as written.
// It searches only lines of at most 400 bytes.
func findPrice(s string) (string, bool) {
	if len(s) > 400 || strings.IndexFunc(s, text.IsDigit) < 0 {
		return "", false
	}
	for at := 0; at < len(s); {
		start := strings.IndexFunc(s[at:], text.IsDigit)
		if start < 0 {
			break
		}
		start += at
		end := numberEnd(s, start)
		if before := currencyBefore(s[:start]); before > 0 {
			return s[start-before : end], true
		}
		if after := currencyAfter(s[end:]); after > 0 {
			return s[start : end+after], true
		}
		at = end
	}
	return "", false
}

// numberEnd returns the end of the number that starts at s[start]. The number may contain points, commas and
// apostrophes between digits, and spaces before groups of three digits. Dashes after a point or comma belong to it:
// "5,–".
func numberEnd(s string, start int) int {
	end, pending := start, start
	for i, r := range s[start:] {
		switch {
		case text.IsDigit(r):
			end = start + i + len(string(r))
			pending = end
		case isGap(r) && !isThousand(s[start+i:]):
			return end
		case (strings.ContainsRune(".,'’", r) || isGap(r)) && pending == start+i:
			pending = start + i + len(string(r))
			if rest := s[pending:]; !isGap(r) && strings.ContainsRune("-–—", firstRune(rest)) {
				return pending + len(rest) - len(strings.TrimLeft(rest, "-–—"))
			}
		default:
			return end
		}
	}
	return end
}

func isGap(r rune) bool { return r == ' ' || r == '\u00a0' || r == '\u202f' || r == '\u2009' }

// isThousand reports whether a text begins with a space and exactly three digits.
func isThousand(s string) bool {
	digits := 0
	for _, r := range strings.TrimLeftFunc(s, isGap) {
		if !text.IsDigit(r) {
			break
		}
		digits++
	}
	return digits == 3
}

// firstRune returns the first character of a text, or 0 for an empty text.
func firstRune(s string) rune {
	for _, r := range s {
		return r
	}
	return 0
}

// currencyBefore returns the length in bytes of the currency at the end of a text, with the space after it, or 0 if
// there is none.
func currencyBefore(s string) int {
	bare := strings.TrimRightFunc(s, unicode.IsSpace)
	word := bare[strings.LastIndexFunc(bare, isNoCurrency)+1:]
	if len(s)-len(bare) > 3 || !isCurrency(word) {
		return 0
	}
	return len(s) - len(bare) + len(word)
}

// currencyAfter returns the length in bytes of the currency at the start of a text, with the space before it, or 0 if
// there is none.
func currencyAfter(s string) int {
	bare := strings.TrimLeftFunc(s, unicode.IsSpace)
	word := bare
	if sign, size := utf8.DecodeRuneInString(bare); unicode.Is(unicode.Sc, sign) {
		word = bare[:size]
	} else if end := strings.IndexFunc(bare, isNoCurrency); end >= 0 {
		word = bare[:end]
	}
	if len(s)-len(bare) > 3 || !isCurrency(word) {
		return 0
	}
	return len(s) - len(bare) + len(word)
}

func isNoCurrency(r rune) bool { return !unicode.IsLetter(r) && !unicode.Is(unicode.Sc, r) }

// isCurrency reports whether a text is the symbol, code or name of a currency.
func isCurrency(word string) bool {
	if word == "" || len(word) > 12 {
		return false
	}
	return strings.ContainsFunc(word, func(r rune) bool { return unicode.Is(unicode.Sc, r) }) ||
		currencyWords.Has(strings.ToLower(word))
}
