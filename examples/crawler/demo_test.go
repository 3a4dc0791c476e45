package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// chaff lists the keys of demo/words.json whose words must not be in any article. The other words are names that also
// occur in front matter.
var chaff = []string{
	"Skip", "Newsletter", "NewsletterText", "Subscribe", "ReadAlso", "Share", "Related", "AuthorBox",
	"Comment", "Leave", "Notes", "Akismet", "Recent", "Cookies",
}

func TestDemo(t *testing.T) {
	out := t.TempDir()
	code, stdout, stderr := crawl(t, out)
	require.Zero(t, code, stderr)
	var words map[string]map[string]string
	b, err := demoFiles.ReadFile("demo/words.json")
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(b, &words))
	d := demoSite{}
	require.NoError(t, d.load())
	require.GreaterOrEqual(t, len(d.stories), 12)
	byTitle := make(map[string]map[string]any)
	for _, line := range lines(t, out) {
		byTitle[line["title"].(string)] = line
	}
	languages := make(map[string]bool)
	for _, s := range d.stories {
		languages[s.Lang] = true
		t.Run(s.Slug, func(t *testing.T) {
			line := byTitle[s.Title]
			require.NotNil(t, line, "the story was not written")
			text := line["text"].(string)
			for _, key := range chaff {
				assert.NotContains(t, text, words[s.Lang][key])
			}
			for _, word := range []string{"Akismet", "data-script", "Facebook", "LinkedIn", s.Title} {
				assert.NotContains(t, text, word)
			}
			assert.Equal(t, 1, strings.Count(line["markdown"].(string), s.Title), "the headline occurs once")
			assert.Equal(t, s.Author, line["byline"])
			assert.True(t, strings.HasPrefix(line["published"].(string), s.Date[:10]))
			assert.Contains(t, stdout, s.Title)
			for block := range strings.SplitSeq(plainBlocks(t, s.Slug), "\n\n") {
				assert.Contains(t, text, block)
			}
		})
	}
	assert.Len(t, languages, 3)
	for _, rule := range []string{
		"residue", "share-row", "comment-form", "comment-list", "newsletter-box",
		"related-box", "consent-dialog",
	} {
		assert.Contains(t, stdout, rule, "the summary lists what was removed")
	}
}

// plainBlocks returns the blocks of a story that are not HTML.
func plainBlocks(t *testing.T, slug string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("demo", "stories", slug+".txt"))
	require.NoError(t, err)
	_, body, _ := strings.Cut(string(b), "\n\n")
	var blocks []string
	for block := range strings.SplitSeq(strings.TrimSpace(body), "\n\n") {
		if !strings.HasPrefix(block, "<") {
			blocks = append(blocks, block)
		}
	}
	return strings.Join(blocks, "\n\n")
}
