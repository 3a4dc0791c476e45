package fleet

import (
	"context"
	"errors"

	"github.com/dechaff/dechaff/scraper"
)

// change describes how the outcome of a visit changes the database.
type change struct {
	page    *page
	account scraper.Account
	row     pageUpdate

	findings []scraper.Finding // addresses to which the page leads; those known to be in the database may be missing
	found    *addresses        // the findings as rows
	print    scraper.Print     // Outcome.Print
	enqueued int               // how many addresses the commit adds to the count of enqueued addresses
	sent     []scraper.Finding // the findings that the commit stores

	duplicates []scraper.Request // requests of parked pages that are skipped, because this page has the same text
}

// record stores the result of a visit, in one transaction with the links that it found. The dates in a sitemap or a
// feed are stored before that, in transactions of their own.
func (t *turn) record(ctx context.Context, p *page, out scraper.Outcome, err error) {
	c := t.plan(ctx, p, out, err)
	if c == nil {
		return // the page waits as before
	}
	r := t.run
	if p.request.List != scraper.NoList {
		if err := t.noteDates(ctx, out.Entries); err != nil {
			if ctx.Err() == nil {
				r.abort(err)
			}
			return
		}
	}
	saving, cancel := context.WithCancel(context.WithoutCancel(ctx)) // a stop must not lose finished work
	defer cancel()
	defer context.AfterFunc(ctx, func() {
		_ = sleep(saving, graceTime)
		cancel()
	})()
	var booked *change
	err = persist(saving, r.f.store, func(ctx context.Context) error {
		found, err := r.f.prepare(ctx, r.id, c.findings)
		if err != nil {
			return err
		}
		found.referrer = p.id
		t.commits.RLock()
		defer t.commits.RUnlock()
		return r.f.tx(ctx, func(q queries) error {
			attempt := *c
			attempt.found = found
			booked = &attempt
			return t.commit(ctx, q, booked)
		})
	})
	switch {
	case err == nil:
		t.report(booked)
		t.saveCookies(saving, &t.host)
	case !errors.Is(err, errFinished) && ctx.Err() == nil:
		r.abort(err)
	}
}

// errFinished rolls back a commit if the page is no longer waiting: this worker was considered dead, and another worker
// has finished the page.
var errFinished = errors.New("fleet: the page is finished")

// plan decides how an outcome changes the database. It returns nil if the page's row stays as it is: the visit was
// interrupted or deferred, or no place under MaxPages is left for the page. This turn visits a deferred page again.
func (t *turn) plan(ctx context.Context, p *page, out scraper.Outcome, err error) *change {
	r := t.run
	if err != nil && ctx.Err() != nil {
		return nil
	}
	c := &change{
		page: p, account: out.Account(p.request, err), row: pageUpdate{status: out.Status, request: p.request},
		print: out.Print,
	}
	switch a := &c.account; a.State {
	case scraper.RequestInterrupted:
		if !errors.Is(err, errLost) && !r.f.store.isOutage(err) {
			r.abort(err)
		}
		return nil
	case scraper.RequestWaiting:
		return nil
	case scraper.RequestDeferred:
		t.deferPage(ctx, p, a.At)
		return nil
	case scraper.RequestRetried:
		c.row.due, c.row.request = r.f.clock.ahead(a.At), a.Request
	case scraper.RequestRedirected, scraper.RequestParked:
		c.findings = r.job.Findings(p.request, out, nil)
	default:
		if a.FollowLinks {
			c.findings = r.findings(p.request, out)
		}
	}
	return c
}

// pageStates gives, for each state of a request after a visit, the state of its row. For RequestParked, the method park
// chooses the state of the row.
var pageStates = map[scraper.RequestState]int{
	scraper.RequestRetried:       pageRetry,
	scraper.RequestDone:          pageDone,
	scraper.RequestFailed:        pageFailed,
	scraper.RequestHandlerFailed: pageHandlerFailed,
	scraper.RequestSkipped:       pageSkipped,
	scraper.RequestRedirected:    pageRedirected,
}

// findings returns the findings of an outcome that may change the database. It leaves out addresses that this worker
// knows to be enqueued, and rejections that it knows to be stored.
func (r *run) findings(from scraper.Request, out scraper.Outcome) []scraper.Finding {
	return r.seen.withoutKnownRejections(r.job.Findings(from, out, r.seen.isEnqueued))
}

