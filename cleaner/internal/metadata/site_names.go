package metadata

import (
	"net/url"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/dechaff/dechaff/cleaner/internal/dates"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// SiteNames contains the names of a site.
type SiteNames struct {
	// Folded contains the names that the page declares and the names learned from other pages of the host, folded.
	Folded []string
	// domain is the registered name without subdomains and suffix: "gazette" for www.gazette.example.
	domain string
	// sections contains the site's sections to which the page claims to belong, folded.
	sections []string
	// Declared reports whether the page declares a name of the site.
	Declared bool
	// front reports whether the page is the site's front page, which is about the site itself.
	front bool
	// language is the primary subtag of the page's language. It matters because some words for "and" mean something
	// else in other languages.
	language string
}

// siteNamesOf collects the names of the page's site.
func (f *Findings) siteNamesOf(article Object) SiteNames {
	var n SiteNames
	n.Folded = f.siteNameList(article)
	n.Declared = len(n.Folded) > 0
	n.domain = domainName(f.url)
	n.front = f.isFront()
	for _, s := range slices.Concat(f.metaOf("article:section"), stringsOf(article["articleSection"], "name")) {
		if s = text.FoldLetters(Clean(s)); s != "" && len(n.sections) < 8 {
			n.sections = append(n.sections, s)
		}
	}
	return n
}

// siteNameList returns the names that the page declares, folded.
func (f *Findings) siteNameList(article Object) []string {
	var list []string
	for _, s := range slices.Concat(f.meta["og:site_name"], article.names("publisher"), f.siteNames(),
		f.metaOf("application-name", "apple-mobile-web-app-title"), []string{f.ownName()}) {
		if s = text.FoldLetters(Clean(s)); s != "" && !slices.Contains(list, s) && len(list) < 8 {
			list = append(list, s)
		}
	}
	return list
}

// domainName returns the part of a host name directly before the public suffix.
func domainName(u *url.URL) string {
	if u == nil {
		return ""
	}
	name, _, _ := strings.Cut(strings.TrimPrefix(registered(u), "www."), ".")
	return name
}

// IsName reports whether a text is one of the site's names.
func (n SiteNames) IsName(s string) bool {
	folded := text.FoldLetters(s)
	return folded != "" && (slices.Contains(n.Folded, folded) || n.isAddress(folded))
}

// isAddress reports whether a folded text matches the site's domain, spaces aside. For gazette.example, it accepts
// "gazette", "the gazette", "gazette" with up to four more letters, and parts of at least five letters, such as
// "gazet".
func (n SiteNames) isAddress(folded string) bool {
	if len(n.domain) < 3 {
		return false
	}
	compact := latinLetters(strings.ReplaceAll(folded, " ", ""))
	domain := strings.ReplaceAll(n.domain, "-", "")
	if compact == domain || len(domain) >= 4 && (strings.HasPrefix(compact, domain) &&
		len(compact) <= len(domain)+4 || strings.TrimPrefix(compact, "the") == domain) {
		return true
	}
	return len(compact) >= 5 && strings.Contains(domain, compact)
}

// isSiteSuffix reports whether the text on one side of a separator names the site, a section, or both. An empty text
// counts too.
func (n SiteNames) isSiteSuffix(s string) bool {
	folded := text.FoldLetters(s)
	if folded == "" || slices.Contains(n.sections, folded) || n.IsName(s) {
		return true
	}
	for _, name := range n.Folded { // "The Gazette News" for The Gazette, "Gazette" for The Gazette Online, "TG"
		switch {
		case len(name) >= 4 && strings.Contains(" "+folded+" ", " "+name+" ") && len(folded) <= 3*len(name),
			len(folded) >= 4 && strings.Contains(" "+name+" ", " "+folded+" ") && 3*len(folded) >= len(name),
			len(folded) >= 2 && len(folded) <= 6 && folded == initials(name):
			return true
		}
	}
	return len(n.domain) >= 5 && strings.Contains(latinLetters(strings.ReplaceAll(folded, " ", "")),
		strings.ReplaceAll(n.domain, "-", "")) && strings.Count(folded, " ") <= 4
}

// latinLetters transliterates Greek and Cyrillic letters in the way that is usual in domain names: "τοβημα" becomes
// "tovima".
func latinLetters(folded string) string {
	if text.IsASCII(folded) {
		return folded
	}
	var b strings.Builder
	letters := latinOf()
	for _, r := range dates.WithoutAccents(folded) {
		if latin, ok := letters[r]; ok {
			b.WriteString(latin)
		} else {
			b.WriteRune(r)
		}
	}
	return strings.ReplaceAll(b.String(), "oy", "ou")
}

// latinOf maps Greek and Cyrillic letters, and special Latin letters such as ø, to their most common spelling in ASCII
// letters.
var latinOf = sync.OnceValue(func() map[rune]string {
	return map[rune]string{
		'α': "a", 'β': "v", 'γ': "g", 'δ': "d", 'ε': "e", 'ζ': "z", 'η': "i", 'θ': "th", 'ι': "i", 'κ': "k", 'λ': "l",
		'μ': "m", 'ν': "n", 'ξ': "x", 'ο': "o", 'π': "p", 'ρ': "r", 'σ': "s", 'τ': "t", 'υ': "y", 'φ': "f", 'χ': "ch",
		'ψ': "ps", 'ω': "o",
		'а': "a", 'б': "b", 'в': "v", 'г': "g", 'ґ': "g", 'д': "d", 'е': "e", 'є': "ye", 'ж': "zh", 'з': "z", 'и': "i",
		'і': "i", 'к': "k", 'л': "l", 'м': "m", 'н': "n", 'о': "o", 'п': "p", 'р': "r", 'с': "s", 'т': "t", 'у': "u",
		'ф': "f", 'х': "kh", 'ц': "ts", 'ч': "ch", 'ш': "sh", 'щ': "sch", 'ъ': "", 'ы': "y", 'ь': "", 'э': "e", 'ю': "yu",
		'я': "ya",
		'ђ': "dj", 'ј': "j", 'љ': "lj", 'њ': "nj", 'ћ': "c", 'џ': "dz", 'ł': "l", 'ø': "o", 'æ': "ae", 'đ': "d", 'ß': "ss",
	}
})

// isDay reports whether a text consists of a date and nothing else.
func isDay(s string) bool {
	if len(s) < len("1.1.2026") || len(s) > 40 {
		return false
	}
	d, ok := dates.Find(s, dates.Style{})
	return ok && d.Start == 0 && d.End == len(s)
}

// initials returns the first letters of the words of a folded name.
func initials(folded string) string {
	var b strings.Builder
	for word := range strings.FieldsSeq(folded) {
		r, _ := utf8.DecodeRuneInString(word)
		b.WriteRune(r)
	}
	return b.String()
}
