package cleaner

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// browserPage loads every page in a frame and then checks its links and attributes as the browser interprets them.
// Actions that a click on a link would perform count as performed.
const browserPage = `<!DOCTYPE html><meta charset=utf-8><title>attacks</title><body><script>
const runs = ['javascript:', 'vbscript:', 'data:', 'blob:', 'filesystem:'];
function look(frame, i) {
  const found = [];
  for (const e of frame.contentDocument.querySelectorAll('*')) {
    for (const a of e.attributes) if (/^on/i.test(a.name) || a.name === 'srcdoc') found.push(e.outerHTML);
    if ((e.localName === 'a' || e.localName === 'area') && runs.includes(e.protocol)) found.push(e.outerHTML);
    if (['script', 'iframe', 'object', 'embed', 'base', 'form', 'meta', 'link', 'style', 'svg'].includes(e.localName) && e.closest('body')) found.push(e.outerHTML);
  }
  return found.length ? fetch('/found?page=' + i + '&what=' + encodeURIComponent(found[0].slice(0, 500))) : null;
}
async function all() {
  for (let from = 0; from < PAGES; from += 20) {
    await Promise.all(Array.from({length: Math.min(20, PAGES - from)}, (_, k) => new Promise(next => {
      const frame = document.createElement('iframe');
      const i = from + k;
      frame.onload = async () => { try { await look(frame, i); } catch (e) { await fetch('/found?page=' + i + '&what=' + encodeURIComponent('navigated away: ' + e)); } setTimeout(() => { frame.onload = null; frame.remove(); next(); }, 100); };
      frame.src = '/page/' + i;
      document.body.append(frame);
    })));
  }
  await fetch('/done');
}
all();
</script>`

// controls are pages that do run scripts. They show that the test is able to fail.
var controls = []string{
	`<!DOCTYPE html><meta charset=utf-8><body><img src=x onerror="` + run + `">`,
	`<!DOCTYPE html><meta charset=utf-8><body><script>` + run + `</script>`,
	`<!DOCTYPE html><meta charset=utf-8><body><a href="java&Tab;script:` + run + `">x</a>`,
}

// TestNothingRunsInABrowser is run by .ci/browser, which names the browser in DECHAFF_BROWSER.
func TestNothingRunsInABrowser(t *testing.T) {
	browser := os.Getenv("DECHAFF_BROWSER")
	if browser == "" {
		t.Skip("no browser: .ci/browser installs one and runs this test")
	}
	attacks := attacks()
	pages := append(attackPages(t), controls...)
	reported := loadInBrowser(t, browser, pages)
	for i := range controls {
		assert.NotEmpty(t, reported[len(attacks)+i], "control %d did not run, so the test proves nothing", i)
	}
	for i, attack := range attacks {
		assert.Empty(t, reported[i], "%s", attack)
	}
	t.Logf("%d pages loaded, %d controls ran", len(pages), len(controls))
}

// loadInBrowser serves pages, has a browser load them all, and returns the actions that each page performed or would
// perform.
func loadInBrowser(t *testing.T, browser string, pages []string) map[int][]string {
	t.Helper()
	var mu sync.Mutex
	reported := make(map[int][]string)
	loaded := make(map[int]bool)
	done := make(chan struct{}, 1)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		switch {
		case r.URL.Path == "/":
			fmt.Fprint(w, strings.ReplaceAll(browserPage, "PAGES", strconv.Itoa(len(pages))))
		case strings.HasPrefix(r.URL.Path, "/page/"):
			if i, err := strconv.Atoi(r.URL.Path[len("/page/"):]); err == nil && i < len(pages) {
				loaded[i] = true
				fmt.Fprint(w, pages[i])
			}
		case r.URL.Path == "/ran":
			_, page, _ := strings.Cut(r.Referer(), "/page/")
			i, err := strconv.Atoi(page)
			if err != nil {
				i = -1
			}
			reported[i] = append(reported[i], "ran")
		case r.URL.Path == "/found":
			i, _ := strconv.Atoi(r.FormValue("page"))
			reported[i] = append(reported[i], r.FormValue("what"))
		case r.URL.Path == "/done":
			done <- struct{}{}
		default:
			http.NotFound(w, r)
		}
	}))
	defer server.Close()
	ctx, cancel := context.WithTimeout(t.Context(), 4*time.Minute)
	defer cancel()
	// Host names do not resolve, so that the pages cannot reach the Internet.
	cmd := exec.CommandContext(ctx, browser, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
		"--disable-component-update", "--disable-sync", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", "--user-data-dir="+browserProfile(t), "--remote-debugging-port=0", server.URL+"/")
	require.NoError(t, cmd.Start())
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	select {
	case <-done:
	case err := <-ended:
		require.NoError(t, err, "the browser ended before it was done")
	}
	time.Sleep(time.Second) // wait for scripts that run late
	cancel()
	select {
	case err := <-ended: // we ended it
		t.Log("the browser:", err)
	case <-time.After(10 * time.Second):
	}
	mu.Lock()
	defer mu.Unlock()
	require.Len(t, loaded, len(pages), "pages loaded")
	require.Empty(t, reported[-1], "something ran outside of any page")
	return reported
}

// browserProfile creates a folder for a browser. It does not use t.TempDir, because the browser's helpers may still
// write to it after the browser has ended.
func browserProfile(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "dechaff-browser-")
	require.NoError(t, err)
	t.Cleanup(func() {
		for range 50 {
			if os.RemoveAll(dir) == nil {
				return
			}
			time.Sleep(100 * time.Millisecond)
		}
		t.Log("left behind:", dir)
	})
	return dir
}
