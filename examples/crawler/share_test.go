package main

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A worker that joins a crawl on one host finds no free host, waits for the first worker, and succeeds although it has
// written nothing. So does one that comes after the end, but not one whose pages have no articles.
func TestWorkerWithoutPages(t *testing.T) {
	t.Parallel()
	h := newHarbour(t, 8)
	joined := make(chan struct{})
	h.before = func(path string) {
		if path == "/p3" {
			<-joined
			time.Sleep(300 * time.Millisecond)
		}
	}
	state, first := filepath.Join(t.TempDir(), "crawl.db"), t.TempDir()
	done := make(chan int)
	go func() {
		code, stdout, _ := h.crawl(t, first, "-state", state)
		assert.NotContains(t, stdout, "This run")
		done <- code
	}()
	require.Eventually(t, func() bool { return h.asked.Load() >= 4 }, 2*time.Minute, time.Millisecond)
	time.AfterFunc(100*time.Millisecond, func() { close(joined) })
	const nothing = "This run  0 pages handled; other workers or earlier runs of this crawl handled the others\n"
	code, stdout, stderr := h.crawl(t, t.TempDir(), "-state", state)
	assert.Equal(t, exitFinished, code, stderr)
	assert.Contains(t, stdout, "Pages     8 handled, 0 failed\n"+nothing)
	require.Equal(t, exitFinished, <-done)
	assert.Len(t, lines(t, first), 8)
	code, stdout, _ = h.crawl(t, t.TempDir(), "-state", state)
	assert.Equal(t, exitFinished, code)
	assert.Contains(t, stdout, nothing)

	empty := newSite(t, map[string]string{"/": "<!DOCTYPE html><title>Nothing</title>"})
	code, stdout, _ = crawl(t, t.TempDir(), "-allow-private", "-state", state, "-name", "empty", empty.URL+"/")
	assert.Equal(t, exitNothing, code)
	assert.NotContains(t, stdout, "This run")
}
