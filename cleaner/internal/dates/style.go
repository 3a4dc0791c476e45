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
	MonthFirst bool // 3/1/2026 is the first of March
	YearFirst  bool // 26.3.1 is in 2026, as in East Asia
	Language   string
	Now        time.Time
	Zones      []float32 // the time zones, in hours east of Greenwich, of the places where the language is spoken
}

// StyleOf returns the style in which a language writes the numbers of a date: 3/1/2026 begins with the month in the
// United States, and in English without a country.
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

// languageZones contains the time zones of languages that are spoken in only one or two zones. They are given in hours
// east of Greenwich, for winter and summer. English, French, Spanish, Portuguese and Arabic are spoken in too many
// zones.
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

// isShort reports whether numbers of at most two digits can be a date: two digits each, or fewer digits if the year is
// in the third or fourth decade of this century, as in 3/4/26. Other short numbers are those of versions and chapters.
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

// sign returns the separator between the numbers of a date. In Lithuanian it may be a space.
func (s *Style) sign(between string) (byte, bool) {
	if between == " " && s.Language == "lt" {
		return ' ', true
	}
	return Sign(between)
}

// Sign returns the separator between the numbers of a date.
func Sign(s string) (byte, bool) {
	if s = strings.TrimSpace(s); len(s) > 1 {
		// direction marks
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
