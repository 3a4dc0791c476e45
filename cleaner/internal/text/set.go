package text

import "sync"

// A Set is a fixed set of words. It is indexed on first use, so that a program pays nothing for sets that it imports
// but does not use. It may be used from several goroutines.
type Set struct {
	lists [][]string
	once  sync.Once
	index map[string]struct{}
	// lengths has, for each first byte of a word in the set, a bit for each length of such words. The length 64 has the
	// same bit as 0, and so on. Most words that are not in the set are ruled out by this, without a look-up in index.
	lengths [256]uint64
}

// SetOf returns the set of the given words.
func SetOf(words ...string) *Set { return &Set{lists: [][]string{words}} }

// UnionOf returns the set of all words in the given lists.
func UnionOf(lists ...[]string) *Set { return &Set{lists: lists} }

// Has reports whether word is in the set.
func (s *Set) Has(word string) bool {
	s.once.Do(s.build)
	if s.lengths[firstByte(word)]>>(len(word)%64)&1 == 0 {
		return false
	}
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
			s.lengths[firstByte(word)] |= 1 << (len(word) % 64)
		}
	}
}

// firstByte returns the first byte of a word, or 0 for the empty word.
func firstByte(word string) byte {
	if word == "" {
		return 0
	}
	return word[0]
}
