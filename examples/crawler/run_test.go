package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dechaff/dechaff/examples/internal/whole"
)

// crawl runs the program and returns its exit status and its output.
func crawl(t *testing.T, out string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var o, e bytes.Buffer
	code = run(t.Context(), append([]string{"-out", out, "-delay", "1ms"}, args...), &o, &e)
	return code, o.String(), e.String()
}

// testConfig returns the configuration of a crawl of https://gauge.example/ with the given flags.
func testConfig(t *testing.T, out string, args ...string) *config {
	t.Helper()
	c, err := parseFlags(append(append([]string{"-out", out}, args...), "https://gauge.example/"), io.Discard)
	require.NoError(t, err)
	return &c
}

// lines returns the lines of articles.jsonl, and checks that the files that they name exist.
func lines(t *testing.T, out string) []map[string]any {
	t.Helper()
	f, err := os.Open(filepath.Join(out, linesName))
	require.NoError(t, err)
	defer f.Close()
	var list []map[string]any
	scanner := bufio.NewScanner(f)
	scanner.Buffer(nil, 16<<20)
	for scanner.Scan() {
		var line map[string]any
		require.NoError(t, json.Unmarshal(scanner.Bytes(), &line), "a line is incomplete")
		require.FileExists(t, filepath.Join(out, line["file"].(string)))
		list = append(list, line)
	}
	require.NoError(t, scanner.Err())
	return list
}

// article returns a page in which the cleaner finds an article.
func article(title, links string) string {
	return fmt.Sprintf(`<!DOCTYPE html><html lang="en"><title>%[1]s</title><article><h1>%[1]s</h1>
<p>The tide came in at six and went out again at noon, as the table by the harbour said that it would, and nobody but the harbour master was surprised by it.</p>
<p>He had the table printed himself, and checks it every morning against the water, with a long stick that his father left him and that he has never lent to anybody.</p></article>%[2]s`, title, links)
}

// A site serves pages by path and counts requests.
type site struct {
	*httptest.Server
	mu   sync.Mutex
	hits map[string]int
	seen http.Header
}

func newSite(t *testing.T, pages map[string]string) *site {
	t.Helper()
	s := &site{hits: make(map[string]int)}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		s.hits[r.URL.Path]++
		s.seen = r.Header.Clone()
		s.mu.Unlock()
		page, ok := pages[r.URL.RequestURI()]
		if !ok {
			page, ok = pages[r.URL.Path]
		}
		if !ok {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = io.WriteString(w, page)
	}))
	t.Cleanup(s.Close)
	return s
}

func (s *site) count(path string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.hits[path]
}

func TestEveryPageOnceAndEveryArticle(t *testing.T) {
	pages := map[string]string{}
	var links strings.Builder
	for i := range 60 {
		fmt.Fprintf(&links, `<a href="/p%d">page</a> <a href="/p%d#top">again</a> `, i, i)
	}
	for i := range 60 {
		pages[fmt.Sprintf("/p%d", i)] = article(fmt.Sprintf("Tide %d", i%50), links.String()+fmt.Sprint(i)) // ten titles occur twice
	}
	s := newSite(t, pages)
	out := t.TempDir()
	code, stdout, stderr := crawl(t, out, "-allow-private", s.URL+"/p0")
	require.Zero(t, code, stderr)
	assert.Len(t, lines(t, out), 60)
	for path := range pages {
		assert.Equal(t, 1, s.count(path), path)
	}
	assert.Contains(t, stdout, "60 handled, 0 failed")
	files, err := filepath.Glob(filepath.Join(out, "*.md"))
	require.NoError(t, err)
	assert.Len(t, files, 60)
}

