package fleet

import (
	"context"
	"iter"
	"maps"
	"slices"

	"github.com/dechaff/dechaff/scraper"
)

// tally is what one commit adds to the counts of a host's pages.
type tally struct {
	taken, fetched, handled, listed, failed, skipped, redirected, retried int
	bytes                                                                 int64
}

// tallyOf returns what a visit adds.
func tallyOf(s *scraper.Stats) tally {
	return tally{
		fetched: s.Fetched, handled: s.Handled, listed: s.Listed, failed: s.Failed, redirected: s.Redirected,
		retried: s.Retried, bytes: s.Bytes,
	}
}

// addTally counts, in the row of the host whose pages brought it: nobody else writes there, mostly, and so nobody waits.
func addTally(ctx context.Context, tx executor, crawl, host int, t tally) error {
	_, err := tx.exec(ctx, `INSERT INTO dechaff_tally AS o (crawl, host, taken, fetched, handled, listed, failed, skipped, redirected, retried, bytes)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (crawl, host) DO UPDATE SET taken = o.taken + $3, fetched = o.fetched + $4,
		handled = o.handled + $5, listed = o.listed + $6, failed = o.failed + $7, skipped = o.skipped + $8, redirected = o.redirected + $9,
		retried = o.retried + $10, bytes = o.bytes + $11`,
		crawl, host, t.taken, t.fetched, t.handled, t.listed, t.failed, t.skipped, t.redirected, t.retried, t.bytes)
	return err
}

// Where addresses are counted by reason.
const (
	skipTable    = "dechaff_skip"
	failureTable = "dechaff_failure"
)

// addReasons counts reasons, in skipTable or failureTable.
func addReasons(ctx context.Context, tx executor, table string, crawl, host int, reasons map[string]int) error {
	for _, reason := range slices.Sorted(keysOf(reasons)) {
		_, err := tx.exec(ctx, "INSERT INTO "+table+" AS o (crawl, host, reason, n) VALUES ($1, $2, $3, $4) ON CONFLICT (crawl, host, reason) DO UPDATE SET n = o.n + $4",
			crawl, host, reason, reasons[reason])
		if err != nil {
			return err
		}
	}
	return nil
}

// readReasons adds up the reasons of a crawl's hosts.
func readReasons(ctx context.Context, e executor, table string, crawl int) (map[string]int, error) {
	reasons := make(map[string]int)
	err := each(ctx, e, "SELECT reason, CAST(sum(n) AS bigint) FROM "+table+" WHERE crawl = $1 GROUP BY reason HAVING sum(n) <> 0", []any{crawl}, func(scan func(...any) error) error {
		reason, n := "", 0
		if err := scan(&reason, &n); err != nil {
			return err
		}
		reasons[reason] = n
		return nil
	})
	return reasons, err
}

func keysOf[V any](m map[string]V) iter.Seq[string] { return maps.Keys(m) }
