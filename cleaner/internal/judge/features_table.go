package judge

import (
	"github.com/dechaff/dechaff/cleaner/internal/arena"
	"github.com/dechaff/dechaff/cleaner/internal/forest"
)

// A featureTable contains the rows of numbers that describe a page's blocks for the judge. The first pass reads the
// columns before secondStart, the second pass all columns.
type featureTable struct {
	values []float32
}

// tables is a pool of memory for tables. A table is the largest piece of memory that cleaning a page needs.
var tables = arena.NewPool[[]float32]()

// maxPooled is the maximum length of a table that is reused, in numbers of four bytes each: 16 MiB. Tables longer than
// maxKept, 4 MiB, are not kept after a garbage collection.
const maxPooled, maxKept = 4 << 20, 1 << 20

// newTable returns a table with the given number of rows. The rows may contain numbers of another page.
func newTable(rows int) featureTable {
	n := rows * featureCount
	if pooled := tables.Get(); cap(*pooled) >= n {
		return featureTable{values: (*pooled)[:n]}
	}
	return featureTable{values: make([]float32, n)}
}

// Release makes the table's memory available for other pages, unless it is very large. The table must not be read
// afterwards.
func (t *featureTable) Release() {
	if values := t.values; cap(values) <= maxPooled {
		tables.Put(&values, cap(values) > maxKept) // a pointer into t would keep the page alive
	}
}

// rows returns the table in the form that models read.
func (t *featureTable) rows() forest.Table {
	return forest.Table{Values: t.values, Length: featureCount}
}

func (t *featureTable) row(b int) []float32 { return t.values[b*featureCount : (b+1)*featureCount] }
