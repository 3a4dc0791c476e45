package cleaner

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// Every source of an author is used, in this order of preference.
func TestAuthorSources(t *testing.T) {
	sources := []struct{ from, markup string }{
		{"json-ld", ld(`{"@type":"Article","author":{"@type":"Person","name":"Ada Pell"}}`)},
		{"visible byline", `<p class="entry-author">By Gus Hall</p>`},
		{"meta", `<meta name="author" content="Bo Ek">`},
		{"meta", `<meta name="citation_author" content="Orr, Cy"><meta name="citation_author" content="Dee Orr">`},
		{"rel author", `<a rel="author" href="/e">Eva Fry</a>`},
		{"opengraph", `<meta property="article:author" content="Ina Jay">`},
	}
	organization := ld(`{"@type":"Article","creator":{"@type":"Organization","name":"Tide Board"}}`)
	want := []string{"Ada Pell", "Gus Hall", "Bo Ek", "Cy Orr, Dee Orr", "Eva Fry", "Ina Jay"}
	for i := range sources {
		page := ""
		if i > 0 { // only one article per page
			page = organization
		}
		for _, s := range sources[i:] {
			page = s.markup + page // the order on the page does not matter
		}
		m := read(t, page)
		assert.Equal(t, want[i], m.Byline)
		assert.Equal(t, sources[i].from, m.Provenance["authors"])
		assert.Equal(t, sources[i].from, m.Provenance["byline"])
	}
	assert.Equal(t, "Tide Board", read(t, organization).Byline, "an organization if no person is named")
}
