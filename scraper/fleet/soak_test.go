//go:build soak

// Long runs, outside .ci/run:
//
//	.ci/postgres go test ./scraper/fleet -tags soak -run Soak -v -timeout 90m

package fleet

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dechaff/dechaff/scraper"
)

// 50,000 pages on 500 hosts, and ten kills.
func TestSoakKill(t *testing.T) {
	engines(t, func(t *testing.T, name string) {
		w := newWeb(t, 50_000, 500)
		w.slow = 20 * time.Millisecond
		c := newConfig(t, w, name)
		c.Delay, c.Turn = 50*time.Millisecond, 0
		k := killing{workers: 1, kills: 10, pause: 8 * time.Second, limit: 20 * time.Minute}
		if strings.HasSuffix(t.Name(), "postgres") {
			k.workers = 3
		}
		k.run(t, w, c)
	})
}

// Pages a second without a delay, statements a page and bytes an address, with one, two and three workers, beside a crawl in memory.
func TestSoakThroughput(t *testing.T) {
	const pages, hosts = 20_000, 500
	t.Run("memory", func(t *testing.T) {
		w := newWeb(t, pages, hosts)
		c := newConfig(t, w, "")
		s, err := scraper.New(c.options().Scraper)
		require.NoError(t, err)
		defer s.Close()
		stats, err := s.Crawl(t.Context(), c.job().Job, nil)
		require.NoError(t, err)
		assert.Equal(t, pages, stats.Handled)
		t.Logf("%.0f pages a second", float64(pages)/stats.Elapsed.Seconds())
	})
	engines(t, func(t *testing.T, name string) {
		for workers := 1; workers <= 3; workers++ {
			if workers > 1 {
				name = t.TempDir() + "/crawl.db"
				if strings.HasSuffix(t.Name(), "postgres") {
					name = postgres(t)
				}
			}
			measure(t, newWeb(t, pages, hosts), name, workers)
		}
	})
}

func measure(t *testing.T, w *web, name string, workers int) {
	t.Helper()
	c := newConfig(t, w, name)
	c.Turn = 0
	began := time.Now()
	var procs []*process
	for range workers {
		procs = append(procs, startWorker(t, c))
	}
	var statements int64
	for _, p := range procs {
		require.NoError(t, <-p.ended)
		var report workerReport
		require.NoError(t, json.Unmarshal(p.stdout.Bytes(), &report))
		statements += report.Statements
		require.Equal(t, w.pages, report.Stats.Handled)
	}
	took := time.Since(began)
	assert.Len(t, handled(t, c.Log), w.pages)
	t.Logf("%d workers: %.0f pages a second, %.1f statements a page, %.0f bytes an address",
		workers, float64(w.pages)/took.Seconds(), float64(statements)/float64(w.pages), float64(size(t, name))/float64(w.pages))
}

// size is what a database takes on disk.
func size(t *testing.T, name string) int64 {
	t.Helper()
	if !strings.HasPrefix(name, "postgres") {
		info, err := os.Stat(name)
		require.NoError(t, err)
		return info.Size()
	}
	conn, err := pgx.Connect(t.Context(), name)
	require.NoError(t, err)
	defer conn.Close(t.Context())
	rows, err := conn.Query(t.Context(), "SELECT relname, pg_total_relation_size(oid), pg_relation_size(oid) FROM pg_class WHERE relkind = 'r' AND (relname LIKE 'dechaff%' OR relname LIKE 'river%') ORDER BY 2 DESC LIMIT 5")
	require.NoError(t, err)
	for rows.Next() {
		var name string
		var total, heap int64
		require.NoError(t, rows.Scan(&name, &total, &heap))
		t.Logf("%s: %d bytes, of which %d in its table", name, total, heap)
	}
	require.NoError(t, rows.Err())
	var bytes int64
	require.NoError(t, conn.QueryRow(t.Context(), "SELECT pg_database_size(current_database())").Scan(&bytes))
	return bytes
}
