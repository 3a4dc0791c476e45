package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"

	"golang.org/x/sync/semaphore"

	"github.com/dechaff/dechaff/examples/internal/input"
	"github.com/dechaff/dechaff/examples/internal/parallel"
)

// An item is a page on its way from an input to the sink. If page is nil, err is the error that stopped an input or, if
// input is nil too, that prevented a unit from starting. If err is also nil, the item marks the end of a unit.
type item struct {
	unit  *unit
	input *input.Input
	page  *input.Page
	err   error
	taken int64 // bytes of runner.memory that the page holds
}

// maxMemory is the maximum total size, in bytes, of the pages that are processed at the same time. Few pages are larger
// than a few hundred KiB; the limit is for files of large pages.
const maxMemory = 96 << 20

// process cleans the pages of all units and passes the results to the sink.
func (r *runner) process(ctx context.Context, options input.Options) error {
	r.memory = semaphore.NewWeighted(maxMemory)
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer func() {
		for _, u := range r.plan.units {
			u.unlock(false)
		}
	}()
	var current *unit
	for res := range parallel.Map(ctx, r.items(ctx, options), r.workers, func(it item) *result {
		return r.job.clean(ctx, it)
	}) {
		r.memory.Release(res.taken)
		current = res.unit
		err := ctx.Err()
		if err == nil {
			err = r.take(res)
		}
		if err != nil {
			cancel() // the reader may be waiting for memory that no result will release
			r.sink.abandon(current)
			return err
		}
	}
	if err := ctx.Err(); err != nil {
		r.sink.abandon(current)
		return err
	}
	return nil
}

// take passes a result to the sink, and prints the error of an input or a unit.
func (r *runner) take(res *result) error {
	var path *fs.PathError
	switch {
	case res.page != nil:
		r.report.PagesNow += max(res.page.Count, 1)
		r.progress.page()
		return r.sink.page(res)
	case res.err == nil && res.item.err == nil:
		return r.sink.end(res.unit)
	}
	err := res.item.err
	r.progress.say(r.stderr, fmt.Sprintf("clean: %v", err))
	var kind *input.KindError
	if errors.As(err, &kind) && !res.input.Named {
		r.plan.kinds.add(kind.Kind, 1)
	} else {
		r.unread++
	}
	if res.input == nil { // the unit could not be started
		return nil
	}
	if errors.As(err, &path) && !res.unit.single { // a later run may be able to read the input
		r.sink.abandon(res.unit)
		return nil
	}
	return r.sink.broken(res.item)
}

// items yields the pages of all units, in order, without those that were written by earlier runs.
func (r *runner) items(ctx context.Context, options input.Options) func(yield func(item) bool) {
	return func(yield func(item) bool) {
		for _, u := range r.plan.units {
			pages, done, err := r.sink.begin(u)
			switch {
			case err != nil:
				if !yield(item{unit: u, err: err}) {
					return
				}
				continue
			case done:
				r.report.ShardsBefore += u.finished
				r.progress.skip(u)
				continue
			}
			if !r.unitItems(ctx, u, pages, options, yield) {
				return
			}
		}
	}
}

// unitItems yields the pages of a unit, except the first skip pages, the errors of its inputs, and an item for its end.
// There is no such item if the unit is a file with many pages that could not be opened or read, because a later run may
// be able to read it. unitItems returns false if no more items are wanted.
func (r *runner) unitItems(
	ctx context.Context, u *unit, skip int, options input.Options, yield func(item) bool,
) bool {
	more, lost := true, false
	for _, in := range u.inputs {
		err := in.Pages(ctx, options, func(p *input.Page) bool {
			if skip--; skip >= 0 {
				return true
			}
			it := item{unit: u, input: in, page: p, taken: min(p.Size(), maxMemory)}
			if r.memory.Acquire(ctx, it.taken) != nil {
				return false
			}
			more = yield(it)
			return more
		})
		if !more || ctx.Err() != nil {
			return false
		}
		if err != nil {
			var path *fs.PathError
			lost = lost || errors.As(err, &path) && !u.single
			if !yield(item{unit: u, input: in, err: err}) {
				return false
			}
		}
	}
	return lost || yield(item{unit: u})
}
