package main

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dechaff/dechaff/scraper/render"
)

// needBrowser skips the test if there is no Chromium, and otherwise returns the flags for using Chromium.
func needBrowser(t *testing.T) []string {
	t.Helper()
	if _, err := render.New(render.Options{}); errors.Is(err, render.ErrNoBrowser) {
		t.Skip("Chromium is not installed: .ci/render installs it")
	}
	if os.Geteuid() == 0 {
		return []string{"-no-sandbox"}
	}
	return nil
}

// shellOf returns a page that a script fills with an article and a link.
func shellOf(title, link string) string {
	return `<!DOCTYPE html><title>` + title + `</title><noscript>Please enable JavaScript.</noscript><div id="root"></div>
<script>setTimeout(() => { root.innerHTML = ` + "`" + article(title, `<a href="`+link+`">next</a>`) + "`" + ` }, 2000)</script>`
}

func TestRenderFlag(t *testing.T) {
	t.Parallel() // mostly waiting
	browser := needBrowser(t)
	site := newSite(t, map[string]string{
		"/": shellOf("The first", "/two"), "/two": shellOf("The second", "/three"), "/three": article("The third", ""),
	})
	for name, tt := range map[string]struct {
		args []string
		want []string
	}{
		"empty":      {[]string{"-render", "empty"}, []string{"/", "/three", "/two"}},
		"always":     {[]string{"-render", "always", "-render-wait", "article"}, []string{"/", "/three", "/two"}},
		"with state": {[]string{"-render", "empty", "-state", filepath.Join(t.TempDir(), "crawl.db")}, []string{"/", "/three", "/two"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			paths, _ := runCrawler(t, exitFinished, append(append(tt.args, browser...), site.URL+"/")...)
			slices.Sort(paths)
			assert.Equal(t, tt.want, paths)
		})
	}
	runCrawler(t, exitNothing, site.URL+"/")
	runCrawler(t, exitUsage, "-render", "sometimes", site.URL+"/")
	_, said := runCrawler(t, exitUsage, "-render", "empty", "-render-wait", "a[", site.URL+"/")
	assert.Contains(t, said, "Selector")
}

func TestRenderWithoutBrowser(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	_, said := runCrawler(t, exitUsage, "-render", "empty", "https://gauge.example/")
	assert.Contains(t, said, "no Chromium found")
}

// webapps serves the sites that .ci/render has built: their files and, at every other address, the site's only page.
func webapps(t *testing.T, folder string) *httptest.Server {
	t.Helper()
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := filepath.Join(folder, filepath.FromSlash(path.Clean("/"+r.URL.Path)))
		if info, err := os.Stat(name); err == nil && !info.IsDir() {
			http.ServeFile(w, r, name)
			return
		}
		first, _, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
		index := filepath.Join(folder, filepath.FromSlash(path.Clean("/"+first)), "index.html")
		text, err := os.ReadFile(index)
		if err != nil {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", "text/html")
		_, _ = w.Write(text)
	}))
	t.Cleanup(web.Close)
	return web
}

// TestRenderWebApps crawls sites whose pages are empty without scripts.
func TestRenderWebApps(t *testing.T) {
	folder := os.Getenv("DECHAFF_WEBAPPS")
	if folder == "" {
		t.Skip("no sites: .ci/render builds them")
	}
	browser := needBrowser(t)
	web := webapps(t, folder)
	for site, want := range map[string][]string{
		"react": {"/react/ferry", "/react/lighthouse"},
		"vue":   {"/vue/", "/vue/ferry", "/vue/lighthouse"},
		"hash":  {"/hash/"}, // all its pages have the same address: only the first is rendered
		"doxygen": {
			"/doxygen/annotated.html", "/doxygen/files.html", "/doxygen/globals.html", "/doxygen/structharbor.html",
			"/doxygen/tide_8h.html",
		},
	} {
		t.Run(site, func(t *testing.T) {
			if _, err := os.Stat(filepath.Join(folder, site)); err != nil {
				t.Skip(".ci/render has not built it")
			}
			args := append([]string{"-render", "empty", "-save-html", t.TempDir()}, browser...)
			paths, printed := runCrawler(t, exitFinished, append(args, web.URL+"/"+site+"/")...)
			slices.Sort(paths)
			t.Log(paths, printed)
			if site == "doxygen" {
				assert.Subset(t, paths, want[3:])
				return
			}
			assert.Equal(t, want, paths)
		})
	}
}

// TestRenderedArticle compares the article of a page that a script fills with the article of the same page without
// scripts.
func TestRenderedArticle(t *testing.T) {
	t.Parallel() // mostly waiting
	browser := needBrowser(t)
	text := func(page string, args ...string) any {
		out := t.TempDir()
		site := newSite(t, map[string]string{"/story": page})
		var stdout, stderr strings.Builder
		args = append(append([]string{"-allow-private", "-delay", "0", "-out", out}, args...), site.URL+"/story")
		require.Equal(t, exitFinished, run(t.Context(), args, &stdout, &stderr), stderr.String())
		return lines(t, out)[0]["text"]
	}
	plain := text(article("The first", ""))
	rendered := text(shellOf("The first", "/two"), append(browser, "-render", "empty", "-max", "1")...)
	assert.Equal(t, plain, rendered)
}
