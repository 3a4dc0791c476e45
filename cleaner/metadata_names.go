package cleaner

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// titleSeparators stand between a headline and the site's name or section in <title>.
var titleSeparators = []string{" | ", " – ", " — ", " - ", " · ", " :: ", " » ", " « ", " • ", " / ", "｜", " ‹ ", " › ", " >> ", ": "}

// resolveTitle decides the headline. The h1 is the page's own spelling, so it wins where another source agrees;
// alone it may be a logo.
func (m *metadata) resolveTitle(f *findings, article ldObject) {
	ld := clean(article.text("headline"))
	og := firstClean(f.meta["og:title"])
	twitter := firstClean(f.meta["twitter:title"])
	site := firstClean(append(f.meta["og:site_name"], append(article.names("publisher"), f.siteNames()...)...))
	m.Headlines = nonEmpty([]string{ld, og, twitter, f.title})
	if len(f.h1) == 1 { // of several, each may head a section
		m.Headlines = append(m.Headlines, f.h1[0])
	}

	for _, h1 := range f.h1 {
		for _, other := range []string{ld, og, twitter, f.title} {
			if other != "" && agree(h1, other, site) {
				m.Title, m.Provenance["title"] = h1, "h1"
				return
			}
		}
	}
	for _, h2 := range f.h2 { // blogs keep the h1 for their name
		for _, other := range []string{ld, og, twitter, f.title} {
			if other != "" && 2*len(h2) >= len(other) && agree(h2, other, site) {
				m.Title, m.Provenance["title"] = h2, "h2"
				return
			}
		}
	}
	m.Title = m.first("title", func(s string) string { return stripSite(clean(s), site, f.h1) },
		source{"json-ld", []string{ld}}, source{"opengraph", []string{og}}, source{"twitter", []string{twitter}},
		source{"microdata", f.meta["headline"]},
		source{"meta", append(f.meta["dc.title"], f.meta["citation_title"]...)},
		source{"title", []string{f.title}}, source{"h1", f.h1})
}

// agree reports whether an h1 is the headline inside another source's title.
func agree(h1, title, site string) bool {
	a, b := foldLetters(h1), foldLetters(title)
	if a == "" || a == foldLetters(site) && a != b {
		return false
	}
	// A headline is more than a word of the title: "News" is a section.
	return a == b || strings.Contains(b, a) && (3*len(a) >= len(b) || strings.Count(a, " ") >= 3) ||
		strings.Contains(a, b) && 3*len(b) >= 2*len(a)
}

// stripSite cuts the site's name, or what stands behind a separator where an h1 has the rest, from a title.
func stripSite(title, site string, h1 []string) string {
	for _, sep := range titleSeparators {
		if head, tail, ok := cutLast(title, sep); ok && sep != ": " {
			if site != "" && foldLetters(tail) == foldLetters(site) {
				return strings.TrimSpace(head)
			}
			if head, tail, _ := strings.Cut(title, sep); site != "" && foldLetters(head) == foldLetters(site) {
				return strings.TrimSpace(tail)
			}
		}
		for _, h := range h1 {
			if head, _, ok := strings.Cut(title, sep); ok && foldLetters(head) == foldLetters(h) {
				return strings.TrimSpace(head)
			}
		}
	}
	for _, sep := range titleSeparators[:4] { // nobody confirms it, but a short tail behind a bar is a site's name
		head, tail, ok := cutLast(title, sep)
		if ok && site == "" && strings.Count(strings.TrimSpace(tail), " ") <= 3 && strings.Count(head, " ") >= 2 && len(h1) != 1 {
			return strings.TrimSpace(head)
		}
	}
	return title
}

func cutLast(s, sep string) (before, after string, ok bool) {
	if i := strings.LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, "", false
}

func firstClean(values []string) string {
	for _, v := range values {
		if v = clean(v); v != "" {
			return v
		}
	}
	return ""
}

func nonEmpty(list []string) []string {
	kept := list[:0]
	for _, s := range list {
		if s != "" {
			kept = append(kept, s)
		}
	}
	return kept
}

// foldLetters reduces a line to its letters and digits in lower case, one space between words.
func foldLetters(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	space := false
	for _, r := range s {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) {
			if space && b.Len() > 0 {
				b.WriteByte(' ')
			}
			space = false
			b.WriteRune(unicode.ToLower(r))
			continue
		}
		if r != '\'' && r != '’' && r != '\u00AD' {
			space = true
		}
	}
	return b.String()
}

// bylinePrefixes are the words for "by" and "text by" before names, in lower case, longest first within a language.
var bylinePrefixes = []string{
	"written by", "posted by", "reported by", "words by", "story by", "text by", "by:", "by", // English
	"propos recueillis par", "publié par", "écrit par", "rédigé par", "par", // French
	"ein gastbeitrag von", "ein kommentar von", "geschrieben von", "veröffentlicht von", "eine analyse von", "text von", "aus", "von", // German
	"escrito por", "publicado por", "por", // Spanish, Portuguese
	"scritto da", "pubblicato da", "a cura di", "di", "da", // Italian
	"geschreven door", "door", // Dutch
	"autor:", "autorka:", "tekst:", "napisał", "napisała", // Polish
	"автор:", "автор", "текст:", // Russian
	"yazan:", "yazar:", "haber:", // Turkish
	"بقلم:", "بقلم", "كتب:", "كتبت:", "الكاتب:", "كتب", // Arabic
	"作者：", "作者:", "记者：", "记者", "文/", "文｜", "撰文：", "撰文/", // Chinese
	"文：", "文・", "著者：", "執筆：", "執筆者：", "筆者：", "記者：", // Japanese
	"글:", "글 ", "작성자:", "기자:", // Korean
	"author:", "autor", "auteur :", "auteur:", "autore:",
}

