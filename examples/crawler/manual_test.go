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

// The navigation links of a real manual, whose pages are in the folder DECHAFF_MANUAL, are almost completely removed
// once the site is known.
func TestManual(t *testing.T) {
	dir := os.Getenv("DECHAFF_MANUAL")
	if dir == "" {
		t.Skip("DECHAFF_MANUAL is not set to a folder of a manual's pages: see .ci/docsite")
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
			pager := readPager(t, filepath.Join(dir, filepath.FromSlash(pageFile(u))))
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
	t.Logf("a part of the pager is left on %d of %d pages, and on %d of %d where nothing is learned", with, known,
		without, pages)
	require.Greater(t, without, 10, "there are too few navigation links to learn from")
	assert.LessOrEqual(t, with*100, known)
	assert.GreaterOrEqual(t, known*100, pages*99)
}

// The Site of a real manual removes almost no words except navigation, does not remove any table or picture, and does
// not bring back any text. DECHAFF_MANUALS lists folders that contain the pages of manuals.
func TestManualsKeepTheirText(t *testing.T) {
	folders := filepath.SplitList(os.Getenv("DECHAFF_MANUALS"))
	if len(folders) == 0 {
		t.Skip("DECHAFF_MANUALS is not set to folders of manuals' pages: see .ci/docsite")
	}
	for _, dir := range folders {
		t.Run(filepath.Base(filepath.Dir(dir)), func(t *testing.T) {
			server := httptest.NewServer(http.FileServer(http.Dir(dir)))
			defer server.Close()
			alone, beside := crawlManual(t, server.URL, "-no-site"), crawlManual(t, server.URL)
			require.Greater(t, len(alone), 100)
			var words, lost, rows, pictures int
			for address, page := range alone {
				u, err := url.Parse(address)
				require.NoError(t, err)
				pager := readPager(t, filepath.Join(dir, filepath.FromSlash(pageFile(u))))
				other := beside[address]
				words += len(strings.Fields(page.text))
				pictures += max(0, strings.Count(page.markdown, "![")-strings.Count(other.markdown, "!["))
				gone, back := lineDifference(page.text, other.text)
				assert.Empty(t, back, "%s: these lines came back", address)
				for _, line := range gone {
					if pager.has(line) {
						continue
					}
					t.Logf("%s: %q", u.Path, line)
					if lost += len(strings.Fields(line)); strings.Contains(line, "\t") {
						rows++
					}
				}
			}
			t.Logf("%d of %d words on %d pages are lost, %d rows of tables, %d pictures", lost, words, len(alone), rows,
				pictures)
			assert.LessOrEqual(t, 1000*lost, words)
			assert.Zero(t, rows)
			assert.Zero(t, pictures)
		})
	}
}

// A manualPage is the result for one page.
type manualPage struct{ text, markdown string }

// crawlManual crawls a manual and returns its pages by address.
func crawlManual(t *testing.T, address string, args ...string) map[string]manualPage {
	t.Helper()
	out := t.TempDir()
	code, _, stderr := crawl(t, out, append(args, "-allow-private", "-max", "1500", address+"/index.html")...)
	require.Zero(t, code, stderr)
	pages := make(map[string]manualPage)
	for _, line := range lines(t, out) {
		markdown, err := os.ReadFile(filepath.Join(out, line["file"].(string)))
		require.NoError(t, err)
		pages[line["url"].(string)] = manualPage{line["text"].(string), string(markdown)}
	}
	return pages
}

// lineDifference lists the lines that only the first text has, and those that only the second has.
func lineDifference(text, other string) (gone, back []string) {
	counts := make(map[string]int)
	for line := range strings.Lines(other) {
		counts[strings.TrimSpace(line)]++
	}
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); counts[line] > 0 {
			counts[line]--
		} else if line != "" {
			gone = append(gone, line)
		}
	}
	for line, n := range counts {
		if n > 0 && line != "" {
			back = append(back, line)
		}
	}
	return gone, back
}

// pageFile returns the file of the manual's page at an address.
func pageFile(u *url.URL) string {
	if name := path.Clean(u.Path); name != "/" {
		return name
	}
	return "/index.html"
}

// A pager contains the text of a manual's page: the text inside the page's navigation, and the text outside it.
type pager struct {
	cells map[string]bool
	body  string
}

// readPager reads a page in the form that DocBook's stylesheets generate.
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

// has reports whether a line belongs to the page's navigation: the line consists of two or more of the navigation's
// cells, or of one cell whose text occurs nowhere else on the page.
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

// squeeze collapses white space, and removes zero-width spaces, which mark where a line may break within a name.
func squeeze(s string) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(s, "\u200b", "")), " ")
}
