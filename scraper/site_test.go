package scraper

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// site is a server on loopback with a handler for each path. It records the requests.
type site struct {
	*httptest.Server
	mu       sync.Mutex
	pages    map[string]http.HandlerFunc
	arrivals []arrival
	inFlight int
	together int // the largest number of concurrent requests
}

type arrival struct {
	path     string
	at, left time.Time
	header   http.Header
}

func newSite(t *testing.T) *site {
	t.Helper()
	s := &site{pages: make(map[string]http.HandlerFunc)}
	s.Server = httptest.NewServer(http.HandlerFunc(s.serve))
	t.Cleanup(s.Close)
	return s
}

func (s *site) serve(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	s.inFlight++
	s.together = max(s.together, s.inFlight)
	n := len(s.arrivals)
	s.arrivals = append(s.arrivals, arrival{path: r.URL.RequestURI(), at: time.Now(), header: r.Header.Clone()})
	page := s.pages[r.URL.Path]
	s.mu.Unlock()
	defer func() {
		s.mu.Lock()
		s.inFlight--
		s.arrivals[n].left = time.Now()
		s.mu.Unlock()
	}()
	if page == nil {
		http.NotFound(w, r)
		return
	}
	page(w, r)
}

func (s *site) handle(path string, h http.HandlerFunc) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.pages[path] = h
}

// page serves a page with the given links.
func (s *site) page(path string, links ...string) {
	s.handle(path, func(w http.ResponseWriter, _ *http.Request) { writePage(w, path, links...) })
}

func (s *site) robots(text string) {
	s.handle("/robots.txt", func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, text) })
}

func (s *site) redirect(from, to string) {
	s.handle(from, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Location", to)
		w.WriteHeader(http.StatusMovedPermanently)
	})
}

// asked returns the paths of the requests, except those for robots.txt, in order.
func (s *site) asked() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var paths []string
	for _, a := range s.arrivals {
		if a.path != "/robots.txt" {
			paths = append(paths, a.path)
		}
	}
	return paths
}

func (s *site) count(path string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := 0
	for _, a := range s.arrivals {
		if a.path == path {
			n++
		}
	}
	return n
}

func (s *site) history() []arrival {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]arrival(nil), s.arrivals...)
}

func pageText(title string, links ...string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "<!DOCTYPE html><html><head><title>%s</title></head><body><h1>%s</h1>\n", title, title)
	for _, link := range links {
		fmt.Fprintf(&b, "<p><a href=\"%s\">to %s</a></p>\n", link, link)
	}
	b.WriteString("</body></html>")
	return b.String()
}

func writePage(w http.ResponseWriter, title string, links ...string) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = io.WriteString(w, pageText(title, links...))
}

// newScraper returns a scraper that may dial loopback and has short delays.
func newScraper(t *testing.T, change func(*Options)) *Scraper {
	t.Helper()
	o := Options{AllowPrivate: true, Delay: -1, RetryDelay: 4 * time.Millisecond, MaxHostFailures: -1}
	if change != nil {
		change(&o)
	}
	s, err := New(o)
	require.NoError(t, err)
	t.Cleanup(s.Close)
	return s
}

// collector is a handler that keeps the addresses of its pages.
type collector struct {
	mu    sync.Mutex
	pages []string
}

func (c *collector) handle(_ context.Context, p *Page) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.pages = append(c.pages, p.URL.RequestURI())
	return nil
}

// noLeaks fails the test if it ends with more goroutines than it has now.
func noLeaks(t *testing.T) {
	t.Helper()
	before := runtime.NumGoroutine()
	t.Cleanup(func() {
		deadline := time.Now().Add(time.Minute)
		for runtime.NumGoroutine() > before && time.Now().Before(deadline) {
			time.Sleep(5 * time.Millisecond)
		}
		if n := runtime.NumGoroutine(); n > before {
			stacks := make([]byte, 1<<20)
			t.Errorf("%d goroutines before, %d after:\n%s", before, n, stacks[:runtime.Stack(stacks, true)])
		}
	})
}
