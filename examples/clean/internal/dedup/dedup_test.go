package dedup

import (
	"context"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dechaff/dechaff/examples/clean/internal/output"
	"github.com/dechaff/dechaff/examples/internal/record"
)

// words returns n invented words, which depend on the seed.
func words(seed uint64, n int) []string {
	random := rand.New(rand.NewPCG(seed, 7))
	list := make([]string, n)
	for i := range list {
		list[i] = fmt.Sprintf("w%d", random.IntN(5000))
	}
	return list
}

// changed returns the words with every k-th word replaced.
func changed(list []string, k int) []string {
	list = append([]string(nil), list...)
	for i := k / 2; i < len(list); i += k {
		list[i] = "changed"
	}
	return list
}

type article struct{ id, text string }

// writeShard writes articles as a shard in the given format.
func writeShard(t *testing.T, dir, name, format string, articles ...article) {
	t.Helper()
	fields, err := output.Select("id,text,words", "")
	require.NoError(t, err)
	f, err := output.New(format, fields)
	require.NoError(t, err)
	require.NoError(t, os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o755))
	w, err := f.Open(filepath.Join(dir, name+f.Extension()))
	require.NoError(t, err)
	for i, a := range articles {
		encoded, err := f.Encode(&output.Row{Line: output.Line{Record: record.Record{ID: a.id, Text: a.text, Words: i}}})
		require.NoError(t, err)
		require.NoError(t, w.Write(encoded))
	}
	require.NoError(t, w.Close())
}

// idsIn returns the ids in a shard.
func idsIn(t *testing.T, dir, name string) (ids []string) {
	t.Helper()
	extension := name[strings.Index(name, "."):]
	require.NoError(t, shard{filepath.Join(dir, name), name, extension}.rows(func(r row) bool {
		require.NoError(t, r.parse())
		ids = append(ids, r.id)
		return true
	}))
	return ids
}

func repeatsIn(t *testing.T, dir string) (repeats []Repeat) {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(dir, ReportName))
	require.NoError(t, err)
	for line := range strings.Lines(string(b)) {
		var r Repeat
		require.NoError(t, json.Unmarshal([]byte(line), &r))
		repeats = append(repeats, r)
	}
	return repeats
}

func TestRun(t *testing.T) {
	a, b := words(1, 300), words(2, 300)
	text := func(list []string) string { return strings.Join(list, " ") }
	for _, format := range output.Names {
		if format == "markdown" {
			continue
		}
		t.Run(format, func(t *testing.T) {
			from := t.TempDir()
			ext := map[bool]string{true: ".parquet", false: "." + format}[format == "parquet"]
			writeShard(t, from, "deep/2", format,
				article{"exact", text(a[:150]) + "\n\n " + text(a[150:])}, article{"case", strings.ToUpper(text(a))}, article{"one word", text(changed(a, 400))})
			writeShard(t, from, "1", format, article{"a", text(a)}, article{"empty", ""}, article{"b", text(b)}, article{"empty too", "…"})
			writeShard(t, from, "deep/3", format, article{"half", text(changed(b, 12))}, article{"short", "no more"}, article{"short too", "no more"})
			writeShard(t, from, "failures", "jsonl", article{"not a shard", text(a)})

			to := t.TempDir()
			counts, err := Run(t.Context(), Options{From: from, To: to, Workers: 3})
			require.NoError(t, err)
			assert.Equal(t, Counts{3, 10, 2}, counts)
			assert.Equal(t, []string{"a", "empty", "b", "empty too"}, idsIn(t, to, "1"+ext))
			assert.Equal(t, []string{"case", "one word"}, idsIn(t, to, "deep/2"+ext))
			assert.Equal(t, []string{"half", "short"}, idsIn(t, to, "deep/3"+ext))
			assert.Equal(t, []Repeat{{"exact", "deep/2" + ext, "a", "1" + ext, 1}, {"short too", "deep/3" + ext, "short", "deep/3" + ext, 1}}, repeatsIn(t, to))

			to = t.TempDir()
			counts, err = Run(t.Context(), Options{From: from, To: to, Near: true, Workers: 1})
			require.NoError(t, err)
			assert.Equal(t, Counts{3, 10, 4}, counts)
			assert.Empty(t, idsIn(t, to, "deep/2"+ext))
			repeats := repeatsIn(t, to)
			require.Len(t, repeats, 4)
			assert.Equal(t, Repeat{"case", "deep/2" + ext, "a", "1" + ext, 1}, repeats[1])
			assert.Less(t, repeats[2].Similarity, 1.0)
			assert.Greater(t, repeats[2].Similarity, 0.9)

			left, err := filepath.Glob(filepath.Join(to, ".tmp-*"))
			require.NoError(t, err)
			assert.Empty(t, left)
			_, err = Run(t.Context(), Options{From: from, To: to, Workers: 1})
			require.ErrorIs(t, err, ErrDone)
			_, err = Run(t.Context(), Options{From: from, To: to, Workers: 1, Force: true})
			require.NoError(t, err)
			assert.Len(t, repeatsIn(t, to), 2)
		})
	}
}

