package fleet

import (
	"cmp"
	"context"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"time"

	"github.com/riverqueue/river"

	"github.com/dechaff/dechaff/scraper"
	"github.com/dechaff/dechaff/scraper/internal/schedule"
)

// turn is a host's turn at this worker. During the turn, no other worker may make requests to the host. The turn visits
// the host's pages one after the other, while handlers of earlier pages may still run.
type turn struct {
	run   *run
	river context.Context // River's context, whose values are needed to complete the job
	job   *job
	owner string // the worker's name when the turn began
	host  hostRow
	begun time.Time

	batch  []*page     // pages that were read from the database and are to be visited
	reread atomic.Bool // the batch is outdated and must be read again
	yield  atomic.Bool // end early: a visit waits for a host whose turn may wait for this one

	mu        sync.Mutex
	inFlight  map[int64]*visit // by the page's ID
	deferred  []*page          // to be visited before the batch
	notBefore time.Time        // no page is visited before this time, because a page was deferred
	visited   chan struct{}    // gets a value when a visit has ended; capacity 1
	commits   sync.RWMutex     // commits hold it for reading, the end of the turn for writing
	ended     bool             // guarded by commits
}

// page is a waiting page.
type page struct {
	id      int64
	placed  bool // the page has a place under MaxPages
	request scraper.Request
}

// visit is a visit in progress.
type visit struct {
	page     *page
	released chan struct{} // closed when the next request to the host may be made
	once     sync.Once
	seeking  bool // the visit is counted in run.seeking
}

func (v *visit) release() { v.once.Do(func() { close(v.released) }) }

// work runs a host's turn, which is a River job. ctx ends with the run, and riverCtx is the context of the job.
func (r *run) work(ctx, riverCtx context.Context, j *job) error {
	if r.halted.Load() || ctx.Err() != nil {
		return river.JobSnooze(0)
	}
	if idle, pause, err := r.idleWhileFull(ctx, j.Args.Host); idle && err == nil {
		return river.JobSnooze(pause)
	}
	r.visits.Add(1)
	defer r.visits.Done()
	r.turns.Add(1)
	defer r.turnEnded()
	t := &turn{
		run: r, river: context.WithoutCancel(riverCtx), job: j, owner: r.worker.name(),
		inFlight: make(map[int64]*visit), visited: make(chan struct{}, 1),
	}
	stale, err := t.claimHost(ctx)
	switch {
	case err != nil:
		t.abortUnlessOutage(ctx, err)
		return river.JobSnooze(time.Second)
	case stale:
		return nil // this host has a later turn
	case t.host.id == 0: // the host is still in use
		return river.JobSnooze(time.Second/2 + rand.N(time.Second))
	}
	r.f.applyHostRow(&t.host)
	err = t.loadCookies(ctx, &t.host)
	t.begun = time.Now() // only now: however slow the database is, a turn must visit a page
	if err == nil {
		err = t.visitPages(ctx)
	}
	if err != nil {
		t.abortUnlessOutage(ctx, err)
	}
	return t.finish(ctx)
}

// turnEnded counts the end of a turn. If it was the worker's last one, the run checks whether the crawl is over.
func (r *run) turnEnded() {
	if r.turns.Add(-1) > 0 {
		return
	}
	select {
	case r.idle <- struct{}{}:
	default:
	}
}

// abortUnlessOutage ends the run because of an error of the database, unless the error is temporary or the run is being
// stopped, which may have caused the error.
func (t *turn) abortUnlessOutage(ctx context.Context, err error) {
	if ctx.Err() == nil && !t.run.f.store.isOutage(err) {
		t.run.abort(err)
	}
}

// claimHost makes this worker the host's owner, or reports that the turn is stale. If the host is still in use, by
// another worker, another crawl or an earlier turn or visit of this process, t.host.id stays 0.
func (t *turn) claimHost(ctx context.Context) (stale bool, err error) {
	w, host := t.run.worker, t.job.Args.Host
	if !w.reserveHost(host) {
		return t.isStale(ctx)
	}
	row, claimed, err := t.run.f.db().claimHost(ctx, t.owner, t.job.Args)
	switch {
	case err != nil: // this worker may own the row anyway
		w.deferRelease(deferredRelease{host: hostRow{id: host}, owner: t.owner})
		return false, err
	case claimed:
		t.host = row
		return false, nil
	}
	w.unreserveHost(host)
	return t.isStale(ctx)
}

