package fleet

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"slices"
	"strings"

	"github.com/dechaff/dechaff/scraper"
)

// addresses contains the rows for the links of one page, or for the seeds of a crawl. They are prepared before the
// transaction that inserts them.
type addresses struct {
	crawl    int
	referrer int64      // the ID of the page; 0 for seeds
	pages    []*newPage // sorted by key
	accepted int        // how many of these pages are not rejected
}

// enqueuedPage is a page that a transaction enqueues: its row is new, or the page was rejected or parked before.
type enqueuedPage struct {
	key  string // hexadecimal; empty for a page that was parked
	host int
}

// urlKey returns the key in the database for the DedupKey of an address, or for another text: the first half of its
// SHA-256. Even among a hundred million addresses, a collision is practically impossible.
func urlKey(dedupKey string) []byte {
	sum := sha256.Sum256([]byte(dedupKey))
	return sum[:16]
}

// prepare converts findings to rows to insert. It finds or creates the rows of their hosts and seeds. Of several
// findings with the same key, it uses the first.
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
		page := newPageOf(d, hosts[d.Host], len(found)-i)
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
		if d.Err == nil {
			a.accepted++
		}
		a.pages = append(a.pages, page)
	}
	slices.SortFunc(a.pages, func(x, y *newPage) int { return strings.Compare(x.Key, y.Key) })
	return a, nil
}

// seedKey identifies a seed of a crawl.
type seedKey struct {
	crawl int
	url   string
}

// maxKnownSeeds is the maximum number of IDs of seeds that are cached.
const maxKnownSeeds = 1 << 12

// seedID returns the ID of a seed's row. It creates the row if necessary.
func (f *Fleet) seedID(ctx context.Context, crawl int, url string) (int, error) {
	key := seedKey{crawl, url}
	f.mu.Lock()
	id, known := f.seeds[key]
	f.mu.Unlock()
	if known {
		return id, nil
	}
	id, err := f.db().seedID(ctx, crawl, url)
	if err != nil {
		return 0, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.seeds) >= maxKnownSeeds {
		clear(f.seeds)
	}
	f.seeds[key] = id
	return id, nil
}

// newPageOf converts a finding to a row to insert. It does not set the row's Seed.
func newPageOf(d *scraper.Finding, host, rank int) *newPage {
	page := &newPage{
		Key: hex.EncodeToString(urlKey(d.Key)), URL: d.Request.URL, Host: host, Depth: d.Request.Depth,
		List: int(d.Request.List), Rank: rank, Extra: extraOf(&d.Request), finding: d,
	}
	switch {
	case d.Err != nil:
		page.State, page.Reason = pageRejected, scraper.Reason(d.Err)
	case d.Family != "":
		page.family, page.limit = hex.EncodeToString(urlKey(d.Family)), int64(d.FamilyLimit)
	}
	return page
}

// insert inserts the addresses that the crawl has not seen, in the order of their keys, so that two transactions with
// common keys cannot deadlock. It also enqueues addresses that were rejected before and are now accepted. It returns
// all pages that it enqueued.
func (f *Fleet) insert(ctx context.Context, q queries, a *addresses) ([]enqueuedPage, error) {
	if len(a.pages) == 0 {
		return nil, nil
	}
	if err := limitFamilies(ctx, q, a); err != nil {
		return nil, err
	}
	var enqueued []enqueuedPage
	isNew := make(map[string]bool)
	err := q.insertPages(ctx, a, f.clock.earliest(), func(key string, host, state int) {
		isNew[key] = true
		if state == pageQueued {
			enqueued = append(enqueued, enqueuedPage{key, host})
		}
	})
	if err != nil {
		return nil, err
	}
	for _, page := range a.pages {
		page.isNew = isNew[page.Key]
	}
	if len(enqueued) < a.accepted {
		more, err := f.enqueueRejected(ctx, q, a)
		if err != nil {
			return nil, err
		}
		enqueued = append(enqueued, more...)
	}
	return enqueued, countFamilies(ctx, q, a, enqueued)
}

// enqueueRejected enqueues the accepted addresses whose rows are rejected, for example because another page's link to
// them was nofollow or too deep. It also corrects the counts of skipped pages.
func (f *Fleet) enqueueRejected(ctx context.Context, q queries, a *addresses) ([]enqueuedPage, error) {
	var known []*newPage
	for _, page := range a.pages {
		if page.State == pageQueued && !page.isNew {
			known = append(known, page)
		}
	}
	if len(known) == 0 {
		return nil, nil
	}
	rejected, err := q.lockRejected(ctx, a.crawl, known)
	if err != nil || len(rejected) == 0 {
		return nil, err
	}
	known = slices.DeleteFunc(known, func(page *newPage) bool {
		page.ID = rejected[page.Key].id
		return page.ID == 0
	})
	if err := q.enqueueRejected(ctx, known, f.clock.earliest()); err != nil {
		return nil, err
	}
	enqueued := make([]enqueuedPage, 0, len(known))
	less := make(map[int]map[string]int)
	for _, page := range known {
		if less[page.Host] == nil {
			less[page.Host] = make(map[string]int)
		}
		less[page.Host][rejected[page.Key].reason]--
		enqueued = append(enqueued, enqueuedPage{page.Key, page.Host})
	}
	for _, host := range slices.Sorted(maps.Keys(less)) {
		if err := q.addReasons(ctx, skipTable, a.crawl, host, less[host]); err != nil {
			return nil, err
		}
	}
	return enqueued, nil
}

// sortedHosts returns the hosts of pages, sorted and without duplicates. It leaves out the host with the ID except.
func sortedHosts(pages []enqueuedPage, except int) []int {
	var hosts []int
	for _, page := range pages {
		if page.host != except {
			hosts = append(hosts, page.host)
		}
	}
	slices.Sort(hosts)
	return slices.Compact(hosts)
}
