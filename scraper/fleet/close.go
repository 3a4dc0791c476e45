package fleet

import (
	"context"
	"maps"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/riverqueue/river"
)

// finish ends the turn. If a request is still in progress graceTime/3 after the turn's time is up, the River job runs
// again later, and the host stays with this worker until the request has ended.
func (t *turn) finish(ctx context.Context) error {
	for _, v := range t.visits() {
		select {
		case <-v.released:
		case <-time.After(max(t.remaining()+graceTime/3, 0)):
			t.run.visits.Add(1)
			go func() {
				defer t.run.visits.Done()
				for _, v := range t.visits() {
					<-v.released
				}
				_ = t.close(ctx, false)
			}()
			return river.JobSnooze(time.Second)
		}
	}
	return t.close(ctx, true)
}

// visits lists the visits that have not ended.
func (t *turn) visits() []*visit {
	t.mu.Lock()
	defer t.mu.Unlock()
	var list []*visit
	for _, v := range t.inFlight {
		list = append(list, v)
	}
	return list
}

// detachVisits returns the pages whose handlers are still running. From now on, the worker's heartbeats keep these
// pages from being delivered again. A visit that ends at the same time either ends before this call, or removes its
// page from the worker's stragglers.
func (t *turn) detachVisits() []int64 {
	t.mu.Lock()
	defer t.mu.Unlock()
	left := slices.Sorted(maps.Keys(t.inFlight))
	t.run.worker.addStragglers(left)
	return left
}

// closingWait is how long a worker waits for the database at the end of a turn or a run.
const closingWait = 2 * time.Minute

// handlerWait is how long the end of a turn waits for handlers, so that most pages are finished within the turn. If the
// run is being stopped, the turn waits until all its handlers have returned.
const handlerWait = time.Second

// close releases the host. The River job is then complete, or runs again at the time of the next turn. The argument
// withJob is false if River was already told to run the job again.
func (t *turn) close(ctx context.Context, withJob bool) error {
	deadline := time.Now().Add(handlerWait)
	for len(t.visits()) > 0 && (time.Now().Before(deadline) || ctx.Err() != nil) {
		select {
		case <-t.visited:
		case <-time.After(10 * time.Millisecond):
		}
	}
	t.commits.Lock()
	defer t.commits.Unlock()
	t.ended = true
	left := t.detachVisits()
	t.run.f.updateHostRow(&t.host)
	if left := time.Until(t.notBefore); left > 0 {
		t.host.due = max(t.host.due, t.run.f.clock.ahead(t.notBefore))
	}
	ending, cancel := context.WithTimeout(t.river, t.run.f.closing)
	defer cancel()
	var snooze time.Duration
	completed := false
	err := persist(ending, t.run.f.store, func(ctx context.Context) error {
		return t.run.f.tx(ctx, func(q queries) error {
			var err error
			snooze, completed, err = t.commitClose(ctx, q, left, withJob)
			return err
		})
	})
	if err != nil {
		t.run.worker.deferRelease(deferredRelease{t.host, t.owner, true})
		t.abortUnlessOutage(ctx, err)
		return err
	}
	t.run.worker.unreserveHost(t.host.id)
	if completed {
		return nil
	}
	if t.yield.Load() {
		snooze += rand.N(500 * time.Millisecond)
	}
	return river.JobSnooze(max(snooze, 0))
}

// commitClose is the transaction of close. It locks the turn's row, so that no pages of the host are added between the
// check for remaining pages and the end of the turn.
func (t *turn) commitClose(
	ctx context.Context, q queries, left []int64, withJob bool,
) (snooze time.Duration, completed bool, err error) {
	a, f := t.job.Args, t.run.f
	until := f.clock.latest() + t.run.worker.lease().Milliseconds()
	if len(left) > 0 { // before the turn is locked: see commit
		if err := q.postponePages(ctx, left, until); err != nil {
			return 0, false, err
		}
	}
	current, err := q.lockCurrentTurn(ctx, a)
	if err != nil {
		return 0, false, err
	}
	if err := q.releaseHost(ctx, t.owner, &t.host); err != nil {
		return 0, false, err
	}
	if !current { // this worker was considered dead, and the host got a later turn
		return 0, true, t.complete(ctx, q, withJob)
	}
	next, waits, err := q.firstDue(ctx, a.Crawl, a.Host)
	if err != nil {
		return 0, false, err
	}
	if waits || !withJob {
		if !f.isTooLate(f.clock.local(t.host.due)) {
			next = max(next, t.host.due)
		}
		return time.Duration(next-f.clock.earliest()) * time.Millisecond, false, nil
	}
	if err := q.endTurn(ctx, a); err != nil {
		return 0, false, err
	}
	return 0, true, t.complete(ctx, q, withJob)
}

func (t *turn) complete(ctx context.Context, q queries, withJob bool) error {
	if !withJob {
		return nil
	}
	return t.run.f.queue.complete(ctx, q.executor, t.job)
}
