package fleet

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dechaff/dechaff/scraper"
)

// fan serves a page with links to n other pages, and returns its address.
func fan(t *testing.T, n int) (seed string) {
	t.Helper()
	pages := map[string]string{}
	var links strings.Builder
	for i := range n {
		pages[fmt.Sprintf("/%d", i)] = "/"
		fmt.Fprintf(&links, "/%d ", i)
	}
	pages["/"] = links.String()
	return site(t, pages).URL
}

func TestPauseResumeCancel(t *testing.T) {
	t.Parallel() // mostly waiting
	engines(t, func(t *testing.T, name string) {
		// With this delay, 150 pages take much longer than the second within which a pause takes effect.
		f := open(t, name, func(o *Options) { o.Scraper.Delay = 40 * time.Millisecond })
		job := Job{Name: "tides", Job: scraper.Job{Seeds: []string{fan(t, 150)}}}
		require.ErrorIs(t, f.Pause(t.Context(), "tides"), ErrNoCrawl)
		var n atomic.Int64
		ended := make(chan error, 1)
		crawl := func() {
			_, err := f.Crawl(t.Context(), job, func(context.Context, *scraper.Page) error { n.Add(1); return nil })
			ended <- err
		}
		go crawl()
		require.Eventually(t, func() bool { return n.Load() > 5 }, 2*time.Minute, time.Millisecond)
		require.NoError(t, f.Pause(t.Context(), "tides"))
		require.Eventually(t, func() bool { // the worker checks once a second
			status, err := f.Status(t.Context(), "tides")
			return err == nil && len(status.Hosts) == 1 && !status.Hosts[0].Busy
		}, time.Minute, 10*time.Millisecond)
		before := n.Load()
		status, err := f.Status(t.Context(), "tides")
		require.NoError(t, err)
		assert.Equal(t, "paused", status.State)
		assert.Equal(t, 1, status.Workers)
		assert.Equal(t, 151, status.Stats.Handled+status.Stats.Queued)
		assert.Equal(t, status.Stats.Queued, status.Hosts[0].Waiting)
		time.Sleep(300 * time.Millisecond)
		assert.Equal(t, before, n.Load(), "nothing is fetched while it is paused")
		assert.Less(t, before, int64(151))
		require.NoError(t, f.Resume(t.Context(), "tides"))
		require.NoError(t, <-ended)
		assert.EqualValues(t, 151, n.Load())

		job.Seeds = append(job.Seeds, fan(t, 200)) // continues a crawl that was done
		go crawl()
		require.Eventually(t, func() bool { return n.Load() > 155 }, 2*time.Minute, time.Millisecond)
		require.NoError(t, f.Cancel(t.Context(), "tides"))
		require.ErrorIs(t, <-ended, ErrCancelled)
		assert.Less(t, n.Load(), int64(352))
		require.ErrorIs(t, f.Resume(t.Context(), "tides"), ErrCancelled)
		_, err = f.Crawl(t.Context(), job, nil)
		require.ErrorIs(t, err, ErrCancelled)
	})
}

func TestRestartFailedPages(t *testing.T) {
	engines(t, func(t *testing.T, name string) {
		f := open(t, name, nil)
		pages := map[string]string{"/": "/a /b /missing"}
		job := Job{Job: scraper.Job{Seeds: []string{site(t, pages).URL}}}
		var c collector
		broken := true
		stats, err := f.Crawl(t.Context(), job, func(ctx context.Context, p *scraper.Page) error {
			if broken {
				return errors.New("the disk is full")
			}
			return c.handle(ctx, p)
		})
		require.NoError(t, err)
		assert.Equal(t, 4, stats.Failed)
		assert.Equal(t, 1, stats.Fetched)
		broken = false
		pages["/a"], pages["/b"] = "", ""
		n, err := f.Restart(t.Context(), "")
		require.NoError(t, err)
		assert.Equal(t, 4, n)
		stats, err = f.Crawl(t.Context(), job, c.handle)
		require.NoError(t, err)
		assert.ElementsMatch(t, []string{"/", "/a", "/b"}, c.pages)
		assert.Equal(t, 3, stats.Handled)
		assert.Equal(t, 3, stats.Fetched)
		assert.Equal(t, 1, stats.Failed)
	})
}

