package fleet

import (
	"context"
	"errors"

	"github.com/dechaff/dechaff/scraper"
)

// change is what a visit's outcome does to the database.
type change struct {
	page    *page
	request scraper.Request // what the page's row says from now on
	state   int
	due     int64
	status  int
	reason  string // kept with the page
	tally   tally

	skipped error // the decision against the page
	failed  error

	redirect bool
	findings []scraper.Finding
	found    *addresses
	sent     []scraper.Finding // what the database knows from now on
}

// file books a visit that has ended: in one transaction, with what it has found.
func (t *turn) file(ctx context.Context, p *page, out scraper.Outcome, err error) {
	c := t.judge(ctx, p, out, err)
	if c == nil {
		return // nothing has come of it: the page waits as it did
	}
	r := t.run
	saving, cancel := context.WithCancel(context.WithoutCancel(ctx)) // what is done is done: a stop must not lose it
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
		t.report(booked, out)
	case !errors.Is(err, errFinished) && ctx.Err() == nil:
		r.fail(err)
	}
}

// errFinished takes a commit back: somebody else has finished the page, after this worker was taken for dead.
var errFinished = errors.New("fleet: the page is finished")

// judge says what an outcome is to change; nil for nothing.
func (t *turn) judge(ctx context.Context, p *page, out scraper.Outcome, err error) *change {
	r := t.run
	c := &change{page: p, status: out.Status, tally: tally{bytes: out.Bytes}, request: p.request}
	if err != nil {
		return t.judgeError(ctx, c, out, err)
	}
	switch out.Kind {
	case scraper.OutcomeDone:
		c.state = pageDone
		if p.request.List != scraper.NoList {
			c.tally.listed = 1
		} else {
			c.tally.fetched, c.tally.handled = 1, 1
		}
		c.findings = r.findings(p.request, out)
	case scraper.OutcomeRedirect:
		c.redirect, c.findings = true, r.job.Findings(p.request, out, nil)
	case scraper.OutcomeRetry:
		if out.Request.Tries == p.request.Tries { // it was not its host's turn yet
			t.putBack(ctx, p, out.At)
			return nil
		}
		c.state, c.due, c.request, c.tally.retried = pageRetry, r.f.clock.ahead(out.At), out.Request, 1
		c.reason = plain(out.Err.Error())
	case scraper.OutcomeSkipped:
		if errors.Is(out.Err, scraper.ErrPageLimit) {
			return nil
		}
		c.skip(out.Err)
		c.findings = r.findings(p.request, out) // the links of a duplicate, or of a page that says noindex, are links
	case scraper.OutcomeFailed: // always with an error
	}
	return c
}

func (c *change) skip(err error) {
	c.state, c.skipped, c.reason = pageSkipped, err, plain(err.Error())
	c.tally.skipped = 1
}

// judgeError tells the failures of pages from those of the fleet, and from a stop.
func (t *turn) judgeError(ctx context.Context, c *change, out scraper.Outcome, err error) *change {
	r := t.run
	_, byHandler := errors.AsType[*scraper.HandlerError](err)
	_, byFetch := errors.AsType[*scraper.FetchError](err)
	switch {
	case ctx.Err() != nil:
		return nil
	case byHandler:
		c.state, c.tally.fetched = pageHandlerFailed, 1
		c.findings = r.findings(c.page.request, out)
	case byFetch:
		c.state = pageFailed
	default:
		if !errors.Is(err, errLost) && !r.f.store.isOutage(err) {
			r.fail(err)
		}
		return nil
	}
	c.tally.failed, c.failed, c.reason = 1, err, plain(err.Error())
	return c
}

// findings are what the outcome leads to and this worker does not know to be known.
func (r *run) findings(from scraper.Request, out scraper.Outcome) []scraper.Finding {
	return r.met.unknown(r.job.Findings(from, out, r.met.isTaken))
}

// commit is the transaction of file. Rows are locked in one order everywhere: pages by key, turns by host, then counts.
func (t *turn) commit(ctx context.Context, tx executor, c *change) error {
	f, crawl := t.run.f, t.run.id
	var taken []takenPage
	var err error
	if c.redirect {
		taken, err = t.redirect(ctx, tx, c)
	} else {
		taken, err = f.insert(ctx, tx, c.found)
		c.sent = c.findings
	}
	if err != nil {
		return err
	}
	n, err := tx.exec(ctx, "UPDATE dechaff_page SET state = $2, tries = $3, status = $4, reason = $5, due = $6, finished = $7, url = $8, more = $9 WHERE id = $1 AND state < 2",
		c.page.id, c.state, c.request.Tries, c.status, orNull(c.reason), c.due, finishedAt(c.state, f.clock.earliest()), c.request.URL, orNull(moreOf(c.request)))
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
	c.tally.taken += len(taken)
	return t.count(ctx, tx, c)
}

// count writes the counts of a commit.
func (t *turn) count(ctx context.Context, tx executor, c *change) error {
	reasons, failures := make(map[string]int), make(map[string]int)
	if c.failed != nil {
		failures[scraper.Reason(c.failed)]++
	}
	if c.skipped != nil {
		reasons[scraper.Reason(c.skipped)]++
	}
	for _, page := range c.found.pages {
		if page.isNew && page.State == pagePassed {
			reasons[page.Reason]++
		}
	}
	if err := addTally(ctx, tx, t.run.id, t.host.id, c.tally); err != nil {
		return err
	}
	if err := addReasons(ctx, tx, skipTable, t.run.id, t.host.id, reasons); err != nil {
		return err
	}
	return addReasons(ctx, tx, failureTable, t.run.id, t.host.id, failures)
}

// redirect takes up what an address leads to, unless that has been met: then the two are one page.
func (t *turn) redirect(ctx context.Context, tx executor, c *change) ([]takenPage, error) {
	to := c.findings[0]
	switch {
	case errors.Is(to.Err, scraper.ErrBadURL):
		c.state, c.tally.failed, c.reason = pageFailed, 1, plain(to.Err.Error())
		c.failed = &scraper.FetchError{URL: c.page.request.URL, Err: to.Err}
	case to.Err != nil:
		c.skip(to.Err)
	case to.Same: // in the row that stands for both
		c.state, c.request, c.due = pageQueued, to.Request, t.run.f.clock.earliest()
		c.tally.redirected, c.tally.taken = 1, 1
	default:
		taken, err := t.run.f.insert(ctx, tx, c.found)
		if err != nil {
			return nil, err
		}
		c.sent = c.findings
		if len(taken) == 0 {
			c.skip(scraper.ErrSeen)
			return nil, nil
		}
		c.state, c.tally.redirected = pageRedirected, 1
		return taken, nil
	}
	c.found = &addresses{}
	return nil, nil
}

// report tells the job, and remembers what the database knows now.
func (t *turn) report(c *change, out scraper.Outcome) {
	r := t.run
	r.met.learn(c.sent)
	for _, page := range c.found.pages {
		if page.isNew && page.finding.Err != nil {
			r.skipped(page.finding.Request, page.finding.Err)
		}
	}
	if c.skipped != nil {
		r.skipped(out.Request, c.skipped)
	}
	if c.failed != nil {
		r.failed(c.page.request, c.failed)
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
