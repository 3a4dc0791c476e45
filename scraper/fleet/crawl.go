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

// A Job says what to crawl, and under which name the database keeps it.
type Job struct {
	// Name tells crawls in one database apart; empty means "default". Workers that give the same name share that crawl, and should give the same Job.
	Name string
	// Job is what scraper.Crawl takes. Seeds that the crawl has not met are added to it. Progress is told once a second how the whole crawl stands, and
	// less often where it takes long to add that up;
	// OnSkip and OnError of what this worker came upon. They are called one at a time.
	scraper.Job
	// OnWait is called, once a second at most, while this worker has nothing to do because other workers have all hosts that are left. After
	// a crash one of them may be dead: its hosts are free at Wait.Until. It should be quick.
	OnWait func(Wait)
}

func (j Job) name() string {
	if j.Name == "" {
		return "default"
	}
	return j.Name
}

// States of a crawl.
const (
	running = iota
	paused
	cancelled
	done
)

// Crawl begins the job's crawl, or joins it, or goes on with it after a crash: which of these it is, the database knows. It returns when nothing is left
// anywhere, with the counts of the whole crawl; when MaxPages have been handed over and are finished; or when ctx ends, with what is left still in the database. A crawl that
// has ended is left alone, unless the job has new seeds or a larger MaxPages, or Restart has been called. While a crawl is paused, Crawl waits.
//
// Each page is handed over at least once: a page whose handler has returned nil is finished in one transaction together with the links found on it. What was in
// flight when a worker died is handed over again, within 90 seconds of its death. A page that comes again keeps its place under MaxPages: no more pages than that are
// handed over, each of them until it is finished.
//
// Errors: ctx's own, ErrCancelled, scraper.ErrOptions, scraper.ErrNoPages, and the database's, after which nothing is lost.
func (f *Fleet) Crawl(ctx context.Context, job Job, handler scraper.Handler) (scraper.Stats, error) {
	seeds, err := job.Begin()
	if err != nil {
		return scraper.Stats{}, err
	}
	if job.Scope == nil {
		job.Scope = scraper.SameHost
	}
	begun := time.Now()
	id, err := f.begin(ctx, job.name(), seeds, job.MaxPages > 0)
	if err != nil {
		return scraper.Stats{}, err
	}
	runCtx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	r := &run{
		f: f, id: id, job: job, handler: handler, cancel: cancel, begun: begun, slots: make(chan struct{}, f.opts.Scraper.Workers), met: newMet(), idle: make(chan struct{}, 1),
	}
	err = r.runUntilEnd(runCtx)
	return r.end(ctx, err)
}

// run is one Crawl of one process.
type run struct {
	f         *Fleet
	id        int // of the crawl
	job       Job
	handler   scraper.Handler
	cancel    context.CancelCauseFunc
	begun     time.Time
	quiet     time.Time // no progress before
	worker    *worker
	slots     chan struct{} // one for each visit at once
	met       *met
	visits    sync.WaitGroup
	handed    atomic.Int64 // pages handed over by all workers, as this one knows
	inWork    atomic.Int64 // visits on their way
	seeking   atomic.Int64 // those of them that may yet take a place under MaxPages
	turns     atomic.Int64
	idle      chan struct{} // told when this worker has no turn any more; holds one
	halted    atomic.Bool   // paused, cancelled or at its end: no new visits
	idleLooks int           // how many looks in a row found no turn here
	fullAt    atomic.Int64  // when it was first seen to be full, in nanoseconds since 1970

	reports sync.Mutex // one of the job's functions at a time
	first   error      // guarded by reports
}

// fail ends the run because of the database.
func (r *run) fail(err error) { r.cancel(err) }

// runUntilEnd works until the crawl is over or ctx ends.
func (r *run) runUntilEnd(ctx context.Context) error {
	over, err := r.look(ctx)
	if err != nil || over {
		return err
	}
	if r.worker, err = r.f.newWorker(ctx, r.id); err != nil {
		return err
	}
	living, stopLiving := context.WithCancel(context.WithoutCancel(ctx))
	var alive sync.WaitGroup
	alive.Go(func() { r.worker.live(living, r.fail) })
	err = r.workAndWatch(ctx)
	r.visits.Wait()
	stopLiving()
	alive.Wait()
	leaving, cancel := r.f.outlive(ctx)
	defer cancel()
	left := persist(leaving, r.f.store, r.worker.leave)
	if r.f.store.isOutage(left) || left != nil && leaving.Err() != nil { // nothing is lost: the others take it for dead soon
		r.f.opts.Logger.WarnContext(ctx, "fleet: the worker could not sign off", slog.Any("err", left))
		return err
	}
	if err == nil {
		err = left
	}
	return err
}

// outlive is a context for what is to be done at the end. It lasts as long as the database is waited for, and not so long where somebody waits for a stop.
func (f *Fleet) outlive(ctx context.Context) (context.Context, context.CancelFunc) {
	lasting, cancel := context.WithTimeout(context.WithoutCancel(ctx), f.closing)
	stop := context.AfterFunc(ctx, func() {
		_ = sleep(lasting, spare)
		cancel()
	})
	return lasting, func() {
		stop()
		cancel()
	}
}

