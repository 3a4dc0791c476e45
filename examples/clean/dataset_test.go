package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gofrs/flock"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dechaff/dechaff/cleaner"
	"github.com/dechaff/dechaff/examples/clean/internal/output"
)

// response returns a WARC record of an HTTP response.
func response(id, url, header, body string) string {
	block := "HTTP/1.1 200 OK\r\n" + header + "\r\n" + body
	return fmt.Sprintf("WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:%s>\r\nWARC-Target-URI: %s\r\n"+
		"WARC-Date: 2026-03-01T09:30:00Z\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n", id, url, len(block), block)
}

const isHTML = "Content-Type: text/html; charset=utf-8\r\n"

// tideWARC returns a WARC file of n pages, each record compressed by gzip. The ids of the records are NAME-0, NAME-1
// and so on.
func tideWARC(t *testing.T, name string, n int) string {
	t.Helper()
	var b strings.Builder
	for i := range n {
		id := fmt.Sprintf("%s-%d", name, i)
		b.WriteString(pack(t, response(id, "https://tide.example/"+id, isHTML, strings.ReplaceAll(tidePage, "at six", "at "+id))))
	}
	return b.String()
}

// lines decodes a file of JSON lines.
func lines[T any](t *testing.T, name string) (list []T) {
	t.Helper()
	f, err := os.Open(name)
	require.NoError(t, err)
	defer f.Close()
	d := json.NewDecoder(bufio.NewReader(f))
	for {
		var line T
		err := d.Decode(&line)
		if errors.Is(err, io.EOF) {
			return list
		}
		require.NoError(t, err)
		list = append(list, line)
	}
}

// files returns the contents of all files in a folder, by their paths in it. The files of the state folder are left
// out.
func files(t *testing.T, dir string) map[string]string {
	t.Helper()
	found := make(map[string]string)
	require.NoError(t, filepath.WalkDir(dir, func(name string, entry fs.DirEntry, err error) error {
		require.NoError(t, err)
		if entry.Name() == stateFolder {
			return filepath.SkipDir
		}
		if !entry.IsDir() {
			b, err := os.ReadFile(name)
			require.NoError(t, err)
			below, err := filepath.Rel(dir, name)
			require.NoError(t, err)
			found[filepath.ToSlash(below)] = string(b)
		}
		return nil
	}))
	return found
}

func readReport(t *testing.T, name string) report {
	t.Helper()
	r := *newReport(0)
	b, err := os.ReadFile(name)
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(b, &r))
	return r
}

