package fleet

import (
	"context"
	"slices"

	"github.com/dechaff/dechaff/scraper"
)

// beginCrawl finds or creates the crawl with the given name, enqueues the seeds that the crawl has not seen, and
// returns the crawl's ID. The argument limited reports whether the job has a MaxPages.
func (f *Fleet) beginCrawl(ctx context.Context, name string, seeds []scraper.Finding, limited bool) (int, error) {
	if err := f.db().insertCrawl(ctx, name, f.clock.latest()); err != nil {
		return 0, err
	}
	id, state, err := f.db().findCrawl(ctx, name)
	if err != nil {
		return 0, err
	}
	if state == cancelled {
		return 0, ErrCancelled
	}
	if limited { // pages that were delivered without a limit took no places
		if err := f.db().countAllPlaces(ctx, id); err != nil {
			return 0, err
		}
	}
	found, err := f.prepare(ctx, id, seeds)
	if err != nil {
		return 0, err
	}
	return id, f.tx(ctx, func(q queries) error {
		enqueued, err := f.insert(ctx, q, found)
		if err != nil || len(enqueued) == 0 {
			return err
		}
		counts := make(map[int]int)
		for _, page := range enqueued {
			counts[page.host]++
		}
		hosts := sortedHosts(enqueued, 0)
		if err := f.giveTurns(ctx, q, id, hosts); err != nil {
			return err
		}
		for _, host := range hosts {
			if err := q.addTally(ctx, id, host, tally{enqueued: counts[host]}); err != nil {
				return err
			}
		}
		return q.moveCrawlState(ctx, id, done, running)
	})
}

// giveTurns gives a turn to each of the given hosts that has none. The argument hosts must be sorted: rows are locked
// in this order everywhere, so that no two transactions deadlock. The rows are first locked for reading, which several
// transactions can do at once. This is usually enough, because all hosts have turns. Otherwise, all rows are locked for
// writing.
func (f *Fleet) giveTurns(ctx context.Context, q queries, crawl int, hosts []int) error {
	if len(hosts) == 0 {
		return nil
	}
	list := idRecords(hosts)
	if _, err := q.exec(ctx, "SAVEPOINT hosts"); err != nil {
		return err
	}
	active, err := q.lockTurns(ctx, crawl, list, shareActive)
	if err != nil || len(active) == len(hosts) {
		return err
	}
	if _, err := q.exec(ctx, "ROLLBACK TO SAVEPOINT hosts"); err != nil {
		return err
	}
	if err := q.insertTurns(ctx, crawl, list); err != nil {
		return err
	}
	if active, err = q.lockTurns(ctx, crawl, list, updateAll); err != nil {
		return err
	}
	var turns []turnArgs
	for _, host := range hosts {
		if _, found := slices.BinarySearch(active, host); found { // both are sorted
			continue
		}
		turn, err := q.startTurn(ctx, crawl, host)
		if err != nil {
			return err
		}
		turns = append(turns, turn)
	}
	return f.queue.insert(ctx, q.executor, turns)
}

// giveMissingTurns gives turns to hosts with waiting pages but without a turn. It returns the number of these hosts.
func (f *Fleet) giveMissingTurns(ctx context.Context, q queries, crawl int) (int, error) {
	hosts, err := q.hostsWithoutTurn(ctx, crawl)
	if err != nil {
		return 0, err
	}
	return len(hosts), f.giveTurns(ctx, q, crawl, hosts)
}
