package metadata

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// resolveTitle decides the headline and, on a page about one recipe, the dish's name. The headline often praises the
// dish ("Easy …", "The best …") or contains "recipe".
func (m *Fields) resolveTitle(f *Findings) {
	m.resolveHeadline(f)
	name := Clean(oneRecipe(f.ld).Text("name"))
	if m.Dish = ""; name != "" && sharesWords(name, append([]string{m.Title}, m.Headlines...)) {
		m.Dish = name
	}
}

// sharesWords reports whether one of the titles has at least half of the words of a name.
func sharesWords(name string, titles []string) bool {
	words := strings.Fields(text.FoldLetters(name))
	for _, title := range titles {
		shared, folded := 0, text.FoldLetters(title)
		for _, word := range words {
			if strings.Contains(folded, word) {
				shared++
			}
		}
		if 2*shared >= len(words) {
			return true
		}
	}
	return false
}

// resolveHeadline decides the headline. An h1 that another source confirms wins, because it has the page's own
// spelling. The second choice is an h2 that another source confirms, unless there is text between an h1 and the h2,
// which then is the heading of a section. An h1 that no other source confirms may be a logo. It counts only if it
// shares words with the other titles and has text below it (for exceptions, see loneHeading). Otherwise the headline is
// the first title in the markup, without the names of the site.
func (m *Fields) resolveHeadline(f *Findings) {
	ld := Clean(f.article.Text("headline"))
	if ld == "" {
		ld = Clean(f.article.Text("name"))
	}
	og, twitter := firstClean(f.meta["og:title"]), firstClean(f.meta["twitter:title"])
	names := f.siteNamesOf(f.article)
	names.Add(f.learned)
	m.Names = names
	title := f.titleWithoutHome()
	m.Headlines = nonEmpty([]string{ld, og, twitter, title, f.Title})
	if len(f.h1) == 1 { // if there are several, each may be the heading of a section
		m.Headlines = append(m.Headlines, f.h1[0].text)
	}
	others := nonEmpty([]string{ld, og, twitter, title})
	set := func(title, from string) { m.Title, m.Provenance["title"] = title, from }
	if f.shown != "" {
		set(f.shown, "visible headline")
		m.Headlines = append(m.Headlines, f.shown)
		return
	}
	declared := nonEmpty([]string{ld, og, twitter})
	for _, mustEqual := range [...]bool{true, false} { // a slogan in an h1 may be a part of <title>
		for i := range f.h1 {
			if mustEqual && !f.h1[i].equalsAny(declared) {
				continue
			}
			if t := f.h1[i].agreed(others, names); t != "" {
				set(t, "h1")
				m.Headlines = append(m.Headlines, f.h1[i].text) // the whole h1
				return
			}
		}
	}
	if h2 := f.agreedH2(others, names); h2 != "" {
		set(names.ofHeading(h2), "h2")
		return
	}
	if h := f.loneHeading(others, names); h != "" {
		set(h, "h1")
		return
	}
	heads := make([]string, len(f.h1))
	for i := range f.h1 {
		heads[i] = f.h1[i].text
	}
	m.Title = m.first("title", func(s string) string { return untruncated(names.Strip(Clean(s), heads), others) },
		source{"json-ld", []string{ld}}, source{"opengraph", []string{og}}, source{"twitter", []string{twitter}},
		source{"microdata", f.meta["headline"]},
		source{"meta", f.metaOf("dc.title", "citation_title", "parsely-title", "sailthru.title", "dcterms.title")},
		source{"title", []string{title}}, source{"h1", heads}, source{"meta", f.meta["title"]})
}

// agreedH2 returns the first h2 that another source also gives as the headline, or "" if there is none. Some blogs use
// h1 for their own name. If loneHeading finds an h1, and there is text between that and an h2 that is only a part of
// another title, the h2 is the heading of a section.
func (f *Findings) agreedH2(others []string, names SiteNames) string {
	hasLone := f.loneHeading(others, names) != ""
	for i, h2 := range f.h2 {
		isSection := hasLone && f.aboveH2[i]-f.h1[0].before >= minBelowHeading
		for _, other := range others {
			if 2*len(h2) >= len(other) && agree(h2, other, names) &&
				(!isSection || text.EqualFolded(names.Strip(other, nil), text.FoldLetters(h2))) {
				return h2
			}
		}
	}
	return ""
}

