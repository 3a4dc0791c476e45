package fleet

import (
	"context"
	"encoding/json"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"time"

	"github.com/riverqueue/river"

	"github.com/dechaff/dechaff/scraper"
	"github.com/dechaff/dechaff/scraper/internal/schedule"
)

// turn is a host's turn: this worker is the only one in the fleet that may ask the host, and visits its pages one after the other. Handlers go on beside it.
type turn struct {
	run   *run
	river context.Context // River's, whose values complete the job
	job   *job
	owner string // the worker's name when it began
	host  hostRow
	begun time.Time

	batch []*page
	yield atomic.Bool // end early: another host is waited for, which may wait for this one

	mu        sync.Mutex
	inFlight  map[int64]*visit
	returned  []*page       // to be visited before the batch
	notBefore time.Time     // when the host's robots.txt may be asked for again
	visited   chan struct{} // told when one of them has ended; holds one
	commits   sync.RWMutex  // held for reading by commits, and for writing by the end
	ended     bool          // guarded by commits
}

// page is a page that waits.
type page struct {
	id      int64
	placed  bool // it has its place under MaxPages
	request scraper.Request
}

// visit is a page on its way.
type visit struct {
	page     *page
	released chan struct{}
	once     sync.Once
	seeking  bool // it is counted among those that may yet take a place
}

func (v *visit) release() { v.once.Do(func() { close(v.released) }) }

// work works a job of River's.
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
		run: r, river: context.WithoutCancel(riverCtx), job: j, owner: r.worker.name(), begun: time.Now(),
		inFlight: make(map[int64]*visit), visited: make(chan struct{}, 1),
	}
	stale, err := t.take(ctx)
	switch {
	case err != nil:
		t.complain(ctx, err)
		return river.JobSnooze(time.Second)
	case stale:
		return nil // a later turn of this host has been made
	case t.host.id == 0: // another crawl has the host, or this one's last visit of it goes on
		return river.JobSnooze(time.Second/2 + rand.N(time.Second))
	}
	r.f.know(&t.host)
	if err := t.visitPages(ctx); err != nil {
		t.complain(ctx, err)
	}
	return t.finish(ctx)
}

// turnEnded has somebody look whether that was all.
func (r *run) turnEnded() {
	if r.turns.Add(-1) > 0 {
		return
	}
	select {
	case r.idle <- struct{}{}:
	default:
	}
}

// complain ends the run because of the database, unless it is only away, or a stop is the cause.
func (t *turn) complain(ctx context.Context, err error) {
	if ctx.Err() == nil && !t.run.f.store.isOutage(err) {
		t.run.fail(err)
	}
}

// take makes the host this worker's.
func (t *turn) take(ctx context.Context) (stale bool, err error) {
	a, h := t.job.Args, &t.host
	s, w := t.run.f.store, t.run.worker
	if !w.hold(a.Host) {
		return t.isStale(ctx)
	}
	found, err := one(ctx, s, `UPDATE dechaff_host SET owner = $1, crawl = $2 WHERE id = $3 AND owner IS NULL
		AND EXISTS (SELECT 1 FROM dechaff_turn WHERE crawl = $2 AND host = $3 AND active AND epoch = $4)
		RETURNING id, name, due, coalesce(pace, ''), coalesce(robots, '')`, []any{t.owner, a.Crawl, a.Host, a.Epoch}, &h.id, &h.name, &h.due, &h.pace, &h.robots)
	switch {
	case err != nil: // the row may be this worker's all the same
		w.owe(owed{host: hostRow{id: a.Host}, owner: t.owner})
		return false, err
	case found:
		return false, nil
	}
	w.letGo(a.Host)
	return t.isStale(ctx)
}

// isStale tells whether a later turn of the host has been made.
func (t *turn) isStale(ctx context.Context) (bool, error) {
	a := t.job.Args
	current, err := one(ctx, t.run.f.store, "SELECT epoch FROM dechaff_turn WHERE crawl = $1 AND host = $2 AND active AND epoch = $3", []any{a.Crawl, a.Host, a.Epoch}, new(int))
	return !current, err
}

