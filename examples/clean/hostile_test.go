package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dechaff/dechaff/cleaner"
	"github.com/dechaff/dechaff/examples/clean/internal/output"
	"github.com/dechaff/dechaff/examples/internal/input"
)

// In a file with decompression bombs and other hostile pages, only those pages fail, and the memory in use stays below
// a limit. The good pages among them are cleaned.
func TestWARCOfBombs(t *testing.T) {
	var warc strings.Builder
	page := func(i int, header, body string) {
		warc.WriteString(pack(t, response(fmt.Sprint(i), fmt.Sprintf("https://tide.example/%d", i), isHTML+header, body)))
	}
	bomb := pack(t, strings.Repeat("<p>boom</p>", 20<<20/11))
	rounds := 10
	if testing.Short() {
		rounds = 2
	}
	for i := range rounds {
		page(10*i, "", tidePage)
		page(10*i+1, "Content-Encoding: gzip\r\n", bomb)
		page(10*i+2, "", strings.Repeat("<p>x", 200_000))                                 // more nodes than a page may have
		page(10*i+3, "", strings.Repeat("<b>", 100_000)+"x")                              // nested too deeply
		page(10*i+4, "Content-Encoding: gzip, gzip, gzip, gzip\r\n", pack(t, bomb))       // compressed several times
		page(10*i+5, "Transfer-Encoding: chunked\r\n", "ffffffffffffffff\r\n"+tidePage)   // an endless chunk
		page(10*i+6, "Content-Encoding: br\r\n", strings.Repeat("\xff", 1000))            // not brotli
		page(10*i+7, "", strings.Repeat("<table><tr><td>", 2000)+strings.Repeat("x ", 9)) // nested tables
	}
	in, out := t.TempDir(), t.TempDir()
	write(t, in, "bombs.warc.gz", warc.String())
	warc.Reset()
	var largest atomic.Uint64
	stop := make(chan struct{})
	done := make(chan struct{})
	go func() {
		defer close(done)
		for {
			select {
			case <-stop:
				return
			case <-time.After(20 * time.Millisecond):
				var m runtime.MemStats
				runtime.ReadMemStats(&m)
				largest.Store(max(largest.Load(), m.HeapInuse))
			}
		}
	}()
	reportName := filepath.Join(t.TempDir(), "report.json")
	code, _, stderr := clean(t, "", "-out", out, "-report", reportName, "-workers", "2", in)
	close(stop)
	<-done
	require.Zero(t, code, stderr)
	assert.Less(t, largest.Load(), uint64(600<<20), "bytes of memory")
	good := 0
	for _, l := range lines[output.Line](t, filepath.Join(out, "bombs.warc.gz.jsonl")) {
		if strings.Contains(l.Text, "The tide came in at six and went out again at noon") {
			good++
		}
	}
	assert.GreaterOrEqual(t, good, rounds)
	r := readReport(t, reportName)
	assert.Equal(t, 8*rounds, r.counts.Pages)
	assert.Equal(t, 2*rounds, r.Failed["too-large"], r.Failed)
	assert.GreaterOrEqual(t, r.Failed["bad-encoding"], 2*rounds, r.Failed)
	assert.Len(t, lines[failure](t, filepath.Join(out, failuresName)), r.Outcomes[outcomeFailed])
}

// Files that are not pages are reported immediately, whatever their size and name.
func TestGarbage(t *testing.T) {
	dir := t.TempDir()
	name := write(t, dir, "crawl.warc.gz", "\x00\x01\xff\xfe")
	require.NoError(t, os.Truncate(name, 1<<30))
	other := filepath.Join(dir, "page.html")
	require.NoError(t, os.Rename(write(t, dir, "x", "\x93\x02\xf1garbage\x00\x00"), other))
	require.NoError(t, os.Truncate(other, 1<<30))
	out := filepath.Join(dir, "out")
	code, _, stderr := clean(t, "", "-out", out, name, other, write(t, dir, "good.html", tidePage))
	assert.Equal(t, exitFailed, code)
	assert.Contains(t, stderr, "crawl.warc.gz: not pages: application/octet-stream")
	assert.Contains(t, stderr, "page.html: not pages: application/octet-stream")
	assert.Contains(t, stderr, "clean: 1 articles in 1 shards")
}

