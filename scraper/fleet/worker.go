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

// worker is this process's part in a crawl: a row that says until when it is alive. It owns the hosts whose turn it has, and nobody else may ask
// those before then; so no request may begin that could outlive it.
type worker struct {
	f       *Fleet
	crawl   int
	client  string        // its name in River, which stays
	timeout time.Duration // of a request
	beat    time.Duration

	mu         sync.Mutex
	id         string
	deadline   time.Time      // until when it is alive
	stragglers map[int64]bool // pages whose handlers go on after their host's turn
	held       map[int]bool   // hosts that a turn or a visit of this process has
	debts      map[int]owed   // those of them whose rows are to be given back
}

// newWorker registers.
func (f *Fleet) newWorker(ctx context.Context, crawl int) (*worker, error) {
	w := &worker{
		f: f, crawl: crawl, client: rand.Text(), timeout: f.opts.Scraper.Timeout,
		stragglers: make(map[int64]bool), held: make(map[int]bool), debts: make(map[int]owed),
	}
	w.beat = min(max(w.timeout/4, time.Second), 5*time.Second)
	return w, w.register(ctx)
}

// lease is how long a worker that is heard of no more keeps its hosts: its last request, and three beats.
func (w *worker) lease() time.Duration { return w.timeout + 3*w.beat }

// register takes a name that no worker had.
func (w *worker) register(ctx context.Context) error {
	host, err := os.Hostname()
	if err != nil {
		host = "unknown"
	}
	id, now := rand.Text(), time.Now()
	until := w.f.clock.latest() + w.lease().Milliseconds()
	_, err = w.f.store.exec(ctx, "INSERT INTO dechaff_worker (id, alive_until, started, about, crawl, client) VALUES ($1, $2, $3, $4, $5, $6)",
		id, until, w.f.clock.latest(), plain(fmt.Sprintf("%s, process %d", host, os.Getpid())), w.crawl, w.client)
	if err != nil {
		return err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.id, w.deadline = id, now.Add(w.lease())
	return nil
}

// name is its id, which changes when it was taken for dead.
func (w *worker) name() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.id
}

// mayAsk tells whether a request that begins now ends before the worker may be taken for dead.
func (w *worker) mayAsk() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return time.Now().Add(w.timeout + time.Second/2).Before(w.deadline)
}

// awaitBeat waits until a request may be made in the name of owner: at once, except when the database has been away.
func (w *worker) awaitBeat(ctx context.Context, owner string) error {
	for !w.mayAsk() {
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

// errLost ends the turns of a worker that was taken for dead: its hosts are others'.
var errLost = errors.New("fleet: this worker was taken for dead, and its hosts were given to others")

// live beats until ctx ends. An error that does not pass by itself, such as a full disk, is for fail.
func (w *worker) live(ctx context.Context, fail func(error)) {
	ticker := time.NewTicker(w.beat)
	defer ticker.Stop()
	for beats := 1; ; beats++ {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		err := w.pulse(ctx, beats%12 == 0)
		switch {
		case err == nil || ctx.Err() != nil:
		case !w.f.store.isOutage(err) && !errors.Is(err, context.DeadlineExceeded):
			fail(err)
		default:
			w.f.opts.Logger.WarnContext(ctx, "fleet: no sign of life could be given", slog.Any("err", err))
		}
	}
}

// pulse says that the worker is alive, and its stragglers with it.
func (w *worker) pulse(ctx context.Context, syncClock bool) error {
	ctx, cancel := context.WithTimeout(ctx, 2*w.beat)
	defer cancel()
	if syncClock {
		if err := w.f.clock.sync(ctx, w.f.store); err != nil {
			return err
		}
	}
	now := time.Now()
	until := w.f.clock.latest() + w.lease().Milliseconds()
	n, err := w.f.store.exec(ctx, "UPDATE dechaff_worker SET alive_until = $1 WHERE id = $2", until, w.name())
	if err != nil {
		return err
	}
	if n == 0 {
		return w.register(ctx)
	}
	w.mu.Lock()
	w.deadline = now.Add(w.lease())
	ids := make([]int64, 0, len(w.stragglers))
	for id := range w.stragglers {
		ids = append(ids, id)
	}
	w.mu.Unlock()
	if err := w.holdPages(ctx, ids); err != nil {
		return err
	}
	return w.payBack(ctx)
}

// holdPages keeps pages from being delivered again while their handlers go on.
func (w *worker) holdPages(ctx context.Context, ids []int64) error {
	if len(ids) == 0 {
		return nil
	}
	type page struct {
		ID int64 `json:"id"`
	}
	list := make([]page, 0, len(ids))
	for _, id := range ids {
		list = append(list, page{id})
	}
	_, err := w.f.store.exec(ctx, "UPDATE dechaff_page SET due = $2 WHERE state < 2 AND id IN (SELECT CAST(r.id AS bigint) FROM "+
		w.f.store.records(1, column{"id", "bigint"})+")", toJSON(list), w.f.clock.latest()+w.lease().Milliseconds())
	return err
}

func (w *worker) straggle(ids []int64, on bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, id := range ids {
		if on {
			w.stragglers[id] = true
		} else {
			delete(w.stragglers, id)
		}
	}
}

// leave takes the worker off the list, and its hosts from it.
func (w *worker) leave(ctx context.Context) error {
	if err := w.payBack(ctx); err != nil {
		return err
	}
	return w.f.bury(ctx, w.name(), math.MaxInt64)
}
