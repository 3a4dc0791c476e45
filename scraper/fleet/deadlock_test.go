package fleet

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Three workers crawl pages on many hosts that all link to each other. All transactions need the same rows, and no two
// of them deadlock.
func TestNoDeadlock(t *testing.T) {
	name := postgres(t)
	all := make([]int, 400)
	for i := range all {
		all[i] = i
	}
	w := newWeb(t, len(all), 40, func(w *web) { w.links = func(int) []int { return all } })
	c := newConfig(t, w, name)
	procs := []*process{startWorker(t, c), startWorker(t, c), startWorker(t, c)}
	for _, p := range procs {
		require.NoError(t, <-p.ended)
	}
	done := handled(t, c.Log)
	assert.Len(t, done, w.pages)
	for address, n := range done {
		assert.Equal(t, 1, n, address)
	}
	assert.Zero(t, deadlocks(t, name))
}
