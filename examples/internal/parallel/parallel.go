// Package parallel applies a function to many items at a time.
package parallel

import (
	"context"
	"sync"
)

// Each calls do with every item of a list, up to workers at a time, and returns when all calls have returned. When ctx
// ends, no further calls are started.
func Each[T any](ctx context.Context, list []T, workers int, do func(*T)) {
	next := make(chan *T)
	var done sync.WaitGroup
	for range workers {
		done.Go(func() {
			for item := range next {
				do(item)
			}
		})
	}
	for i := range list {
		if ctx.Err() != nil {
			break
		}
		next <- &list[i]
	}
	close(next)
	done.Wait()
}
