package main

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// A page whose address begins like that of an article is a view of it if it has the same title and adds nothing to the
// text, whichever of them is visited first. A page with another text is not, and neither is one with only a few words,
// like those below the pictures of a gallery.
func TestViewsAreWrittenOnce(t *testing.T) {
	text := func(what string) string {
		var b strings.Builder
		for i := range 6 {
			fmt.Fprintf(&b, "<p>Entry %[1]d about the %[2]s was written by the keeper of the %[2]s, who had counted them %[1]d times.</p>", i, what)
		}
		return b.String()
	}
	shown := func(title, text string) string {
		return `<!DOCTYPE html><html lang="en"><title>` + title + `</title><main><article><h1>` + title + `</h1>` + text + `</article></main>`
	}
	links := ""
	for _, address := range []string{
		"/log?id=3", "/log?id=4", "/log?id=3&view=plain", "/ropes/", "/ropes/comments-1", "/bells/all", "/picture?n=1", "/picture?n=2",
	} {
		links += `<a href="` + strings.ReplaceAll(address, "&", "&amp;") + `">x</a> `
	}
	comments := `<section id="comments"><h2>Comments</h2><p>I have seen them too, and my sister counted them twice.</p></section>`
	site := newSite(t, map[string]string{
		"/":                    shown("Harbour office", text("office")) + links,
		"/log?id=3":            shown("Log", text("tides")),
		"/log?id=4":            shown("Log", text("winds")),
		"/log?id=3&view=plain": shown("Log", text("tides")) + `<nav><a href="/log?id=3">Close this view</a></nav>`,
		"/ropes/":              shown("Ropes", text("ropes")),
		"/ropes/comments-1":    shown("Ropes", text("ropes")) + comments,
		"/bells/all":           shown("Bells", text("bells")) + `<a href="/bells">b</a>`,
		"/bells":               shown("Bells", text("bells")) + comments,
		"/picture?n=1":         shown("Picture", `<p><img src="/1.png" alt="A quay"></p><p>To be seen in the office until May.</p>`),
		"/picture?n=2":         shown("Picture", `<p><img src="/2.png" alt="A quay"></p><p>To be seen in the office until May.</p>`),
	})
	addresses, stdout := crawled(t, site.URL+"/")
	for i, address := range addresses { // of two views, the one that was visited first is written
		switch address {
		case "ropes/comments-1":
			addresses[i] = "ropes/"
		case "bells":
			addresses[i] = "bells/all"
		}
	}
	assert.ElementsMatch(t, []string{"", "log?id=3", "log?id=4", "ropes/", "bells/all", "picture?n=1", "picture?n=2"}, addresses)
	assert.Contains(t, stdout, "Views     3 pages left out")
}
