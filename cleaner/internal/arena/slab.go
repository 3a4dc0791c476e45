package arena

// A Slab lends pieces of a large slice, and makes a new one when it is used up. The zero value is ready for use.
type Slab[T any] struct {
	// All is the current slice. Its first Used elements have been lent.
	All  []T
	Used int
}

// Take returns a slice of n zero values.
func (s *Slab[T]) Take(n int) []T {
	if len(s.All)-s.Used < n { // the pieces keep the old slice alive
		s.All, s.Used = make([]T, max(n, 2*len(s.All), 256)), 0
	}
	piece := s.All[s.Used : s.Used+n : s.Used+n]
	s.Used += n
	clear(piece)
	return piece
}