func TestLinesHoldTheFieldsOfAnArticle(t *testing.T) {
	s := newSite(t, map[string]string{"/a": article("The tide table", "")})
	out := t.TempDir()
	code, _, stderr := crawl(t, out, "-allow-private", s.URL+"/a")
	require.Zero(t, code, stderr)
	list := lines(t, out)
	require.Len(t, list, 1)
	line := list[0]
	for _, key := range []string{
		"schema", "id", "url", "title", "byline", "authors", "site_name", "published", "modified", "language", "kind", "excerpt", "image", "text", "markdown",
		"fetched_at", "status", "hash", "file",
	} {
		assert.Contains(t, line, key)
	}
	assert.Equal(t, "The tide table", line["title"])
	assert.Equal(t, s.URL+"/a", line["url"])
	assert.EqualValues(t, 200, line["status"])
	assert.Len(t, line["hash"], 64, "SHA-256 in hexadecimal")
	md, err := os.ReadFile(filepath.Join(out, "the-tide-table.md"))
	require.NoError(t, err)
	assert.True(t, strings.HasPrefix(string(md),
		"---\ntitle: \"The tide table\"\nurl: \""+s.URL+"/a\"\nlanguage: \"en\"\nexcerpt: \"The tide came in"), string(md))
	assert.Regexp(t, `\nfetched: "20[^"]+Z"\nhash: "[0-9a-f]{64}"\n---\n\n# The tide table\n`, string(md))
}

func TestFlags(t *testing.T) {
	s := newSite(t, map[string]string{
		"/":  article("Front", `<a href="/a">a</a>`),
		"/a": article("Alpha", `<a href="/b">b</a>`),
		"/b": article("Beta", ""),
	})
	seeds := filepath.Join(t.TempDir(), "seeds.txt")
	require.NoError(t, os.WriteFile(seeds, []byte("# two pages\n\n  "+s.URL+"/a \r\n"+s.URL+"/b\n"), 0o600))
	for name, c := range map[string]struct {
		args     []string
		articles int
	}{
		"all":              {[]string{s.URL + "/"}, 3},
		"-max":             {[]string{"-max", "2", s.URL + "/"}, 2},
		"-depth":           {[]string{"-depth", "1", s.URL + "/"}, 2},
		"-depth -1":        {[]string{"-depth", "-1", s.URL + "/"}, 1},
		"-seeds":           {[]string{"-depth", "-1", "-seeds", seeds}, 2},
		"-seeds and a URL": {[]string{"-depth", "-1", "-seeds", seeds, s.URL + "/"}, 3},
	} {
		t.Run(name, func(t *testing.T) {
			out := t.TempDir()
			code, _, stderr := crawl(t, out, append([]string{
				"-allow-private", "-user-agent",
				"TideBot/2 (+https://tide.example)",
			}, c.args...)...)
			assert.Zero(t, code, stderr)
			assert.Len(t, lines(t, out), c.articles)
			assert.Equal(t, "TideBot/2 (+https://tide.example)", s.seen.Get("User-Agent"))
		})
	}
}

func TestBadUsage(t *testing.T) {
	empty := filepath.Join(t.TempDir(), "empty.txt")
	require.NoError(t, os.WriteFile(empty, []byte("# nothing\n"), 0o600))
	for name, args := range map[string][]string{
		"rules":        {"-site-headers", "https://gauge.example/"},
		"state":        {"-name", "tides", "https://gauge.example/"},
		"no archive":   {"-warc-size", "500M", "https://gauge.example/"},
		"no browser":   {"-render-wait", "p", "https://gauge.example/"},
		"depth":        {"-sitemap-only", "-depth", "-1", "https://gauge.example/"},
		"unknown flag": {"-nonsense"},
		"scheme":       {"ftp://gauge.example/"},
		"no host":      {"https://"},
		"no seeds":     {"-seeds", empty},
		"missing file": {"-seeds", empty + ".missing"},
		"negative max": {"-max", "-3", "https://gauge.example/"},
		"bad duration": {"-delay", "soon", "https://gauge.example/"},
		"user agent":   {"-user-agent", "Tide\nBot", "https://gauge.example/"},
		"cache":        {"-cache", empty, "https://gauge.example/"},
		"cache, full":  {"-cache", "/proc", "https://gauge.example/"}, // no file can be created there
	} {
		t.Run(name, func(t *testing.T) {
			var stdout, stderr bytes.Buffer
			assert.Equal(t, exitUsage, run(t.Context(), args, &stdout, &stderr))
			assert.NotEmpty(t, stderr.String())
			assert.Empty(t, stdout.String())
		})
	}
	var stderr bytes.Buffer
	assert.Zero(t, run(t.Context(), []string{"-h"}, io.Discard, &stderr))
	assert.Contains(t, stderr.String(), "-save-html")
}

