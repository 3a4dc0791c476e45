package scraper

import (
	"context"
	"time"
)

// Hooks let a schedule take part in a visit. The zero value does what Visit does.
type Hooks struct {
	// Enter is called before each request, for a page, a robots.txt or a further part, with the request's host (a name
	// and a port), to reserve the host. It returns a function to call when the request is over and the host's pace is
	// updated; or, with a nil function, when to try again. If it returns an error, the visit ends with that error.
	Enter func(ctx context.Context, host string) (leave func(), again time.Time, err error)
	// Claim is called with a page's Identity before the page is passed to the handler, and before a part of it is
	// fetched. If it returns false, the page is skipped with ErrDuplicate; if it returns ErrPageLimit, the page is not
	// handled. Any other error ends the visit with that error.
	Claim func(ctx context.Context, identity string, part bool) (bool, error)
	// Released is called when other visits may make requests to the page's host: after the responses of the page and
	// its parts, before the handler. It is not called if the visit ends before it makes a request.
	Released func()
	// JoinParts is Job.JoinParts.
	JoinParts bool
	// NoIndex is Job.NoIndex.
	NoIndex NoIndex
}

// VisitHooked is Visit under the control of a schedule. Crawl and package fleet are built on it.
//
// Errors: those of Visit, and those of the hooks, unchanged.
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

// claim reports, by the hook, whether this visit may pass a page or a part to the handler.
func (v *visit) claim(ctx context.Context, identity string, part bool) (bool, error) {
	if v.hooks.Claim == nil {
		return true, nil
	}
	ok, err := v.hooks.Claim(ctx, identity, part)
	if err != nil {
		v.hookErr = err
	}
	return ok, err
}

func (v *visit) released() {
	if v.hooks.Released != nil && !v.isReleased {
		v.isReleased = true
		v.hooks.Released()
	}
}
