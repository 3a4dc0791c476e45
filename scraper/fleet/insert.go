package fleet

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/dechaff/dechaff/scraper"
)

// States of a page. Below two it waits.
const (
	pageQueued = iota
	pageRetry
	pageDone
	pageFailed
	pageHandlerFailed
	pageSkipped
	pageRedirected
	pagePassed // a link that was not taken up; it may be yet, for another reason
	pageAlias  // another address of a page that was handed over
)

// more is what a request has to say that has no column of its own.
type more struct {
	Via       []string  `json:"via,omitempty"`
	Published time.Time `json:"published,omitzero"`
	Modified  time.Time `json:"modified,omitzero"`
}

// newPage is a row to insert.
type newPage struct {
	Key    string `json:"k"` // hexadecimal
	Rank   int    `json:"o"` // by which pages found together are visited in the order of the document
	URL    string `json:"u"`
	Host   int    `json:"h"`
	Seed   int    `json:"s"`
	Depth  int    `json:"d"`
	State  int    `json:"st"`
	List   int    `json:"l"`
	More   string `json:"m,omitempty"`
	Reason string `json:"r,omitempty"`

	family  string // hexadecimal, like Key; empty for none
	limit   int64
	finding *scraper.Finding
	isNew   bool // the crawl had not met it
}

var newPageColumns = []column{
	{"k", "text"}, {"u", "text"}, {"h", "integer"}, {"s", "integer"}, {"d", "integer"}, {"st", "smallint"}, {"l", "smallint"}, {"o", "integer"}, {"m", "text"}, {"r", "text"},
}

// addresses are what one page has brought: prepared outside of the transaction that inserts them.
type addresses struct {
	crawl    int
	referrer int64
	pages    []*newPage // by key, in order
	accepted int        // of them to be visited
}

// takenPage is a row that was inserted, or taken up after all.
type takenPage struct {
	key  string
	host int
}

// urlKey stands for an address: half a SHA-256, so that none of a hundred million addresses is lost to a collision.
func urlKey(identity string) []byte {
	sum := sha256.Sum256([]byte(identity))
	return sum[:16]
}

// prepare makes rows of findings.
func (f *Fleet) prepare(ctx context.Context, crawl int, found []scraper.Finding) (*addresses, error) {
	a := &addresses{crawl: crawl}
	if len(found) == 0 {
		return a, nil
	}
	names := make([]string, 0, len(found))
	for i := range found {
		names = append(names, found[i].Host)
	}
	hosts, err := f.hostIDs(ctx, names)
	if err != nil {
		return nil, err
	}
	seed, seedID := "", 0
	seen := make(map[string]bool, len(found))
	for i := range found {
		d := &found[i]
		page := &newPage{
			Key: hex.EncodeToString(urlKey(d.Key)), URL: d.Request.URL, Host: hosts[d.Host], Depth: d.Request.Depth,
			List: int(d.Request.List), Rank: len(found) - i, finding: d,
		}
		if seen[page.Key] {
			continue
		}
		seen[page.Key] = true
		if d.Request.Seed != seed || seedID == 0 {
			if seedID, err = f.seedID(ctx, crawl, d.Request.Seed); err != nil {
				return nil, err
			}
			seed = d.Request.Seed
		}
		page.Seed = seedID
		if extra := (more{d.Request.Via, d.Request.Published, d.Request.Modified}); len(extra.Via) > 0 || !extra.Published.IsZero() || !extra.Modified.IsZero() {
			page.More = toJSON(extra)
		}
		if d.Family != "" && d.Err == nil {
			page.family, page.limit = hex.EncodeToString(urlKey(d.Family)), int64(d.FamilyLimit)
		}
		if d.Err != nil {
			page.State, page.Reason = pagePassed, scraper.Reason(d.Err)
		} else {
			a.accepted++
		}
		a.pages = append(a.pages, page)
	}
	slices.SortFunc(a.pages, func(x, y *newPage) int { return strings.Compare(x.Key, y.Key) })
	return a, nil
}

// seedID finds or makes the row of a seed.
func (f *Fleet) seedID(ctx context.Context, crawl int, url string) (int, error) {
	const find = "SELECT id FROM dechaff_seed WHERE crawl = $1 AND url = $2"
	id := 0
	found, err := one(ctx, f.store, find, []any{crawl, url}, &id)
	if err != nil || found {
		return id, err
	}
	if _, err := f.store.exec(ctx, "INSERT INTO dechaff_seed (crawl, url) VALUES ($1, $2) ON CONFLICT DO NOTHING", crawl, url); err != nil {
		return 0, err
	}
	_, err = one(ctx, f.store, find, []any{crawl, url}, &id)
	return id, err
}

