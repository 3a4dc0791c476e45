package fleet

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/dechaff/dechaff/scraper"
)

// tester is a test or a benchmark.
type tester[T any] interface {
	testing.TB
	Run(name string, f func(T)) bool
}

// engines runs a test on SQLite, and on PostgreSQL if it is available.
func engines[T tester[T]](t T, test func(t T, name string)) {
	t.Run("sqlite", func(t T) { test(t, filepath.Join(t.TempDir(), "crawl.db")) })
	t.Run("postgres", func(t T) { test(t, postgres(t)) })
}

// notInShort skips a test with -short. It is for tests that are slow under the race detector and cannot show races:
// tests that start other processes or count statements.
func notInShort(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("skipped with -short")
	}
}

// postgres returns the name of a new, empty database on the server that DECHAFF_POSTGRES names.
func postgres(t testing.TB) string {
	t.Helper()
	server := os.Getenv("DECHAFF_POSTGRES")
	if server == "" {
		t.Skip("DECHAFF_POSTGRES is not set to a server: see .ci/postgres")
	}
	return newDatabase(t, server)
}

func open(t *testing.T, name string, change func(*Options)) *Fleet {
	t.Helper()
	o := Options{Scraper: scraper.Options{
		AllowPrivate: true, Delay: -1, RetryDelay: 4 * time.Millisecond,
		MaxHostFailures: -1, Timeout: 4 * time.Second,
	}}
	if change != nil {
		change(&o)
	}
	f, err := Open(t.Context(), name, o)
	require.NoError(t, err)
	t.Cleanup(f.Close)
	return f
}

// site serves pages by path. The value of a page is its links, separated by spaces, or "-> " and the target of a
// redirect.
func site(t *testing.T, pages map[string]string) *httptest.Server {
	t.Helper()
	return canonicals(t, pages, func(string) string { return "" })
}

// canonicals is like site, but each page has a rel=canonical with the address that the function canonical returns for
// its path, unless that is "".
func canonicals(t *testing.T, pages map[string]string, canonical func(path string) string) *httptest.Server {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		links, ok := pages[r.URL.RequestURI()]
		if !ok {
			http.NotFound(w, r)
			return
		}
		if to, ok := strings.CutPrefix(links, "-> "); ok {
			http.Redirect(w, r, to, http.StatusFound)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = fmt.Fprintf(w, "<title>%s</title>", r.URL.Path)
		if to := canonical(r.URL.Path); to != "" {
			_, _ = fmt.Fprintf(w, "<link rel=canonical href=%q>", "http://"+r.Host+to)
		}
		for link := range strings.FieldsSeq(links) {
			_, _ = fmt.Fprintf(w, "<a href=%q>x</a>", link)
		}
	}))
	t.Cleanup(s.Close)
	return s
}

// collector keeps the addresses of pages.
type collector struct {
	mu    sync.Mutex
	pages []string
}

func (c *collector) handle(_ context.Context, p *scraper.Page) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.pages = append(c.pages, p.URL.RequestURI())
	return nil
}
