package fleet

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/riverqueue/river"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dechaff/dechaff/scraper"
)

// If a visit ends at the same moment as its turn, the worker does not keep its page as a straggler, and another visit
// may deliver the page.
func TestStragglerEndsWithTurn(t *testing.T) {
	for range 3000 {
		w := &worker{stragglers: make(map[int64]bool)}
		turn := &turn{
			run: &run{worker: w, slots: make(chan struct{}, 1)}, inFlight: make(map[int64]*visit),
			visited: make(chan struct{}, 1),
		}
		turn.run.slots <- struct{}{}
		v := &visit{page: &page{id: 1}, released: make(chan struct{})}
		turn.inFlight[1] = v
		ended := make(chan struct{})
		go func() {
			defer close(ended)
			turn.endVisit(v)
		}()
		turn.detachVisits()
		<-ended
		require.Empty(t, w.stragglers)
	}
}

// Claiming a host takes longer than a turn. Each turn visits at least one page all the same.
func TestTurnsOnASlowDatabase(t *testing.T) {
	engines(t, func(t *testing.T, name string) {
		f, s := openShaky(t, name, func(o *Options) { o.Turn = 20 * time.Millisecond })
		s.before = func(statement string) {
			if strings.HasPrefix(statement, "UPDATE dechaff_host SET owner = $1, crawl") {
				time.Sleep(40 * time.Millisecond)
			}
		}
		stats := within(t, 20*time.Second, f, scraper.Job{Seeds: []string{fan(t, 3)}}, nil)
		assert.Equal(t, 4, stats.Handled)
	})
}

// A turn whose time has ended while the machine was busy reads one page: no turn reads all pages of its host, and no
// limit is negative, which PostgreSQL rejects.
func TestBatchAfterTheEndOfATurn(t *testing.T) {
	engines(t, func(t *testing.T, name string) {
		f := open(t, name, nil)
		const host = "gull.example:443"
		var job scraper.Job
		for i := range 20 {
			job.Seeds = append(job.Seeds, fmt.Sprintf("https://gull.example/%d", i))
		}
		seeds, err := job.Begin()
		require.NoError(t, err)
		id, err := f.beginCrawl(t.Context(), "default", seeds, false)
		require.NoError(t, err)
		ids, err := f.hostIDs(t.Context(), []string{host})
		require.NoError(t, err)
		f.scraper.SetHostState(host, scraper.HostState{HostPace: scraper.HostPace{Delay: time.Millisecond}})
		late := &turn{
			run: &run{f: f, id: id}, job: &river.Job[turnArgs]{Args: turnArgs{Crawl: id, Host: ids[host]}}, host: hostRow{name: host},
			begun: time.Now().Add(-f.opts.Turn - time.Second), visited: make(chan struct{}, 1),
		}
		require.NoError(t, late.readBatch(t.Context()))
		assert.Len(t, late.batch, 1)
	})
}

// A crawl is not over if it is paused or given a new turn just before it is marked as done.
func TestNotOverYet(t *testing.T) {
	engines(t, func(t *testing.T, name string) {
		f := open(t, name, nil)
		seeds, err := scraper.Job{Seeds: []string{"https://gull.example/"}}.Begin()
		require.NoError(t, err)
		id, err := f.beginCrawl(t.Context(), "default", seeds, false)
		require.NoError(t, err)
		set := func(statement string, args ...any) {
			t.Helper()
			_, err := f.store.exec(t.Context(), statement, args...)
			require.NoError(t, err)
		}
		isOver := func() bool {
			over, err := (&run{f: f, id: id}).finish(t.Context())
			require.NoError(t, err)
			return over
		}
		set("UPDATE dechaff_page SET state = $1", pageDone)
		assert.False(t, isOver(), "its turn has not ended")
		set("UPDATE dechaff_turn SET active = false")
		set("UPDATE dechaff_crawl SET state = $1", paused)
		assert.False(t, isOver(), "it is paused")
		set("UPDATE dechaff_crawl SET state = $1", running)
		assert.True(t, isOver())
	})
}
