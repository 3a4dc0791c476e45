package fleet

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// While Crawl waits for the hosts of a killed worker, it calls OnWait with the time at which they will be free.
func TestWaitForKilledWorker(t *testing.T) {
	t.Parallel() // mostly waiting
	engines(t, func(t *testing.T, name string) {
		w := newWeb(t, 40, 2, slowly)
		c := newConfig(t, w, name)
		c.Delay = 200 * time.Millisecond
		p := startWorker(t, c)
		require.Eventually(t, func() bool { return len(handled(t, c.Log)) > 1 }, 2*time.Minute, 10*time.Millisecond)
		require.True(t, p.kill(t))
		f, err := Open(t.Context(), name, c.options())
		require.NoError(t, err)
		defer f.Close()
		job := c.job()
		job.MaxPages = 10
		onSQLite := strings.HasSuffix(t.Name(), "/sqlite")
		waits := 0
		job.OnWait = func(w Wait) {
			waits++
			assert.Positive(t, w.Hosts)
			latest := time.Now().Add(c.options().Scraper.Timeout + 20*time.Second)
			if onSQLite { // the lease ended with the process, by a clock that is only known within bounds
				unknown := time.Duration(f.clock.latest()-f.clock.earliest()) * time.Millisecond
				latest = time.Now().Add(shortWait + unknown + 10*time.Millisecond)
			}
			assert.WithinRange(t, w.Until, time.Now().Add(-time.Minute), latest)
		}
		_, err = f.Crawl(t.Context(), job, nil)
		require.NoError(t, err)
		if !onSQLite { // where the wait of two seconds may be over before a busy machine has looked twice
			assert.Positive(t, waits)
		} else {
			others, err := filepath.Glob(name + "-worker-*")
			require.NoError(t, err)
			assert.Empty(t, others)
		}
	})
}

// OnWait is not called if no other worker takes part in the crawl.
func TestNoWaitAlone(t *testing.T) {
	t.Parallel() // mostly waiting
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

// A worker on SQLite has ended when its lock is free. If there is no lock to look at, nothing is known.
func TestPresence(t *testing.T) {
	ctx, name := t.Context(), filepath.Join(t.TempDir(), "a folder with % and ?", "crawl.db")
	require.NoError(t, os.Mkdir(filepath.Dir(name), 0o700))
	f := open(t, name, nil)
	other := open(t, name, nil)
	assert.False(t, other.store.hasEnded(ctx, "ada"), "there was no such worker")
	hide := f.store.showPresence(ctx, "ada")
	assert.False(t, other.store.hasEnded(ctx, "ada"))
	assert.False(t, other.store.hasEnded(ctx, "bo"))
	hide()
	assert.True(t, other.store.hasEnded(ctx, "ada"))
	other.store.forgetPresence("ada")
	assert.False(t, other.store.hasEnded(ctx, "ada"))
}