// Cleaning a folder with all kinds of input writes the shards, the list of failures and the report, and messages about
// the files that are not pages.
func TestDataSet(t *testing.T) {
	in, out := t.TempDir(), filepath.Join(t.TempDir(), "new", "out")
	write(t, in, "crawl/1.warc.gz", tideWARC(t, "one", 3)+pack(t, response("x", "https://tide.example/x", "Content-Type: image/png\r\n", "\x89PNG"))+
		pack(t, response("y", "https://tide.example/y", isHTML, "<nav><a href=/>Home</a></nav>"))+pack(t, response("z", "https://tide.example/z", isHTML, "%PDF-1.7")))
	write(t, in, "saved/index.html", tidePage)
	write(t, in, "also/index.html", strings.Replace(tidePage, "<title>", "<link rel=canonical href=https://tide.example/canonical><title>", 1))
	write(t, in, "crawled/page.html", tidePage)
	write(t, in, "crawled/page.json", `{"url":"https://tide.example/crawled","content_type":"text/html"}`)
	write(t, in, "text.txt", "The tide table\n\nIt came in at six.\n\nFacebook\nTwitter\nLinkedIn\n")
	line := fmt.Sprintf("{\"id\": \"j1\", \"url\": \"https://tide.example/j\", \"html\": %q}\n", "<p>"+pageText)
	write(t, in, "pages.jsonl", line+"nonsense\n"+line)
	write(t, in, "picture.png", "\x89PNG\r\n\x1a\n")
	write(t, in, "notes.md", "# Notes")
	reportName := filepath.Join(t.TempDir(), "report.json")
	code, stdout, stderr := clean(t, "", "-out", out, "-report", reportName, in)
	require.Zero(t, code, stderr)
	assert.Empty(t, stdout)
	assert.Contains(t, stderr, "picture.png: not pages: image/png\n")
	assert.Contains(t, stderr, "notes.md: not pages: text/plain\n")

	name := filepath.Base(in) + "-00000.jsonl"
	assert.Equal(t, []string{name, "crawl/1.warc.gz.jsonl", "failures.jsonl", "pages.jsonl.jsonl"}, slices.Sorted(maps.Keys(files(t, out))))
	var got []string
	for _, shard := range []string{name, "crawl/1.warc.gz.jsonl", "pages.jsonl.jsonl"} {
		for _, l := range lines[output.Line](t, filepath.Join(out, shard)) {
			got = append(got, fmt.Sprintf("%s %s %s %s", l.ID, l.URL, l.URLSource, l.Input))
			assert.NotContains(t, l.Text, "Twitter")
		}
	}
	assert.Equal(t, []string{
		"also/index.html https://tide.example/canonical canonical also/index.html",
		"crawled/page.html https://tide.example/crawled sidecar crawled/page.html",
		"saved/index.html   saved/index.html",
		"text.txt   text.txt",
		"urn:uuid:one-0 https://tide.example/one-0 record crawl/1.warc.gz",
		"urn:uuid:one-1 https://tide.example/one-1 record crawl/1.warc.gz",
		"urn:uuid:one-2 https://tide.example/one-2 record crawl/1.warc.gz",
		"j1 https://tide.example/j record pages.jsonl",
		"j1 https://tide.example/j record pages.jsonl",
	}, got)

	var failed []string
	for _, f := range lines[failure](t, filepath.Join(out, failuresName)) {
		failed = append(failed, filepath.Base(f.ID)+" "+f.Reason)
	}
	assert.ElementsMatch(t, []string{"urn:uuid:z not-html", "pages.jsonl#2 bad-json", "picture.png not-pages", "notes.md not-pages"}, failed)

	r := readReport(t, reportName)
	assert.Equal(t, counter{"warc": 1, "html": 3, "text": 1, "jsonl": 1}, r.Inputs)
	assert.Equal(t, counter{"image/png": 1, "text/plain": 1}, r.NotPages)
	assert.Equal(t, counter{"warc": 6, "html": 3, "text": 1, "jsonl": 3}, r.PagesByKind)
	assert.Equal(t, counter{outcomeArticle: 9, outcomeNoArticle: 1, outcomeFailed: 2, outcomeSkipped: 1}, r.Outcomes)
	assert.Equal(t, counter{"not-html": 1, "bad-json": 1}, r.Failed)
	assert.Equal(t, counter{"image/png": 1}, r.Skipped)
	assert.Equal(t, counter{"canonical": 1, "sidecar": 1, "record": 5, "": 2}, r.URLSources)
	assert.Equal(t, 9, r.Languages["en"]+r.Languages[""])
	assert.Equal(t, 6, r.Removed["share-row"])
	assert.Equal(t, 13, r.counts.Pages)
	assert.Equal(t, 1, r.RepeatedIDs)
	assert.Equal(t, 3, r.Shards)
	assert.Positive(t, r.PagesPerSecond)
	assert.Positive(t, r.Words)
}

// Cleaning a WARC gives the same results as cleaning each page alone.
func TestWARCTextEqualsSinglePages(t *testing.T) {
	names, err := filepath.Glob("../../testdata/pages/*/page.html")
	require.NoError(t, err)
	require.Greater(t, len(names), 20)
	var warc strings.Builder
	want := make(map[string]string)
	for i, name := range names {
		page, err := os.ReadFile(name)
		require.NoError(t, err)
		url := fmt.Sprintf("https://tide.example/%d", i)
		warc.WriteString(response(fmt.Sprint(i), url, "Content-Type: text/html\r\n", string(page)))
		article, err := cleaner.New(cleaner.Options{ContentType: "text/html"}).Clean(bytes.NewReader(page), url)
		if err == nil {
			want[url] = article.Text()
		}
	}
	dir := t.TempDir()
	code, _, stderr := clean(t, "", "-no-site", "-out", filepath.Join(dir, "out"), write(t, dir, "crawl.warc.gz", pack(t, warc.String())))
	require.Zero(t, code, stderr)
	got := make(map[string]string)
	shards, err := filepath.Glob(filepath.Join(dir, "out", "*", "*", "*", "crawl.warc.gz.jsonl"))
	require.NoError(t, err)
	require.Len(t, shards, 1, "the path as it was given")
	for _, l := range lines[output.Line](t, shards[0]) {
		got[l.URL] = l.Text
	}
	assert.Equal(t, want, got)
}

func TestFilters(t *testing.T) {
	in := t.TempDir()
	write(t, in, "a.html", tidePage)
	write(t, in, "b.html", `<!DOCTYPE html><html lang="de"><title>Die Flut</title><article><h1>Die Flut</h1><p>Die Flut kam um sechs und ging am Mittag wieder, wie es die Tafel am Hafen gesagt hatte, und niemand war darüber verwundert.</p><p>Der Hafenmeister prüft sie jeden Morgen mit einem langen Stock, den ihm sein Vater hinterlassen und den er noch nie verliehen hat.</p></article>`)
	for name, c := range map[string]struct {
		args []string
		want int
	}{
		"all": {nil, 2}, "languages": {[]string{"-languages", "EN-us,fr"}, 1}, "words": {[]string{"-min-words", "1000"}, 0},
		"kinds": {[]string{"-kind", "article,forum"}, 2}, "other kinds": {[]string{"-kind", "product"}, 0}, "recall": {[]string{"-favor", "recall"}, 2},
	} {
		t.Run(name, func(t *testing.T) {
			code, stdout, stderr := clean(t, "", append(append([]string{"-format", "jsonl"}, c.args...), in)...)
			require.Zero(t, code, stderr)
			assert.Equal(t, c.want, strings.Count(stdout, "\n"), stdout)
		})
	}
}

