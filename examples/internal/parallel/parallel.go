// Package parallel applies a function to several items at a time.
package parallel

import (
	"context"
	"iter"
	"sync"
)

// Each calls the function do with a pointer to every item of a list, and returns when all calls have returned. The
// number of workers is the maximum number of concurrent calls. When ctx ends, at most one more call is started.
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

// Map calls the function do with every item of a sequence, and yields the results in the sequence's order. The number
// of workers is the maximum number of concurrent calls. Map reads the sequence a few items per worker ahead, in a
// separate goroutine. When ctx ends, the sequence ends too; the results of items that have already been read
// are still yielded.
func Map[T, R any](ctx context.Context, items iter.Seq[T], workers int, do func(T) R) iter.Seq[R] {
	return func(yield func(R) bool) {
		ctx, cancel := context.WithCancel(ctx)
		slots := make(chan chan R, ahead*workers) // in order; bounds the number of waiting results
		jobs := make(chan func())
		var done sync.WaitGroup
		for range workers {
			done.Go(func() {
				for job := range jobs {
					job()
				}
			})
		}
		done.Go(func() {
			defer close(slots)
			defer close(jobs)
			for item := range items {
				slot := make(chan R, 1)
				select {
				case slots <- slot:
				case <-ctx.Done():
					return
				}
				jobs <- func() { slot <- do(item) }
			}
		})
		defer done.Wait()
		defer cancel()
		for slot := range slots {
			if !yield(<-slot) {
				return
			}
		}
	}
}

// ahead is how many items are read ahead for each worker: enough that a slow item does not stop the other workers.
const ahead = 4
