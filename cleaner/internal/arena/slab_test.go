package arena

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// Pieces do not overlap, not even after an append, and a piece is zero although its memory was used before.
func TestSlab(t *testing.T) {
	var s Slab[int]
	first, second := s.Take(3), s.Take(2)
	for i := range first {
		first[i] = 7
	}
	_ = append(first, 8)
	assert.Equal(t, []int{0, 0}, second)
	s.Reset()
	again := s.Take(4)
	assert.Equal(t, []int{0, 0, 0, 0}, again)
	assert.Same(t, &first[0], &again[0], "the memory is reused")

	large := s.Take(100_000) // more than the slab has left
	assert.Len(t, large, 100_000)
	again[0] = 9
	assert.Zero(t, large[0])

	large[0] = 1
	s.Forget()
	assert.Zero(t, large[0])
}

func TestPush(t *testing.T) {
	var list []int
	grown := 0
	for i := range 10_000 {
		before := cap(list)
		if list = Push(list, i); cap(list) != before {
			grown++
		}
	}
	assert.Len(t, list, 10_000)
	assert.Equal(t, 9_999, list[9_999])
	assert.LessOrEqual(t, grown, 11, "each copy doubles the capacity")
}