// commit is the transaction of record. All transactions lock rows in the same order: pages by key, then turns by host,
// then counts.
func (t *turn) commit(ctx context.Context, q queries, c *change) error {
	f, crawl := t.run.f, t.run.id
	enqueued, err := t.insertFound(ctx, q, c)
	if err != nil {
		return err
	}
	c.row.finished = f.clock.earliest()
	if c.account.Err != nil {
		c.row.reason = storableText(c.account.Err.Error())
	}
	if updated, err := q.updatePage(ctx, c.page.id, &c.row); err != nil {
		return err
	} else if !updated {
		return errFinished
	}
	again, err := t.settle(ctx, q, c)
	if err != nil {
		return err
	}
	own := 0
	if !t.ended {
		own = t.host.id // this host already has a turn
	}
	if err := f.giveTurns(ctx, q, crawl, sortedHosts(append(again, enqueued...), own)); err != nil {
		return err
	}
	c.enqueued += len(enqueued)
	return t.count(ctx, q, c)
}

// count adds a visit and its findings to the counts in the database.
func (t *turn) count(ctx context.Context, q queries, c *change) error {
	skips, failures := make(map[string]int), make(map[string]int)
	added := tallyOf(&c.account.Stats)
	added.enqueued = c.enqueued
	switch c.account.State {
	case scraper.RequestFailed, scraper.RequestHandlerFailed:
		failures[scraper.Reason(c.account.Err)]++
	case scraper.RequestSkipped:
		added.skipped = 1
		skips[scraper.Reason(c.account.Err)]++
	default:
	}
	for _, page := range c.found.pages {
		if page.isNew && page.State == pageRejected {
			skips[page.Reason]++
		}
	}
	if n := len(c.duplicates); n > 0 {
		added.skipped += n
		skips[scraper.Reason(scraper.ErrDuplicate)] += n
	}
	if err := q.addTally(ctx, t.run.id, t.host.id, added); err != nil {
		return err
	}
	if err := q.addReasons(ctx, skipTable, t.run.id, t.host.id, skips); err != nil {
		return err
	}
	return q.addReasons(ctx, failureTable, t.run.id, t.host.id, failures)
}

// insertFound inserts the findings of a visit and returns the pages that it enqueued. It also chooses the new state of
// the visited page, in c.row.
func (t *turn) insertFound(ctx context.Context, q queries, c *change) (enqueued []enqueuedPage, err error) {
	if c.account.State == scraper.RequestRedirected {
		enqueued, err = t.redirect(ctx, q, c)
	} else {
		enqueued, err = t.run.f.insert(ctx, q, c.found)
		c.sent = c.findings
	}
	switch {
	case err != nil:
	case c.account.State == scraper.RequestParked:
		err = t.park(ctx, q, c)
	case c.account.State != scraper.RequestRedirected || !c.findings[0].Same:
		c.row.state = pageStates[c.account.State]
	}
	return enqueued, err
}

// redirect inserts the target of a redirect. If the job rejects the target, or if the crawl has already seen it, the
// redirecting page is skipped instead. If the target is not a valid address, the page fails. If the target is another
// spelling of the page's address, both share one row, which is queued again.
func (t *turn) redirect(ctx context.Context, q queries, c *change) ([]enqueuedPage, error) {
	target := &c.findings[0]
	c.account = c.account.Redirect(c.page.request, target, false)
	if c.account.State != scraper.RequestRedirected {
		c.found = &addresses{}
		return nil, nil
	}
	if target.Same { // both addresses share one row
		c.found = &addresses{}
		c.row.state, c.row.request, c.row.due = pageQueued, target.Request, t.run.f.clock.earliest()
		c.enqueued = 1
		return nil, nil
	}
	enqueued, err := t.run.f.insert(ctx, q, c.found)
	c.sent = c.findings
	if err == nil && len(enqueued) == 0 && target.Revisit {
		enqueued, err = q.enqueueRedirected(ctx, t.run.id, target, t.run.f.clock.earliest())
	}
	if err == nil && len(enqueued) == 0 {
		c.account = c.account.Redirect(c.page.request, target, true)
	}
	return enqueued, err
}

// report calls OnSkip and OnError after a commit, and adds the committed addresses to the cache of seen addresses.
// After a page was parked, it makes the turn read the next pages from the database again, because the page that the
// parked page waits for is to be visited next.
func (t *turn) report(c *change) {
	r := t.run
	r.seen.add(c.sent)
	for _, page := range c.found.pages {
		if page.isNew && page.finding.Err != nil {
			r.notifySkip(page.finding.Request, page.finding.Err)
		}
	}
	for _, req := range c.duplicates {
		r.notifySkip(req, scraper.DuplicateOf(c.page.request.URL))
	}
	switch a := &c.account; a.State {
	case scraper.RequestParked:
		t.reread.Store(true)
	case scraper.RequestSkipped:
		r.notifySkip(a.Request, a.Err)
	case scraper.RequestFailed, scraper.RequestHandlerFailed:
		r.notifyError(a.Request, a.Err)
	default:
	}
}