// isStale reports whether the turn has ended or a later turn of the host has replaced it.
func (t *turn) isStale(ctx context.Context) (bool, error) {
	current, err := t.run.f.db().isCurrentTurn(ctx, t.job.Args)
	return !current, err
}

// visitPages visits pages until the turn is over. It returns earlier if no page is due and no visit is in progress, or
// if the host's next request is not due within the turn.
func (t *turn) visitPages(ctx context.Context) error {
	for ctx.Err() == nil && t.mayContinue() {
		if wait := time.Until(t.due()); wait > 0 {
			if wait > t.remaining() || !sleep(ctx, wait) {
				return nil // no need to wait here: River runs the job again
			}
		}
		p, err := t.nextPage(ctx)
		switch {
		case err != nil:
			return err
		case p == nil:
			if !t.awaitVisit(ctx) {
				return nil
			}
		case !t.run.mayVisit(p):
			t.batch = append([]*page{p}, t.batch...)
			if !sleep(ctx, 20*time.Millisecond) {
				return nil
			}
		default:
			t.startVisit(ctx, p)
		}
	}
	return nil
}

// mayContinue reports whether the turn may make more visits.
func (t *turn) mayContinue() bool {
	return !t.run.halted.Load() && !t.yield.Load() && t.remaining() > 0 && t.run.worker.name() == t.owner
}

// remaining returns the remaining time of the turn.
func (t *turn) remaining() time.Duration { return t.run.f.opts.Turn - time.Since(t.begun) }

// isTooLate reports whether a host asks for a longer wait than its pages wait. They are then visited at once, which
// makes no request: they are skipped.
func (f *Fleet) isTooLate(due time.Time) bool {
	return time.Until(due) > cmp.Or(f.opts.Scraper.MaxRetryAfter, schedule.MaxRetryAfter)
}

