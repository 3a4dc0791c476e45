package scraper

import (
	"cmp"
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// onceSite is a site on which a crawl could easily request a page twice, or miss one.
type onceSite struct {
	build func(t *testing.T, web *site)
	pages []string // that are delivered
	more  []string // other requests, such as those for addresses that redirect
}

// text serves a page with its own text and some HTML.
func (s *site) text(path, more string) {
	s.handle(path, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = fmt.Fprintf(w, "<!doctype html><title>%[1]s</title><p>This is what %[1]s says.</p>%s", path, more)
	})
}

func onceSites() map[string]onceSite {
	return map[string]onceSite{
		"folders with and without a slash": {build: func(_ *testing.T, web *site) {
			web.text("/", "<a href=/tide>x</a><a href=/tide/>x</a><a href=/tide/ebb>x</a>")
			web.redirect("/tide", "/tide/")
			web.text("/tide/", "<a href=ebb/>x</a><a href=..>x</a><a href=../tide>x</a>")
			web.redirect("/tide/ebb", "/tide/ebb/")
			web.text("/tide/ebb/", "<a href=../..>x</a>")
		}, pages: []string{"/", "/tide/", "/tide/ebb/"}, more: []string{"/tide", "/tide/ebb"}},
		"spellings of one address": {build: func(_ *testing.T, web *site) {
			web.text("/", "<a href=/a/../ebb>x</a><a href='/%65bb'>x</a><a href='/ebb#low'>x</a><a href='/ebb?'>x</a>"+
				"<a href='./ebb'>x</a><a href='//"+web.Listener.Addr().String()+"/ebb'>x</a><a href=' /ebb\n'>x</a>")
			web.text("/ebb", "<a href='/?utm_source=ebb'>x</a>")
		}, pages: []string{"/", "/ebb"}},
		"a base in each folder": {build: func(_ *testing.T, web *site) {
			web.text("/", "<base href='/quay/'><a href=ebb>x</a>")
			web.text("/quay/ebb", "<base href='north/'><a href=flood>x</a><a href='?'>x</a>")
			web.text("/quay/north/flood", "<a href='/'>x</a>")
			web.text("/quay/north/", "<a href='flood'>x</a>")
		}, pages: []string{"/", "/quay/ebb", "/quay/north/", "/quay/north/flood"}},
		"the first page of a list has two addresses": {build: func(_ *testing.T, web *site) {
			web.text("/", "<a href='/list?page=1'>1</a><a href='/list?page=2'>2</a><a href='/list'>list</a>")
			web.handle("/list", func(w http.ResponseWriter, r *http.Request) {
				page := cmp.Or(r.URL.Query().Get("page"), "1")
				nothing(w, "Ships", "/ship"+page)
				_, _ = fmt.Fprintf(w, "<p>Page %s</p>", page)
			})
			web.text("/ship1", "")
			web.text("/ship2", "")
		}, pages: []string{"/", "/list?page=1", "/list?page=2", "/ship1", "/ship2"}, more: []string{"/list"}},
		"redirects of every kind": {build: func(_ *testing.T, web *site) {
			web.text("/", "<a href=/303>x</a><a href=/307>x</a><a href=/308>x</a>")
			for status, to := range map[int]string{303: "?ebb", 307: "./flood", 308: web.URL + "/slack"} {
				web.handle(fmt.Sprintf("/%d", status), func(w http.ResponseWriter, r *http.Request) {
					if r.URL.RawQuery != "" {
						writePage(w, "ebb", "/flood", "/slack")
						return
					}
					w.Header().Set("Location", to)
					w.WriteHeader(status)
				})
			}
			web.text("/flood", "")
			web.text("/slack", "")
		}, pages: []string{"/", "/303?ebb", "/flood", "/slack"}, more: []string{"/303", "/307", "/308"}},
		"maps, frames and links in the head": {build: func(_ *testing.T, web *site) {
			web.text("/", "<map><area href=/ebb></map><iframe src=/flood></iframe><link rel=next href=/slack><link rel=stylesheet href=/s.css>")
			web.text("/ebb", "<svg><a xlink:href=/flood><text>x</text></a></svg>")
			web.text("/flood", "<a href=/ebb download>x</a><a href=mailto:a@quay.example>x</a>")
			web.text("/slack", "<link rel=prev href=/>")
		}, pages: []string{"/", "/ebb", "/flood", "/slack"}},
		"a session in each link": {build: func(_ *testing.T, web *site) {
			n := 0
			page := func(title string, links ...string) http.HandlerFunc {
				return func(w http.ResponseWriter, _ *http.Request) {
					for i := range links {
						n++
						links[i], _, _ = strings.Cut(links[i], "?")
						links[i] += fmt.Sprintf("?PHPSESSID=%032x", n)
					}
					writePage(w, title, links...)
				}
			}
			web.handle("/", page("front", "/ebb", "/flood"))
			web.handle("/ebb", page("ebb", "/", "/flood"))
			web.handle("/flood", page("flood", "/", "/ebb"))
		}, pages: []string{"/", "/ebb", "/flood"}},
		"print versions that name their story": {build: func(_ *testing.T, web *site) {
			web.text("/", "<a href=/print/ebb>x</a><a href=/print/flood>x</a><a href=/ebb>x</a>")
			for i, name := range []string{"ebb", "flood"} {
				story := "<!doctype html><title>" + name + "</title><link rel=canonical href=/" + name + "><p>" + teaser(i) + teaser(i+2)
				for path, more := range map[string]string{"/" + name: "<a href=/print/" + name + ">print</a>", "/print/" + name: ""} {
					web.handle(path, func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, story+more) })
				}
			}
		}, pages: []string{"/", "/ebb", "/flood"}, more: []string{"/print/ebb", "/print/flood"}},
		"compressed pages in old encodings": {build: func(_ *testing.T, web *site) {
			web.handle("/", func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Type", "text/html; charset=windows-1251")
				w.Header().Set("Content-Encoding", "gzip")
				z := gzip.NewWriter(w)
				_, _ = io.WriteString(z, "<title>\xcf\xf0\xe8\xeb\xe8\xe2</title><a href='/\xef\xf0\xe8\xeb\xe8\xe2'>x</a><a href='/%D0%BF%D1%80%D0%B8%D0%BB%D0%B8%D0%B2'>x</a>")
				_ = z.Close()
			})
			web.text("/прилив", "<a href='/'>x</a>")
		}, pages: []string{"/", "/%D0%BF%D1%80%D0%B8%D0%BB%D0%B8%D0%B2"}},
		"sitemap, feed and links name the same pages": {build: func(_ *testing.T, web *site) {
			web.robots("Sitemap: /map.xml\nUser-agent: *\nCrawl-delay: 0.01")
			web.text("/", "<a href=/ebb>x</a><link rel=alternate type=application/atom+xml href=/feed>")
			web.handle("/map.xml", func(w http.ResponseWriter, _ *http.Request) {
				_, _ = fmt.Fprintf(w, "<urlset><url><loc>%[1]s/ebb</loc></url><url><loc>%[1]s/flood#x</loc></url><url><loc>%[1]s</loc></url></urlset>", web.URL)
			})
			web.handle("/feed", func(w http.ResponseWriter, _ *http.Request) {
				_, _ = fmt.Fprintf(w, "<feed xmlns='http://www.w3.org/2005/Atom'><entry><link href='%[1]s/flood?utm_medium=feed'/></entry>"+
					"<entry><link href='%[1]s/slack'/></entry></feed>", web.URL)
			})
			web.text("/ebb", "<a href=/flood>x</a>")
			web.text("/flood", "")
			web.text("/slack", "")
		}, pages: []string{"/", "/ebb", "/flood", "/slack"}, more: []string{"/feed", "/map.xml"}},
	}
}

// Every page of these sites is delivered once. Every address is requested once, one at a time, with the delay between
// two requests.
func TestEachPageOnce(t *testing.T) {
	t.Parallel() // mostly waiting
	const delay = 10 * time.Millisecond
	for name, c := range onceSites() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			web := newSite(t)
			c.build(t, web)
			var got collector
			stats, err := newScraper(t, func(o *Options) { o.Delay = delay }).
				Crawl(t.Context(), Job{Seeds: []string{web.URL}, Sitemaps: true, Feeds: true}, got.handle)
			require.NoError(t, err)
			slices.Sort(got.pages)
			assert.Equal(t, c.pages, got.pages)
			assert.Zero(t, stats.Failed)
			asked := slices.DeleteFunc(web.asked(), func(path string) bool { return path == "/sitemap.xml" })
			assert.ElementsMatch(t, slices.Concat(c.pages, c.more), asked)
			assertPace(t, web, delay)
		})
	}
}
