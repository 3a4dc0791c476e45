package fleet

import (
	"context"
	"maps"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/riverqueue/river"
)

// finish ends the turn. Where a request is still on its way, the host stays this worker's until that has ended, and River's job comes again later.
func (t *turn) finish(ctx context.Context) error {
	for _, v := range t.flying() {
		select {
		case <-v.released:
		case <-time.After(max(t.rest()+spare/3, 0)):
			t.run.visits.Add(1)
			go func() {
				defer t.run.visits.Done()
				for _, v := range t.flying() {
					<-v.released
				}
				_ = t.close(ctx, false)
			}()
			return river.JobSnooze(time.Second)
		}
	}
	return t.close(ctx, true)
}

func (t *turn) flying() []*visit {
	t.mu.Lock()
	defer t.mu.Unlock()
	var list []*visit
	for _, v := range t.inFlight {
		list = append(list, v)
	}
	return list
}

// leaveBehind lists the pages whose handlers go on, and has the worker hold them from now on. A visit that ends meanwhile has ended before, or takes its page off that list.
func (t *turn) leaveBehind() []int64 {
	t.mu.Lock()
	defer t.mu.Unlock()
	left := slices.Sorted(maps.Keys(t.inFlight))
	t.run.worker.straggle(left, true)
	return left
}

// closing is how long the database is waited for at the end of a turn, or of a run.
const closing = 2 * time.Minute

// handlersEnd is how long the end of a turn waits for handlers, so that most pages are finished within their turn.
const handlersEnd = time.Second

// close gives the host back, and says what River is to do with the job: nothing where it is completed, or the time of the next turn.
func (t *turn) close(ctx context.Context, withJob bool) error {
	deadline := time.Now().Add(handlersEnd)
	for len(t.flying()) > 0 && (time.Now().Before(deadline) || ctx.Err() != nil) {
		select {
		case <-t.visited:
		case <-time.After(10 * time.Millisecond):
		}
	}
	t.commits.Lock()
	defer t.commits.Unlock()
	t.ended = true
	left := t.leaveBehind()
	t.run.f.learn(&t.host)
	if left := time.Until(t.notBefore); left > 0 {
		t.host.due = max(t.host.due, t.run.f.clock.ahead(t.notBefore))
	}
	ending, cancel := context.WithTimeout(t.river, t.run.f.closing)
	defer cancel()
	var snooze time.Duration
	completed := false
	err := persist(ending, t.run.f.store, func(ctx context.Context) error {
		return t.run.f.store.tx(ctx, func(tx executor) error {
			var err error
			snooze, completed, err = t.closeIn(ctx, tx, left, withJob)
			return err
		})
	})
	if err == nil {
		t.run.worker.letGo(t.host.id)
	}
	switch {
	case err != nil:
		t.run.worker.owe(owed{t.host, t.owner, true})
		t.complain(ctx, err)
		return err
	case completed:
		return nil
	case t.yield.Load():
		snooze += rand.N(500 * time.Millisecond)
	}
	return river.JobSnooze(max(snooze, 0))
}

// closeIn is the transaction of close. The host's row is locked, so that nobody adds pages to it while it is seen whether any are left.
func (t *turn) closeIn(ctx context.Context, tx executor, left []int64, withJob bool) (snooze time.Duration, completed bool, err error) {
	a, f := t.job.Args, t.run.f
	current, err := one(ctx, tx, "SELECT epoch FROM dechaff_turn WHERE crawl = $1 AND host = $2 AND epoch = $3 AND active FOR UPDATE", []any{a.Crawl, a.Host, a.Epoch}, new(int))
	if err != nil {
		return 0, false, err
	}
	held := f.clock.latest() + t.run.worker.lease().Milliseconds()
	for _, id := range left {
		if _, err := tx.exec(ctx, "UPDATE dechaff_page SET due = $2 WHERE id = $1 AND state < 2", id, held); err != nil {
			return 0, false, err
		}
	}
	if err := t.host.release(ctx, tx, t.owner); err != nil {
		return 0, false, err
	}
	if !current { // this worker was taken for dead, and a later turn was made
		return 0, true, t.complete(ctx, tx, withJob)
	}
	var next int64
	waits, err := one(ctx, tx, `SELECT due FROM (SELECT * FROM (SELECT due FROM dechaff_page WHERE crawl = $1 AND host = $2 AND state < 2 AND state = 0 ORDER BY due LIMIT 1) AS a
		UNION ALL SELECT * FROM (SELECT due FROM dechaff_page WHERE crawl = $1 AND host = $2 AND state < 2 AND state = 1 ORDER BY due LIMIT 1) AS b) AS c ORDER BY due LIMIT 1`,
		[]any{a.Crawl, a.Host}, &next)
	if err != nil {
		return 0, false, err
	}
	if waits || !withJob {
		return time.Duration(max(next, t.host.due)-f.clock.earliest()) * time.Millisecond, false, nil
	}
	if _, err := tx.exec(ctx, "UPDATE dechaff_turn SET active = false WHERE crawl = $1 AND host = $2", a.Crawl, a.Host); err != nil {
		return 0, false, err
	}
	return 0, true, t.complete(ctx, tx, withJob)
}

func (t *turn) complete(ctx context.Context, tx executor, withJob bool) error {
	if !withJob {
		return nil
	}
	return t.run.f.queue.complete(ctx, tx, t.job)
}
