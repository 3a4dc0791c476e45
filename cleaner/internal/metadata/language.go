package metadata

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/language"

	"github.com/dechaff/dechaff/cleaner/internal/phrase"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// resolveLanguage normalises the first declared language that is a BCP 47 tag.
func (m *Fields) resolveLanguage(f *Findings, article Object, header string) {
	m.Language = m.first("language", bcp47,
		source{"html lang", []string{f.lang}},
		source{"json-ld", []string{article.Text("inLanguage")}},
		source{"http-equiv", f.meta["content-language"]},
		source{"http header", []string{header}},
		source{"opengraph", f.meta["og:locale"]},
		source{"meta", f.metaOf("language", "dc.language", "dcterms.language", "citation_language")})
}

// bcp47 reads a tag of BCP 47 and what pages write for one: "EN_gb", "de, en". A name of a language is none.
func bcp47(s string) string {
	s, _, _ = strings.Cut(strings.TrimSpace(s), ",")
	if s == "" || len(s) > 35 {
		return ""
	}
	tag, err := language.Parse(strings.ReplaceAll(s, "_", "-"))
	if err != nil || tag == language.Und {
		return ""
	}
	return tag.String()
}

// Bounds of the text that a language is told by: bytes that are read, letters that there must be, words of the language found in Latin
// writing, and how many times those of the declared one, before it is believed less than the text.
const (
	maxLanguageText   = 2000
	enoughText        = 700
	minLanguageText   = 120
	minLanguageWords  = 6
	sureLanguageWords = 14
	timesDeclared     = 4
)

// checkLanguage compares the declared language with the letters and the words of the text, which have the last word where the two
// contradict each other: themes declare English on pages in any language. Where nothing is declared the text tells.
func (p *View) checkLanguage() {
	declared, _, _ := strings.Cut(p.meta.Language, "-")
	limit := maxLanguageText
	switch declared {
	case "":
	case "en":
		limit = maxLanguageText / 2
	default:
		limit = enoughText // nobody declares another by default
	}
	sample := p.languageSample(limit)
	if len(sample) < minLanguageText {
		return
	}
	found := languageOfText(sample, declared)
	if found == "" || found == declared || sameWriting(found, declared) {
		return
	}
	p.meta.Language, p.meta.Provenance["language"] = found, "text"
}

// languageSample is running text of the page, as much as is read.
func (p *View) languageSample(limit int) string {
	var b strings.Builder
	b.Grow(2 * limit)
	for i := range p.Blocks {
		if bl := &p.Blocks[i]; bl.Words-bl.LinkWords >= MinSentenceWords && bl.LinkDensity() < 0.3 {
			b.WriteString(bl.Text)
			b.WriteByte(' ')
			if b.Len() > limit {
				break
			}
		}
	}
	s := b.String()
	if len(s) > limit {
		s = strings.ToValidUTF8(s[:limit], "")
	}
	return s
}

// sameWriting knows names of one language, and pairs that letters and a few words do not tell apart.
func sameWriting(found, declared string) bool {
	switch declared + " " + found {
	case "nb no", "nn no", "no nb", "no da", "nb da", "da no", "iw he", "in id", "ms id", "id ms", "bs hr", "sr hr", "hr bs", "sh hr", "tl fil", "mo ro", "arz ar", "ary ar", "ckb ar", "ps fa", "prs fa",
		"mr hi", "ne hi", "sa hi", "bho hi", "mai hi", "as bn", "yue zh", "cmn zh", "lzh zh", "gl pt", "gl es", "eu es", "gsw de", "lb de", "hi mr", "hi ne", "mr ne", "ne mr", "hr sr", "bs sr", "sh sr", "kk ru", "ky ru", "mn ru", "tt ru", "tg ru", "uz ru", "sd ar", "ug ar":
		return true
	}
	return false
}

// languageOfText returns the language that a text is in by its letters and words, "" where it cannot be told, or not surely enough to
// contradict what is declared.
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
		if notLatin.Has(declared) { // a country's code, or a theme's default
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
		if 20*counts[kana] >= counts[han]+counts[kana] {
			return "ja"
		}
		return "zh"
	}
	return writingLanguages[best]
}

