package metadata

import (
	"net/url"
	"slices"
	"strings"
	"time"

	"golang.org/x/net/html"

	"github.com/dechaff/dechaff/cleaner/htmldoc"
	"github.com/dechaff/dechaff/cleaner/internal/dates"
	"github.com/dechaff/dechaff/cleaner/internal/text"
	"github.com/dechaff/dechaff/cleaner/internal/zone"
)

// Fields is what a page says about itself, with the source of each field.
type Fields struct {
	Title, Byline, Publisher, SiteName, Excerpt, Language, Image, Canonical string

	// Dish is the name of the recipe that the page is about. It becomes the article's title; Title remains the page's
	// headline.
	Dish string

	Authors, Tags       []string
	Published, Modified dates.Date

	// Provenance maps a field's JSON name to the source of its value.
	Provenance map[string]string
	// Keywords is the content of <meta name="keywords">, folded by text.FoldLetters.
	Keywords string
	// ArticleBody is JSON-LD's articleBody as plain text.
	ArticleBody string
	// Discussion reports whether the page declares itself a forum page or a question, whose answers are content.
	Discussion bool
	// Type is OpenGraph's og:type in lower case.
	Type string
	// Product reports whether JSON-LD describes a product. ListPage reports whether it describes a list.
	Product, ListPage bool
	// Recipe reports whether JSON-LD describes a recipe.
	Recipe bool
	// RecipeLists contains the ingredients and steps of the only recipe that JSON-LD describes.
	RecipeLists RecipeLists
	// Concealed contains the elements that may have hidden content.
	Concealed Concealed
	// Claimed contains the texts in JSON-LD about the subject of the page.
	Claimed claimedTexts
	// Claims is what the page's JSON-LD and generator declare it to be.
	Claims claims
	// Headlines contains every text that the page declares to be its headline. It is used to recognize the headline
	// in the content.
	Headlines []string
	// Section is the section of the publication that the page belongs to.
	Section string
	// Paywalled reports whether the page says that access is restricted.
	Paywalled bool
	// Found contains the findings of the walk over the page. Settle uses them for authors and dates.
	Found *Findings
	// Names contains the names of the site.
	Names SiteNames
	// class is the class of the authors' names: people, organizations, accounts or handles.
	class nameClass
	// seen contains the names and dates found on the lines around the headline.
	seen *visible
}

// MaxField is the maximum length of a field's value in runes. A page may put a megabyte into its title.
const MaxField = 500

// Findings contains what one walk over the page collects, before any field is decided.
type Findings struct {
	lang, Title, canonical string
	shown                  string // the line of the page that is its headline; see ShowTitle
	h1                     []heading
	h2                     []string
	doubled                map[string]string   // text of a heading, folded, without spaces → the text that it repeats
	aboveH2                []int               // the amount of running text above each h2, in bytes
	url                    *url.URL            // the page's address
	running                int                 // bytes of text in runs that are too long for labels
	meta                   map[string][]string // lower-case name, property or itemprop → contents
	signatures             []string            // comments in which generators name themselves
	ld                     []Object
	ldItems                []Object // objects in a list, or part of another object
	article                Object   // the object that describes this page
	publishers             []string // texts of itemprop=publisher
	relAuthors             []string // texts of rel=author and itemprop=author
	times                  []timeElement
	dated                  []string     // dates that are meant for scripts, from empty elements below the headline
	imageLinks             []string     // link rel=image_src
	relTags                []string     // texts of rel=tag in one box
	homes                  []string     // texts of links to the front page
	tagBox                 *html.Node   // the box with the texts in relTags
	fed                    [2]time.Time // the times of publication and change in a feed or a sitemap
	authorsSeen            int
	concealed              Concealed
	learned                SiteNamings // names learned from other pages of the host
}

type timeElement struct {
	value    string
	itemprop string
	aside    bool // whether the element is in an aside element
}

// A source is one possible source of a field, with the name under which it is recorded in Provenance.
type source struct {
	name   string
	values []string
}

// Read collects what the page says about itself in one walk, and then decides each field.
func Read(doc *htmldoc.Document) Fields {
	f := collect(doc)
	m := Fields{Provenance: make(map[string]string), Concealed: f.concealed}
	f.article, m.Found = f.bestArticle(), f
	m.resolveTitle(f)
	m.resolveSite(f)
	m.resolveLinks(f, doc)
	m.resolveLanguage(f, doc.ContentLanguage)
	m.Names.language, _, _ = strings.Cut(m.Language, "-")
	m.Discussion = slices.ContainsFunc(f.ld, func(o Object) bool { return o.isType(zone.DiscussionTypes...) })
	m.Keywords = text.FoldLetters(firstClean(f.meta["keywords"]))
	m.Claims = f.claimsOf()
	m.Claimed = claimedOf(f.ld)
	m.Product = slices.ContainsFunc(f.ld, func(o Object) bool { return o.isType("Product", "ProductGroup") })
	m.RecipeLists = recipeListsOf(f.ld)
	m.Recipe = slices.ContainsFunc(f.ld, func(o Object) bool { return o.isType("Recipe") })
	m.ListPage = slices.ContainsFunc(f.ld, func(o Object) bool {
		return o.isType("CollectionPage", "ItemList",
			"SearchResultsPage")
	})
	m.Type = strings.ToLower(firstClean(f.meta["og:type"]))
	if f.article != nil {
		m.ArticleBody = text.PlainText(f.article.Text("articleBody"), 1<<20)
	}
	return m
}

// first calls the function accept on the values of the sources, in order. It returns the first result that is not ""
// and records its source as the source of the field. It returns "" if there is no such result.
func (m *Fields) first(field string, accept func(string) string, sources ...source) string {
	for _, s := range sources {
		for _, v := range s.values {
			if v = accept(v); v != "" {
				m.Provenance[field] = s.name
				return v
			}
		}
	}
	return ""
}

// Clean returns a value as one line of plain text with at most MaxField characters.
func Clean(s string) string { return text.PlainText(s, MaxField) }
