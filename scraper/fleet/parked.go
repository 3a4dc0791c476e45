package fleet

import (
	"context"

	"github.com/dechaff/dechaff/scraper"
)

// checkCanonical decides what happens to a page whose rel=canonical names another page. The decision is
// scraper.ErrDuplicate if the other page was delivered and has the same text, and scraper.ErrParked if this page has to
// wait for the other page. It is nil if this page is to be delivered: the other page was delivered with a different
// text, or is finished but was not delivered, or the chain of waiting pages would lead back to this page or become too
// long.
func (t *turn) checkCanonical(ctx context.Context, q queries, p *page, c *scraper.Claim) (decision, err error) {
	if c.Canonical == "" {
		return nil, nil
	}
	key, watch := scraper.DedupKey(c.Canonical), t.run.watch
	target, err := q.addressState(ctx, t.run.id, key)
	switch {
	case err != nil:
		return nil, err
	case target.print != nil && watch.Folds(t.host.name, c.Print, target.print):
		return scraper.DuplicateOf(c.Canonical), q.copyClaim(ctx, t.run.id, key, scraper.DedupKey(c.Identity))
	case target.print != nil, target.isOver() && !watch.Folds(t.host.name, c.Print, nil):
		c.Refused = true
		return nil, nil
	case target.state == pageParked: // the method park checks this again
		if c.Refused, err = q.closesRow(ctx, t.run.id, key, p.id); err != nil || c.Refused {
			return nil, err
		}
	}
	return scraper.ErrParked, nil
}

// isOver reports whether an address needs no further visit. It is false for a parked address, and for a rejected one,
// which may still be visited if another page links to it.
func (a *addressState) isOver() bool {
	return a.state >= pageDone && a.state != pageRejected && a.state != pageParked
}

// park sets the row of a page that has to wait for the page named by its rel=canonical. The named page is visited next;
// its row was inserted in this transaction or earlier. This page is queued again instead of waiting if the named page
// is rejected, was visited in the meantime, or now waits for this page, or if the chain of waiting pages would become
// too long.
func (t *turn) park(ctx context.Context, q queries, c *change) error {
	target, crawl := c.findings[0].Key, t.run.id
	state, err := q.lockAddress(ctx, crawl, target, c.page.id)
	if err != nil {
		return err
	}
	c.row.state, c.row.due = pageQueued, t.run.f.clock.earliest()
	switch {
	case !state.found, state.state == pageRejected:
		c.row.request.OwnIdentity = true
		return nil
	case state.isOver():
		return nil
	}
	refused, err := q.closesRow(ctx, crawl, target, c.page.id)
	if err != nil || refused {
		c.row.request.OwnIdentity = refused
		return err
	}
	c.row.state = pageParked
	if err := q.insertParked(ctx, crawl, urlKey(target), c.page.id, c.print); err != nil {
		return err
	}
	return q.hurryPage(ctx, crawl, urlKey(target))
}

// settle decides what happens to the pages that were waiting for a page that is now finished. If such a page has the
// same text as the delivered page, it is skipped as a duplicate, and the pages that wait for it are settled too. The
// other pages are queued again and returned.
func (t *turn) settle(ctx context.Context, q queries, c *change) (again []enqueuedPage, err error) {
	if c.row.state < pageDone || c.row.state == pageParked {
		return nil, nil
	}
	parked, err := q.parkedFor(ctx, t.run.id, c.page.id)
	if err != nil || len(parked) == 0 {
		return nil, err
	}
	key := scraper.DedupKey(c.page.request.URL)
	address, err := q.addressState(ctx, t.run.id, key)
	if err != nil {
		return nil, err
	}
	delivered := address.print
	if c.account.State == scraper.RequestDone || c.account.State == scraper.RequestHandlerFailed {
		delivered = c.print
	}
	duplicate := scraper.DuplicateOf(c.page.request.URL)
	for ; len(parked) > 0; parked = parked[1:] {
		row := &parked[0]
		if !t.run.watch.Folds(t.host.name, row.print, delivered) {
			row.page.request.OwnIdentity = true
			again = append(again, enqueuedPage{host: row.host})
			if err := t.unpark(ctx, q, row, pageQueued, ""); err != nil {
				return nil, err
			}
			continue
		}
		c.duplicates = append(c.duplicates, row.page.request)
		if err := t.unpark(ctx, q, row, pageSkipped, duplicate.Error()); err != nil {
			return nil, err
		}
		if err := q.copyClaim(ctx, t.run.id, key, scraper.DedupKey(row.page.request.URL)); err != nil {
			return nil, err
		}
		more, err := q.parkedFor(ctx, t.run.id, row.page.id)
		if err != nil {
			return nil, err
		}
		parked = append(parked, more...)
	}
	return again, nil
}

// unpark gives a parked page its next state. The reason is empty unless the page is skipped.
func (t *turn) unpark(ctx context.Context, q queries, row *parkedRow, state int, reason string) error {
	return q.unparkPage(ctx, t.run.id, &row.page, state, t.run.f.clock.earliest(), storableText(reason))
}
