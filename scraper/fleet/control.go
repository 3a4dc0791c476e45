package fleet

import (
	"context"
)

// Pause has all workers of a crawl make no new visits, from within a second on, until Resume. Their calls of Crawl go on and wait.
//
// Errors: ErrNoCrawl, ErrCancelled, and the database's; so for Resume.
func (f *Fleet) Pause(ctx context.Context, name string) error {
	return f.move(ctx, name, running, paused)
}

// Resume ends a pause.
func (f *Fleet) Resume(ctx context.Context, name string) error {
	return f.move(ctx, name, paused, running)
}

func (f *Fleet) move(ctx context.Context, name string, from, to int) error {
	id, state, err := f.crawl(ctx, name)
	switch {
	case err != nil:
		return err
	case state == cancelled:
		return ErrCancelled
	}
	_, err = f.store.exec(ctx, "UPDATE dechaff_crawl SET state = $2 WHERE id = $1 AND state = $3", id, to, from)
	return err
}

// Cancel ends a crawl for good. Its calls of Crawl return ErrCancelled; what was found stays in the database, and what was waiting is left waiting there.
//
// Errors: ErrNoCrawl, and the database's.
func (f *Fleet) Cancel(ctx context.Context, name string) error {
	id, _, err := f.crawl(ctx, name)
	if err != nil {
		return err
	}
	if _, err := f.store.exec(ctx, "UPDATE dechaff_crawl SET state = $2 WHERE id = $1", id, cancelled); err != nil {
		return err
	}
	return f.queue.drop(ctx, id)
}