// Pages that were skipped because their host was in trouble are restarted too. Here, robots.txt could not be read.
func TestRestartAfterTrouble(t *testing.T) {
	t.Parallel() // mostly waiting
	engines(t, func(t *testing.T, name string) {
		var well atomic.Bool
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			switch {
			case r.URL.Path == "/robots.txt" && !well.Load():
				w.WriteHeader(http.StatusServiceUnavailable)
			case r.URL.Path == "/robots.txt":
				http.NotFound(w, r)
			default:
				w.Header().Set("Content-Type", "text/html")
				_, _ = io.WriteString(w, "<p>Low water at noon.")
			}
		}))
		t.Cleanup(s.Close)
		f := open(t, name, nil)
		job := Job{Job: scraper.Job{Seeds: []string{s.URL + "/a", s.URL + "/b"}}}
		stats, err := f.Crawl(t.Context(), job, nil)
		require.ErrorIs(t, err, scraper.ErrNoPages)
		reason := scraper.Reason(scraper.ErrRobotsUnreachable)
		require.Equal(t, map[string]int{reason: 2}, stats.Skipped)
		well.Store(true)
		n, err := f.Restart(t.Context(), "")
		require.NoError(t, err)
		assert.Equal(t, 2, n)
		stats, err = f.Crawl(t.Context(), job, nil)
		require.NoError(t, err)
		assert.Equal(t, 2, stats.Handled)
		assert.Empty(t, stats.Skipped)
		assert.Zero(t, stats.Queued)
	})
}

// MaxPages applies to all workers together, and a larger MaxPages continues the crawl.
func TestMaxPages(t *testing.T) {
	engines(t, func(t *testing.T, name string) {
		job := Job{Job: scraper.Job{Seeds: []string{fan(t, 60)}, MaxPages: 20}}
		var c collector
		fleets := []*Fleet{open(t, name, nil), open(t, name, nil)}
		all := func() scraper.Stats {
			results := make(chan error, len(fleets))
			for _, f := range fleets {
				go func() {
					_, err := f.Crawl(t.Context(), job, c.handle)
					results <- err
				}()
			}
			for range fleets {
				require.NoError(t, <-results)
			}
			stats, err := fleets[0].Crawl(t.Context(), job, c.handle)
			require.NoError(t, err)
			return stats
		}
		fleets, second := fleets[:1], fleets[1]
		stats := all()
		assert.Len(t, c.pages, 20)
		assert.Equal(t, 20, stats.Handled)
		assert.Equal(t, 41, stats.Skipped[scraper.Reason(scraper.ErrPageLimit)])
		fleets = append(fleets, second)
		job.MaxPages = 45
		all()
		assert.Len(t, c.pages, 45)
		job.MaxPages = 0
		all()
		assert.Len(t, c.pages, 61)
	})
}

// Two crawls of one host share its delay. Ten concurrent calls of Open create a single database.
func TestCrawlsShareAHost(t *testing.T) {
	t.Parallel() // mostly waiting
	engines(t, func(t *testing.T, name string) {
		const delay = 30 * time.Millisecond
		w := newWeb(t, 20, 1)
		c := newConfig(t, w, name)
		c.Delay, c.Turn = delay, time.Second
		var wg sync.WaitGroup
		var n atomic.Int64
		errs := make(chan error, 20)
		for i := range 10 {
			wg.Go(func() {
				o := c.options()
				o.Scraper.Timeout = time.Minute // on a busy machine, a request that times out would be made again
				f, err := Open(t.Context(), name, o)
				if errs <- err; err != nil {
					return
				}
				defer f.Close()
				if i >= 4 {
					return
				}
				job := c.job()
				job.Name = []string{"odd", "even"}[i%2]
				_, err = f.Crawl(t.Context(), job, func(context.Context, *scraper.Page) error { n.Add(1); return nil })
				errs <- err
			})
		}
		wg.Wait()
		close(errs)
		for err := range errs {
			require.NoError(t, err)
		}
		assert.EqualValues(t, 40, n.Load())
		w.checkPace(t, delay)
		assert.Equal(t, 41, w.asked(), "one robots.txt for both")
	})
}

// After a stop, the crawl can continue at once, without waiting for a lease to end. Pages whose handlers were running
// are delivered again.
func TestStopAndContinue(t *testing.T) {
	engines(t, func(t *testing.T, name string) {
		job := Job{Job: scraper.Job{Seeds: []string{fan(t, 30)}}}
		var c collector
		ctx, cancel := context.WithCancel(t.Context())
		stats, err := open(t, name, nil).Crawl(ctx, job, func(ctx context.Context, p *scraper.Page) error {
			if p.URL.Path == "/11" {
				cancel()
				<-ctx.Done()
				return errors.New("stopped")
			}
			return c.handle(ctx, p)
		})
		require.ErrorIs(t, err, context.Canceled)
		assert.NotZero(t, stats.Queued)
		assert.Zero(t, stats.Failed)
		began := time.Now()
		stats, err = open(t, name, nil).Crawl(t.Context(), job, c.handle)
		require.NoError(t, err)
		assert.Less(t, time.Since(began), 30*time.Second, "it waited for a lease")
		assert.Equal(t, 31, stats.Handled)
		assert.Len(t, c.pages, 31)
	})
}

