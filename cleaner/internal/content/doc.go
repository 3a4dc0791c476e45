// Package content builds a safe, tidy tree of the blocks that are kept.
package content
