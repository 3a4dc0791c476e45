package fleet

import (
	"context"
	"iter"
	"maps"
	"slices"
)

// tally is what one commit adds to the counts of a host's pages.
type tally struct {
	taken, fetched, handled, listed, failed, skipped, redirected, retried int
	bytes                                                                 int64
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

// addSkips counts reasons.
func addSkips(ctx context.Context, tx executor, crawl, host int, reasons map[string]int) error {
	for _, reason := range slices.Sorted(keysOf(reasons)) {
		_, err := tx.exec(ctx, "INSERT INTO dechaff_skip AS o (crawl, host, reason, n) VALUES ($1, $2, $3, $4) ON CONFLICT (crawl, host, reason) DO UPDATE SET n = o.n + $4",
			crawl, host, reason, reasons[reason])
		if err != nil {
			return err
		}
	}
	return nil
}

func keysOf[V any](m map[string]V) iter.Seq[string] { return maps.Keys(m) }
