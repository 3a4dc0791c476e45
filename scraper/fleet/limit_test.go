package fleet

import (
	"context"
	"errors"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dechaff/dechaff/scraper"
)

// A crawl is stopped while the pages that took the last places under MaxPages are in their handlers. The next run
// delivers these pages, and no others.
func TestStopAtMaxPages(t *testing.T) {
	engines(t, func(t *testing.T, name string) {
		job := Job{Job: scraper.Job{Seeds: []string{fan(t, 30)}, MaxPages: 5}}
		ctx, cancel := context.WithCancel(t.Context())
		var inHandlers atomic.Int64
		var first, second collector
		_, err := open(t, name, nil).Crawl(ctx, job, func(ctx context.Context, p *scraper.Page) error {
			if p.URL.Path == "/" {
				return first.handle(ctx, p)
			}
			if inHandlers.Add(1) == 4 {
				cancel()
			}
			<-ctx.Done()
			return ctx.Err()
		})
		require.ErrorIs(t, err, context.Canceled)
		require.EqualValues(t, 4, inHandlers.Load())
		stats, err := open(t, name, nil).Crawl(t.Context(), job, second.handle)
		require.NoError(t, err)
		assert.Len(t, second.pages, 4)
		assert.NotContains(t, second.pages, "/")
		assert.Equal(t, 5, stats.Handled)
		assert.Equal(t, 26, stats.Skipped[scraper.Reason(scraper.ErrPageLimit)])
	})
}

// A page whose handler failed keeps its place for Restart.
func TestRestartAtMaxPages(t *testing.T) {
	engines(t, func(t *testing.T, name string) {
		f := open(t, name, nil)
		job := Job{Job: scraper.Job{Seeds: []string{fan(t, 30)}, MaxPages: 5}}
		var failed, c collector
		_, err := f.Crawl(t.Context(), job, func(ctx context.Context, p *scraper.Page) error {
			return errors.Join(failed.handle(ctx, p), errors.New("the disk is full"))
		})
		require.NoError(t, err)
		require.Len(t, failed.pages, 5)
		n, err := f.Restart(t.Context(), "")
		require.NoError(t, err)
		assert.Equal(t, 5, n)
		stats, err := f.Crawl(t.Context(), job, c.handle)
		require.NoError(t, err)
		assert.ElementsMatch(t, failed.pages, c.pages)
		assert.Equal(t, 5, stats.Handled)
	})
}

// A worker is killed while pages that took the last places under MaxPages are in their handlers. Another worker
// delivers these pages, and no others.
func TestKillAtMaxPages(t *testing.T) {
	notInShort(t)
	t.Parallel() // mostly waiting
	engines(t, func(t *testing.T, name string) {
		w := newWeb(t, 60, 6)
		c := newConfig(t, w, name)
		c.MaxPages, c.Handling = 12, time.Second
		p := startWorker(t, c)
		require.Eventually(t, func() bool {
			pages := 0
			for _, line := range w.history() {
				if line.path != "/robots.txt" {
					pages++
				}
			}
			return pages == 12
		}, time.Minute, time.Millisecond)
		time.Sleep(100 * time.Millisecond) // by then, the last page has its place
		require.True(t, p.kill(t))
		require.Less(t, len(handled(t, c.Log)), 12)
		require.NoError(t, <-startWorker(t, c).ended)
		assert.Len(t, handled(t, c.Log), 12)
	})
}

// A page whose rel=canonical names a missing page is delivered under its own address. It keeps its place when it is
// delivered again, and takes no second one.
func TestStopAtMaxPagesWithCanonical(t *testing.T) {
	engines(t, func(t *testing.T, name string) {
		pages := map[string]string{"/": "/print/1 /print/2 /print/3", "/print/1": "", "/print/2": "", "/print/3": ""}
		s := canonicals(t, pages, func(path string) string { return strings.Replace(path, "/print/", "/story/", 1) })
		job := Job{Job: scraper.Job{Seeds: []string{s.URL}, MaxPages: 3}}
		ctx, cancel := context.WithCancel(t.Context())
		var inHandlers atomic.Int64
		_, err := open(t, name, nil).Crawl(ctx, job, func(ctx context.Context, p *scraper.Page) error {
			if p.URL.Path == "/" {
				return nil
			}
			if inHandlers.Add(1) == 2 {
				cancel()
			}
			<-ctx.Done()
			return ctx.Err()
		})
		require.ErrorIs(t, err, context.Canceled)
		var second collector
		stats, err := open(t, name, nil).Crawl(t.Context(), job, second.handle)
		require.NoError(t, err)
		assert.Len(t, second.pages, 2)
		assert.Equal(t, 3, stats.Handled)
	})
}

