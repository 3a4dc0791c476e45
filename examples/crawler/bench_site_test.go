package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// The large site has 20,000 pages of about 3 KB on eight loopback hosts.
const (
	largePages = 20_000
	largeHosts = 8
)

// largePage returns a page with unique text that links to eight other pages of its host.
func largePage(host, page int) string {
	words := strings.Fields(`harbour ferry tide rope lantern pilot anchor barrel winter market bridge council mason stone quay gull
		herring letter window garden copper river valley tower engine paper doctor teacher summer mountain forest candle`)
	r := rand.New(rand.NewPCG(uint64(host), uint64(page)))
	word := func() string { return words[r.IntN(len(words))] }
	var b strings.Builder
	title := fmt.Sprintf("The %s of the %s, %d", word(), word(), page)
	fmt.Fprintf(&b, "<!DOCTYPE html><html lang=en><head><title>%[1]s</title></head><body><article><h1>%[1]s</h1>", title)
	for range 8 {
		b.WriteString("<p>")
		for range 4 {
			fmt.Fprintf(&b, "The %s of the %s mended a %s and sold the %s that the %s had counted before %s. ",
				word(), word(), word(), word(), word(), word())
		}
		b.WriteString("</p>")
	}
	b.WriteString("</article><ul>")
	for i := range 4 {
		fmt.Fprintf(&b, `<li><a href="/%d.html">next</a>`, (4*page+i+1)%(largePages/largeHosts))
		fmt.Fprintf(&b, `<li><a href="/%d.html">other</a>`, r.IntN(largePages/largeHosts))
	}
	b.WriteString("</ul></body></html>")
	return b.String()
}

// largeSiteEnv is the environment variable that makes the test binary serve the large site until its standard input
// ends. The site then runs in its own process, and its memory is not counted as the crawler's.
const largeSiteEnv = "DECHAFF_CRAWLER_TEST_LARGE_SITE"

// asProgram is the environment variable that makes the test binary run the crawler instead of the tests.
const asProgram = "DECHAFF_CRAWLER_TEST_AS_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		main()
		return
	}
	if os.Getenv(largeSiteEnv) == "" {
		os.Exit(m.Run())
	}
	for host := range largeHosts {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			page := 0
			if _, err := fmt.Sscanf(r.URL.Path, "/%d.html", &page); err != nil {
				http.NotFound(w, r)
				return
			}
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			_, _ = io.WriteString(w, largePage(host, page))
		}))
		fmt.Println(server.URL + "/0.html")
	}
	_, _ = io.Copy(io.Discard, os.Stdin)
}

// startLargeSite starts a process that serves the large site, and returns the first page of each host.
func startLargeSite(b *testing.B) (seeds []string) {
	b.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), largeSiteEnv+"=1")
	stdin, err := cmd.StdinPipe()
	require.NoError(b, err)
	stdout, err := cmd.StdoutPipe()
	require.NoError(b, err)
	require.NoError(b, cmd.Start())
	b.Cleanup(func() {
		_ = stdin.Close()
		_ = cmd.Wait()
	})
	lines := bufio.NewScanner(stdout)
	for len(seeds) < largeHosts && lines.Scan() {
		seeds = append(seeds, lines.Text())
	}
	require.Len(b, seeds, largeHosts)
	return seeds
}

// BenchmarkLargeSite runs the program on the large site, once with its state in memory and once with its state in a
// file. It reports pages per second and, on Linux, the process's CPU seconds and peak resident memory.
//
//	go test ./examples/crawler -run '^$' -bench LargeSite -benchtime 1x
func BenchmarkLargeSite(b *testing.B) {
	seeds := startLargeSite(b)
	for _, state := range []bool{false, true} {
		b.Run(fmt.Sprintf("state=%t", state), func(b *testing.B) {
			debug.FreeOSMemory()
			resetPeak()
			began, used := time.Now(), cpuSeconds()
			for b.Loop() {
				out := b.TempDir()
				args := []string{"-allow-private", "-delay", "0", "-max", "0", "-out", filepath.Join(out, "articles")}
				if state {
					args = append(args, "-state", filepath.Join(out, "crawl.db"))
				}
				var stdout, stderr strings.Builder
				require.Zero(b, run(b.Context(), append(args, seeds...), &stdout, &stderr), stderr.String())
				require.Contains(b, stdout.String(), fmt.Sprintf("%d handled, 0 failed", largePages))
			}
			b.ReportMetric(float64(b.N*largePages)/time.Since(began).Seconds(), "pages/s")
			if peak := peakMiB(); peak > 0 {
				b.ReportMetric(peak, "MiB")
				b.ReportMetric((cpuSeconds()-used)/float64(b.N), "cpu-s/op")
			}
		})
	}
}

// resetPeak resets Linux's measurement of the process's peak memory.
func resetPeak() { _ = os.WriteFile("/proc/self/clear_refs", []byte("5"), 0) }

// cpuSeconds returns the CPU time that the process has used, or 0 if the system does not report it.
func cpuSeconds() float64 {
	stat, err := os.ReadFile("/proc/self/stat")
	if err != nil {
		return 0
	}
	fields := strings.Fields(string(stat[bytes.LastIndexByte(stat, ')')+1:])) // the third field and those after it
	user, system := 0.0, 0.0
	_, _ = fmt.Sscan(fields[11], &user)
	_, _ = fmt.Sscan(fields[12], &system)
	return (user + system) / 100 // from ticks; Linux has a hundred per second
}

// peakMiB returns the process's peak resident memory, or 0 if the system does not report it.
func peakMiB() float64 {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	_, rest, _ := strings.Cut(string(status), "VmHWM:")
	kib := 0.0
	_, _ = fmt.Sscan(rest, &kib)
	return kib / 1024
}
