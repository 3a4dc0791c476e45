package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A harbour is a site with numbered pages. It counts requests. The site can go down, and its pages can change.
type harbour struct {
	*httptest.Server
	pages  int
	asked  atomic.Int64
	down   atomic.Bool
	edited atomic.Bool // page 3 has a different story
	before func(path string)
}

func newHarbour(t *testing.T, pages int) *harbour {
	t.Helper()
	h := &harbour{pages: pages, before: func(string) {}}
	var links strings.Builder
	for i := range pages {
		fmt.Fprintf(&links, `<a href="/p%d">page</a> `, i)
	}
	h.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h.asked.Add(1)
		h.before(r.URL.Path)
		number := 0
		if _, err := fmt.Sscanf(r.URL.Path, "/p%d", &number); err != nil || h.down.Load() {
			http.NotFound(w, r)
			return
		}
		page := article(fmt.Sprintf("Quay %d", number), links.String())
		if number == 3 && h.edited.Load() {
			page = strings.ReplaceAll(page, "by the harbour", "by the lighthouse")
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = io.WriteString(w, page)
	}))
	t.Cleanup(h.Close)
	return h
}

// crawl runs the program with -allow-private and the site's first page as the seed.
func (h *harbour) crawl(t *testing.T, out string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	return crawl(t, out, append(append([]string{"-allow-private"}, args...), h.URL+"/p0")...)
}

// contents returns the contents of the files in a folder, by name. Subfolders, such as the private folder, are left
// out.
func contents(t *testing.T, out string) map[string]string {
	t.Helper()
	entries, err := os.ReadDir(out)
	require.NoError(t, err)
	files := make(map[string]string)
	for _, entry := range entries {
		if entry.IsDir() {
			continue
		}
		b, err := os.ReadFile(filepath.Join(out, entry.Name()))
		require.NoError(t, err)
		files[entry.Name()] = string(b)
	}
	return files
}

// A run that fetches nothing because the server is down changes no file that was written before.
func TestFailedRunChangesNothing(t *testing.T) {
	t.Parallel() // mostly waiting
	h := newHarbour(t, 10)
	out := t.TempDir()
	code, _, stderr := h.crawl(t, out)
	require.Equal(t, exitFinished, code, stderr)
	before := contents(t, out)
	require.Len(t, before, 11)
	h.down.Store(true)
	code, _, _ = h.crawl(t, out)
	assert.Equal(t, exitNothing, code)
	assert.Equal(t, before, contents(t, out))
	h.Close() // now nothing listens on the port
	code, _, _ = h.crawl(t, out)
	assert.Equal(t, exitNothing, code)
	assert.Equal(t, before, contents(t, out))
}

// A run over an unchanged site succeeds and writes nothing. A changed page keeps its file and its position.
func TestRunReplacesChangedArticles(t *testing.T) {
	h := newHarbour(t, 6)
	out := t.TempDir()
	mine := filepath.Join(out, "quay-5.md")
	require.NoError(t, os.WriteFile(mine, []byte("my own notes about quay 5\n"), 0o600))
	code, _, stderr := h.crawl(t, out)
	require.Equal(t, exitFinished, code, stderr)
	before := contents(t, out)
	require.Equal(t, "my own notes about quay 5\n", before["quay-5.md"])

	code, stdout, stderr := h.crawl(t, out)
	require.Equal(t, exitFinished, code, stderr)
	assert.Contains(t, stdout, "0 new, 0 changed, 6 unchanged")
	assert.Equal(t, before, contents(t, out))

	h.edited.Store(true)
	code, stdout, stderr = h.crawl(t, out)
	require.Equal(t, exitFinished, code, stderr)
	assert.Contains(t, stdout, "0 new, 1 changed, 5 unchanged")
	after := contents(t, out)
	assert.Contains(t, after["quay-3.md"], "lighthouse")
	oldLines, newLines := strings.Split(before[linesName], "\n"), strings.Split(after[linesName], "\n")
	require.Len(t, newLines, len(oldLines))
	for i, text := range newLines {
		if strings.Contains(text, "/p3\"") {
			assert.Contains(t, text, "lighthouse")
			continue
		}
		assert.Equal(t, oldLines[i], text)
	}
}

// Articles of another site are added to the existing ones, and only one run at a time writes to a folder.
func TestTwoSitesInOneFolder(t *testing.T) {
	first, second := newHarbour(t, 4), newHarbour(t, 5)
	out := t.TempDir()
	code, _, stderr := first.crawl(t, out)
	require.Equal(t, exitFinished, code, stderr)
	inner := -1
	said := ""
	second.before = func(path string) {
		if path == "/p2" && inner < 0 {
			inner, _, said = first.crawl(t, out)
		}
	}
	code, _, stderr = second.crawl(t, out)
	require.Equal(t, exitFinished, code, stderr)
	assert.Equal(t, exitNothing, inner)
	assert.Contains(t, said, "another crawler is writing to this folder")
	assert.Len(t, lines(t, out), 9)
	assert.Len(t, contents(t, out), 10)
}

