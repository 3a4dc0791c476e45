package render

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dechaff/dechaff/scraper"
)

// site is a server on loopback that counts what it is asked for.
type site struct {
	*httptest.Server
	mux    *http.ServeMux
	mu     sync.Mutex
	counts map[string]int
	agents map[string]bool
}

func newSite(t testing.TB, pages map[string]string) *site {
	t.Helper()
	s := &site{mux: http.NewServeMux(), counts: make(map[string]int), agents: make(map[string]bool)}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		s.counts[r.URL.Path]++
		s.agents[r.UserAgent()] = true
		s.mu.Unlock()
		s.mux.ServeHTTP(w, r)
	}))
	t.Cleanup(s.Close)
	for path, text := range pages {
		s.page(path, text)
	}
	return s
}

// page serves a text: as a script if its path ends in .js, as data if in .json, else as a page.
func (s *site) page(path, text string) {
	s.mux.HandleFunc(path, func(w http.ResponseWriter, r *http.Request) {
		kind := "text/html; charset=utf-8"
		switch {
		case r.URL.Path != strings.TrimSuffix(path, "{$}"):
			http.NotFound(w, r)
			return
		case strings.HasSuffix(path, ".js"):
			kind = "text/javascript"
		case strings.HasSuffix(path, ".json"):
			kind = "application/json"
		}
		w.Header().Set("Content-Type", kind)
		_, _ = io.WriteString(w, text)
	})
}

func (s *site) count(path string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.counts[path]
}

func newBrowser(t testing.TB, change func(*Options)) *Browser {
	t.Helper()
	options := Options{NoSandbox: os.Geteuid() == 0}
	if change != nil {
		change(&options)
	}
	b, err := New(options)
	if err != nil && strings.Contains(err.Error(), ErrNoBrowser.Error()) {
		t.Skip("there is no Chromium: .ci/render installs it")
	}
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, b.Close()) })
	return b
}

func newScraper(t testing.TB, b *Browser, mode scraper.RenderMode) *scraper.Scraper {
	t.Helper()
	s, err := scraper.New(scraper.Options{
		AllowPrivate: true, Delay: -1, RetryDelay: time.Millisecond, Render: mode, Renderer: b,
	})
	require.NoError(t, err)
	t.Cleanup(s.Close)
	return s
}

func fetchText(t testing.TB, s *scraper.Scraper, address string) (*scraper.Page, string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	page, err := s.Fetch(ctx, address)
	require.NoError(t, err)
	return page, string(page.Body)
}

const story = "The ferry to Holm runs twice a day in winter, and the captain waits for nobody."

func TestPagesThatScriptsFill(t *testing.T) {
	web := newSite(t, map[string]string{
		"/now": `<div id=root></div><script>root.textContent = "` + story + `"</script>`,
		"/later": `<div id=root>Loading …</div><script>setTimeout(() => { root.textContent = "` + story + `" }, 2000)
			</script>`,
		"/data": `<div id=root></div><script>fetch("/story.json").then(r => r.json()).then(s =>
			setTimeout(() => { root.textContent = s.text }, 500))</script>`,
		"/story.json": `{"text": "` + story + `"}`,
		"/frames": `<div id=root></div><script>requestAnimationFrame(() => requestAnimationFrame(() => {
			requestAnimationFrame(() => { root.textContent = "` + story + `" }) }))</script>`,
		"/module":    `<div id=root></div><script type=module src=/module.js></script>`,
		"/module.js": `document.getElementById("root").textContent = "` + story + `"`,
		"/shadow": `<holm-story></holm-story><script>customElements.define("holm-story", class extends HTMLElement {
			connectedCallback() { this.attachShadow({mode: "open"}).innerHTML = "<p>` + story + `</p>" } })</script>`,
		"/seen": `<div id=root style="margin-top:3000px">x</div><script>new IntersectionObserver(e => {
			if (e[0].isIntersecting) root.textContent = "` + story + `" }).observe(root)</script>`,
		"/worker": `<div id=root></div><script>const w = new Worker(URL.createObjectURL(new Blob([
			'postMessage("` + story + `")']))); w.onmessage = e => { root.textContent = e.data }</script>`,
	})
	s := newScraper(t, newBrowser(t, nil), scraper.RenderWhenEmpty)
	for _, path := range []string{"/now", "/later", "/data", "/frames", "/module", "/shadow", "/seen", "/worker"} {
		t.Run(path, func(t *testing.T) {
			page, text := fetchText(t, s, web.URL+path)
			assert.True(t, page.Rendered)
			text = text[:strings.Index(text+"<script", "<script")]
			assert.Contains(t, text, story)
			assert.Equal(t, 1, web.count(path), "the page is requested once")
		})
	}
}

func newDialer() dialFunc { return new(net.Dialer).DialContext }
