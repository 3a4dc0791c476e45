package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// This test archives a manual of 12 pages in TestWiki's wiki. Each page has its own picture. Each picture must be saved
// once, and all links between the manual's pages must point to files.
func TestWikiArchive(t *testing.T) {
	site, dir := os.Getenv("DECHAFF_WIKI_URL"), os.Getenv("DECHAFF_WIKI_PAGES")
	if site == "" || dir == "" {
		t.Skip("DECHAFF_WIKI_URL and DECHAFF_WIKI_PAGES are not set: see .ci/wiki")
	}
	const pages = 12
	media := filepath.Join(filepath.Dir(dir), "media", "manual")
	require.NoError(t, os.MkdirAll(media, 0o777))
	for i := range pages {
		require.NoError(t, os.WriteFile(filepath.Join(media, fmt.Sprintf("lamp%d.png", i)), pngOf(i+1), 0o666))
		p := wikiPage{space: "manual", name: fmt.Sprintf("lamp_%d", i)}
		next := (i + 1) % pages
		p.text = strings.Replace(wikiText(&p, fmt.Sprintf("lamp_%d", next)), "wiki:dokuwiki-128.png", fmt.Sprintf("manual:lamp%d.png", i), 1)
		p.text += fmt.Sprintf("\nSee [[manual:lamp_%d#routine|the routine]] and [[manual:lamp_%d]].\n", next, (i+5)%pages)
		require.NoError(t, p.write(dir))
	}
	out := t.TempDir()
	args := []string{
		"-allow-private", "-delay", "0", "-images", "-format", "markdown,html", "-filename", "{path}/{title}", "-include", "re:id=manual:",
		"-state", filepath.Join(t.TempDir(), "crawl.db"), site + "?id=manual:lamp_0",
	}
	code, stdout, stderr := crawl(t, out, args...)
	require.Zero(t, code, stderr)
	t.Log(stdout[strings.LastIndex(stdout, "\nPages"):])
	w := walkArchive(t, out)
	assert.Equal(t, 2*pages, w.files)
	assert.Len(t, w.pictures, pages, "%v", w.pictures)
	assert.Empty(t, w.online)
	assert.Len(t, w.articles, 2*pages, "each page is linked to: %v", w.articles)
	checkMatters(t, out)
	before := archiveFiles(t, out)
	time.Sleep(10 * time.Millisecond) // so that times of rewritten files would differ
	code, _, stderr = crawl(t, out, args...)
	require.Zero(t, code, stderr)
	assert.Equal(t, before, archiveFiles(t, out), "a second run writes nothing")
}
