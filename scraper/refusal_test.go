package scraper

import (
	"errors"
	"fmt"
	"net/http"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// refusing returns a site whose pages are refused with a status, except those for whose number the function serves
// returns true, and a job with one seed for each of n pages.
func refusing(t *testing.T, status, n int, serves func(page int) bool) (*site, Job) {
	t.Helper()
	web := newSite(t)
	web.robots("")
	var job Job
	for i := range n {
		path := fmt.Sprintf("/%d", i)
		if serves(i) {
			web.page(path)
		} else {
			web.handle(path, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(status) })
		}
		job.Seeds = append(job.Seeds, web.URL+path)
	}
	return web, job
}

func nothingServed(int) bool { return false }

// A host that refuses everything gets a bounded number of requests. The other pages are skipped, and counted.
func TestHostThatRefusesEverything(t *testing.T) {
	t.Parallel()
	for _, status := range []int{401, 403, 406, 429, 451} {
		t.Run(http.StatusText(status), func(t *testing.T) {
			t.Parallel()
			web, job := refusing(t, status, 30, nothingServed)
			var notices atomic.Int64
			var said atomic.Value
			job.OnNotice = func(_ string, err error) {
				if notices.Add(1); errors.Is(err, ErrHostFailing) {
					said.Store(err.Error())
				}
			}
			s := newScraper(t, func(o *Options) { o.MaxTries, o.MaxDelay = 1, time.Millisecond })
			stats, err := s.Crawl(t.Context(), job, nil)
			require.ErrorIs(t, err, ErrNoPages)
			assert.Len(t, web.asked(), 20)
			assert.Equal(t, 20, stats.Failed)
			assert.Equal(t, map[string]int{Reason(ErrHostFailing): 10}, stats.Skipped)
			assert.EqualValues(t, 1, notices.Load())
			assert.Contains(t, said.Load(), ": it refused the last 20 requests")
		})
	}
}

// A host that also serves pages is set aside only after many refusals in a row. Each page that it serves ends the row,
// and so does an error 404.
func TestHostThatRefusesManyPages(t *testing.T) {
	t.Parallel()
	s := newScraper(t, func(o *Options) { o.MaxHostRefusals = 30 })
	web, job := refusing(t, http.StatusForbidden, 90, func(page int) bool { return page%30 == 0 })
	stats, err := s.Crawl(t.Context(), job, nil)
	require.NoError(t, err)
	assert.Equal(t, []int{3, 87, 90}, []int{stats.Handled, stats.Failed, len(web.asked())})

	web, job = refusing(t, http.StatusForbidden, 90, func(page int) bool { return page == 0 })
	stats, err = s.Crawl(t.Context(), job, nil)
	require.NoError(t, err)
	assert.Equal(t, []int{1, 30, 31}, []int{stats.Handled, stats.Failed, len(web.asked())})
	assert.Equal(t, map[string]int{Reason(ErrHostFailing): 59}, stats.Skipped)

	s = newScraper(t, func(o *Options) { o.MaxHostRefusals = -1 })
	_, job = refusing(t, http.StatusForbidden, 120, nothingServed)
	stats, err = s.Crawl(t.Context(), job, nil)
	require.ErrorIs(t, err, ErrNoPages)
	assert.Equal(t, 120, stats.Failed)

	_, job = refusing(t, http.StatusNotFound, 120, nothingServed)
	stats, err = newScraper(t, nil).Crawl(t.Context(), job, nil)
	require.ErrorIs(t, err, ErrNoPages)
	assert.Equal(t, 120, stats.Failed)
}