// visitPages is the turn itself.
func (t *turn) visitPages(ctx context.Context) error {
	for ctx.Err() == nil && t.goesOn() {
		if wait := time.Until(t.due()); wait > 0 {
			if wait > t.rest() || !sleep(ctx, wait) {
				return nil // the wait can be had without a worker
			}
		}
		p, err := t.next(ctx)
		switch {
		case err != nil:
			return err
		case p == nil:
			if !t.awaitOne(ctx) {
				return nil
			}
		case !t.run.mayVisit(p):
			t.batch = append([]*page{p}, t.batch...)
			if !sleep(ctx, 20*time.Millisecond) {
				return nil
			}
		default:
			t.start(ctx, p)
		}
	}
	return nil
}

// goesOn tells whether the turn is to make more visits.
func (t *turn) goesOn() bool {
	return !t.run.halted.Load() && !t.yield.Load() && t.rest() > 0 && t.run.worker.name() == t.owner
}

// rest is what is left of the turn's time.
func (t *turn) rest() time.Duration { return t.run.f.opts.Turn - time.Since(t.begun) }

// due is when the host may be asked again.
func (t *turn) due() time.Time {
	due := t.run.f.scraper.HostState(t.host.name).Due
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.notBefore.After(due) {
		return t.notBefore
	}
	return due
}

// putBack keeps a page whose host was not to be asked yet, and writes its robots.txt down as soon as it is had, so that a crash does not have
// it fetched again.
func (t *turn) putBack(ctx context.Context, p *page, at time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.returned = append(t.returned, p)
	if at.After(t.notBefore) {
		t.notBefore = at
	}
	if !t.run.f.learn(&t.host) {
		return
	}
	_, err := t.run.f.store.exec(ctx, "UPDATE dechaff_host SET pace = $3, robots = $4 WHERE id = $1 AND owner = $2", t.host.id, t.owner, t.host.pace, t.host.robots)
	if err != nil {
		t.complain(ctx, err)
	}
}

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

// awaitOne waits until a visit has ended, whose page may link to more. It is false where there is none.
func (t *turn) awaitOne(ctx context.Context) bool {
	t.mu.Lock()
	n := len(t.inFlight)
	t.mu.Unlock()
	if n == 0 {
		select {
		case <-t.visited: // it has ended since, and the batch was read before
			return true
		default:
			return false
		}
	}
	rest := time.NewTimer(t.rest())
	defer rest.Stop()
	select {
	case <-t.visited:
		return true
	case <-rest.C:
	case <-ctx.Done():
	}
	return false
}

// start visits a page, and returns when the host may be asked again, or the turn is over.
func (t *turn) start(ctx context.Context, p *page) {
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
	r.seek(v)
	go func() {
		defer r.visits.Done()
		defer t.done(v)
		t.visit(ctx, v)
	}()
	over := time.NewTimer(max(t.rest(), 0))
	defer over.Stop()
	select {
	case <-v.released:
	case <-over.C: // finish waits for it
	}
}

func (t *turn) done(v *visit) {
	v.release()
	<-t.run.slots
	t.run.inWork.Add(-1)
	t.run.placed(v)
	t.mu.Lock()
	if t.inFlight[v.page.id] == v { // a page that was put back may be on its way again
		delete(t.inFlight, v.page.id)
		t.run.worker.straggle([]int64{v.page.id}, false)
	}
	t.mu.Unlock()
	select {
	case t.visited <- struct{}{}:
	default:
	}
}