func TestNothingWritten(t *testing.T) {
	s := newSite(t, map[string]string{"/empty": "<title>x</title><nav><a href=/>y</a></nav>"})
	file := filepath.Join(t.TempDir(), "file")
	require.NoError(t, os.WriteFile(file, nil, 0o600))
	for name, c := range map[string]struct {
		args []string
		says string
	}{
		"private address":  {[]string{s.URL + "/"}, "private"},
		"errors only":      {[]string{"-allow-private", s.URL + "/missing"}, "404"},
		"no article":       {[]string{"-allow-private", "-depth", "-1", s.URL + "/empty"}, "1 pages without one"},
		"unwritable -out":  {[]string{"-allow-private", "-out", file, s.URL + "/"}, file},
		"unwritable -save": {[]string{"-allow-private", "-save-html", file, s.URL + "/"}, file},
	} {
		t.Run(name, func(t *testing.T) {
			code, stdout, stderr := crawl(t, t.TempDir(), c.args...)
			assert.Equal(t, exitNothing, code)
			assert.Contains(t, stdout+stderr, c.says)
		})
	}
}

func TestSummaryCountsByReason(t *testing.T) {
	s := newSite(t, map[string]string{
		"/robots.txt": "User-agent: *\nDisallow: /private/\n",
		"/":           article("Front", `<a href="/private/x">x</a> <a href="/a.pdf">pdf</a> <a href="https://other.example/">other</a><p>Facebook<br>Twitter<br>LinkedIn</p>`),
	})
	code, stdout, stderr := crawl(t, t.TempDir(), "-allow-private", s.URL+"/")
	require.Zero(t, code, stderr)
	for _, want := range []string{
		"forbidden by robots.txt", "out of scope", "the file extension is not a page's",
		"1  headline-repeated", "share-row",
	} {
		assert.Contains(t, stdout, want)
	}
}

func TestSaveHTML(t *testing.T) {
	page := article("Jetée", "")
	latin := strings.ReplaceAll(page, "é", "\xE9")
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=iso-8859-1")
		_, _ = io.WriteString(w, latin)
	}))
	defer s.Close()
	out, saved := t.TempDir(), filepath.Join(t.TempDir(), "new", "folder")
	code, _, stderr := crawl(t, out, "-allow-private", "-save-html", saved, s.URL+"/the/jetty")
	require.Zero(t, code, stderr)
	b, err := os.ReadFile(filepath.Join(saved, "the-jetty", "page.html"))
	require.NoError(t, err)
	assert.Equal(t, latin, string(b), "the bytes as they were fetched")
	about, err := os.ReadFile(filepath.Join(saved, "the-jetty", "page.json"))
	require.NoError(t, err)
	assert.JSONEq(t, fmt.Sprintf(`{"url": "%s/the/jetty", "content_type": "text/html; charset=iso-8859-1"}`, s.URL),
		string(about))
}

// A stop, for example by Ctrl-C, ends the program at once even if a server hangs, and leaves only complete files.
func TestStop(t *testing.T) {
	hang := make(chan struct{})
	reached := make(chan struct{})
	var once sync.Once
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/slow" {
			once.Do(func() { close(reached) })
			select {
			case <-hang:
			case <-r.Context().Done():
			}
			return
		}
		w.Header().Set("Content-Type", "text/html")
		_, _ = io.WriteString(w, article("Front", `<a href="/slow">slow</a>`))
	}))
	defer s.Close()
	defer close(hang)
	ctx, cancel := context.WithCancel(t.Context())
	out := t.TempDir()
	done := make(chan int, 1)
	var stdout, stderr bytes.Buffer
	go func() {
		done <- run(ctx, []string{"-out", out, "-delay", "1ms", "-allow-private", s.URL + "/"}, &stdout, &stderr)
	}()
	<-reached
	cancel()
	select {
	case code := <-done:
		assert.Equal(t, exitStopped, code, stderr.String())
	case <-time.After(10 * time.Second):
		require.Fail(t, "the crawl did not stop")
	}
	assert.Contains(t, stdout.String(), "Stopped")
	assert.Len(t, lines(t, out), 1)
	assertNothingTemporary(t, out)
}

// assertNothingTemporary checks that no files with temporary names are left.
func assertNothingTemporary(t *testing.T, out string) {
	t.Helper()
	left, err := filepath.Glob(filepath.Join(out, whole.TemporaryPrefix+"*"))
	require.NoError(t, err)
	assert.Empty(t, left)
}
