package render

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dechaff/dechaff/scraper"
)

// wait serves an empty script after a delay.
func (s *site) wait(path string, d time.Duration) {
	s.mux.HandleFunc(path, func(_ http.ResponseWriter, r *http.Request) {
		select {
		case <-time.After(d):
		case <-r.Context().Done():
		}
	})
}

// TestPagesWithoutEnd renders pages that never finish, each for a different reason. Within a bounded time, a page is
// captured as it is, or it fails.
func TestPagesWithoutEnd(t *testing.T) {
	if os.Getenv("DECHAFF_CHROMIUM") == "" {
		t.Skip("takes a minute: .ci/render runs it")
	}
	const shell = `<div id=root></div><script>`
	pages := map[string]struct {
		text string
		want []error // the allowed results, where nil means success; an empty list allows only success
	}{
		"/loop":   {shell + `for (;;);</script>`, []error{ErrTimeout}},
		"/later":  {shell + `root.textContent = "x"; setTimeout(() => { for (;;); }, 50)</script>`, []error{ErrTimeout}},
		"/micro":  {shell + `(function f() { Promise.resolve().then(f) })()</script>`, []error{ErrTimeout}},
		"/timers": {shell + `root.textContent = "x"; (function f() { setTimeout(f, 0) })()</script>`, nil},
		"/polls":  {shell + `root.textContent = "x"; (function f() { fetch("/none").then(f) })()</script>`, nil},
		"/grows": {shell + `(function f() { for (let i = 0; i < 1e4; i++) root.append(document.createElement("p"), "text ")
			setTimeout(f, 0) })()</script>`, []error{nil, ErrTimeout, scraper.ErrTooLarge, ErrCrashed}},
		"/large": {
			shell + `root.textContent = "x".repeat(1.5e7)</script>`,
			[]error{scraper.ErrTooLarge, ErrTimeout},
		},
		"/heap": {
			shell + `const all = []; for (;;) all.push(new Array(1e6).fill({}))</script>`,
			[]error{ErrTimeout, ErrCrashed},
		},
		"/frames": {shell + `for (let i = 0; i < 10000; i++) { const f = document.createElement("iframe"); f.srcdoc = "x"
			document.body.append(f) }</script>`, []error{nil, ErrTimeout}},
		"/reload": {
			shell + `root.textContent = "x"; for (let i = 0; i < 1e4; i++) location.reload()</script>`,
			[]error{nil, ErrTimeout},
		},
		"/history": {shell + `root.textContent = "x"; for (let i = 0; i < 1e4; i++) try {
			history.pushState(i, "", "/h" + i) } catch {}</script>`, nil},
		"/console": {
			shell + `root.textContent = "x"; for (let i = 0; i < 200; i++) console.log("x".repeat(1e6))</script>`,
			[]error{nil, ErrTimeout},
		},
		"/alerts": {shell + `root.textContent = "x"; for (let i = 0; i < 1e3; i++) alert(i)</script>`, nil},
		"/hangs":  {`<div id=root>x</div><script src="/never.js"></script>`, nil},
		"/stream": {shell + `root.textContent = "x"; fetch("/never.js")</script>`, nil},
	}
	web := newSite(t, nil)
	for path, page := range pages {
		web.page(path, page.text)
	}
	web.wait("/never.js", time.Minute)
	b := newBrowser(t, func(o *Options) { o.Timeout, o.Wait = 6*time.Second, 2*time.Second })
	s := newScraper(t, b, scraper.RenderWhenEmpty)
	fetchText(t, s, web.URL+"/alerts") // starts the browser
	for path, page := range pages {
		t.Run(path, func(t *testing.T) {
			began := time.Now()
			_, err := s.Fetch(t.Context(), web.URL+path)
			assert.Less(t, time.Since(began), 20*time.Second)
			if len(page.want) == 0 {
				require.NoError(t, err)
				return
			}
			isWanted := false
			for _, want := range page.want {
				isWanted = isWanted || errors.Is(err, want) || want != nil && strings.Contains(fmt.Sprint(err), want.Error())
			}
			assert.True(t, isWanted, "%v", err)
		})
	}
	_, text := fetchText(t, s, web.URL+"/alerts")
	assert.Contains(t, text, `<div id="root">x</div>`, "the browser still works")
}

func TestLimitsOfAPage(t *testing.T) {
	t.Parallel()
	web := newSite(t, map[string]string{
		"/requests": `<div id=root></div><script>(async () => { for (let i = 0; i < 100; i++) {
			try { await fetch("/data/" + i); root.textContent = i } catch {} } })()</script>`,
		"/bytes": `<div id=root></div><script>(async () => { for (let i = 0; i < 20; i++) {
			try { await (await fetch("/big/" + i)).text(); root.textContent = i } catch {} } })()</script>`,
	})
	web.mux.HandleFunc("/data/", func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "x") })
	web.mux.HandleFunc("/big/", func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, strings.Repeat("x", 100_000))
	})
	b := newBrowser(t, func(o *Options) { o.MaxRequests, o.MaxBytes = 40, 1_000_000 })
	s := newScraper(t, b, scraper.RenderWhenEmpty)
	_, text := fetchText(t, s, web.URL+"/requests")
	assert.Contains(t, text, `<div id="root">39</div>`)
	assert.Zero(t, web.count("/data/40"))
	_, text = fetchText(t, s, web.URL+"/bytes")
	assert.Contains(t, text, `<div id="root">8</div>`)
	assert.Zero(t, web.count("/big/12"))
}

