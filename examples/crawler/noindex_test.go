package main

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// wikiSite serves a wiki whose forms are marked noindex and whose articles have a print view under the same path.
func wikiSite(t *testing.T) *httptest.Server {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		page := ""
		switch r.URL.RequestURI() {
		case "/tides":
			page = article("Tides", `<p>The keeper lives by the slate.</p><a href="/tides?print">p</a>
				<a href="/tides?edit">e</a><a href="/tides?map">m</a><a href="/ebb">ebb</a><a href="/show?media=slate.png">s</a>`)
		case "/tides?print":
			page = article("Tides", `<a href="/tides">t</a>`)
		case "/tides?map":
			page = article("Tides on the map", `<a href="/tides">t</a>`)
		case "/tides?edit":
			page = `<meta name="robots" content="noindex">` + article("Editing Tides", `<a href="/flood">flood</a>`)
		case "/ebb", "/flood":
			page = article("On "+r.URL.Path[1:], "")
		case "/show?media=slate.png":
			page = article("slate.png", "")
		default:
			http.NotFound(w, r)
		}
		_, _ = w.Write([]byte(page))
	}))
	t.Cleanup(s.Close)
	return s
}

// crawled returns the addresses of a crawl's articles, relative to the seed.
func crawled(t *testing.T, site string, args ...string) (addresses []string, stdout string) {
	t.Helper()
	out := t.TempDir()
	code, stdout, stderr := crawl(t, out, append(args, "-allow-private", site)...)
	require.Zero(t, code, stderr)
	for _, line := range lines(t, out) {
		addresses = append(addresses, strings.TrimPrefix(line["url"].(string), site))
	}
	return addresses, stdout
}

func TestNoIndexPagesAreNotArticles(t *testing.T) {
	site := wikiSite(t).URL
	for _, args := range [][]string{nil, {"-state", filepath.Join(t.TempDir(), "crawl.db")}} {
		addresses, stdout := crawled(t, site+"/tides", args...)
		assert.ElementsMatch(t, []string{"", "?map", site + "/ebb", site + "/flood"}, addresses)
		assert.Contains(t, stdout, "5 handled, 0 failed")
		assert.Regexp(t, `1  marked noindex`, stdout)
		assert.Contains(t, stdout, "Views     1 pages left out")
	}
	addresses, stdout := crawled(t, site+"/tides", "-noindex", "keep")
	assert.ElementsMatch(t, []string{"", "?map", "?edit", site + "/ebb", site + "/flood"}, addresses)
	assert.NotContains(t, stdout, "noindex")
}

func TestNoIndexFlag(t *testing.T) {
	for _, value := range []string{"yes", "", "SKIP"} {
		code, _, stderr := crawl(t, t.TempDir(), "-noindex", value, "http://127.0.0.1:1/")
		assert.Equal(t, exitUsage, code)
		assert.Contains(t, stderr, "-noindex must be skip or keep")
	}
}

// A front page that shows whole articles is not a view of any of them, whatever its title is.
func TestFrontPageOfWholeArticles(t *testing.T) {
	var posts [3]string
	for i, name := range []string{"tide", "wind", "fog"} {
		posts[i] = fmt.Sprintf(`<p>The %[1]s came in at six and went out again at noon, as the table said.</p>
			<p>Nobody but the keeper of the %[1]s was surprised by it, and he has told his sister.</p>`, name)
	}
	shown := func(text string) string {
		return `<!DOCTYPE html><title>Harbour diary</title><article><h1>Harbour diary</h1>` + text + `</article>`
	}
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		links := `<a href="/?p=0">0</a><a href="/?p=1">1</a><a href="/two">2</a><a href="/index">front</a>`
		switch r.URL.RequestURI() {
		case "/", "/index":
			_, _ = io.WriteString(w, shown(strings.Join(posts[:], ""))+links)
		case "/?p=0":
			_, _ = io.WriteString(w, shown(posts[0]))
		case "/?p=1":
			_, _ = io.WriteString(w, shown(posts[1]))
		case "/two":
			_, _ = io.WriteString(w, shown(posts[2]))
		default:
			http.NotFound(w, r)
		}
	}))
	t.Cleanup(s.Close)
	addresses, _ := crawled(t, s.URL+"/", "-no-site")
	assert.ElementsMatch(t, []string{"", "?p=0", "?p=1", "two"}, addresses)
}

