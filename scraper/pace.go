package scraper

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"time"
)

// busyWait is the time after which a host that has a request in flight is tried again.
const busyWait = 25 * time.Millisecond

// pruneAbove is the number of hosts above which unneeded clocks are dropped.
const pruneAbove = 4096

// pace keeps one clock for each host, so that there is at most one request to the host in flight, and a pause after
// each request. It is safe for concurrent use.
type pace struct {
	mu      sync.Mutex
	hosts   map[string]*hostClock
	pruneAt int
}

// hostClock holds a host's turn, and the time when it is due.
type hostClock struct {
	turn     chan struct{} // holds one token while a request is in flight
	due      time.Time     // guarded by pace.mu
	users    int           // goroutines that hold or wait for the turn; guarded by pace.mu
	HostPace               // guarded by pace.mu
	usual    time.Duration // usual latency of the host's responses; guarded by pace.mu
}

// HostPace is the current pace of requests to a host, and the reasons for it.
type HostPace struct {
	// Delay is the pause after the last request.
	Delay time.Duration
	// Factor is the factor by which the delay was lengthened: 1 if the host responds as usual.
	Factor float64
	// Latency is the time until the header of the last response.
	Latency time.Duration
	// Failures is the number of requests that have failed in a row.
	Failures int
	// Refusals is the number of requests that the host has refused in a row; see Options.MaxHostRefusals.
	Refusals int
	// Served reports whether the host has answered a request for a page or a file without refusing it.
	Served bool
	// SetAside is the time until which the host is set aside because it keeps failing or refusing requests. It is zero if
	// the host has not been set aside since its last success.
	SetAside time.Time
}

// HostPace returns the current pace of an address's host. It returns the zero HostPace if there was no recent request
// to the host, or if the address is invalid.
func (s *Scraper) HostPace(address string) HostPace {
	u, err := normalURL(address)
	if err != nil {
		return HostPace{}
	}
	return s.pace.get(hostKey(u))
}

// get returns the current pace of requests to a host.
func (p *pace) get(host string) HostPace {
	p.mu.Lock()
	defer p.mu.Unlock()
	if clock := p.hosts[host]; clock != nil {
		return clock.HostPace
	}
	return HostPace{}
}

// A turn is the right to make one request to a host. It must be returned with the method done or release.
type turn struct {
	pace  *pace
	clock *hostClock
	leave func() // the function that Hooks.Enter returned; may be nil
	isUse bool   // the request is for a page, a list or a file, not for robots.txt
}

func newPace() *pace {
	return &pace{hosts: make(map[string]*hostClock), pruneAt: pruneAbove}
}

// due returns the time when the host's clock allows the next request. That time may be zero or in the past.
func (p *pace) due(host string) time.Time {
	p.mu.Lock()
	defer p.mu.Unlock()
	if clock := p.hosts[host]; clock != nil {
		return clock.due
	}
	return time.Time{}
}

// try takes the host's turn if it is free and due. Otherwise it returns when to try again.
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
		t.release()
		return nil, due
	}
	return t, time.Time{}
}

// wait waits for the host's turn, in order of arrival, and takes it. If the turn becomes free but is then not due
// within the duration latest, it returns the time when the turn is due.
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
		t.release()
		return nil, due, nil
	}
	if err := sleep(ctx, pause); err != nil {
		t.release()
		return nil, time.Time{}, err
	}
	return t, time.Time{}, nil
}

// sleep pauses until d has passed or ctx ends. It returns ctx's error if ctx has ended.
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

// done returns the turn after a request. The host's next turn is not before the time due.
func (t *turn) done(due time.Time) {
	t.pace.mu.Lock()
	if due.After(t.clock.due) {
		t.clock.due = due
	}
	t.pace.mu.Unlock()
	t.release()
}

