// Package record defines the flat JSON object that the examples write for each article.
package record

import (
	"github.com/dechaff/dechaff/cleaner"
)

// A Record is an article as one flat line of JSON.
type Record struct {
	// Schema is the version of cleaner's article JSON that the fields follow.
	Schema int `json:"schema"`
	// ID identifies the page: for the crawler, the name of the article's file without its extension; for other
	// programs, the id of the page in its input, such as a WARC record's id or a file's path.
	ID  string `json:"id"`
	URL string `json:"url"`
	// Canonical is the address that the page declares for itself.
	Canonical string       `json:"canonical"`
	Title     string       `json:"title"`
	Byline    string       `json:"byline"`
	Authors   []string     `json:"authors"`
	Publisher string       `json:"publisher"`
	SiteName  string       `json:"site_name"`
	Published cleaner.Date `json:"published"`
	Modified  cleaner.Date `json:"modified"`
	Language  string       `json:"language"`
	Kind      cleaner.Kind `json:"kind"`
	Section   string       `json:"section"`
	Tags      []string     `json:"tags"`
	Words     int          `json:"words"`
	Excerpt   string       `json:"excerpt"`
	Image     string       `json:"image"`
	// Posts, Comments, Entries, Product and Recipe are only set on request.
	Posts    []cleaner.Post   `json:"posts,omitempty"`
	Comments []cleaner.Post   `json:"comments,omitempty"`
	Entries  []cleaner.Entry  `json:"entries,omitempty"`
	Product  *cleaner.Product `json:"product,omitempty"`
	Recipe   *cleaner.Recipe  `json:"recipe,omitempty"`
	Text     string           `json:"text"`
	Markdown string           `json:"markdown"`
}

// New returns the record of an article.
func New(id string, a *cleaner.Article) Record {
	authors := a.Authors
	if authors == nil {
		authors = []string{}
	}
	tags := a.Tags
	if tags == nil {
		tags = []string{}
	}
	return Record{
		Schema: cleaner.SchemaVersion, ID: id, URL: a.URL, Canonical: a.Canonical, Title: a.Title, Byline: a.Byline,
		Authors:   authors,
		Publisher: a.Publisher, SiteName: a.SiteName,
		Published: a.Published, Modified: a.Modified, Language: a.Language, Kind: a.Kind, Section: a.Section, Tags: tags,
		Words: a.Words(), Excerpt: a.Excerpt, Image: a.Image,
		Posts: a.Posts, Comments: a.Comments, Entries: a.Entries, Product: a.Product, Recipe: a.Recipe,
		Text: a.Text(), Markdown: a.Markdown(),
	}
}
