package metadata

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/dechaff/dechaff/cleaner/internal/phrase"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// An authorSource is a part of the page that names authors, with the name under which it is recorded in Provenance.
type authorSource struct {
	from  string
	names nameList
}

// resolveAuthors decides the byline, the list of authors and the publisher. For a discussion, see resolvePoster. On
// other pages, people take precedence over organizations and accounts, and among sources of the same kind of name, the
// most reliable one wins (see authorSources). But a visible byline wins if it names the same people and more.
func (m *Fields) resolveAuthors(forum bool) {
	f, seen := m.Found, m.seen
	if (forum || len(seen.posters) > 0) && oneRecipe(f.ld) == nil { // recipes have questions and answers too
		m.resolvePoster(f, seen)
		m.resolvePublisher(f, "")
		return
	}
	m.chooseAuthors(f, seen)
	organized := ""
	if len(m.Authors) > 0 && m.class == organization {
		organized = m.Byline
	}
	m.resolvePublisher(f, organized)
}

// chooseAuthors sets the authors to the names of the most reliable class found, taken from the first source that has
// names of that class. A recipe's author comes first (see chooseCook). If there are no names of any class, the last
// resort is chooseClaimed.
func (m *Fields) chooseAuthors(f *Findings, seen *visible) {
	sources := f.authorSources(seen, m.Names)
	if m.chooseCook(f, sources) {
		return
	}
	classes := [...]nameClass{Person, organization, account, handle}
	if by := &seen.byline; by.trust >= trustNamed && len(by.names.of[account]) > 0 { // says more than the site's name
		classes[1], classes[2] = account, organization
	}
	for _, class := range classes {
		for i := range sources {
			names, from := sources[i].names.of[class], sources[i].from
			if len(names) == 0 || class == handle && len(names) > 1 {
				continue
			}
			if more := seen.byline.names.of[class]; class == Person && includes(more, names) {
				names, from = more, "visible byline"
			} else if class == Person && from == "visible byline" {
				names, from = fullerThan(names, from, sources[i+1:])
			}
			m.setAuthors(names, from)
			m.class = class
			return
		}
	}
	m.chooseClaimed(f, seen.editors)
	m.chooseTitled(f)
}

// chooseClaimed sets the only author in the markup, even if the name does not look like a person's: "Staff Clinician",
// "Ask the Doctors". The name is copied as written. The markup is trusted here, unless it names one of the editors.
func (m *Fields) chooseClaimed(f *Findings, editors []string) {
	people, others := f.article.persons("author")
	if len(people)+len(others) > 1 {
		return
	}
	for _, s := range [...]source{
		{"json-ld", append(people, others...)},
		{"meta", f.metaOf("author")},
		{"twitter", f.twitterAuthor()},
	} {
		if len(s.values) != 1 {
			continue
		}
		name := Clean(StripBy(Clean(s.values[0])))
		if isClaimable(name) && !slices.Contains(editors, name) {
			m.setAuthors([]string{name}, s.name)
			m.class = organization
			return
		}
	}
}

// isClaimable reports whether a text may be an author's name, judging by its punctuation and length. Places, addresses
// and the names of default accounts do not count.
func isClaimable(name string) bool {
	lower := strings.ToLower(name)
	return text.Letters(name) > 1 && utf8.RuneCountInString(name) <= maxName && text.CountWords(name) <= maxClaimed &&
		!strings.ContainsAny(name, "@\\<>{}[]#=?!|+%$:：,;") && !phrase.AccountNames.Has(lower) &&
		!phrase.Places.Has(lower) && !strings.Contains(name, "://") && !hasDomain(lower) && strings.Count(name, ".") < 3
}

// maxClaimed is the maximum number of words in the name of an author who may not be a person.
const maxClaimed = 5

// chooseCook sets the author to the only one in the data of the page's only recipe, with the spelling of that data. It
// does nothing and returns false if there is no such author, or if another source has the full name of an author of
// whom the data gives, for example, only the first name.
func (m *Fields) chooseCook(f *Findings, sources []authorSource) bool {
	people, others := f.linked(oneRecipe(f.ld)).persons("author")
	written := append(people, others...)
	if len(written) != 1 {
		return false
	}
	cook := namesOf(written, m.Names)
	if len(others) > 0 {
		cook = organizationsOf(others, m.Names.language)
	}
	for _, class := range [...]nameClass{Person, account, organization, handle} {
		names := cook.of[class]
		if len(names) == 0 {
			continue
		}
		for i := range sources {
			for _, full := range sources[i].names.of[Person] {
				if class != Person && strings.HasPrefix(full, names[0]+" ") {
					return false
				}
			}
		}
		m.setAuthors(names, "json-ld")
		m.Byline, m.class = Clean(StripBy(Clean(written[0]))), class
		return true
	}
	return false
}

// fullerThan returns the names from the first other source that has the same people and additional ones, or else the
// given names. Only JSON-LD and meta elements count. Links to authors do not, because links to the authors of other
// pages use the same markup.
func fullerThan(names []string, from string, others []authorSource) (fuller []string, source string) {
	for i := range others {
		if more := others[i].names.of[Person]; (others[i].from == "json-ld" || others[i].from == "meta") &&
			includes(more, names) {
			return more, others[i].from
		}
	}
	return names, from
}