// A page that hangs or panics does not stop the others.
func TestPagesThatHang(t *testing.T) {
	in := &input.Input{ID: "x", Kind: "html"}
	newItem := func() item { return item{input: in, page: &input.Page{ID: "x", Body: []byte(tidePage)}} }
	j := &job{cleaner: cleaner.New(cleaner.Options{}), timeout: time.Nanosecond}
	r := j.clean(t.Context(), newItem())
	assert.Equal(t, outcomeFailed, r.outcome)
	assert.Equal(t, "timeout", r.reason)

	j = &job{cleaner: cleaner.New(cleaner.Options{Explain: func(*cleaner.PageTrace) { panic("the tide") }}), timeout: time.Minute}
	r = j.clean(t.Context(), newItem())
	assert.Equal(t, "panic", r.reason)
	require.ErrorIs(t, r.err, errPanic)
	assert.Equal(t, "panic: the tide", r.err.Error())

	j = &job{cleaner: cleaner.New(cleaner.Options{}), timeout: time.Minute}
	it := newItem()
	it.page.URL = "https://[tide"
	r = j.clean(t.Context(), it)
	assert.Equal(t, outcomeArticle, r.outcome, "an invalid address is no reason to lose the page")
	assert.Equal(t, "https://[tide", r.row.URL)
}

func TestTimeoutFlag(t *testing.T) {
	dir := t.TempDir()
	code, _, stderr := clean(t, "", "-out", filepath.Join(dir, "out"), "-timeout", "1ns", write(t, dir, "a.html", tidePage))
	require.Zero(t, code, stderr)
	failures := lines[failure](t, filepath.Join(dir, "out", failuresName))
	require.Len(t, failures, 1)
	assert.Equal(t, "timeout", failures[0].Reason)
}

// The number of names in the report is bounded, no matter what pages contain.
func TestCounterIsBounded(t *testing.T) {
	c := counter{}
	for i := range 10 * maxNames {
		c.add(fmt.Sprint(i), 1)
	}
	assert.Len(t, c, maxNames+1)
	assert.Equal(t, 9*maxNames, c["other"])
}

// -site uses what -learn-site has learned. A shard then depends only on its input and that file.
func TestLearnSite(t *testing.T) {
	in, dir := t.TempDir(), t.TempDir()
	tidePages(t, in, func(i int) string { return fmt.Sprintf("<link rel=canonical href=https://tide.example/%d>", i) })
	known := filepath.Join(dir, "sites")
	code, stdout, stderr := clean(t, "", "-learn-site", known, in)
	require.Zero(t, code, stderr)
	assert.Empty(t, stdout)
	stopped, cancel := context.WithCancel(t.Context())
	cancel()
	unfinished := filepath.Join(dir, "unfinished")
	assert.Equal(t, exitFailed, run(stopped, []string{"-learn-site", unfinished, in}, nil, io.Discard, io.Discard))
	assert.NoFileExists(t, unfinished)
	code, _, stderr = clean(t, "", "-format", "jsonl", "-fields", "id,titel", in)
	assert.Equal(t, exitUsage, code)
	assert.Regexp(t, `unknown field "titel": the fields are authors, .*, title, `, stderr)
	kippers := func(args ...string) int {
		t.Helper()
		out := filepath.Join(t.TempDir(), "out")
		code, _, stderr := clean(t, "", append(append([]string{"-out", out, "-quiet"}, args...), in)...)
		require.Zero(t, code, stderr)
		var all strings.Builder
		for name, content := range files(t, out) {
			if strings.HasSuffix(name, ".jsonl") {
				all.WriteString(content)
			}
		}
		assert.Equal(t, 8, strings.Count(all.String(), "\n"))
		return strings.Count(all.String(), `kipper`) / 2 // in text and in Markdown
	}
	assert.Equal(t, 8, kippers(), "nothing is learned without -site")
	assert.Zero(t, kippers("-site", known))
	assert.Equal(t, 8, kippers("-no-site"))

	for name, content := range map[string]string{"garbage": "garbage", "another file": `{"host": "x", "site": "AAAA"}`} {
		code, _, stderr := clean(t, "", "-site", write(t, dir, "bad", content), in)
		assert.Equal(t, exitUsage, code, name)
		assert.Contains(t, stderr, "bad: ", name)
	}
}

