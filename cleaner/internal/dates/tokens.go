package dates

import (
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// A Token is a number, a word or a time of day.
type Token struct {
	Start, End int    // the position in the line, in bytes
	Kind       byte   // 'n' for a number, 'w' for a word, 't' for a time of day
	Digits     int8   // the number of digits of a number
	Number     int    // the value of a number
	month      int    // the month that a word names, as in MonthOf; 0 for other tokens
	Word       string // a word; in lower case if named is true
	named      bool   // nameMonths has looked up the word
	clock      clock  // a time of day
}

// A clock is a time of day.
type clock struct{ hour, minute, second int }

// joinMonths removes the space in the Arabic names of months that have two words, and the dots in the short Thai names.
// It adds spaces after such a name, so that the length of the line stays the same.
func joinMonths(s string) string {
	if strings.Contains(s, "ال") || strings.Contains(s, "لأ") {
		s = arabicMonths().Replace(s)
	}
	if strings.Contains(s, ".ค") || strings.Contains(s, ".พ") || strings.Contains(s, ".ย") {
		s = thaiMonths().Replace(s)
	}
	return s
}

// arabicMonths joins the names of months that have two words: those of the Levant and those of the Islamic calendar.
var arabicMonths = sync.OnceValue(func() *strings.Replacer {
	return strings.NewReplacer(
		"كانون الثاني", "كانونالثاني ", "كانون الأول", "كانونالأول ", "كانون الاول", "كانونالاول ",
		"تشرين الأول", "تشرينالأول ", "تشرين الاول", "تشرينالاول ", "تشرين الثاني", "تشرينالثاني ",
		"ربيع الأول", "ربيعالأول ", "ربيع الاول", "ربيعالاول ", "ربيع الآخر", "ربيعالآخر ", "ربيع الثاني", "ربيعالثاني ",
		"جمادى الأولى", "جمادىالأولى ", "جمادى الأول", "جمادىالأول ", "جمادى الآخرة", "جمادىالآخرة ", "جمادى الثانية",
		"جمادىالثانية ",
		"ذو القعدة", "ذوالقعدة ", "ذي القعدة", "ذيالقعدة ", "ذو الحجة", "ذوالحجة ", "ذي الحجة", "ذيالحجة ",
	)
})

var thaiMonths = sync.OnceValue(func() *strings.Replacer {
	return strings.NewReplacer(
		"ม.ค.", "มค  ", "ก.พ.", "กพ  ", "มี.ค.", "มีค  ", "เม.ย.", "เมย  ", "พ.ค.", "พค  ", "มิ.ย.", "มิย  ", "ก.ค.", "กค  ",
		"ส.ค.", "สค  ",
		"ก.ย.", "กย  ", "ต.ค.", "ตค  ", "พ.ย.", "พย  ", "ธ.ค.", "ธค  ", "ม.ค", "มค ", "ก.พ", "กพ ", "มี.ค", "มีค ", "เม.ย",
		"เมย ", "พ.ค", "พค ",
		"มิ.ย", "มิย ", "ก.ค", "กค ", "ส.ค", "สค ", "ก.ย", "กย ", "ต.ค", "ตค ", "พ.ย", "พย ", "ธ.ค", "ธค ",
	)
})

// Tokens cuts a line into numbers, words and times of day. It returns at most 48 tokens.
func Tokens(s string) []Token { return appendTokens(make([]Token, 0, 12), s) }

// appendTokens is like Tokens but appends the tokens to an empty slice.
func appendTokens(tokens []Token, s string) []Token {
	for i := 0; i < len(s) && len(tokens) < maxDateTokens; {
		r, size := rune(s[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(s[i:])
		}
		switch {
		case text.IsDigit(r):
			t := numberToken(s, i)
			tokens = append(tokens, t)
			i = t.End
		case text.IsWordLetter(r):
			end := i + size
			for end < len(s) {
				next, n := utf8.DecodeRuneInString(s[end:])
				if !text.IsWordLetter(next) {
					break
				}
				end += n
			}
			tokens = append(tokens, Token{Start: i, End: end, Kind: 'w', Word: s[i:end]})
			i = end
		default:
			i += size
		}
	}
	return tokens
}

// maxMonthGap is the maximum distance, in tokens, from a number to the month of its date. 1 means that they are
// adjacent.
const maxMonthGap = 2

// nameMonths looks up which months the words near numbers name, and changes these words to lower case. It ignores other
// words, because they are not part of a date.
func nameMonths(tokens []Token, style *Style) {
	for i := range tokens {
		if tokens[i].Kind != 'n' {
			continue
		}
		for j := max(i-maxMonthGap, 0); j < min(i+maxMonthGap+1, len(tokens)); j++ {
			if t := &tokens[j]; t.Kind == 'w' && !t.named {
				t.named, t.Word = true, strings.ToLower(t.Word)
				t.month = style.month(t.Word)
			}
		}
	}
}

// numberMonths turns months that are written as a number with a word into one token, as in Tháng Ba 4, 2026 and 3 月 4,
// 2026. These forms occur in themes that put the month before the day.
func numberMonths(tokens []Token) (merged []Token, found bool) {
	if !slices.ContainsFunc(tokens, func(t Token) bool {
		return t.Kind == 'w' && (t.Word == "月" || t.Word == "월" || strings.EqualFold(t.Word, "tháng"))
	}) {
		return nil, false
	}
	for i := 0; i < len(tokens); i++ {
		t := tokens[i]
		if t.month == 0 && i+1 < len(tokens) {
			if month, n := numberMonth(tokens[i:]); n > 0 {
				t.Kind, t.month, t.End = 'w', month, tokens[i+n-1].End
				i, found = i+n-1, true
			}
		}
		merged = append(merged, t)
	}
	return merged, found
}

// numberMonth reads one month that is written as a number with a word. It also returns the number of tokens of that
// month, or 0 if the tokens do not begin with such a month.
func numberMonth(tokens []Token) (month, used int) {
	t, next := &tokens[0], &tokens[1]
	switch {
	case t.Kind == 'n' && t.Digits <= 2 && t.Number >= 1 && t.Number <= 12 && (next.Word == "月" || next.Word == "월"):
		return t.Number, 2
	case t.Kind != 'w' || !strings.EqualFold(t.Word, "tháng"):
		return 0, 0
	case next.Kind == 'n' && next.Digits <= 2 && next.Number >= 1 && next.Number <= 12:
		return next.Number, 2
	}
	month = slices.Index(vietnameseNumbers, strings.ToLower(next.Word)) + 1
	if month == 10 && len(tokens) > 2 {
		if more := slices.Index(vietnameseNumbers[:2], strings.ToLower(tokens[2].Word)) + 1; more > 0 {
			return month + more, 3
		}
	}
	if month == 0 {
		return 0, 0
	}
	return month, 2
}

// vietnameseNumbers are the Vietnamese words for one to ten that are used for months.
var vietnameseNumbers = []string{"một", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười"}

// numberToken reads the number that begins at s[i], or a time of day, such as 6:12, 06:12:30 or 6h12.
func numberToken(s string, i int) Token {
	t := Token{Start: i, Kind: 'n'}
	t.Number, t.End, t.Digits = text.ReadNumber(s, i)
	if t.Digits > 2 || t.End >= len(s) || t.Number > 24 {
		return t
	}
	if c := s[t.End]; c != ':' && (c != 'h' && c != 'H' || t.End+2 >= len(s) || !text.IsDigit(rune(s[t.End+1])) ||
		!text.IsDigit(rune(s[t.End+2]))) {
		return t
	}
	minute, end, digits := text.ReadNumber(s, t.End+1)
	if digits != 2 || minute > 59 {
		return t
	}
	t.Kind, t.End, t.clock = 't', end, clock{t.Number, minute, 0}
	if end < len(s) && s[end] == ':' {
		if second, after, digits := text.ReadNumber(s, end+1); digits == 2 && second < 60 {
			t.End, t.clock.second = after, second
		}
	}
	return t
}
