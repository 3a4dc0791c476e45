package render

import (
	"context"
	"errors"
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

// site is a server on loopback that counts its requests.
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

// page serves a text: as a script if its path ends in .js, as JSON if the path ends in .json, and otherwise as a page.
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
	options := Options{NoSandbox: os.Geteuid() == 0, Path: os.Getenv("DECHAFF_CHROMIUM")}
	if change != nil {
		change(&options)
	}
	b, err := New(options)
	if errors.Is(err, ErrNoBrowser) && options.Path == "" {
		t.Skip("Chromium is not installed: .ci/render installs it")
	}
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, b.Close()) })
	return b
}

// common is the browser of the parallel tests that need no options of their own. The other tests look at all processes
// of this program, or end them; they run before the first parallel test continues.
var common struct {
	once sync.Once
	*Browser
}

func TestMain(m *testing.M) {
	status := m.Run()
	if common.Browser != nil {
		_ = common.Close()
	}
	os.Exit(status)
}

// commonBrowser makes a test parallel, and returns the browser that such tests share.
func commonBrowser(t *testing.T) *Browser {
	t.Helper()
	t.Parallel()
	common.once.Do(func() {
		options := Options{NoSandbox: os.Geteuid() == 0, Path: os.Getenv("DECHAFF_CHROMIUM")}
		common.Browser, _ = New(options) // newBrowser reports the error
	})
	if common.Browser == nil {
		newBrowser(t, nil)
		t.FailNow()
	}
	return common.Browser
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
	b := commonBrowser(t)
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
	s := newScraper(t, b, scraper.RenderWhenEmpty)
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

// TestPicturesAreNotLoaded renders a page with all kinds of files that load slowly and contain no text.
func TestPicturesAreNotLoaded(t *testing.T) {
	b := commonBrowser(t)
	web := newSite(t, map[string]string{"/": `<link rel=icon href="/icon.png"><style>@font-face { font-family: f; src: url(/f.woff2) }
		body { font-family: f; background: url(/background.png) }</style><img src="/a.png" onerror="this.remove()">
		<picture><source srcset="/b.webp"><img src="/b.png" onerror="this.remove()"></picture><video src="/v.mp4" autoplay>
		</video><audio src="/a.mp3" autoplay></audio><iframe src="/frame.html"></iframe><div id=root></div>
		<script>new Image().src = "/pixel.png"; root.textContent = "` + story + `"</script>`})
	_, text := fetchText(t, newScraper(t, b, scraper.RenderAlways), web.URL+"/")
	assert.Contains(t, text, `<img src="/a.png"`, "no script notices that the picture is missing")
	assert.Contains(t, text, `<img src="/b.png"`)
	web.mu.Lock()
	defer web.mu.Unlock()
	assert.Equal(t, map[string]int{"/robots.txt": 1, "/": 1}, web.counts)
	assert.Equal(t, map[string]bool{scraper.DefaultUserAgent: true}, web.agents)
}

// TestCookies checks that the crawl's cookies are passed to the page, but only those for the page's host.
func TestCookies(t *testing.T) {
	b := commonBrowser(t)
	web := newSite(t, nil)
	web.page("/", `<div id=root></div><script>fetch("/data").then(r => r.text()).then(s => { root.textContent = s })</script>`)
	web.mux.HandleFunc("/data", func(w http.ResponseWriter, r *http.Request) {
		cookie, err := r.Cookie("member")
		if err == nil {
			_, _ = io.WriteString(w, cookie.Value)
		}
	})
	s := newScraper(t, b, scraper.RenderAlways)
	cookies := scraper.NewCookies()
	require.NoError(t, cookies.Read(strings.NewReader("127.0.0.1\tFALSE\t/\tFALSE\t0\tmember\tuna\n")))
	for page, err := range s.Pages(t.Context(), scraper.Job{Seeds: []string{web.URL + "/"}, MaxDepth: scraper.SeedsOnly, Cookies: cookies}) {
		require.NoError(t, err)
		assert.Contains(t, string(page.Body), `<div id="root">una</div>`)
	}
}

// TestPolicy renders a page that reports what the policy refused, including requests that a proxy could not see inside
// TLS.
func TestPolicy(t *testing.T) {
	b := commonBrowser(t)
	web := newSite(t, map[string]string{"/": `<div id=root></div><script>
		const refused = new Set()
		document.addEventListener("securitypolicyviolation", e => {
			refused.add(e.effectiveDirective)
			root.textContent = [...refused].sort().join() + " " + said
		})
		const said = [alert(1), confirm(2), prompt(3), open("/")].join("|")
		new WebSocket("wss://site.example/")
		try { new Worker("/worker.js") } catch {}
		try { new RTCPeerConnection({iceServers: [{urls: "stun:site.example"}]}).createOffer().catch(() => 0) } catch {}
		for (const [tag, name] of [["iframe", "src"], ["object", "data"], ["video", "src"]])
			document.body.append(Object.assign(document.createElement(tag), {[name]: "/x"}))
		new Worker(URL.createObjectURL(new Blob(["postMessage(1)"]))).onmessage = () => refused.add("(worker ran)")
		</script>`})
	_, text := fetchText(t, newScraper(t, b, scraper.RenderAlways), web.URL+"/")
	_, text, _ = strings.Cut(text, `<div id="root">`)
	text, _, _ = strings.Cut(text, "</div>")
	assert.Regexp(t, `^(\(worker ran\),)?connect-src,frame-src,media-src,object-src,(webrtc,)?worker-src \|false\|\|$`, text)
}
