package scraper_test

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/dns/dnsmessage"

	"github.com/dechaff/dechaff/scraper"
	"github.com/dechaff/dechaff/scraper/internal/dnstest"
	"github.com/dechaff/dechaff/scraper/render"
)

// A forbidden server has an address in our own network. It counts the connections and packets that reach it.
type forbidden struct {
	port     string // the same for TCP and UDP
	arrivals atomic.Int32
}

// newForbidden listens on all loopback addresses.
func newForbidden(t *testing.T) *forbidden {
	t.Helper()
	f := new(forbidden)
	config := new(net.ListenConfig)
	tcp, err := config.Listen(t.Context(), "tcp", "127.0.0.1:0")
	require.NoError(t, err)
	_, f.port, err = net.SplitHostPort(tcp.Addr().String())
	require.NoError(t, err)
	listeners := []net.Listener{tcp}
	if six, err := config.Listen(t.Context(), "tcp", "[::1]:"+f.port); err == nil { // where there is IPv6
		listeners = append(listeners, six)
	}
	udp, err := config.ListenPacket(t.Context(), "udp", "127.0.0.1:"+f.port)
	require.NoError(t, err)
	for _, l := range listeners {
		t.Cleanup(func() { _ = l.Close() })
		go func() {
			for {
				conn, err := l.Accept()
				if err != nil {
					return
				}
				f.arrivals.Add(1)
				_ = conn.Close()
			}
		}()
	}
	t.Cleanup(func() { _ = udp.Close() })
	go func() {
		for packet := make([]byte, 1500); ; {
			if _, _, err := udp.ReadFrom(packet); err != nil {
				return
			}
			f.arrivals.Add(1)
		}
	}()
	return f
}

// A rendered site is served as site.example. The scraper can connect only to its address.
type rendered struct {
	scraper *scraper.Scraper
	base    string
	past    sync.Map // other addresses that the guard has let through
	asked   sync.Map // paths that were requested
	dns     sync.Map // how often each name was looked up
}

func newRendered(t *testing.T, pages map[string]string, change func(*render.Options)) *rendered {
	t.Helper()
	options := render.Options{
		NoSandbox: os.Geteuid() == 0, Timeout: 15 * time.Second, Path: os.Getenv("DECHAFF_CHROMIUM"),
	}
	if change != nil {
		change(&options)
	}
	browser, err := render.New(options)
	if errors.Is(err, render.ErrNoBrowser) && options.Path == "" {
		t.Skip("Chromium is not installed: .ci/render installs it")
	}
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, browser.Close()) })
	r := new(rendered)
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		r.asked.Store(req.URL.Path, true)
		if req.URL.Path == "/away" {
			http.Redirect(w, req, req.URL.Query().Get("to"), http.StatusFound)
			return
		}
		text, ok := pages[req.URL.Path]
		if !ok {
			http.NotFound(w, req)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		if strings.HasSuffix(req.URL.Path, ".js") {
			w.Header().Set("Content-Type", "text/javascript")
		}
		_, _ = io.WriteString(w, text)
	}))
	t.Cleanup(web.Close)
	address := web.Listener.Addr().String()
	_, port, err := net.SplitHostPort(address)
	require.NoError(t, err)
	r.base = "http://site.example:" + port
	resolver := dnstest.Resolver(dnstest.Serve(t, r.resolve))
	r.scraper, err = scraper.New(scraper.Options{
		Delay: -1, Render: scraper.RenderWhenEmpty, Renderer: browser, Resolver: resolver, MaxTries: 1,
	})
	require.NoError(t, err)
	scraper.LetThrough(r.scraper, address, func(address string) { r.past.Store(address, true) })
	return r
}

// resolve is the name server. It gives rebind.example a public IPv4 address in the first two queries, and a private one
// afterwards. All other names under .example have a private address.
func (r *rendered) resolve(name string, kind dnsmessage.Type) ([]netip.Addr, bool) {
	count, _ := r.dns.LoadOrStore(name, new(atomic.Int32))
	n := count.(*atomic.Int32).Add(1)
	switch {
	case name == "rebind.example" && n <= 2 && kind == dnsmessage.TypeA:
		return []netip.Addr{netip.MustParseAddr("93.184.215.14")}, true
	case strings.HasSuffix(name, ".example"):
		return []netip.Addr{netip.MustParseAddr("127.0.0.1")}, true
	}
	return nil, false
}

