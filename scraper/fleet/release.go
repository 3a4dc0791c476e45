package fleet

import (
	"context"
	"maps"
	"slices"
)

// deferredRelease is a host that must be released later, because the database was unavailable when the host was claimed
// or released. The host's row may name this worker as the owner.
type deferredRelease struct {
	host    hostRow
	owner   string // the worker's name when it claimed the host
	learned bool   // the worker certainly owned the host, and its state in the field host must be stored
}

// reserveHost reserves a host in this process for one turn or visit, before the host's row is claimed: only one turn or
// visit at a time may claim or release the row. It returns false if the host is already reserved.
func (w *worker) reserveHost(host int) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.reserved[host] {
		return false
	}
	w.reserved[host] = true
	return true
}

// unreserveHost ends a reservation.
func (w *worker) unreserveHost(host int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.reserved, host)
}

// deferRelease makes the next heartbeat release a host's row. Until then the host stays reserved.
func (w *worker) deferRelease(d deferredRelease) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.releases[d.host.id] = d
}

// flushReleases releases the hosts that were passed to deferRelease. It does not change the row of a host that now has
// another owner.
func (w *worker) flushReleases(ctx context.Context) error {
	w.mu.Lock()
	releases := slices.Collect(maps.Values(w.releases))
	w.mu.Unlock()
	for _, d := range releases {
		var err error
		if d.learned {
			err = w.f.db().releaseHost(ctx, d.owner, &d.host)
		} else {
			err = w.f.db().releaseHostAsIs(ctx, d.owner, d.host.id)
		}
		if err != nil {
			return err
		}
		w.mu.Lock()
		delete(w.releases, d.host.id)
		delete(w.reserved, d.host.id)
		w.mu.Unlock()
	}
	return nil
}