// release returns the turn and does not change when the next turn is due.
func (t *turn) release() {
	<-t.clock.turn
	t.pace.leave(t.clock)
	if t.leave != nil {
		t.leave()
	}
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
		clock = &hostClock{turn: make(chan struct{}, 1), HostPace: HostPace{Factor: 1}}
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

// prune drops the clocks that delay no request. Doubling the bound keeps pruning cheap if few clocks can be dropped.
func (p *pace) prune() {
	if len(p.hosts) < p.pruneAt {
		return
	}
	now := time.Now()
	for host, clock := range p.hosts {
		if clock.users == 0 && !now.Before(clock.due) && !now.Before(clock.SetAside) && clock.Factor <= 1 &&
			clock.Refusals < 2 {
			delete(p.hosts, host)
		}
	}
	p.pruneAt = max(pruneAbove, 2*len(p.hosts))
}

// How a host's pace adapts. It slows down at once, to protect the host, and recovers slowly, so that the host is not
// immediately overloaded again.
const (
	slowDown      = 2.0                    // Factor is multiplied by this after 429 and 503
	slowDownTo    = 64.0                   // the maximum of Factor
	latencyFactor = 1.5                    // Factor is multiplied by this after a slow response
	latencyRatio  = 4                      // a slow response takes more than this many times as long as usual ...
	latencyFloor  = 500 * time.Millisecond // ... and longer than this
	recoverBy     = 0.9                    // Factor is multiplied by this after any other response
	noDelay       = 250 * time.Millisecond // see lengthened
	breakerRest   = 10 * time.Minute       // how long a failing or refusing host is set aside
	firstRest     = 6                      // before that, it gets a rest as long as before this try of a page
)

// releaseTurn returns a turn after a request, and sets the time of the next request according to the host's response.
func (s *Scraper) releaseTurn(t *turn, res *response, rules *robots, err error) {
	delay := s.opts.Delay
	if rules != nil {
		delay = max(delay, min(rules.crawlDelay, s.opts.MaxDelay))
	}
	t.pace.mu.Lock()
	clock := t.clock
	pushedBack := res.status == http.StatusTooManyRequests || res.status == http.StatusServiceUnavailable
	clock.adapt(res.latency, pushedBack)
	isBroken := err != nil && retryableError(err) && !errors.Is(err, context.Canceled) && !errors.Is(err, ErrRender)
	clock.count(isBroken || res.status >= 500, &s.opts, res.end)
	if t.isUse {
		clock.countRefusal(res.status, &s.opts, res.end)
	}
	clock.Delay = lengthened(delay, clock.Factor, s.opts.MaxDelay)
	due := res.end.Add(clock.Delay)
	t.pace.mu.Unlock()
	if retryableStatus(res.status) {
		at := retryAfter(res.header, res.end)
		if !pushedBack { // perhaps only this page fails: the other pages wait too, but are not given up
			at = earlier(at, res.end.Add(s.opts.MaxRetryAfter))
		}
		if at.After(due) {
			due = at
		}
	}
	t.done(due)
}

// adapt raises the factor after a 429 or 503. It also raises the factor after a response that took much longer than
// usual, and lowers it after other responses, except for the host's first one. A latency of 0 means that there was no
// response: the factor then stays the same.
func (c *hostClock) adapt(latency time.Duration, pushedBack bool) {
	c.Latency = latency
	switch {
	case pushedBack:
		c.Factor = min(c.Factor*slowDown, slowDownTo)
		return
	case latency == 0:
		return
	case c.usual == 0:
		c.usual = latency
	case latency > latencyRatio*c.usual && latency > latencyFloor:
		c.Factor = min(c.Factor*latencyFactor, slowDownTo)
	default:
		c.Factor = max(c.Factor*recoverBy, 1)
	}
	c.usual += (latency - c.usual) / 16
}

// count counts consecutive failures. If there are too many, the host gets a rest, for which its pages wait: many
// outages are over after a minute, and the crawl would otherwise lose the rest of the host. If the next request fails
// too, the host is set aside for longer, and so after each further failure.
func (c *hostClock) count(failed bool, o *Options, now time.Time) {
	if !failed {
		c.Failures, c.SetAside = 0, time.Time{}
		return
	}
	switch c.Failures++; {
	case o.MaxHostFailures < 0 || c.Failures < o.MaxHostFailures:
	case c.Failures == o.MaxHostFailures:
		c.SetAside = now.Add(backoff(o.RetryDelay, firstRest))
	default:
		c.SetAside = now.Add(breakerRest)
	}
}

// firstRefusals is the fraction of MaxHostRefusals that is left to a host that has refused everything.
const firstRefusals = 5

// countRefusal counts the requests that a host has refused in a row. Without a bound, a crawl would send each of its
// thousands of requests to a host that has blocked it. The bound must be large: a forum links to hundreds of profiles
// that only members may see.
func (c *hostClock) countRefusal(status int, o *Options, now time.Time) {
	switch {
	case status == 0 || status >= 500: // count has counted it
		return
	case !isRefusal(status):
		c.Refusals, c.Served = 0, true
		return
	}
	limit := o.MaxHostRefusals
	if c.Refusals++; !c.Served {
		limit = (limit + firstRefusals - 1) / firstRefusals
	}
	if o.MaxHostRefusals > 0 && c.Refusals >= limit {
		c.SetAside = now.Add(breakerRest)
	}
}

func isRefusal(status int) bool {
	switch status {
	case http.StatusUnauthorized, http.StatusForbidden, http.StatusNotAcceptable, http.StatusTooManyRequests,
		http.StatusUnavailableForLegalReasons:
		return true
	}
	return false
}

// lengthened returns a delay multiplied by a factor. The result is limited by the argument longest, but is never
// shorter than the delay. A delay of 0 becomes noDelay multiplied by the factor minus 1.
func lengthened(delay time.Duration, factor float64, longest time.Duration) time.Duration {
	if factor <= 1 {
		return delay
	}
	base := float64(delay) * factor
	if delay == 0 {
		base = float64(noDelay) * (factor - 1)
	}
	return max(delay, min(time.Duration(base), longest))
}
