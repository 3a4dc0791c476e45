package fleet

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dechaff/dechaff/scraper"
)

// While no worker runs, the machine's clock is set back by ten hours. The crawl continues at once, and the last worker,
// which had crashed, does not keep its host longer than its lease.
func TestClockIsSetBack(t *testing.T) {
	notInShort(t)
	t.Parallel() // mostly waiting
	w := newWeb(t, 40, 2, slowly)
	c := newConfig(t, w, filepath.Join(t.TempDir(), "crawl.db"))
	c.Delay = 20 * time.Millisecond
	p := startWorker(t, c)
	require.Eventually(t, func() bool { return len(handled(t, c.Log)) > 5 }, 20*time.Second, time.Millisecond)
	require.True(t, p.kill(t))
	f, err := Open(t.Context(), c.Database, c.options())
	require.NoError(t, err)
	for _, statement := range []string{ // the same as setting the clock back
		"UPDATE dechaff_clock SET reached = reached + 36000000",
		"UPDATE dechaff_page SET due = due + 36000000", "UPDATE dechaff_host SET due = due + 36000000",
		"UPDATE dechaff_worker SET alive_until = alive_until + 36000000",
		"UPDATE river_job SET scheduled_at = datetime(scheduled_at, 'subsec', '+10 hours')",
		"UPDATE river_leader SET expires_at = datetime(expires_at, 'subsec', '+10 hours')",
	} {
		_, err := f.store.exec(t.Context(), statement)
		require.NoError(t, err)
	}
	f.Close()
	f, err = Open(t.Context(), c.Database, c.options())
	require.NoError(t, err)
	defer f.Close()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	stats, err := f.Crawl(ctx, c.job(), func(context.Context, *scraper.Page) error { return nil })
	require.NoError(t, err)
	assert.Equal(t, 40, stats.Handled)
}

// The clock of a database never goes back, also not for other processes.
func TestDatabaseClockDoesNotGoBack(t *testing.T) {
	name := filepath.Join(t.TempDir(), "crawl.db")
	one, two := open(t, name, nil), open(t, name, nil)
	_, err := one.store.exec(t.Context(), "UPDATE dechaff_clock SET reached = reached + 3600000")
	require.NoError(t, err)
	for _, f := range []*Fleet{one, two, one} {
		before := f.clock.earliest()
		now, err := f.store.now(t.Context())
		require.NoError(t, err)
		assert.GreaterOrEqual(t, now, before)
		assert.GreaterOrEqual(t, now, time.Now().Add(59*time.Minute).UnixMilli())
	}
}
