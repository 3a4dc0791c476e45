package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const storyText = "The lamp of the outer light has been turned by hand since the clockwork stopped in the frost of last February, and the keepers take it in turns of twenty minutes.\n\nThe harbour office has promised a new spring by Whitsun, as it did the year before."

// writeCorpus writes a corpus of two pages: a story, and a page without content.
func writeCorpus(t *testing.T) string {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "quays")
	require.NoError(t, os.MkdirAll(filepath.Join(folder, "pages"), 0o755))
	paragraphs := "<p>" + strings.ReplaceAll(storyText, "\n\n", "</p><p>") + "</p>"
	page := func(id, markup string) {
		var b bytes.Buffer
		z := gzip.NewWriter(&b)
		_, err := z.Write([]byte(markup))
		require.NoError(t, err)
		require.NoError(t, z.Close())
		require.NoError(t, os.WriteFile(filepath.Join(folder, "pages", id+".html.gz"), b.Bytes(), 0o644))
	}
	page("story", `<!doctype html><html lang="en"><head><title>The lamp that is turned by hand | The Quay</title><meta name="author" content="Ada Pell"></head><body>
		<nav><a href="/">Home</a> <a href="/tides">Tides</a></nav><article><h1>The lamp that is turned by hand</h1>`+paragraphs+`</article><p class="share">Share this</p></body></html>`)
	page("empty", `<!doctype html><html><head><title>Nothing</title></head><body><nav><a href="/">Home</a></nav></body></html>`)
	truth := fmt.Sprintf(`{"id":"story","url":"https://quay.example/news/lamp","type":"article","text":%q,"title":"The lamp that is turned by hand","author":"Ada Pell","date":null,"with":["turned by hand since"],"without":["Share this"]}
{"id":"empty","url":"https://quay.example/","type":"service","text":""}
`, storyText)
	require.NoError(t, os.WriteFile(filepath.Join(folder, "truth.jsonl"), []byte(truth), 0o644))
	return folder
}

func evaluateWith(t *testing.T, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, problems bytes.Buffer
	code = run(t.Context(), args, &out, &problems)
	return code, out.String(), problems.String()
}

// TestRelativeAddress scores a page of which the corpus has only the path.
func TestRelativeAddress(t *testing.T) {
	folder := writeCorpus(t)
	name := filepath.Join(folder, "truth.jsonl")
	truth, err := os.ReadFile(name)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(name, bytes.ReplaceAll(truth, []byte("https://quay.example"), nil), 0o644))
	code, out, problems := evaluateWith(t, "-corpus", folder)
	require.Zero(t, code, problems)
	assert.Contains(t, out, "dechaff             2 pages, 1 without an article  word F1 1.0000")
}

func TestEvaluate(t *testing.T) {
	folder := writeCorpus(t)
	for _, corpus := range []string{folder, filepath.Dir(folder)} {
		code, out, problems := evaluateWith(t, "-corpus", corpus, "-worst", "1")
		require.Zero(t, code, problems)
		assert.Contains(t, out, "quays (2 pages)")
		assert.Contains(t, out, "dechaff             2 pages, 1 without an article  word F1 1.0000")
		assert.Contains(t, out, "snippet F1 1.0000  title 1.0000  author F1 1.0000")
		assert.Contains(t, out, "(empty truths)")
		assert.Contains(t, out, "1.000  story  article  https://quay.example/news/lamp")
	}
}

func TestEvaluateText(t *testing.T) {
	code, out, problems := evaluateWith(t, "-corpus", writeCorpus(t), "-text")
	require.Zero(t, code, problems)
	assert.Contains(t, out, "1 pages  page: precision 0.8103 recall 1.0000 word F1 0.8952  CleanText: ")
}

func TestEvaluateByLanguage(t *testing.T) {
	code, out, problems := evaluateWith(t, "-corpus", writeCorpus(t), "-languages")
	require.Zero(t, code, problems)
	assert.Regexp(t, `    en +1 pages, 0 without an article  word F1 1\.0000`, out)
	assert.Regexp(t, `    \(no language\) +1 pages, 1 without`, out)
}

func TestEvaluateBaseline(t *testing.T) {
	code, out, problems := evaluateWith(t, "-corpus", writeCorpus(t), "-baseline")
	require.Zero(t, code, problems)
	assert.Contains(t, out, "go-readability ")
	assert.Regexp(t, `html\.Parse \d+ pages/s, go-readability \d+, dechaff \d+, which takes [\d.]+ times as long as go-readability`, out)
}

