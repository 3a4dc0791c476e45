package fleet

import (
	"slices"
	"sync"

	"github.com/dechaff/dechaff/scraper"
)

// seenCache remembers addresses that are in the database, so that the links that all pages of a site have in common are
// sent there once. It is safe for concurrent use.
type seenCache struct {
	mu       sync.Mutex
	enqueued map[[16]byte]struct{}
	rejected map[[16]byte]struct{}
}

// maxSeen bounds what each set remembers: about 40 bytes for an address.
const maxSeen = 1 << 20

func newSeenCache() *seenCache {
	return &seenCache{enqueued: make(map[[16]byte]struct{}), rejected: make(map[[16]byte]struct{})}
}

// isEnqueued reports whether the address of a Finding.Key is known to have been enqueued.
func (s *seenCache) isEnqueued(key string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, ok := s.enqueued[[16]byte(urlKey(key))]
	return ok
}

// withoutKnownRejections removes the findings that are rejected and are known to have been rejected before.
func (s *seenCache) withoutKnownRejections(found []scraper.Finding) []scraper.Finding {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.DeleteFunc(found, func(d scraper.Finding) bool {
		_, ok := s.rejected[[16]byte(urlKey(d.Key))]
		return ok && d.Err != nil
	})
}

// add notes findings that are in the database now.
func (s *seenCache) add(found []scraper.Finding) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i := range found {
		set := s.enqueued
		if found[i].Err != nil {
			set = s.rejected
		}
		if len(set) >= maxSeen {
			clear(set)
		}
		set[[16]byte(urlKey(found[i].Key))] = struct{}{}
	}
}