// A page that only lists articles is not an article. A short article with many links is an article, and so is a list
// that describes its entries.
func TestListsAreNotArticles(t *testing.T) {
	names := strings.Fields("Cranes Dredging Ferries Gulls Ketches Lights Pilots Ropes Skerries Tides")
	var links, described strings.Builder
	for _, name := range names {
		fmt.Fprintf(&links, `<li><a href="/%s">%[1]s</a></li>`, name)
		fmt.Fprintf(&described, `<li><a href="/%s">%[1]s</a>, which the watch looks after in winter</li>`, name)
	}
	page := func(title, text string) string {
		return `<!DOCTYPE html><html lang="en"><title>` + title + ` - Harbour wiki</title><body><div id="content">
			<h1>` + title + `</h1><div id="text">` + text + `</div></div></body></html>`
	}
	pages := map[string]string{
		"/": article("Harbour", `<a href="/Category:Boats">b</a><a href="/Category:Watch">w</a><a href="/stub">s</a>`),
		"/Category:Boats": page("Category:Boats", `<h2>Pages in category "Boats"</h2>
			<p>The following 10 pages are in this category, out of 10 total.</p><ul>`+links.String()+`</ul>`),
		"/Category:Watch": page("Category:Watch", `<h2>Pages in category "Watch"</h2><ul>`+described.String()+`</ul>`),
		"/stub": page("North Holm", `<p>North Holm is an island an hour east of the harbour, on which nobody has lived since
			the well ran dry, and where the ferry lands on the first Sunday of each month to look after the light.</p>
			<h2>See also</h2><ul>`+links.String()+`</ul>`),
	}
	for i, name := range names {
		pages["/"+name] = article(fmt.Sprint(name, i), "")
	}
	site := newSite(t, pages).URL + "/"
	code, stdout, stderr := crawl(t, t.TempDir(), "-allow-private", site)
	require.Zero(t, code, stderr)
	assert.Contains(t, stdout, "1 pages that only list others")
	out := t.TempDir()
	code, stdout, stderr = crawl(t, out, "-allow-private", "-listings", site)
	require.Zero(t, code, stderr)
	assert.Contains(t, stdout, "1 pages without one")
	list := lines(t, out)
	assert.Len(t, list, len(pages)-1)
	for _, line := range list {
		assert.NotContains(t, line["url"], "Category:Boats")
	}
}

// A page that only asks for a password is not an article. An article with a form to sign in below it is.
func TestLockedPagesAreNotArticles(t *testing.T) {
	const form = `<form class="post-password-form" method="post" action="/login"><p>This entry is protected. To view it, please enter the
		password that hangs in the office below:</p><p><label>Password: <input name="password" type="password"></label>
		<input type="submit" value="Enter"></p></form>`
	shown := func(title, text string) string {
		return `<!DOCTYPE html><html lang="en"><title>` + title + `</title><main><article><h1>` + title + `</h1>` + text + `</article></main>`
	}
	site := newSite(t, map[string]string{
		"/":       article("Harbour office", `<a href="/locked">l</a> <a href="/short">s</a>`),
		"/locked": shown("Protected: The keys", form),
		"/short": shown("The slate", `<p>The slate by the door is washed on Mondays, and whoever has written on it is asked to copy the line into
			the book before that, because the keeper does not look at it twice.</p>`+form),
	})
	addresses, stdout := crawled(t, site.URL+"/")
	assert.ElementsMatch(t, []string{"", "short"}, addresses)
	assert.Contains(t, stdout, "1 pages without one")
}