func TestEvaluateShows(t *testing.T) {
	code, out, problems := evaluateWith(t, "-corpus", writeCorpus(t), "-show", "story")
	require.Zero(t, code, problems)
	assert.Contains(t, out, "labeled article")
	assert.Regexp(t, `\+     \+    0\.\d\d   paragraph The lamp of the outer light`, out)
	assert.Regexp(t, `·     ·    0\.\d\d   paragraph Home Tides`, out)
	assert.Contains(t, out, "truth:\nThe lamp")
	code, _, problems = evaluateWith(t, "-corpus", writeCorpus(t), "-show", "nobody")
	assert.Equal(t, 1, code)
	assert.Contains(t, problems, "no page has the id nobody")
}

func TestFloor(t *testing.T) {
	folder, file := writeCorpus(t), filepath.Join(t.TempDir(), "floor.json")
	code, _, problems := evaluateWith(t, "-corpus", folder, "-floor", file)
	assert.Equal(t, 1, code, "no file, and -raise was not given")
	assert.NotEmpty(t, problems)
	code, _, problems = evaluateWith(t, "-corpus", folder, "-floor", file, "-raise")
	require.Zero(t, code, problems)
	code, out, problems := evaluateWith(t, "-corpus", folder, "-floor", file)
	require.Zero(t, code, problems)
	assert.Contains(t, out, "no score is below the floor")

	var stored floorFile
	data, err := os.ReadFile(file)
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(data, &stored))
	assert.InDelta(t, 1, stored.Corpora["quays"].Scores["word F1"], 1e-9)
	stored.Corpora["quays"].Scores["word F1"] = 1.5
	stored.Corpora["quays"].Scores["title"] = 0.5
	data, err = json.Marshal(stored)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(file, data, 0o644))
	for _, raise := range [][]string{nil, {"-raise"}} {
		code, _, problems = evaluateWith(t, append([]string{"-corpus", folder, "-floor", file}, raise...)...)
		assert.Equal(t, 1, code)
		assert.Contains(t, problems, "below the floor: quays: word F1 1.0000, was 1.5000")
	}
	code, _, problems = evaluateWith(t, "-corpus", folder, "-floor", file, "-raise", "-lower")
	require.Zero(t, code, problems)
	code, _, problems = evaluateWith(t, "-corpus", folder, "-floor", file)
	assert.Zero(t, code, problems)

	truth := filepath.Join(folder, "truth.jsonl")
	data, err = os.ReadFile(truth)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(truth, append(data, '\n'), 0o644))
	code, _, problems = evaluateWith(t, "-corpus", folder, "-floor", file)
	assert.Equal(t, 1, code)
	assert.Contains(t, problems, "truth.jsonl is not the one that was recorded")
}

func TestBadUsage(t *testing.T) {
	t.Setenv("DECHAFF_CORPUS", "")
	for args, want := range map[string]string{
		"-nonsense": "-nonsense", "quays": "name a corpus with -corpus quays", "-corpus quays hens": `"hens" is not one`,
		"-worst -1": "-worst and -workers must not be negative", "-lower": "-lower needs -raise",
		"-raise": "-raise needs -floor", "-site -floor f": "-floor cannot be combined with -site",
	} {
		code, _, problems := evaluateWith(t, strings.Fields(args)...)
		assert.Equal(t, 2, code, args)
		assert.Contains(t, problems, want)
	}
	for _, args := range [][]string{nil, {"-corpus", t.TempDir()}, {"-corpus", filepath.Join(t.TempDir(), "nowhere")}} {
		code, _, problems := evaluateWith(t, args...)
		assert.Equal(t, 1, code, args)
		assert.Contains(t, problems, "no corpus", args)
	}
}

func TestScores(t *testing.T) {
	assert.Equal(t, ratio{1, 1, 1}, wordRatio("", ""))
	assert.Equal(t, ratio{}, wordRatio("something", ""))
	assert.Equal(t, ratio{}, wordRatio("", "something"))
	r := wordRatio("The cat, the DOG", "the dog sat")
	assert.InDelta(t, 0.5, r.precision, 1e-9)
	assert.InDelta(t, 2.0/3, r.recall, 1e-9)
	assert.InDelta(t, 4.0/7, r.f1, 1e-9)
	assert.Equal(t, []string{"a b c d", "b c d e"}, shingles("a b c d e"))
	assert.Equal(t, []string{"a b"}, shingles("a, b"))
	assert.Equal(t, []string{"ada pell", "bo reed", "cy ott"}, nameSet("By Ada Pell, Bo Reed and Cy Ott"))
	assert.Equal(t, []string{"ada", "bo"}, nameSet("von Ada und Bo; Ada"))
}
