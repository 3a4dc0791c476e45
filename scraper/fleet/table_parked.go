package fleet

import (
	"context"

	"github.com/dechaff/dechaff/scraper"
	"github.com/dechaff/dechaff/scraper/internal/schedule"
)

// addressState is what the database knows about an address, usually one that a page's rel=canonical names.
type addressState struct {
	found bool
	state int
	print scraper.Print // of the page that was delivered under this address; nil if none was
}

// addressState reads the state of an address.
func (q queries) addressState(ctx context.Context, crawl int, dedupKey string) (a addressState, err error) {
	a.found, err = queryRow(ctx, q, `SELECT state, (SELECT print FROM dechaff_claim WHERE crawl = $1 AND key = $3)
		FROM dechaff_page WHERE crawl = $1 AND key = $2`,
		[]any{crawl, urlKey(dedupKey), urlKey(addressClaim(dedupKey))}, &a.state, (*[]byte)(&a.print))
	return a, err
}

// lockAddress reads the state of an address, without its print, and locks its row and the row of a page, in the order
// of their keys. This keeps the page at the address from being finished before the end of the transaction. So two pages
// that name each other are not parked at the same time.
func (q queries) lockAddress(ctx context.Context, crawl int, dedupKey string, page int64) (a addressState, err error) {
	err = queryRows(ctx, q, `SELECT id, state FROM dechaff_page WHERE id = $3 OR crawl = $1 AND key = $2
		ORDER BY key FOR UPDATE`, []any{crawl, urlKey(dedupKey), page}, func(scan func(...any) error) error {
		id, state := int64(0), 0
		err := scan(&id, &state)
		if id != page {
			a.found, a.state = true, state
		}
		return err
	})
	return a, err
}

// closesRow reports whether a page must not wait for an address, because the chain of waiting pages would lead back to
// the page or become longer than schedule.MaxRow.
func (q queries) closesRow(ctx context.Context, crawl int, dedupKey string, page int64) (bool, error) {
	return queryRow(ctx, q, `WITH RECURSIVE ahead(id, n) AS (
			SELECT id, 1 FROM dechaff_page WHERE crawl = $1 AND key = $2
			UNION ALL SELECT p.id, a.n + 1 FROM ahead a
				JOIN dechaff_parked w ON w.crawl = $1 AND w.page = a.id
				JOIN dechaff_page p ON p.crawl = $1 AND p.key = w.target WHERE a.n < $4 AND a.id <> $3
		), behind(id, n) AS (
			SELECT id, 1 FROM dechaff_page WHERE id = $3
			UNION SELECT w.page, b.n + 1 FROM behind b
				JOIN dechaff_page p ON p.id = b.id
				JOIN dechaff_parked w ON w.crawl = $1 AND w.target = p.key WHERE b.n < $4
		)
		SELECT 1 FROM ahead WHERE id = $3 OR n + (SELECT max(n) FROM behind) > $4 LIMIT 1`,
		[]any{crawl, urlKey(dedupKey), page, schedule.MaxRow}, new(int))
}

// hurryPage moves a queued page to the front of its host's queue. Only retries that are due are visited before it.
func (q queries) hurryPage(ctx context.Context, crawl int, key []byte) error {
	_, err := q.exec(ctx, "UPDATE dechaff_page SET due = 0 WHERE crawl = $1 AND key = $2 AND state = $3",
		crawl, key, pageQueued)
	return err
}

// parkedRow is a page that waits for another page.
type parkedRow struct {
	page  page
	host  int
	print scraper.Print
}

// insertParked records that a page waits for an address.
func (q queries) insertParked(ctx context.Context, crawl int, target []byte, page int64, text scraper.Print) error {
	_, err := q.exec(ctx, "INSERT INTO dechaff_parked (crawl, target, page, print) VALUES ($1, $2, $3, $4)",
		crawl, target, page, []byte(text))
	return err
}

// parkedFor returns and locks the pages that wait for the address of a page. It must be a separate statement after the
// one that finishes the page. On PostgreSQL, that statement may have waited for a transaction that parked another page,
// which only a later statement sees.
func (q queries) parkedFor(ctx context.Context, crawl int, target int64) (parked []parkedRow, err error) {
	err = queryRows(ctx, q, `SELECT p.id, p.url, p.depth, p.tries, p.list, coalesce(p.more, ''), '', '', p.placed,
			p.host, w.print
		FROM dechaff_parked w JOIN dechaff_page p ON p.id = w.page
		WHERE w.crawl = $1 AND w.target = (SELECT key FROM dechaff_page WHERE id = $2) ORDER BY p.key FOR UPDATE`,
		[]any{crawl, target}, func(scan func(...any) error) error {
			var row parkedRow
			found, err := scanPage(func(dest ...any) error { return scan(append(dest, &row.host, (*[]byte)(&row.print))...) })
			if err != nil {
				return err
			}
			row.page = *found
			parked = append(parked, row)
			return nil
		})
	return parked, err
}

// unparkPage gives a parked page its next state, pageQueued or pageSkipped.
func (q queries) unparkPage(ctx context.Context, crawl int, p *page, state int, now int64, reason string) error {
	var finished any
	if state == pageSkipped {
		finished = now
	}
	_, err := q.exec(ctx, `UPDATE dechaff_page SET state = $2, due = $3, reason = $4, more = $5, finished = $6
		WHERE id = $1`, p.id, state, now, orNull(reason), orNull(extraOf(&p.request)), finished)
	if err == nil {
		_, err = q.exec(ctx, "DELETE FROM dechaff_parked WHERE crawl = $1 AND page = $2", crawl, p.id)
	}
	return err
}

// unparkAll queues all parked pages again, and returns how many there are.
func (q queries) unparkAll(ctx context.Context, crawl int, now int64) (n int64, err error) {
	n, err = q.exec(ctx, `UPDATE dechaff_page SET state = $2, due = $3
		WHERE id IN (SELECT page FROM dechaff_parked WHERE crawl = $1)`, crawl, pageQueued, now)
	if err != nil || n == 0 {
		return n, err
	}
	_, err = q.exec(ctx, "DELETE FROM dechaff_parked WHERE crawl = $1", crawl)
	return n, err
}
