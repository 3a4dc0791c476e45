package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// This test archives a real blog at DECHAFF_WORDPRESS_URL, which has one page and 24 posts. Each post has two pictures
// of its own. Every eighth post also has a third picture, which is the same in these three posts. Each post must be an
// article with all its pictures in full size, each picture must be saved once, and the articles must not include any
// list of posts.
func TestWordPress(t *testing.T) {
	site := os.Getenv("DECHAFF_WORDPRESS_URL")
	if site == "" {
		t.Skip("DECHAFF_WORDPRESS_URL is not set: see .ci/wordpress")
	}
	for name, more := range map[string][]string{
		"notes": {"-filename", "{date}-{slug}"}, "folders": {"-filename", "{path}/{title}", "-state", filepath.Join(t.TempDir(), "crawl.db")},
	} {
		t.Run(name, func(t *testing.T) {
			out := t.TempDir()
			args := append(more, "-allow-private", "-images", "-format", "markdown,html,jsonl", site)
			code, stdout, stderr := crawl(t, out, args...)
			require.Zero(t, code, stderr)
			t.Log(stdout[strings.LastIndex(stdout, "\nPages"):])
			entries := make(map[string]bool)
			entry := regexp.MustCompile(`number (\d+), came to be written`)
			for _, line := range lines(t, out) {
				text := line["text"].(string)
				match := entry.FindStringSubmatch(text)
				if match == nil {
					assert.Contains(t, text, "open to everybody", "no list of posts: %s", line["url"])
					continue
				}
				assert.False(t, entries[match[1]], "twice: %s", line["url"])
				entries[match[1]] = true
				assert.Contains(t, line["markdown"], "/quay-"+match[1]+".jpg)", "the full size")
			}
			assert.Len(t, entries, 24)
			w := walkArchive(t, out)
			assert.Equal(t, 2*25, w.files)
			assert.Len(t, w.pictures, 24*2+1, "%v", w.pictures)
			assert.Empty(t, w.online)
			assert.NotEmpty(t, w.articles)
			saved, err := filepath.Glob(filepath.Join(out, imagesFolder, "*.jpg"))
			require.NoError(t, err)
			assert.Len(t, saved, 24*2+1)
			checkMatters(t, out)

			before := archiveFiles(t, out)
			code, _, stderr = crawl(t, out, args...)
			require.Zero(t, code, stderr)
			assert.Equal(t, before, archiveFiles(t, out), "a second run writes nothing")
		})
	}
}
