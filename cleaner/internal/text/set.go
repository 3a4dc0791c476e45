package text

import "sync"

// A Set is a fixed set of words. It is indexed on first use, so that a program pays nothing for sets that it imports
// but does not use. It may be used from several goroutines.
type Set struct {
	lists [][]string
	once  sync.Once
	index map[string]struct{}
}

// SetOf returns the set of the given words.
func SetOf(words ...string) *Set { return &Set{lists: [][]string{words}} }

// UnionOf returns the set of all words in the given lists.
func UnionOf(lists ...[]string) *Set { return &Set{lists: lists} }

// Has reports whether word is in the set.
func (s *Set) Has(word string) bool {
	s.once.Do(s.build)
	_, ok := s.index[word]
	return ok
}

func (s *Set) build() {
	size := 0
	for _, list := range s.lists {
		size += len(list)
	}
	s.index = make(map[string]struct{}, size)
	for _, list := range s.lists {
		for _, word := range list {
			s.index[word] = struct{}{}
		}
	}
}
