package htmldoc

import (
	"bytes"
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding/charmap"
)

// guessSample is the maximum number of bytes that the function guess examines. They are collected from the first
// guessPrefix bytes of the page.
const (
	guessSample = 64 << 10
	guessPrefix = 1 << 20
)

// bit is the cost of one bit. Costs are integers, so that a sum does not depend on the order of iteration over a map.
const bit = 1000

// The costs of characters that are not among the language's letters. What matters most is which of them are higher: in
// a wrong encoding, a text has control characters, undefined bytes, and symbols in place of letters.
const (
	costNoBreak     = 2 * bit // the no-break space, which templates use a lot
	costTypographic = 6 * bit // quotes, dashes and symbols: the same bytes in most encodings
	costCapital     = 6 * bit // added to the cost of the lower-case letter
	costGlued       = 6 * bit // added for a letter of another script next to an ASCII letter
	costSymbol      = 13 * bit
	costOtherScript = 14 * bit
	costControl     = 18 * bit
	costInvalid     = 20 * bit
	// handicap is added to the cost of every encoding except windows-1252, so that two unusual characters do not make a
	// page Polish.
	handicap = 8 * bit
)

const typographic = "«»“”„‘’‚–—…•©®°§·€№™£´½¼¾²³±×\u00AD"

// guess returns the most likely encoding of the bytes: the one in which some language encodes them in the fewest bits.
// Bits can be compared between encodings, because the bytes are the same. Shares of common letters cannot be compared,
// because the number of letters depends on the encoding. For ASCII, guess returns ISO-2022-JP if it finds that
// encoding's escape sequences, and UTF-8 otherwise.
func guess(b []byte) string {
	if bytes.Contains(b, []byte("\x1B$B")) || bytes.Contains(b, []byte("\x1B$@")) {
		return "iso-2022-jp"
	}
	sample := sampleWords(b)
	if len(sample) == 0 {
		return utf8Name
	}
	tallies := make(map[string]*tally)
	best, least := defaultName, math.MaxInt
	for _, l := range languages {
		costs := l.costs()
		for _, name := range l.encodings {
			if tallies[name] == nil {
				tallies[name] = newTally(sample, name)
			}
			cost := l.cost(tallies[name], costs)
			if name != defaultName {
				cost += handicap
			}
			if cost < least {
				best, least = name, cost
			}
		}
	}
	return best
}

// sampleWords returns the words with bytes beyond ASCII, from the page's text, or from its tags too if the text has no
// such words. In all candidate encodings the bytes of white space, "<" and ">" have their ASCII meaning.
func sampleWords(b []byte) []byte {
	b = b[:min(len(b), guessPrefix)]
	var sample []byte
	for rest := b; len(rest) > 0 && len(sample) < guessSample; {
		text := rest
		if i := tagStart(rest); i >= 0 {
			text, rest = rest[:i], rest[i:]
			rest = rest[bytes.IndexByte(rest, '>')+1:] // tagStart has checked that there is a ">"
		} else {
			rest = nil
		}
		sample = appendWords(sample, text)
	}
	if len(sample) == 0 {
		sample = appendWords(nil, b)
	}
	return sample[:min(len(sample), guessSample)]
}

// tagStart returns the index of the next "<" that begins a complete tag or comment, or -1.
func tagStart(b []byte) int {
	for i := 0; i < len(b); i++ {
		next := bytes.IndexByte(b[i:], '<')
		if next < 0 {
			return -1
		}
		if i += next; i+1 == len(b) {
			return -1
		}
		if isASCIILetter(b[i+1]) || b[i+1] == '/' || b[i+1] == '!' || b[i+1] == '?' {
			if bytes.IndexByte(b[i:], '>') < 0 {
				return -1
			}
			return i
		}
	}
	return -1
}

func appendWords(sample, text []byte) []byte {
	for word := range bytes.FieldsFuncSeq(text, isASCIISpace) {
		if len(sample) >= guessSample {
			break
		}
		if bytes.ContainsFunc(word, isNotASCII) {
			sample = append(append(sample, word...), ' ')
		}
	}
	return sample
}

func isASCIISpace(r rune) bool { return r == ' ' || r >= '\t' && r <= '\r' }

func isNotASCII(r rune) bool { return r >= utf8.RuneSelf }

// A tally counts the characters that the bytes beyond ASCII represent in one encoding.
type tally struct {
	counts map[rune]int
	// glued counts letters between ASCII characters of which at least one is a letter: "ö" in "Köln". Such letters are
	// frequent in Latin script and absent from other scripts. It is 0 for multi-byte encodings.
	glued int
}

func newTally(sample []byte, name string) *tally {
	t := &tally{counts: make(map[rune]int)}
	enc, _ := charset.Lookup(name)
	single, ok := enc.(*charmap.Charmap)
	if !ok {
		for _, r := range string(decodeAs(sample, name)) {
			if r >= utf8.RuneSelf {
				t.counts[r]++
			}
		}
		return t
	}
	before := byte(' ')
	for i, c := range sample { // the sample ends in a space or a truncated word
		if c >= utf8.RuneSelf {
			after := byte(' ')
			if i+1 < len(sample) {
				after = sample[i+1]
			}
			r := single.DecodeByte(c)
			if r >= '¼' && r <= '¾' && isASCIILetter(after) {
				r = utf8.RuneError // "c½ur": in ISO-8859-15 that byte is "œ"
			}
			t.counts[r]++
			if before < utf8.RuneSelf && after < utf8.RuneSelf && (isASCIILetter(before) || isASCIILetter(after)) &&
				unicode.IsLetter(r) {
				t.glued++
			}
		}
		before = c
	}
	return t
}

func isASCIILetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

func inBits(probability float64) int { return int(math.Round(-math.Log2(probability) * bit)) }

// costs returns the cost of each letter of the language, lower case and capital.
func (l language) costs() map[rune]int {
	total, rank := 0.0, 0.0
	for range l.letters {
		rank++
		total += math.Pow(rank, -l.skew)
	}
	costs := make(map[rune]int, 2*len(l.letters))
	rank = 0
	for _, r := range l.letters {
		rank++
		cost := inBits(l.mass * math.Pow(rank, -l.skew) / total)
		if _, twice := costs[r]; twice {
			continue
		}
		costs[r] = cost
		if upper := unicode.ToUpper(r); upper != r && upper >= utf8.RuneSelf {
			if _, taken := costs[upper]; !taken {
				costs[upper] = cost + costCapital
			}
		}
	}
	return costs
}

// cost returns how many bits, in units of 1/1000, the language needs for the characters of a tally.
func (l language) cost(t *tally, costs map[rune]int) int {
	other := inBits((1 - l.mass) / l.rest)
	total := 0
	if !l.latin {
		total = t.glued * costGlued
	}
	for r, n := range t.counts {
		cost, ok := costs[r]
		if !ok {
			cost = l.uncommon(r, other)
		}
		total += cost * n
	}
	return total
}

func (l language) uncommon(r rune, other int) int {
	switch {
	case r == utf8.RuneError || r >= 0xE000 && r <= 0xF8FF:
		return costInvalid
	case r < 0xA0:
		return costControl
	case r == 0xA0:
		return costNoBreak
	case strings.ContainsRune(typographic, r):
		return costTypographic
	case r >= l.low && r <= l.high && (unicode.IsLetter(r) || unicode.IsMark(r)):
		return other
	case unicode.IsLetter(r):
		return costOtherScript
	default:
		return costSymbol
	}
}
