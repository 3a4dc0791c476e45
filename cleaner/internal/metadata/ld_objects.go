package metadata

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// An Object is one object of a page's JSON-LD (W3C JSON-LD 1.1, schema.org vocabulary). A nil Object has no members.
type Object map[string]any

// isType reports whether one of the object's types has one of the given names, ignoring case and the URL of the
// vocabulary.
func (o Object) isType(names ...string) bool {
	types, _ := o["@type"].([]any)
	if t, ok := o["@type"].(string); ok {
		types = []any{t}
	}
	for _, t := range types {
		if s, ok := t.(string); ok {
			s = s[strings.LastIndexAny(s, "/:#")+1:]
			if slices.ContainsFunc(names, func(name string) bool { return strings.EqualFold(s, name) }) {
				return true
			}
		}
	}
	return false
}

var articleTypes = []string{
	"Article", "NewsArticle", "BlogPosting", "ReportageNewsArticle", "AnalysisNewsArticle", "OpinionNewsArticle",
	"BackgroundNewsArticle",
	"ReviewNewsArticle", "LiveBlogPosting", "TechArticle", "ScholarlyArticle", "SocialMediaPosting",
	"DiscussionForumPosting",
	"AdvertiserContentArticle", "Report", "Review", "Recipe", "HowTo", "Question", "QAPage",
}

// bestArticle returns the object that describes this page: an article, or an object of another type such as a page, a
// product or an event. The object with the highest score is chosen: a matching address adds most, a matching headline
// adds less, and being an article adds least. An object in a list counts only if its address or headline matches. If no
// object counts, bestArticle returns nil.
func (f *Findings) bestArticle() Object {
	var best Object
	bestScore := 0
	canonical := ParseURL(f.canonical)
	title := text.FoldLetters(f.Title)
	all := slices.Concat(f.ld, f.ldItems)
	isFAQ := slices.ContainsFunc(all, func(o Object) bool { return o.isType("FAQPage") })
	for i, o := range all {
		var score int
		switch {
		case isFAQ && o.isType("Question"): // one of several
			continue
		case o.isType(articleTypes...):
			score = 4
		case o.isType("WebPage", "ItemPage", "Product", "Event", "JobPosting", "VideoObject", "AboutPage", "ProfilePage",
			"MedicalWebPage"):
			score = 2
		default:
			continue
		}
		fits := score
		for _, ref := range append(o.urls("url"), append(o.urls("mainEntityOfPage"), o.Text("@id"))...) {
			if samePage(ref, f.url) || samePage(ref, canonical) {
				score += 4
				break
			}
		}
		if h := text.FoldLetters(Clean(o.Text("headline"))); h != "" {
			if slices.ContainsFunc(f.h1, func(h1 heading) bool { return text.FoldLetters(h1.text) == h }) ||
				strings.Contains(title, h) {
				score += 3
			}
		}
		if i >= len(f.ld) && score == fits {
			continue // the article is in a list, and nothing shows that it is this page
		}
		if score > bestScore {
			best, bestScore = o, score
		}
	}
	return f.linked(best)
}

// linked returns a copy of o in which the members that only refer to other objects of the page ({"@id": …}) are
// replaced with those objects.
func (f *Findings) linked(o Object) Object {
	if o == nil {
		return nil
	}
	full := make(Object, len(o))
	for key, v := range o {
		full[key] = f.lookup(v)
	}
	return full
}

// byID returns the object that has the given @id and also a name or a url, or nil if there is none.
func (f *Findings) byID(id string) Object {
	for _, list := range [...][]Object{f.ld, f.ldItems} {
		for _, o := range list {
			if other, _ := o["@id"].(string); other == id && (o["name"] != nil || o["url"] != nil) {
				return o
			}
		}
	}
	return nil
}

func (f *Findings) lookup(v any) any {
	switch v := v.(type) {
	case []any:
		list := make([]any, 0, min(len(v), 64))
		for _, e := range v[:min(len(v), 64)] {
			list = append(list, f.lookup(e))
		}
		return list
	case map[string]any:
		if id, ok := v["@id"].(string); ok && v["name"] == nil && v["url"] == nil {
			if o := f.byID(id); o != nil {
				return map[string]any(o)
			}
		}
	}
	return v
}

// ParseURL parses an address. It returns nil for an invalid or empty address.
func ParseURL(s string) *url.URL {
	u, err := url.Parse(strings.TrimSpace(s))
	if err != nil || s == "" {
		return nil
	}
	return u
}

func samePage(ref string, page *url.URL) bool {
	u := ParseURL(ref)
	return u != nil && page != nil && u.Host == page.Host &&
		strings.TrimSuffix(u.Path, "/") == strings.TrimSuffix(page.Path, "/")
}

