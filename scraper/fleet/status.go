package fleet

import (
	"context"
	"time"

	"github.com/dechaff/dechaff/scraper"
)

// Status describes the progress of a crawl across all its workers.
type Status struct {
	// Name is the crawl's name.
	Name string
	// State is "running", "paused", "cancelled" or "done".
	State string
	// Workers is how many workers currently take part in any of the database's crawls.
	Workers int
	// Stats contains the crawl's counts. InFlight and Elapsed are zero, because they are not stored.
	Stats scraper.Stats
	// Hosts contains the progress on each host, sorted by name.
	Hosts []HostStatus
}

// HostStatus describes the progress of a crawl on one host.
type HostStatus struct {
	// Host is a name and a port.
	Host string
	// Waiting is how many of the host's pages are waiting, including those that wait for a retry.
	Waiting int
	// Handled, Failed, Skipped and Redirected count the host's visited pages by result.
	Handled, Failed, Skipped, Redirected int
	// Due is when the next request to the host may be made; it is in the past if one may be made now.
	Due time.Time
	// Busy reports whether a worker owns the host for this crawl.
	Busy bool
}

// Status returns the status of the crawl with the given name; an empty name means "default". It counts the waiting
// pages, which takes about a second for a few million.
//
// Errors: ErrNoCrawl and database errors.
func (f *Fleet) Status(ctx context.Context, name string) (Status, error) {
	id, state, err := f.findCrawl(ctx, name)
	if err != nil {
		return Status{}, err
	}
	s := Status{Name: Job{Name: name}.name(), State: stateNames[state]}
	if s.Stats, err = f.stats(ctx, id); err != nil {
		return s, err
	}
	if s.Workers, err = f.db().countWorkers(ctx, f.clock.earliest()); err != nil {
		return s, err
	}
	err = f.db().hostStatuses(ctx, id, func(h HostStatus, due int64) {
		h.Due = f.clock.local(due)
		s.Hosts = append(s.Hosts, h)
	})
	return s, err
}

// stats adds up the counts of a crawl's hosts.
func (f *Fleet) stats(ctx context.Context, crawl int) (scraper.Stats, error) {
	t, hosts, err := f.db().sumTallies(ctx, crawl)
	if err != nil {
		return scraper.Stats{}, err
	}
	s := scraper.Stats{
		Fetched: t.fetched, Handled: t.handled, Listed: t.listed, Failed: t.failed, Redirected: t.redirected,
		Retried: t.retried, Bytes: t.bytes, Hosts: hosts,
		Queued: t.enqueued - t.handled - t.listed - t.failed - t.skipped - t.redirected,
	}
	if s.Skipped, err = f.db().sumReasons(ctx, skipTable, crawl); err != nil {
		return s, err
	}
	s.Failures, err = f.db().sumReasons(ctx, failureTable, crawl)
	return s, err
}

// stats returns the crawl's counts, together with InFlight and Elapsed of this run.
func (r *run) stats(ctx context.Context) (scraper.Stats, error) {
	s, err := r.f.stats(ctx, r.id)
	s.InFlight, s.Elapsed = int(r.inWork.Load()), time.Since(r.begun)
	return s, err
}