// insert inserts the addresses that the crawl has not met, in the order of their keys: two transactions with keys in common wait for each other, and never in
// a circle. It gives those that are to be visited now.
func (f *Fleet) insert(ctx context.Context, tx executor, a *addresses) ([]takenPage, error) {
	if len(a.pages) == 0 {
		return nil, nil
	}
	if err := f.trap(ctx, tx, a); err != nil {
		return nil, err
	}
	list, table := toJSON(a.pages), f.store.records(2, newPageColumns...)
	var referrer any
	if a.referrer != 0 {
		referrer = a.referrer
	}
	var taken []takenPage
	fresh := make(map[string]bool)
	err := each(ctx, tx, `INSERT INTO dechaff_page (crawl, key, url, host, seed, referrer, depth, state, list, due, more, reason)
		SELECT CAST($1 AS integer), `+f.store.hexKey()+`, r.u, CAST(r.h AS integer), CAST(r.s AS integer), CAST($3 AS bigint), CAST(r.d AS integer), CAST(r.st AS smallint), CAST(r.l AS smallint), CAST($4 AS bigint) - CAST(r.o AS integer), r.m, r.r
		FROM `+table+` WHERE true ORDER BY r.k ON CONFLICT (crawl, key) DO NOTHING RETURNING key, host, state`,
		[]any{a.crawl, list, referrer, f.clock.earliest()}, func(scan func(...any) error) error {
			var key []byte
			host, state := 0, 0
			if err := scan(&key, &host, &state); err != nil {
				return err
			}
			text := hex.EncodeToString(key)
			fresh[text] = true
			if state == pageQueued {
				taken = append(taken, takenPage{text, host})
			}
			return nil
		})
	if err != nil {
		return nil, err
	}
	for _, page := range a.pages {
		page.isNew = fresh[page.Key]
	}
	if len(taken) < a.accepted {
		more, err := f.reconsider(ctx, tx, a, fresh)
		if err != nil {
			return nil, err
		}
		taken = append(taken, more...)
	}
	return taken, f.countFamilies(ctx, tx, a, taken)
}

// reconsider takes up addresses that were passed over on another page: as nofollow, or as too deep.
func (f *Fleet) reconsider(ctx context.Context, tx executor, a *addresses, fresh map[string]bool) ([]takenPage, error) {
	var known []*newPage
	for _, page := range a.pages {
		if page.State == pageQueued && !fresh[page.Key] {
			known = append(known, page)
		}
	}
	if len(known) == 0 {
		return nil, nil
	}
	reasons := make(map[string]string)
	err := each(ctx, tx, "SELECT key, coalesce(reason, '') FROM dechaff_page WHERE crawl = $1 AND state = $3 AND key IN (SELECT "+f.store.hexKey()+" FROM "+
		f.store.records(2, newPageColumns...)+") ORDER BY key FOR UPDATE", []any{a.crawl, toJSON(known), pagePassed}, func(scan func(...any) error) error {
		var key []byte
		reason := ""
		err := scan(&key, &reason)
		reasons[hex.EncodeToString(key)] = reason
		return err
	})
	if err != nil || len(reasons) == 0 {
		return nil, err
	}
	known = slices.DeleteFunc(known, func(page *newPage) bool {
		_, passed := reasons[page.Key]
		return !passed
	})
	if _, err := tx.exec(ctx, `UPDATE dechaff_page SET state = CAST(r.st AS smallint), url = r.u, seed = CAST(r.s AS integer), depth = CAST(r.d AS integer), list = CAST(r.l AS smallint),
		due = CAST($3 AS bigint) - CAST(r.o AS integer), more = r.m, reason = NULL FROM `+f.store.records(2, newPageColumns...)+" WHERE crawl = $1 AND key = "+f.store.hexKey(),
		a.crawl, toJSON(known), f.clock.earliest()); err != nil {
		return nil, err
	}
	taken := make([]takenPage, 0, len(known))
	less := make(map[int]map[string]int)
	for _, page := range known {
		if less[page.Host] == nil {
			less[page.Host] = make(map[string]int)
		}
		less[page.Host][reasons[page.Key]]--
		taken = append(taken, takenPage{page.Key, page.Host})
	}
	for _, host := range slices.Sorted(maps.Keys(less)) {
		if err := addReasons(ctx, tx, skipTable, a.crawl, host, less[host]); err != nil {
			return nil, err
		}
	}
	return taken, nil
}

// sortedHosts lists the hosts of pages, each once, in order, but for one.
func sortedHosts(taken []takenPage, but int) []int {
	var hosts []int
	for _, page := range taken {
		if page.host != but {
			hosts = append(hosts, page.host)
		}
	}
	slices.Sort(hosts)
	return slices.Compact(hosts)
}

// met remembers which addresses the database is known to know, so that the links that stand on all pages of a site are sent there once.
type met struct {
	mu     sync.Mutex
	taken  map[[16]byte]struct{}
	passed map[[16]byte]struct{}
}

// maxMet bounds what is remembered: about 40 bytes each.
const maxMet = 1 << 20

func newMet() *met {
	return &met{taken: make(map[[16]byte]struct{}), passed: make(map[[16]byte]struct{})}
}

func (m *met) isTaken(identity string) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	_, ok := m.taken[[16]byte(urlKey(identity))]
	return ok
}

// unknown leaves out the findings that were passed over and are to be again.
func (m *met) unknown(found []scraper.Finding) []scraper.Finding {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.DeleteFunc(found, func(d scraper.Finding) bool {
		_, ok := m.passed[[16]byte(urlKey(d.Key))]
		return ok && d.Err != nil
	})
}

// learn notes what is now in the database.
func (m *met) learn(found []scraper.Finding) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for i := range found {
		set := m.taken
		if found[i].Err != nil {
			set = m.passed
		}
		if len(set) >= maxMet {
			clear(set)
		}
		set[[16]byte(urlKey(found[i].Key))] = struct{}{}
	}
}
