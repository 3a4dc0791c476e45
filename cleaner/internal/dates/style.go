package dates

import (
	"strings"
	"sync"
	"time"
	"unicode"

	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// Style determines how to read a date whose numbers are ambiguous.
type Style struct {
	MonthFirst bool      // 3/1/2026 is March 1
	YearFirst  bool      // 26.3.1 is March 1, 2026, as in East Asia
	Language   string    // the language without the country, such as "en"; "" if unknown
	Now        time.Time // callers may reject dates after it; this package does not read it
	Zones      []float32 // the time zones, in hours east of UTC, of the places where the language is spoken
}

// StyleOf returns the style in which a language, such as "de" or "en-GB", writes the numbers of a date. 3/1/2026 begins
// with the month in the United States and the Philippines, in English without a country, and if the language is "".
func StyleOf(lang string) Style {
	lang = strings.ToLower(strings.ReplaceAll(lang, "_", "-"))
	base, _, _ := strings.Cut(lang, "-")
	return Style{
		MonthFirst: lang == "" || lang == "en" || lang == "en-us" || lang == "en-ph" || lang == "fil" ||
			lang == "es-us",
		YearFirst: base == "ko" || base == "ja" || base == "zh" || base == "fa",
		Language:  base,
		Zones:     languageZones()[base],
	}
}

// languageZones maps the languages that are spoken mainly in one or two time zones to those zones, in hours east of
// UTC. A zone with summer time is listed twice, for winter and for summer. English, French, Spanish, Portuguese and
// Arabic are absent because they are spoken in too many zones.
var languageZones = sync.OnceValue(func() map[string][]float32 {
	return map[string][]float32{
		"de": {1, 2}, "it": {1, 2}, "nl": {1, 2}, "pl": {1, 2}, "cs": {1, 2}, "sk": {1, 2}, "sl": {1, 2}, "hr": {1, 2},
		"sr": {1, 2}, "hu": {1, 2}, "da": {1, 2}, "nb": {1, 2}, "no": {1, 2}, "sv": {1, 2}, "sq": {1, 2}, "mk": {1, 2},
		"ca": {1, 2},
		"el": {2, 3}, "bg": {2, 3}, "ro": {2, 3}, "fi": {2, 3}, "et": {2, 3}, "lv": {2, 3}, "lt": {2, 3}, "uk": {2, 3},
		"he": {2, 3}, "tr": {3}, "ru": {3}, "be": {3}, "fa": {3.5}, "az": {4}, "ka": {4}, "hy": {4}, "kk": {5}, "hi": {5.5},
		"mr": {5.5}, "ta": {5.5}, "te": {5.5}, "bn": {6, 5.5},
		"th": {7}, "vi": {7}, "id": {7}, "ms": {8}, "zh": {8}, "fil": {8}, "ja": {9}, "ko": {9},
	}
})

// isShort reports whether three numbers can be a date with a year of two digits. The last number has two digits. With
// dots or slashes, the first two numbers must have two digits too, or the last must be from 20 to 39, as in 3/4/26. In
// English and without a language, 3.4.26 does not count, because it may be the number of a version or a chapter. With
// hyphens, all three must have two digits, and the style must put the year first.
func (s *Style) isShort(a, b, c *Token, sign byte) bool {
	switch {
	case a.Digits > 2 || b.Digits > 2:
		return false
	case sign == '-':
		return s.YearFirst && a.Digits == 2 && b.Digits == 2
	case sign != '.' && sign != '/':
		return false
	}
	return a.Digits == 2 && b.Digits == 2 || c.Number >= 20 && c.Number < 40 &&
		(sign == '/' || s.Language != "" && s.Language != "en")
}

// sign is like the function Sign, but in Lithuanian it also accepts a single space.
func (s *Style) sign(between string) (byte, bool) {
	if between == " " && s.Language == "lt" {
		return ' ', true
	}
	return Sign(between)
}

// Sign returns the separator between two numbers of a date, given the text between them: a dot, a slash, a hyphen or a
// vertical bar. It returns a hyphen for other dashes, and an ASCII character for full-width ones. ok is false if the
// text is anything else.
func Sign(s string) (byte, bool) {
	if s = strings.TrimSpace(s); len(s) > 1 {
		// invisible characters, such as direction marks
		s = strings.TrimFunc(s, func(r rune) bool { return text.IsUnseen(r) || unicode.IsSpace(r) })
	}
	if len(s) == 1 && (s[0] == '.' || s[0] == '/' || s[0] == '-' || s[0] == '|') {
		return s[0], true
	}
	switch s {
	case "–", "‐", "‑", "−", "－":
		return '-', true
	case "．":
		return '.', true
	case "／":
		return '/', true
	}
	return 0, false
}
