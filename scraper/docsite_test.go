package scraper

import (
	"bytes"
	"context"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"
)

// forbiddenDocs is what the documentation site's robots.txt disallows.
const forbiddenDocs = "/whatsnew/"

// A real documentation site, crawled over HTTP, against its files on disk: each page that links lead to is delivered once, and no
// other. .ci/docsite serves it.
func TestDocumentationSite(t *testing.T) {
	root, base := os.Getenv("DECHAFF_DOCSITE_ROOT"), os.Getenv("DECHAFF_DOCSITE_URL")
	if root == "" || base == "" {
		t.Skip("no server: .ci/docsite sets DECHAFF_DOCSITE_ROOT and DECHAFF_DOCSITE_URL")
	}
	want := reachableFiles(t, root)
	require.Greater(t, len(want), 100)
	var mu sync.Mutex
	delivered := make(map[string]int)
	s := newScraper(t, func(o *Options) { o.Workers = 32 })
	stats, err := s.Crawl(t.Context(), Job{Seeds: []string{base + "/index.html"}}, func(_ context.Context, p *Page) error {
		mu.Lock()
		defer mu.Unlock()
		delivered[p.URL.Path]++
		return nil
	})
	require.NoError(t, err)
	t.Logf("%d pages in %s", stats.Handled, stats.Elapsed)
	var got []string
	for path, times := range delivered {
		got = append(got, path)
		assert.Equal(t, 1, times, path)
	}
	slices.Sort(got)
	slices.Sort(want)
	assert.Equal(t, want, got)
	log, err := os.ReadFile(os.Getenv("DECHAFF_DOCSITE_LOG"))
	require.NoError(t, err)
	assert.NotContains(t, string(log), "GET "+forbiddenDocs)
	assert.Contains(t, string(log), "GET /robots.txt")
}

// reachableFiles walks the site's files breadth-first from index.html, with no code of the scraper's.
func reachableFiles(t *testing.T, root string) []string {
	t.Helper()
	seen := map[string]bool{"/index.html": true}
	queue := []string{"/index.html"}
	for at := 0; at < len(queue); at++ {
		body, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(queue[at])))
		require.NoError(t, err)
		for _, path := range linksOf(t, body, queue[at]) {
			if info, err := os.Stat(filepath.Join(root, filepath.FromSlash(path))); err != nil || info.IsDir() {
				continue
			}
			if strings.HasSuffix(path, ".html") && !strings.HasPrefix(path, forbiddenDocs) && !seen[path] {
				seen[path] = true
				queue = append(queue, path)
			}
		}
	}
	return queue
}

// linksOf gives the paths that a file links to.
func linksOf(t *testing.T, body []byte, at string) []string {
	t.Helper()
	root, err := html.Parse(bytes.NewReader(body))
	require.NoError(t, err)
	base := &url.URL{Scheme: "http", Host: "docs.example", Path: at}
	var paths []string
	for n := range root.Descendants() {
		href, rel := "", ""
		for _, a := range n.Attr {
			switch a.Key {
			case "href":
				href = a.Val
			case "rel":
				rel = a.Val
			}
		}
		next := n.Data == "link" && rel == "next"
		if href == "" || n.Data != "a" && n.Data != "area" && !next || strings.Contains(rel, "nofollow") {
			continue
		}
		if u, err := base.Parse(strings.TrimSpace(href)); err == nil && u.Host == base.Host && u.RawQuery == "" {
			paths = append(paths, u.Path)
		}
	}
	return paths
}
