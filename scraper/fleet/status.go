package fleet

import (
	"context"
	"time"

	"github.com/dechaff/dechaff/scraper"
)

// Status tells how a crawl stands, over all its workers.
type Status struct {
	// Name is the crawl's.
	Name string
	// State is "running", "paused", "cancelled" or "done".
	State string
	// Workers is how many processes have taken part in some crawl of this database lately.
	Workers int
	// Stats counts what was done. InFlight and Elapsed are zero: they are not kept.
	Stats scraper.Stats
	// Hosts is what waits and was done by host, in the order of their names.
	Hosts []HostStatus
}

// HostStatus tells how one host of a crawl stands.
type HostStatus struct {
	// Host is a name and a port.
	Host string
	// Waiting is how many of its pages wait, for a retry too.
	Waiting int
	// Handled, Failed, Skipped and Redirected are what became of its pages that were visited.
	Handled, Failed, Skipped, Redirected int
	// Due is when it may next be asked; in the past when that is now.
	Due time.Time
	// Busy tells that a worker has its turn.
	Busy bool
}

// stateNames are those of a crawl.
var stateNames = [...]string{running: "running", paused: "paused", cancelled: "cancelled", done: "done"}

// Status reads how a crawl stands, by name; empty means "default". It counts what waits, which takes a second for some millions.
//
// Errors: ErrNoCrawl, and the database's.
func (f *Fleet) Status(ctx context.Context, name string) (Status, error) {
	id, state, err := f.crawl(ctx, name)
	if err != nil {
		return Status{}, err
	}
	s := Status{Name: Job{Name: name}.name(), State: stateNames[state]}
	if s.Stats, err = f.stats(ctx, id); err != nil {
		return s, err
	}
	if _, err = one(ctx, f.store, "SELECT count(*) FROM dechaff_worker WHERE alive_until >= $1", []any{f.clock.earliest()}, &s.Workers); err != nil {
		return s, err
	}
	err = each(ctx, f.store, `SELECT h.name, h.due, h.owner IS NOT NULL AND coalesce(h.crawl, 0) = $1, coalesce(w.n, 0), coalesce(y.handled, 0), coalesce(y.failed, 0), coalesce(y.skipped, 0), coalesce(y.redirected, 0)
		FROM dechaff_turn t JOIN dechaff_host h ON h.id = t.host LEFT JOIN dechaff_tally y ON y.crawl = t.crawl AND y.host = t.host
		LEFT JOIN (SELECT host, count(*) AS n FROM dechaff_page WHERE crawl = $1 AND state < 2 GROUP BY host) AS w ON w.host = t.host
		WHERE t.crawl = $1 ORDER BY h.name`, []any{id}, func(scan func(...any) error) error {
		var h HostStatus
		var due int64
		if err := scan(&h.Host, &due, &h.Busy, &h.Waiting, &h.Handled, &h.Failed, &h.Skipped, &h.Redirected); err != nil {
			return err
		}
		h.Due = f.clock.local(due)
		s.Hosts = append(s.Hosts, h)
		return nil
	})
	return s, err
}

// crawl finds a crawl by its name.
func (f *Fleet) crawl(ctx context.Context, name string) (id, state int, err error) {
	found, err := one(ctx, f.store, "SELECT id, state FROM dechaff_crawl WHERE name = $1", []any{Job{Name: name}.name()}, &id, &state)
	if err == nil && !found {
		err = ErrNoCrawl
	}
	return id, state, err
}

// stats adds up the counts of a crawl's hosts.
func (f *Fleet) stats(ctx context.Context, crawl int) (scraper.Stats, error) {
	s := scraper.Stats{}
	var taken, skipped int
	_, err := one(ctx, f.store, `SELECT CAST(coalesce(sum(taken), 0) AS bigint), CAST(coalesce(sum(fetched), 0) AS bigint), CAST(coalesce(sum(handled), 0) AS bigint), CAST(coalesce(sum(listed), 0) AS bigint), CAST(coalesce(sum(failed), 0) AS bigint),
		CAST(coalesce(sum(skipped), 0) AS bigint), CAST(coalesce(sum(redirected), 0) AS bigint), CAST(coalesce(sum(retried), 0) AS bigint), CAST(coalesce(sum(bytes), 0) AS bigint), (SELECT count(*) FROM dechaff_turn WHERE crawl = $1)
		FROM dechaff_tally WHERE crawl = $1`, []any{crawl}, &taken, &s.Fetched, &s.Handled, &s.Listed, &s.Failed, &skipped, &s.Redirected, &s.Retried, &s.Bytes, &s.Hosts)
	if err != nil {
		return s, err
	}
	s.Queued = taken - s.Handled - s.Listed - s.Failed - skipped - s.Redirected
	if s.Skipped, err = readReasons(ctx, f.store, skipTable, crawl); err != nil {
		return s, err
	}
	s.Failures, err = readReasons(ctx, f.store, failureTable, crawl)
	return s, err
}

// stats are the crawl's, with what only this run knows.
func (r *run) stats(ctx context.Context) (scraper.Stats, error) {
	s, err := r.f.stats(ctx, r.id)
	s.InFlight, s.Elapsed = int(r.inWork.Load()), time.Since(r.begun)
	return s, err
}
