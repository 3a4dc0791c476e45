package cleaner

import (
	"math/bits"
	"slices"
)

// minCounts is the initial number of entries of a table of counts, and maxCounts is the maximum number. Both are powers
// of two. An entry has 12 bytes.
const (
	minCounts = 1 << 8
	maxCounts = 1 << 17
)

// counts stores the number of pages with each key in bounded memory. It is the summary of Misra and Gries (Finding
// repeated elements, Science of Computer Programming 2, 1982). If the table is full, the same number is subtracted from
// all counts, and keys whose count falls to zero are forgotten. So a count is never too high, and it is too low by at
// most the value of lost. Two summaries can be merged into one of the same kind (Agarwal et al.: Mergeable summaries,
// PODS 2012).
type counts struct {
	keys   []uint64 // 0 means an empty entry; no key is 0
	values []uint32
	used   int    // the number of keys
	lost   uint32 // the sum of all numbers that were subtracted
}

// slot returns the index of a key, or of the empty entry for it.
func (c *counts) slot(key uint64) int {
	mask := uint64(len(c.keys) - 1)
	for i := key * 0x9E3779B97F4A7C15 >> 20 & mask; ; i = (i + 1) & mask {
		if c.keys[i] == key || c.keys[i] == 0 {
			return int(i)
		}
	}
}

// of looks up the count of a key. It returns 0 if the key is unknown.
func (c *counts) of(key uint64) uint32 {
	if c.used == 0 {
		return 0
	}
	return c.values[c.slot(key)]
}

// ofAny reports whether one of the keys was counted.
func (c *counts) ofAny(keys []uint64) bool {
	return slices.ContainsFunc(keys, func(k uint64) bool { return c.of(k) > 0 })
}

// add adds n to the count of a key.
func (c *counts) add(key uint64, n uint32) {
	if 4*(c.used+1) > 3*len(c.keys) {
		if len(c.keys) < maxCounts {
			c.resize(max(2*len(c.keys), minCounts))
		} else {
			c.sweep()
		}
	}
	i := c.slot(key)
	if c.keys[i] == 0 {
		c.keys[i] = key
		c.used++
	}
	if sum := c.values[i] + n; sum >= n { // on overflow the count does not change
		c.values[i] = sum
	}
}

// resize moves the counts to a new table of the given size, which must be large enough. Counts of zero are dropped.
func (c *counts) resize(size int) {
	old := *c
	c.keys, c.values, c.used = make([]uint64, size), make([]uint32, size), 0
	for i, key := range old.keys {
		if key != 0 && old.values[i] > 0 {
			at := c.slot(key)
			c.keys[at], c.values[at] = key, old.values[i]
			c.used++
		}
	}
}

// sweep subtracts from all counts the smallest number that leaves at most half as many keys as a full table has.
func (c *counts) sweep() {
	values := make([]uint32, 0, c.used)
	for i, key := range c.keys {
		if key != 0 {
			values = append(values, c.values[i])
		}
	}
	slices.Sort(values)
	off := uint32(1)
	if keep := maxCounts * 3 / 8; len(values) > keep {
		off = max(off, values[len(values)-keep-1])
	}
	for i := range c.values {
		c.values[i] -= min(off, c.values[i])
	}
	c.lost += off
	c.resize(len(c.keys))
}

// merge adds the counts of another table. The result does not depend on which of the two is merged into which.
func (c *counts) merge(other *counts) {
	sum := counts{lost: c.lost + other.lost}
	sum.resize(max(len(c.keys), len(other.keys), minCounts) * 2) // large enough for both, so that sweep does not run
	for _, from := range []*counts{c, other} {
		for i, key := range from.keys {
			if key != 0 {
				sum.add(key, from.values[i])
			}
		}
	}
	if 4*sum.used > 3*maxCounts {
		sum.sweep()
	}
	sum.resize(min(fittingCounts(sum.used), maxCounts))
	*c = sum
}

// fittingCounts returns the size of a table for n entries.
func fittingCounts(n int) int { return max(minCounts, 1<<bits.Len(uint(4*n/3))) }

func (c *counts) clone() counts {
	copied := *c
	copied.keys, copied.values = slices.Clone(c.keys), slices.Clone(c.values)
	return copied
}
