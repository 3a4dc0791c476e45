package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dechaff/dechaff/cleaner/htmldoc"
	"github.com/dechaff/dechaff/scraper"
)

// lanternPages returns n pages that link to each other. They all end in the same two lines, which no rule matches.
func lanternPages(n int) map[string]string {
	pages := make(map[string]string)
	var links strings.Builder
	for i := range n {
		fmt.Fprintf(&links, "<a href=/p%d>%d</a> ", i, i)
	}
	names := []string{
		"Ada", "Brun", "Cato", "Dela", "Emil", "Fenna", "Gil", "Hedda", "Ivo", "Jule", "Kaj", "Lotte",
		"Mads",
	}
	things := []string{"nets", "lamps", "barrels", "bells", "geese", "oars", "sails"}
	for i := range n {
		var text strings.Builder
		for k := range 5 {
			fmt.Fprintf(&text, "<p>%s and %s carried the %s past the house of %s before the tide came in, and told the harbour master that the %s had been left there by %s.</p>",
				names[(i+k)%13], names[(i*3+k*5+1)%13], things[(i+k)%7], names[(i/3+k)%13], things[(i/2+k*2)%7], names[(i*7+k)%13])
		}
		title := names[i%13] + " and the " + things[i%7]
		pages[fmt.Sprintf("/p%d", i)] = "<!DOCTYPE html><html lang=en><title>" + title +
			"</title><div class=story><h1>" + title + "</h1>" + text.String() +
			"<p>Set in type by hand beneath the harbour stairs.</p><p>Whoever finds a mistake is owed a kipper.</p></div><footer>" + links.String() + "</footer>"
	}
	return pages
}

func TestSiteIsLearned(t *testing.T) {
	const n = 40
	s := newSite(t, lanternPages(n))
	out := t.TempDir()
	code, stdout, stderr := crawl(t, out, "-allow-private", s.URL+"/p0")
	require.Zero(t, code, stderr)
	list := lines(t, out)
	require.Len(t, list, n)
	again := 0
	for _, l := range list {
		assert.NotContains(t, l["text"], "kipper", l["url"])
		assert.Equal(t, 5, strings.Count(l["text"].(string), "harbour master"), "content was lost")
		assert.GreaterOrEqual(t, l["host_pages"], float64(enoughPages))
		if l["cleaned_again"] == true {
			again++
			assert.InDelta(t, n, l["host_pages"], 0)
		}
		md, err := os.ReadFile(filepath.Join(out, l["file"].(string)))
		require.NoError(t, err)
		assert.Contains(t, string(md), l["markdown"], "the file and the line must agree")
	}
	assert.Positive(t, again)
	assert.LessOrEqual(t, again, maxKept)
	assert.Contains(t, stdout, fmt.Sprintf("%d pages cleaned again", again))
	entries, err := os.ReadDir(out)
	require.NoError(t, err)
	assert.Len(t, entries, n+2, "besides the files, articles.jsonl and the private folder")
}

func TestNoSite(t *testing.T) {
	const n = 12
	s := newSite(t, lanternPages(n))
	out := t.TempDir()
	code, stdout, stderr := crawl(t, out, "-allow-private", "-no-site", s.URL+"/p0")
	require.Zero(t, code, stderr)
	for _, l := range lines(t, out) {
		assert.Contains(t, l["text"], "kipper")
		assert.EqualValues(t, 0, l["host_pages"])
		assert.Equal(t, false, l["cleaned_again"])
	}
	assert.NotContains(t, stdout, "again")
}

// Two pages are too few to learn from: the lines that they share are kept, and neither page is cleaned again.
func TestSiteOfTwoPages(t *testing.T) {
	s := newSite(t, lanternPages(2))
	out := t.TempDir()
	code, _, stderr := crawl(t, out, "-allow-private", s.URL+"/p0")
	require.Zero(t, code, stderr)
	for _, l := range lines(t, out) {
		assert.Contains(t, l["text"], "kipper")
		assert.Equal(t, false, l["cleaned_again"])
	}
}

// againFolder returns the folder of pages that are stored to be cleaned again.
func againFolder(out string) string { return filepath.Join(out, privateFolder, "again") }

