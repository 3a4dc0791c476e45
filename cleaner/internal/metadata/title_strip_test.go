package metadata

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/dechaff/dechaff/cleaner/internal/text"
)

func TestStripSite(t *testing.T) {
	for _, c := range []struct{ name, title, site, h1, want string }{
		{"after a bar", "The tide is late | The Gazette", "The Gazette", "", "The tide is late"},
		{"after a hyphen", "The tide is late - The Gazette", "The Gazette", "", "The tide is late"},
		{"after a dash", "The tide is late — The Gazette", "The Gazette", "", "The tide is late"},
		{"after a dot", "The tide is late · The Gazette", "The Gazette", "", "The tide is late"},
		{"after colons", "The tide is late :: The Gazette", "The Gazette", "", "The tide is late"},
		{"after an angle", "The tide is late » The Gazette", "The Gazette", "", "The tide is late"},
		{"after a full-width bar", "潮が遅れた｜港新聞", "港新聞", "", "潮が遅れた"},
		{"at the front", "The Gazette | The tide is late", "The Gazette", "", "The tide is late"},
		{"spelled differently", "The tide is late | THE GAZETTE", "The Gazette", "", "The tide is late"},
		{"a section too", "The tide is late | News | The Gazette", "The Gazette", "", "The tide is late"},
		{"a section too, and an h1", "The tide is late | News | The Gazette", "", "The tide is late", "The tide is late"},
		{"a hyphen in the headline", "The tide-table is late - The Gazette", "The Gazette", "", "The tide-table is late"},
		{"a dash in the headline", "The tide – late again – The Gazette", "The Gazette", "", "The tide – late again"},
		{"a colon is not a separator before a site", "The tide: a history", "a history", "", "The tide: a history"},
		{"a site that nobody names", "The tide is late | The Gazette", "", "", "The tide is late"},
		{"a long tail is not a site", "The tide is late | and other things that nobody told us", "", "", "The tide is late | and other things that nobody told us"},
		{"a short head is not a headline", "Tide | The Gazette", "", "", "Tide | The Gazette"},
		{"another name", "The tide is late | The Harbour Herald", "The Gazette", "", "The tide is late | The Harbour Herald"},
		{"the source in brackets", "The tide is late (from The Gazette)", "The Gazette", "", "The tide is late"},
		{"other words in brackets", "The tide is late (again)", "The Gazette", "", "The tide is late (again)"},
		{"the site alone", "The Gazette", "The Gazette", "", "The Gazette"},
		{"nothing", "", "The Gazette", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			var h1 []string
			if c.h1 != "" {
				h1 = []string{c.h1}
			}
			names := SiteNames{}
			if c.site != "" {
				names = SiteNames{Folded: []string{text.FoldLetters(c.site)}, Declared: true}
			}
			assert.Equal(t, c.want, names.Strip(c.title, h1))
		})
	}
}
