package arena

import (
	"runtime"
	"sync"
)

// A Pool contains memory that is free for reuse. Unlike a sync.Pool, it still contains some of it after a garbage
// collection: while a page is cleaned, there is often more than one collection, and with a sync.Pool nearly every page
// would need new memory. It keeps one value for each CPU that Go uses. Further values, and large ones, are in a
// sync.Pool. It can be used by several goroutines at once.
type Pool[T any] struct {
	kept  chan *T
	spare sync.Pool
}

// NewPool returns an empty pool.
func NewPool[T any]() *Pool[T] { return &Pool[T]{kept: make(chan *T, runtime.GOMAXPROCS(0))} }

// Get takes a value from the pool. If the pool is empty, it returns a pointer to a zero value.
func (p *Pool[T]) Get() *T {
	select {
	case value := <-p.kept:
		return value
	default:
	}
	if value, ok := p.spare.Get().(*T); ok {
		return value
	}
	return new(T)
}

// Put adds a value to the pool. It must not refer to a page, because it can stay in the pool forever. If large is true,
// a garbage collection may free it.
func (p *Pool[T]) Put(value *T, large bool) {
	if !large {
		select {
		case p.kept <- value:
			return
		default:
		}
	}
	p.spare.Put(value)
}
