package scraper

import (
	"context"
	"errors"
	"iter"
)

// Pages is Crawl as a sequence. It yields one page at a time, in the order of arrival, while others are fetched. For a
// page that fails, it yields a nil page with a *FetchError and continues. The error of the crawl itself, as returned by
// Crawl, comes last; ErrNoPages is left out if a failure was yielded before. If the caller breaks out of the loop, the
// crawl is stopped, and the loop ends when the crawl has ended.
func (s *Scraper) Pages(ctx context.Context, job Job) iter.Seq2[*Page, error] {
	return func(yield func(*Page, error) bool) {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		type result struct {
			page *Page
			err  error
		}
		results := make(chan result)
		send := func(r result) error {
			select {
			case results <- r:
				return nil
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		var final error
		go func() {
			defer close(results)
			_, final = s.crawl(ctx, job,
				func(_ context.Context, p *Page) error { return send(result{page: p}) },
				func(err error) { _ = send(result{err: err}) }) // after the loop has ended, errors are dropped
		}()
		failed := false
		for r := range results {
			failed = failed || r.err != nil
			if !yield(r.page, r.err) {
				cancel()
				for range results { // waits until the crawl has ended
					continue
				}
				return
			}
		}
		if final != nil && (!failed || !errors.Is(final, ErrNoPages)) { // ErrNoPages would repeat a failure
			yield(nil, final)
		}
	}
}
