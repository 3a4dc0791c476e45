package scraper

import (
	"bytes"
	"context"
	"io/fs"
	"net/url"
	"os"
	"path"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"
)

// forbiddenDocs is the path that the documentation site's robots.txt disallows.
const forbiddenDocs = "/whatsnew/"

// A real documentation site is crawled over HTTP and compared with its files on disk: each linked page is delivered
// once, and no other page is. .ci/docsite serves the site.
func TestDocumentationSite(t *testing.T) {
	root, address := os.Getenv("DECHAFF_DOCSITE_ROOT"), os.Getenv("DECHAFF_DOCSITE_URL")
	if root == "" || address == "" {
		t.Skip("no server: .ci/docsite sets DECHAFF_DOCSITE_ROOT and DECHAFF_DOCSITE_URL")
	}
	seed, err := url.Parse(address)
	require.NoError(t, err)
	seed.Path = "/index.html"
	want := reachablePages(t, os.DirFS(root), seed)
	require.Greater(t, len(want), 100)
	var mu sync.Mutex
	delivered := make(map[string]int)
	s := newScraper(t, func(o *Options) { o.Workers = 32 })
	stats, err := s.Crawl(t.Context(), Job{Seeds: []string{seed.String()}}, func(_ context.Context, p *Page) error {
		mu.Lock()
		defer mu.Unlock()
		assert.Equal(t, seed.Host, p.URL.Host)
		delivered[pageName(p.URL)]++
		return nil
	})
	require.NoError(t, err)
	t.Logf("%d pages in %s", stats.Handled, stats.Elapsed)
	for _, name := range want { // one by one, because the output of a comparison of the two lists has a thousand lines
		assert.Equal(t, 1, delivered[name], name)
		delete(delivered, name)
	}
	assert.Empty(t, delivered, "delivered although no followed link leads there")
	if log := os.Getenv("DECHAFF_DOCSITE_LOG"); log != "" { // a server that was started by hand may have no log
		checkRequests(t, log)
	}
}

// checkRequests checks the server's access log: robots.txt was requested once, and no page that it disallows was
// requested. The log also shows requests for pages that were not delivered.
func checkRequests(t *testing.T, log string) {
	t.Helper()
	text, err := os.ReadFile(log)
	require.NoError(t, err)
	assert.Equal(t, 1, strings.Count(string(text), `"GET /robots.txt `))
	for line := range strings.Lines(string(text)) {
		if strings.Contains(line, " "+forbiddenDocs) { // with any method
			t.Errorf("robots.txt forbids it: %s", line)
		}
	}
}

// pageName returns the name by which pages are compared: "/" and "/index.html" are different pages, and each query is
// a page of its own.
func pageName(u *url.URL) string {
	if u.RawQuery != "" {
		return u.Path + "?" + u.RawQuery
	}
	return u.Path
}

// reachablePages returns the names of the pages to which links lead from the seed. It reads the site's files and does
// not use the scraper's code.
func reachablePages(t *testing.T, files fs.FS, seed *url.URL) []string {
	t.Helper()
	names := []string{pageName(seed)}
	queue := []*url.URL{seed}
	seen := map[string]bool{pageName(seed): true}
	for at := 0; at < len(queue); at++ {
		file, _ := servedFile(files, queue[at])
		body, err := fs.ReadFile(files, file)
		require.NoError(t, err)
		for _, u := range linksOf(t, body, queue[at]) {
			if u.Scheme != seed.Scheme || u.Host != seed.Host || strings.HasPrefix(u.Path, forbiddenDocs) {
				continue
			}
			if _, ok := servedFile(files, u); ok && !seen[pageName(u)] {
				seen[pageName(u)] = true
				names = append(names, pageName(u))
				queue = append(queue, u)
			}
		}
	}
	return names
}

// servedFile returns the HTML file that nginx serves for an address, if any. For a folder it is index.html. If the
// slash at the end is missing, nginx redirects to the folder, and u is changed accordingly.
func servedFile(files fs.FS, u *url.URL) (string, bool) {
	file := strings.TrimPrefix(path.Clean("/"+u.Path), "/")
	if file == "" {
		file = "."
	}
	info, err := fs.Stat(files, file)
	switch {
	case err != nil:
		return "", false
	case info.IsDir():
		index := path.Join(file, "index.html")
		if _, err := fs.Stat(files, index); err != nil {
			return "", false
		}
		*u = url.URL{Scheme: u.Scheme, Host: u.Host, Path: strings.TrimSuffix(u.Path, "/") + "/", RawQuery: u.RawQuery}
		return index, true
	}
	return file, strings.HasSuffix(u.Path, ".html")
}

// linksOf returns the addresses that crawlers may follow from a file. The argument at is the file's own address.
func linksOf(t *testing.T, body []byte, at *url.URL) []*url.URL {
	t.Helper()
	root, err := html.Parse(bytes.NewReader(body))
	require.NoError(t, err)
	base := at
	var hrefs []string
	for n := range root.Descendants() {
		attr := make(map[string]string, len(n.Attr))
		for _, a := range n.Attr {
			attr[a.Key] = strings.TrimSpace(a.Val)
		}
		rel := strings.Fields(strings.ToLower(attr["rel"]))
		switch n.Data {
		case "base":
			if u, err := at.Parse(attr["href"]); err == nil && base == at { // the first <base> counts
				base = u
			}
		case "meta":
			content := strings.ToLower(attr["content"])
			if strings.EqualFold(attr["name"], "robots") &&
				(strings.Contains(content, "nofollow") || strings.Contains(content, "none")) {
				return nil
			}
		case "a", "area":
			if !slices.Contains(rel, "nofollow") {
				hrefs = append(hrefs, attr["href"])
			}
		case "link": // Sphinx names the next page in it
			if slices.Contains(rel, "next") {
				hrefs = append(hrefs, attr["href"])
			}
		}
	}
	var links []*url.URL
	for _, href := range hrefs {
		if u, err := base.Parse(href); err == nil && href != "" {
			u.Fragment, u.RawFragment = "", ""
			links = append(links, u)
		}
	}
	return links
}
