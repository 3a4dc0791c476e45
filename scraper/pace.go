package scraper

import (
	"context"
	"sync"
	"time"
)

// busyWait is when to ask again for a host whose request is still in flight: nobody knows when that ends.
const busyWait = 25 * time.Millisecond

// pruneAbove is the number of hosts above which clocks that no longer hold anything back are dropped.
const pruneAbove = 4096

// pace keeps one clock for each host: one request in flight, and a pause after each. Safe for concurrent use.
type pace struct {
	mu      sync.Mutex
	hosts   map[string]*hostClock
	pruneAt int
}

// hostClock is a host's turn to give, and when it may next be taken.
type hostClock struct {
	turn  chan struct{} // holds one token while a request is in flight
	due   time.Time     // guarded by pace.mu
	users int           // goroutines that hold or wait for the turn; guarded by pace.mu
}

// A turn is the right to make one request to a host. It must be given back by done or unused.
type turn struct {
	pace  *pace
	clock *hostClock
}

func newPace() *pace {
	return &pace{hosts: make(map[string]*hostClock), pruneAt: pruneAbove}
}

// due is when the host may next be asked, as far as its clock knows.
func (p *pace) due(host string) time.Time {
	p.mu.Lock()
	defer p.mu.Unlock()
	if clock := p.hosts[host]; clock != nil {
		return clock.due
	}
	return time.Time{}
}

// try takes the host's turn if that can be had at once; else it says when to ask again.
func (p *pace) try(host string) (*turn, time.Time) {
	clock := p.enter(host)
	select {
	case clock.turn <- struct{}{}:
	default:
		p.leave(clock)
		return nil, time.Now().Add(busyWait)
	}
	t := &turn{pace: p, clock: clock}
	if due := p.dueOf(clock); time.Now().Before(due) {
		t.unused()
		return nil, due
	}
	return t, time.Time{}
}

// wait takes the host's turn as soon as it comes, first come, first served. It gives up at once, with the
// time, where that is later than latest.
func (p *pace) wait(ctx context.Context, host string, latest time.Duration) (*turn, time.Time, error) {
	clock := p.enter(host)
	select {
	case clock.turn <- struct{}{}:
	case <-ctx.Done():
		p.leave(clock)
		return nil, time.Time{}, ctx.Err()
	}
	t := &turn{pace: p, clock: clock}
	due := p.dueOf(clock)
	pause := time.Until(due)
	if pause > latest {
		t.unused()
		return nil, due, nil
	}
	if err := sleep(ctx, pause); err != nil {
		t.unused()
		return nil, time.Time{}, err
	}
	return t, time.Time{}, nil
}

// sleep pauses until d has passed or ctx ends.
func sleep(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// done gives the turn back after a request; the host's next is not before due.
func (t *turn) done(due time.Time) {
	t.pace.mu.Lock()
	if due.After(t.clock.due) {
		t.clock.due = due
	}
	t.pace.mu.Unlock()
	t.unused()
}

// unused gives the turn back when no request was made.
func (t *turn) unused() {
	<-t.clock.turn
	t.pace.leave(t.clock)
}

func (p *pace) dueOf(clock *hostClock) time.Time {
	p.mu.Lock()
	defer p.mu.Unlock()
	return clock.due
}

func (p *pace) enter(host string) *hostClock {
	p.mu.Lock()
	defer p.mu.Unlock()
	clock := p.hosts[host]
	if clock == nil {
		p.prune()
		clock = &hostClock{turn: make(chan struct{}, 1)}
		p.hosts[host] = clock
	}
	clock.users++
	return clock
}

func (p *pace) leave(clock *hostClock) {
	p.mu.Lock()
	defer p.mu.Unlock()
	clock.users--
}

// prune drops the clocks of hosts that may be asked at any time. Doubling the bound keeps it cheap when few can go.
func (p *pace) prune() {
	if len(p.hosts) < p.pruneAt {
		return
	}
	now := time.Now()
	for host, clock := range p.hosts {
		if clock.users == 0 && !now.Before(clock.due) {
			delete(p.hosts, host)
		}
	}
	p.pruneAt = max(pruneAbove, 2*len(p.hosts))
}
