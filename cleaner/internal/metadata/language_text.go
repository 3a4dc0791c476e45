package metadata

import (
	"strings"

	"github.com/dechaff/dechaff/cleaner/internal/phrase"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// languageOfText returns the language of a text, judging by its letters and words. It returns "" if the language is
// unknown or too uncertain to contradict the declared language.
func languageOfText(text, declared string) string {
	var counts [writings]int
	total := 0
	for _, r := range text {
		if w := writingOf(r); w != noWriting {
			counts[w]++
			total++
		}
	}
	best := noWriting
	for w := latin; w < writings; w++ {
		if counts[w] > counts[best] || best == noWriting {
			best = w
		}
	}
	if total < minLanguageText/4 || 10*counts[best] < 6*total && best != han && best != kana {
		return ""
	}
	switch best {
	case latin:
		if notLatin.Has(declared) { // a country code, or a theme's default
			declared = ""
		}
		return latinLanguage(text, declared)
	case cyrillic:
		return cyrillicLanguage(text, declared)
	case arabic:
		return arabicLanguage(text)
	case devanagari:
		return devanagariLanguage(text)
	case han, kana:
		if share := minKanaShare(declared); 100*counts[kana] >= share*(counts[han]+counts[kana]) {
			return "ja"
		}
		return "zh"
	}
	return writingLanguages[best]
}

// minKanaShare returns the minimum percentage of kana, among Chinese characters and kana, in a Japanese text. About
// half of Japanese prose is kana, but a Chinese page on a Japanese platform has notices in Japanese.
func minKanaShare(declared string) int {
	if declared == "zh" {
		return 30
	}
	return 5
}

// cyrillicLanguage returns the language whose distinctive letters occur in a Cyrillic text. If two languages share the
// letters, the declared one takes precedence. The result is "" if there are no such letters.
func cyrillicLanguage(text, declared string) string {
	has := func(letters string) bool { return strings.ContainsAny(text, letters) }
	switch {
	case has("ўЎ"):
		return "be"
	case has("іІїЇєЄґҐ") && countAny(text, "іїєґІЇЄҐ") > countAny(text, "ыэъёЫЭЪЁ"):
		return "uk"
	case has("ыэёЫЭЁ"):
		return russianOrKazakh(has)
	case has("ђћЂЋ"):
		return "sr"
	case has("ѓќѕЃЌЅ"):
		return "mk"
	case has("јљњ"):
		if declared == "mk" || declared == "sr" {
			return declared
		}
		return "sr"
	case declared != "ru" && countAny(text, "ъЪ")*minBulgarianShare > countAny(text, "аеиоу"):
		return "bg"
	}
	return ""
}

// russianOrKazakh distinguishes between the languages that use the Russian vowels. Kazakh and related languages have
// additional letters. It returns "" for the related languages.
func russianOrKazakh(has func(string) bool) string {
	switch {
	case !has("қғңұһөүӨҮҚҒ"):
		return "ru"
	case has("ңҢ") && has("қҚ"):
		return "kk"
	}
	return ""
}

// In a Bulgarian text, the ratio of the vowels а, е, и, о and у to the letter ъ is below minBulgarianShare.
const minBulgarianShare = 60

func countAny(text, letters string) int {
	n := 0
	for _, r := range text {
		if strings.ContainsRune(letters, r) {
			n++
		}
	}
	return n
}

func arabicLanguage(text string) string {
	switch {
	case strings.ContainsAny(text, "ٹڈڑے"):
		return "ur"
	case strings.ContainsAny(text, "ەێۆ"):
		return "ckb"
	case strings.Count(text, "ی")+strings.Count(text, "ک") > strings.Count(text, "ي")+strings.Count(text, "ك"):
		return "fa"
	}
	return "ar"
}

// notLatin are tags of languages that are not written in Latin letters, and tags that are better known as country
// codes.
var notLatin = text.SetOf("ar", "be", "my", "si", "uk", "am", "ka", "el", "he", "ee", "br", "se", "ch", "kr", "kn",
	"fa", "th", "ta", "te", "hy", "bn", "mn", "ky")

// devanagariLanguage distinguishes Hindi, Marathi and Nepali by their short words. It returns Hindi in case of doubt.
func devanagariLanguage(text string) string {
	var hindi, marathi, nepali int
	for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return writingOf(r) != devanagari || r == '।' }) {
		switch word {
		case "है", "हैं", "और", "में", "के", "की", "का", "को", "से", "ने", "यह":
			hindi++
		case "आहे", "आहेत", "आणि", "नाही", "होते", "होता", "ते", "या", "व", "मध्ये":
			marathi++
		case "छ", "छन्", "र", "पनि", "भएको", "गरेको", "लागि", "थियो", "थिए", "गर्न", "भने", "तर":
			nepali++
		}
	}
	switch {
	case nepali > max(hindi, marathi):
		return "ne"
	case marathi > max(hindi, nepali):
		return "mr"
	}
	return "hi"
}

// latinLanguage distinguishes languages by their short words, and recognizes Azerbaijani by the letter ə. It returns ""
// if there are too few of these words, or too many words of the declared language.
func latinLanguage(text, declared string) string {
	index := phrase.LatinWordIndex()
	var counts [phrase.MaxLatinLanguages]int
	for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return writingOf(r) != latin }) {
		if len(word) > phrase.MaxLatinWord {
			continue
		}
		for set := index[strings.ToLower(word)]; set != 0; set &= set - 1 {
			counts[phrase.TrailingBit(set)]++
		}
	}
	if strings.Count(text, "ə") >= minSchwas {
		return "az"
	}
	best, own := 0, 0
	for i := range phrase.LatinWords {
		if counts[i] > counts[best] {
			best = i
		}
		if phrase.LatinWords[i].Language == declared {
			own = counts[i]
		}
	}
	switch {
	case declared == "" && counts[best] >= minLanguageWords, declared != "" && counts[best] >= sureLanguageWords &&
		counts[best] >= timesDeclared*own:
		if phrase.LatinWords[best].Language == "cs" && declared == "" && !strings.ContainsAny(text, "ěřů") &&
			strings.ContainsAny(text, "ľôäŕĺ") {
			return "sk"
		}
		return phrase.LatinWords[best].Language
	}
	return ""
}

// minSchwas is the minimum number of times that ə occurs in an Azerbaijani text. Turkish does not use this letter.
const minSchwas = 6