// The writings that letters are counted of.
const (
	noWriting = iota
	latin
	cyrillic
	arabic
	han
	kana
	greek
	hebrew
	hangul
	devanagari
	bengali
	thai
	georgian
	armenian
	tamil
	telugu
	kannada
	malayalam
	gujarati
	gurmukhi
	sinhala
	khmer
	lao
	burmese
	amharic
	writings
)

// writingLanguages are the languages of writings that serve one, or one more than others.
var writingLanguages = [writings]string{
	greek: "el", hebrew: "he", hangul: "ko", devanagari: "hi", bengali: "bn", thai: "th", georgian: "ka", armenian: "hy", tamil: "ta", telugu: "te",
	kannada: "kn", malayalam: "ml", gujarati: "gu", gurmukhi: "pa", sinhala: "si", khmer: "km", lao: "lo", burmese: "my", amharic: "am",
}

// writingRanges are the ranges of letters, in order.
var writingRanges = []struct {
	from, to rune
	writing  int
}{
	{0xC0, 0x24F, latin},
	{0x370, 0x3FF, greek},
	{0x400, 0x52F, cyrillic},
	{0x531, 0x587, armenian},
	{0x5D0, 0x5F2, hebrew},
	{0x620, 0x6D3, arabic},
	{0x900, 0x97F, devanagari},
	{0x980, 0x9FF, bengali},
	{0xA00, 0xA7F, gurmukhi},
	{0xA80, 0xAFF, gujarati},
	{0xB80, 0xBFF, tamil},
	{0xC00, 0xC7F, telugu},
	{0xC80, 0xCFF, kannada},
	{0xD00, 0xD7F, malayalam},
	{0xD80, 0xDFF, sinhala},
	{0xE01, 0xE4E, thai},
	{0xE81, 0xEDF, lao},
	{0x1000, 0x109F, burmese},
	{0x10A0, 0x10FF, georgian},
	{0x1200, 0x137F, amharic},
	{0x1780, 0x17D3, khmer},
	{0x1E00, 0x1EFF, latin},
	{0x1F00, 0x1FFF, greek},
	{0x3041, 0x30FA, kana},
	{0x3400, 0x9FFF, han},
	{0xAC00, 0xD7A3, hangul},
}

func writingOf(r rune) int {
	if r < utf8.RuneSelf {
		if 'a' <= r|0x20 && r|0x20 <= 'z' {
			return latin
		}
		return noWriting
	}
	for _, w := range writingRanges {
		if r < w.from {
			return noWriting
		}
		if r <= w.to {
			return w.writing
		}
	}
	return noWriting
}

// cyrillicLanguage tells languages by the letters that the others lack.
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

// russianOrKazakh tells apart those that have Russian's vowels: Kazakh and its neighbours have letters of their own besides.
func russianOrKazakh(has func(string) bool) string {
	switch {
	case !has("қғңұһөүӨҮҚҒ"):
		return "ru"
	case has("ңҢ") && has("қҚ"):
		return "kk"
	}
	return ""
}

// minBulgarianShare is how many other vowels stand for one ъ at most where it is one.
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

// notLatin are tags of languages that are not written in Latin letters, and of those whose tag is known better as that of a country.
var notLatin = text.SetOf("ar", "be", "my", "si", "uk", "am", "ka", "el", "he", "ee", "br", "se", "ch", "kr", "kn", "fa", "th", "ta", "te", "hy", "bn", "mn", "ky")

// devanagariLanguage counts small words of the three languages of that writing that most news is in.
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

// latinLanguage counts the small words of each language.
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
	case declared == "" && counts[best] >= minLanguageWords, declared != "" && counts[best] >= sureLanguageWords && counts[best] >= timesDeclared*own:
		if phrase.LatinWords[best].Language == "cs" && declared == "" && !strings.ContainsAny(text, "ěřů") && strings.ContainsAny(text, "ľôäŕĺ") {
			return "sk"
		}
		return phrase.LatinWords[best].Language
	}
	return ""
}

// minSchwas is how many ə a text has at least that is Azerbaijani: Turkish has none.
const minSchwas = 6
