package scraper

import (
	"context"
	"time"
)

// Hooks let a schedule take part in a visit. The zero value does what Visit does.
type Hooks struct {
	// Enter is called before each request, for a page, a robots.txt or a further part, with the host that it goes to (a
	// name and a port), to keep others away from that host. It returns what to call when the request is over and its pace
	// is counted; or, with nil, when to come again. Its error ends the visit as it is.
	Enter func(ctx context.Context, host string) (leave func(), again time.Time, err error)
	// Claim is called before a page is handed over, by its Identity, and before a part of it is fetched: false is
	// ErrDuplicate, and ErrPageLimit stops the page. Any other error ends the visit as it is.
	Claim func(ctx context.Context, identity string, part bool) (bool, error)
	// Released is called once the page's host may be asked by others: after its response and those of its parts, before
	// the handler. Where the visit ends before it makes a request, it is not called.
	Released func()
	// JoinParts is Job.JoinParts.
	JoinParts bool
	// NoIndex is Job.NoIndex.
	NoIndex NoIndex
}

// VisitHooked is Visit under the control of a schedule. Two schedules are made of it: Crawl, and that of package fleet.
//
// Errors: those of Visit, and those of the hooks as they are.
func (s *Scraper) VisitHooked(ctx context.Context, req Request, handler Handler, hooks Hooks) (Outcome, error) {
	v := visit{s: s, req: req, handler: handler, acquire: s.acquireNow, hooks: hooks}
	return v.run(ctx)
}

// enter asks the schedule for a host. Without a hook, nobody else is to be kept away.
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

// claim asks the schedule whether a page, or a part, is this visit's to hand over.
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
