package main

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"
)

// Of the pager of a real manual, whose pages lie in the folder DECHAFF_MANUAL, hardly anything is left once the site is known.
func TestManual(t *testing.T) {
	dir := os.Getenv("DECHAFF_MANUAL")
	if dir == "" {
		t.Skip("left out: DECHAFF_MANUAL names no folder of a manual's pages; see .ci/docsite")
	}
	server := httptest.NewServer(http.FileServer(http.Dir(dir)))
	defer server.Close()
	remains := func(args ...string) (pages, left int) {
		out := t.TempDir()
		code, _, stderr := crawl(t, out, append(args, "-allow-private", "-max", "1500", server.URL+"/index.html")...)
		require.Zero(t, code, stderr)
		for _, line := range lines(t, out) {
			pages++
			u, err := url.Parse(line["url"].(string))
			require.NoError(t, err)
			name := path.Clean(u.Path)
			if name == "/" {
				name = "/index.html"
			}
			pager := readPager(t, filepath.Join(dir, filepath.FromSlash(name)))
			for text := range strings.Lines(line["text"].(string)) {
				if pager.has(text) {
					left++
					t.Logf("%v: %s: %q", args, u.Path, text)
					break
				}
			}
		}
		return pages, left
	}
	pages, without := remains("-no-site")
	known, with := remains()
	t.Logf("a part of the pager is left on %d of %d pages, and on %d of %d where nothing is learned", with, known, without, pages)
	require.Greater(t, without, 100, "there is nothing to learn")
	assert.LessOrEqual(t, with*100, known)
	assert.GreaterOrEqual(t, known*100, pages*99)
}

// A pager is what a page of a manual says in its navigation, and what it says elsewhere.
type pager struct {
	cells map[string]bool
	body  string
}

// readPager reads a page as DocBook's stylesheets write it.
func readPager(t *testing.T, file string) pager {
	t.Helper()
	f, err := os.Open(file)
	require.NoError(t, err)
	defer f.Close()
	root, err := html.Parse(f)
	require.NoError(t, err)
	p := pager{cells: make(map[string]bool)}
	var body strings.Builder
	var walk func(n *html.Node, inside bool)
	walk = func(n *html.Node, inside bool) {
		for _, a := range n.Attr {
			inside = inside || a.Key == "class" && (a.Val == "navheader" || a.Val == "navfooter")
		}
		switch {
		case inside && (n.Data == "td" || n.Data == "th"):
			p.cells[squeeze(textUnder(n))] = true
		case !inside && n.Type == html.TextNode:
			body.WriteString(n.Data)
		}
		for c := range n.ChildNodes() {
			walk(c, inside)
		}
	}
	walk(root, false)
	delete(p.cells, "")
	p.body = squeeze(body.String())
	return p
}

// has reports whether a line is the pager's: a row of its cells, or one that the page says nowhere else.
func (p pager) has(line string) bool {
	cells := 0
	for part := range strings.SplitSeq(strings.TrimLeft(line, "-#*| "), "\t") {
		switch part = squeeze(part); {
		case part == "":
		case !p.cells[part]:
			return false
		default:
			cells++
		}
	}
	return cells > 1 || cells == 1 && !strings.Contains(p.body, squeeze(strings.TrimLeft(line, "-#*| ")))
}

func textUnder(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return b.String()
}

func squeeze(s string) string { return strings.Join(strings.Fields(s), " ") }