// hostile is a page that tries to reach forbidden addresses in every way that a page can. HERE is replaced by the
// address of its own site, and PORT by the forbidden server's port.
const hostile = `<!DOCTYPE html><title>Hostile</title><div id=root></div>
<link rel=preconnect href="http://127.0.0.1:PORT"><link rel=dns-prefetch href="//private.example:PORT">
<link rel=prefetch href="http://127.0.0.1:PORT/prefetch"><link rel=icon href="http://127.0.0.1:PORT/icon">
<link rel=stylesheet href="http://127.0.0.1:PORT/style"><link rel=manifest href="http://127.0.0.1:PORT/manifest">
<link rel=preload as=font crossorigin href="http://127.0.0.1:PORT/font">
<style>@import "http://127.0.0.1:PORT/import"; body { background: url(http://127.0.0.1:PORT/background) }
@font-face { font-family: f; src: url(http://127.0.0.1:PORT/font) } body { font-family: f }</style>
<script type=speculationrules>{"prefetch": [{"urls": ["http://127.0.0.1:PORT/s"]}],
"prerender": [{"urls": ["/prerender"]}]}</script>
<img src="http://127.0.0.1:PORT/picture"><video autoplay src="http://127.0.0.1:PORT/video"></video>
<object data="http://127.0.0.1:PORT/object"></object><embed src="http://127.0.0.1:PORT/embed">
<iframe src="http://127.0.0.1:PORT/frame"></iframe><iframe src="file:///etc/passwd"></iframe>
<script src="http://127.0.0.1:PORT/script"></script>
<script>
const doing = []
function attempt(what, f) { try { f() } catch (e) { doing.push(what + ": " + e.name) } }
attempt("alert", () => { alert(1); confirm(2); prompt(3); print() })
onbeforeunload = e => { e.preventDefault(); return "stay" }
const hosts = ["127.0.0.1", "localhost", "a.localhost", "[::1]", "0.0.0.0", "127.1", "2130706433", "0x7f000001",
	"[::ffff:127.0.0.1]", "private.example", "rebind.example"]
for (const host of hosts) for (const scheme of ["http", "https"]) {
	const to = scheme + "://" + host + ":PORT/"
	attempt("fetch", () => { fetch(to + "fetch", {mode: "no-cors"}).catch(() => 0) })
	attempt("redirect", () => { fetch("/away?to=" + encodeURIComponent(to), {mode: "no-cors"}).catch(() => 0) })
	attempt("xhr", () => { const x = new XMLHttpRequest(); x.open("POST", to + "xhr"); x.send("text") })
	attempt("beacon", () => navigator.sendBeacon(to + "beacon", "text"))
	attempt("events", () => new EventSource(to + "events"))
	attempt("script", () => document.head.append(Object.assign(document.createElement("script"), {src: to + "s"})))
	attempt("picture", () => { new Image().src = to + "picture" })
	attempt("socket", () => new WebSocket(to.replace("http", "ws")))
	attempt("stream", () => new WebSocketStream(to.replace("http", "ws")))
	attempt("transport", () => new WebTransport(to.replace("http:", "https:")).ready.catch(() => 0))
	attempt("worker", () => new Worker(to + "worker"))
	attempt("open", () => open(to + "window"))
	attempt("download", () => Object.assign(document.body.appendChild(document.createElement("a")),
		{href: "/file", download: "file"}).click())
}
const inner = "fetch('http://127.0.0.1:PORT/inner').catch(() => 0); try { new WebSocket('ws://127.0.0.1:PORT/') } " +
	"catch {}; try { new WebSocket('HERE/socket'.replace('http', 'ws')) } catch {}"
attempt("blob worker", () => new Worker(URL.createObjectURL(new Blob([inner]))))
attempt("data worker", () => new Worker("data:text/javascript," + encodeURIComponent(inner)))
attempt("shared worker", () => new SharedWorker(URL.createObjectURL(new Blob([inner]))))
attempt("worker", () => new Worker("/worker.js"))
attempt("service worker", () => navigator.serviceWorker.register("/service.js").catch(() => 0))
attempt("socket", () => new WebSocket("HERE/socket".replace("http", "ws")))
for (const urls of ["stun:127.0.0.1:PORT", "stun:private.example:PORT", "turn:127.0.0.1:PORT?transport=udp",
	"turn:127.0.0.1:PORT?transport=tcp"]) attempt("rtc", () => {
	const rtc = new RTCPeerConnection({iceServers: [{urls, username: "u", credential: "c"}]})
	rtc.createDataChannel("x")
	rtc.createOffer().then(o => rtc.setLocalDescription(o))
})
attempt("blob", () => Object.assign(document.body.appendChild(document.createElement("a")),
	{href: URL.createObjectURL(new Blob(["x"])), download: "file"}).click())
attempt("form", () => { const f = document.createElement("form"); f.method = "post"
	f.action = "http://127.0.0.1:PORT/form"; document.body.append(f); f.submit() })
for (let i = 0; i < 20; i++) attempt("frames", () => {
	const f = document.createElement("iframe")
	f.srcdoc = i ? "x" : "<script>" + inner + "<" + "/script>"
	document.body.append(f)
})
root.textContent = "The hostile page has done what it could."
</script>`

