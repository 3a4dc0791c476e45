package fleet

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"github.com/dechaff/dechaff/scraper"
)

// A Job describes a crawl, and has the name under which the database stores it.
type Job struct {
	// Name identifies the crawl in the database; empty means "default". Workers with the same name share the crawl and
	// should have the same Job.
	Name string
	// The embedded Job has the same meaning as for scraper.Crawl. Seeds that the crawl has not seen are added to it.
	// Progress is called once a second with the counts of the whole crawl, or less often if adding up the counts takes
	// long. OnSkip and OnError are called for this worker's pages. At most one of these three functions runs at a time.
	scraper.Job
	// OnWait is called at most once a second while this worker has nothing to do because other workers own all
	// remaining hosts. If one of these workers has crashed, its hosts become free by Wait.Until. OnWait should return
	// quickly.
	OnWait func(Wait)
}

func (j Job) name() string {
	if j.Name == "" {
		return "default"
	}
	return j.Name
}

// Crawl starts the job's crawl, joins it, or continues it after a crash, depending on the state in the database. It
// returns the counts of the whole crawl when no pages are left for any worker, or when MaxPages pages have been
// delivered and finished. It also returns when ctx ends; the remaining pages then stay in the database. A crawl that
// has ended is continued only if the job has new seeds or a larger MaxPages, or after Restart. While a crawl is paused,
// Crawl waits.
//
// Each page is delivered at least once: a page is marked as done or failed only after its handler has returned, in the
// same transaction that inserts the links found on it. Pages in progress when a worker dies are delivered again, within
// 90 seconds of its death. Such a page keeps its place under MaxPages, so no more than MaxPages different pages are
// delivered.
//
// Errors: ctx's error, ErrCancelled, scraper.ErrOptions, scraper.ErrNoPages, and database errors. No page is lost,
// unless the error is ErrLost.
func (f *Fleet) Crawl(ctx context.Context, job Job, handler scraper.Handler) (scraper.Stats, error) {
	seeds, err := job.Begin()
	if err != nil {
		return scraper.Stats{}, err
	}
	begun := time.Now()
	id, err := f.beginCrawl(ctx, job.name(), seeds, job.MaxPages > 0)
	if err != nil {
		return scraper.Stats{}, err
	}
	runCtx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	r := &run{
		f: f, id: id, job: job, handler: handler, cancel: cancel, begun: begun, seen: newSeenCache(),
		watch: scraper.NewWatch(job.Job),
		slots: make(chan struct{}, f.opts.Scraper.Workers), idle: make(chan struct{}, 1),
	}
	err = r.runUntilEnd(runCtx)
	return r.result(ctx, err)
}

// run is one call of Crawl in one process.
type run struct {
	f          *Fleet
	id         int // of the crawl
	job        Job
	handler    scraper.Handler
	cancel     context.CancelCauseFunc
	begun      time.Time
	quiet      time.Time // Progress is not called before this time
	worker     *worker
	slots      chan struct{} // one for each concurrent visit
	seen       *seenCache
	watch      *scraper.Watch
	visits     sync.WaitGroup
	handed     atomic.Int64  // places under MaxPages that are taken, as far as this worker knows
	inWork     atomic.Int64  // visits in progress
	seeking    atomic.Int64  // visits in progress that may still take a place under MaxPages
	turns      atomic.Int64  // turns in progress
	idle       chan struct{} // gets a value when this worker has no turn left; capacity 1
	failed     atomic.Bool   // ended by an error of the database
	halted     atomic.Bool   // paused, canceled or at its end: no new visits
	idleChecks int           // how many checks in a row found this worker without a turn
	fullAt     atomic.Int64  // when all places were first seen to be taken, in nanoseconds since 1970

	reports sync.Mutex // held while one of the job's functions runs
	first   error      // guarded by reports
}

// abort ends the run because of an error of the database.
func (r *run) abort(err error) {
	r.failed.Store(true)
	r.cancel(err)
}

