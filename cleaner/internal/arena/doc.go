// Package arena saves allocations on slices that a page needs many of.
//
//	slab.go        Slab lends pieces of one large slice
//	push.go        Push is append with fewer copies of long slices
package arena