// ownName returns the name of the wiki or book at the end of the page's title: "searching [The Quay Wiki]", "Oars - The
// Book of Boats". An h1 must have the same name, and another heading must be the rest of the title; if that is an h1
// too, the name must come first. On DokuWiki pages, the brackets are enough. ownName returns "" if there is no such
// name, and on a front page that is not DokuWiki's.
func (f *Findings) ownName() string {
	for _, sep := range [...]string{" [", " - ", " | ", " — ", " – ", " · ", " :: "} {
		head, name, ok := text.CutLast(f.Title, sep)
		if sep == " [" {
			var closed bool
			name, closed = strings.CutSuffix(name, "]")
			ok = ok && closed
		}
		if ok && (sep == " [" && f.isDokuWiki() ||
			!f.isFront() && f.isHeading(head, f.h1, f.h2) && f.isHeading(name, f.upToH1(head), nil)) {
			return name
		}
	}
	return ""
}

// upToH1 returns the h1 elements up to the one with the given text, or all of them if there is none with that text.
func (f *Findings) upToH1(s string) []heading {
	for i := range f.h1 {
		if text.EqualFolded(f.h1[i].text, text.FoldLetters(s)) {
			return f.h1[:i]
		}
	}
	return f.h1
}

// isFront reports whether the page is the site's front page, which is about the site itself. It is false if the page's
// address is unknown.
func (f *Findings) isFront() bool { return f.url != nil && strings.Trim(f.url.Path, "/") == "" }

func (f *Findings) isDokuWiki() bool {
	return strings.HasPrefix(strings.ToLower(firstOf(f.meta["generator"])), "dokuwiki")
}

// isHeading reports whether a text is one of the given headings, after folding.
func (*Findings) isHeading(s string, h1 []heading, h2 []string) bool {
	folded := text.FoldLetters(s)
	return folded != "" && (slices.ContainsFunc(h1, func(h heading) bool { return text.FoldLetters(h.text) == folded }) ||
		slices.ContainsFunc(h2, func(h string) bool { return text.FoldLetters(h) == folded }))
}

// untruncated completes a title that ends in an ellipsis: "The tide is…" becomes "The tide is late again" if that is
// one of the other titles. Otherwise it returns the title unchanged.
func untruncated(title string, others []string) string {
	cut, ok := strings.CutSuffix(title, "…")
	if !ok {
		if cut, ok = strings.CutSuffix(title, "..."); !ok {
			return title
		}
	}
	if i := slices.IndexFunc(others, func(o string) bool {
		return len(o) > len(title) && strings.HasPrefix(o, strings.TrimSpace(cut)) && !strings.HasSuffix(o, "…") &&
			!strings.HasSuffix(o, "...")
	}); i >= 0 && len(cut) > 10 {
		return others[i]
	}
	return title
}

// agree reports whether an h1 matches the headline in another source's title.
func agree(h1, title string, names SiteNames) bool {
	a, b := text.FoldLetters(h1), text.FoldLetters(title)
	if a == "" || names.IsName(h1) && a != b {
		return false
	}
	// An h1 that is only a part of the title must have a third of its length or at least four words, because a single
	// word such as "News" is a section.
	return a == b || containsWords(b, a) && (3*len(a) >= len(b) || strings.Count(a, " ") >= 3) ||
		strings.Contains(a, b) && 3*len(b) >= 2*len(a)
}

// containsWords reports whether a folded text contains the given words, beginning at the start of a word. In writing
// systems without capital letters, they may begin anywhere.
func containsWords(text, words string) bool {
	first, _ := utf8.DecodeRuneInString(words)
	return strings.Contains(text, words) && (!isCased(first) || strings.Contains(" "+text, " "+words))
}

func firstClean(values []string) string {
	for _, v := range values {
		if v = Clean(v); v != "" {
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
