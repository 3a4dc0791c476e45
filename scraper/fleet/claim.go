package fleet

import (
	"context"
	"time"

	"github.com/dechaff/dechaff/scraper"
)

// claim gives a page to whoever comes first with its identity, for good: also when it is delivered again after a crash. With the claim of a page goes its place
// under MaxPages, which it keeps as well.
func (t *turn) claim(ctx context.Context, v *visit, identity string, part bool) (bool, error) {
	f, limit := t.run.f, t.run.job.MaxPages
	claimed, limited, handed := false, false, int64(0)
	change := func(ctx context.Context, tx executor) (err error) {
		limited = false
		if claimed, err = t.takeIdentity(ctx, tx, v.page, identity); err != nil || !claimed || part || limit == 0 {
			return err
		}
		if handed, err = t.place(ctx, tx, v.page); err == scraper.ErrPageLimit { //nolint:errorlint // our own
			limited = true // takes the claim back
		}
		return err
	}
	err := persist(ctx, f.store, func(ctx context.Context) error {
		if limit == 0 {
			return change(ctx, f.store)
		}
		return f.store.tx(ctx, func(tx executor) error { return change(ctx, tx) })
	})
	switch {
	case limited:
		t.run.knowHanded(int64(limit))
		return false, scraper.ErrPageLimit
	case err == nil && claimed && !part && limit > 0:
		v.page.placed = true // should it be put back
		t.run.knowHanded(handed)
		t.run.placed(v)
	}
	return claimed, err
}

// takeIdentity makes the page the holder of an identity, unless another is. Between any two of its statements somebody else may have inserted the row, without a holder.
func (t *turn) takeIdentity(ctx context.Context, tx executor, p *page, identity string) (bool, error) {
	crawl, key := t.job.Args.Crawl, urlKey(scraper.DedupKey(identity))
	for {
		n, err := tx.exec(ctx, "UPDATE dechaff_page SET holder = $1, state = CASE WHEN state = $4 THEN $5 ELSE state END WHERE crawl = $2 AND key = $3 AND holder IS NULL",
			p.id, crawl, key, pagePassed, pageAlias)
		if err != nil || n > 0 {
			return n > 0, err
		}
		n, err = tx.exec(ctx, `INSERT INTO dechaff_page (crawl, key, url, host, state, due, holder) VALUES ($1, $2, $3, $4, $5, 0, $6) ON CONFLICT (crawl, key) DO NOTHING`,
			crawl, key, identity, t.host.id, pageAlias, p.id)
		if err != nil || n > 0 {
			return n > 0, err
		}
		var holder int64
		found, err := one(ctx, tx, "SELECT coalesce(holder, 0) FROM dechaff_page WHERE crawl = $1 AND key = $2", []any{crawl, key}, &holder)
		if err != nil || found && holder != 0 {
			return holder == p.id, err
		}
	}
}

// place gives a page its place under MaxPages, unless it has one, and tells how many are taken. ErrPageLimit means that there is none left.
func (t *turn) place(ctx context.Context, tx executor, p *page) (handed int64, err error) {
	n, err := tx.exec(ctx, "UPDATE dechaff_page SET placed = true WHERE id = $1 AND NOT placed", p.id)
	if err != nil || n == 0 {
		return 0, err
	}
	found, err := one(ctx, tx, "UPDATE dechaff_crawl SET handed = handed + 1 WHERE id = $1 AND handed < $2 RETURNING handed", []any{t.job.Args.Crawl, t.run.job.MaxPages}, &handed)
	if err == nil && !found {
		err = scraper.ErrPageLimit
	}
	return handed, err
}

// countHanded counts the places of the pages that were handed over while there was no limit.
func countHanded(ctx context.Context, e executor, crawl int) error {
	_, err := e.exec(ctx, `UPDATE dechaff_crawl SET handed = n.places FROM (SELECT (SELECT CAST(coalesce(sum(fetched), 0) AS bigint) FROM dechaff_tally WHERE crawl = $1) +
		(SELECT count(*) FROM dechaff_page WHERE crawl = $1 AND placed AND state < 2) AS places) AS n WHERE id = $1 AND handed < n.places`, crawl)
	return err
}

// mayVisit keeps from fetching pages that MaxPages would not let be handed over, as far as this worker can know.
func (r *run) mayVisit(p *page) bool {
	return r.job.MaxPages == 0 || p.placed || r.handed.Load()+r.seeking.Load() < int64(r.job.MaxPages)
}

// full tells that all places under MaxPages are taken. The pages that have one, and were not finished when a worker stopped or died, are visited yet.
func (r *run) full() bool { return r.job.MaxPages > 0 && r.handed.Load() >= int64(r.job.MaxPages) }

// idleWhileFull tells whether a host has nothing to visit because all places are taken, and when to look again: the longer that lasts, the later, since the pages
// that have a place may be long in their handlers, and a larger MaxPages may come soon.
func (r *run) idleWhileFull(ctx context.Context, host int) (idle bool, pause time.Duration, err error) {
	if !r.full() {
		return false, 0, nil
	}
	ready, err := one(ctx, r.f.store, // + 0: by the index on those that have a place, which are few
		"SELECT id FROM dechaff_page WHERE crawl = $1 AND host + 0 = $2 AND placed AND state < 2 LIMIT 1", []any{r.id, host}, new(int64))
	now := time.Now()
	r.fullAt.CompareAndSwap(0, now.UnixNano())
	since := now.Sub(time.Unix(0, r.fullAt.Load()))
	return !ready, min(max(since/2, 200*time.Millisecond), 10*time.Second), err
}

// seek counts a visit that may yet take a place, and placed one that will not any more.
func (r *run) seek(v *visit) {
	if v.seeking = !v.page.placed; v.seeking {
		r.seeking.Add(1)
	}
}

func (r *run) placed(v *visit) {
	if v.seeking {
		v.seeking = false
		r.seeking.Add(-1)
	}
}
