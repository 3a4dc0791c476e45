package fleet

import (
	"context"
	"maps"
	"slices"
)

// Pause has all workers of a crawl make no new visits, from within a second on, until Resume. Their calls of Crawl go on and wait.
//
// Errors: ErrNoCrawl, ErrCancelled, and the database's; so for Resume.
func (f *Fleet) Pause(ctx context.Context, name string) error {
	return f.move(ctx, name, running, paused)
}

// Resume ends a pause.
func (f *Fleet) Resume(ctx context.Context, name string) error {
	return f.move(ctx, name, paused, running)
}

func (f *Fleet) move(ctx context.Context, name string, from, to int) error {
	id, state, err := f.crawl(ctx, name)
	switch {
	case err != nil:
		return err
	case state == cancelled:
		return ErrCancelled
	}
	_, err = f.store.exec(ctx, "UPDATE dechaff_crawl SET state = $2 WHERE id = $1 AND state = $3", id, to, from)
	return err
}

// Cancel ends a crawl for good. Its calls of Crawl return ErrCancelled; what was found stays in the database, and what was waiting is left waiting there.
//
// Errors: ErrNoCrawl, and the database's.
func (f *Fleet) Cancel(ctx context.Context, name string) error {
	id, _, err := f.crawl(ctx, name)
	if err != nil {
		return err
	}
	if _, err := f.store.exec(ctx, "UPDATE dechaff_crawl SET state = $2 WHERE id = $1", id, cancelled); err != nil {
		return err
	}
	return f.queue.drop(ctx, id)
}

// Restart has the pages that have failed visited again, with all their tries, and tells how many there were: those that could not be had, and those whose
// handler failed. Those keep the places that they have under MaxPages. A crawl that was done is to be gone on with by Crawl.
//
// Errors: ErrNoCrawl, ErrCancelled, and the database's.
func (f *Fleet) Restart(ctx context.Context, name string) (int, error) {
	id, state, err := f.crawl(ctx, name)
	switch {
	case err != nil:
		return 0, err
	case state == cancelled:
		return 0, ErrCancelled
	}
	if err := f.forgetUnreachable(ctx, id); err != nil {
		return 0, err
	}
	restarted := 0
	err = f.store.tx(ctx, func(tx executor) error {
		restarted = 0
		counts := make(map[int]tally)
		err := each(ctx, tx, "SELECT host, state, count(*) FROM dechaff_page WHERE crawl = $1 AND (state = $2 OR state = $3) GROUP BY host, state ORDER BY host",
			[]any{id, pageFailed, pageHandlerFailed}, func(scan func(...any) error) error {
				host, state, n := 0, 0, 0
				if err := scan(&host, &state, &n); err != nil {
					return err
				}
				c := counts[host]
				c.failed -= n
				if state == pageHandlerFailed {
					c.fetched -= n
				}
				counts[host] = c
				restarted += n
				return nil
			})
		if err != nil || restarted == 0 {
			return err
		}
		if err := countHanded(ctx, tx, id); err != nil { // while what has failed is among them
			return err
		}
		_, err = tx.exec(ctx, "UPDATE dechaff_page SET state = $4, placed = placed OR state = $3, tries = 0, reason = NULL, finished = NULL, due = $5 WHERE crawl = $1 AND (state = $2 OR state = $3)",
			id, pageFailed, pageHandlerFailed, pageQueued, f.clock.earliest())
		if err != nil {
			return err
		}
		for _, host := range slices.Sorted(maps.Keys(counts)) {
			if err := addTally(ctx, tx, id, host, counts[host]); err != nil {
				return err
			}
		}
		if _, err := tx.exec(ctx, "DELETE FROM dechaff_failure WHERE crawl = $1", id); err != nil {
			return err
		}
		if _, err := f.revive(ctx, tx, id); err != nil {
			return err
		}
		_, err = tx.exec(ctx, "UPDATE dechaff_crawl SET state = $2 WHERE id = $1 AND state = $3", id, running, done)
		return err
	})
	return restarted, err
}

// forgetUnreachable has hosts asked again that could not be reached lately, where pages of the crawl have failed: their robots.txt is not asked for again
// within some minutes, and without one no page is.
func (f *Fleet) forgetUnreachable(ctx context.Context, crawl int) error {
	_, err := f.store.exec(ctx, `UPDATE dechaff_host SET robots = NULL WHERE owner IS NULL AND robots LIKE '%"of":"host"%'
		AND id IN (SELECT host FROM dechaff_page WHERE crawl = $1 AND state = $2)`, crawl, pageFailed)
	return err
}