// The estimate is close to the true similarity, in scripts with and without spaces.
func TestSimilarity(t *testing.T) {
	shingles := func(text string) map[string]bool {
		var last []string
		set := make(map[string]bool)
		eachWord(text, func(h uint64) {
			if last = append(last, fmt.Sprint(h)); len(last) >= shingle {
				set[strings.Join(last[len(last)-shingle:], " ")] = true
			}
		})
		return set
	}
	for _, every := range []int{10, 20, 40, 80, 200} {
		var off float64
		for seed := range uint64(40) {
			a := words(seed, 600)
			x, y := strings.Join(a, " "), strings.Join(changed(a, every), " ")
			if seed%2 == 1 { // every word is one character
				letters := func(list []string) string {
					var b strings.Builder
					for _, w := range list {
						h := fnv.New32a()
						_, _ = h.Write([]byte(w))
						b.WriteRune(rune(0x4e00 + h.Sum32()%20000))
					}
					return b.String()
				}
				x, y = letters(a), letters(changed(a, every))
			}
			other := shingles(y)
			both, all := 0, len(other)
			for s := range shingles(x) {
				if other[s] {
					both++
				} else {
					all++
				}
			}
			sx, sy := make([]byte, near.size), make([]byte, near.size)
			near.signature(x, sx)
			near.signature(y, sy)
			off += near.similarity(sx, sy) - float64(both)/float64(all)
		}
		assert.InDelta(t, 0, off/40, 0.02, "every %d words", every) // a single estimate is off by 0.04 to 0.05
	}
}

// Most pages with a similarity of at least 0.8 are found, and no pages with less than 0.6.
func TestRecall(t *testing.T) {
	from, to := t.TempDir(), t.TempDir()
	var articles []article
	for seed := range uint64(300) {
		a := words(seed, 500)
		articles = append(articles, article{fmt.Sprintf("a%d", seed), strings.Join(a, " ")},
			article{fmt.Sprintf("near%d", seed), strings.Join(changed(a, 60), " ")}, article{fmt.Sprintf("far%d", seed), strings.Join(changed(a, 12), " ")})
	}
	writeShard(t, from, "1", "jsonl", articles...)
	_, err := Run(t.Context(), Options{From: from, To: to, Near: true, Workers: 2})
	require.NoError(t, err)
	found := 0
	for _, r := range repeatsIn(t, to) {
		require.True(t, strings.HasPrefix(r.ID, "near"), r)
		assert.Equal(t, strings.Replace(r.ID, "near", "a", 1), r.Of)
		found++
	}
	assert.Greater(t, found, 270, "of 300 with similarity 0.85")
}

func TestErrors(t *testing.T) {
	empty := t.TempDir()
	_, err := Run(t.Context(), Options{From: empty, To: t.TempDir(), Workers: 1})
	require.ErrorIs(t, err, ErrNoShards)
	from := t.TempDir()
	writeShard(t, from, "1", "jsonl", article{"a", "text"})
	_, err = Run(t.Context(), Options{From: from, To: from, Workers: 1})
	require.ErrorContains(t, err, "different folders")
	require.NoError(t, os.WriteFile(filepath.Join(from, "2.jsonl"), []byte(`{"id": "x"}`+"\n"), 0o600))
	to := t.TempDir()
	_, err = Run(t.Context(), Options{From: from, To: to, Workers: 1})
	require.ErrorIs(t, err, ErrNoText)
	left, err := os.ReadDir(to)
	require.NoError(t, err)
	assert.Empty(t, left)

	require.NoError(t, os.WriteFile(filepath.Join(from, "2.jsonl"), []byte("{"), 0o600))
	_, err = Run(t.Context(), Options{From: from, To: to, Workers: 1})
	require.ErrorContains(t, err, "2.jsonl")

	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = Run(ctx, Options{From: from, To: to, Workers: 1})
	require.Error(t, err)
}

// If copying is stopped, no truncated shard is left, and no report, because a report means that everything is done.
func TestStopWhileCopying(t *testing.T) {
	from := t.TempDir()
	writeShard(t, from, "1", "jsonl", article{"a", "a text"}, article{"b", "another text"})
	ctx, cancel := context.WithCancel(t.Context())
	p := &pass{Options: Options{From: from, To: t.TempDir(), Workers: 1}, method: exact}
	var err error
	p.shards, err = findShards(from)
	require.NoError(t, err)
	require.NoError(t, p.prepare())
	defer p.close()
	require.NoError(t, p.sign(ctx))
	require.NoError(t, p.compare(ctx))
	cancel()
	_, err = p.copy(ctx)
	require.ErrorIs(t, err, context.Canceled)
	assert.NoFileExists(t, filepath.Join(p.To, "1.jsonl"))
	assert.NoFileExists(t, filepath.Join(p.To, ReportName))
}

func BenchmarkMinHash(b *testing.B) {
	text := strings.Join(words(1, 1000), " ")
	sig := make([]byte, near.size)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		near.signature(text, sig)
	}
}
