package metadata

import (
	"strings"

	"golang.org/x/text/language"
)

// resolveLanguage normalizes the first declared language that is a BCP 47 tag.
func (m *Fields) resolveLanguage(f *Findings, header string) {
	m.Language = m.first("language", bcp47,
		source{"html lang", []string{f.lang}},
		source{"json-ld", []string{f.article.Text("inLanguage")}},
		source{"http-equiv", f.meta["content-language"]},
		source{"http header", []string{header}},
		source{"opengraph", f.meta["og:locale"]},
		source{"meta", f.metaOf("language", "dc.language", "dcterms.language", "citation_language")})
}

// bcp47 parses a BCP 47 tag and common variants: "EN_gb", "de, en". It returns "" for anything else, such as the name
// of a language.
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

// Limits for detecting the language of a text. The last three are for text in Latin letters. They count only short
// words that are frequent in a language.
const (
	maxLanguageText   = 2000 // bytes that are read if no language is declared; half as many if English is declared
	enoughText        = 700  // bytes that are read if another language is declared
	minLanguageText   = 120  // bytes of the shortest text whose language is detected
	minLanguageWords  = 6    // words of the detected language that the text must have if no language is declared
	sureLanguageWords = 14   // words of the detected language that the text must have to contradict the declared one
	timesDeclared     = 4    // words of the detected language that the text must have for each word of the declared one
)

// checkLanguage compares the declared language with the letters and words of the text. If they contradict each other,
// the text takes precedence, because some themes declare every page to be in English.
func (p *View) checkLanguage() {
	declared, _, _ := strings.Cut(p.meta.Language, "-")
	limit := maxLanguageText
	switch declared {
	case "":
	case "en":
		limit = maxLanguageText / 2
	default:
		limit = enoughText // English is the only language that themes declare by default
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

// languageSample returns at most limit bytes of running text from the page.
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

// sameWriting reports whether two tags are for the same language, or for two languages that cannot be told apart by
// their letters and a few words.
func sameWriting(found, declared string) bool {
	switch declared + " " + found {
	case "nb no", "nn no", "no nb", "no da", "nb da", "da no", "iw he", "in id", "ms id", "id ms", "bs hr", "sr hr",
		"hr bs", "sh hr", "tl fil", "mo ro", "arz ar", "ary ar", "ckb ar", "ps fa", "prs fa",
		"mr hi", "ne hi", "sa hi", "bho hi", "mai hi", "as bn", "yue zh", "cmn zh", "lzh zh", "gl pt", "gl es", "eu es",
		"gsw de", "lb de", "hi mr", "hi ne", "mr ne", "ne mr", "hr sr", "bs sr", "sh sr", "kk ru", "ky ru", "mn ru",
		"tt ru", "tg ru", "uz ru", "sd ar", "ug ar":
		return true
	}
	return false
}