// A crawl in a database with schema version 1 can be continued.
func TestUpgrade(t *testing.T) {
	engines(t, func(t *testing.T, name string) {
		f := open(t, name, nil)
		job := Job{Job: scraper.Job{Seeds: []string{fan(t, 30)}, MaxPages: 5}}
		var c collector
		_, err := f.Crawl(t.Context(), job, c.handle)
		require.NoError(t, err)
		for _, statement := range []string{
			"DROP INDEX dechaff_page_placed", "ALTER TABLE dechaff_page DROP COLUMN placed",
			"ALTER TABLE dechaff_crawl ADD COLUMN lists integer NOT NULL DEFAULT 0", "UPDATE dechaff_schema SET version = 1", "DROP TABLE dechaff_failure",
			"UPDATE dechaff_page SET state = 0 WHERE id IN (SELECT id FROM dechaff_page WHERE holder = id ORDER BY id LIMIT 2)", // as if version 1 had stopped
		} {
			_, err := f.store.exec(t.Context(), statement)
			require.NoError(t, err)
		}
		f.Close()
		_, err = open(t, name, nil).Crawl(t.Context(), job, c.handle)
		require.NoError(t, err)
		assert.Len(t, c.pages, 7)
		assert.Equal(t, "/", c.pages[0])
		job.MaxPages = 0
		_, err = open(t, name, nil).Crawl(t.Context(), job, c.handle)
		require.NoError(t, err)
		assert.Len(t, c.pages, 33)
	})
}

// In a database with schema version 1, a page whose rel=canonical names a missing page keeps its place too.
func TestUpgradeWithCanonical(t *testing.T) {
	engines(t, func(t *testing.T, name string) {
		pages := map[string]string{
			"/": "/print/1 /print/2 /print/3 /print/4", "/print/1": "", "/print/2": "",
			"/print/3": "", "/print/4": "",
		}
		s := canonicals(t, pages, func(path string) string { return strings.Replace(path, "/print/", "/story/", 1) })
		f := open(t, name, nil)
		job := Job{Job: scraper.Job{Seeds: []string{s.URL}, MaxPages: 3}}
		var c, again collector
		_, err := f.Crawl(t.Context(), job, c.handle)
		require.NoError(t, err)
		require.Len(t, c.pages, 3)
		for _, statement := range []string{
			"UPDATE dechaff_page SET state = 0 WHERE url LIKE '%/print/%' AND state = 2", // as if version 1 had stopped
			"DROP INDEX dechaff_page_placed", "ALTER TABLE dechaff_page DROP COLUMN placed",
			"ALTER TABLE dechaff_crawl ADD COLUMN lists integer NOT NULL DEFAULT 0", "UPDATE dechaff_schema SET version = 1", "DROP TABLE dechaff_failure",
		} {
			_, err := f.store.exec(t.Context(), statement)
			require.NoError(t, err)
		}
		f.Close()
		_, err = open(t, name, nil).Crawl(t.Context(), job, again.handle)
		require.NoError(t, err)
		assert.ElementsMatch(t, c.pages[1:], again.pages)
	})
}

// While all places are taken and a page spends a long time in its handler, the hosts whose pages have no place cause
// few statements in the database.
func TestWaitingForAPlaceCostsLittle(t *testing.T) {
	t.Parallel() // mostly waiting
	notInShort(t)
	engines(t, func(t *testing.T, name string) {
		c := newConfig(t, newWeb(t, 60, 20, func(w *web) {
			w.links = func(int) []int {
				return []int{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}
			}
		}), name)
		c.MaxPages, c.Turn = 2, 500*time.Millisecond
		f, err := Open(t.Context(), name, c.options())
		require.NoError(t, err)
		defer f.Close()
		var n atomic.Int64
		var asked int64
		stats, err := f.Crawl(t.Context(), c.job(), func(context.Context, *scraper.Page) error {
			if n.Add(1) == 2 {
				time.Sleep(time.Second) // until the other hosts' turns have ended
				before := f.statements()
				time.Sleep(4 * time.Second)
				asked = f.statements() - before
			}
			return nil
		})
		require.NoError(t, err)
		assert.Equal(t, 2, stats.Handled)
		t.Logf("%d statements in 4 seconds", asked)
		assert.Less(t, asked, int64(200))
	})
}
