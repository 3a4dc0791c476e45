package fleet

import (
	"context"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dechaff/dechaff/scraper"
)

// If a host's next request is due only after the end of the lease of a worker that dies now, the database contains the
// time: while the worker waits, and while a request is in progress.
func TestDueIsStoredForCrash(t *testing.T) {
	hang := func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }
	refuse := func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", "240")
		w.WriteHeader(http.StatusServiceUnavailable)
	}
	for name, c := range map[string]struct {
		serve http.HandlerFunc
		delay time.Duration // the host's delay, from earlier requests
	}{
		"waiting":    {refuse, 0},
		"requesting": {hang, 4 * time.Minute},
	} {
		t.Run(name, func(t *testing.T) {
			engines(t, func(t *testing.T, database string) {
				web := httptest.NewServer(c.serve)
				t.Cleanup(web.Close)
				f := open(t, database, func(o *Options) { o.Scraper.Timeout, o.Scraper.IgnoreRobots = time.Minute, true })
				host := web.Listener.Addr().String()
				ids, err := f.hostIDs(t.Context(), []string{host})
				require.NoError(t, err)
				row := hostRow{id: ids[host], pace: toJSON(savedPace{Delay: c.delay})}
				require.NoError(t, f.db().resetHost(t.Context(), &row))

				ctx, cancel := context.WithCancel(t.Context())
				var crawling sync.WaitGroup
				defer crawling.Wait()
				defer cancel()
				crawling.Go(func() { _, _ = f.Crawl(ctx, Job{Job: scraper.Job{Seeds: []string{web.URL}}}, nil) })
				assert.Eventually(t, func() bool {
					s, err := f.Status(t.Context(), "default")
					return err == nil && len(s.Hosts) == 1 && s.Hosts[0].Due.After(time.Now().Add(2*time.Minute))
				}, 55*time.Second, 10*time.Millisecond)
			})
		})
	}
}
