package fleet

import (
	"cmp"
	"context"
	"slices"
	"time"
)

// shortWait is how long a host gets no request after the process of its owner has ended. Longer waits are stored, see
// keepDue.
const shortWait = 2 * time.Second

// shortenLeases ends the leases of workers whose processes have ended without removing their rows.
func (f *Fleet) shortenLeases(ctx context.Context, caller string) error {
	others, err := f.db().otherWorkers(ctx, caller)
	if err != nil {
		return err
	}
	for _, w := range others {
		if !f.store.hasEnded(ctx, w.client) {
			continue
		}
		if err := f.db().shortenLease(ctx, w.id, f.clock.latest()+shortWait.Milliseconds()); err != nil {
			return err
		}
	}
	return nil
}

// removeDeadWorkers gives the hosts of workers whose lease has ended to other workers. It skips the caller, whose own
// lease may have ended too.
func (f *Fleet) removeDeadWorkers(ctx context.Context, caller string) error {
	dead, err := f.db().deadWorkers(ctx, f.clock.earliest(), caller)
	if err != nil {
		return err
	}
	for _, id := range dead {
		if err := f.removeWorker(ctx, id, f.clock.earliest()); err != nil {
			return err
		}
	}
	return nil
}

// removeWorker removes a worker whose lease has ended by the given time, and releases its hosts. River would rescue the
// worker's turns only after a minute or more, so each turn gets a new epoch and a new job here. When River rescues the
// old job, the job ends because its epoch is outdated.
func (f *Fleet) removeWorker(ctx context.Context, id string, now int64) error {
	removed := ""
	err := f.tx(ctx, func(q queries) error {
		dead, found, err := q.lockDeadWorker(ctx, id, now)
		if err != nil || !found {
			return err
		}
		turns, err := f.turnsOf(ctx, q, dead)
		if err != nil {
			return err
		}
		var replaced []turnArgs
		for _, turn := range turns {
			current, err := q.replaceTurn(ctx, turn)
			if err != nil {
				return err
			}
			if turn.Epoch++; current {
				replaced = append(replaced, turn)
			}
		}
		if err := q.releaseHostsOf(ctx, id); err != nil {
			return err
		}
		if err := q.deleteWorker(ctx, id); err != nil {
			return err
		}
		removed = dead.client
		return f.queue.insert(ctx, q.executor, replaced)
	})
	if err == nil && removed != "" {
		f.store.forgetPresence(removed)
	}
	return err
}

// turnsOf lists the turns on which a worker is working, and those that River counts as running on that worker. They are
// sorted by host.
func (f *Fleet) turnsOf(ctx context.Context, q queries, w workerRow) ([]turnArgs, error) {
	lost, err := f.queue.runningTurns(ctx, q.executor, w.crawl, w.client)
	if err != nil {
		return nil, err
	}
	turns, err := q.turnsOf(ctx, w.id)
	turns = append(turns, lost...)
	slices.SortFunc(turns, func(a, b turnArgs) int {
		return cmp.Or(cmp.Compare(a.Host, b.Host), cmp.Compare(a.Epoch, b.Epoch))
	})
	return slices.Compact(turns), err
}
