package fleet

import (
	"context"
	"time"
)

// A Wait describes why a worker has nothing to do although pages are left: other workers own the hosts of these pages.
type Wait struct {
	// Hosts is how many of the crawl's hosts other workers own.
	Hosts int
	// Until is when the last of these workers' leases ends. Workers that are alive renew their leases before that time,
	// and the hosts of dead workers become free.
	Until time.Time
}

// maxIdleChecks is how many checks in a row must find this worker without a turn before OnWait is called. Between two
// turns, a worker briefly has no turn although it is not waiting for others.
const maxIdleChecks = 2

// notifyWait calls OnWait if this worker waits for others. isOwned reports whether any worker owns a host of the crawl.
func (r *run) notifyWait(ctx context.Context, isOwned bool) error {
	if r.job.OnWait == nil || r.worker == nil {
		return nil
	}
	if !isOwned || r.turns.Load() > 0 || r.inWork.Load() > 0 {
		r.idleChecks = 0
		return nil
	}
	if r.idleChecks++; r.idleChecks < maxIdleChecks {
		return nil
	}
	hosts, until, err := r.f.db().hostsOfOthers(ctx, r.id, r.worker.name())
	if err != nil || hosts == 0 {
		return err
	}
	r.reports.Lock()
	defer r.reports.Unlock()
	r.job.OnWait(Wait{Hosts: hosts, Until: r.f.clock.local(until)})
	return nil
}
