// Package arena saves allocations where a page needs many slices.
//
//	slab.go        Slab lends pieces of one large slice
//	push.go        Push is append with fewer copies of long slices
//	pool.go        Pool keeps memory for the next pages
package arena
