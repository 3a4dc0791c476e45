package arena

import (
	"runtime"
	"testing"

	"github.com/stretchr/testify/assert"
)

// A value is still in the pool after garbage collections, unless it is large or there are more values than CPUs.
func TestPool(t *testing.T) {
	p := NewPool[int]()
	assert.Zero(t, *p.Get(), "new")

	value, large := new(int), new(int)
	*value, *large = 7, 8
	p.Put(value, false)
	p.Put(large, true)
	runtime.GC()
	runtime.GC() // a sync.Pool is empty after two collections
	assert.Same(t, value, p.Get())
	assert.Zero(t, *p.Get())

	for range cap(p.kept) + 5 {
		more := new(int)
		*more = 9
		p.Put(more, false)
	}
	runtime.GC()
	runtime.GC()
	for range cap(p.kept) {
		assert.Equal(t, 9, *p.Get())
	}
	assert.Zero(t, *p.Get())
}