// Text returns a member as a string: the string itself, the first string of a list, or the @value or name of an object.
// It returns "" for anything else.
func (o Object) Text(key string) string {
	switch v := o[key].(type) {
	case string:
		return v
	case []any:
		for _, e := range v {
			if s, ok := e.(string); ok {
				return s
			}
			if m, ok := e.(map[string]any); ok && m["@value"] != nil {
				return Object{key: m}.Text(key)
			}
		}
	case map[string]any:
		if s, ok := v["@value"].(string); ok {
			return s
		}
		if s, ok := v["name"].(string); ok {
			return s
		}
	}
	return ""
}

// moment returns a member that is a date, as a string. A date in seconds or milliseconds may be a number in JSON.
func (o Object) moment(key string) string {
	if s := o.Text(key); s != "" {
		return s
	}
	if n, ok := o[key].(float64); ok {
		return strconv.FormatFloat(n, 'f', -1, 64)
	}
	return ""
}

// object returns a member that is an object, or the first object of a list, or nil if there is none.
func (o Object) object(key string) Object {
	for _, v := range asList(o[key]) {
		if m, ok := v.(map[string]any); ok {
			return m
		}
	}
	return nil
}

// asList returns the values of a member, which may be a single value or a list. It returns at most maxValues.
func asList(v any) []any {
	switch v := v.(type) {
	case nil:
		return nil
	case []any:
		return v[:min(len(v), maxValues)]
	}
	return []any{v}
}

// maxValues is the maximum number of values of a member that are read.
const maxValues = 64

// number returns a member that is a number, as a string. If the member is a string, it returns the string; if it is an
// object, the number in that object's member "value".
func (o Object) number(key string) string {
	switch v := o[key].(type) {
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case string:
		return v
	case map[string]any:
		return Object(v).number("value")
	}
	return ""
}

// names returns a member's names: strings, or the name of each object.
func (o Object) names(key string) []string { return stringsOf(o[key], "name") }

// urls returns a member's addresses: strings, or the url and @id of each object.
func (o Object) urls(key string) []string {
	return append(stringsOf(o[key], "url"), stringsOf(o[key], "@id")...)
}

func stringsOf(v any, key string) []string {
	switch v := v.(type) {
	case string:
		return []string{v}
	case []any:
		var all []string
		for _, e := range v[:min(len(v), 64)] {
			if _, nested := e.([]any); !nested {
				all = append(all, stringsOf(e, key)...)
			}
		}
		return all
	case map[string]any:
		switch s := v[key].(type) {
		case string:
			return []string{s}
		case []any:
			return stringsOf(s, key)
		}
		if s, ok := v["@value"].(string); ok {
			return []string{s}
		}
	}
	return nil
}

func (o Object) keywords() []string { return stringsOf(o["keywords"], "name") }

// organizationTypes are schema.org's types of authors that are not people.
var organizationTypes = []string{
	"Organization", "NewsMediaOrganization", "Corporation", "Brand",
	"GovernmentOrganization", "EducationalOrganization", "NGO", "LocalBusiness", "WebSite",
}

// persons returns the names in a member such as "author", in two lists: people, and organizations. A name counts as
// that of a person unless the markup says that it is an organization's and not also a person's, as it says about the
// owner of a blog.
func (o Object) persons(key string) (people, others []string) {
	for _, e := range asList(o[key]) {
		for _, e := range asList(e) { // a list within the list
			if m, ok := e.(map[string]any); ok && Object(m).isType(organizationTypes...) && !Object(m).isType("Person") {
				others = append(others, stringsOf(e, "name")...)
			} else if m, ok := e.(map[string]any); ok && m["name"] == nil {
				people = append(people, Object(m).twoNames()...)
			} else if _, nested := e.([]any); !nested {
				people = append(people, stringsOf(e, "name")...)
			}
		}
		if len(people)+len(others) > maxValues {
			break
		}
	}
	return people, others
}

// twoNames returns the name of a person whose data has a given name and a family name, or nil if one of them is
// missing.
func (o Object) twoNames() []string {
	given, family := o.Text("givenName"), o.Text("familyName")
	if given == "" || family == "" {
		return nil
	}
	return []string{given + " " + family}
}

// siteNames returns the names of the web sites and organizations that the page's data describes.
func (f *Findings) siteNames() []string {
	var names []string
	for _, o := range f.ld {
		if o.isType("WebSite", "NewsMediaOrganization", "Organization") {
			names = append(names, o.Text("name"))
		}
	}
	return names
}