func TestBackupWhileInUse(t *testing.T) {
	notInShort(t)
	t.Parallel() // mostly waiting
	f := open(t, filepath.Join(t.TempDir(), "crawl.db"), nil)
	copied := filepath.Join(t.TempDir(), "copy.db")
	job := Job{Job: scraper.Job{Seeds: []string{fan(t, 30)}}}
	var c, again collector
	_, err := f.Crawl(t.Context(), job, func(ctx context.Context, p *scraper.Page) error {
		if p.URL.Path == "/11" {
			if err := f.Backup(ctx, copied); err != nil {
				return err
			}
		}
		return c.handle(ctx, p)
	})
	require.NoError(t, err)
	stats, err := open(t, copied, nil).Crawl(t.Context(), job, again.handle)
	require.NoError(t, err)
	assert.Equal(t, 31, stats.Handled)
	assert.Subset(t, c.pages, again.pages)
	assert.Less(t, len(again.pages), 31)
}

func TestErrors(t *testing.T) {
	engines(t, func(t *testing.T, name string) {
		f := open(t, name, nil)
		_, err := f.Crawl(t.Context(), Job{}, nil)
		require.ErrorIs(t, err, scraper.ErrOptions)
		_, err = f.Status(t.Context(), "none")
		require.ErrorIs(t, err, ErrNoCrawl)
		_, err = f.Restart(t.Context(), "none")
		require.ErrorIs(t, err, ErrNoCrawl)
		require.ErrorIs(t, f.Cancel(t.Context(), "none"), ErrNoCrawl)
		_, err = f.Crawl(t.Context(), Job{Job: scraper.Job{Seeds: []string{site(t, nil).URL}}}, nil)
		require.ErrorIs(t, err, scraper.ErrNoPages)
		require.ErrorIs(t, err, scraper.ErrStatus)
		_, err = f.store.exec(t.Context(), "UPDATE dechaff_schema SET version = 99")
		require.NoError(t, err)
		_, err = Open(t.Context(), name, Options{})
		require.ErrorIs(t, err, ErrSchema)
	})
	_, err := Open(t.Context(), filepath.Join(t.TempDir(), "no", "folder", "crawl.db"), Options{})
	require.ErrorIs(t, err, ErrOpen)
	_, err = Open(t.Context(), "postgres://nobody@127.0.0.1:1/none", Options{})
	require.ErrorIs(t, err, ErrOpen)
	_, err = Open(t.Context(), "", Options{})
	require.ErrorIs(t, err, ErrOptions)
	_, err = Open(t.Context(), filepath.Join(t.TempDir(), "crawl.db"), Options{Turn: -1})
	require.ErrorIs(t, err, ErrOptions)
	_, err = Open(t.Context(), filepath.Join(t.TempDir(), "crawl.db"), Options{Scraper: scraper.Options{Workers: -1}})
	require.ErrorIs(t, err, scraper.ErrOptions)
}

// A host with a great many waiting pages costs no more than a host with few: its delay limits how often pages are
// visited, and a worker does not query the database more often.
func TestWaitingCostsNothing(t *testing.T) {
	t.Parallel() // mostly waiting
	engines(t, func(t *testing.T, name string) {
		f := open(t, name, func(o *Options) { o.Scraper.Delay = 250 * time.Millisecond })
		ctx, cancel := context.WithCancel(t.Context())
		waiting := 20_000
		if testing.Short() {
			waiting = 2000
		}
		var pages int64
		var before int64
		var began time.Time
		_, err := f.Crawl(ctx, Job{Job: scraper.Job{Seeds: []string{fan(t, waiting)}}},
			func(context.Context, *scraper.Page) error {
				if pages++; pages == 3 {
					before, began = f.statements(), time.Now()
				}
				if pages == 11 {
					cancel()
				}
				return nil
			})
		require.ErrorIs(t, err, context.Canceled)
		asked, took := float64(f.statements()-before), time.Since(began).Seconds()
		t.Logf("%.0f statements for 8 pages in %.1f seconds, with %d waiting", asked, took, waiting)
		assert.Less(t, asked, 8*10+took*20, "ten per page, plus the status checks and River each second")
	})
}
