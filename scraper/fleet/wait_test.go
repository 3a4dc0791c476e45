package fleet

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// While Crawl waits for the hosts of a killed worker, it calls OnWait with the time at which they will be free.
func TestWaitForKilledWorker(t *testing.T) {
	engines(t, func(t *testing.T, name string) {
		w := newWeb(t, 40, 2, slowly)
		c := newConfig(t, w, name)
		c.Delay = 200 * time.Millisecond
		p := startWorker(t, c)
		require.Eventually(t, func() bool { return len(handled(t, c.Log)) > 1 }, 20*time.Second, 10*time.Millisecond)
		require.True(t, p.kill(t))
		f, err := Open(t.Context(), name, c.options())
		require.NoError(t, err)
		defer f.Close()
		job := c.job()
		job.MaxPages = 10
		var waits []Wait
		job.OnWait = func(w Wait) { waits = append(waits, w) }
		_, err = f.Crawl(t.Context(), job, nil)
		require.NoError(t, err)
		require.NotEmpty(t, waits)
		assert.Positive(t, waits[0].Hosts)
		assert.WithinRange(t, waits[0].Until, time.Now().Add(-time.Minute),
			time.Now().Add(c.options().Scraper.Timeout+20*time.Second))
	})
}

// OnWait is not called if no other worker takes part in the crawl.
func TestNoWaitAlone(t *testing.T) {
	engines(t, func(t *testing.T, name string) {
		w := newWeb(t, 10, 2)
		c := newConfig(t, w, name)
		c.Delay = 300 * time.Millisecond
		f, err := Open(t.Context(), name, c.options())
		require.NoError(t, err)
		defer f.Close()
		job := c.job()
		job.OnWait = func(w Wait) { assert.Fail(t, "there is no other worker", "%+v", w) }
		_, err = f.Crawl(t.Context(), job, nil)
		require.NoError(t, err)
	})
}
