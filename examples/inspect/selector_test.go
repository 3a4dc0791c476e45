package main

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"

	"github.com/dechaff/dechaff/cleaner/htmldoc"
)

func TestStableNames(t *testing.T) {
	for _, name := range []string{"story", "article-body", "byline", "ArticleText", "tide_table", "h2title", "main"} {
		assert.True(t, isStable(name), name)
	}
	for _, name := range []string{
		"post-1234", "css-1q2w3e", "sc-abc", "is-active", "active", "js-more", "mt-4", "p-2", "a", "3d", "a:b", "x.y", "text-sm",
		"jsx-99", strings.Repeat("long", 20), "hidden", "wp-image-7", "a8x2k9", "größe",
	} {
		assert.False(t, isStable(name), name)
	}
}

const boat = `<body><div id="page-77"><div class="mt-4 story"><h1 class="css-9x8y7z">The boat</h1>
<p class="byline">Written by <b class="pen">Ada Holm</b>, <time>3 May</time></p>
<p>The boat came in.</p><p>It was late, and nobody had asked it to come at all, but there it was.</p>
<div class="promo is-open"><p>Buy the boat.</p><p>It floats, and the cat comes with it.</p></div>
<table><tr><td>Monday</td><td>Six</td></tr></table></div></div><div class="x1y2z3"><p>Nothing</p></div></body>`

// The first selectors are for the element itself, the next ones for its ancestors. They use ids and classes that other
// pages have, too.
func TestPropose(t *testing.T) {
	doc, err := htmldoc.ParseBytes([]byte(boat), htmldoc.Source{})
	require.NoError(t, err)
	other, err := htmldoc.ParseBytes([]byte(strings.ReplaceAll(boat, "promo", "other")), htmldoc.Source{})
	require.NoError(t, err)
	for _, c := range []struct{ text, key, first, chosen string }{
		{"Buy the boat.", "remove", ".promo p", ".promo"},
		{"Monday", "keep", ".story td", ".story table"},
		{"It was late", "content", ".story p", ".story"},
		{"Written by", "author", ".byline", ".byline"},
		{"Ada Holm", "author", ".pen", ".pen"},
		{"3 May", "date", "time", "time"},
		{"The boat", "title", "h1", "h1"},
		{"Nothing", "remove", "body > div:nth-of-type(2) > p:nth-of-type(1)", "body > div:nth-of-type(2) > p:nth-of-type(1)"},
	} {
		n := elementWith(doc.Root, c.text)
		require.NotNil(t, n, c.text)
		all := propose(n, isField(c.key), doc, []*htmldoc.Document{other})
		assert.Equal(t, c.first, all[0].Selector, c.text)
		chosen := all[choose(all, c.key, countLetters(n), countLetters(doc.Root))]
		assert.Equal(t, c.chosen, chosen.Selector, c.text)
		assert.Positive(t, chosen.Matches)
		if chosen.Selector == ".promo" {
			assert.Zero(t, chosen.Pages)
			assert.Equal(t, 11, chosen.Words)
		} else {
			assert.Equal(t, 1, chosen.Pages)
		}
		assert.Regexp(t, `^(body|\.story|\.promo|\.byline) > `, all[len(all)-1].Selector, "the position is the last resort")
		assert.Equal(t, 1, all[len(all)-1].Matches)
	}
}

// elementWith returns the element that contains the first text with the given prefix.
func elementWith(root *html.Node, text string) *html.Node {
	for n := range root.Descendants() {
		if n.Type == html.TextNode && strings.HasPrefix(n.Data, text) {
			return n.Parent
		}
	}
	return nil
}

func TestFileOf(t *testing.T) {
	for host, want := range map[string]string{
		"www.mill.example": "mill.example.yaml", "Mill.Example": "mill.example.yaml", "mill.example:8080": "mill.example.yaml",
		"news.mill.example": "news.mill.example.yaml", "": "", "..": "", "../x": "", "a/b": "", `a\b`: "", "[::1]:80": "",
	} {
		assert.Equal(t, want, fileOf(host), host)
	}
}

// Undo restores the previous rules. Invalid rules change nothing. A failed save is an error.
func TestRulebook(t *testing.T) {
	b, err := openRulebook("")
	require.NoError(t, err)
	const file = "mill.example.yaml"
	text := func() string {
		data, _, err := b.text(file)
		require.NoError(t, err)
		return string(data)
	}
	require.NoError(t, b.insert(file, "remove", ".ad"))
	require.NoError(t, b.insert(file, "remove", ".promo"))
	both := text()
	assert.Contains(t, both, ".ad")
	assert.Contains(t, both, ".promo")
	version := b.version()
	require.ErrorIs(t, b.edit(file, []byte("remove: [\n")), errRequest)
	require.ErrorIs(t, b.edit(file, []byte("contents: p\n")), errRequest)
	require.ErrorIs(t, b.insert(file, "remove", "p["), errRequest)
	assert.Equal(t, both, text())
	assert.Equal(t, version, b.version())
	require.ErrorIs(t, b.save(file), errNoFolder)
	require.NoError(t, b.undo(file))
	assert.Equal(t, "remove: .ad\n", text())
	require.NoError(t, b.undo(file))
	assert.Empty(t, text())
	require.ErrorIs(t, b.undo(file), errRequest)
}