// workAndWatch has River's turns worked while the crawl runs, and looks once a second how it stands.
func (r *run) workAndWatch(ctx context.Context) error {
	var stop func()
	defer func() {
		r.halted.Store(true)
		if stop != nil {
			stop()
		}
	}()
	ticker := time.NewTicker(time.Second)
	defer ticker.Stop()
	for {
		over, err := r.look(ctx)
		switch {
		case context.Cause(ctx) != nil:
			return context.Cause(ctx)
		case over:
			return err
		case err != nil && r.f.store.isOutage(err):
			r.f.opts.Logger.WarnContext(ctx, "fleet: the database is away", slog.Any("err", err))
		case err != nil:
			return err
		case r.halted.Load() && stop != nil:
			stop()
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

// look reads how the crawl stands, and does what somebody must: gives the hosts of dead workers to others, and sees the end.
func (r *run) look(ctx context.Context) (over bool, err error) {
	if err := r.f.store.check(); err != nil {
		return false, err
	}
	var state int
	var handed int64
	var active, owned, dead, unfinished, ready bool
	found, err := one(ctx, r.f.store, `SELECT state, handed, EXISTS (SELECT 1 FROM dechaff_turn WHERE crawl = $1 AND active),
		EXISTS (SELECT 1 FROM dechaff_host WHERE owner IS NOT NULL AND crawl = $1), EXISTS (SELECT 1 FROM dechaff_worker WHERE alive_until < $2 AND id <> $3),
		EXISTS (SELECT 1 FROM dechaff_page WHERE crawl = $1 AND placed AND state < 2), EXISTS (SELECT 1 FROM dechaff_page WHERE crawl = $1 AND placed AND state < 2 AND due <= $2)
		FROM dechaff_crawl WHERE id = $1`, []any{r.id, r.f.clock.earliest(), r.workerName()}, &state, &handed, &active, &owned, &dead, &unfinished, &ready)
	if err != nil {
		return false, err
	}
	if !found {
		return false, ErrNoCrawl
	}
	if dead {
		if err := r.f.buryDead(ctx, r.workerName()); err != nil {
			return false, err
		}
	}
	r.knowHanded(handed)
	r.halted.Store(state != running || r.full() && !ready)
	switch {
	case state == cancelled && !owned:
		return true, ErrCancelled
	case state == done, r.full() && !owned && !unfinished:
		return true, nil
	case state == running && !active:
		return r.finish(ctx)
	}
	return false, r.tellWait(ctx, owned && state == running)
}

// workerName is empty before there is a worker.
func (r *run) workerName() string {
	if r.worker == nil {
		return ""
	}
	return r.worker.name()
}

// knowHanded keeps the largest count of pages that was heard of.
func (r *run) knowHanded(n int64) {
	for known := r.handed.Load(); n > known && !r.handed.CompareAndSwap(known, n); known = r.handed.Load() {
		continue
	}
}

// finish marks a crawl of which nothing is left as done. Should a page wait whose host has no turn, which is no state that we know a way into, it gets one.
func (r *run) finish(ctx context.Context) (bool, error) {
	over := false
	err := r.f.store.tx(ctx, func(tx executor) error {
		over = false
		revived, err := r.f.revive(ctx, tx, r.id)
		if err != nil || revived > 0 {
			return err
		}
		n, err := tx.exec(ctx, "UPDATE dechaff_crawl SET state = $2 WHERE id = $1 AND state = $3 AND NOT EXISTS (SELECT 1 FROM dechaff_turn WHERE crawl = $1 AND active)",
			r.id, done, running)
		over = n > 0 // else a turn was made meanwhile, or a pause: that is seen next time
		return err
	})
	return over && err == nil, err
}

// end gives the account of the crawl.
func (r *run) end(ctx context.Context, err error) (scraper.Stats, error) {
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
	if err == nil && r.full() && stats.Queued > 0 { // they stay in the database, for a larger MaxPages
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

// progress tells the job how the crawl stands.
func (r *run) progress(ctx context.Context) {
	began := time.Now()
	if r.job.Progress == nil || began.Before(r.quiet) {
		return
	}
	stats, err := r.stats(ctx)
	r.quiet = began.Add(20 * time.Since(began)) // adding up a million hosts takes a while
	if err != nil {
		return // an outage; the next second's will do
	}
	r.reports.Lock()
	defer r.reports.Unlock()
	r.job.Progress(stats)
}

// skipped and failed tell the job.
func (r *run) skipped(req scraper.Request, err error) {
	r.reports.Lock()
	defer r.reports.Unlock()
	if r.first == nil {
		r.first = err
	}
	if r.job.OnSkip != nil {
		r.job.OnSkip(req, err)
	}
}

func (r *run) failed(req scraper.Request, err error) {
	r.reports.Lock()
	defer r.reports.Unlock()
	if r.first == nil {
		r.first = err
	}
	if r.job.OnError != nil {
		r.job.OnError(req, err)
	}
}
