package fleet

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"math"
	"os"
	"sync"
	"time"
)

// worker is this process's part in a crawl. It has a row with a lease, which each heartbeat renews, and it owns the
// hosts whose turns it runs. No other worker may make requests to those hosts before the lease ends, so this worker may
// not start a request that could last longer than the lease.
type worker struct {
	f       *Fleet
	crawl   int
	client  string        // the worker's name in River, which does not change
	timeout time.Duration // of a request
	beat    time.Duration // the time between two heartbeats

	mu         sync.Mutex
	id         string
	deadline   time.Time               // when the lease ends
	stragglers map[int64]bool          // pages whose handlers still run after the end of their host's turn
	reserved   map[int]bool            // see reserveHost
	releases   map[int]deferredRelease // see deferRelease
}

// newWorker registers this process as a worker.
func (f *Fleet) newWorker(ctx context.Context, crawl int) (*worker, error) {
	w := &worker{
		f: f, crawl: crawl, client: rand.Text(), timeout: f.opts.Scraper.Timeout,
		stragglers: make(map[int64]bool), reserved: make(map[int]bool), releases: make(map[int]deferredRelease),
	}
	w.beat = min(max(w.timeout/4, time.Second), 5*time.Second)
	return w, w.register(ctx)
}

// lease returns how long a worker keeps its hosts after a heartbeat: the timeout of a request and three heartbeats.
func (w *worker) lease() time.Duration { return w.timeout + 3*w.beat }

// register registers the worker under a new name.
func (w *worker) register(ctx context.Context) error {
	host, err := os.Hostname()
	if err != nil {
		host = "unknown"
	}
	id, now := rand.Text(), time.Now()
	row := workerRow{
		id: id, until: w.f.clock.latest() + w.lease().Milliseconds(), crawl: w.crawl, client: w.client,
		about: storableText(fmt.Sprintf("%s, process %d", host, os.Getpid())),
	}
	if err := w.f.db().insertWorker(ctx, row, w.f.clock.latest()); err != nil {
		return err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.id, w.deadline = id, now.Add(w.lease())
	return nil
}

// name returns the worker's ID, which changes after the worker was considered dead.
func (w *worker) name() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.id
}

// coversRequest reports whether a request that begins now ends before the lease does, even if it takes as long as the
// timeout allows.
func (w *worker) coversRequest() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return time.Now().Add(w.timeout + time.Second/2).Before(w.deadline)
}

// awaitLease waits until the lease covers a request. It has to wait only after an outage of the database. owner is the
// worker's name when the turn began. If the worker has another name now, awaitLease returns errLost.
func (w *worker) awaitLease(ctx context.Context, owner string) error {
	for !w.coversRequest() {
		select {
		case <-time.After(w.beat / 10):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	if w.name() != owner {
		return errLost
	}
	return nil
}

// errLost ends the turns of a worker that was considered dead: its hosts may have other owners now.
var errLost = errors.New("fleet: this worker was considered dead, and its hosts were released to other workers")

// keepAlive sends heartbeats until ctx ends. It calls abort with an error that is not temporary.
func (w *worker) keepAlive(ctx context.Context, abort func(error)) {
	ticker := time.NewTicker(w.beat)
	defer ticker.Stop()
	for beats := 1; ; beats++ {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		err := w.heartbeat(ctx, beats%12 == 0)
		switch {
		case err == nil || ctx.Err() != nil:
		case !w.f.store.isOutage(err):
			abort(err)
		default:
			w.f.opts.Logger.WarnContext(ctx, "fleet: the worker could not send a heartbeat", slog.Any("err", err))
		}
	}
}

// heartbeat renews the lease, postpones the next delivery of the pages in stragglers, and releases the hosts that were
// passed to deferRelease. If the worker's row was removed, it only registers the worker again. If syncClock is true, it
// reads the database's clock first.
func (w *worker) heartbeat(ctx context.Context, syncClock bool) error {
	ctx, cancel := context.WithTimeout(ctx, 2*w.beat)
	defer cancel()
	if syncClock {
		if err := w.f.clock.sync(ctx, w.f.store); err != nil {
			return err
		}
	}
	now := time.Now()
	until := w.f.clock.latest() + w.lease().Milliseconds()
	renewed, err := w.f.db().renewLease(ctx, w.name(), until)
	if err != nil {
		return err
	}
	if !renewed {
		return w.register(ctx)
	}
	w.mu.Lock()
	w.deadline = now.Add(w.lease())
	ids := make([]int64, 0, len(w.stragglers))
	for id := range w.stragglers {
		ids = append(ids, id)
	}
	w.mu.Unlock()
	if len(ids) > 0 {
		until := w.f.clock.latest() + w.lease().Milliseconds()
		if err := w.f.db().postponePages(ctx, ids, until); err != nil {
			return err
		}
	}
	return w.flushReleases(ctx)
}

// addStragglers keeps pages from being delivered again while their handlers still run after the end of their host's
// turn.
func (w *worker) addStragglers(pages []int64) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, id := range pages {
		w.stragglers[id] = true
	}
}

// removeStraggler undoes addStragglers for a page.
func (w *worker) removeStraggler(page int64) {
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.stragglers, page)
}

// signOff removes the worker, and gives its hosts to others.
func (w *worker) signOff(ctx context.Context) error {
	if err := w.flushReleases(ctx); err != nil {
		return err
	}
	return w.f.removeWorker(ctx, w.name(), math.MaxInt64)
}
