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

// savedPace is a scraper.HostState in the database's time.
type savedPace struct {
	Delay    time.Duration `json:"delay,omitempty"`
	Factor   float64       `json:"factor,omitempty"`
	Latency  time.Duration `json:"latency,omitempty"`
	Usual    time.Duration `json:"usual,omitempty"`
	Failures int           `json:"failures,omitempty"`
	SetAside int64         `json:"set_aside,omitempty"`
}

// hostRow is what the database keeps of a host.
type hostRow struct {
	id           int
	name         string
	due          int64
	pace, robots string
}

// know tells the scraper what the fleet knows of a host.
func (f *Fleet) know(h *hostRow) {
	var p savedPace
	_ = json.Unmarshal([]byte(h.pace), &p) // empty at first
	f.scraper.SetHostState(h.name, scraper.HostState{
		HostPace: scraper.HostPace{Delay: p.Delay, Factor: p.Factor, Latency: p.Latency, Failures: p.Failures, SetAside: f.clock.local(p.SetAside)},
		Due:      f.clock.local(h.due), Usual: p.Usual, Robots: []byte(h.robots),
	})
}

// learn reads from the scraper what the fleet is to know. It reports whether robots.txt has changed.
func (f *Fleet) learn(h *hostRow) (robotsChanged bool) {
	s := f.scraper.HostState(h.name)
	if due := f.clock.ahead(s.Due); due > h.due {
		h.due = due
	}
	h.pace = toJSON(savedPace{s.Delay, s.Factor, s.Latency, s.Usual, s.Failures, f.clock.ahead(s.SetAside)})
	if bytes.Equal(s.Robots, []byte(h.robots)) {
		return false
	}
	h.robots = string(s.Robots)
	return true
}

// release writes what was learned of a host, and lets others have it.
func (h *hostRow) release(ctx context.Context, e executor, owner string) error {
	_, err := e.exec(ctx, "UPDATE dechaff_host SET owner = NULL, crawl = NULL, due = $3, pace = $4, robots = $5 WHERE id = $1 AND owner = $2",
		h.id, owner, h.due, h.pace, h.robots)
	return err
}

// hostIDs finds or makes the rows of hosts. It is done outside of the transactions that use them, so that no two wait for each other.
func (f *Fleet) hostIDs(ctx context.Context, names []string) (map[string]int, error) {
	ids := make(map[string]int, len(names))
	type host struct {
		Name string `json:"name"`
	}
	var unknown []host
	f.mu.Lock()
	if len(f.hosts) > maxKnownHosts {
		clear(f.hosts)
	}
	for _, name := range names {
		if id, ok := f.hosts[name]; ok {
			ids[name] = id
		} else if _, twice := ids[name]; !twice {
			unknown = append(unknown, host{name})
			ids[name] = 0
		}
	}
	f.mu.Unlock()
	if len(unknown) == 0 {
		return ids, nil
	}
	slices.SortFunc(unknown, func(a, b host) int { return strings.Compare(a.Name, b.Name) })
	list, table := toJSON(unknown), f.store.records(1, column{"name", "text"})
	if _, err := f.store.exec(ctx, "INSERT INTO dechaff_host (name) SELECT r.name FROM "+table+" WHERE true ORDER BY r.name ON CONFLICT DO NOTHING", list); err != nil {
		return nil, err
	}
	err := each(ctx, f.store, "SELECT h.id, h.name FROM dechaff_host h JOIN "+table+" ON r.name = h.name", []any{list}, func(scan func(...any) error) error {
		id, name := 0, ""
		if err := scan(&id, &name); err != nil {
			return err
		}
		ids[name] = id
		f.mu.Lock()
		f.hosts[name] = id
		f.mu.Unlock()
		return nil
	})
	return ids, err
}

// maxKnownHosts bounds what is remembered of the ids of hosts.
const maxKnownHosts = 1 << 20

// enter is a visit's scraper.Hooks.Enter. The turn's own host needs nothing but a sign of life that is new enough. Any other host, to which a robots.txt or
// a part of an article was redirected, is taken for this one request.
func (t *turn) enter(ctx context.Context, host string) (func(), time.Time, error) {
	if err := t.run.worker.awaitBeat(ctx, t.owner); err != nil {
		return nil, time.Time{}, err
	}
	if host == t.host.name {
		return func() {}, time.Time{}, nil
	}
	f := t.run.f
	ids, err := f.hostIDs(ctx, []string{host})
	if err != nil {
		return nil, time.Time{}, err
	}
	h := &hostRow{id: ids[host], name: host}
	if !t.run.worker.hold(h.id) {
		return t.refuse()
	}
	found, err := one(ctx, f.store, "UPDATE dechaff_host SET owner = $1 WHERE id = $2 AND owner IS NULL RETURNING due, coalesce(pace, ''), coalesce(robots, '')",
		[]any{t.owner, h.id}, &h.due, &h.pace, &h.robots)
	switch {
	case err != nil: // the row may be this worker's all the same
		t.run.worker.owe(owed{host: *h, owner: t.owner})
		return nil, time.Time{}, err
	case !found:
		t.run.worker.letGo(h.id)
		return t.refuse()
	}
	f.know(h)
	return func() { t.giveBack(ctx, h) }, time.Time{}, nil
}

// refuse has a visit come again: perhaps that host's turn waits for ours.
func (t *turn) refuse() (func(), time.Time, error) {
	t.yield.Store(true)
	return nil, time.Now().Add(50*time.Millisecond + rand.N(100*time.Millisecond)), nil
}

// giveBack gives back a host that was taken for one request: now, or where the database is away, with the next sign of life.
func (t *turn) giveBack(ctx context.Context, h *hostRow) {
	t.run.f.learn(h)
	free, cancel := context.WithTimeout(context.WithoutCancel(ctx), spare)
	defer cancel()
	err := h.release(free, t.run.f.store, t.owner)
	if err == nil {
		t.run.worker.letGo(h.id)
		return
	}
	t.run.worker.owe(owed{*h, t.owner, true})
	t.complain(ctx, err)
}
