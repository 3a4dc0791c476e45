package fleet

import (
	"context"
	"maps"
	"slices"

	"github.com/dechaff/dechaff/scraper"
)

// tally contains the counts of a host's pages, or what one commit adds to them. The field enqueued counts the host's
// seeds, and the addresses on any host that were enqueued because of the host's pages.
type tally struct {
	enqueued, fetched, handled, listed, failed, skipped, redirected, retried int
	bytes                                                                    int64
}

// tallyOf returns what a visit adds to a tally, except for enqueued and skipped.
func tallyOf(s *scraper.Stats) tally {
	return tally{
		fetched: s.Fetched, handled: s.Handled, listed: s.Listed, failed: s.Failed, redirected: s.Redirected,
		retried: s.Retried, bytes: s.Bytes,
	}
}

// addTally adds counts to the row of the host whose pages were visited. Usually no other transaction writes to that
// row, so transactions do not wait for each other.
func (q queries) addTally(ctx context.Context, crawl, host int, t tally) error {
	_, err := q.exec(ctx, `INSERT INTO dechaff_tally AS o
			(crawl, host, taken, fetched, handled, listed, failed, skipped, redirected, retried, bytes)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
		ON CONFLICT (crawl, host) DO UPDATE SET taken = o.taken + $3, fetched = o.fetched + $4,
			handled = o.handled + $5, listed = o.listed + $6, failed = o.failed + $7, skipped = o.skipped + $8,
			redirected = o.redirected + $9, retried = o.retried + $10, bytes = o.bytes + $11`,
		crawl, host, t.enqueued, t.fetched, t.handled, t.listed, t.failed, t.skipped, t.redirected, t.retried, t.bytes)
	return err
}

// sumTallies adds up the counts of a crawl's hosts.
func (q queries) sumTallies(ctx context.Context, crawl int) (t tally, hosts int, err error) {
	_, err = queryRow(ctx, q, `SELECT CAST(coalesce(sum(taken), 0) AS bigint), CAST(coalesce(sum(fetched), 0) AS bigint),
			CAST(coalesce(sum(handled), 0) AS bigint), CAST(coalesce(sum(listed), 0) AS bigint),
			CAST(coalesce(sum(failed), 0) AS bigint), CAST(coalesce(sum(skipped), 0) AS bigint),
			CAST(coalesce(sum(redirected), 0) AS bigint), CAST(coalesce(sum(retried), 0) AS bigint),
			CAST(coalesce(sum(bytes), 0) AS bigint), (SELECT count(*) FROM dechaff_turn WHERE crawl = $1)
		FROM dechaff_tally WHERE crawl = $1`, []any{crawl}, &t.enqueued, &t.fetched, &t.handled, &t.listed, &t.failed,
		&t.skipped, &t.redirected, &t.retried, &t.bytes, &hosts)
	return t, hosts, err
}

// Tables that count pages by reason.
const (
	skipTable    = "dechaff_skip"
	failureTable = "dechaff_failure"
)

// addReasons adds to the counts of a host's pages by reason, in skipTable or failureTable.
func (q queries) addReasons(ctx context.Context, table string, crawl, host int, reasons map[string]int) error {
	for _, reason := range slices.Sorted(maps.Keys(reasons)) {
		_, err := q.exec(ctx, "INSERT INTO "+table+` AS o (crawl, host, reason, n) VALUES ($1, $2, $3, $4)
			ON CONFLICT (crawl, host, reason) DO UPDATE SET n = o.n + $4`, crawl, host, reason, reasons[reason])
		if err != nil {
			return err
		}
	}
	return nil
}

// sumReasons adds up the counts of all hosts of a crawl by reason, in skipTable or failureTable. It leaves out reasons
// whose sum is 0.
func (q queries) sumReasons(ctx context.Context, table string, crawl int) (map[string]int, error) {
	reasons := make(map[string]int)
	err := queryRows(ctx, q, "SELECT reason, CAST(sum(n) AS bigint) FROM "+table+
		" WHERE crawl = $1 GROUP BY reason HAVING sum(n) <> 0", []any{crawl}, func(scan func(...any) error) error {
		reason, n := "", 0
		if err := scan(&reason, &n); err != nil {
			return err
		}
		reasons[reason] = n
		return nil
	})
	return reasons, err
}

// deleteFailures removes the counts of a crawl's failures by reason.
func (q queries) deleteFailures(ctx context.Context, crawl int) error {
	_, err := q.exec(ctx, "DELETE FROM dechaff_failure WHERE crawl = $1", crawl)
	return err
}