// nameSeparators stand between two names.
var nameSeparators = []string{" and ", " & ", " und ", " et ", " y ", " e ", " en ", " i ", " и ", " ve ", " و", ";", "|", "/", "、", "，", " · ", " • ", " with ", " avec ", " mit "}

// resolveAuthors decides the byline and the list of names: people before organisations, markup before what is visible.
func (m *metadata) resolveAuthors(f *findings, article ldObject) {
	people, others := article.persons("author")
	if len(people)+len(others) == 0 {
		people, others = article.persons("creator")
	}
	site := foldLetters(m.SiteName)
	for _, s := range []source{
		{"json-ld", people},
		{"meta", append(append(f.meta["author"], f.meta["article:author_name"]...), f.meta["parsely-author"]...)},
		{"meta", append(append(f.meta["sailthru.author"], f.meta["citation_author"]...), append(f.meta["dc.creator"], f.meta["dcterms.creator"]...)...)},
		{"rel author", f.relAuthors},
		{"visible byline", f.bylines},
		{"opengraph", append(f.meta["article:author"], f.meta["og:article:author"]...)},
		{"twitter", f.meta["twitter:data1"]},
		{"json-ld", others},
	} {
		if names := splitNames(s.values, site); len(names) > 0 {
			m.Authors, m.Byline = names, strings.Join(names, ", ")
			m.Provenance["byline"], m.Provenance["authors"] = s.name, s.name
			return
		}
	}
}

// splitNames makes a list of names of what bylines hold, without "by", addresses, roles and what is no name.
func splitNames(values []string, site string) []string {
	var names []string
	seen := make(map[string]bool)
	for _, v := range values {
		if v = stripBy(clean(v)); strings.Contains(v, "://") {
			continue // an address of a profile
		}
		for _, sep := range nameSeparators {
			v = strings.ReplaceAll(v, sep, ",")
		}
		for name := range strings.SplitSeq(v, ",") {
			name = strings.Trim(stripBy(strings.TrimSpace(name)), " .:-–—*•")
			key := foldLetters(name)
			if isName(name) && key != site && !seen[key] && len(names) < 16 {
				seen[key] = true
				names = append(names, name)
			}
		}
	}
	return names
}

// bylineNames returns the names on a line that is "by" and names and nothing else: every word begins in
// upper case, but for the particles of names. "Aus" and the like are absent: places follow them too.
func bylineNames(line string) []string {
	if len(line) > 120 || endsSentence(line) {
		return nil
	}
	rest := stripBy(strings.TrimSpace(line))
	if rest == line || strings.EqualFold(strings.TrimSpace(line[:len(line)-len(rest)]), "aus") {
		return nil
	}
	words := strings.FieldsFunc(rest, func(r rune) bool { return r == ' ' || r == ',' || r == '&' || r == '\u00A0' })
	if len(words) < 2 || len(words) > 10 {
		return nil
	}
	for _, w := range words {
		if first, _ := utf8.DecodeRuneInString(w); !unicode.IsUpper(first) && !isNameParticle(w) {
			return nil
		}
	}
	return splitNames([]string{rest}, "")
}

func isNameParticle(word string) bool {
	switch word {
	case "van", "von", "de", "der", "den", "del", "della", "da", "di", "do", "dos", "la", "le", "el", "al", "bin", "ibn", "y", "e", "i", "and", "und", "et", "en", "ve", "и", "ter", "te", "zu":
		return true
	}
	return false
}

func stripBy(s string) string {
	for _, p := range bylinePrefixes {
		if len(s) < len(p) || !strings.EqualFold(s[:len(p)], p) {
			continue
		}
		rest := s[len(p):]
		last, _ := utf8.DecodeLastRuneInString(p)
		next, _ := utf8.DecodeRuneInString(rest)
		if unicode.IsLetter(last) && unicode.IsLetter(next) && next < 0x3000 {
			continue // the beginning of a longer word: "Byron"
		}
		return strings.TrimLeft(rest, " :：")
	}
	return s
}

// isName reports whether s can be a person's name: short, without digits, addresses and handles, and no account's name.
func isName(s string) bool {
	if s == "" || utf8.RuneCountInString(s) > 60 || strings.Count(s, " ") > 5 {
		return false
	}
	if strings.ContainsAny(s, "@/\\<>{}[]#_=0123456789?!") || strings.Contains(s, "://") {
		return false
	}
	switch strings.ToLower(s) {
	case "admin", "administrator", "editor", "staff", "redaktion", "rédaction", "la rédaction", "redacción", "redazione", "redactie",
		"author", "guest", "webmaster", "root", "user", "unknown", "none", "null", "undefined", "anonymous", "team":
		return false
	}
	for _, r := range s {
		if unicode.IsLetter(r) {
			return true
		}
	}
	return false
}
