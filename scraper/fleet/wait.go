package fleet

import (
	"context"
	"time"
)

// A Wait says for what a worker waits that has nothing to do although pages are left: all their hosts are other workers'.
type Wait struct {
	// Hosts is how many hosts other workers have.
	Hosts int
	// Until is when the last of these workers is taken for dead, and its hosts are free, unless it gives a sign of life before.
	Until time.Time
}

// idleLooks is how many looks in a row find this worker without a turn before OnWait is called. Between two turns it has
// none for a moment, without waiting for anybody.
const idleLooks = 2

// tellWait calls OnWait when this worker waits for others.
func (r *run) tellWait(ctx context.Context, owned bool) error {
	if r.job.OnWait == nil || r.worker == nil {
		return nil
	}
	if !owned || r.turns.Load() > 0 || r.inWork.Load() > 0 {
		r.idleLooks = 0
		return nil
	}
	if r.idleLooks++; r.idleLooks < idleLooks {
		return nil
	}
	var w Wait
	var until int64
	_, err := one(ctx, r.f.store, `SELECT count(*), coalesce(max(w.alive_until), 0) FROM dechaff_host h
		JOIN dechaff_worker w ON w.id = h.owner WHERE h.crawl = $1 AND h.owner <> $2`, []any{r.id, r.worker.name()}, &w.Hosts, &until)
	if err != nil || w.Hosts == 0 {
		return err
	}
	w.Until = r.f.clock.local(until)
	r.reports.Lock()
	defer r.reports.Unlock()
	r.job.OnWait(w)
	return nil
}
