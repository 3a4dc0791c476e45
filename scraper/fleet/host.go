package fleet

import (
	"bytes"
	"context"
	"encoding/json"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"github.com/dechaff/dechaff/scraper"
)

// savedPace contains the fields of a scraper.HostState that are stored as the pace of a host. Its times are those of
// the database's clock.
type savedPace struct {
	Delay    time.Duration `json:"delay,omitempty"`
	Factor   float64       `json:"factor,omitempty"`
	Latency  time.Duration `json:"latency,omitempty"`
	Usual    time.Duration `json:"usual,omitempty"`
	Failures int           `json:"failures,omitempty"`
	SetAside int64         `json:"set_aside,omitempty"`
	Refusals int           `json:"refusals,omitempty"`
	Served   bool          `json:"served,omitempty"`
}

// applyHostRow passes a host's state in the database to the scraper.
func (f *Fleet) applyHostRow(h *hostRow) {
	var p savedPace
	_ = json.Unmarshal([]byte(h.pace), &p) // empty at first
	f.scraper.SetHostState(h.name, scraper.HostState{
		HostPace: scraper.HostPace{
			Delay: p.Delay, Factor: p.Factor, Latency: p.Latency, Failures: p.Failures, SetAside: f.clock.local(p.SetAside),
			Refusals: p.Refusals, Served: p.Served,
		},
		Due: f.clock.local(h.due), Usual: p.Usual, Robots: []byte(h.robots),
	})
}

// updateHostRow copies the scraper's state of a host to h, but not to the database. It reports whether robots.txt
// changed.
func (f *Fleet) updateHostRow(h *hostRow) (robotsChanged bool) {
	s := f.scraper.HostState(h.name)
	if due := f.clock.ahead(s.Due); due > h.due {
		h.due = due
	}
	h.pace = toJSON(savedPace{
		s.Delay, s.Factor, s.Latency, s.Usual, s.Failures, f.clock.ahead(s.SetAside), s.Refusals, s.Served,
	})
	if bytes.Equal(s.Robots, []byte(h.robots)) {
		return false
	}
	h.robots = string(s.Robots)
	return true
}

// keepDue stores when the host is due, if that is so far in the future that a crash must not make the crawl forget it.
// The argument next is another time before which the host must get no request. A shorter wait need not be stored,
// because the host gets no other owner before it is over.
func (t *turn) keepDue(ctx context.Context, next time.Time) {
	f := t.run.f
	state := f.scraper.HostState(t.host.name)
	for _, at := range [...]time.Time{state.Due, state.SetAside} {
		if at.After(next) {
			next = at
		}
	}
	if time.Until(next) <= shortWait {
		return
	}
	t.mu.Lock()
	f.updateHostRow(&t.host)
	row := hostRow{id: t.host.id, due: t.host.due, pace: t.host.pace, robots: t.host.robots}
	t.mu.Unlock()
	row.due = max(row.due, f.clock.ahead(next))
	if err := f.db().saveHost(ctx, t.owner, &row); err != nil {
		t.abortUnlessOutage(ctx, err)
	}
}

// maxKnownHosts limits the cache of host IDs: the cache is cleared when it has more.
const maxKnownHosts = 1 << 20

// hostIDs finds or creates the rows of hosts, and returns their IDs by name.
func (f *Fleet) hostIDs(ctx context.Context, names []string) (map[string]int, error) {
	ids := make(map[string]int, len(names))
	var unknown []hostName
	f.mu.Lock()
	if len(f.hosts) > maxKnownHosts {
		clear(f.hosts)
	}
	for _, name := range names {
		if id, ok := f.hosts[name]; ok {
			ids[name] = id
		} else if _, twice := ids[name]; !twice {
			unknown = append(unknown, hostName{name})
			ids[name] = 0
		}
	}
	f.mu.Unlock()
	if len(unknown) == 0 {
		return ids, nil
	}
	slices.SortFunc(unknown, func(a, b hostName) int { return strings.Compare(a.Name, b.Name) })
	err := f.db().insertHosts(ctx, unknown, func(id int, name string) {
		ids[name] = id
		f.mu.Lock()
		f.hosts[name] = id
		f.mu.Unlock()
	})
	return ids, err
}

// enter implements scraper.Hooks.Enter for a visit. For the turn's own host, it only waits until the worker's lease
// lasts long enough for a request. If a robots.txt or a part of an article redirects to another host, enter also claims
// that host for this one request.
func (t *turn) enter(ctx context.Context, host string) (func(), time.Time, error) {
	if err := t.run.worker.awaitLease(ctx, t.owner); err != nil {
		return nil, time.Time{}, err
	}
	if host == t.host.name {
		delay := t.run.f.scraper.HostState(host).Delay
		t.keepDue(ctx, time.Now().Add(delay)) // in case this worker dies during the request
		return func() {}, time.Time{}, nil
	}
	f := t.run.f
	ids, err := f.hostIDs(ctx, []string{host})
	if err != nil {
		return nil, time.Time{}, err
	}
	h := &hostRow{id: ids[host], name: host}
	if !t.run.worker.reserveHost(h.id) {
		return t.refuseHost()
	}
	claimed, err := f.db().claimHostOnce(ctx, t.owner, h)
	switch {
	case err != nil: // this worker may own the row anyway
		t.run.worker.deferRelease(deferredRelease{host: *h, owner: t.owner})
		return nil, time.Time{}, err
	case !claimed:
		t.run.worker.unreserveHost(h.id)
		return t.refuseHost()
	}
	f.applyHostRow(h)
	if err := t.loadCookies(ctx, h); err != nil {
		t.leave(ctx, h)
		return nil, time.Time{}, err
	}
	return func() { t.leave(ctx, h) }, time.Time{}, nil
}

// refuseHost makes a visit try again later, and ends this turn early, because the turn of the other host may be
// waiting for this turn's host.
func (t *turn) refuseHost() (func(), time.Time, error) {
	t.yield.Store(true)
	return nil, time.Now().Add(50*time.Millisecond + rand.N(100*time.Millisecond)), nil
}

// leave releases a host that was claimed for one request, either now or, if the database is unavailable, with the next
// heartbeat.
func (t *turn) leave(ctx context.Context, h *hostRow) {
	t.run.f.updateHostRow(h)
	releasing, cancel := context.WithTimeout(context.WithoutCancel(ctx), graceTime)
	defer cancel()
	t.saveCookies(releasing, h)
	err := t.run.f.db().releaseHost(releasing, t.owner, h)
	if err == nil {
		t.run.worker.unreserveHost(h.id)
		return
	}
	t.run.worker.deferRelease(deferredRelease{*h, t.owner, true})
	t.abortUnlessOutage(ctx, err)
}
