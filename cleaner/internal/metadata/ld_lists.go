package metadata

import (
	"slices"
	"strings"

	"github.com/dechaff/dechaff/cleaner/internal/dates"
)

// A Listed is one entry of a list that a page's JSON-LD describes. Name and URL are never empty, and URL is absolute.
// The other fields may be empty.
type Listed struct {
	Name, URL, Excerpt, Image string
	Published                 dates.Date
	Author, Price             string
}

// listMembers pairs each schema.org type of list with the member that contains the list's entries.
var listMembers = [...]struct{ kind, member string }{
	{"ItemList", "itemListElement"},
	{"CollectionPage", "hasPart"},
	{"SearchResultsPage", "hasPart"},
	{"Blog", "blogPost"},
	{"Blog", "blogPosts"},
}

const (
	maxListed = 1000 // entries of a list that are read
	minListed = 2    // entries that a list must have
)

// Lists returns the entries of the longest list that the page's JSON-LD describes, or nil if no list has at least two
// entries. The function resolve makes an address absolute; it returns false for an address that leads nowhere.
func (m *Fields) Lists(style dates.Style, resolve func(string) (string, bool)) []Listed {
	var longest []Listed
	for _, o := range m.Found.ld {
		for _, l := range listMembers {
			if !o.isType(l.kind) || o[l.member] == nil {
				continue
			}
			if list := m.Found.listOf(o[l.member], style, resolve); len(list) > len(longest) {
				longest = list
			}
		}
	}
	if len(longest) < minListed {
		return nil
	}
	return longest
}

// listOf reads the entries of one list. It skips entries without a name or an address, repeated addresses, the page
// itself, its parts and menus, questions, steps and brands.
func (f *Findings) listOf(v any, style dates.Style, resolve func(string) (string, bool)) []Listed {
	elements, ok := v.([]any)
	if !ok {
		elements = []any{v}
	}
	var list []Listed
	known := make(map[string]bool)
	for _, e := range elements[:min(len(elements), maxListed)] {
		o := f.listItem(e)
		if o.isType("SiteNavigationElement", "WebPageElement", "Question", "HowToStep", "Brand") {
			continue
		}
		l := Listed{Name: Clean(o.Text("name"))}
		if l.Name == "" {
			l.Name = Clean(o.Text("headline"))
		}
		for _, ref := range slices.Concat(o.urls("url"), o.urls("mainEntityOfPage"), o.urls("@id")) {
			if to, ok := resolve(strings.TrimSpace(ref)); ok {
				l.URL = to
				break
			}
		}
		if l.Name == "" || l.URL == "" || known[l.URL] || samePage(l.URL, f.url) {
			continue
		}
		known[l.URL] = true
		f.describe(&l, o, style, resolve)
		list = append(list, l)
	}
	return list
}

// listItem returns the object that an element of a list is about. It adds to that object the members that only the
// element has.
func (f *Findings) listItem(e any) Object {
	m, _ := f.lookup(e).(map[string]any)
	o := Object(m)
	if !o.isType("ListItem") {
		return o
	}
	about := make(Object, len(o))
	for key, v := range o {
		if key != "item" && key != "@id" && key != "@type" {
			about[key] = v
		}
	}
	switch item := f.lookup(o["item"]).(type) {
	case string:
		about["url"] = item
	case map[string]any:
		for key, v := range item {
			about[key] = v
		}
	}
	return about
}

// describe fills in the fields of an entry, except Name and URL, from the object about it.
func (f *Findings) describe(l *Listed, o Object, style dates.Style, resolve func(string) (string, bool)) {
	o = f.linked(o)
	l.Excerpt = Clean(o.Text("description"))
	for _, key := range [...]string{"image", "thumbnailUrl"} {
		for _, src := range append(o.urls(key), stringsOf(o[key], "contentUrl")...) {
			if to, ok := resolve(strings.TrimSpace(src)); ok && l.Image == "" && !IsNoPicture(to) {
				l.Image = to
			}
		}
	}
	for _, key := range [...]string{"datePublished", "uploadDate", "dateCreated"} {
		if d, ok := dates.Parse(o.moment(key), style); ok && l.Published.IsZero() && dates.Plausible(d.Date.Time) {
			l.Published = d.Date
		}
	}
	people, _ := o.persons("author")
	names := make([]string, 0, len(people))
	for _, name := range people {
		if name = Clean(name); name != "" {
			names = append(names, name)
		}
	}
	l.Author = strings.Join(names, ", ")
	product := &productReader{}
	for _, v := range asList(o["offers"]) {
		offer, _ := v.(map[string]any)
		product.addOffer(f.linked(offer), 0)
	}
	l.Price = strings.TrimSpace(product.Price + " " + product.Currency)
}
