package main

import (
	"fmt"
	"path"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dechaff/dechaff/cleaner"
)

func TestNamePatterns(t *testing.T) {
	day := cleaner.Date{Time: time.Date(2026, 3, 9, 23, 0, 0, 0, time.UTC), HasTime: true}
	month, year := day, day
	month.NoDay = true
	year.NoDay, year.NoMonth = true, true
	for _, c := range []struct {
		pattern, want string
		article       cleaner.Article
	}{
		{"{slug}", "the-tide-table", cleaner.Article{}},
		{"{date}-{slug}", "2026-03-09-the-tide-table", cleaner.Article{Published: day}},
		{"{date}-{slug}", "2026-03-the-tide-table", cleaner.Article{Modified: month}},
		{"{date}-{slug}", "the-tide-table", cleaner.Article{}},
		{"{slug} ({author})", "the-tide-table (una-petrie)", cleaner.Article{Authors: []string{"Una Petrie", "Ada"}}},
		{"{year}/{month}/{day}/{slug}", "2026/03/09/the-tide-table", cleaner.Article{Published: day}},
		{"{year}/{month}/{day}/{slug}", "2026/the-tide-table", cleaner.Article{Published: year}},
		{"{path}/{name}", "guide/tides/high-water", cleaner.Article{URL: "https://gauge.example/guide/Tides/high_water.html"}},
		{"{path}/{name}", "index", cleaner.Article{URL: "https://gauge.example/"}},
		{"{path}/{name}", "guide", cleaner.Article{URL: "https://gauge.example/guide/"}},
		{"{path}/{name}", "doku-id-harbour-tides", cleaner.Article{URL: "https://gauge.example/doku.php?id=harbour:tides"}},
		{"{path}/{name}", "page-images/page-con/nul-x", cleaner.Article{URL: "https://gauge.example/images/con/nul.x"}},
		{"{host}/{title}", "gauge-example/The Tide Table", cleaner.Article{}},
		{"{title}", "What's \u00e9 & why it matters", cleaner.Article{Title: "  What's <e\u0301> & why: \"it\" matters?  "}},
		{"{title}", strings.Repeat("潮", 26), cleaner.Article{Title: strings.Repeat("潮", 40)}},
		{"../{slug}", "the-tide-table", cleaner.Article{}},
		{"/etc/{slug}", "etc/the-tide-table", cleaner.Article{}},
		{"con/{slug}", "page-con/the-tide-table", cleaner.Article{}},
		{"{section}_{lang}_{kind}_{site}", "tides_de_article_gauge", cleaner.Article{Section: "Tides", Language: "de", Kind: cleaner.KindArticle, SiteName: "Gauge"}},
		{"{section}", "the-table", cleaner.Article{}},
	} {
		p, err := parseNamePattern(c.pattern)
		require.NoError(t, err)
		if c.article.Title == "" {
			c.article.Title = "The Tide Table"
		}
		if c.article.URL == "" {
			c.article.URL = "https://gauge.example/the-table"
		}
		assert.Equal(t, c.want, p.name(&c.article), c.pattern)
	}
	for _, bad := range []string{"", "all", "{nothing}", "{slug", "{}"} {
		_, err := parseNamePattern(bad)
		require.ErrorIs(t, err, errFilename, bad)
	}
}

// Whatever its title and address, no page gets a name that leaves the folder, that a system rejects, or that collides
// with another name.
func TestHostilePagesInNamePatterns(t *testing.T) {
	for _, pattern := range []string{"{title}", "{path}/{name}", "{host}/{path}/{date}-{title}-{hash}", "{author}/{section}/{slug}"} {
		p, err := parseNamePattern(pattern)
		require.NoError(t, err)
		n := newNames()
		seen := make(map[string]bool)
		for i, text := range steering {
			address := fmt.Sprintf("https://gull.example/%s/%s?%d", strings.ReplaceAll(text, "\n", "%0A"), text, i)
			name := n.take(p, &cleaner.Article{Title: text, URL: address, Section: text, Authors: []string{text}})
			require.True(t, isOurID(name), "%q gave %q", text, name)
			require.Equal(t, name, path.Clean(name))
			require.False(t, seen[fold(name)], "%q gave %q, which is taken", text, name)
			seen[fold(name)] = true
			require.LessOrEqual(t, len(name), 1000)
			for segment := range strings.SplitSeq(name, "/") {
				require.NotEmpty(t, segment)
				require.LessOrEqual(t, len(segment), maxSegment+10, "%q", name)
				require.False(t, isReserved(strings.ToLower(segment)), "%q gave %q", text, name)
				require.Equal(t, strings.Trim(segment, ". -"), segment, "%q gave %q", text, name)
				require.False(t, strings.ContainsAny(segment, "<>:\"|?*\\\x00\n\r\t."), "%q gave %q", text, name)
			}
		}
	}
}

// An article whose folders have long names is written like any other.
func TestLongFolders(t *testing.T) {
	b := newBlog(t, 3)
	folders := ""
	for _, word := range []string{"pier", "gull", "tide", "rope", "mast"} {
		folders += "/" + strings.Repeat(word, 14)
	}
	b.set(folders+"/post", article("Far away", "<p>Far from the harbor.</p>"))
	code, stdout, stderr := crawl(t, t.TempDir(), "-allow-private", "-filename", "{path}/{slug}", b.URL+"/")
	require.Zero(t, code, stdout+stderr)
	assert.Contains(t, stdout, "5 handled, 0 failed")
	assert.Contains(t, stdout, "far-away.md")
}
