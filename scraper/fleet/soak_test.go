//go:build soak

// Long tests, not run by .ci/run:
//
//	.ci/postgres go test ./scraper/fleet -tags soak -run Soak -v -timeout 90m

package fleet

import (
	"encoding/json"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestSoakKill crawls 50,000 pages on 500 hosts. During the crawl, workers are killed ten times.
func TestSoakKill(t *testing.T) {
	engines(t, func(t *testing.T, name string) {
		w := newWeb(t, 50_000, 500, slowly)
		c := newConfig(t, w, name)
		c.Delay, c.Turn = 50*time.Millisecond, 0
		k := killing{workers: 1, kills: 10, limit: 20 * time.Minute}
		if strings.HasSuffix(t.Name(), "postgres") {
			k.workers = 3
		}
		k.run(t, w, c)
	})
}

// TestSoakThroughput measures pages per second without a delay, processor time and SQL statements per page, and bytes
// per address, for one, two and three workers and for a crawl in memory. The web server runs on the same machine.
func TestSoakThroughput(t *testing.T) {
	const pages, hosts = 10_000, 500
	t.Run("memory", func(t *testing.T) { measure(t, newWeb(t, pages, hosts), "", 1) })
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
	server := serverTime(t, name)
	began := time.Now()
	var procs []*process
	for range workers {
		procs = append(procs, startWorker(t, c))
	}
	var statements int64
	var cpu time.Duration
	for _, p := range procs {
		require.NoError(t, <-p.ended)
		var report workerReport
		require.NoError(t, json.Unmarshal(p.stdout.Bytes(), &report))
		statements += report.Statements
		cpu += p.ProcessState.UserTime() + p.ProcessState.SystemTime()
		require.Equal(t, w.pages, report.Stats.Handled)
	}
	took := time.Since(began)
	assert.Len(t, handled(t, c.Log), w.pages)
	time.Sleep(time.Second) // until the server has seen its connections end
	server = serverTime(t, name) - server
	each := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 / float64(w.pages) }
	t.Logf("%d workers: %.0f pages/s; CPU time per page: %.2f ms in the workers, %.2f ms in the database server; %.1f statements per page, %.0f bytes per address",
		workers, float64(w.pages)/took.Seconds(), each(cpu), each(server), float64(statements)/float64(w.pages),
		float64(size(t, name))/float64(w.pages))
}

// serverTime returns the processor time that PostgreSQL's ended backends have used, or 0 for another database.
func serverTime(t *testing.T, name string) time.Duration {
	t.Helper()
	if !strings.HasPrefix(name, "postgres") {
		return 0
	}
	conn, err := pgx.Connect(t.Context(), name)
	require.NoError(t, err)
	defer func() { _ = conn.Close(t.Context()) }()
	var pid string
	require.NoError(t, conn.QueryRow(t.Context(),
		"SELECT split_part(pg_read_file('postmaster.pid'), E'\n', 1)").Scan(&pid))
	stat, err := os.ReadFile("/proc/" + pid + "/stat")
	require.NoError(t, err)
	_, rest, _ := strings.Cut(string(stat), ") ")
	fields := strings.Fields(rest)
	user, err := strconv.Atoi(fields[13]) // cutime, in hundredths of a second
	require.NoError(t, err)
	system, err := strconv.Atoi(fields[14])
	require.NoError(t, err)
	return time.Duration(user+system) * 10 * time.Millisecond
}

// size returns the size of our tables on disk, or of the whole file for SQLite. It returns 0 without a database.
func size(t *testing.T, name string) (bytes int64) {
	t.Helper()
	if name == "" {
		return 0
	}
	if !strings.HasPrefix(name, "postgres") {
		info, err := os.Stat(name)
		require.NoError(t, err)
		return info.Size()
	}
	conn, err := pgx.Connect(t.Context(), name)
	require.NoError(t, err)
	defer func() { _ = conn.Close(t.Context()) }()
	require.NoError(t, conn.QueryRow(t.Context(), "SELECT sum(pg_total_relation_size(oid))::bigint FROM pg_class WHERE relkind = 'r' AND relname LIKE 'dechaff%'").Scan(&bytes))
	return bytes
}
