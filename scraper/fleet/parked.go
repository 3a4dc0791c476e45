package fleet

import (
	"context"

	"github.com/dechaff/dechaff/scraper"
)

// checkCanonical decides about a page that names another one by rel=canonical. Its error is scraper.ErrDuplicate or
// scraper.ErrParked. If the other page is parked itself, the pages name each other, and this one does not wait.
func (t *turn) checkCanonical(ctx context.Context, q queries, c *scraper.Claim) error {
	if c.Canonical == "" {
		return nil
	}
	target, err := q.addressState(ctx, t.run.id, scraper.DedupKey(c.Canonical), false)
	switch watch := t.run.watch; {
	case err != nil:
		return err
	case target.print != nil && watch.Folds(t.host.name, c.Print, target.print):
		return scraper.DuplicateOf(c.Canonical)
	case target.print != nil, target.state == pageParked, target.isOver() && !watch.Folds(t.host.name, c.Print, nil):
		c.Refused = true
		return nil
	}
	return scraper.ErrParked
}

// isOver reports whether an address is finished, and was not delivered. A rejected one may still be visited.
func (a *addressState) isOver() bool { return a.state >= pageDone && a.state != pageRejected }

// park sets the row of a page that waits for the one that it names by rel=canonical, which is visited next; its row was
// inserted in this transaction, or before. If the other page will not be visited, or was meanwhile, this one is visited
// again.
func (t *turn) park(ctx context.Context, q queries, c *change) error {
	target := c.findings[0].Key
	state, err := q.addressState(ctx, t.run.id, target, true)
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
	c.row.state = pageParked
	if err := q.insertParked(ctx, t.run.id, urlKey(target), c.page.id, c.print); err != nil {
		return err
	}
	return q.hurryPage(ctx, t.run.id, urlKey(target))
}

// settle decides about the pages that wait for one that is finished now. It returns those that are to be visited again;
// the others are counted as duplicates.
func (t *turn) settle(ctx context.Context, q queries, c *change) (again []enqueuedPage, err error) {
	if c.row.state < pageDone || c.row.state == pageParked {
		return nil, nil
	}
	parked, err := q.parkedFor(ctx, t.run.id, c.page.id)
	if err != nil {
		return nil, err
	}
	var delivered scraper.Print
	if c.account.State == scraper.RequestDone || c.account.State == scraper.RequestHandlerFailed {
		delivered = c.print
	}
	now := t.run.f.clock.earliest()
	duplicate := scraper.DuplicateOf(c.page.request.URL)
	for i := range parked {
		row := &parked[i]
		state, reason := pageQueued, ""
		if t.run.watch.Folds(t.host.name, row.print, delivered) {
			state, reason = pageSkipped, storableText(duplicate.Error())
			c.duplicates = append(c.duplicates, row.page.request)
		} else {
			row.page.request.OwnIdentity = true
			again = append(again, enqueuedPage{host: row.host})
		}
		if err := q.unparkPage(ctx, t.run.id, &row.page, state, now, reason); err != nil {
			return nil, err
		}
	}
	return again, nil
}
