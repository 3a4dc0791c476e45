package main

import (
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// describedIn describes a corpus, and returns its pages and the bytes of the features of all blocks.
func describedIn(t *testing.T, corpus string, args ...string) ([]page, []byte) {
	t.Helper()
	out := t.TempDir()
	code, _, problems := trainWith(append(append([]string{"-out", out, "-vote", "never"}, args...), corpus)...)
	require.Zero(t, code, problems)
	pages, err := readLines[page](filepath.Join(out, "lanterns.jsonl"))
	require.NoError(t, err)
	data, err := os.ReadFile(filepath.Join(out, "lanterns.f32"))
	require.NoError(t, err)
	return pages, data
}

// A variant contains all of its page's text, in order, and is the same each time. Some variants also have boxes with
// text of other pages.
func TestVariants(t *testing.T) {
	corpus := writeHost(t, 60)
	plain, _ := describedIn(t, corpus)
	varied, once := describedIn(t, corpus, "-vary")
	_, twice := describedIn(t, corpus, "-vary")
	assert.Equal(t, once, twice)
	longer, named := 0, 0
	for i := range plain {
		at := 0
		for _, b := range varied[i].Blocks {
			if at < len(plain[i].Blocks) && b.Text == plain[i].Blocks[at].Text {
				at++
			}
			for _, reader := range readers {
				if strings.Contains(b.Text, reader) && !strings.Contains(b.Text, "told") {
					named++
				}
			}
		}
		assert.Equal(t, len(plain[i].Blocks), at, plain[i].ID)
		if len(varied[i].Blocks) > len(plain[i].Blocks) {
			longer++
		}
	}
	assert.Greater(t, longer, 15, "boxes of teasers and of comments are half of the variants")
	assert.Greater(t, named, 15, "readers' names")
}

// writeOpinions writes opinions about a corpus from writeHost in train.py's format: the last two lines of each page are
// not content, and everything else is.
func writeOpinions(t *testing.T, pages int) string {
	t.Helper()
	folder := t.TempDir()
	write := func(name string, data []byte) { writeFile(t, filepath.Join(folder, name), data) }
	write("lanterns.jsonl", []byte(strings.Repeat(`{"blocks":[{},{},{},{},{},{},{},{}]}`+"\n", pages)))
	write("lanterns.kinds.f32", numbers(7*pages, 1.0/7))
	var all []byte
	for range pages {
		all = append(append(all, numbers(hostBlocks-2, 0.9)...), numbers(2, 0.05)...)
	}
	write("lanterns.out.f32", all)
	return folder
}

func TestPredict(t *testing.T) {
	corpus, out := writeHost(t, 4), t.TempDir()
	code, _, problems := trainWith("-opinions", writeOpinions(t, 5), "-predict", out, corpus)
	require.Zero(t, code, problems)
	articles, err := readLines[prediction](filepath.Join(out, "lanterns.jsonl"))
	require.NoError(t, err)
	entries, err := readTruth(corpus)
	require.NoError(t, err)
	require.Len(t, articles, len(entries))
	for i, a := range articles {
		assert.Equal(t, entries[i].ID, a.ID)
		assert.Equal(t, *entries[i].Text, a.Text)
		assert.Contains(t, a.Title, "and the lamp")
		assert.Contains(t, a.Peer, "before the tide came in")
	}
	code, _, problems = trainWith("-opinions", t.TempDir(), "-predict", out, corpus)
	assert.Equal(t, 1, code)
	assert.Contains(t, problems, "no such file")
}

// Infinite opinions fail their page, and no other page. All pages are read, so that no goroutine waits for a reader.
func TestPredictInfinity(t *testing.T) {
	const pages = 20
	corpus, from, out := writeHost(t, pages-1), writeOpinions(t, pages), t.TempDir()
	name := filepath.Join(from, "lanterns.out.f32")
	b, err := os.ReadFile(name)
	require.NoError(t, err)
	copy(b, numbers(hostBlocks, float32(math.Inf(1))))
	writeFile(t, name, b)
	code, _, problems := trainWith("-opinions", from, "-predict", out, corpus)
	assert.Equal(t, 1, code)
	assert.Contains(t, problems, "NaN")
	articles, err := readLines[prediction](filepath.Join(out, "lanterns.jsonl"))
	require.NoError(t, err)
	assert.Len(t, articles, pages-1)
}

// If everything is already right, other prices gain nothing.
func TestTune(t *testing.T) {
	corpus := writeHost(t, 4)
	code, said, problems := trainWith("-opinions", writeOpinions(t, 5), "-tune", corpus)
	require.Zero(t, code, problems)
	lines := strings.Split(strings.TrimSpace(said), "\n")
	require.Len(t, lines, 2)
	assert.Equal(t, "1.00000 [1.0000] with the current prices", lines[0])
	assert.Contains(t, lines[1], "Above:")
}

// A prediction has the keys that the corpora's score.py reads.
func TestPredictionKeys(t *testing.T) {
	line, err := json.Marshal(prediction{ID: "a", Title: "b", Text: "c"})
	require.NoError(t, err)
	assert.JSONEq(t, `{"id":"a","title":"b","byline":"","published":"","language":"","text":"c","peer":"",
		"signals":[0,0,0,0,0,0,0,0,0,0]}`, string(line))
}
