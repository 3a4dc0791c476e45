package cleaner

import (
	"sync"
)

// minSitePages is how many pages of a host must have been seen before anything is made of what repeats on them.
const minSitePages = 3

// A Site learns what the pages of one host have in common: texts at the same place, lists and tables as a whole,
// pictures, the beginnings and ends of titles. It knows no language. Call Observe for each page, and clean with a
// Snapshot: see Cleaner.ForSite. To observe and clean a page in one pass, see Cleaner.Observing.
//
// It holds counts by hash and no text, and at most 1.5 MiB of them, however many pages it sees: what is on few of very
// many pages is forgotten. A page of n blocks takes time in proportion to n. It is safe for concurrent use. The zero
// value is not ready for use: call NewSite.
type Site struct {
	mu    sync.Mutex
	pages int
	seen  counts
}

// NewSite returns a Site that has seen nothing.
func NewSite() *Site { return new(Site) }

// observe counts keys, unless whole, the page itself, was counted.
func (s *Site) observe(keys, whole []uint64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.seen.ofAny(whole) {
		return
	}
	s.pages++
	for _, key := range keys {
		s.seen.add(key, 1)
	}
}

// Pages is how many different pages were observed.
func (s *Site) Pages() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.pages
}

// Merge adds what another Site of the same host has learned, on another machine say. It does not matter which is added
// to which. A page that both have seen counts twice.
func (s *Site) Merge(other *Site) {
	o := other.Snapshot() // never both locks at once
	s.mu.Lock()
	defer s.mu.Unlock()
	s.pages += o.pages
	s.seen.merge(&o.seen)
}

// Snapshot is what the Site knows now, and stays so whatever it observes later. It copies what the Site holds: take one
// for many pages.
func (s *Site) Snapshot() *Snapshot {
	s.mu.Lock()
	defer s.mu.Unlock()
	return &Snapshot{pages: s.pages, seen: s.seen.clone()}
}

// Pages is how many different pages the Site had observed. With fewer than three, cleaning makes nothing of them.
func (s *Snapshot) Pages() int { return s.pages }

// orNothing is nil for what too few pages taught.
func (s *Snapshot) orNothing() *Snapshot {
	if s == nil || s.pages < minSitePages {
		return nil
	}
	return s
}

// A Snapshot is what a Site knew at one time. It never changes, so that any number of goroutines may use it.
type Snapshot struct {
	pages int
	seen  counts
}
