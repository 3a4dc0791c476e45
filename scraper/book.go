package scraper

import (
	"context"
	"sync"

	"github.com/dechaff/dechaff/scraper/internal/schedule"
)

// A book records which pages of a Crawl were delivered, and which wait for the page that their rel=canonical names.
// Visits use it from their own goroutines.
type book struct {
	watch *Watch
	hash  urlHash

	mu        sync.Mutex
	delivered map[urlKey]Print        // by identity, duplicates too; nil for parts
	contents  map[urlKey]string       // identities of delivered pages, by each key in Claim.Contents
	parked    map[urlKey][]parkedPage // by the address that they wait for
	waiting   map[urlKey]urlKey       // the addresses that parked pages wait for, by the identity of the parked page
	rows      map[urlKey]int          // length of the longest chain of pages that wait for an address, by that address
	absent    map[urlKey]bool         // addresses that parked pages waited for in vain
}

// parkedPage is a page that waits for another page.
type parkedPage struct {
	req   Request
	print Print
}

func newBook(watch *Watch, hash urlHash) *book {
	return &book{
		watch: watch, hash: hash, delivered: make(map[urlKey]Print), contents: make(map[urlKey]string),
		parked: make(map[urlKey][]parkedPage), waiting: make(map[urlKey]urlKey), rows: make(map[urlKey]int),
		absent: make(map[urlKey]bool),
	}
}

// maxPrints is the number of pages whose whole Print is kept. The Print of a later page is kept without its sketch.
const maxPrints = 1 << 16

// key returns the key of an address in the maps of the book and in crawl.seen. It does not depend on the order of the
// address's parameters.
func (b *book) key(address string) urlKey { return b.hash.key(sortedAddress(address)) }

// claim implements Hooks.Claim.
func (b *book) claim(_ context.Context, c *Claim) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	key := b.key(c.Identity)
	if _, taken := b.delivered[key]; taken {
		return DuplicateOf(c.Identity)
	}
	if c.Part {
		b.delivered[key] = nil
		return nil
	}
	if err := b.checkCanonical(c, key); err != nil {
		return err
	}
	for _, content := range c.Contents {
		if same, found := b.contents[b.hash.key(content)]; found {
			b.delivered[key] = b.delivered[b.key(same)] // for pages that name this one
			return DuplicateOf(same)
		}
	}
	for _, content := range c.Contents {
		b.contents[b.hash.key(content)] = c.Identity
	}
	delete(b.waiting, key)
	b.delivered[key] = c.Print
	if len(b.delivered) > maxPrints {
		b.delivered[key] = c.Print.short()
	}
	return nil
}

// checkCanonical decides what to do with a page whose rel=canonical names another page. If the named page has been
// delivered, the page is a duplicate if it repeats that page; otherwise its rel=canonical is rejected. If the named
// page has not been delivered, the page waits for it. The rel=canonical is rejected instead if the named page waits for
// this one, if the chain of waiting pages would become too long, or if other pages have waited for the named page in
// vain.
func (b *book) checkCanonical(c *Claim, key urlKey) error {
	if c.Canonical == "" {
		return nil
	}
	target := b.key(c.Canonical)
	known, delivered := b.delivered[target]
	switch {
	case delivered && b.watch.Folds(hostOf(c.Identity), c.Print, known):
		b.delivered[key] = known // for pages that name this one
		return DuplicateOf(c.Canonical)
	case delivered, b.closesRow(key, target), b.absent[target] && !b.watch.Folds(hostOf(c.Identity), c.Print, nil):
		c.Refused = true
		return nil
	}
	b.waiting[key] = target
	b.rows[target] = max(b.rows[target], b.rows[key]+1)
	return ErrParked
}

// closesRow reports whether the page with the given key must not wait for target, because the chain of waiting pages
// would lead back to the page or become too long.
func (b *book) closesRow(key, target urlKey) bool {
	for range schedule.MaxRow - b.rows[key] {
		next, waits := b.waiting[target]
		if !waits {
			return false
		}
		if target = next; target == key {
			return true
		}
	}
	return true
}

// park records that a page waits for the page at out.Canonical.
func (b *book) park(req Request, out *Outcome) {
	b.mu.Lock()
	defer b.mu.Unlock()
	target := b.key(out.Canonical)
	b.parked[target] = append(b.parked[target], parkedPage{req, out.Print})
}

// settle returns the pages that waited for an address that is now finished, in two lists: those that are the same page
// as the page at that address, and the others. Pages that waited for a page in the first list are included.
func (b *book) settle(address string) (same, others []Request) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.parked) == 0 {
		return nil, nil
	}
	targets := []urlKey{b.key(address)}
	known, delivered := b.delivered[targets[0]]
	for len(targets) > 0 {
		target := targets[0]
		targets = targets[1:]
		for _, p := range b.parked[target] {
			b.absent[target] = b.absent[target] || !delivered
			key := b.key(p.req.URL)
			delete(b.waiting, key)
			if b.watch.Folds(hostOf(p.req.URL), p.print, known) {
				same = append(same, p.req)
				b.delivered[key] = known
				targets = append(targets, key)
				continue
			}
			p.req.OwnIdentity = true
			others = append(others, p.req)
		}
		delete(b.parked, target)
		delete(b.rows, target)
	}
	return same, others
}

// drain removes all parked pages, and passes their requests to the function each.
func (b *book) drain(each func(Request)) {
	b.mu.Lock()
	parked := b.parked
	b.parked = make(map[urlKey][]parkedPage)
	b.mu.Unlock()
	for _, list := range parked {
		for _, p := range list {
			each(p.req)
		}
	}
}

func hostOf(address string) string { return hostKey(parseSeed(address)) }
