package cleaner

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// entryFiles are the files that a folder of testdata/entries may contain.
var entryFiles = []string{"page.html", "page.json", "want.json"}

func TestGoldenEntries(t *testing.T) {
	folders, err := os.ReadDir(filepath.Join(testdata, "entries"))
	require.NoError(t, err)
	require.NotEmpty(t, folders, "no pages")
	for _, folder := range folders {
		t.Run(folder.Name(), func(t *testing.T) {
			dir := filepath.Join(testdata, "entries", folder.Name())
			files, err := os.ReadDir(dir)
			require.NoError(t, err)
			for _, f := range files {
				assert.Contains(t, entryFiles, f.Name(), "no test reads this file")
			}
			entries := entriesOf(t, dir)
			for k := range entries {
				assert.NotEmpty(t, entries[k].Title)
				assert.True(t, strings.HasPrefix(entries[k].URL, "http"), entries[k].URL)
			}
			b, err := json.MarshalIndent(entries, "", "  ")
			require.NoError(t, err)
			golden(t, filepath.Join(dir, "want.json"), string(b)+"\n")
		})
	}
}

// entriesOf returns the entries of a folder's page, and asserts that JSON restores them.
func entriesOf(t *testing.T, dir string) []Entry {
	t.Helper()
	var source struct {
		URL  string `json:"url"`
		Kind Kind   `json:"kind"`
	}
	readAbout(t, dir, &source)
	page, err := os.ReadFile(filepath.Join(dir, "page.html"))
	require.NoError(t, err)
	a := cleanWith(t, string(page), source.URL, Options{Entries: true, Kind: source.Kind})
	b, err := json.Marshal(a)
	require.NoError(t, err)
	var back Article
	require.NoError(t, json.Unmarshal(b, &back))
	assert.Equal(t, a.Entries, back.Entries)
	if a.Entries == nil {
		return []Entry{}
	}
	return a.Entries
}

// cleanWith cleans a page. For a page without an article, it returns the fields that are known.
func cleanWith(t *testing.T, page, url string, opts Options) *Article {
	t.Helper()
	a, err := New(opts).Clean(strings.NewReader(page), url)
	var none *NoArticleError
	if assert.ErrorAs(t, orNone(err), &none) && err != nil {
		return none.About
	}
	return a
}

// orNone returns err, or a NoArticleError if err is nil.
func orNone(err error) error {
	if err == nil {
		return &NoArticleError{}
	}
	return err
}

// rowsOf returns a list page with n rows.
func rowsOf(n int) string {
	var b strings.Builder
	b.WriteString("<html><body><h1>Rows</h1><ul class=rows>")
	for k := range n {
		fmt.Fprintf(&b, "<li class=row><h3><a href=/row/%d>Row %d of the long list</a></h3><p>Text of row %d.</p></li>", k, k, k)
	}
	b.WriteString("</ul></body></html>")
	return b.String()
}

func TestEntriesOnlyIfAsked(t *testing.T) {
	a := cleanWith(t, rowsOf(30), "https://rows.example/list", Options{Kind: KindListing})
	assert.Empty(t, a.Entries)
	a = cleanWith(t, rowsOf(30), "https://rows.example/list", Options{Kind: KindListing, Entries: true})
	assert.Len(t, a.Entries, 30)
	a = cleanWith(t, rowsOf(30), "https://rows.example/list", Options{Kind: KindArticle, Entries: true})
	assert.Empty(t, a.Entries, "the caller knows better")
}

func TestEntriesOfManyRows(t *testing.T) {
	if testing.Short() {
		t.Skip("takes half a minute under the race detector")
	}
	a := cleanWith(t, rowsOf(100_000), "https://rows.example/list",
		Options{Kind: KindListing, Entries: true, MaxNodes: 2_000_000, Vote: VoteNever})
	require.Len(t, a.Entries, maxEntries)
	assert.Equal(t, "https://rows.example/row/0", a.Entries[0].URL)
}

// TestEntriesOfNestedBoxes cleans nested boxes in which the links of each box look different.
func TestEntriesOfNestedBoxes(t *testing.T) {
	var b strings.Builder
	for k := range 400 {
		fmt.Fprintf(&b, "<div class=b%c%c><a class=l%c href=/%d>Link %d</a>", 'a'+k%26, 'a'+k/26, 'a'+k%7, k, k)
	}
	a := cleanWith(t, b.String(), "https://deep.example/list", Options{Kind: KindListing, Entries: true})
	assert.LessOrEqual(t, len(a.Entries), 400)
}

func TestAppendJoinsEntries(t *testing.T) {
	first := Article{Entries: []Entry{{Title: "One", URL: "https://a.example/1"}, {Title: "Two", URL: "https://a.example/2"}}}
	first.Append(&Article{Entries: []Entry{{Title: "Two", URL: "https://a.example/2"}, {Title: "Three", URL: "https://a.example/3"}}})
	assert.Equal(t, []Entry{
		{Title: "One", URL: "https://a.example/1"},
		{Title: "Two", URL: "https://a.example/2"},
		{Title: "Three", URL: "https://a.example/3"},
	}, first.Entries)
}
