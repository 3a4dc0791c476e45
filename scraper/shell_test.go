package scraper

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// stamp is a Renderer without a browser. It renders every page as the HTML in its field html, and fails for addresses
// that contain "broken".
type stamp struct {
	mu    sync.Mutex
	asked []RenderRequest
	html  string
	left  string // Rendering.Redirect
}

var errStamp = errors.New("broken")

func (s *stamp) Render(_ context.Context, page RenderRequest) (Rendering, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked = append(s.asked, page)
	if strings.Contains(page.URL, "broken") {
		return Rendering{}, errStamp
	}
	return Rendering{HTML: []byte(s.html), Redirect: s.left, Bytes: 5}, nil
}

func prose(n int) string { return strings.Repeat("The gulls were out early again. ", n) }

func TestIsShell(t *testing.T) {
	const script = `<script src="/app.js"></script>`
	menu := `<nav><a href="/a">First</a> <a href="/b">Second</a></nav>`
	long := menu + "<p>" + prose(60)
	for name, tt := range map[string]struct {
		page string
		want bool
	}{
		"empty":                       {`<div id="root"></div>` + script, true},
		"empty, without a script":     {`<div id="root"></div>`, false},
		"empty, with data only":       {`<div id="x"></div><script type="application/ld+json">{}</script>`, false},
		"a module":                    {`<div id="x"></div><script type="module" src="/app.js"></script>`, true},
		"text":                        {long + script, false},
		"text, empty root":            {long + `<div id="root"></div>` + script, false},
		"a menu":                      {menu + script, true},
		"a menu and an empty root":    {menu + "<p>" + prose(9) + `</p><div id="app">Loading …</div>` + script, true},
		"a menu and a custom element": {menu + "<p>" + prose(9) + "</p><app-main></app-main>" + script, true},
		"a menu and a short text":     {menu + "<p>" + prose(9) + "</p>" + script, false},
		"a filled root":               {menu + `<div id="root"><p>` + prose(9) + "</div>" + script, false},
		"a noscript":                  {menu + "<p>" + prose(9) + "</p><noscript>Bitte aktivieren Sie JavaScript.</noscript>" + script, true},
		"a noscript in Japanese":      {menu + "<p>" + prose(9) + "</p><noscript>有効にしてください</noscript>" + script, true},
		"a noscript with a picture":   {menu + "<p>" + prose(9) + `</p><noscript><img src="/x.gif"></noscript>` + script, false},
		"a noscript with a frame":     {menu + "<p>" + prose(9) + `</p><noscript><iframe src="//t.example/x.html">no frames</iframe></noscript>` + script, false},
		"Chinese text":                {menu + "<p>" + strings.Repeat("海鸥今天很早就出来了。", 9) + script, false},
		"text in the state": {`<div id="__next"></div><script id="__NEXT_DATA__" type="application/json">{"props": {"text": "` +
			prose(30) + `"}}</script>` + script, false},
		"a state without text":      {`<div id="__next"></div><script type="application/json">{"props": {"text": "No"}}</script>` + script, true},
		"a long program":            {`<div id="root"></div><script>` + strings.Repeat("var a = 1; let b = f(a, 2) + 3;\n", 99) + `</script>`, true},
		"no link onward":            {"<p>" + prose(90) + script, true},
		"only links to other hosts": {"<p>" + prose(90) + `<a href="https://other.example/">Made with</a>` + script, true},
		"no link onward, no script": {"<p>" + prose(90), false},
	} {
		t.Run(name, func(t *testing.T) {
			s := newScraper(t, nil)
			res := &response{
				status: http.StatusOK, header: http.Header{"Content-Type": {"text/html; charset=utf-8"}},
				body: []byte("<!DOCTYPE html><title>Page</title><body>" + tt.page),
			}
			page, err := s.newPage(Request{URL: "http://site.example/story"}, res)
			require.NoError(t, err)
			links, _ := page.links()
			assert.Equal(t, tt.want, page.isShell(len(page.words()), links))
		})
	}
}

// A page that is rendered is requested once, under the rules for all pages, and is delivered as it was rendered.
func TestRenderedPage(t *testing.T) {
	web := newSite(t)
	shell := `<div id="root"></div><script></script>`
	for _, path := range []string{"/", "/broken", "/forbidden"} {
		web.handle(path, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html; charset=iso-8859-1")
			w.Header().Set("ETag", `"1"`)
			_, _ = fmt.Fprint(w, shell)
		})
	}
	web.page("/full", "/a", "/b")
	web.handle("/broken-full", func(w http.ResponseWriter, _ *http.Request) {
		writePage(w, prose(90), "/a", "/b")
	})
	web.robots("User-agent: *\nDisallow: /forbidden")
	r := &stamp{html: "<title>Gulls</title><p>Möwen " + prose(3) + `<a href="/next">next</a>`}
	s := newScraper(t, func(o *Options) { o.Render, o.Renderer, o.UserAgent = RenderWhenEmpty, r, "GullBot/1" })
	page, err := s.Fetch(t.Context(), web.URL+"/")
	require.NoError(t, err)
	assert.True(t, page.Rendered)
	assert.Equal(t, r.html, string(page.Body))
	assert.Equal(t, "utf-8", page.Encoding)
	require.Len(t, r.asked, 1)
	assert.Equal(t, shell, string(r.asked[0].Body))
	assert.Equal(t, "GullBot/1", r.asked[0].UserAgent)
	var outcome Outcome
	for outcome.Kind != OutcomeDone {
		outcome, err = s.Visit(t.Context(), Request{URL: web.URL + "/"}, nil)
		require.NoError(t, err)
	}
	assert.Contains(t, outcome.Links, web.URL+"/next")

	_, err = s.Fetch(t.Context(), web.URL+"/broken")
	require.ErrorIs(t, err, ErrRender)
	require.ErrorIs(t, err, errStamp)
	assert.Equal(t, "the page could not be rendered", Reason(err))
	_, err = s.Fetch(t.Context(), web.URL+"/forbidden")
	require.ErrorIs(t, err, ErrRobots)
	r.left = "/full"
	page, err = s.Fetch(t.Context(), web.URL+"/")
	require.NoError(t, err)
	assert.Equal(t, []string{web.URL + "/"}, page.Request.Via)

	always := newScraper(t, func(o *Options) { o.Render, o.Renderer = RenderAlways, &stamp{html: r.html, left: "/"} })
	page, err = always.Fetch(t.Context(), web.URL+"/broken-full")
	require.NoError(t, err)
	assert.False(t, page.Rendered, "it has text without its scripts")
	require.ErrorIs(t, page.RenderErr, errStamp)
	page, err = always.Fetch(t.Context(), web.URL+"/")
	require.NoError(t, err)
	assert.True(t, page.Rendered, "a page that reloads itself is rendered")
}

func TestRenderOptions(t *testing.T) {
	for name, o := range map[string]Options{
		"no renderer":  {Render: RenderAlways},
		"no such mode": {Render: 3, Renderer: &stamp{}},
		"transport":    {Render: RenderAlways, Renderer: &stamp{}, Transport: http.DefaultTransport},
	} {
		_, err := New(o)
		assert.ErrorIs(t, err, ErrOptions, name)
	}
}
