package scraper

import (
	"context"
	"errors"
	"time"
)

// Hooks let a schedule take part in a visit. The zero value does what Visit does.
type Hooks struct {
	// Enter is called before each request, for a page, a robots.txt or a further part, with the request's host (a name
	// and a port), to reserve the host. It returns a function to call when the request has finished and the host's pace
	// is updated, or a nil function and the time at which to try again. If it returns an error, the visit ends with
	// that error.
	Enter func(ctx context.Context, host string) (leave func(), again time.Time, err error)
	// Claim is called before a page is passed to the handler, and before a part of the page is fetched. For a page, the
	// error ErrDuplicate means that the page is skipped, ErrPageLimit that it is not handled, and ErrParked that it
	// waits until the page that it names by rel=canonical has been fetched. For a part, these errors mean that the part
	// is not fetched. Any other error ends the visit with that error.
	Claim func(ctx context.Context, claim *Claim) error
	// Watch contains what the crawl has learned about its hosts. If it is nil, nothing is learned.
	Watch *Watch
	// Cookies is Job.Cookies.
	Cookies *Cookies
	// Released is called when other visits may make requests to the page's host: after the responses for the page and
	// its parts have arrived, and before the handler is called. It is not called if the visit ends before it makes a
	// request. It is also not called for a sitemap or feed, because its dates may belong to the page that is visited
	// next.
	Released func()
	// JoinParts, Next and Whole are the Job's fields of the same names.
	JoinParts bool
	Next      func(p *Page) (next string, known bool)
	Whole     func(p *Page) string
	// NoIndex is Job.NoIndex.
	NoIndex NoIndex
	// FollowOnly is Job.FollowOnly.
	FollowOnly []Pattern
}

// VisitHooked is Visit under the control of a schedule. Crawl and package fleet are built on it.
//
// Errors: the errors of Visit, and the errors of the hooks, unchanged.
func (s *Scraper) VisitHooked(ctx context.Context, req Request, handler Handler, hooks Hooks) (Outcome, error) {
	v := visit{s: s, req: req, handler: handler, acquire: s.acquireNow, hooks: hooks}
	return v.run(ctx)
}

// enter reserves a host through the hook, if there is one.
func (v *visit) enter(ctx context.Context, host string) (func(), time.Time, error) {
	if v.hooks.Enter == nil {
		return func() {}, time.Time{}, nil
	}
	leave, again, err := v.hooks.Enter(ctx, host)
	if err != nil {
		v.hookErr = err
	}
	return leave, again, err
}

// noteHook checks whether err, which the method get returned, is an error of Options.OnExchange. If so, it returns that
// error unwrapped, and makes it end the visit as a hook's error does. It returns other errors unchanged.
func (v *visit) noteHook(err error) error {
	if failure, ok := errors.AsType[*exchangeError](err); ok {
		v.hookErr = failure.error
		return failure.error
	}
	return err
}

func (v *visit) released() {
	if v.hooks.Released != nil && !v.isReleased && v.req.List == NoList {
		v.isReleased = true
		v.hooks.Released()
	}
}
