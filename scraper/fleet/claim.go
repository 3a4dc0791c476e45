package fleet

import (
	"context"

	"github.com/dechaff/dechaff/scraper"
)

// claim gives a page to whoever comes first with its identity, for good: also when it is delivered again after a crash. With the claim of a page goes its place under MaxPages.
func (t *turn) claim(ctx context.Context, p *page, identity string, part bool) (bool, error) {
	f, crawl := t.run.f, t.job.Args.Crawl
	key := urlKey(scraper.Identity(identity))
	claimed, limited := false, false
	limit := t.run.job.MaxPages
	change := func(ctx context.Context, tx executor) error {
		claimed, limited = false, false
		n, err := tx.exec(ctx, "UPDATE dechaff_page SET holder = $1, state = CASE WHEN state = $4 THEN $5 ELSE state END WHERE crawl = $2 AND key = $3 AND holder IS NULL",
			p.id, crawl, key, pagePassed, pageAlias)
		if err != nil {
			return err
		}
		if n == 0 {
			n, err = tx.exec(ctx, `INSERT INTO dechaff_page (crawl, key, url, host, state, due, holder) VALUES ($1, $2, $3, $4, $5, 0, $6) ON CONFLICT (crawl, key) DO NOTHING`,
				crawl, key, identity, t.host.id, pageAlias, p.id)
			if err != nil {
				return err
			}
		}
		if n == 0 { // it has a holder
			var holder int64
			_, err := one(ctx, tx, "SELECT coalesce(holder, 0) FROM dechaff_page WHERE crawl = $1 AND key = $2", []any{crawl, key}, &holder)
			claimed = holder == p.id
			return err
		}
		claimed = true
		if part || limit == 0 {
			return nil
		}
		var handed int64
		found, err := one(ctx, tx, "UPDATE dechaff_crawl SET handed = handed + 1 WHERE id = $1 AND handed < $2 RETURNING handed", []any{crawl, limit}, &handed)
		if err == nil && !found {
			limited = true
			return scraper.ErrPageLimit // takes the claim back
		}
		t.run.knowHanded(handed)
		return err
	}
	err := persist(ctx, f.store, func(ctx context.Context) error {
		if limit == 0 {
			return change(ctx, f.store)
		}
		return f.store.tx(ctx, func(tx executor) error { return change(ctx, tx) })
	})
	if limited {
		t.run.halted.Store(true)
		return false, scraper.ErrPageLimit
	}
	return claimed, err
}