// runUntilEnd works on the crawl until it is over or ctx ends.
func (r *run) runUntilEnd(ctx context.Context) error {
	over, err := r.checkStatus(ctx)
	if err != nil || over {
		return err
	}
	if r.worker, err = r.f.newWorker(ctx, r.id); err != nil {
		return err
	}
	hide := r.f.store.showPresence(ctx, r.worker.client)
	living, stopLiving := context.WithCancel(context.WithoutCancel(ctx))
	var alive sync.WaitGroup
	alive.Go(func() { r.worker.keepAlive(living, r.abort) })
	err = r.workAndWatch(ctx)
	r.visits.Wait()
	stopLiving()
	alive.Wait()
	hide() // if signOff fails, other processes can see that this worker has ended
	leaving, cancel := r.f.outlive(ctx)
	defer cancel()
	left := persist(leaving, r.f.store, r.worker.signOff)
	if r.f.store.isOutage(left) || left != nil && leaving.Err() != nil { // nothing is lost: the lease ends soon
		r.f.opts.Logger.WarnContext(ctx, "fleet: the worker could not be unregistered", slog.Any("err", left))
		return err
	}
	if err == nil {
		err = left
	}
	return err
}

// outlive returns a context for the work at the end of a run. It ends after closingWait, or graceTime after the end of
// ctx if that is sooner.
func (f *Fleet) outlive(ctx context.Context) (context.Context, context.CancelFunc) {
	lasting, cancel := context.WithTimeout(context.WithoutCancel(ctx), f.closing)
	stop := context.AfterFunc(ctx, func() {
		_ = sleep(lasting, graceTime)
		cancel()
	})
	return lasting, func() {
		stop()
		cancel()
	}
}

// workAndWatch lets River run turns while the crawl runs, and checks the crawl's status once a second.
func (r *run) workAndWatch(ctx context.Context) error {
	var stop func(time.Duration)
	defer func() {
		r.halted.Store(true)
		if stop == nil {
			return
		}
		if r.failed.Load() { // River cannot write the ends of its jobs either, and would repeat that for all of graceTime
			stop(time.Second)
			return
		}
		stop(graceTime)
	}()
	ticker := time.NewTicker(time.Second)
	defer ticker.Stop()
	for {
		over, err := r.checkStatus(ctx)
		switch {
		case context.Cause(ctx) != nil:
			return context.Cause(ctx)
		case over:
			return err
		case err != nil && r.f.store.isOutage(err):
			r.f.opts.Logger.WarnContext(ctx, "fleet: the database is unavailable", slog.Any("err", err))
		case err != nil:
			return err
		case r.halted.Load() && stop != nil:
			stop(graceTime)
			stop = nil
		case !r.halted.Load() && stop == nil:
			if stop, err = r.f.queue.work(r.id, workOptions{
				client: r.worker.client, turns: r.f.opts.Hosts, length: r.f.opts.Turn, logger: r.f.opts.Logger,
				work: func(river context.Context, turn *job) error { return r.work(ctx, river, turn) },
			}); err != nil {
				return err
			}
		}
		r.progress(ctx)
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-ticker.C:
		case <-r.idle:
		}
	}
}

// checkStatus reads the crawl's status and reports whether the crawl is over. It also does work that any worker may do:
// it gives the hosts of dead workers to others, and marks the crawl as done if no pages are left.
func (r *run) checkStatus(ctx context.Context) (over bool, err error) {
	if err := r.f.store.check(); err != nil {
		return false, err
	}
	s, err := r.f.db().crawlStatus(ctx, r.id, r.f.clock.earliest(), r.workerName())
	if err != nil {
		return false, err
	}
	if s.others {
		if err := r.f.shortenLeases(ctx, r.workerName()); err != nil {
			return false, err
		}
	}
	if s.deadWorkers {
		if err := r.f.removeDeadWorkers(ctx, r.workerName()); err != nil {
			return false, err
		}
	}
	r.raiseHanded(s.handed)
	r.halted.Store(s.state != running || r.isFull() && !s.ready)
	switch {
	case s.state == cancelled && !s.hasHosts:
		return true, ErrCancelled
	case s.state == done, r.isFull() && !s.hasHosts && !s.unfinished:
		return true, nil
	case s.state == running && !s.hasTurns:
		return r.finish(ctx)
	}
	return false, r.notifyWait(ctx, s.hasHosts && s.state == running)
}

