//go:build linux

package render

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dechaff/dechaff/scraper"
)

// stat returns the parent and the start time of a process, and whether it is running.
func stat(pid int) (parent int, start string, runs bool) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0, "", false
	}
	fields := strings.Fields(string(text[strings.LastIndexByte(string(text), ')')+1:]))
	if len(fields) < 20 || fields[0] == "Z" {
		return 0, "", false
	}
	parent, err = strconv.Atoi(fields[1])
	return parent, fields[19], err == nil
}

// descendants returns the running descendants of a process, with their start times.
func descendants(of int) map[int]string {
	all := make(map[int]string)
	folders, _ := filepath.Glob("/proc/[0-9]*")
	for grown := true; grown; {
		grown = false
		for _, folder := range folders {
			pid, _ := strconv.Atoi(filepath.Base(folder))
			parent, start, runs := stat(pid)
			if _, known := all[pid]; runs && !known && (parent == of || all[parent] != "") {
				all[pid], grown = start, true
			}
		}
	}
	return all
}

// assertEnded waits until processes have ended.
func assertEnded(t *testing.T, processes map[int]string) {
	t.Helper()
	assert.Eventually(t, func() bool {
		for pid, start := range processes {
			if _, now, runs := stat(pid); runs && now == start {
				return false
			}
		}
		return true
	}, 20*time.Second, 50*time.Millisecond, "processes that are still running")
}

// childOf is the environment variable with the address of the page to render. It is set only in the process that
// TestChromiumEndsWithItsProgram starts.
const childOf = "DECHAFF_TEST_RENDER_CHILD"

// TestChild runs in the process in which childOf is set. It renders pages until it is killed, for at most a minute.
func TestChild(t *testing.T) {
	address := os.Getenv(childOf)
	if address == "" {
		t.Skip("runs only as a subprocess of another test")
	}
	s := newScraper(t, newBrowser(t, nil), scraper.RenderAlways)
	for began := time.Now(); time.Since(began) < time.Minute; {
		fetchText(t, s, address)
		fmt.Println("rendered")
	}
}

func TestChromiumEndsWithItsProgram(t *testing.T) {
	t.Parallel()
	newBrowser(t, nil) // skips the test if Chromium is not installed
	web := newSite(t, map[string]string{"/": `<div id=root></div><script>root.textContent = "` + story + `"</script>`})
	for _, signal := range []syscall.Signal{syscall.SIGKILL, syscall.SIGTERM} {
		t.Run(signal.String(), func(t *testing.T) {
			ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
			defer cancel()
			child := exec.CommandContext(ctx, os.Args[0], "-test.run=^TestChild$")
			child.Env = append(os.Environ(), childOf+"="+web.URL+"/")
			out, err := child.StdoutPipe()
			require.NoError(t, err)
			require.NoError(t, child.Start())
			lines := bufio.NewScanner(out)
			require.True(t, lines.Scan(), "the child renders")
			processes := descendants(child.Process.Pid)
			require.Greater(t, len(processes), 2, "the browser and its children")
			require.NoError(t, child.Process.Signal(signal))
			_ = child.Wait()
			assertEnded(t, processes)
		})
	}
}

func TestCloseEndsAllProcesses(t *testing.T) {
	web := newSite(t, map[string]string{"/": `<div id=root></div><script>root.textContent = "` + story + `"</script>`})
	b := newBrowser(t, nil)
	before := descendants(os.Getpid())
	fetchText(t, newScraper(t, b, scraper.RenderAlways), web.URL+"/")
	processes := descendants(os.Getpid())
	for pid := range before {
		delete(processes, pid)
	}
	require.Greater(t, len(processes), 2)
	require.NoError(t, b.Close())
	assertEnded(t, processes)
	_, err := b.Render(t.Context(), scraper.RenderRequest{URL: web.URL + "/"})
	require.ErrorIs(t, err, ErrClosed)
}

// TestChromiumIsStartedAgain kills Chromium while pages are rendered. No page is lost.
func TestChromiumIsStartedAgain(t *testing.T) {
	web := newSite(t, map[string]string{
		"/": `<div id=root></div><script>root.textContent = "` + story + `"</script>`,
		"/slow": `<div id=root></div><script>const until = Date.now() + 2000
			setTimeout(() => { root.textContent = "` + story + `" }, 3000)
			const x = new XMLHttpRequest(); x.open("GET", "/wait", false); x.send()</script>`,
	})
	web.wait("/wait", time.Second)
	b := newBrowser(t, nil)
	s := newScraper(t, b, scraper.RenderAlways)
	fetchText(t, s, web.URL+"/")
	killed := make(chan struct{})
	go func() {
		defer close(killed)
		time.Sleep(300 * time.Millisecond)
		for pid := range descendants(os.Getpid()) {
			_ = syscall.Kill(pid, syscall.SIGKILL)
		}
	}()
	_, text := fetchText(t, s, web.URL+"/slow")
	<-killed
	assert.Contains(t, text, `<div id="root">`+story)
}

// ticks returns the processor time of processes, in hundredths of a second.
func ticks(processes map[int]string) (sum int) {
	for pid := range processes {
		text, _ := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
		if fields := strings.Fields(string(text[strings.LastIndexByte(string(text), ')')+1:])); len(fields) > 12 {
			user, _ := strconv.Atoi(fields[11])
			system, _ := strconv.Atoi(fields[12])
			sum += user + system
		}
	}
	return sum
}

// TestLoopingPagesAreEnded renders pages that never end by themselves. Their processes must not keep running
// afterwards.
func TestLoopingPagesAreEnded(t *testing.T) {
	web := newSite(t, map[string]string{
		"/loop":   `<div id=root></div><script>for (;;);</script>`,
		"/worker": `<div id=root></div><script>new Worker(URL.createObjectURL(new Blob(["for (;;);"])))</script>`,
	})
	s := newScraper(t, newBrowser(t, func(o *Options) { o.Timeout = 2 * time.Second }), scraper.RenderAlways)
	_, err := s.Fetch(t.Context(), web.URL+"/loop")
	require.ErrorIs(t, err, ErrTimeout)
	_, _ = fetchText(t, s, web.URL+"/worker")
	assert.Eventually(t, func() bool {
		processes := descendants(os.Getpid())
		before := ticks(processes)
		time.Sleep(time.Second)
		return ticks(processes)-before < 30
	}, 20*time.Second, 10*time.Millisecond, "a page is still running")
}