// Without a terminal, progress is printed line by line.
func TestProgress(t *testing.T) {
	var read atomic.Int64
	var b bytes.Buffer
	p := newProgress(config{}, &plan{units: []*unit{{bytes: 600}, {bytes: 400}}}, &read, &b)
	p.skip(&unit{bytes: 400})
	p.page()
	read.Store(300)
	p.show()
	p.say(&b, "a line")
	p.end()
	assert.Regexp(t, `^clean: 1 pages, [0-9.]+ a second, 70% of the input, time left: [0-9.µnms]+\na line\n$`, b.String())
	assert.Nil(t, newProgress(config{quiet: true}, &plan{}, &read, &b))
}

func TestUsage(t *testing.T) {
	dir := t.TempDir()
	for name, args := range map[string][]string{
		"shard":                 {"-shard", "0/3", "-out", dir, "-"},
		"shard without n":       {"-shard", "2", "-out", dir, "-"},
		"shard with a rest":     {"-shard", "1/2/3", "-out", dir, "-"},
		"shard to stdout":       {"-shard", "1/2", "-"},
		"fields":                {"-omit", "titel", "-"},
		"unknown field":         {"-fields", "titel", "-"},
		"fields of Markdown":    {"-fields", "title", "-"},
		"fields to omit":        {"-omit", "title", "-format", "text", "-"},
		"language":              {"-languages", "english", "-"},
		"flag after a path":     {"-", "-format", "text"},
		"learning with output":  {"-learn-site", dir + "/site", "-out", dir, "-"},
		"learning from itself":  {"-learn-site", dir + "/site", "-site", "x", "-"},
		"html to a folder":      {"-out", dir, "-format", "html", "-"},
		"parquet to stdout":     {"-format", "parquet", "-"},
		"favor":                 {"-favor", "me", "-"},
		"kind":                  {"-kind", "article,novel", "-"},
		"removed":               {"-removed", "-out", dir, "-"},
		"two flags about sites": {"-no-site", "-site", "x", "-"},
		"dedup":                 {"-dedup", "fuzzy", "-out", dir, dir},
		"dedup without out":     {"-dedup", "near", dir},
		"shard size":            {"-shard-size", "3", "-"},
		"timeout":               {"-timeout", "0s", "-"},
	} {
		t.Run(name, func(t *testing.T) {
			code, stdout, stderr := clean(t, tidePage, args...)
			assert.Equal(t, exitUsage, code, stderr)
			assert.Empty(t, stdout)
			assert.NotEmpty(t, stderr)
		})
	}
}

func TestUnknownKindFlag(t *testing.T) {
	_, _, stderr := clean(t, tidePage, "-kind", "article,novel", "-")
	assert.Contains(t, stderr, `article, forum, product, collection, listing, documentation, service, not "novel"`)
}

func TestDedupFlag(t *testing.T) {
	in, out, unique := t.TempDir(), t.TempDir(), filepath.Join(t.TempDir(), "unique")
	write(t, in, "a.html", tidePage)
	write(t, in, "b.html", tidePage)
	require.Zero(t, first(clean(t, "", "-out", out, "-quiet", in)))
	code, _, stderr := clean(t, "", "-dedup", "exact", "-out", unique, out)
	require.Zero(t, code, stderr)
	assert.Contains(t, stderr, "1 of 2 articles in 1 shards repeat an earlier one")
	code, _, stderr = clean(t, "", "-dedup", "exact", "-out", unique, out)
	assert.Equal(t, exitFailed, code)
	assert.Contains(t, stderr, "use -force")
}

// BenchmarkWARC measures everything from a WARC file to a shard. examples/evaluate measures the cleaner alone.
func BenchmarkWARC(b *testing.B) {
	names, err := filepath.Glob("../../testdata/pages/*/page.html")
	require.NoError(b, err)
	var warc strings.Builder
	for i, name := range names {
		page, err := os.ReadFile(name)
		require.NoError(b, err)
		warc.WriteString(response(fmt.Sprint(i), "", isHTML, string(page)))
	}
	dir := b.TempDir()
	name := filepath.Join(dir, "crawl.warc")
	require.NoError(b, os.WriteFile(name, []byte(warc.String()), 0o600))
	b.SetBytes(int64(warc.Len()))
	b.ReportAllocs()
	for b.Loop() {
		if run(b.Context(), []string{"-out", filepath.Join(dir, "out"), "-force", "-quiet", name}, nil, io.Discard, io.Discard) != exitClean {
			b.Fatal("failed")
		}
	}
	b.ReportMetric(float64(len(names)*b.N)/b.Elapsed().Seconds(), "pages/s")
}