// TestProxyIsForItsTabOnly sends requests from outside the browser to a tab's proxy.
func TestProxyIsForItsTabOnly(t *testing.T) {
	web := newSite(t, map[string]string{"/secret": "x"})
	p, err := newProxy()
	require.NoError(t, err)
	defer p.close()
	address, err := url.Parse(p.address())
	require.NoError(t, err)
	get := func(who *url.Userinfo) int {
		through := *address
		through.User = who
		client := &http.Client{Transport: &http.Transport{Proxy: http.ProxyURL(&through), DisableKeepAlives: true}}
		request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, web.URL+"/secret", nil)
		require.NoError(t, err)
		res, err := client.Do(request)
		require.NoError(t, err)
		_ = res.Body.Close()
		return res.StatusCode
	}
	dial := newDialer()
	p.begin(dial, &meter{bytes: 1 << 20, limit: 10})
	assert.Equal(t, http.StatusProxyAuthRequired, get(nil))
	assert.Equal(t, http.StatusProxyAuthRequired, get(url.UserPassword(user, "guess")))
	assert.Zero(t, web.count("/secret"))
	assert.Equal(t, http.StatusOK, get(url.UserPassword(user, p.password)))
	p.end()
	assert.Equal(t, http.StatusForbidden, get(url.UserPassword(user, p.password)), "between pages")
	assert.Equal(t, 1, web.count("/secret"))
}

// TestNothingIsDownloadedBetweenPages ends a page while it is loading a file without end.
func TestNothingIsDownloadedBetweenPages(t *testing.T) {
	server, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer func() { _ = server.Close() }()
	go func() {
		conn, err := server.Accept()
		for err == nil {
			_, err = conn.Write(make([]byte, 1<<16))
		}
	}()
	p, err := newProxy()
	require.NoError(t, err)
	defer p.close()
	p.begin(newDialer(), &meter{bytes: 1 << 30, limit: 10})
	conn, err := p.connect(t.Context(), "tcp", server.Addr().String())
	require.NoError(t, err)
	_, err = io.CopyN(io.Discard, conn, 4*maxRest)
	require.NoError(t, err)
	p.end()
	n, err := io.CopyN(io.Discard, conn, 4*maxRest)
	require.Error(t, err)
	assert.Less(t, n, int64(2*maxRest))
}

func TestOptions(t *testing.T) {
	_, err := New(Options{Path: "/nowhere/chromium"})
	require.ErrorIs(t, err, ErrNoBrowser)
	_, err = New(Options{Tabs: -1})
	require.ErrorIs(t, err, ErrOptions)
	_, err = New(Options{Selector: "a["})
	require.ErrorIs(t, err, ErrOptions)
	t.Setenv("PATH", t.TempDir())
	_, err = New(Options{})
	require.ErrorIs(t, err, ErrNoBrowser)
}

func TestWaitsForTheSelector(t *testing.T) {
	t.Parallel()
	web := newSite(t, map[string]string{"/start": story, "/": `<div id=root></div><script>setInterval(() => fetch("/never.js"), 100)
		setTimeout(() => { root.innerHTML = "<article>` + story + `</article>" }, 400)</script>`})
	web.wait("/never.js", time.Second)
	b := newBrowser(t, func(o *Options) { o.Selector = "article" })
	s := newScraper(t, b, scraper.RenderAlways)
	fetchText(t, s, web.URL+"/start") // starts the browser
	began := time.Now()
	_, text := fetchText(t, s, web.URL+"/")
	assert.Contains(t, text, "<article>"+story)
	assert.Less(t, time.Since(began), 10*time.Second)
}

func TestEndsWithItsContext(t *testing.T) {
	b := commonBrowser(t)
	web := newSite(t, map[string]string{"/": `<div id=root></div><script>for (;;);</script>`})
	s := newScraper(t, b, scraper.RenderAlways)
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Second)
	defer cancel()
	_, err := s.Fetch(ctx, web.URL+"/")
	require.ErrorIs(t, err, context.DeadlineExceeded)
}

// TestRootNeedsNoSandbox expects Chromium's own message, which tells the user what to do.
func TestRootNeedsNoSandbox(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("runs only as root")
	}
	web := newSite(t, map[string]string{"/": `<div id=root></div><script></script>`})
	s := newScraper(t, newBrowser(t, func(o *Options) { o.NoSandbox = false }), scraper.RenderAlways)
	_, err := s.Fetch(t.Context(), web.URL+"/")
	require.ErrorIs(t, err, ErrStart)
	require.ErrorIs(t, err, scraper.ErrRender)
	assert.ErrorContains(t, err, "--no-sandbox")
}
