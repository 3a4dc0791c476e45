package cleaner

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/dechaff/dechaff/cleaner/htmldoc"
	"github.com/dechaff/dechaff/cleaner/internal/arena"
	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/content"
	"github.com/dechaff/dechaff/cleaner/internal/judge"
	"github.com/dechaff/dechaff/cleaner/internal/render"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// SchemaVersion is the version of the JSON schema that Article writes. Article also reads version 1, which has fewer
// fields.
const SchemaVersion = 2

// articleJSON is the JSON form of an Article. UnmarshalJSON restores the content from the field HTML. The field Text is
// for other programs.
type articleJSON struct {
	Schema     int               `json:"schema"`
	URL        string            `json:"url,omitempty"`
	Canonical  string            `json:"canonical,omitempty"`
	Title      string            `json:"title,omitempty"`
	Byline     string            `json:"byline,omitempty"`
	Authors    []string          `json:"authors,omitempty"`
	Publisher  string            `json:"publisher,omitempty"`
	SiteName   string            `json:"site_name,omitempty"`
	Excerpt    string            `json:"excerpt,omitempty"`
	Language   string            `json:"language,omitempty"`
	Image      string            `json:"image,omitempty"`
	Section    string            `json:"section,omitempty"`
	Tags       []string          `json:"tags,omitempty"`
	Published  Date              `json:"published,omitzero"`
	Modified   Date              `json:"modified,omitzero"`
	Paywalled  bool              `json:"paywalled,omitempty"`
	Words      int               `json:"words,omitempty"`
	Minutes    int               `json:"reading_minutes,omitempty"`
	Kind       Kind              `json:"kind"`
	Certainty  float64           `json:"kind_probability,omitempty"`
	Confidence float64           `json:"confidence,omitempty"`
	Product    *Product          `json:"product,omitempty"`
	Recipe     *Recipe           `json:"recipe,omitempty"`
	Provenance map[string]string `json:"provenance,omitempty"`
	Removed    []Removal         `json:"removed,omitempty"`
	Declined   []Removal         `json:"declined,omitempty"`
	Posts      []Post            `json:"posts,omitempty"`
	Comments   []Post            `json:"comments,omitempty"`
	Blocks     []Block           `json:"blocks,omitempty"`
	Entries    []Entry           `json:"entries,omitempty"`
	Text       string            `json:"text"`
	HTML       string            `json:"html"`
}

// MarshalJSON implements json.Marshaler. Keys are in snake_case and "schema" is SchemaVersion. Empty fields and unknown
// dates are omitted, except "kind", "text" and "html". "text" is what Text returns, "html" is the content as HTML
// without the headline, and "words" and "reading_minutes" are computed from the text. "blocks" is present if
// Options.Blocks was set.
//
// The receiver is a value, because encoding/json would otherwise write an Article in a struct or a slice by its fields,
// without its text.
func (a Article) MarshalJSON() ([]byte, error) {
	s := a.Text()
	words := text.CountWords(s)
	return json.Marshal(articleJSON{
		Schema: SchemaVersion,
		URL:    a.URL, Canonical: a.Canonical, Title: a.Title, Byline: a.Byline, Authors: a.Authors, Publisher: a.Publisher,
		SiteName: a.SiteName,
		Excerpt:  a.Excerpt, Language: a.Language, Image: a.Image, Section: a.Section, Tags: a.Tags, Published: a.Published,
		Modified:  a.Modified,
		Paywalled: a.Paywalled, Words: words, Minutes: int(readingTime(words) / time.Minute),
		Kind: a.Kind, Certainty: a.KindProbability, Confidence: a.Confidence,
		Provenance: a.Provenance, Removed: a.Removed, Declined: a.Declined,
		Product: a.Product, Recipe: a.Recipe,
		Posts: a.Posts, Comments: a.Comments, Entries: a.Entries, Blocks: a.blocks, Text: s, HTML: a.contentHTML(),
	})
}

// UnmarshalJSON implements json.Unmarshaler. It restores what MarshalJSON wrote. The "html" is made safe like that of
// any page, so untrusted JSON is safe to read. The error is ErrBadSchema if "schema" is unknown, ErrTooLarge if "html"
// has more than htmldoc.DefaultMaxNodes nodes, or an error from encoding/json. As is usual, null changes nothing.
func (a *Article) UnmarshalJSON(data []byte) error {
	if string(data) == "null" {
		return nil
	}
	var j articleJSON
	if err := json.Unmarshal(data, &j); err != nil {
		return fmt.Errorf("cleaner: reading an article: %w", err)
	}
	if j.Schema < 1 || j.Schema > SchemaVersion {
		return fmt.Errorf("%w: %d", ErrBadSchema, j.Schema)
	}
	restored := Article{
		URL: j.URL, Canonical: j.Canonical, Title: j.Title, Byline: j.Byline, Authors: j.Authors, Publisher: j.Publisher,
		SiteName: j.SiteName,
		Excerpt:  j.Excerpt, Language: j.Language, Image: j.Image, Section: j.Section, Tags: j.Tags, Published: j.Published,
		Modified: j.Modified, Paywalled: j.Paywalled,
		Kind: j.Kind, KindProbability: j.Certainty, Confidence: j.Confidence,
		Provenance: j.Provenance, Removed: j.Removed, Declined: j.Declined,
	}
	restored.Product, restored.Recipe = j.Product, j.Recipe
	restored.Posts, restored.Comments, restored.Entries, restored.blocks = j.Posts, j.Comments, j.Entries, j.Blocks
	if err := restored.setContent(j.HTML); err != nil {
		return err
	}
	*a = restored
	return nil
}

// contentHTML renders the content without the headline.
func (a *Article) contentHTML() string {
	if a.content == nil {
		return ""
	}
	var b strings.Builder
	for c := a.content.FirstChild; c != nil; c = c.NextSibling {
		b.WriteString(render.Node(c))
	}
	return b.String()
}

// setContent builds the content from HTML in the same way as from a page. It keeps all text that is not marked, but
// only the elements and attributes that are allowed in content.
func (a *Article) setContent(text string) error {
	doc, err := htmldoc.ParseBytes([]byte("\xEF\xBB\xBF"+text), htmldoc.Source{MaxBytes: int64(len(text)) + 3})
	if err != nil {
		return fmt.Errorf("cleaner: reading an article's content: %w", err)
	}
	p := &page{Page: judge.Page{Doc: doc, Tree: block.NewTree(doc.Root, nil)}}
	p.mark()
	skip, keep := make([]bool, len(p.marks)), make([]bool, len(p.marks))
	for i, m := range p.marks {
		skip[i] = m != unmarked
		keep[i] = !skip[i]
	}
	blocks := block.Segment(p.Tree, skip)
	a.content = content.Build(p.Tree, blocks, keep, content.Extras{}, nil, new(arena.Slab[content.Tally]))
	p.release()
	return nil
}
