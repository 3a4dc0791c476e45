package fleet

import "context"

// Pause keeps all workers of a crawl from starting new visits until Resume is called; until then, their calls to Crawl
// wait. Pause takes effect within a second. It does nothing if the crawl is done.
//
// Errors: ErrNoCrawl, ErrCancelled, and database errors. Resume returns the same errors.
func (f *Fleet) Pause(ctx context.Context, name string) error {
	return f.move(ctx, name, running, paused)
}

// Resume ends a pause.
func (f *Fleet) Resume(ctx context.Context, name string) error {
	return f.move(ctx, name, paused, running)
}

func (f *Fleet) move(ctx context.Context, name string, from, to int) error {
	id, state, err := f.findCrawl(ctx, name)
	switch {
	case err != nil:
		return err
	case state == cancelled:
		return ErrCancelled
	}
	return f.db().moveCrawlState(ctx, id, from, to)
}

// Cancel ends a crawl permanently. Running and later calls to Crawl for it return ErrCancelled. All its pages,
// including the waiting ones, stay in the database.
//
// Errors: ErrNoCrawl and database errors.
func (f *Fleet) Cancel(ctx context.Context, name string) error {
	id, _, err := f.findCrawl(ctx, name)
	if err != nil {
		return err
	}
	if err := f.db().setCrawlState(ctx, id, cancelled); err != nil {
		return err
	}
	return f.queue.deleteTurns(ctx, id)
}

// findCrawl finds a crawl by its name; an empty name means "default".
func (f *Fleet) findCrawl(ctx context.Context, name string) (id, state int, err error) {
	return f.db().findCrawl(ctx, Job{Name: name}.name())
}