func TestStoppedCrawlKeepsWhatItWrote(t *testing.T) {
	s := newSite(t, lanternPages(40))
	out := t.TempDir()
	require.NoError(t, os.MkdirAll(filepath.Join(againFolder(out), "host"), 0o755)) // as after a crash
	require.NoError(t, os.WriteFile(filepath.Join(againFolder(out), "host", "old.json"), []byte("{"), 0o600))
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	stop := &stopper{after: 5, stop: cancel}
	var stderr bytes.Buffer
	args := []string{"-out", out, "-delay", "20ms", "-allow-private", s.URL + "/p0"}
	assert.Equal(t, exitStopped, run(ctx, args, stop, &stderr))
	list := lines(t, out)
	assert.NotEmpty(t, list)
	assert.Less(t, len(list), 40)
	for _, l := range list {
		assert.Equal(t, false, l["cleaned_again"])
	}
}

// Pages that are stored to be cleaned again survive a stop. The next run cleans them. They are then removed.
func TestStoppedCrawlCleansAgainWhenItContinues(t *testing.T) {
	const n = 40
	s := newSite(t, lanternPages(n))
	out, state := t.TempDir(), filepath.Join(t.TempDir(), "crawl.db")
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	args := []string{"-out", out, "-delay", "10ms", "-allow-private", "-state", state, s.URL + "/p0"}
	var stdout, stderr bytes.Buffer
	run(ctx, args, &stopper{after: 5, stop: cancel}, &stderr)
	first := lines(t, out)
	require.NotEmpty(t, first)
	require.Less(t, len(first), enoughPages)
	kept, err := filepath.Glob(filepath.Join(againFolder(out), "*", "*"+keptExtension))
	require.NoError(t, err)
	require.Len(t, kept, len(first))
	require.NoError(t, os.WriteFile(kept[0], nil, 0o600)) // as after a power cut
	spoilt := strings.TrimSuffix(filepath.Base(kept[0]), keptExtension)

	require.Zero(t, run(t.Context(), args, &stdout, &stderr), stderr.String())
	list := lines(t, out)
	require.Len(t, list, n)
	for i, l := range list {
		assert.Equal(t, 5, strings.Count(l["text"].(string), "harbour master"), "content was lost")
		if l["id"] == spoilt {
			assert.Equal(t, false, l["cleaned_again"])
			continue
		}
		assert.NotContains(t, l["text"], "kipper", l["url"])
		if i < len(first) {
			assert.Equal(t, true, l["cleaned_again"], l["url"])
		}
	}
	assert.NoDirExists(t, againFolder(out))
}

// A stopper is used as standard output. It stops the program after a given number of articles.
type stopper struct {
	after int
	stop  func()
}

func (s *stopper) Write(b []byte) (int, error) {
	if s.after -= bytes.Count(b, []byte(".md")); s.after <= 0 {
		s.stop()
	}
	return len(b), nil
}

// The data about a host survives the run. If its file is damaged, only that data is lost.
func TestSitesAreKept(t *testing.T) {
	out := t.TempDir()
	pages := lanternPages(7)
	page := func(path string) *scraper.Page {
		doc, err := htmldoc.Parse(strings.NewReader(pages[path]), htmldoc.Source{URL: "https://quay.example" + path})
		require.NoError(t, err)
		return &scraper.Page{Document: doc}
	}
	known := func() int {
		b, err := newSiteBook(out)
		require.NoError(t, err)
		_, snapshot := b.of(page("/p0"))
		return snapshot.Pages()
	}
	b, err := newSiteBook(out)
	require.NoError(t, err)
	for path := range pages {
		p := page(path)
		site, _ := b.of(p)
		site.Observe(p.Document)
	}
	require.NoError(t, b.Close(true))
	assert.Zero(t, known(), "no article was written, so no data is")
	b.learned(page("/p0"))
	require.NoError(t, b.Close(true))
	assert.Equal(t, len(pages), known())
	require.NoError(t, os.WriteFile(b.siteFile(hostKey(page("/p0"))), []byte("half a"), 0o600))
	assert.Zero(t, known())
}
