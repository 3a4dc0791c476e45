package scraper

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/dechaff/dechaff/scraper/internal/schedule"
)

// Crawl visits the job's seeds and the pages that they link to, within its scope and limits, and passes each page to
// the handler once, under its final address. Pages are fetched and handled in parallel, at most Options.Workers at a
// time, each host at its own pace. If a page or its handler fails, the job's OnError is called and the crawl continues.
//
// Crawl returns when no addresses are left, when the handler has been given MaxPages pages, or when ctx ends. In the
// last case it waits for running handlers, whose context has also ended, and returns ctx's error; Stats.Queued counts
// the addresses that were not visited.
//
// Errors: ctx's own, ErrOptions for an invalid job, ErrNoPages if no page could be fetched.
func (s *Scraper) Crawl(ctx context.Context, job Job, handler Handler) (Stats, error) {
	return s.crawl(ctx, job, handler, nil)
}

// crawl is like Crawl, but also calls the function failed, unless it is nil, with the error of each failed visit, in
// the goroutine of that visit.
func (s *Scraper) crawl(ctx context.Context, job Job, handler Handler, failed func(error)) (Stats, error) {
	seeds, err := job.Begin()
	if err != nil {
		return Stats{}, err
	}
	c := &crawl{
		s: s, job: job, handler: handler, failed: failed, begun: time.Now(),
		frontier: newFrontier(s.dispatchAt), hash: newURLHash(), watch: NewWatch(job),
		dates: make(map[urlKey]listedDates), seen: make(map[urlKey]bool), skipped: make(map[urlKey]string),
		moved:  make(map[urlKey]bool),
		events: make(chan event, s.opts.Workers), stats: Stats{Skipped: make(map[string]int), Failures: make(map[string]int)},
	}
	c.book = newBook(c.watch, c.hash)
	c.families = families{counts: make(map[urlKey]int), hash: c.hash}
	for i := range seeds {
		if !c.isSeen(seeds[i].Key) {
			c.enqueue(&seeds[i])
		}
	}
	c.run(ctx)
	return c.finish(ctx)
}

// dispatchAt returns when to visit the next page of a host. If the host asks for too long a wait, that is now: the
// visit makes no request, and its page is skipped.
func (s *Scraper) dispatchAt(host string) time.Time {
	due := s.pace.due(host)
	if time.Until(due) > s.opts.MaxRetryAfter {
		return time.Time{}
	}
	return due
}

// crawl is the schedule of one crawl. Only the goroutine that runs it may use it. Visits run in other goroutines and
// report through events.
type crawl struct {
	s       *Scraper
	job     Job
	handler Handler
	failed  func(error)
	begun   time.Time

	frontier *frontier
	hash     urlHash
	watch    *Watch
	book     *book
	seen     map[urlKey]bool // addresses that were enqueued; true once they are finished
	dates    map[urlKey]listedDates
	skipped  map[urlKey]string // links that were not enqueued, and the reason
	moved    map[urlKey]bool   // addresses that redirected elsewhere; only if the job has Cookies
	families families
	events   chan event

	inFlight int
	parked   int // how many pages wait for another page
	stats    Stats
	first    error // the first failure or skip
}

// dispatched is a visit in progress.
type dispatched struct {
	req      Request
	queue    *hostQueue
	released bool
}

// An event reports that a visit no longer needs its host, or that it is finished.
type event struct {
	visit    *dispatched
	finished bool
	out      Outcome
	err      error
}

func (c *crawl) run(ctx context.Context) {
	timer := time.NewTimer(time.Hour)
	defer timer.Stop()
	for {
		c.dispatch(ctx)
		if c.inFlight == 0 && (ctx.Err() != nil || c.frontier.size == 0 || c.isFull()) {
			if c.parked == 0 || ctx.Err() != nil || c.isFull() {
				return
			}
			c.parked = 0
			c.book.drain(c.refuse) // this should not happen: parked pages wait for pages that are not queued
		}
		var canceled <-chan struct{}
		if ctx.Err() == nil {
			canceled = ctx.Done() // once canceled, the crawl only waits for the running visits
		}
		var due <-chan time.Time
		if at, ok := c.frontier.nextDue(); ok && c.mayDispatch(ctx) {
			timer.Reset(time.Until(at))
			due = timer.C
		}
		select {
		case ev := <-c.events:
			c.handleEvent(ctx, ev)
		case <-due:
		case <-canceled:
		}
	}
}