// If a crash has truncated the last line, the line is removed, or completed if only its line break is missing. No other
// line is appended to a truncated line.
func TestTornLastLine(t *testing.T) {
	for name, c := range map[string]struct {
		torn  string
		lines int
	}{
		"cut":              {`{"url":"http://quay.example/x","file":"x.m`, 7},
		"zeros":            {"\x00\x00\x00\x00", 7},
		"only without end": {`{"url":"http://quay.example/x","file":"quay-1.md"}`, 8},
	} {
		t.Run(name, func(t *testing.T) {
			h := newHarbour(t, 7)
			out := t.TempDir()
			code, _, stderr := h.crawl(t, out, "-max", "3")
			require.Equal(t, exitFinished, code, stderr)
			f, err := os.OpenFile(filepath.Join(out, linesName), os.O_APPEND|os.O_WRONLY, 0o600)
			require.NoError(t, err)
			_, err = f.WriteString(c.torn)
			require.NoError(t, errors.Join(err, f.Close()))
			code, _, stderr = h.crawl(t, out)
			require.Equal(t, exitFinished, code, stderr)
			assert.Len(t, lines(t, out), c.lines)
		})
	}
}

// folderFaults are ways to make a folder stop accepting files.
var folderFaults = map[string]func(t *testing.T, out string){
	"the folder vanishes": func(t *testing.T, out string) {
		t.Helper()
		require.NoError(t, os.Rename(out, out+".moved"))
	},
	"a file takes its place": func(t *testing.T, out string) {
		t.Helper()
		require.NoError(t, os.Rename(out, out+".moved"))
		require.NoError(t, os.WriteFile(out, nil, 0o600))
	},
	"a new folder takes its place": func(t *testing.T, out string) {
		t.Helper()
		require.NoError(t, os.Rename(out, out+".moved"))
		require.NoError(t, os.Mkdir(out, 0o700))
	},
	"articles.jsonl is removed": func(t *testing.T, out string) {
		t.Helper()
		require.NoError(t, os.Rename(filepath.Join(out, linesName), filepath.Join(out, "moved.jsonl")))
	},
}

// A folder that accepts no more files ends the crawl at once; with -state the same command delivers the rest when the
// folder accepts files again.
func TestUnwritableFolderEndsTheCrawl(t *testing.T) {
	t.Parallel() // mostly waiting
	const pages = 60
	for name, fault := range folderFaults {
		for _, state := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s, state %v", name, state), func(t *testing.T) {
				t.Parallel()
				h := newHarbour(t, pages)
				out := filepath.Join(t.TempDir(), "out")
				args := []string{"-delay", "10ms"}
				if state {
					args = append(args, "-state", filepath.Join(t.TempDir(), "crawl.db"))
				}
				h.before = func(path string) {
					if path == "/p9" && h.asked.Load() < pages { // once
						h.before = func(string) {}
						fault(t, out)
					}
				}
				code, stdout, stderr := h.crawl(t, out, args...)
				assert.Equal(t, exitStopped, code, stderr)
				assert.Contains(t, stdout, "Stopped early: nothing more can be written")
				assert.Less(t, h.asked.Load(), int64(40), "the rest was fetched in vain")
				putBack(t, out)
				assert.NotEmpty(t, lines(t, out))
				assert.NotContains(t, stdout, "Failed  ")

				code, _, stderr = h.crawl(t, out, args...)
				require.Equal(t, exitFinished, code, stderr)
				urls := make(map[any]bool)
				for _, line := range lines(t, out) {
					urls[line["url"]] = true
				}
				assert.Len(t, urls, pages)
				assertNothingTemporary(t, out)
			})
		}
	}
}

// putBack repairs a folder.
func putBack(t *testing.T, out string) {
	t.Helper()
	if _, err := os.Stat(out + ".moved"); err == nil {
		require.NoError(t, os.RemoveAll(out))
		require.NoError(t, os.Rename(out+".moved", out))
		return
	}
	require.NoError(t, os.Rename(filepath.Join(out, "moved.jsonl"), filepath.Join(out, linesName)))
}

