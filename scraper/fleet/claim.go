package fleet

import (
	"context"
	"errors"
	"time"

	"github.com/dechaff/dechaff/scraper"
)

// claim implements scraper.Hooks.Claim: it decides whether the page is delivered. The identity, the contents and the
// place under MaxPages that the page has claimed stay with it, even if it is delivered again after a crash.
func (t *turn) claim(ctx context.Context, v *visit, c *scraper.Claim) error {
	f, maxPages := t.run.f, t.run.job.MaxPages
	handed, decision := int64(0), error(nil)
	change := func(ctx context.Context, q queries) (err error) {
		c.Refused = false
		decision, err = t.claimPage(ctx, q, v.page, c)
		if err != nil || decision != nil || c.Part || maxPages == 0 {
			return err
		}
		handed, err = t.takePlace(ctx, q, v.page)
		return err // scraper.ErrPageLimit rolls the claim back
	}
	err := persist(ctx, f.store, func(ctx context.Context) error {
		if c.Part {
			return change(ctx, f.db())
		}
		return f.tx(ctx, func(q queries) error { return change(ctx, q) })
	})
	switch {
	case errors.Is(err, scraper.ErrPageLimit):
		t.run.raiseHanded(int64(maxPages))
	case err != nil:
	case decision != nil:
		return decision
	case !c.Part && maxPages > 0:
		v.page.placed = true // in case the page is deferred
		t.run.raiseHanded(handed)
		t.run.stopSeeking(v)
	}
	return err
}

// claimPage claims a page's contents and identity. The decision is nil if the page may be delivered, otherwise
// scraper.ErrParked, or scraper.ErrDuplicate if the page repeats another page. In the last case, pages that name this
// page are later compared with that other page. The error is scraper.ErrDuplicate if another page holds the identity,
// for example because this page was delivered as a part of it.
func (t *turn) claimPage(ctx context.Context, q queries, p *page, c *scraper.Claim) (decision, err error) {
	if !c.Part {
		if decision, err = t.checkCanonical(ctx, q, p, c); err != nil || decision != nil {
			return decision, err
		}
		if decision, err = t.claimContents(ctx, q, p, c); err != nil || decision != nil {
			return decision, err
		}
	}
	claimed, err := t.claimIdentity(ctx, q, p, c.Identity)
	if err == nil && !claimed {
		err = scraper.DuplicateOf(c.Identity)
	}
	return nil, err
}

// claimContents claims the page's address and contents, so that no other page with the same address or contents is
// delivered. The decision is scraper.ErrDuplicate if another page has claimed them first.
func (t *turn) claimContents(ctx context.Context, q queries, p *page, c *scraper.Claim) (decision, err error) {
	crawl, claims := t.run.id, claimRows(c)
	holder, err := q.insertClaims(ctx, crawl, claims, p.id)
	if err != nil || holder == p.id {
		return nil, err
	}
	address, err := q.urlOf(ctx, holder)
	if err != nil {
		return nil, err
	}
	if err := q.deleteClaims(ctx, crawl, claims, p.id); err != nil {
		return nil, err
	}
	return scraper.DuplicateOf(address), q.copyClaim(ctx, crawl, scraper.DedupKey(address), scraper.DedupKey(c.Identity))
}

// claimIdentity makes the page the holder of an identity, unless another page holds it. Between any two statements of
// this function, another transaction may insert the identity's row without a holder. In that case the function starts
// again.
func (t *turn) claimIdentity(ctx context.Context, q queries, p *page, identity string) (bool, error) {
	crawl, key := t.job.Args.Crawl, urlKey(scraper.DedupKey(identity))
	for {
		if claimed, err := q.claimKey(ctx, crawl, key, p.id); err != nil || claimed {
			return claimed, err
		}
		if inserted, err := q.insertAlias(ctx, crawl, key, identity, t.host.id, p.id); err != nil || inserted {
			return inserted, err
		}
		holder, found, err := q.holderOf(ctx, crawl, key)
		if err != nil || found && holder != 0 {
			return holder == p.id, err
		}
	}
}

// takePlace gives a page a place under MaxPages, unless it has one. It returns how many places are taken, or 0 if the
// page already had a place. Its error is scraper.ErrPageLimit if no place is left.
func (t *turn) takePlace(ctx context.Context, q queries, p *page) (handed int64, err error) {
	if isNew, err := q.placePage(ctx, p.id); err != nil || !isNew {
		return 0, err
	}
	return q.countPlace(ctx, t.job.Args.Crawl, t.run.job.MaxPages)
}

// mayVisit reports whether a page may be fetched: there is no MaxPages, or the page has a place under it, or, as far as
// this worker knows, a place may be left for the page.
func (r *run) mayVisit(p *page) bool {
	return r.job.MaxPages == 0 || p.placed || r.handed.Load()+r.seeking.Load() < int64(r.job.MaxPages)
}

// isFull reports whether, as far as this worker knows, all places under MaxPages are taken. Pages that have a place,
// but were not finished when a worker stopped or died, are still visited.
func (r *run) isFull() bool { return r.job.MaxPages > 0 && r.handed.Load() >= int64(r.job.MaxPages) }

// idleWhileFull reports whether a host has nothing to visit because all places are taken, and how long to wait before
// the next check. The wait is short at first, because MaxPages may soon be raised. It then grows, because handlers may
// take a long time.
func (r *run) idleWhileFull(ctx context.Context, host int) (idle bool, pause time.Duration, err error) {
	if !r.isFull() {
		return false, 0, nil
	}
	ready, err := r.f.db().hasPlacedPage(ctx, r.id, host)
	now := time.Now()
	r.fullAt.CompareAndSwap(0, now.UnixNano())
	since := now.Sub(time.Unix(0, r.fullAt.Load()))
	return !ready, min(max(since/2, 200*time.Millisecond), 10*time.Second), err
}

// startSeeking counts a visit that may still take a place. It does not count a visit whose page already has one.
func (r *run) startSeeking(v *visit) {
	if v.seeking = !v.page.placed; v.seeking {
		r.seeking.Add(1)
	}
}

// stopSeeking undoes startSeeking, because the visit has taken a place or will not take one.
func (r *run) stopSeeking(v *visit) {
	if v.seeking {
		v.seeking = false
		r.seeking.Add(-1)
	}
}
