package metadata

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/dechaff/dechaff/cleaner/internal/phrase"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// signedHan returns the name on a line near the headline, if the line has nothing but the name: "■ 李明", "李明（教授）",
// "张晓明", "山田 太郎", "[山田太郎，海湾社]". If the line has a date, the name of a newspaper may also be next to the name.
func signedHan(line string, dated bool) string {
	const signs = " \u3000■□●◆▲★·[]【】"
	bare := strings.Trim(withoutBrackets(line), signs)
	if len(bare) > maxFiled/2 || text.UnspacedLength(bare) < 2 || text.ContainsAny(bare, phrase.HanEditors) {
		return ""
	}
	if i := strings.LastIndexAny(bare, "・＝"); i > 0 {
		_, size := utf8.DecodeRuneInString(bare[i:])
		bare = bare[i+size:]
	}
	fields := strings.FieldsFunc(bare, func(r rune) bool { return unicode.IsSpace(r) || r == '，' || r == '、' || r == '/' })
	if len(fields) == 2 && utf8.RuneCountInString(fields[0]) == 2 &&
		strings.Contains(phrase.JapaneseSurnames, fields[0]+" ") && isHanPerson(fields[0]+fields[1]) {
		return bare
	}
	name := ""
	for _, field := range fields {
		switch {
		case name == "" && isHanPerson(field):
			name = field
		case Classify(field) != organization && !isKatakana(field):
			return ""
		}
	}
	if !dated && bare == strings.TrimSpace(line) && utf8.RuneCountInString(name) < 3 {
		return "" // two characters may be the name of a section
	}
	return name
}

// mayBeHanNames reports whether a line that begins with a Chinese character and has several words has only names, and
// perhaps a newspaper and a place. Other lines are not checked.
func mayBeHanNames(line string) bool {
	line = strings.TrimLeftFunc(line, unicode.IsPunct)
	fields := strings.FieldsFunc(line, func(r rune) bool { return unicode.IsSpace(r) || r == '／' || r == '/' })
	if len(fields) < 2 || !unicode.Is(unicode.Han, firstRune(line)) {
		return true
	}
	return !slices.ContainsFunc(fields, func(s string) bool {
		return !isHanPerson(s) && !isJapaneseName(s) && Classify(s) != organization && !text.ContainsAny(s, filedWords)
	})
}

// isHanCount recognizes a Chinese line of several words with a number: "已有 12 人评论 我来说两句".
func isHanCount(line string) bool {
	return unicode.Is(unicode.Han, firstRune(line)) && strings.Contains(line, " ") &&
		strings.ContainsFunc(line, text.IsDigit)
}

func isKatakana(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Katakana, r) })
}

// isHanPerson reports whether a word with at most a date next to it can be a Chinese or Japanese name: a frequent
// surname and one to three characters.
func isHanPerson(s string) bool {
	n := utf8.RuneCountInString(s)
	if japanese := 2 * len("田"); n > 2 && n <= maxHanName+1 && text.UnspacedLength(s) == n &&
		strings.Contains(phrase.JapaneseSurnames, s[:min(japanese, len(s))]+" ") {
		return Classify(s) == Person
	}
	return n >= 2 && n < maxHanName && text.UnspacedLength(s) == n &&
		strings.ContainsRune(phrase.HanSurnames, firstRune(s)) && Classify(s) == Person
}

// maxLead is the maximum number of bytes of a paragraph that are searched for the reporter in the brackets with which
// an agency's text begins: "新华社海湾3月14日电（记者 李明）".
const maxLead = 160

// isThai reports whether a letter is Thai. A Thai name has a space before the surname: by พิมพ์ลดา สายธาร.
func isThai(r rune) bool { return unicode.Is(unicode.Thai, r) }

// eastAsianNames returns the names before or after a label within a line, or nil. nameList.add handles other labels.
func eastAsianNames(line, language string) []string {
	if len(line) > maxLead {
		line = line[:maxLead]
	}
	if text.UnspacedLength(line) == 0 || strings.ContainsFunc(line, isThai) {
		return nil
	}
	if names := hanNames(line, language); names != nil {
		return names
	}
	if rest, ok := strings.CutPrefix(line, "글·사진"); ok {
		// "words and pictures by": the credit of one person; in other lines, the dot separates parts
		if name := strings.Trim(rest, " =:"); Classify(name) == Person {
			return []string{name}
		}
	}
	return hangulNames(line)
}
