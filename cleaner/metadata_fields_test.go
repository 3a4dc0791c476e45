package cleaner

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/dechaff/dechaff/cleaner/internal/metadata"
)

// fields maps the names of fields in Provenance to functions that return the field as a string.
var fields = map[string]func(m *metadata.Fields) string{
	"canonical": func(m *metadata.Fields) string { return m.Canonical },
	"image":     func(m *metadata.Fields) string { return m.Image },
	"language":  func(m *metadata.Fields) string { return m.Language },
	"site_name": func(m *metadata.Fields) string { return m.SiteName },
	"excerpt":   func(m *metadata.Fields) string { return m.Excerpt },
	"title":     func(m *metadata.Fields) string { return m.Title },
	"tags":      func(m *metadata.Fields) string { return strings.Join(m.Tags, ", ") },
	"published": func(m *metadata.Fields) string { return m.Published.String() },
	"modified":  func(m *metadata.Fields) string { return m.Modified.String() },
}

// Each source provides the field if no other source does, and yields to the sources listed above it.
func TestSourcesOfFields(t *testing.T) {
	for field, sources := range map[string][]struct{ from, markup, want string }{
		"canonical": {
			{"link", `<link rel="Canonical nofollow" href="/tide?a=1#x">`, "https://gazette.example/tide?a=1#x"},
			{"opengraph", `<meta property="og:url" content="https://www.gazette.example/tide">`, "https://www.gazette.example/tide"},
		},
		"image": {
			{"opengraph", `<meta property="og:image" content="a.jpg">`, "https://gazette.example/news/a.jpg"},
			{"json-ld", ld(`{"@type":"Article","image":{"@type":"ImageObject","url":"//cdn.example/b.jpg"}}`), "https://cdn.example/b.jpg"},
			{"twitter", `<meta name="twitter:image" content="/c.jpg">`, "https://gazette.example/c.jpg"},
			{"microdata", `<meta itemprop="image" content="/d.jpg">`, "https://gazette.example/d.jpg"},
		},
		"language": {
			{"html lang", `<html lang="EN_gb">`, "en-GB"},
			{"json-ld", ld(`{"@type":"Article","inLanguage":"fr"}`), "fr"},
			{"http-equiv", `<meta http-equiv="Content-Language" content="de, en">`, "de"},
			{"opengraph", `<meta property="og:locale" content="es_MX">`, "es-MX"},
			{"meta", `<meta name="DC.Language" content="zh-Hant">`, "zh-Hant"},
		},
		"site_name": {
			{"opengraph", `<meta property="og:site_name" content="The Gazette">`, "The Gazette"},
			{"json-ld", ld(`{"@type":"Article","publisher":{"@type":"Organization","name":"The Herald"}}`), "The Herald"},
			{"meta", `<meta name="application-name" content="The Mercury">`, "The Mercury"},
		},
		"excerpt": {
			{"meta", `<meta name="Description" content=" It was   late. ">`, "It was late."},
			{"opengraph", `<meta property="og:description" content="It was low.">`, "It was low."},
			{"json-ld", ld(`{"@type":"Article","description":"It was wet."}`), "It was wet."},
			{"twitter", `<meta name="twitter:description" content="It was.">`, "It was."},
		},
		"title": {
			{"json-ld", ld(`{"@type":"Article","headline":"One tide"}`), "One tide"},
			{"opengraph", `<meta property="og:title" content="Two tides">`, "Two tides"},
			{"twitter", `<meta name="twitter:title" content="Three tides">`, "Three tides"},
			{"microdata", `<meta itemprop="headline" content="Four tides">`, "Four tides"},
			{"meta", `<meta name="citation_title" content="Five tides">`, "Five tides"},
			{"title", `<title>Six tides</title>`, "Six tides"},
			{"h1", `<h1>Seven ferries</h1>`, "Seven ferries"},
		},
		"tags": {
			{"opengraph", `<meta property="article:tag" content="Tide"><meta property="article:tag" content="Sea">`, "Tide, Sea"},
			{"json-ld", ld(`{"@type":"Article","keywords":"Hens, clocks"}`), "Hens, clocks"},
			{"meta", `<meta name="keywords" content="brass,,oak, BRASS">`, "brass, oak"},
		},
		"published": {
			{"json-ld", ld(`{"@type":"Article","datePublished":"2026-03-01"}`), "2026-03-01"},
			{"opengraph", `<meta property="article:published_time" content="2026-03-02">`, "2026-03-02"},
			{"microdata", `<meta itemprop="datePublished" content="2026-03-03">`, "2026-03-03"},
			{"visible date", `<time datetime="2026-03-06T08:00">today</time>`, "2026-03-06T08:00:00"},
			{"meta", `<meta name="DC.date.issued" content="2026-03-04">`, "2026-03-04"},
		},
		"modified": {
			{"json-ld", ld(`{"@type":"Article","dateModified":"2026-03-01"}`), "2026-03-01"},
			{"opengraph", `<meta property="og:updated_time" content="2026-03-02T10:00:00Z">`, "2026-03-02T10:00:00Z"},
			{"microdata", `<time itemprop="dateModified" datetime="2026-03-03">`, "2026-03-03"},
			{"meta", `<meta name="last-modified" content="2026-03-04">`, "2026-03-04"},
		},
	} {
		t.Run(field, func(t *testing.T) {
			below := ""
			for i := len(sources) - 1; i >= 0; i-- {
				s := sources[i]
				for _, page := range []string{s.markup, s.markup + below, below + s.markup} {
					if strings.HasPrefix(s.markup, "<html") && page == below+s.markup {
						continue // an html tag must come first
					}
					m := read(t, page)
					assert.Equal(t, s.want, fields[field](&m), page)
					assert.Equal(t, s.from, m.Provenance[field], page)
				}
				if !strings.Contains(s.markup, "ld+json") { // two articles in JSON-LD are tested elsewhere
					below += s.markup
				}
			}
			m := read(t, `<p>nothing`)
			assert.Empty(t, fields[field](&m))
			assert.NotContains(t, m.Provenance, field, "a source without a value")
		})
	}
}

