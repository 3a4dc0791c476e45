package arena

// A Slab lends pieces of a large slice, and makes a new one when it is used up. The zero value is ready for use.
type Slab[T any] struct {
	// all is the current slice. Its first used elements have been lent.
	all  []T
	used int
}

// Take returns a slice of n zero values.
func (s *Slab[T]) Take(n int) []T {
	if len(s.all)-s.used < n { // the pieces keep the old slice alive
		s.all, s.used = make([]T, max(n, 2*len(s.all), 256)), 0
	}
	piece := s.all[s.used : s.used+n : s.used+n]
	s.used += n
	clear(piece)
	return piece
}

// Reset takes all pieces back. They must not be used afterwards.
func (s *Slab[T]) Reset() { s.used = 0 }

// Forget is like Reset, and also clears the memory, for values that refer to a page.
func (s *Slab[T]) Forget() {
	clear(s.all)
	s.Reset()
}

// Reset takes the pieces of several slabs back.
func Reset(slabs ...interface{ Reset() }) {
	for _, s := range slabs {
		s.Reset()
	}
}
