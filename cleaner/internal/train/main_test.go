package main

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dechaff/dechaff/cleaner/internal/judge"
)

// writeHost writes a corpus with n pages of one host and one page of another host. All pages end with two lines that
// are not in the truth.
func writeHost(t *testing.T, n int) string {
	t.Helper()
	corpus := filepath.Join(t.TempDir(), "lanterns")
	names := []string{"Ada", "Brun", "Cato", "Dela", "Emil", "Fenna", "Gil", "Hedda", "Ivo", "Jule", "Kaj", "Lotte", "Mads"}
	var truth strings.Builder
	for i := range n + 1 {
		var text []string
		for k := range 5 {
			text = append(text, fmt.Sprintf("%s told %s before the tide came in that the lamp number %s had been left with %s, and nobody was surprised.",
				names[(i+k)%13], names[(i*3+k*5+1)%13], names[(i*5+k*2)%13], names[(i*7+k*3+2)%13]))
		}
		host := "lantern.example"
		if i == n {
			host = "other.example"
		}
		fmt.Fprintf(&truth, `{"id":"p%d","url":"https://%s/%d","type":"article","text":%q}`+"\n", i, host, i, strings.Join(text, "\n\n"))
		var b bytes.Buffer
		z := gzip.NewWriter(&b)
		_, err := fmt.Fprintf(z, "<!doctype html><title>%[1]s and the lamp</title><div class=story><h1>%[1]s and the lamp</h1><p>%[2]s</p><p>Set in type by hand beneath the harbour stairs.</p><p>Whoever finds a mistake is owed a kipper.</p></div>",
			names[i%13], strings.Join(text, "</p><p>"))
		require.NoError(t, err)
		require.NoError(t, z.Close())
		writeFile(t, filepath.Join(corpus, "pages", fmt.Sprintf("p%d.html.gz", i)), b.Bytes())
	}
	writeFile(t, filepath.Join(corpus, "truth.jsonl"), []byte(truth.String()))
	return corpus
}

func writeFile(t *testing.T, name string, data []byte) {
	t.Helper()
	require.NoError(t, os.MkdirAll(filepath.Dir(name), 0o755))
	require.NoError(t, os.WriteFile(name, data, 0o644))
}

// numbers returns n copies of a number, as little-endian float32.
func numbers(n int, value float32) []byte {
	var b []byte
	for range n {
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(value))
	}
	return b
}

func trainWith(args ...string) (code int, out, problems string) {
	var stdout, stderr bytes.Buffer
	code = run(args, &stdout, &stderr)
	return code, stdout.String(), stderr.String()
}

const hostBlocks = 8 // blocks per page: a headline, five paragraphs and two lines

// The opinions are in train.py's format: a file with one number per block, one with seven numbers per page, and one
// with the pages' blocks.
func TestCompareSitesByOpinions(t *testing.T) {
	corpus, folder := writeHost(t, 8), t.TempDir()
	write := func(name string, data []byte) { writeFile(t, filepath.Join(folder, name), data) }
	write("lanterns.jsonl", []byte(strings.Repeat(`{"blocks":[{},{},{},{},{},{},{},{}]}`+"\n", 9)))
	write("lanterns.kinds.f32", numbers(7*9, 1.0/7))
	write("lanterns.out.f32", numbers(hostBlocks*9, 0.9))
	code, out, problems := trainWith("-opinions", folder, corpus)
	require.Zero(t, code, problems)
	assert.Contains(t, out, "lanterns (9 pages)\n  1 hosts with 5 pages or more")
	for _, group := range []string{"all", "article"} {
		assert.Regexp(t, group+` +8 pages  word F1 1\.0000, was 0\.9\d+  unwanted words 0, was 136; of these on three pages or more 0, was 136  lost words 0, was 0  better 8, worse 0, worse by more than 0\.02 0`, out)
	}
	write("lanterns.out.f32", numbers(hostBlocks*3, 0.9))
	code, _, problems = trainWith("-opinions", folder, corpus)
	assert.Equal(t, 1, code)
	assert.Contains(t, problems, "fewer opinions than blocks")
	code, _, problems = trainWith("-opinions", t.TempDir(), corpus)
	assert.Equal(t, 1, code)
	assert.Contains(t, problems, "no such file")
}

// If the headline belongs to the text, the words of the title are counted.
func TestCompareSitesWithHeadline(t *testing.T) {
	corpus, folder := writeHost(t, 8), t.TempDir()
	writeFile(t, filepath.Join(folder, "lanterns.jsonl"), []byte(strings.Repeat(`{"blocks":[{},{},{},{},{},{},{},{}]}`+"\n", 9)))
	writeFile(t, filepath.Join(folder, "lanterns.kinds.f32"), numbers(7*9, 1.0/7))
	writeFile(t, filepath.Join(folder, "lanterns.out.f32"), numbers(hostBlocks*9, 0.9))
	code, out, problems := trainWith("-opinions", folder, "-headline", "others,lanterns", corpus)
	require.Zero(t, code, problems)
	assert.Contains(t, out, "unwanted words 32, was 168", "four words of a title on eight pages")
}

