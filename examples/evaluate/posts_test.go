package main

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dechaff/dechaff/cleaner"
)

func TestPosts(t *testing.T) {
	page := `<html><body class="viewtopic"><h1>The kiln</h1>` +
		`<div class="post" id="p41"><a class="username" href="/member/7">Quill</a> <time datetime="2026-03-02">2 March</time>` +
		`<div class="content">My small kiln trips the breaker after ten minutes.</div></div>` +
		`<div class="post" id="p42"><a class="username" href="/member/9">Hob</a> <time datetime="2026-03-03">3 March</time>` +
		`<div class="content">Then it is the lead: measure it against the case.</div></div></body></html>`
	a, err := cleaner.New(cleaner.Options{Posts: true}).Clean(strings.NewReader(page), "https://kilns.example/topic/5")
	require.NoError(t, err)
	truth := []truthPost{
		{Text: "My small kiln trips the breaker after ten minutes.", User: "quill", Date: "2026-03-02", Link: "?p=41#p41"},
		{Text: "Then it is the lead: measure it against the case.", User: "Ada", Date: "2026-03-04", Link: "#p43"},
		{Text: "A post that the page does not have."},
	}
	var got postTally
	got.add(truth, a.Posts)
	got.add(nil, a.Posts) // a page without labels does not count
	assert.Equal(t, postTally{
		found: 2, given: 2, truth: 3, users: 1, named: 2, days: 1, dated: 2, links: 1, linked: 2,
	}, got)
	assert.Equal(t, []score{{"posts F1", 0.8}, {"post author", 0.5}, {"post day", 0.5}, {"post link", 0.5}}, got.scores())
	assert.Empty(t, new(postTally).scores())
}

func TestPostNumber(t *testing.T) {
	for address, want := range map[string]string{
		"viewtopic.php?pid=18#p1865954": "1865954", "/threads/x-vs-8.21/post-27": "27", "#c1b": "c1b", "/a/b/": "b",
	} {
		assert.Equal(t, want, postNumber(address), address)
	}
}
