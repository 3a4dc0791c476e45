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

// guessSample is how many bytes of a page a guess reads, guessPrefix how much of the page it looks for them in.
const (
	guessSample = 64 << 10
	guessPrefix = 1 << 20
)

// bit is the unit of costs. They are whole numbers, so that their sum does not depend on the order of a map.
const bit = 1000

// What a character costs where the language itself has no figure for it. Only their order matters much: a wrong
// encoding shows by controls, by undefined bytes and by symbols where letters should be.
const (
	costPunctuation = 6 * bit // typographic: the same bytes in most encodings
	costCapital     = 4 * bit // on top of the small letter's
	costSymbol      = 13 * bit
	costOtherScript = 14 * bit
	costControl     = 18 * bit
	costInvalid     = 20 * bit
)

const typographic = "\u00A0«»“”„‘’‚–—…•©®°§·€№™"

// guess names the encoding that the bytes are most likely in: that in which some language needs the
// fewest bits for them. Bytes are the same for all candidates, so bits can be compared where shares of common letters, which have
// another base in each candidate, cannot.
func guess(b []byte) string {
	if bytes.Contains(b, []byte("\x1B$B")) || bytes.Contains(b, []byte("\x1B$@")) {
		return "iso-2022-jp"
	}
	sample := sampleWords(b)
	if len(sample) == 0 {
		return utf8Name
	}
	counts := make(map[string]map[rune]int)
	best, least := defaultName, math.MaxInt
	for _, l := range languages {
		costs := l.costs()
		for _, name := range l.encodings {
			if counts[name] == nil {
				counts[name] = countCharacters(sample, name)
			}
			if bits := l.bits(counts[name], costs); bits < least {
				best, least = name, bits
			}
		}
	}
	return best
}

// sampleWords returns the words of the page that hold bytes beyond ASCII, from its text, or from its tags too if the text has
// none. No candidate encoding uses the bytes of white space, "<" and ">" for anything else.
func sampleWords(b []byte) []byte {
	b = b[:min(len(b), guessPrefix)]
	var sample []byte
	for rest := b; len(rest) > 0 && len(sample) < guessSample; {
		text := rest
		if i := tagStart(rest); i >= 0 {
			text, rest = rest[:i], rest[i:]
			rest = rest[bytes.IndexByte(rest, '>')+1:] // tagStart saw that there is one
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

// tagStart finds the next "<" that opens a tag or a comment which is closed; -1 if there is none.
func tagStart(b []byte) int {
	for i := 0; i < len(b); i++ {
		next := bytes.IndexByte(b[i:], '<')
		if next < 0 {
			return -1
		}
		if i += next; i+1 == len(b) {
			return -1
		}
		if c := b[i+1] | 0x20; c >= 'a' && c <= 'z' || b[i+1] == '/' || b[i+1] == '!' || b[i+1] == '?' {
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

// countCharacters counts what the bytes beyond ASCII are in an encoding.
func countCharacters(sample []byte, name string) map[rune]int {
	counts := make(map[rune]int)
	enc, _ := charset.Lookup(name)
	if single, ok := enc.(*charmap.Charmap); ok {
		for _, c := range sample {
			if c >= utf8.RuneSelf {
				counts[single.DecodeByte(c)]++
			}
		}
		return counts
	}
	for _, r := range string(decodeAs(sample, name)) {
		if r >= utf8.RuneSelf {
			counts[r]++
		}
	}
	return counts
}

func inBits(probability float64) int { return int(math.Round(-math.Log2(probability) * bit)) }

// costs are those of each of the language's letters, small and capital.
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

// bits is what the language needs for the counted characters.
func (l language) bits(counts, costs map[rune]int) int {
	other := inBits((1 - l.mass) / l.rest)
	total := 0
	for r, n := range counts {
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
	case strings.ContainsRune(typographic, r):
		return costPunctuation
	case r >= l.low && r <= l.high && (unicode.IsLetter(r) || unicode.IsMark(r)):
		return other
	case unicode.IsLetter(r):
		return costOtherScript
	default:
		return costSymbol
	}
}