// resolvePoster sets the author of a discussion: the first name in the markup or in a visible byline that may be the
// author of a post, or else the author of the first post.
func (m *Fields) resolvePoster(f *Findings, seen *visible) {
	people, others := f.article.persons("author")
	for _, s := range [...]authorSource{
		{"json-ld", namesOf(append(people, others...), SiteNames{})},
		{"rel author", namesOf(f.relAuthors[:min(len(f.relAuthors), 1)], m.Names)},
		{"visible byline", seen.byline.names},
		{"meta", namesOf(f.metaOf("author", "article:author"), m.Names)},
	} {
		for _, class := range [...]nameClass{Person, account, handle, organization} {
			if names := s.names.of[class]; len(names) > 0 && (s.from == "json-ld" || seen.mayHavePosted(names[0])) {
				m.setAuthors(names[:1], s.from)
				return
			}
		}
	}
	if len(seen.posters) > 0 && seen.posters[0] != "" {
		m.setAuthors([]string{seen.posters[0]}, "first post")
	}
}

// mayHavePosted reports whether the person with the given name may have written one of the thread's posts: the person
// is the author of a post, or no author of a post is known.
func (v *visible) mayHavePosted(name string) bool {
	return len(v.posters) == 0 || slices.ContainsFunc(v.posters, func(poster string) bool {
		return text.EqualFolded(poster, text.FoldLetters(name))
	})
}

func (m *Fields) setAuthors(names []string, from string) {
	m.Authors, m.Byline = names, strings.Join(names, ", ")
	m.Provenance["byline"], m.Provenance["authors"] = from, from
}

// includes reports whether the longer list contains every element of the shorter list, and at least one more.
func includes(longer, shorter []string) bool {
	if len(longer) <= len(shorter) {
		return false
	}
	for _, s := range shorter {
		if !slices.ContainsFunc(longer, func(l string) bool { return text.FoldLetters(l) == text.FoldLetters(s) }) {
			return false
		}
	}
	return true
}

// authorSources lists the sources of authors, with the most reliable first. A line such as "By Ada Pell" near the
// headline is more reliable than meta elements, but less than the people in JSON-LD.
func (f *Findings) authorSources(seen *visible, site SiteNames) []authorSource {
	people, others := f.article.persons("author")
	if len(people)+len(others) == 0 {
		people, others = f.article.persons("creator")
	}
	inverted := f.invertedAuthors()
	sources := []authorSource{
		{"json-ld", namesOf(people, SiteNames{language: site.language})},
		{"meta", seen.withoutEditors(namesOf(f.metaOf("author", "article:author_name", "parsely-author", "authors",
			"article.author", "byl", "byline", "cxenseparse:author", "mrf:authors"), site))},
		{"meta", namesOf(append(inverted, f.metaOf("sailthru.author", "dcterms.creator", "creator")...), site)},
		{"rel author", namesOf(f.fewAuthors(), site)},
		{"visible byline", seen.byline.names},
		{"opengraph", namesOf(f.metaOf("article:author", "og:article:author"), site)},
		{"twitter", namesOf(f.twitterAuthor(), site)},
		{"json-ld", organizationsOf(others, site.language)},
	}
	if seen.byline.trust >= trustNamed { // "By Ada Pell" below the headline; meta elements may name a webmaster
		sources[1], sources[2], sources[3], sources[4] = sources[4], sources[1], sources[2], sources[3]
	}
	return sources
}

// invertedAuthors returns the authors whom meta elements of libraries and journals name, as "Ada Pell".
func (f *Findings) invertedAuthors() []string {
	var names []string
	for _, value := range slices.Concat(f.meta["citation_author"], f.meta["citation_authors"], f.meta["dc.creator"]) {
		for name := range strings.SplitSeq(value, ";") {
			names = append(names, uninverted(name))
		}
	}
	return names
}

// organizationsOf returns the names that the markup declares to be those of organizations. In the result, all of them
// are of the class organization, even those that look like people or accounts.
func organizationsOf(names []string, language string) nameList {
	n := namesOf(names, SiteNames{language: language})
	n.of[organization] = append(append(n.of[Person], n.of[organization]...), n.of[account]...)
	n.of[Person], n.of[account] = nil, nil
	return n
}

// uninverted turns the inverted form that libraries use, "Pell, Ada", into "Ada Pell".
func uninverted(s string) string {
	last, first, ok := strings.Cut(s, ",")
	first, last = strings.TrimSpace(first), strings.TrimSpace(last)
	if !ok || first == "" || last == "" || strings.ContainsAny(first, ",;") || strings.Count(first, " ") > 2 ||
		strings.Contains(last, " ") && !hasParticles(last) {
		return s
	}
	return first + " " + last
}

// hasParticles reports whether a surname of several words consists of particles and one word: "van der Ek".
func hasParticles(surname string) bool {
	words := strings.Fields(surname)
	for _, word := range words[:len(words)-1] {
		if !isNameParticle(strings.ToLower(word)) {
			return false
		}
	}
	return true
}

// maxMarked is the maximum number of different texts that may be marked as the page's author. If there are more, they
// are authors of comments or of other pages.
const maxMarked = 3

// fewAuthors returns the texts of rel=author and itemprop=author, or nil if more than maxMarked of them are different.
func (f *Findings) fewAuthors() []string {
	distinct := make(map[string]bool, 4)
	for _, a := range f.relAuthors {
		distinct[text.FoldLetters(StripBy(a))] = true
	}
	if len(distinct) > maxMarked {
		return nil
	}
	return f.relAuthors
}

// twitterAuthor returns the author in Twitter card metadata: if label1 is a word for "by", such as "Written by", data1
// is the name. The pair label2 and data2 works in the same way.
func (f *Findings) twitterAuthor() []string {
	for _, n := range [...]string{"1", "2"} {
		label := strings.ToLower(firstClean(f.meta["twitter:label"+n]))
		if label = strings.TrimSuffix(label, ":"); label != "" && isBylineLabel(label, byPrefix(label)) {
			return f.meta["twitter:data"+n]
		}
	}
	return nil
}