// isFull reports whether the pages that were passed to the handler, plus the visits in progress, reach the job's
// MaxPages.
func (c *crawl) isFull() bool {
	return c.job.MaxPages > 0 && c.stats.Fetched+c.inFlight >= c.job.MaxPages
}

func (c *crawl) mayDispatch(ctx context.Context) bool {
	return ctx.Err() == nil && c.inFlight < c.s.opts.Workers && !c.isFull()
}

func (c *crawl) dispatch(ctx context.Context) {
	for c.mayDispatch(ctx) {
		q, req, ok := c.frontier.next(time.Now())
		if !ok {
			return
		}
		c.addDates(&req)
		c.inFlight++
		go c.visit(ctx, &dispatched{req: req, queue: q})
	}
}

// visit runs one visit, in its own goroutine.
func (c *crawl) visit(ctx context.Context, d *dispatched) {
	ev := event{visit: d, finished: true, err: &HandlerError{URL: d.req.URL, Err: schedule.ErrHandlerExit}}
	defer func() { c.events <- ev }()
	ev.out, ev.err = c.s.VisitHooked(ctx, d.req, c.handler, Hooks{
		Claim: c.book.claim, Watch: c.watch, Cookies: c.job.Cookies, JoinParts: c.job.JoinParts, NoIndex: c.job.NoIndex,
		FollowOnly: c.job.FollowOnly, Next: c.job.Next, Whole: c.job.Whole,
		Released: func() { c.events <- event{visit: d} },
	})
	if ev.err != nil && c.failed != nil && ctx.Err() == nil {
		c.failed(ev.err)
	}
}

// handleEvent processes the event of a visit.
func (c *crawl) handleEvent(ctx context.Context, ev event) {
	d := ev.visit
	if !ev.finished {
		d.released = true
		c.frontier.release(d.queue)
		return
	}
	c.inFlight--
	c.record(ctx, d, ev.out, ev.err)
	if !d.released {
		c.frontier.release(d.queue)
	}
	if c.job.Progress != nil {
		c.job.Progress(c.currentStats())
	}
}

// record counts a finished visit, and does what its Account requires next.
func (c *crawl) record(ctx context.Context, d *dispatched, out Outcome, err error) {
	if err != nil && ctx.Err() != nil && errors.Is(err, ctx.Err()) {
		c.stats.Bytes += out.Bytes
		c.frontier.retry(d.queue, d.req, time.Time{}) // not finished, and so still queued
		return
	}
	a := out.Account(d.req, err)
	var target *Finding
	if a.State == RequestRedirected {
		target = &c.job.Findings(d.req, out, nil)[0]
		a = a.Redirect(d.req, target, c.isSeen(target.Key) && !(target.Revisit && c.moved[c.hash.key(target.Key)]))
	}
	c.stats.add(&a.Stats)
	switch a.State {
	case RequestWaiting:
		c.frontier.retry(d.queue, a.Request, time.Time{})
	case RequestDeferred:
		c.frontier.deferHost(d.queue, a.Request, a.At)
	case RequestRetried:
		c.frontier.retry(d.queue, a.Request, a.At)
	case RequestFailed, RequestHandlerFailed:
		c.fail(a.Request, a.Err)
	case RequestSkipped:
		c.skip(a.Request, a.Err)
	case RequestRedirected:
		c.redirect(d.req, target)
	case RequestInterrupted: // should not happen: no hook of this schedule fails
		c.stats.Failed++
		c.fail(a.Request, a.Err)
	case RequestParked:
		c.park(d.req, &out)
	case RequestDone:
	}
	if a.FollowLinks {
		c.follow(d.req, out)
	}
	if a.isFinal() && (target == nil || !target.Same) {
		c.settle(d.req.URL)
	}
}

// redirect enqueues the target of a redirect.
func (c *crawl) redirect(from Request, target *Finding) {
	if c.job.Cookies != nil && !target.Same {
		c.moved[c.book.key(from.URL)] = true
	}
	delete(c.moved, c.hash.key(target.Key))
	c.enqueue(target)
}

// park makes a page wait for the page that it names by rel=canonical, which is visited next. If that page has been
// finished in the meantime, or will not be visited, the waiting page is skipped or queued again at once.
func (c *crawl) park(req Request, out *Outcome) {
	target := &c.job.Findings(req, *out, nil)[0]
	finished, seen := c.seen[c.hash.key(target.Key)]
	if target.Err != nil && !seen {
		c.refuse(req)
		return
	}
	c.book.park(req, out)
	c.parked++
	switch {
	case finished:
		c.settle(out.Canonical)
	case seen:
		c.frontier.promote(target.Host, target.Request.URL)
	default:
		c.seen[c.hash.key(target.Key)] = false
		c.frontier.pushFront(target.Host, target.Request)
	}
}

