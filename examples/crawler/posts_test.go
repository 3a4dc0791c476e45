package main

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dechaff/dechaff/cleaner"
)

// A list of posts is recognized whatever the kind of the page is. An article is not a list, even if some of its
// headings link to other articles.
func TestListsOfPosts(t *testing.T) {
	const post = `<div class="post"><h2><a href="/2026/%s">What the %s said</a></h2><p>The tide came in at six and went out again at noon, as the
		table by the harbour said that it would, and nobody but the %s was surprised by it, or said so.</p></div>`
	posts := ""
	for _, who := range []string{"gulls", "pilot", "keeper"} {
		posts += strings.ReplaceAll(post, "%s", who)
	}
	const intro = `<p>Each spring the office asks those who work on the water what they have seen in the winter, writes it on one sheet of
		paper, and nails it to the door of the shed, where it stays until the rain has washed it off or somebody has taken it home.
		This is what was on the sheet this year, as far as it could still be read in May.</p>`
	const card = `<a class="card" href="/2026/%s"><p>From the office.</p><h2>What the %s said</h2><p>The tide came in at six and went out
		again at noon, as the table by the harbour said that it would, and nobody but the %s was surprised by it.</p></a>`
	cards := ""
	for _, who := range []string{"gulls", "pilot", "keeper"} {
		cards += strings.ReplaceAll(card, "%s", who)
	}
	for name, c := range map[string]struct {
		page string
		want bool
	}{
		"posts":           {posts, true},
		"cards":           {cards, true},
		"with a headline": {"<h1>Category: Gulls</h1><p>All about gulls.</p>" + posts, true},
		"with an intro":   {"<h1>The sheet on the door</h1>" + intro + posts, false},
		"other hosts":     {strings.ReplaceAll(posts, `href="/`, `href="https://other.example/`), false},
		"own headings":    {posts + "<h2>What nobody said</h2>" + intro, false},
		"one post":        {strings.ReplaceAll(post, "%s", "gulls") + intro, false},
	} {
		page := "<!DOCTYPE html><html lang=en><title>Gulls</title><body><main>" + c.page + "</main></body></html>"
		a, err := cleaner.New(cleaner.Options{Kind: cleaner.KindArticle}).Clean(strings.NewReader(page), "https://quay.example/tag/gulls/")
		require.NoError(t, err, name)
		assert.Equal(t, c.want, isListing(a), "%s\n%s", name, a.HTML())
	}
}

// An archive of posts is a list, although its kind is article.
func TestArchiveOfPosts(t *testing.T) {
	rows := ""
	for _, title := range []string{
		"What the gulls said about the harbor master's new hat", "The pilot who would not ask the way",
		"A winter without a single herring", "How the shed came to have two doors", "The keeper's list of lost gloves",
		"Why the bell rings at ten past nine", "The boat that was painted on one side only",
	} {
		rows += `<dt>21 August 2023</dt><dd><a href="/` + strings.ReplaceAll(strings.ToLower(title), " ", "-") + `">` + title +
			`</a> by <a href="/who/ada">Ada Pell</a></dd>`
	}
	page := `<!DOCTYPE html><html lang=en><title>The Quay Workshop</title><body><header><h1><a href="/">The Quay Workshop</a></h1></header>
		<main><h2>Archives</h2><dl>` + rows + `</dl></main></body></html>`
	c := cleaner.New(cleaner.Options{Entries: true})
	a, err := c.Clean(strings.NewReader(page), "https://quay.example/archives/")
	require.NoError(t, err)
	a.Kind = cleaner.KindArticle
	assert.True(t, isListing(a), "%d entries", len(a.Entries))
	a.Entries = nil
	assert.False(t, isListing(a))
}
