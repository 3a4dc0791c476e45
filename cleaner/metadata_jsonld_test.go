package cleaner

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// JSON-LD may describe several articles. The title comes from the one that fits the page best by its address, headline
// or type. Among equals, it comes from the first.
func TestBestArticle(t *testing.T) {
	for _, c := range []struct{ name, page, want string }{
		{"by address", ld(`{"@type":"NewsArticle","headline":"Gulls","url":"https://gazette.example/news/gulls"}`) +
			ld(`{"@type":"NewsArticle","headline":"Tide","url":"https://gazette.example/news/story.html/"}`), "Tide"},
		{"by the page that it is the main entity of", ld(`[{"@type":"NewsArticle","headline":"Gulls"},
			{"@type":"NewsArticle","headline":"Tide","mainEntityOfPage":{"@type":"WebPage","@id":"https://gazette.example/news/story.html"}}]`), "Tide"},
		{"by the canonical address", `<link rel="canonical" href="https://gazette.example/tide">` + ld(`[{"@type":"NewsArticle","headline":"Gulls"},
			{"@type":"NewsArticle","headline":"Tide","@id":"https://gazette.example/tide"}]`), "Tide"},
		{"by the headline", ld(`[{"@type":"Article","headline":"Gulls"},{"@type":"Article","headline":"Tide"}]`) + `<h1>Tide</h1>`, "Tide"},
		{"by the type", ld(`[{"@type":"WebPage","headline":"Gulls"},{"@type":"BlogPosting","headline":"Tide"}]`), "Tide"},
		{"a page without an article", ld(`[{"@type":"Organization","headline":"Gulls"},{"@type":"WebPage","headline":"Tide"}]`), "Tide"},
		{"the first of equals", ld(`[{"@type":"Article","headline":"Tide"},{"@type":"Article","headline":"Gulls"}]`), "Tide"},
		{"inside a graph inside a list", ld(`[{"@graph":[{"@graph":[{"@type":"Article","headline":"Tide"}]}]}]`), "Tide"},
		{"as the main entity of a page", ld(`{"@type":"WebPage","mainEntity":{"@type":"Article","headline":"Tide"}}`), "Tide"},
		{"in a script with another spelling of the type", `<script type="Application/LD+JSON; charset=utf-8">{"@type":"Article","headline":"Tide"}</script>`, "Tide"},
		{"with the address of schema.org", ld(`{"@type":"https://schema.org/NewsArticle","headline":"Tide"}`), "Tide"},
		{"none", ld(`{"@type":"Organization","headline":"Gulls"}`), ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			assert.Equal(t, c.want, read(t, c.page).Title)
		})
	}
}

func TestMembersOfJSONLD(t *testing.T) {
	m := read(t, ld(`{"@context":"https://schema.org","@graph":[
		{"@type":"NewsArticle","headline":{"@value":"The tide is late","@language":"en"},"author":[{"@id":"#ada"},{"@id":"#board"},{"@id":"#gone"}],
		 "publisher":{"@id":"#gazette"},"image":[{"@type":"ImageObject","url":"/tide.jpg"}],"inLanguage":"en-GB","keywords":["tide","sea"],
		 "description":"It <b>was</b> late &amp; low.","articleBody":"<p>The tide was late.</p>"},
		{"@type":"Person","@id":"#ada","name":"Ada Pell"},
		{"@type":"Organization","@id":"#board","name":"Tide Board"},
		{"@type":"NewsMediaOrganization","@id":"#gazette","name":"The Gazette"}]}`))
	assert.Equal(t, "The tide is late", m.Title)
	assert.Equal(t, []string{"Ada Pell"}, m.Authors, "people before organizations; a dangling reference names no one")
	assert.Equal(t, "The Gazette", m.SiteName)
	assert.Equal(t, "https://gazette.example/tide.jpg", m.Image)
	assert.Equal(t, "en-GB", m.Language)
	assert.Equal(t, []string{"tide", "sea"}, m.Tags)
	assert.Equal(t, "It was late & low.", m.Excerpt)
	assert.Equal(t, "The tide was late.", m.ArticleBody)
	for field, from := range m.Provenance {
		assert.Equal(t, "json-ld", from, field)
	}
	assert.Len(t, m.Provenance, 9)
}
