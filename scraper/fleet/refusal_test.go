package fleet

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dechaff/dechaff/scraper"
)

// A host that refuses everything gets a bounded number of requests, also from a later process. After Restart, all pages
// are visited.
func TestHostThatRefusesEverything(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, name string) {
		var requests atomic.Int64
		var opens atomic.Bool
		web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			switch {
			case r.URL.Path == "/robots.txt":
				http.NotFound(w, r)
			case opens.Load():
				w.Header().Set("Content-Type", "text/html; charset=utf-8")
				_, _ = fmt.Fprintf(w, "<title>%s</title>", r.URL.Path)
			default:
				requests.Add(1)
				w.WriteHeader(http.StatusForbidden)
			}
		}))
		t.Cleanup(web.Close)
		job := Job{}
		for i := range 30 {
			job.Seeds = append(job.Seeds, fmt.Sprintf("%s/%d", web.URL, i))
		}
		crawl := func() (scraper.Stats, error) {
			var c collector
			f := open(t, name, nil)
			return f.Crawl(t.Context(), job, c.handle)
		}
		stats, err := crawl()
		require.ErrorIs(t, err, scraper.ErrNoPages)
		assert.EqualValues(t, 20, requests.Load())
		assert.Equal(t, map[string]int{scraper.Reason(scraper.ErrHostFailing): 10}, stats.Skipped)
		job.Seeds = append(job.Seeds, web.URL+"/more")
		_, err = crawl()
		require.ErrorIs(t, err, scraper.ErrNoPages)
		assert.EqualValues(t, 20, requests.Load(), "the next process knows it too")

		opens.Store(true)
		n, err := open(t, name, nil).Restart(t.Context(), "")
		require.NoError(t, err)
		assert.Equal(t, 31, n)
		stats, err = crawl()
		require.NoError(t, err)
		assert.Equal(t, 31, stats.Handled)
		assert.Empty(t, stats.Skipped)
		assert.Empty(t, stats.Failures)
	})
}