// If a single file cannot be written, only its page fails. When the file can be written again, -retry-failed writes it.
func TestUnwritableFile(t *testing.T) {
	const pages = 12
	h := newHarbour(t, pages)
	out := t.TempDir()
	blocked := filepath.Join(out, "quay-7.md")
	h.before = func(path string) {
		if path == "/p7" && h.asked.Load() < 2*pages {
			_ = os.MkdirAll(filepath.Join(blocked, "folder"), 0o700) // no file can be renamed to a folder's name
		}
	}
	state := filepath.Join(t.TempDir(), "crawl.db")
	code, stdout, stderr := h.crawl(t, out, "-state", state)
	assert.Equal(t, exitFinished, code, stderr)
	assert.Contains(t, stdout, "1 failed")
	assert.Contains(t, stdout, "/p7: ")
	assert.Len(t, lines(t, out), pages-1)
	assertNothingTemporary(t, out)

	require.NoError(t, os.RemoveAll(blocked))
	h.before = func(string) {}
	asked := h.asked.Load()
	code, _, stderr = h.crawl(t, out, "-state", state)
	assert.Equal(t, exitFinished, code, stderr)
	assert.Equal(t, asked, h.asked.Load(), "a finished crawl makes no requests")
	code, stdout, stderr = h.crawl(t, out, "-state", state, "-retry-failed")
	assert.Equal(t, exitFinished, code, stderr)
	assert.Contains(t, stdout, "Queued again: 1 failed pages")
	assert.Len(t, lines(t, out), pages)
	require.FileExists(t, blocked)
}

func TestExitStatus(t *testing.T) {
	t.Parallel() // mostly waiting
	h := newHarbour(t, 8)
	out, state := t.TempDir(), filepath.Join(t.TempDir(), "crawl.db")
	code, _, stderr := h.crawl(t, out, "-state", state, "-max", "2")
	assert.Equal(t, exitFinished, code, "the user's own -max: "+stderr)
	assert.Len(t, lines(t, out), 2)
	code, _, stderr = h.crawl(t, out, "-state", state, "-max", "2")
	assert.Equal(t, exitFinished, code, "nothing is left to do: "+stderr)

	code, _, _ = h.crawl(t, out, "-retry-failed")
	assert.Equal(t, exitUsage, code, "without -state, failures are not recorded")

	ctx, cancel := context.WithCancel(t.Context())
	h.before = func(path string) {
		if path == "/p4" {
			cancel()
		}
	}
	var stdout, said bytes.Buffer
	args := []string{"-out", out, "-delay", "5ms", "-allow-private", "-state", state, h.URL + "/p0"}
	assert.Equal(t, exitStopped, run(ctx, args, &stdout, &said), said.String())
	assert.Contains(t, stdout.String(), "The same command continues")

	h.before = func(path string) {
		if path == "/p6" {
			_ = os.Rename(state, state+".moved")
		}
	}
	code, text, stderr := h.crawl(t, out, "-state", state, "-delay", "300ms")
	assert.Equal(t, exitStopped, code, stderr)
	assert.Contains(t, text, "the database was removed or replaced")
}

// A user's own file next to an article, with the same name, stays if a later run writes more formats than the first.
func TestOwnFileNextToArticle(t *testing.T) {
	h := newHarbour(t, 6)
	out := t.TempDir()
	code, _, stderr := h.crawl(t, out)
	require.Equal(t, exitFinished, code, stderr)
	mine := filepath.Join(out, "quay-3.txt")
	require.NoError(t, os.WriteFile(mine, []byte("my own notes about quay 3\n"), 0o600))
	h.edited.Store(true)
	before, asked := contents(t, out), h.asked.Load()
	code, _, stderr = h.crawl(t, out, "-format", "markdown,text,jsonl")
	assert.Equal(t, exitNothing, code)
	assert.Contains(t, stderr, mine+": not written by the crawler")
	assert.Equal(t, before, contents(t, out))
	assert.Equal(t, asked, h.asked.Load(), "nothing was fetched")

	code, _, stderr = h.crawl(t, out, "-format", "markdown,html,jsonl")
	require.Equal(t, exitFinished, code, stderr)
	assert.Equal(t, "my own notes about quay 3\n", contents(t, out)["quay-3.txt"])
	require.NoError(t, os.Remove(mine))
	for range 2 {
		code, _, stderr = h.crawl(t, out, "-format", "markdown,text,jsonl")
		require.Equal(t, exitFinished, code, stderr)
	}
	assert.Contains(t, contents(t, out)["quay-3.txt"], "lighthouse")

	// The folder of the crawler's private files may be deleted.
	require.NoError(t, os.RemoveAll(filepath.Join(out, privateFolder)))
	h.edited.Store(false)
	code, _, stderr = h.crawl(t, out, "-format", "markdown,text,jsonl")
	require.Equal(t, exitFinished, code, stderr)
	assert.NotContains(t, contents(t, out)["quay-3.txt"], "lighthouse")
}