// A value that is not the address of a web page is skipped, and the next source is used.
func TestInvalidAddresses(t *testing.T) {
	for _, href := range []string{"", " ", "javascript:x()", " JavaScript:x()", "java\nscript:x()", "data:text/html,x", "mailto:ada@gazette.example", "ftp://gazette.example/", "file:///etc", "http://", "https://gazette.example/" + strings.Repeat("x", 4000)} {
		m := read(t, `<link rel="canonical" href="`+href+`"><meta property="og:url" content="/tide">`+
			`<meta property="og:image" content="`+href+`"><meta name="twitter:image" content="/tide.jpg">`)
		assert.Equal(t, "https://gazette.example/tide", m.Canonical, "%.40s", href)
		assert.Equal(t, "https://gazette.example/tide.jpg", m.Image, "%.40s", href)
	}
}

func TestInvalidLanguages(t *testing.T) {
	for _, lang := range []string{"", "und", "english", "x", "-", "<b>", "en-", "12", strings.Repeat("en-", 100)} {
		m := read(t, `<html lang="`+lang+`"><meta property="og:locale" content="de_DE">`)
		assert.Equal(t, "de-DE", m.Language, lang)
	}
}

func TestDiscussions(t *testing.T) {
	assert.True(t, read(t, ld(`{"@type":"DiscussionForumPosting","headline":"Late?"}`)).Discussion)
	assert.True(t, read(t, ld(`{"@type":"QAPage","mainEntity":{"@type":"Question","name":"Late?"}}`)).Discussion)
	assert.False(t, read(t, ld(`{"@type":"Article","headline":"Late"}`)).Discussion)
}
