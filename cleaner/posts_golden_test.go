package cleaner

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dechaff/dechaff/cleaner/htmldoc"
)

// minThreads is the minimum number of pages in testdata/threads that must match their want.json.
const minThreads = 39

// A threadWant is the want.json of a folder in testdata/threads: the posts as a reader sees them.
type threadWant struct {
	// NotYet says why the result does not match yet. It is "" if the result matches. The test fails if the result
	// matches although NotYet is set.
	NotYet   string       `json:"not_yet,omitempty"`
	URL      string       `json:"url"`
	Posts    []wantedPost `json:"posts,omitempty"`
	Comments []wantedPost `json:"comments,omitempty"`
}

// A wantedPost contains the fields of a post that the page shows. Quotes counts the outermost quotes in it.
type wantedPost struct {
	Author    string `json:"author,omitempty"`
	Published Date   `json:"published,omitzero"`
	URL       string `json:"url,omitempty"`
	Text      string `json:"text"`
	Depth     int    `json:"depth,omitempty"`
	Score     *int   `json:"score,omitempty"`
	Accepted  bool   `json:"accepted,omitempty"`
	Quotes    int    `json:"quotes,omitempty"`
}

// Each folder of testdata/threads is a page with posts, with comments, or with similar boxes that are neither.
func TestThreads(t *testing.T) {
	folders, err := os.ReadDir(filepath.Join(testdata, "threads"))
	require.NoError(t, err)
	reached := 0
	for _, folder := range folders {
		dir := filepath.Join(testdata, "threads", folder.Name())
		name := filepath.Join(dir, "want.json")
		data, err := os.ReadFile(name)
		require.NoError(t, err)
		var want threadWant
		decoder := json.NewDecoder(bytes.NewReader(data))
		decoder.DisallowUnknownFields()
		require.NoError(t, decoder.Decode(&want), name)
		if want.NotYet == "" {
			reached++
		}
		t.Run(folder.Name(), func(t *testing.T) {
			page, err := os.ReadFile(filepath.Join(dir, "page.html"))
			require.NoError(t, err)
			a := cleanThread(t, page, want.URL)
			got := threadWant{want.NotYet, want.URL, wantedPosts(a.Posts), wantedPosts(a.Comments)}
			if want.NotYet != "" {
				require.NotEqual(t, threadJSON(t, want), threadJSON(t, got), "the wanted form is reached: remove not_yet")
				return
			}
			golden(t, name, threadJSON(t, got))
		})
	}
	require.GreaterOrEqual(t, reached, minThreads, "pages of testdata/threads are missing")
}

// cleanThread cleans a page and asserts that its posts survive a round trip through JSON. A page without an article has
// no posts.
func cleanThread(t *testing.T, page []byte, url string) *Article {
	t.Helper()
	doc, err := htmldoc.ParseBytes(page, htmldoc.Source{URL: url})
	require.NoError(t, err)
	before := renderTree(t, doc.Root)
	a, err := New(Options{Posts: true, Comments: true}).CleanDocument(doc)
	if err != nil {
		require.ErrorIs(t, err, ErrNoArticle)
		return &Article{}
	}
	require.Equal(t, before, renderTree(t, doc.Root), "cleaning changed its input")
	for _, posts := range [][]Post{a.Posts, a.Comments} {
		b, err := json.Marshal(posts)
		require.NoError(t, err)
		var back []Post
		require.NoError(t, json.Unmarshal(b, &back))
		again, err := json.Marshal(back)
		require.NoError(t, err)
		assertSame(t, "posts after a trip through JSON", string(b), string(again))
	}
	return a
}

func wantedPosts(posts []Post) []wantedPost {
	all := make([]wantedPost, 0, len(posts))
	for k := range posts {
		p := &posts[k]
		all = append(all, wantedPost{
			p.Author, p.Published, p.URL, p.Text(), p.Depth, p.Score, p.Accepted, outerQuotes(p.HTML()),
		})
	}
	return slices.Clip(all)
}

// outerQuotes counts the outermost quotes.
func outerQuotes(markup string) (quotes int) {
	depth := 0
	for _, tag := range strings.SplitAfter(markup, ">") {
		switch {
		case strings.HasSuffix(tag, "</blockquote>"):
			depth--
		case strings.HasSuffix(tag, "<blockquote>"):
			if depth++; depth == 1 {
				quotes++
			}
		}
	}
	return quotes
}

func threadJSON(t *testing.T, want threadWant) string {
	t.Helper()
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	require.NoError(t, encoder.Encode(want))
	assert.NotContains(t, strings.ToLower(b.String()), "<script")
	return b.String()
}
