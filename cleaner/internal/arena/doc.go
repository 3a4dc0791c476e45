// Package arena lends pieces of large slices, so that a page's notes cost few allocations.
package arena
