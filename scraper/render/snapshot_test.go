package render

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/dechaff/dechaff/scraper"
)

// TestNamesInMarkup renders a page whose forms and fields have the names of properties that this package's scripts use.
// In a browser, such a name hides the property of the document or of the form.
func TestNamesInMarkup(t *testing.T) {
	t.Parallel()
	web := newSite(t, map[string]string{"/": `<form name="body"><input name="shadowRoot"><input name="localName"></form>
		<form name="documentElement"></form><form name="querySelector"></form><form name="querySelectorAll"></form>
		<form name="getElementsByTagName"></form><holm-story></holm-story><noscript>Enable scripts</noscript><script>
		customElements.define("holm-story", class extends HTMLElement {
			connectedCallback() { this.attachShadow({mode: "open"}).innerHTML = "<p>` + story + `</p>" } })</script>`})
	for name, browser := range map[string]func(*testing.T) *Browser{
		"quiet": commonBrowser,
		"selector": func(t *testing.T) *Browser {
			t.Helper()
			return newBrowser(t, func(o *Options) { o.Selector = "holm-story" })
		},
	} {
		t.Run(name, func(t *testing.T) {
			b := browser(t)
			_, text := fetchText(t, newScraper(t, b, scraper.RenderAlways), web.URL+"/")
			assert.Contains(t, text, `<template shadowrootmode="open"><p>`+story)
			assert.Contains(t, text, `<input name="shadowRoot">`)
			assert.NotContains(t, text, "<noscript>")
		})
	}
}
