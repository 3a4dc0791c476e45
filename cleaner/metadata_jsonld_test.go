package cleaner

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dechaff/dechaff/cleaner/internal/metadata"
)

// A page describes many things; the article is the one that is this page.
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
		{"a page where there is no article", ld(`[{"@type":"Organization","headline":"Gulls"},{"@type":"WebPage","headline":"Tide"}]`), "Tide"},
		{"the first of equals", ld(`[{"@type":"Article","headline":"Tide"},{"@type":"Article","headline":"Gulls"}]`), "Tide"},
		{"inside a graph inside a list", ld(`[{"@graph":[{"@graph":[{"@type":"Article","headline":"Tide"}]}]}]`), "Tide"},
		{"as the main entity of a page", ld(`{"@type":"WebPage","mainEntity":{"@type":"Article","headline":"Tide"}}`), "Tide"},
		{"in a script of another spelling", `<script type="Application/LD+JSON; charset=utf-8">{"@type":"Article","headline":"Tide"}</script>`, "Tide"},
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
	assert.Equal(t, []string{"Ada Pell"}, m.Authors, "people before organisations; a reference to nothing is nobody")
	assert.Equal(t, "The Gazette", m.SiteName)
	assert.Equal(t, "https://gazette.example/tide.jpg", m.Image)
	assert.Equal(t, "en-GB", m.Language)
	assert.Equal(t, []string{"tide", "sea"}, m.Tags)
	assert.Equal(t, "It was late & low.", m.Excerpt)
	assert.Equal(t, "The tide was late.", m.ArticleBody)
	for field, from := range m.Provenance {
		assert.Equal(t, "json-ld", from, field)
	}
	assert.Len(t, m.Provenance, 8)
}

// parsed is a script's objects.
func parsed(script string) []metadata.Object {
	f := &metadata.Findings{}
	f.ParseLD(script)
	return f.Ld
}

func TestRepairJSON(t *testing.T) {
	for _, c := range []struct{ name, script string }{
		{"a comment around it", `<!-- {"headline":"Late, \"again\""} //-->`},
		{"CDATA without slashes", `<![CDATA[{"headline":"Late, \"again\""}]]>`},
		{"CDATA in a comment", `/*<![CDATA[*/ {"headline":"Late, \"again\""} /*]]>*/`},
		{"entities for quotes", `{&quot;headline&quot;:&quot;Late, \&quot;again\&quot;&quot;}`},
		{"a semicolon", `{"headline":"Late, \"again\""};` + "\n"},
		{"trailing commas", `{"tags":["a","b", ] ,"headline":"Late, \"again\"",` + "\n" + `}`},
		{"tabs and line breaks in strings", "{\"x\":\"a\n\tb\",\"headline\":\"Late, \\\"again\\\"\"}"},
		{"comments", "{ // what it is\n\"headline\": /* so */ \"Late, \\\"again\\\"\" }"},
		{"raw quotes in a string", `{"headline":"Late, "again""}`},
		{"an escape that JSON has not", `{"x":"it\'s","headline":"Late, \"again\""}`},
		{"commas in a row", `{"x":1,,"headline":"Late, \"again\""}`},
		{"an end that is missing", `{"headline":"Late, \"again\""`},
		{"an end too many", `{"headline":"Late, \"again\""}}`},
		{"a byte order mark", "\uFEFF" + `{"headline":"Late, \"again\""}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			objects := parsed(c.script)
			require.Len(t, objects, 1)
			assert.Equal(t, `Late, "again"`, objects[0].Text("headline"))
		})
	}
	for _, script := range []string{"", "{", "}", `"`, `{"a":}`, `{"a" "b"}`, "\\", `<!--`, `,`, strings.Repeat("[", 10_000)} {
		assert.Empty(t, parsed(script), script[:min(len(script), 20)])
	}
}

// A comma before a bracket inside a string is text.
func TestRepairLeavesStringsAlone(t *testing.T) {
	objects := parsed(`{"headline":"one, ] two, } three",}`)
	require.Len(t, objects, 1)
	assert.Equal(t, "one, ] two, } three", objects[0].Text("headline"))
}

func TestBoundsOfJSONLD(t *testing.T) {
	many := "[" + strings.TrimSuffix(strings.Repeat(`{"@type":"Thing"},`, 10_000), ",") + "]"
	assert.Len(t, parsed(many), metadata.MaxLDObjects)
	assert.Empty(t, parsed(`{"x":"`+strings.Repeat("x", metadata.MaxLDBytes)+`"}`))
	nested := strings.Repeat(`{"@graph":[`, 5_000) + `{"@type":"Article"}` + strings.Repeat("]}", 5_000)
	assert.LessOrEqual(t, len(parsed(nested)), 10)
}