// workerName returns the worker's name. It is empty before there is a worker.
func (r *run) workerName() string {
	if r.worker == nil {
		return ""
	}
	return r.worker.name()
}

// raiseHanded raises the known number of taken places to n, if n is larger.
func (r *run) raiseHanded(n int64) {
	for known := r.handed.Load(); n > known && !r.handed.CompareAndSwap(known, n); known = r.handed.Load() {
		continue
	}
}

// finish marks a crawl as done if no pages are left, and reports whether it did. No page should be waiting while its
// host has no turn; if one is, finish gives the host a turn.
func (r *run) finish(ctx context.Context) (over bool, err error) {
	err = r.f.tx(ctx, func(q queries) error {
		over = false
		given, err := r.f.giveMissingTurns(ctx, q, r.id)
		if err != nil || given > 0 {
			return err
		}
		// Parked pages are settled together with the page that they wait for, so there should be no parked pages at this
		// point.
		left, err := q.unparkAll(ctx, r.id, r.f.clock.earliest())
		if err == nil && left > 0 {
			_, err = r.f.giveMissingTurns(ctx, q, r.id)
		}
		if err != nil || left > 0 {
			return err
		}
		over, err = q.finishCrawl(ctx, r.id) // if not, the next check sees a new turn or a pause
		return err
	})
	return over && err == nil, err
}

// result returns the results of Crawl.
func (r *run) result(ctx context.Context, err error) (scraper.Stats, error) {
	if ctx.Err() != nil && errors.Is(err, ctx.Err()) {
		err = ctx.Err()
	}
	reading, cancel := r.f.outlive(ctx)
	defer cancel()
	var stats scraper.Stats
	readErr := persist(reading, r.f.store, func(ctx context.Context) (err error) {
		stats, err = r.stats(ctx)
		return err
	})
	if err == nil {
		err = readErr
	}
	if err == nil && r.isFull() && stats.Queued > 0 { // queued pages stay in the database for a larger MaxPages
		stats.Skipped[scraper.Reason(scraper.ErrPageLimit)] = stats.Queued
		stats.Queued = 0
	}
	if err == nil && stats.Fetched == 0 {
		err = scraper.ErrNoPages
		r.reports.Lock()
		defer r.reports.Unlock()
		if r.first != nil {
			err = fmt.Errorf("%w: %w", scraper.ErrNoPages, r.first)
		}
	}
	return stats, err
}

// progress calls the job's Progress, if it is set and the time quiet has passed.
func (r *run) progress(ctx context.Context) {
	began := time.Now()
	if r.job.Progress == nil || began.Before(r.quiet) {
		return
	}
	stats, err := r.stats(ctx)
	r.quiet = began.Add(20 * time.Since(began)) // adding up the counts of a million hosts takes a while
	if err != nil {
		return // an outage; try again in a second
	}
	r.reports.Lock()
	defer r.reports.Unlock()
	r.job.Progress(stats)
}

// notifySkip calls the job's OnSkip. It also keeps err if it is the first error of the run.
func (r *run) notifySkip(req scraper.Request, err error) {
	r.reports.Lock()
	defer r.reports.Unlock()
	if r.first == nil {
		r.first = err
	}
	if r.job.OnSkip != nil {
		r.job.OnSkip(req, err)
	}
}

// notifyError calls the job's OnError. It also keeps err if it is the first error of the run.
func (r *run) notifyError(req scraper.Request, err error) {
	r.reports.Lock()
	defer r.reports.Unlock()
	if r.first == nil {
		r.first = err
	}
	if r.job.OnError != nil {
		r.job.OnError(req, err)
	}
}
