package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"runtime/debug"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// BenchmarkLargeArchive archives a site with many pages on eight loopback hosts. Each page has its own 20 KB picture.
// The benchmark reports pages per second, including their pictures, and, on Linux, the process's peak resident memory,
// which includes the memory of the test servers.
//
//	go test ./examples/crawler -run '^$' -bench LargeArchive -benchtime 1x -timeout 30m
func BenchmarkLargeArchive(b *testing.B) {
	for _, pages := range []int{2_000, largePages} {
		b.Run(fmt.Sprintf("pages=%d", pages), func(b *testing.B) {
			seeds := servePictures(b, pages/largeHosts)
			debug.FreeOSMemory()
			resetPeak()
			began := time.Now()
			for b.Loop() {
				out := b.TempDir()
				var stdout, stderr strings.Builder
				args := []string{"-allow-private", "-delay", "0", "-max", "0", "-images", "-out", out}
				require.Zero(b, run(b.Context(), append(args, seeds...), &stdout, &stderr), stderr.String())
				require.Contains(b, stdout.String(), fmt.Sprintf("%d pictures", pages))
			}
			b.ReportMetric(float64(b.N*pages)/time.Since(began).Seconds(), "pages/s")
			if peak := peakMiB(); peak > 0 {
				b.ReportMetric(peak, "MiB")
			}
		})
	}
}

// servePictures serves the large site, with a picture on each page, and returns the first page of each host.
func servePictures(b *testing.B, pages int) (seeds []string) {
	b.Helper()
	for host := range largeHosts {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			page := 0
			if _, err := fmt.Sscanf(r.URL.Path, "/%d.html", &page); err == nil && page < pages {
				w.Header().Set("Content-Type", "text/html; charset=utf-8")
				text := strings.Replace(largePage(host, page), "</p><p>", fmt.Sprintf(`</p><p><img src="/%d.png" alt="The quay"></p><p>`, page), 1)
				_, _ = w.Write([]byte(text))
				return
			}
			if _, err := fmt.Sscanf(r.URL.Path, "/%d.png", &page); err == nil {
				_, _ = fmt.Fprintf(w, "\x89PNG\r\n\x1a\n%d %d %s", host, page, make([]byte, 20<<10))
				return
			}
			http.NotFound(w, r)
		}))
		b.Cleanup(server.Close)
		seeds = append(seeds, server.URL+"/0.html")
	}
	return seeds
}
