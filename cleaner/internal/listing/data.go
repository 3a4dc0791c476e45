package listing

import (
	"slices"
	"strings"

	"github.com/dechaff/dechaff/cleaner/internal/metadata"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// minAgreed is the minimum share of the visible entries that must also be in the page's data for further entries from
// the data to be added.
const minAgreed = 0.5

// Join completes a page's visible entries with the list in the page's data. A visible entry that is in the list, with
// the same address, gets the fields that it lacks. If at least half of the visible entries are in the list, the list's
// other entries are appended, except those with the title of a visible entry.
func Join(entries []Entry, listed []metadata.Listed) []Entry {
	exact, loose := make(map[string]int, len(listed)), make(map[string]int, len(listed))
	for k := range listed {
		exact[addressKey(listed[k].URL, false)] = k
		key := addressKey(listed[k].URL, true)
		if _, twice := loose[key]; twice {
			k = -1
		}
		loose[key] = k
	}
	taken := make([]bool, len(listed))
	titles := make(map[string]bool, len(entries))
	agreed := 0
	for i := range entries {
		titles[entries[i].Title] = true
		k, ok := exact[addressKey(entries[i].URL, false)]
		if !ok {
			k, ok = loose[addressKey(entries[i].URL, true)]
		}
		if ok && k >= 0 {
			taken[k] = true
			entries[i].fill(&listed[k])
			agreed++
		}
	}
	if float64(agreed) < minAgreed*float64(len(entries)) {
		return entries
	}
	for k := range listed {
		if l := &listed[k]; !taken[k] && !titles[l.Name] {
			e := Entry{Title: l.Name, URL: l.URL}
			e.fill(l)
			entries = append(entries, e)
		}
	}
	return entries
}

// fill sets the fields that an entry lacks. If the title has a price and shares no word with the listed name, the name
// replaces the title.
func (e *Entry) fill(l *metadata.Listed) {
	if _, priced := findPrice(e.Title); priced && !sharesWord(e.Title, l.Name) {
		e.Title = l.Name
	}
	for _, f := range [...]struct {
		field *string
		value string
	}{{&e.Excerpt, l.Excerpt}, {&e.Image, l.Image}, {&e.Author, l.Author}, {&e.Price, l.Price}} {
		if *f.field == "" {
			*f.field = f.value
		}
	}
	if e.Published.IsZero() {
		e.Published = l.Published
	}
}

// sharesWord reports whether the texts have a word in common, ignoring case.
func sharesWord(a, b string) bool {
	words := text.SetOf(strings.Fields(strings.ToLower(a))...)
	return slices.ContainsFunc(strings.Fields(strings.ToLower(b)), words.Has)
}

// addressKey returns an address without the parts that may differ between links to the same page: the scheme, "www.", a
// final slash and the fragment. If loose is true, the query is removed, too.
func addressKey(address string, loose bool) string {
	address, _, _ = strings.Cut(address, "#")
	if loose {
		address, _, _ = strings.Cut(address, "?")
	}
	_, address, _ = strings.Cut(address, "://")
	return strings.TrimSuffix(strings.TrimPrefix(address, "www."), "/")
}
