package cleaner

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/dechaff/dechaff/cleaner/internal/metadata"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

func TestStripSite(t *testing.T) {
	for _, c := range []struct{ name, title, site, h1, want string }{
		{"behind a bar", "The tide is late | The Gazette", "The Gazette", "", "The tide is late"},
		{"behind a hyphen", "The tide is late - The Gazette", "The Gazette", "", "The tide is late"},
		{"behind a dash", "The tide is late — The Gazette", "The Gazette", "", "The tide is late"},
		{"behind a dot", "The tide is late · The Gazette", "The Gazette", "", "The tide is late"},
		{"behind colons", "The tide is late :: The Gazette", "The Gazette", "", "The tide is late"},
		{"behind an angle", "The tide is late » The Gazette", "The Gazette", "", "The tide is late"},
		{"behind a full-width bar", "潮が遅れた｜港新聞", "港新聞", "", "潮が遅れた"},
		{"in front", "The Gazette | The tide is late", "The Gazette", "", "The tide is late"},
		{"spelt otherwise", "The tide is late | THE GAZETTE", "The Gazette", "", "The tide is late"},
		{"a section too", "The tide is late | News | The Gazette", "The Gazette", "", "The tide is late"},
		{"a section too, and an h1", "The tide is late | News | The Gazette", "", "The tide is late", "The tide is late"},
		{"a hyphen in the headline", "The tide-table is late - The Gazette", "The Gazette", "", "The tide-table is late"},
		{"a dash in the headline", "The tide – late again – The Gazette", "The Gazette", "", "The tide – late again"},
		{"a colon is no separator before a site", "The tide: a history", "a history", "", "The tide: a history"},
		{"a site that nobody names", "The tide is late | The Gazette", "", "", "The tide is late"},
		{"a long tail is no site", "The tide is late | and other things that nobody told us", "", "", "The tide is late | and other things that nobody told us"},
		{"a short head is no headline", "Tide | The Gazette", "", "", "Tide | The Gazette"},
		{"another name", "The tide is late | The Harbour Herald", "The Gazette", "", "The tide is late | The Harbour Herald"},
		{"the site alone", "The Gazette", "The Gazette", "", "The Gazette"},
		{"nothing", "", "The Gazette", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			var h1 []string
			if c.h1 != "" {
				h1 = []string{c.h1}
			}
			names := metadata.SiteNames{}
			if c.site != "" {
				names = metadata.SiteNames{Folded: []string{text.FoldLetters(c.site)}, Declared: true}
			}
			assert.Equal(t, c.want, names.Strip(c.title, h1))
		})
	}
}

func TestSplitNames(t *testing.T) {
	for _, c := range []struct {
		name, value string
		want        []string
	}{
		{"one", "Ada Pell", []string{"Ada Pell"}},
		{"English", "Written by Ada Pell, Bo Ek and Cy Orr", []string{"Ada Pell", "Bo Ek", "Cy Orr"}},
		{"English, in capitals", "BY ADA PELL & BO EK", []string{"ADA PELL", "BO EK"}},
		{"French", "Propos recueillis par Solène de la Tour et Yves Brun", []string{"Solène de la Tour", "Yves Brun"}},
		{"German", "Ein Gastbeitrag von Ada Pell und Bo Ek", []string{"Ada Pell", "Bo Ek"}},
		{"German nobility", "Von Eva von Ahrens", []string{"Eva von Ahrens"}},
		{"Spanish", "Por Eudocia Pabón y Nelson Arboleda", []string{"Eudocia Pabón", "Nelson Arboleda"}},
		{"Italian", "A cura di Pia Conti e Ugo Neri", []string{"Pia Conti", "Ugo Neri"}},
		{"Dutch", "Door Jan de Wit en Eef Bos", []string{"Jan de Wit", "Eef Bos"}},
		{"Polish", "Autor: Jan Kruk i Ewa Lis", []string{"Jan Kruk", "Ewa Lis"}},
		{"Russian", "Автор: Анна Белова и Пётр Лунин", []string{"Анна Белова", "Пётр Лунин"}},
		{"Turkish", "Yazan: Ali Kaya ve Su Deniz", []string{"Ali Kaya", "Su Deniz"}},
		{"Arabic", "كتب: سلمى الحداد ونادر صالح", []string{"سلمى الحداد", "نادر صالح"}},
		{"Chinese", "作者：李明、王小红", []string{"李明", "王小红"}},
		{"Japanese", "文：水島かおり", []string{"水島かおり"}},
		{"Korean", "글: 김하늘", []string{"김하늘"}},
		{"a longer word", "Byron Ek", []string{"Byron Ek"}},
		{"markup and entities", "By <b>Ada&nbsp;Pell</b>&amp; Bo Ek", []string{"Ada Pell", "Bo Ek"}},
		{"twice", "Ada Pell, ada pell", []string{"Ada Pell"}},
		{"signs at the ends", "• Ada Pell. –", []string{"Ada Pell"}},
		{"an account", "admin", nil},
		{"an account of the site", "Administrator", nil},
		{"an address", "https://network.example/ada", nil},
		{"a mail address", "ada@gazette.example", nil},
		{"a handle", "@ada", nil},
		{"a number", "user1234", nil},
		{"the site", "The Gazette", []string{"The Gazette"}},
		{"the site and a person", "Ada Pell, the gazette", []string{"Ada Pell"}},
		{"a sentence", "Ada Pell has lived in this harbour for more years than she can count", nil},
		{"nothing but signs", "– • –", nil},
		{"nothing", "", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			assert.Equal(t, c.want, metadata.SplitNames([]string{c.value}, metadata.SiteNames{Folded: []string{text.FoldLetters("The Gazette")}}))
		})
	}
	assert.Len(t, metadata.SplitNames([]string{strings.Repeat("a", 3) + strings.Join(strings.Split("bcdefghijklmnopqrstuvwxyz", ""), ",x")}, metadata.SiteNames{}), 16, "a bounded list")
}

// Every source of an author is read, and in this order.
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
		if i > 0 { // one article for each page
			page = organization
		}
		for _, s := range sources[i:] {
			page = s.markup + page // the order on the page is not what counts
		}
		m := read(t, page)
		assert.Equal(t, want[i], m.Byline)
		assert.Equal(t, sources[i].from, m.Provenance["authors"])
		assert.Equal(t, sources[i].from, m.Provenance["byline"])
	}
	assert.Equal(t, "Tide Board", read(t, organization).Byline, "an organisation where there is nobody else")
}
