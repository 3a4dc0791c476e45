package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dechaff/dechaff/examples/internal/warc"
)

// wholeRecords reads a WARC file, one gzip member after the other. It returns the paths of the responses with status
// 200, and how many bytes follow the last complete record.
func wholeRecords(t *testing.T, name string) (paths []string, rest int) {
	t.Helper()
	file, err := os.ReadFile(name)
	require.NoError(t, err)
	for at := 0; at < len(file); {
		in := bytes.NewReader(file[at:])
		z, err := gzip.NewReader(bufio.NewReaderSize(in, 16))
		if err != nil {
			return paths, len(file) - at
		}
		z.Multistream(false)
		record, err := io.ReadAll(z)
		if err != nil {
			return paths, len(file) - at
		}
		require.True(t, bytes.HasPrefix(record, []byte("WARC/1.1\r\n")), name)
		require.True(t, bytes.HasSuffix(record, []byte("\r\n\r\n")), name)
		if rec, err := warc.NewReader(bytes.NewReader(record), 1<<20).Next(); err == nil {
			require.NoError(t, rec.Decode(1<<20))
			u, err := url.Parse(rec.URL)
			require.NoError(t, err)
			if rec.Status == http.StatusOK {
				paths = append(paths, u.Path)
			}
		}
		at += memberLength(t, file[at:])
	}
	return paths, 0
}

// memberLength returns the length of the gzip member that b begins with.
func memberLength(t *testing.T, b []byte) int {
	t.Helper()
	in := bytes.NewReader(b) // gzip reads no more than the member from an io.ByteReader
	z, err := gzip.NewReader(in)
	require.NoError(t, err)
	z.Multistream(false)
	_, err = io.Copy(io.Discard, z)
	require.NoError(t, err)
	return len(b) - in.Len()
}

// After kill -9, at most the last record of a WARC file is incomplete. Each run writes new files, and after a run that
// was not killed the files contain all pages. This is not tested with -state, because hosts are then released only a
// minute after a kill.
func TestWARCAfterKill(t *testing.T) {
	t.Parallel() // mostly waiting
	const pages = 40
	var asked, killAt atomic.Int64
	var process atomic.Pointer[os.Process]
	web := newArchiveSite(t, pages, func(string) {
		if asked.Add(1) == killAt.Load() {
			_ = process.Load().Kill()
		}
	})
	out := t.TempDir()
	args := []string{"-out", out, "-allow-private", "-delay", "1ms", "-format", "jsonl,warc", web.URL + "/old"}
	self, err := os.Executable()
	require.NoError(t, err)
	kills := 0
	for run := range 4 {
		var said bytes.Buffer
		cmd := exec.CommandContext(t.Context(), self, args...)
		cmd.Stdout, cmd.Stderr = &said, &said
		cmd.Env = append(os.Environ(), asProgram+"=1")
		killAt.Store(asked.Load() + 8 + 9*int64(run))
		if run == 3 {
			killAt.Store(0)
		}
		require.NoError(t, cmd.Start())
		process.Store(cmd.Process)
		err := cmd.Wait()
		if run == 3 {
			require.NoError(t, err, said.String())
		} else if err != nil {
			kills++
		}
	}
	assert.Positive(t, kills)
	files := warcFiles(t, out)
	assert.Greater(t, len(files), kills, "each run has its own files")
	seen := make(map[string]bool)
	for _, name := range files {
		paths, rest := wholeRecords(t, name)
		for _, path := range paths {
			seen[path] = true
		}
		assert.Less(t, rest, 4096, "more than one record is incomplete")
	}
	require.Len(t, lineURLs(t, out), pages)
	for _, article := range lineURLs(t, out) {
		u, err := url.Parse(article)
		require.NoError(t, err)
		assert.True(t, seen[u.Path], u.Path)
	}
}

// lineURLs returns the addresses in articles.jsonl.
func lineURLs(t *testing.T, out string) (urls []string) {
	t.Helper()
	l, err := openLedger(filepath.Join(out, linesName))
	require.NoError(t, err)
	for address := range l.pages {
		urls = append(urls, address)
	}
	require.NoError(t, l.Close())
	return urls
}

// A full disk stops the crawl at once, leaves no incomplete record, and loses nothing. .ci/disk mounts the disk.
func TestFullDiskWARC(t *testing.T) {
	disk := os.Getenv("DECHAFF_SMALL_DISK")
	if disk == "" {
		t.Skip("no small disk: .ci/disk sets DECHAFF_SMALL_DISK")
	}
	const pages = 150
	var asked atomic.Int64
	web := newArchiveSite(t, pages, func(string) { asked.Add(1) })
	out := filepath.Join(disk, "warc-out")
	require.NoError(t, os.Mkdir(out, 0o755))
	t.Cleanup(func() { _ = os.RemoveAll(out) })
	args := []string{
		"-delay", "1ms", "-allow-private", "-format", "jsonl,warc", "-state", filepath.Join(t.TempDir(), "crawl.db"), web.URL + "/old",
	}
	ballast := fill(t, disk, 60<<10)
	for range 2 { // the second time, the disk is full from the start
		code, stdout, stderr := crawl(t, out, args...)
		assert.Equal(t, exitStopped, code, stderr)
		assert.Contains(t, stdout, "Stopped early: nothing more can be written")
		assert.Less(t, asked.Load(), int64(pages), "all pages were requested")
		for _, name := range warcFiles(t, out) {
			_, rest := wholeRecords(t, name)
			assert.Zero(t, rest, name)
		}
	}
	require.NoError(t, os.Remove(ballast))
	code, stdout, stderr := crawl(t, out, args...)
	require.Equal(t, exitFinished, code, stdout+stderr)
	seen := make(map[string]bool)
	for _, name := range warcFiles(t, out) {
		paths, rest := wholeRecords(t, name)
		assert.Zero(t, rest, name)
		for _, path := range paths {
			seen[path] = true
		}
	}
	assert.GreaterOrEqual(t, len(seen), pages+1, "the pages and robots.txt")
	assert.Len(t, lineURLs(t, out), pages)
}

// If a WARC sink fails for a reason other than a full disk, the crawl stops too. In this test, the sink's folder is
// missing.
func TestWARCFolderIsGone(t *testing.T) {
	out := t.TempDir()
	first := true
	web := newArchiveSite(t, 30, func(path string) {
		if path == "/p0" && first { // before a page's first record; each record starts a new file
			first = false
			_ = os.RemoveAll(filepath.Join(out, warcFolder))
		}
	})
	began := time.Now()
	code, stdout, stderr := crawl(t, out, "-allow-private", "-format", "jsonl,warc", "-warc-size", "1", web.URL+"/old")
	assert.Equal(t, exitStopped, code, stderr)
	assert.Contains(t, stdout, "Stopped early: nothing more can be written")
	assert.Less(t, time.Since(began), 20*time.Second)
}
