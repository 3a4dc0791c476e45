//go:build soak

// Long runs, outside .ci/run:
//
//	go test ./scraper -tags soak -run Soak -v -timeout 60m

package scraper

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// toServer returns a transport that connects to one loopback server for every host.
func toServer(server *httptest.Server) *http.Transport {
	address := server.Listener.Addr().String()
	return &http.Transport{
		DialContext: func(ctx context.Context, network, _ string) (net.Conn, error) {
			return (&net.Dialer{}).DialContext(ctx, network, address)
		},
		MaxIdleConns: 64, MaxIdleConnsPerHost: 1, IdleConnTimeout: time.Second,
	}
}

// peak returns the peak resident memory of the process, in MiB.
func peak(t *testing.T) int {
	t.Helper()
	status, err := os.ReadFile("/proc/self/status")
	require.NoError(t, err)
	_, rest, ok := strings.Cut(string(status), "VmHWM:")
	require.True(t, ok)
	kib := 0
	_, err = fmt.Sscan(rest, &kib)
	require.NoError(t, err)
	return kib >> 10
}

// A million addresses on ten thousand hosts fit into 512 MiB. They are found before most of them are fetched.
func TestSoakMillionURLs(t *testing.T) {
	const lists, perList, hosts = 200, 5000, 10_000
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		n := 0
		if _, err := fmt.Sscanf(r.URL.Path, "/list/%d", &n); err != nil {
			writePage(w, "a page")
			return
		}
		_, _ = io.WriteString(w, "<!doctype html><title>list</title>")
		for i := range perList {
			page := n*perList + i
			_, _ = fmt.Fprintf(w, "<a href=\"http://h%d.quay.example/news/2026/story-%d\">%d</a>\n", page%hosts, page, page)
		}
	}))
	t.Cleanup(server.Close)
	s, err := New(Options{AllowPrivate: true, IgnoreRobots: true, Delay: time.Minute, Transport: toServer(server)})
	require.NoError(t, err)
	var seeds []string
	for i := range lists {
		seeds = append(seeds, fmt.Sprintf("http://list%d.quay.example/list/%d", i, i))
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	met := 0
	stats, err := s.Crawl(ctx, Job{Seeds: seeds, Scope: AnyHost, Progress: func(st Stats) {
		if met = st.Queued + st.Fetched; met >= lists*perList {
			cancel()
		}
	}}, nil)
	require.ErrorIs(t, err, context.Canceled)
	t.Logf("%d addresses seen, %d hosts, %d fetched in %s; at most %d MiB resident", met, stats.Hosts, stats.Fetched,
		stats.Elapsed.Round(time.Second), peak(t))
	assert.GreaterOrEqual(t, met, lists*perList)
	assert.Less(t, peak(t), 512)
}

// A crawl of 200,000 pages ends with about as many goroutines and as much heap as it began with.
func TestSoakLongCrawl(t *testing.T) {
	const pages, hosts = 200_000, 64
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		n := 0
		_, _ = fmt.Sscanf(r.URL.Path, "/%d", &n)
		var links []string
		for _, next := range []int{2*n + 1, 2*n + 2, n / 2} {
			if next < pages {
				links = append(links, fmt.Sprintf("http://h%d.quay.example/%d", next%hosts, next))
			}
		}
		writePage(w, r.URL.Path, links...)
	}))
	t.Cleanup(server.Close)
	transport := toServer(server)
	heap := func() uint64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.GC()
		runtime.ReadMemStats(&m)
		return m.HeapAlloc >> 20
	}
	goroutines, before := runtime.NumGoroutine(), heap()
	var handled atomic.Int64
	func() {
		s, err := New(Options{AllowPrivate: true, Delay: -1, Transport: transport})
		require.NoError(t, err)
		defer s.Close()
		stats, err := s.Crawl(t.Context(), Job{Seeds: []string{"http://h0.quay.example/0"}, Scope: AnyHost},
			func(context.Context, *Page) error {
				handled.Add(1)
				return nil
			})
		require.NoError(t, err)
		t.Logf("%d pages in %s (%.0f a second)", stats.Handled, stats.Elapsed.Round(time.Second),
			float64(stats.Handled)/stats.Elapsed.Seconds())
	}()
	assert.EqualValues(t, pages, handled.Load())
	transport.CloseIdleConnections()
	server.CloseClientConnections()
	time.Sleep(2 * time.Second)
	t.Logf("goroutines %d → %d, heap %d → %d MiB", goroutines, runtime.NumGoroutine(), before, heap())
	assert.LessOrEqual(t, runtime.NumGoroutine(), goroutines+2)
	assert.LessOrEqual(t, heap(), before+8)
}

// A crawl with a hundred thousand queued addresses ends soon after its context is canceled.
func TestSoakCancel(t *testing.T) {
	web := newSite(t)
	web.handle("/", func(w http.ResponseWriter, _ *http.Request) {
		for i := range 100_000 {
			_, _ = fmt.Fprintf(w, "<a href=/%d>x</a>", i)
		}
	})
	web.page("/0")
	ctx, cancel := context.WithCancel(t.Context())
	var ended time.Time
	stats, err := newScraper(t, nil).Crawl(ctx, Job{Seeds: []string{web.URL}}, func(ctx context.Context, p *Page) error {
		if p.URL.Path == "/" {
			return nil
		}
		cancel()
		<-ctx.Done()
		ended = time.Now()
		return errors.New("cancelled")
	})
	took := time.Since(ended)
	require.ErrorIs(t, err, context.Canceled)
	t.Logf("%d queued, returned %s after the last handler", stats.Queued, took)
	assert.Less(t, took, 100*time.Millisecond)
	assert.Greater(t, stats.Queued, 99_000)
}