func TestCompareSitesOfSmallHosts(t *testing.T) {
	corpus, folder := writeHost(t, 4), t.TempDir()
	writeFile(t, filepath.Join(folder, "lanterns.jsonl"), []byte(strings.Repeat(`{"blocks":[{},{},{},{},{},{},{},{}]}`+"\n", 5)))
	writeFile(t, filepath.Join(folder, "lanterns.kinds.f32"), numbers(7*5, 1.0/7))
	writeFile(t, filepath.Join(folder, "lanterns.out.f32"), numbers(hostBlocks*5, 0.9))
	code, out, problems := trainWith("-opinions", folder, corpus)
	require.Zero(t, code, problems)
	assert.Contains(t, out, "0 hosts with 5 pages or more")
}

// The output for train.py has one row per block, one row per page, one line per page, and for each block the number of
// its tokens followed by the tokens.
func TestDescribe(t *testing.T) {
	corpus, out := writeHost(t, 2), t.TempDir()
	read := func(name string) []byte {
		data, err := os.ReadFile(filepath.Join(out, name))
		require.NoError(t, err)
		return data
	}
	code, said, problems := trainWith("-out", out, "-vote", "never", corpus)
	require.Zero(t, code, problems)
	assert.Contains(t, said, "3 pages, 24 blocks")
	pages, err := readLines[page](filepath.Join(out, "lanterns.jsonl"))
	require.NoError(t, err)
	require.Len(t, pages, 3)
	require.Len(t, pages[0].Blocks, hostBlocks)
	assert.Equal(t, "Ada and the lamp", pages[0].Title)
	assert.Equal(t, block{Text: "Ada and the lamp", Kind: "headline", Words: 4, Label: "headline-repeated", Elem: 4},
		pages[0].Blocks[0])
	assert.Equal(t, "h1", pages[0].Tags[pages[0].Blocks[0].Elem])
	assert.Len(t, pages[0].Parents, len(pages[0].Tags))
	columns := len(judge.FeatureNames())
	blank := read("lanterns.f32")
	assert.Len(t, blank, 4*columns*hostBlocks*3)
	assert.Len(t, read("lanterns.kind.f32"), 4*len(judge.KindFeatureNames())*3)
	tokens, blocks := read("lanterns.tokens.u64"), 0
	for len(tokens) > 0 {
		tokens = tokens[8+8*binary.LittleEndian.Uint64(tokens):]
		blocks++
	}
	assert.Equal(t, hostBlocks*3, blocks)
	var names struct {
		Features, KindFeatures []string
		Hash, KindHash         string
	}
	require.NoError(t, json.Unmarshal(read("features.json"), &names))
	assert.Equal(t, judge.FeatureNames(), names.Features)
	assert.Equal(t, judge.KindFeatureHash(), names.KindHash)

	// With opinions, the second pass's columns contain them, and the columns of the first pass stay the same.
	writeFile(t, filepath.Join(out, "lanterns.first.f32"), numbers(hostBlocks*3, 0.75))
	writeFile(t, filepath.Join(out, "lanterns.kinds.f32"), numbers(7*3, 0.125))
	priors := out
	out = t.TempDir()
	code, _, problems = trainWith("-out", out, "-priors", priors, "-vote", "never", corpus)
	require.Zero(t, code, problems)
	informed, second := read("lanterns.f32"), 0
	for second < columns && names.Features[second] != "page: article" {
		second++
	}
	for at := 0; at < len(blank); at += 4 * columns {
		assert.Equal(t, blank[at:at+4*second], informed[at:at+4*second], "the first pass's columns")
		assert.Equal(t, numbers(1, 0.125), informed[at+4*second:at+4*second+4])
	}
	code, _, problems = trainWith("-out", t.TempDir(), "-priors", t.TempDir(), corpus)
	assert.Equal(t, 1, code)
	assert.Contains(t, problems, "no such file")
}

func TestUsage(t *testing.T) {
	for _, args := range [][]string{
		{},
		{"-out", "x"},
		{"corpus"},
		{"-out", "x", "-opinions", "y", "corpus"},
		{"-out", "x", "-vote", "perhaps", "corpus"},
		{"-opinions", "x", "-worst", "-1", "corpus"},
		{"-unknown"},
	} {
		code, out, problems := trainWith(args...)
		assert.Equal(t, 2, code, args)
		assert.Empty(t, out)
		assert.Contains(t, problems, "-out")
	}
	code, _, _ := trainWith("-help")
	assert.Zero(t, code)
}
