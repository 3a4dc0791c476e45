package fleet

import (
	"context"
	"errors"

	"github.com/dechaff/dechaff/scraper"
)

// change is what a visit's outcome does to the database.
type change struct {
	page    *page
	account scraper.Account
	request scraper.Request // what the page's row says from now on
	state   int
	due     int64
	status  int

	findings []scraper.Finding
	found    *addresses
	taken    int               // how many of them are to be visited
	sent     []scraper.Finding // what the database knows from now on
}

// record books a visit that has ended, in one transaction with what it found.
func (t *turn) record(ctx context.Context, p *page, out scraper.Outcome, err error) {
	c := t.plan(ctx, p, out, err)
	if c == nil {
		return // the page waits as before
	}
	r := t.run
	saving, cancel := context.WithCancel(context.WithoutCancel(ctx)) // a stop must not lose what is done
	defer cancel()
	defer context.AfterFunc(ctx, func() {
		_ = sleep(saving, spare)
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
		return r.f.store.tx(ctx, func(tx executor) error {
			attempt := *c
			attempt.found = found
			booked = &attempt
			return t.commit(ctx, tx, booked)
		})
	})
	switch {
	case err == nil:
		t.report(booked)
	case !errors.Is(err, errFinished) && ctx.Err() == nil:
		r.fail(err)
	}
}

// errFinished takes a commit back: somebody else has finished the page, after this worker was taken for dead.
var errFinished = errors.New("fleet: the page is finished")

// plan decides what an outcome changes in the database; nil for nothing.
func (t *turn) plan(ctx context.Context, p *page, out scraper.Outcome, err error) *change {
	r := t.run
	if err != nil && ctx.Err() != nil {
		return nil
	}
	c := &change{page: p, status: out.Status, request: p.request, account: out.Account(p.request, err)}
	switch a := &c.account; a.State {
	case scraper.RequestInterrupted:
		if !errors.Is(err, errLost) && !r.f.store.isOutage(err) {
			r.fail(err)
		}
		return nil
	case scraper.RequestWaiting:
		return nil
	case scraper.RequestDeferred:
		t.putBack(ctx, p, a.At)
		return nil
	case scraper.RequestRetried:
		c.due, c.request = r.f.clock.ahead(a.At), a.Request
	case scraper.RequestRedirected:
		c.findings = r.job.Findings(p.request, out, nil)
	default:
		if a.FollowLinks {
			c.findings = r.findings(p.request, out)
		}
	}
	return c
}

// pageStates are the states of the rows of pages that were visited.
var pageStates = map[scraper.RequestState]int{
	scraper.RequestRetried:       pageRetry,
	scraper.RequestDone:          pageDone,
	scraper.RequestFailed:        pageFailed,
	scraper.RequestHandlerFailed: pageHandlerFailed,
	scraper.RequestSkipped:       pageSkipped,
	scraper.RequestRedirected:    pageRedirected,
}

// findings are what the outcome leads to and this worker does not know to be known.
func (r *run) findings(from scraper.Request, out scraper.Outcome) []scraper.Finding {
	return r.met.unknown(r.job.Findings(from, out, r.met.isTaken))
}

// commit is the transaction of record. Rows are locked in one order everywhere: pages by key, turns by host, then counts.
func (t *turn) commit(ctx context.Context, tx executor, c *change) error {
	f, crawl := t.run.f, t.run.id
	taken, err := t.insertFound(ctx, tx, c)
	if err != nil {
		return err
	}
	reason := ""
	if c.account.Err != nil {
		reason = plain(c.account.Err.Error())
	}
	n, err := tx.exec(ctx, "UPDATE dechaff_page SET state = $2, tries = $3, status = $4, reason = $5, due = $6, finished = $7, url = $8, more = $9 WHERE id = $1 AND state < 2",
		c.page.id, c.state, c.request.Tries, c.status, orNull(reason), c.due, finishedAt(c.state, f.clock.earliest()), c.request.URL, orNull(moreOf(c.request)))
	if err != nil {
		return err
	}
	if n == 0 {
		return errFinished
	}
	own := 0
	if !t.ended {
		own = t.host.id // has its turn
	}
	if err := f.activate(ctx, tx, crawl, sortedHosts(taken, own)); err != nil {
		return err
	}
	c.taken += len(taken)
	return t.count(ctx, tx, c)
}

// count writes the counts of a commit.
func (t *turn) count(ctx context.Context, tx executor, c *change) error {
	skips, failures := make(map[string]int), make(map[string]int)
	added := tallyOf(&c.account.Stats)
	added.taken = c.taken
	switch c.account.State {
	case scraper.RequestFailed, scraper.RequestHandlerFailed:
		failures[scraper.Reason(c.account.Err)]++
	case scraper.RequestSkipped:
		added.skipped = 1
		skips[scraper.Reason(c.account.Err)]++
	default:
	}
	for _, page := range c.found.pages {
		if page.isNew && page.State == pagePassed {
			skips[page.Reason]++
		}
	}
	if err := addTally(ctx, tx, t.run.id, t.host.id, added); err != nil {
		return err
	}
	if err := addReasons(ctx, tx, skipTable, t.run.id, t.host.id, skips); err != nil {
		return err
	}
	return addReasons(ctx, tx, failureTable, t.run.id, t.host.id, failures)
}

// insertFound inserts what a visit found, lists what of it is to be visited now, and sets the state of the page's row.
func (t *turn) insertFound(ctx context.Context, tx executor, c *change) (taken []takenPage, err error) {
	if c.account.State == scraper.RequestRedirected {
		taken, err = t.redirect(ctx, tx, c)
	} else {
		taken, err = t.run.f.insert(ctx, tx, c.found)
		c.sent = c.findings
	}
	if c.account.State != scraper.RequestRedirected || !c.findings[0].Same {
		c.state = pageStates[c.account.State]
	}
	return taken, err
}

// redirect inserts what an address leads to, unless the crawl has seen that: then the two are one page.
func (t *turn) redirect(ctx context.Context, tx executor, c *change) ([]takenPage, error) {
	target := &c.findings[0]
	c.account = c.account.Redirect(c.page.request, target, false)
	if c.account.State != scraper.RequestRedirected {
		c.found = &addresses{}
		return nil, nil
	}
	if target.Same { // in the row that is there for both
		c.found = &addresses{}
		c.state, c.request, c.due, c.taken = pageQueued, target.Request, t.run.f.clock.earliest(), 1
		return nil, nil
	}
	taken, err := t.run.f.insert(ctx, tx, c.found)
	c.sent = c.findings
	if err == nil && len(taken) == 0 {
		c.account = c.account.Redirect(c.page.request, target, true)
	}
	return taken, err
}

// report calls the job's functions, and remembers what the database knows now.
func (t *turn) report(c *change) {
	r := t.run
	r.met.learn(c.sent)
	for _, page := range c.found.pages {
		if page.isNew && page.finding.Err != nil {
			r.skipped(page.finding.Request, page.finding.Err)
		}
	}
	switch a := &c.account; a.State {
	case scraper.RequestSkipped:
		r.skipped(a.Request, a.Err)
	case scraper.RequestFailed, scraper.RequestHandlerFailed:
		r.failed(a.Request, a.Err)
	default:
	}
}

func orNull(text string) any {
	if text == "" {
		return nil
	}
	return text
}

func finishedAt(state int, now int64) any {
	if state < pageDone {
		return nil
	}
	return now
}

func moreOf(r scraper.Request) string {
	if len(r.Via) == 0 && r.Published.IsZero() && r.Modified.IsZero() {
		return ""
	}
	return toJSON(more{r.Via, r.Published, r.Modified})
}