// refuse queues a page again after its rel=canonical has been rejected.
func (c *crawl) refuse(req Request) {
	req.OwnIdentity = true
	c.frontier.pushFront(hostOf(req.URL), req)
}

// settle records that an address is finished. It skips the pages that waited for it and are the same page, and queues
// the other waiting pages again.
func (c *crawl) settle(address string) {
	key := c.book.key(address)
	if _, seen := c.seen[key]; seen {
		c.seen[key] = true
	}
	same, others := c.book.settle(address)
	c.parked -= len(same) + len(others)
	for _, req := range same {
		c.seen[c.book.key(req.URL)] = true
		c.skip(req, DuplicateOf(address))
	}
	for _, req := range others {
		c.refuse(req)
	}
}

// maxLists is the maximum number of sitemaps and feeds that a crawl reads.
const maxLists = 20_000

// follow enqueues the addresses that an outcome leads to.
func (c *crawl) follow(from Request, out Outcome) {
	if out.Identity != "" {
		c.seen[c.book.key(out.Identity)] = false // this address leads to the same page, so it need not be visited
	}
	if from.List != NoList {
		c.noteDates(out.Entries)
	}
	for _, f := range c.job.Findings(from, out, c.isSeen) {
		c.followLink(&f)
	}
}

// isSeen reports whether an address was enqueued or visited before. key is its Finding.Key.
func (c *crawl) isSeen(key string) bool {
	_, ok := c.seen[c.hash.key(key)]
	return ok
}

// followLink enqueues an address, or counts the reason for not doing so. Each address is enqueued or counted once, even
// if every page links to it. A sitemap or feed beyond maxLists is neither enqueued nor counted.
func (c *crawl) followLink(f *Finding) {
	if c.isSeen(f.Key) { // the page links to it twice
		return
	}
	key, decision := c.hash.key(f.Key), f.Err
	if decision == nil && c.families.isFull(f) {
		if f.Request.List != NoList {
			return
		}
		decision = ErrTrap
	}
	reason, skipped := c.skipped[key]
	switch {
	case decision == nil:
		if skipped { // on another page, the link was nofollow or too deep
			delete(c.skipped, key)
			if c.stats.Skipped[reason]--; c.stats.Skipped[reason] == 0 {
				delete(c.stats.Skipped, reason)
			}
		}
		c.enqueue(f)
	case !skipped:
		c.skipped[key] = Reason(decision)
		c.skip(f.Request, decision)
	}
}

func (c *crawl) enqueue(f *Finding) {
	c.seen[c.hash.key(f.Key)] = false
	c.frontier.push(f.Host, f.Request)
}

func (c *crawl) skip(req Request, err error) {
	c.stats.Skipped[Reason(err)]++
	if c.first == nil {
		c.first = err
	}
	if c.job.OnSkip != nil {
		c.job.OnSkip(req, err)
	}
}

func (c *crawl) fail(req Request, err error) {
	c.stats.Failures[Reason(err)]++
	if c.first == nil {
		c.first = err
	}
	if c.job.OnError != nil {
		c.job.OnError(req, err)
	}
}

func (c *crawl) currentStats() Stats {
	stats := c.stats.snapshot()
	stats.Queued, stats.InFlight, stats.Hosts = c.frontier.size+c.parked, c.inFlight, len(c.frontier.hosts)
	stats.Elapsed = time.Since(c.begun)
	return stats
}

// finish returns the results of Crawl. Unless ctx ended the crawl before MaxPages was reached, it first counts all
// remaining requests as skipped because of MaxPages.
func (c *crawl) finish(ctx context.Context) (Stats, error) {
	err := ctx.Err()
	if err == nil || c.isFull() {
		err = nil
		overLimit := func(req Request) { c.skip(req, ErrPageLimit) }
		c.frontier.drain(overLimit)
		c.book.drain(overLimit)
		c.parked = 0
	}
	if err == nil && c.stats.Fetched == 0 {
		err = ErrNoPages
		if c.first != nil {
			err = fmt.Errorf("%w: %w", ErrNoPages, c.first)
		}
	}
	return c.currentStats(), err
}
