package fleet

import (
	"context"
	"fmt"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
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
	require.Eventually(t, func() bool { return len(handled(t, c.Log)) > 5 }, 2*time.Minute, 10*time.Millisecond)
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
	t.Parallel()
	engines(t, func(t *testing.T, name string) {
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
	})
}

// fakeClock makes a PostgreSQL database believe that its server's clock is wrong. It returns the name of the database
// and a function that sets the clock to the real time plus an offset, such as "-10 hours".
func fakeClock(t *testing.T) (name string, set func(offset string)) {
	t.Helper()
	name = postgres(t)
	conn, err := pgx.Connect(t.Context(), name)
	require.NoError(t, err)
	t.Cleanup(func() { _ = conn.Close(context.Background()) })
	exec := func(statement string) {
		_, err := conn.Exec(t.Context(), statement)
		require.NoError(t, err)
	}
	exec("CREATE SCHEMA fake")
	set = func(offset string) {
		for _, function := range []string{"now", "clock_timestamp"} {
			exec("CREATE OR REPLACE FUNCTION fake." + function + "() RETURNS timestamptz LANGUAGE sql AS $$ SELECT pg_catalog." +
				function + "() + interval '" + offset + "' $$")
		}
	}
	set("0")
	return name + "?search_path=fake,public,pg_catalog", set
}

// The clock of the server is ten hours behind or ahead of this machine's clock, and is set back by ten hours during the
// crawl. Turns that River has to repeat, because they end before the pages do, are not delayed.
func TestServerClockIsWrong(t *testing.T) {
	t.Parallel()
	for offsets, set := range map[string][2]string{
		"behind": {"-10 hours", "-10 hours"}, "ahead": {"10 hours", "10 hours"}, "set back": {"0", "-10 hours"},
		"set back from the future": {"10 hours", "0"}, "set forward": {"0", "10 hours"},
	} {
		t.Run(offsets, func(t *testing.T) {
			t.Parallel()
			name, clock := fakeClock(t)
			pages := map[string]string{"/": ""}
			for i := range 12 {
				pages[fmt.Sprintf("/%d", i)] = ""
				pages["/"] += fmt.Sprintf(" /%d", i)
			}
			web := site(t, pages)
			clock(set[0])
			f := open(t, name, func(o *Options) { o.Scraper.Delay, o.Turn = 50*time.Millisecond, 150*time.Millisecond })
			ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
			defer cancel()
			var once sync.Once
			stats, err := f.Crawl(ctx, Job{Job: scraper.Job{Seeds: []string{web.URL}}}, func(_ context.Context, p *scraper.Page) error {
				if p.URL.Path == "/2" {
					once.Do(func() { clock(set[1]) })
				}
				return nil
			})
			require.NoError(t, err)
			assert.Equal(t, 13, stats.Handled)
		})
	}
}
