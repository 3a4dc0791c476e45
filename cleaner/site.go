package cleaner

import (
	"sync"
)

// minSitePages is how many pages of a host must have been observed before repetition counts as evidence.
const minSitePages = 3

// A Site learns what the pages of one host have in common: texts at the same place, whole lists and tables, pictures,
// the beginnings and ends of titles. It works in any language. Call Observe for each page, and clean with a Snapshot:
// see Cleaner.ForSite. To observe and clean a page in one pass, see Cleaner.Observing.
//
// A Site stores hashes and counts but no text, in at most 1.5 MiB, however many pages it observes. If there are very
// many pages, it forgets what only a few of them share. Observing a page takes time proportional to its number of
// blocks. A Site is safe for concurrent use. The zero value has observed no page.
type Site struct {
	mu    sync.Mutex
	pages int
	seen  counts
}

// NewSite returns a Site that has observed no page.
func NewSite() *Site { return new(Site) }

// observe counts the keys of a page. The parameter whole contains the keys by which the page as a whole is recognized.
// If one of them was counted before, observe does nothing.
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

// Pages returns the number of distinct pages that were observed.
func (s *Site) Pages() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.pages
}

// Merge adds what another Site of the same host has learned, for example on another machine. The result does not depend
// on which is merged into which. A page that both have observed counts twice.
func (s *Site) Merge(other *Site) {
	o := other.Snapshot() // never lock both Sites at once
	s.mu.Lock()
	defer s.mu.Unlock()
	s.pages += o.pages
	s.seen.merge(&o.seen)
}

// Snapshot returns a copy of what the Site knows now, which later observations do not change. Copying has a cost, so
// use one snapshot for many pages.
func (s *Site) Snapshot() *Snapshot {
	s.mu.Lock()
	defer s.mu.Unlock()
	return &Snapshot{pages: s.pages, seen: s.seen.clone()}
}

// Pages returns the number of distinct pages that the Site had observed. With fewer than three, a snapshot has no
// effect on cleaning.
func (s *Snapshot) Pages() int { return s.pages }

// orNothing returns the snapshot, or nil if it is based on too few pages.
func (s *Snapshot) orNothing() *Snapshot {
	if s == nil || s.pages < minSitePages {
		return nil
	}
	return s
}

// A Snapshot is the knowledge of a Site at one time. It never changes, so it may be used from several goroutines.
type Snapshot struct {
	pages int
	seen  counts
}