// Commands with the -shard flags 1/3, 2/3 and 3/3 together write the same shards as one command without the flag.
func TestShards(t *testing.T) {
	in := t.TempDir()
	write(t, in, "1.warc.gz", tideWARC(t, "one", 10))
	write(t, in, "2.warc.gz", tideWARC(t, "two", 4))
	for i := range 7 {
		write(t, in, fmt.Sprintf("p%d.html", i), tidePage)
	}
	base := filepath.Base(in)
	for format, ext := range map[string]string{"jsonl": ".jsonl", "jsonl.zst": ".jsonl.zst", "parquet": ".parquet", "markdown": ""} {
		t.Run(format, func(t *testing.T) {
			one, many := t.TempDir(), t.TempDir()
			code, _, stderr := clean(t, "", "-out", one, "-format", format, "-shard-size", "4", in)
			require.Zero(t, code, stderr)
			for part := range 3 {
				code, _, stderr := clean(t, "", "-out", many, "-format", format, "-shard-size", "4", "-shard", fmt.Sprintf("%d/3", part+1), in)
				require.Zero(t, code, stderr)
			}
			assert.Equal(t, files(t, one), files(t, many))
			var shards []string
			entries, err := os.ReadDir(one)
			require.NoError(t, err)
			for _, e := range entries {
				if e.Name() != stateFolder {
					shards = append(shards, e.Name())
				}
			}
			assert.ElementsMatch(t, []string{
				"1.warc.gz-00000" + ext, "1.warc.gz-00001" + ext, "1.warc.gz-00002" + ext, "2.warc.gz-00000" + ext, base + "-00000" + ext, base + "-00001" + ext,
			}, shards)
			if format == "markdown" {
				assert.Len(t, files(t, one), 21)
			}
		})
	}
}

// A shard depends only on its input: one command per input gives the same result as one command for all.
func TestOneCommandPerInput(t *testing.T) {
	in, all, each := t.TempDir(), t.TempDir(), t.TempDir()
	t.Chdir(in)
	for _, name := range []string{"a", "b", "c"} {
		write(t, in, name+".warc", tideWARC(t, name, 5)+"garbage\n")
	}
	code, _, _ := clean(t, "", "-out", all, "-quiet", "a.warc", "b.warc", "c.warc")
	assert.Equal(t, exitFailed, code)
	for _, name := range []string{"c.warc", "a.warc", "b.warc"} {
		code, _, _ := clean(t, "", "-out", each, "-workers", "1", "-quiet", name)
		assert.Equal(t, exitFailed, code, "the garbage")
	}
	assert.Equal(t, files(t, all), files(t, each))
	assert.Len(t, lines[failure](t, filepath.Join(each, failuresName)), 3)
}

// Several commands, each with its own -shard, update the same failures.jsonl without disturbing each other.
func TestFailuresOfManyCommands(t *testing.T) {
	const commands = 6
	in := t.TempDir()
	write(t, in, "picture.png", "\x89PNG\r\n\x1a\n")
	for i := range commands {
		write(t, in, fmt.Sprintf("%d.warc.gz", i), tideWARC(t, fmt.Sprint(i), 1))
	}
	for range 8 {
		out := t.TempDir()
		var done sync.WaitGroup
		for i := range commands {
			done.Go(func() {
				code, _, stderr := clean(t, "", "-quiet", "-out", out, "-shard", fmt.Sprintf("%d/%d", i+1, commands), in)
				assert.Zero(t, code, stderr)
			})
		}
		done.Wait()
		assert.Len(t, lines[failure](t, filepath.Join(out, failuresName)), 1)
	}
}