func TestRenderReachesNothingForbidden(t *testing.T) {
	t.Parallel() // mostly waiting
	own := newForbidden(t)
	pages := map[string]string{}
	site := newRendered(t, pages, nil)
	pages["/"] = strings.NewReplacer("PORT", own.port, "HERE", site.base).Replace(hostile)
	pages["/worker.js"], pages["/service.js"] = "fetch('/from-worker')", "fetch('/from-service')"
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	page, err := site.scraper.Fetch(ctx, site.base+"/")
	require.NoError(t, err)
	assert.True(t, page.Rendered)
	assert.Contains(t, string(page.Body), `<div id="root">The hostile page has done what it could.</div>`)
	assert.Zero(t, own.arrivals.Load(), "connections to our own network")
	for _, path := range []string{"/from-worker", "/from-service", "/socket", "/prerender"} {
		_, asked := site.asked.Load(path)
		assert.False(t, asked, path)
	}
	site.past.Range(func(address, _ any) bool {
		assert.Equal(t, "93.184.215.14:"+own.port, address, "past the guard")
		return true
	})
}

// TestRenderGoesNowhere renders pages that replace themselves. A page that navigates to another http address is a
// redirect, which the guard refuses. The other pages stay as they are, or fail.
func TestRenderGoesNowhere(t *testing.T) {
	t.Parallel() // mostly waiting
	own := newForbidden(t)
	pages := map[string]string{}
	site := newRendered(t, pages, nil)
	for name, tt := range map[string]struct {
		to   string
		want error
	}{
		"private":     {"http://127.0.0.1:PORT/", scraper.ErrForbiddenAddress},
		"by name":     {"http://private.example:PORT/", scraper.ErrForbiddenAddress},
		"by redirect": {"/away?to=http://127.0.0.1:PORT/", scraper.ErrForbiddenAddress},
		"file":        {"file:///etc/passwd", nil},
		"data":        {"data:text/html,<p>root:x:0:0", nil},
		"browser":     {"chrome://version", nil},
		"source":      {"view-source:HERE/", nil},
		"blob":        {"BLOB", scraper.ErrRender},
	} {
		t.Run(name, func(t *testing.T) {
			path := "/" + strings.ReplaceAll(name, " ", "-")
			to := strings.NewReplacer("PORT", own.port, "HERE", site.base).Replace(tt.to)
			pages[path] = `<div id=root>Stay</div><script>let to = "` + to + `"
				if (to === "BLOB") to = URL.createObjectURL(new Blob(["<p>root:x:0:0"], {type: "text/html"}))
				setTimeout(() => { location = to }, 100)</script>`
			page, err := site.scraper.Fetch(t.Context(), site.base+path)
			if tt.want != nil {
				require.ErrorIs(t, err, tt.want)
			} else if err == nil {
				assert.Contains(t, string(page.Body), `<div id="root">Stay</div>`)
			} else {
				require.ErrorIs(t, err, render.ErrPage)
			}
		})
	}
	assert.Zero(t, own.arrivals.Load())
}