// visit runs in a goroutine of its own.
func (t *turn) visit(ctx context.Context, v *visit) {
	r := t.run
	finished := false
	defer func() {
		if !finished { // the handler has ended its goroutine
			t.record(ctx, v.page, scraper.Outcome{Request: v.page.request, Status: 200}, &scraper.HandlerError{URL: v.page.request.URL, Err: schedule.ErrHandlerExit})
		}
	}()
	out, err := r.f.scraper.VisitHooked(ctx, v.page.request, r.handler, scraper.Hooks{
		Enter: t.enter, Released: v.release, JoinParts: r.job.JoinParts, NoIndex: r.job.NoIndex,
		Claim: func(ctx context.Context, identity string, part bool) (bool, error) {
			return t.claim(ctx, v, identity, part)
		},
	})
	finished = true
	v.release()
	t.record(ctx, v.page, out, err)
}

// next is the page to visit now; nil for none.
func (t *turn) next(ctx context.Context) (*page, error) {
	if p := t.unread(); p != nil {
		return p, nil
	}
	if err := t.read(ctx); err != nil {
		return nil, err
	}
	return t.unread(), nil
}

// unread takes a page of those that were read and not visited yet. Where MaxPages has no place for one any more, that waits in the database.
func (t *turn) unread() *page {
	t.mu.Lock()
	defer t.mu.Unlock()
	full := t.run.full()
	for _, list := range [...]*[]*page{&t.returned, &t.batch} {
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

// batchPages is how many pages are read at once: as many as the rest of the turn is long enough for, and no more than this.
const batchPages = 64

// read reads pages that are due, the retries before anything new. What is on its way waits in the database until it is finished, and is left out:
// by what was on its way before, since it may be finished while this reads.
func (t *turn) read(ctx context.Context) error {
	limit := batchPages
	if delay := t.run.f.scraper.HostState(t.host.name).Delay; delay > 0 {
		limit = min(limit, 1+int(t.rest()/delay))
	}
	select {
	case <-t.visited: // whatever has ended until now is in what is read now
	default:
	}
	t.mu.Lock()
	busy := make(map[int64]bool, len(t.inFlight))
	for id := range t.inFlight {
		busy[id] = true
	}
	for _, p := range t.returned {
		busy[p.id] = true
	}
	t.mu.Unlock()
	const columns = "SELECT p.id, p.url, p.depth, p.tries, p.list, coalesce(p.more, '') AS more, coalesce(s.url, '') AS seed, coalesce(f.url, '') AS referrer, p.state, p.due, p.placed FROM dechaff_page p " +
		"LEFT JOIN dechaff_seed s ON s.id = p.seed LEFT JOIN dechaff_page f ON f.id = p.referrer WHERE p.crawl = $1 AND p.state < 2 AND p.due <= $3 AND "
	waiting := "p.host = $2 AND p.state = "
	if t.run.full() {
		waiting = "p.placed AND p.host + 0 = $2 AND p.state + 0 = " // by the index on those that have a place, which are few
	}
	return each(ctx, t.run.f.store, "SELECT id, url, depth, tries, list, more, seed, referrer, placed FROM (SELECT * FROM ("+
		columns+waiting+"1 ORDER BY p.due, p.id LIMIT $4) AS a UNION ALL SELECT * FROM ("+
		columns+waiting+"0 ORDER BY p.due, p.id LIMIT $4) AS b) AS c ORDER BY state DESC, due, id LIMIT $4",
		[]any{t.job.Args.Crawl, t.job.Args.Host, t.run.f.clock.earliest(), limit + len(busy)}, func(scan func(...any) error) error {
			p, err := scanPage(scan)
			if err == nil && !busy[p.id] {
				t.batch = append(t.batch, p)
			}
			return err
		})
}

func scanPage(scan func(...any) error) (*page, error) {
	p, list, extra := &page{}, 0, ""
	q := &p.request
	if err := scan(&p.id, &q.URL, &q.Depth, &q.Tries, &list, &extra, &q.Seed, &q.Referrer, &p.placed); err != nil {
		return nil, err
	}
	q.List = scraper.List(list)
	if extra == "" {
		return p, nil
	}
	var m more
	if err := json.Unmarshal([]byte(extra), &m); err != nil {
		return nil, err
	}
	q.Via, q.Published, q.Modified = m.Via, m.Published, m.Modified
	return p, nil
}