// The same command continues where it was stopped, and does not change finished shards.
func TestResume(t *testing.T) {
	in, out := t.TempDir(), t.TempDir()
	write(t, in, "1.warc.gz", tideWARC(t, "one", 9))
	write(t, in, "2.warc.gz", tideWARC(t, "two", 9))
	args := []string{"-out", out, "-shard-size", "4", "-quiet", in}
	require.Zero(t, first(clean(t, "", args...)))
	want := files(t, out)
	require.Len(t, want, 6)
	infos := func() map[string]os.FileInfo {
		found := make(map[string]os.FileInfo)
		for name := range files(t, out) {
			info, err := os.Stat(filepath.Join(out, name))
			require.NoError(t, err)
			found[name] = info
		}
		return found
	}
	for _, lost := range []string{"2.warc.gz-00001.jsonl", "2.warc.gz-00002.jsonl"} {
		require.NoError(t, os.Remove(filepath.Join(out, lost)))
	}
	write(t, out, ".tmp-2.warc.gz-00001.jsonl", "half a line")
	before := infos()
	reportName := filepath.Join(t.TempDir(), "r.json")
	code, _, stderr := clean(t, "", append([]string{"-report", reportName}, args...)...)
	require.Zero(t, code, stderr)
	assert.Equal(t, want, files(t, out))
	for name, info := range infos() {
		if before[name] != nil {
			assert.True(t, os.SameFile(before[name], info), name)
		}
	}
	r := readReport(t, reportName)
	assert.Equal(t, 5, r.PagesNow, "the pages of the two shards")
	assert.Equal(t, 18, r.counts.Pages)
	assert.Equal(t, 6, r.Shards)

	t.Run("other flags", func(t *testing.T) {
		for _, flags := range [][]string{{"-favor", "recall"}, {"-format", "parquet"}, {"-shard-size", "5"}, {"-omit", "text"}} {
			code, _, stderr := clean(t, "", append(append(slices.Clone(args[:len(args)-1]), flags...), in)...)
			assert.Equal(t, exitFailed, code)
			assert.Contains(t, stderr, "other flags: use -force", flags)
			assert.Equal(t, want, files(t, out))
		}
	})
	t.Run("standard input", func(t *testing.T) {
		out := t.TempDir()
		require.Zero(t, first(clean(t, tideWARC(t, "a", 2), "-out", out, "-quiet", "-")))
		code, _, stderr := clean(t, tideWARC(t, "b", 2), "-out", out, "-quiet", "-")
		assert.Equal(t, exitFailed, code)
		assert.Contains(t, stderr, "stdin.jsonl: this shard is finished")
		require.Zero(t, first(clean(t, tideWARC(t, "b", 3), "-out", out, "-quiet", "-force", "-")))
		assert.Equal(t, 3, strings.Count(files(t, out)["stdin.jsonl"], "\n"))
	})
	t.Run("another process", func(t *testing.T) {
		lock := flock.New(filepath.Join(out, stateFolder, "1.warc.gz.lock"))
		locked, err := lock.TryLock()
		require.NoError(t, err)
		require.True(t, locked)
		code, _, stderr := clean(t, "", args...)
		assert.Equal(t, exitFailed, code)
		assert.Contains(t, stderr, "1.warc.gz: another process is writing this shard")
		require.NoError(t, lock.Unlock())
	})
	t.Run("a file has changed", func(t *testing.T) {
		write(t, in, "1.warc.gz", tideWARC(t, "one", 10))
		code, _, stderr := clean(t, "", args...)
		assert.Equal(t, exitFailed, code)
		assert.Contains(t, stderr, "1.warc.gz-00000.jsonl: this shard is finished, but was made from other files")
		assert.Equal(t, want, files(t, out))
		code, _, stderr = clean(t, "", append([]string{"-force"}, args...)...)
		require.Zero(t, code, stderr)
		assert.NotEqual(t, want, files(t, out))
		code, _, stderr = clean(t, "", "-force", "-quiet", "-out", out, in)
		require.Zero(t, code, stderr)
		assert.Equal(t, []string{"1.warc.gz.jsonl", "2.warc.gz.jsonl"}, slices.Sorted(maps.Keys(files(t, out))), "no page is in two shards")
	})
}

func first(code int, _, _ string) int { return code }

// A run that is stopped leaves only complete shards, and the next one finishes the work.
func TestStopWhileWriting(t *testing.T) {
	in, out, whole := t.TempDir(), t.TempDir(), t.TempDir()
	for i := range 6 {
		write(t, in, fmt.Sprintf("%d.warc.gz", i), tideWARC(t, fmt.Sprint(i), 30))
	}
	require.Zero(t, first(clean(t, "", "-out", whole, "-quiet", in)))
	want := files(t, whole)
	for after := 2 * time.Millisecond; after < 100*time.Millisecond; after *= 2 {
		ctx, cancel := context.WithTimeout(t.Context(), after)
		var stderr bytes.Buffer
		if run(ctx, []string{"-out", out, "-quiet", in}, nil, io.Discard, &stderr) != exitClean {
			assert.Contains(t, stderr.String(), "stopped")
		}
		cancel()
		for name, content := range files(t, out) {
			assert.Equal(t, want[name], content, name)
		}
	}
	require.Zero(t, first(clean(t, "", "-out", out, "-quiet", in)))
	assert.Equal(t, want, files(t, out))
}
