package metadata

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// hangulTitles are titles that come after the names of Korean reporters. hangulRanks are ranks that come between a name
// and a title.
var (
	hangulTitles = []string{"기자", "특파원", "논설위원"}
	hangulRanks  = text.SetOf("선임", "전문", "수석", "인턴", "객원", "전문위원", "스포츠", "의학전문")
)

// Limits for a line that names Korean reporters: the number of characters, and the number of words before the names.
const (
	maxHangulLine  = 60
	maxHangulWords = 4
)

// hangulNames returns the names before the word for reporter on a Korean line: "김하늘·이바다 기자 haneul@gazette.example".
func hangulNames(line string) []string {
	if utf8.RuneCountInString(line) > maxHangulLine {
		// "[해안일보 김하늘 기자] …", "(해안=해안통신) 김하늘 기자 = …"
		end := strings.IndexAny(line, "]】")
		if sign := strings.Index(line, " = "); end < 0 || sign >= 0 && sign < end {
			end = sign
		}
		if end < 0 || utf8.RuneCountInString(line[:end]) > maxHangulLine {
			return nil
		}
		line = line[:end]
	}
	for _, title := range hangulTitles {
		for end := 0; ; {
			i := strings.Index(line[end:], title)
			if i < 0 {
				break
			}
			before := line[:end+i]
			end += i + len(title)
			if next, _ := utf8.DecodeRuneInString(line[end:]); unicode.Is(unicode.Hangul, next) {
				continue // part of a longer word, such as 기자명
			}
			if names := lastHangul(before); names != nil {
				return names
			}
		}
	}
	return nil
}

// lastHangul returns the names at the end of a text that are separated only by periods and commas.
func lastHangul(before string) []string {
	if strings.Count(strings.TrimSpace(before), " ") > maxHangulWords {
		return nil
	}
	var names []string
	for {
		before = strings.TrimRight(before, " ")
		start := strings.LastIndexFunc(before, func(r rune) bool { return !unicode.Is(unicode.Hangul, r) })
		if start >= 0 {
			_, size := utf8.DecodeRuneInString(before[start:])
			start += size
		}
		start = max(start, 0)
		name := before[start:]
		before = before[:start]
		if names == nil && hangulRanks.Has(name) {
			continue
		}
		if name = strings.TrimSuffix(name, "선임"); Classify(name) != Person {
			return names
		}
		names = append([]string{name}, names...)
		before = strings.TrimRight(before, " ")
		shorter := strings.TrimRight(before, ",·・/")
		if shorter == before || len(names) == MaxAuthors {
			return names
		}
		before = shorter
	}
}
