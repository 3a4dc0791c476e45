package render

import (
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/dechaff/dechaff/scraper"
)

// storing is a page that stores data in every way, while it is open and while it is closed.
const storing = `<div id=root></div><script src="/app.js"></script><script>
	const store = when => {
		name += when
		localStorage.setItem(when, 1)
		sessionStorage.setItem(when, 1)
		document.cookie = when + "=1; max-age=3600"
		indexedDB.open(when)
	}
	store("open")
	history.pushState({}, "", "?view=2")
	for (const when of ["beforeunload", "pagehide", "unload", "visibilitychange"]) addEventListener(when, () => {
		for (let i = 0; i < 1e7; i++);
		store(when)
	})
	const load = async () => { while (!root.firstChild) await fetch("/wait") }
	load()
	;(async () => {
		await (await caches.open("boats")).put("/boat", new Response("gull"))
		await (await navigator.storage.getDirectory()).getFileHandle("boat", {create: true})
		root.innerHTML = "<p id=stored>stored</p>"
	})()
	</script>`

// reading is a page that reports what it finds of the data that an earlier page stored.
const reading = `<div id=root></div><script src="/app.js"></script><script>
	const found = [name, ...Object.keys(localStorage), ...Object.keys(sessionStorage), document.cookie]
	const steps = history.length
	const load = async () => { while (!root.firstChild) await fetch("/wait") }
	load()
	;(async () => {
		for (const db of await indexedDB.databases()) found.push("database " + db.name)
		for (const cache of await caches.keys()) found.push("cache " + cache)
		for await (const file of (await navigator.storage.getDirectory()).keys()) found.push("file " + file)
		root.innerHTML = "<p id=found>" + found.filter(s => s).join() + "; " + steps + " steps</p>"
	})()
	</script>`

func newStoringSite(t *testing.T) *site {
	t.Helper()
	web := newSite(t, map[string]string{"/one": storing, "/two": reading})
	web.wait("/wait", 50*time.Millisecond) // a page is not finished while it loads something
	web.mux.HandleFunc("/app.js", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/javascript")
		w.Header().Set("Cache-Control", "max-age=3600")
	})
	return web
}

func newStoringScraper(t *testing.T) *scraper.Scraper {
	t.Helper()
	return newScraper(t, newBrowser(t, func(o *Options) { o.Selector = "#stored, #found" }), scraper.RenderAlways)
}

// TestNothingStays visits pages of a host in the same tab. No page sees the data that an earlier page stored, but the
// scripts of the host are cached.
func TestNothingStays(t *testing.T) {
	t.Parallel()
	web := newStoringSite(t)
	s := newStoringScraper(t)
	for range 2 {
		_, text := fetchText(t, s, web.URL+"/one")
		assert.Contains(t, text, `<p id="stored">`)
		_, text = fetchText(t, s, web.URL+"/two")
		assert.Contains(t, text, `<p id="found">; 2 steps</p>`)
	}
	assert.Equal(t, 1, web.count("/app.js"))
}

// TestOriginsShareNothing visits two ports of a host. For cookies, browsers do not distinguish ports.
func TestOriginsShareNothing(t *testing.T) {
	t.Parallel()
	one, two := newStoringSite(t), newStoringSite(t)
	s := newStoringScraper(t)
	fetchText(t, s, one.URL+"/one")
	_, text := fetchText(t, s, two.URL+"/two")
	assert.Contains(t, text, `<p id="found">; 2 steps</p>`)
	assert.Equal(t, 1, two.count("/app.js"))
}

// TestGoingBackKeepsThePage renders a page whose script goes back in the tab's history, to before the page.
func TestGoingBackKeepsThePage(t *testing.T) {
	t.Parallel()
	web := newSite(t, map[string]string{"/": `<div id=root></div><script>history.back(); history.go(-2)
		fetch("/").then(() => { root.textContent = "` + story + `" })</script>`})
	s := newScraper(t, newBrowser(t, func(o *Options) { o.Wait = time.Second }), scraper.RenderAlways)
	for range 2 {
		page, text := fetchText(t, s, web.URL+"/")
		assert.True(t, page.Rendered)
		assert.Contains(t, text, `<div id="root">`+story)
	}
}