// due returns when the next page of the host may be visited.
func (t *turn) due() time.Time {
	due := t.run.f.scraper.HostState(t.host.name).Due
	if t.run.f.isTooLate(due) {
		due = time.Time{}
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.notBefore.After(due) {
		return t.notBefore
	}
	return due
}

// deferPage keeps a page for later in this turn, because its host is not due yet. If the host's robots.txt was fetched
// for the page, robots.txt is stored at once, so that it need not be requested again after a crash.
func (t *turn) deferPage(ctx context.Context, p *page, at time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.deferred = append(t.deferred, p)
	if at.After(t.notBefore) {
		t.notBefore = at
	}
	if !t.run.f.updateHostRow(&t.host) {
		return
	}
	if err := t.run.f.db().saveHost(ctx, t.owner, &t.host); err != nil {
		t.abortUnlessOutage(ctx, err)
	}
}

// sleep waits for the given time. It returns false if ctx ends first.
func sleep(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// awaitVisit waits until a visit ends, because the visited page may link to more pages of the host. It returns false if
// no visit is in progress and none has ended since the batch was read. It also returns false if the turn's time is up
// or ctx ends.
func (t *turn) awaitVisit(ctx context.Context) bool {
	t.mu.Lock()
	n := len(t.inFlight)
	t.mu.Unlock()
	if n == 0 {
		select {
		case <-t.visited: // a visit has ended since the batch was read
			return true
		default:
			return false
		}
	}
	rest := time.NewTimer(t.remaining())
	defer rest.Stop()
	select {
	case <-t.visited:
		return true
	case <-rest.C:
	case <-ctx.Done():
	}
	return false
}

// startVisit starts the visit of a page. It returns when the next request to the host may be made, or when the turn's
// time is up. It does nothing if ctx ends before a visit may start.
func (t *turn) startVisit(ctx context.Context, p *page) {
	r := t.run
	select {
	case r.slots <- struct{}{}:
	case <-ctx.Done():
		return
	}
	v := &visit{page: p, released: make(chan struct{})}
	t.mu.Lock()
	t.inFlight[p.id] = v
	t.mu.Unlock()
	r.visits.Add(1)
	r.inWork.Add(1)
	r.startSeeking(v)
	go func() {
		defer r.visits.Done()
		defer t.endVisit(v)
		t.visit(ctx, v)
	}()
	over := time.NewTimer(max(t.remaining(), 0))
	defer over.Stop()
	select {
	case <-v.released:
	case <-over.C: // the method finish waits for the visit
	}
}

func (t *turn) endVisit(v *visit) {
	v.release()
	<-t.run.slots
	t.run.inWork.Add(-1)
	t.run.stopSeeking(v)
	t.mu.Lock()
	if t.inFlight[v.page.id] == v { // a deferred page may already be visited again
		delete(t.inFlight, v.page.id)
		t.run.worker.removeStraggler(v.page.id)
	}
	t.mu.Unlock()
	select {
	case t.visited <- struct{}{}:
	default:
	}
}

// visit visits a page and records the result. It runs in a goroutine of its own.
func (t *turn) visit(ctx context.Context, v *visit) {
	r := t.run
	finished := false
	defer func() {
		if !finished { // the handler called runtime.Goexit
			req := v.page.request
			err := &scraper.HandlerError{URL: req.URL, Err: schedule.ErrHandlerExit}
			t.record(ctx, v.page, scraper.Outcome{Request: req, Status: 200}, err)
		}
	}()
	released := func() {
		t.keepDue(ctx, time.Time{})
		v.release()
	}
	out, err := r.f.scraper.VisitHooked(ctx, v.page.request, r.handler, scraper.Hooks{
		Enter: t.enter, Released: released, JoinParts: r.job.JoinParts, NoIndex: r.job.NoIndex,
		Watch: r.watch, Cookies: r.job.Cookies, FollowOnly: r.job.FollowOnly,
		Next: r.job.Next, Whole: r.job.Whole,
		Claim: func(ctx context.Context, c *scraper.Claim) error { return t.claim(ctx, v, c) },
	})
	finished = true
	if v.page.request.List == scraper.NoList {
		v.release()
	} else { // first record the dates that the next page may need
		t.keepDue(ctx, time.Time{})
	}
	t.record(ctx, v.page, out, err)
}

// nextPage returns the page to visit now, or nil if no page is due.
func (t *turn) nextPage(ctx context.Context) (*page, error) {
	if p := t.popPage(); p != nil {
		return p, nil
	}
	if err := t.readBatch(ctx); err != nil {
		return nil, err
	}
	return t.popPage(), nil
}

// popPage removes and returns a page that was read but not visited yet, or returns nil. It drops pages for which no
// place is left under MaxPages; they stay in the database.
func (t *turn) popPage() *page {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.reread.Swap(false) {
		t.batch = nil
	}
	full := t.run.isFull()
	for _, list := range [...]*[]*page{&t.deferred, &t.batch} {
		for len(*list) > 0 {
			p := (*list)[0]
			*list = (*list)[1:]
			if p.placed || !full {
				return p
			}
		}
	}
	return nil
}

// batchPages is the maximum number of pages that are read at once, apart from those whose visits are in progress. Fewer
// are read if the rest of the turn is too short for that many.
const batchPages = 64

// readBatch reads due pages, retries first. It leaves out deferred pages and pages whose visits are in progress,
// because both still count as waiting in the database. These pages are listed before the database is read, because a
// visit may end in the meantime.
func (t *turn) readBatch(ctx context.Context) error {
	limit := batchPages
	if delay := t.run.f.scraper.HostState(t.host.name).Delay; delay > 0 {
		limit = min(limit, 1+int(max(t.remaining(), 0)/delay)) // on a busy machine, the turn may be over by now
	}
	select {
	case <-t.visited: // the read below includes the results of visits that have ended
	default:
	}
	t.mu.Lock()
	busy := make(map[int64]bool, len(t.inFlight))
	for id := range t.inFlight {
		busy[id] = true
	}
	for _, p := range t.deferred {
		busy[p.id] = true
	}
	t.mu.Unlock()
	condition := ofHost
	if t.run.isFull() {
		condition = placedOfHost
	}
	f, a := t.run.f, t.job.Args
	return f.db().duePages(ctx, a.Crawl, a.Host, condition, f.clock.earliest(), limit+len(busy), func(p *page) {
		if !busy[p.id] {
			t.batch = append(t.batch, p)
		}
	})
}
