package fleet

import (
	"context"

	"github.com/dechaff/dechaff/scraper"
)

// States of a crawl, in dechaff_crawl.
const (
	running = iota
	paused
	cancelled
	done
)

// stateNames are the names of a crawl's states.
var stateNames = [...]string{running: "running", paused: "paused", cancelled: "cancelled", done: "done"}

// insertCrawl inserts a crawl, unless there is one with that name.
func (q queries) insertCrawl(ctx context.Context, name string, now int64) error {
	_, err := q.exec(ctx, "INSERT INTO dechaff_crawl (name, created) VALUES ($1, $2) ON CONFLICT DO NOTHING", name, now)
	return err
}

// findCrawl finds a crawl by its name. Its error is ErrNoCrawl if there is none.
func (q queries) findCrawl(ctx context.Context, name string) (id, state int, err error) {
	found, err := queryRow(ctx, q, "SELECT id, state FROM dechaff_crawl WHERE name = $1", []any{name}, &id, &state)
	if err == nil && !found {
		err = ErrNoCrawl
	}
	return id, state, err
}

// setCrawlState sets a crawl's state.
func (q queries) setCrawlState(ctx context.Context, crawl, state int) error {
	_, err := q.exec(ctx, "UPDATE dechaff_crawl SET state = $2 WHERE id = $1", crawl, state)
	return err
}

// moveCrawlState changes a crawl from one state to another. It does nothing if the crawl is in a different state.
func (q queries) moveCrawlState(ctx context.Context, crawl, from, to int) error {
	_, err := q.exec(ctx, "UPDATE dechaff_crawl SET state = $2 WHERE id = $1 AND state = $3", crawl, to, from)
	return err
}

// finishCrawl marks a running crawl as done unless a host has a turn. It reports whether it did.
func (q queries) finishCrawl(ctx context.Context, crawl int) (bool, error) {
	n, err := q.exec(ctx, `UPDATE dechaff_crawl SET state = $2 WHERE id = $1 AND state = $3
		AND NOT EXISTS (SELECT 1 FROM dechaff_turn WHERE crawl = $1 AND active)`, crawl, done, running)
	return n > 0, err
}

// countPlace takes one of the places under MaxPages and returns how many are then taken. Its error is
// scraper.ErrPageLimit if no place is left.
func (q queries) countPlace(ctx context.Context, crawl, maxPages int) (handed int64, err error) {
	found, err := queryRow(ctx, q, `UPDATE dechaff_crawl SET handed = handed + 1 WHERE id = $1 AND handed < $2
		RETURNING handed`, []any{crawl, maxPages}, &handed)
	if err == nil && !found {
		err = scraper.ErrPageLimit
	}
	return handed, err
}

// countAllPlaces corrects the number of taken places: it also includes the pages that were delivered while the crawl
// had no MaxPages.
func (q queries) countAllPlaces(ctx context.Context, crawl int) error {
	_, err := q.exec(ctx, `UPDATE dechaff_crawl SET handed = n.places FROM (SELECT
			(SELECT CAST(coalesce(sum(fetched), 0) AS bigint) FROM dechaff_tally WHERE crawl = $1) +
			(SELECT count(*) FROM dechaff_page WHERE crawl = $1 AND placed AND state < 2) AS places) AS n
		WHERE id = $1 AND handed < n.places`, crawl)
	return err
}

// crawlStatus is what each worker reads about its crawl once a second.
type crawlStatus struct {
	state       int
	handed      int64 // how many places under MaxPages are taken
	hasTurns    bool  // a host has a turn in this crawl
	hasHosts    bool  // a worker owns a host for this crawl
	others      bool  // there are other workers, of any crawl
	deadWorkers bool  // the lease of another worker, of any crawl, has ended
	unfinished  bool  // a page has a place and is not finished
	ready       bool  // a page has a place, is not finished, and is due
}

// crawlStatus reads the status of a crawl at the given time, as seen by the given worker. Its error is ErrNoCrawl if
// the crawl was deleted.
func (q queries) crawlStatus(ctx context.Context, crawl int, now int64, worker string) (s crawlStatus, err error) {
	found, err := queryRow(ctx, q, `SELECT state, handed,
			EXISTS (SELECT 1 FROM dechaff_turn WHERE crawl = $1 AND active),
			EXISTS (SELECT 1 FROM dechaff_host WHERE owner IS NOT NULL AND crawl = $1),
			EXISTS (SELECT 1 FROM dechaff_worker WHERE id <> $3),
			EXISTS (SELECT 1 FROM dechaff_worker WHERE alive_until < $2 AND id <> $3),
			EXISTS (SELECT 1 FROM dechaff_page WHERE crawl = $1 AND placed AND state < 2),
			EXISTS (SELECT 1 FROM dechaff_page WHERE crawl = $1 AND placed AND state < 2 AND due <= $2)
		FROM dechaff_crawl WHERE id = $1`, []any{crawl, now, worker},
		&s.state, &s.handed, &s.hasTurns, &s.hasHosts, &s.others, &s.deadWorkers, &s.unfinished, &s.ready)
	if err == nil && !found {
		err = ErrNoCrawl
	}
	return s, err
}
