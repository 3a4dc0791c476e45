//go:build linux

package render

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/target"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dechaff/dechaff/scraper"
)

// pageOf returns a page of a host that does not exist, so each host has a tab of its own. Nothing is loaded.
func pageOf(host string) scraper.RenderRequest {
	return scraper.RenderRequest{
		URL: "http://" + host + ".example/", Encoding: "utf-8", MaxBytes: 1 << 20, Dial: newDialer(),
		Body: []byte(`<!DOCTYPE html><p id=root></p><script>root.textContent = "` + story + `"</script>`),
	}
}

// assertNothingLeft runs use. Afterwards, there must be no more processes, goroutines and temporary files than before.
func assertNothingLeft(t *testing.T, use func()) {
	t.Helper()
	folder, err := os.MkdirTemp("", "") // with a short name: see maxFolder
	require.NoError(t, err)
	defer func() { _ = os.RemoveAll(folder) }()
	t.Setenv("TMPDIR", folder)
	goroutines, processes := runtime.NumGoroutine(), descendants(os.Getpid())
	use()
	left := func() (all []string) {
		files, _ := filepath.Glob(folder + "/*")
		if n := runtime.NumGoroutine(); n > goroutines {
			all = append(all, fmt.Sprint(n-goroutines, " goroutines"))
		}
		for pid := range descendants(os.Getpid()) {
			if processes[pid] == "" {
				all = append(all, fmt.Sprint("process ", pid))
			}
		}
		return append(all, files...)
	}
	for deadline := time.Now().Add(10 * time.Second); len(left()) > 0 && time.Now().Before(deadline); {
		time.Sleep(50 * time.Millisecond)
	}
	if all := left(); !assert.Empty(t, all) {
		stacks := make([]byte, 1<<16)
		t.Logf("%s", stacks[:runtime.Stack(stacks, true)])
	}
}

// profiles counts the profiles of tabs.
func profiles(t *testing.T, b *Browser) int {
	t.Helper()
	got, err := cdp.Call(t.Context(), b.chromium.browser(), target.GetBrowserContexts, cdp.Empty{})
	require.NoError(t, err)
	return len(got.BrowserContextIDs)
}

// TestCanceledPagesLeaveNothing cancels pages at different times, most of them while their tab is opened.
func TestCanceledPagesLeaveNothing(t *testing.T) {
	newBrowser(t, nil) // skips the test if Chromium is not installed
	assertNothingLeft(t, func() {
		b := newBrowser(t, func(o *Options) { o.Tabs = 2 })
		_, err := b.Render(t.Context(), pageOf("holm"))
		require.NoError(t, err)
		for i := range 20 {
			ctx, cancel := context.WithTimeout(t.Context(), time.Duration(i)*20*time.Millisecond)
			_, _ = b.Render(ctx, pageOf(fmt.Sprint("holm", i)))
			cancel()
		}
		assert.Eventually(t, func() bool { return profiles(t, b) <= 2 }, 20*time.Second, 50*time.Millisecond)
		require.NoError(t, b.Close())
	})
}

// TestCancelingTheStartLeavesNothing cancels pages while Chromium starts for them.
func TestCancelingTheStartLeavesNothing(t *testing.T) {
	newBrowser(t, nil)
	assertNothingLeft(t, func() {
		b := newBrowser(t, nil)
		for i := range 10 {
			ctx, cancel := context.WithTimeout(t.Context(), time.Duration(i)*40*time.Millisecond)
			_, _ = b.Render(ctx, pageOf("holm"))
			cancel()
		}
		require.NoError(t, b.Close())
	})
}

// TestStartForACanceledPage starts Chromium for a page whose context has already ended.
func TestStartForACanceledPage(t *testing.T) {
	b := newBrowser(t, nil)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	ended := make(chan error, 1)
	for range 5 {
		go func() {
			_, err := startChromium(ctx, b.opts, "")
			ended <- err
		}()
		select {
		case err := <-ended:
			require.ErrorIs(t, err, context.Canceled)
		case <-time.After(20 * time.Second):
			t.Fatal("startChromium does not return")
		}
	}
}

// TestClosingLeavesNothing closes the browser while pages are rendered and removed from their tabs.
func TestClosingLeavesNothing(t *testing.T) {
	newBrowser(t, nil)
	for _, after := range []time.Duration{100 * time.Millisecond, time.Second} {
		t.Run(after.String(), func(t *testing.T) {
			assertNothingLeft(t, func() { closeWhileRendering(t, after) })
		})
	}
}

// closeWhileRendering renders pages of several hosts, and closes the browser after some time.
func closeWhileRendering(t *testing.T, after time.Duration) {
	t.Helper()
	b := newBrowser(t, nil)
	_, err := b.Render(t.Context(), pageOf("holm"))
	require.NoError(t, err)
	ended := make(chan error, 8)
	for i := range cap(ended) {
		go func() {
			for {
				if _, err := b.Render(t.Context(), pageOf(fmt.Sprint("holm", i))); err != nil {
					ended <- err
					return
				}
			}
		}()
	}
	time.Sleep(after)
	require.NoError(t, b.Close())
	for range cap(ended) {
		require.ErrorIs(t, <-ended, ErrClosed)
	}
	require.NoError(t, b.Close(), "again")
}

// TestKilledChromiumLeavesNothing kills Chromium between pages. Close then removes what it left.
func TestKilledChromiumLeavesNothing(t *testing.T) {
	newBrowser(t, nil)
	assertNothingLeft(t, func() {
		b := newBrowser(t, nil)
		for range 2 {
			_, err := b.Render(t.Context(), pageOf("holm"))
			require.NoError(t, err)
			require.NoError(t, b.chromium.browser().Process().Kill())
		}
		require.NoError(t, b.Close())
	})
}

// TestPagesCrashBetweenPages kills the process of an idle tab. The next page of the host gets another tab.
func TestPagesCrashBetweenPages(t *testing.T) {
	b := newBrowser(t, nil)
	for range 2 {
		_, err := b.Render(t.Context(), pageOf("holm"))
		require.NoError(t, err)
		time.Sleep(500 * time.Millisecond) // until the tab is idle
		for pid := range descendants(os.Getpid()) {
			command, _ := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", pid))
			if bytes.Contains(command, []byte("--type=renderer")) {
				_ = syscall.Kill(pid, syscall.SIGKILL)
			}
		}
		time.Sleep(500 * time.Millisecond) // until Chromium notices
	}
}

// TestChromiumThatDoesNotStart uses a program that does not answer. A page whose context ends does not wait for it, and
// Close ends it.
func TestChromiumThatDoesNotStart(t *testing.T) {
	program := filepath.Join(t.TempDir(), "chromium")
	require.NoError(t, os.WriteFile(program, []byte("#!/bin/sh\nexec sleep 60\n"), 0o700))
	assertNothingLeft(t, func() {
		b, err := New(Options{Path: program})
		require.NoError(t, err)
		ended := make(chan error, 1)
		go func() {
			_, err := b.Render(t.Context(), pageOf("holm"))
			ended <- err
		}()
		time.Sleep(200 * time.Millisecond) // until that page starts the program
		ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
		defer cancel()
		began := time.Now()
		_, err = b.Render(ctx, pageOf("holm"))
		require.ErrorIs(t, err, context.DeadlineExceeded)
		require.NoError(t, b.Close())
		require.ErrorIs(t, <-ended, ErrClosed)
		assert.Less(t, time.Since(began), 10*time.Second)
	})
}
