package parallel

import (
	"context"
	"fmt"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
)

func ExampleMap() {
	for square := range Map(context.Background(), slices.Values([]int{1, 2, 3}), 2, func(n int) int { return n * n }) {
		fmt.Println(square)
	}
	// Output:
	// 1
	// 4
	// 9
}

// count yields the numbers from 0 to n-1, and increments read for each.
func count(n int, read *atomic.Int64) func(func(int) bool) {
	return func(yield func(int) bool) {
		for i := range n {
			read.Add(1)
			if !yield(i) {
				return
			}
		}
	}
}

func TestMapKeepsTheOrder(t *testing.T) {
	var read, running, most atomic.Int64
	want := 0
	for got := range Map(t.Context(), count(500, &read), 4, func(i int) int {
		most.Store(max(most.Load(), running.Add(1)))
		defer running.Add(-1)
		time.Sleep(time.Duration(i%7) * 100 * time.Microsecond)
		return i
	}) {
		assert.Equal(t, want, got)
		assert.LessOrEqual(t, read.Load(), int64(got+1+ahead*4+2), "items read ahead")
		want++
	}
	assert.Equal(t, 500, want)
	assert.Greater(t, most.Load(), int64(1))
	assert.LessOrEqual(t, most.Load(), int64(4))
}

// Whatever ends the loop, no goroutine continues afterwards.
func TestMapStops(t *testing.T) {
	var read atomic.Int64
	for got := range Map(t.Context(), count(1e6, &read), 3, func(i int) int { return i }) {
		if got == 10 {
			break
		}
	}
	at := read.Load()
	assert.Less(t, at, int64(100))
	ctx, cancel := context.WithCancel(t.Context())
	for got := range Map(ctx, count(1e6, &read), 3, func(i int) int { return i }) {
		if got == 10 {
			cancel()
		}
	}
	cancel()
	assert.Less(t, read.Load()-at, int64(1000))
	time.Sleep(5 * time.Millisecond)
	at = read.Load()
	time.Sleep(5 * time.Millisecond)
	assert.Equal(t, at, read.Load())
}
