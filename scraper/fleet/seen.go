package fleet

import (
	"slices"
	"sync"

	"github.com/dechaff/dechaff/scraper"
)

// seenCache caches addresses that are in the database, so that links that all pages of a site have in common are sent
// to the database only once. It is safe for concurrent use.
type seenCache struct {
	mu       sync.Mutex
	enqueued map[[16]byte]struct{}
	rejected map[[16]byte]struct{}
}

// maxSeen is the maximum number of addresses in each of the two sets of a seenCache. A full set is cleared. An address
// takes about 40 bytes.
const maxSeen = 1 << 20

func newSeenCache() *seenCache {
	return &seenCache{enqueued: make(map[[16]byte]struct{}), rejected: make(map[[16]byte]struct{})}
}

// isEnqueued reports whether the address with the given Finding.Key is known to have been enqueued.
func (s *seenCache) isEnqueued(key string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, ok := s.enqueued[[16]byte(urlKey(key))]
	return ok
}

// withoutKnownRejections removes the rejected findings whose rejection is known to be in the database.
func (s *seenCache) withoutKnownRejections(found []scraper.Finding) []scraper.Finding {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.DeleteFunc(found, func(d scraper.Finding) bool {
		_, ok := s.rejected[[16]byte(urlKey(d.Key))]
		return ok && d.Err != nil
	})
}

// add adds findings that are now in the database.
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
