package scraper

import (
	"errors"
	"time"
)

// A RequestState is the state of a request after a visit.
type RequestState int

const (
	// RequestInterrupted means that a hook's error or the end of the context ended the visit early, so nothing is known
	// about the page. Account.Err is the error of the hook or the context.
	RequestInterrupted RequestState = iota
	// RequestWaiting means that the request remains queued, because its page would exceed Job.MaxPages.
	RequestWaiting
	// RequestDeferred means that no request to its host may be made before Account.At. No attempt was made.
	RequestDeferred
	// RequestRetried means that an attempt failed and the next one is due at Account.At.
	RequestRetried
	// RequestDone means that the page was handled, or the sitemap or feed was read.
	RequestDone
	// RequestFailed means that the address could not be fetched.
	RequestFailed
	// RequestHandlerFailed means that the page's handler failed.
	RequestHandlerFailed
	// RequestSkipped means that the page was deliberately not fetched, or not delivered.
	RequestSkipped
	// RequestRedirected means that the address redirects to the address of Account.Request, which must be visited.
	RequestRedirected
	// RequestParked means that the page waits for the page at Outcome.Canonical. It will be counted later.
	RequestParked
)

// String returns the state's name in lower case, or "unknown".
func (s RequestState) String() string {
	return nameOf(int(s), "interrupted", "waiting", "deferred", "retried", "done", "failed", "handler failed", "skipped",
		"redirected", "parked")
}

// nameOf returns the name of a value of an enumeration that begins at 0, or "unknown": String must not panic, because
// it is called for messages about invalid values.
func nameOf(value int, names ...string) string {
	if value < 0 || value >= len(names) {
		return "unknown"
	}
	return names[value]
}

// An Account tells a schedule how to count a visit and what to do next. Crawl and package fleet both use it; see
// Outcome.Account.
type Account struct {
	// State is the state of the request after the visit.
	State RequestState
	// Request is what to visit next if State is RequestDeferred, RequestRetried or RequestRedirected. Otherwise it is
	// the request that was visited, or the target of a redirect that was skipped.
	Request Request
	// At is when to visit a deferred or retried request again.
	At time.Time
	// Err is the reason why a request was interrupted, retried or skipped, or why it failed.
	Err error
	// Stats is what to add to the counts of the crawl. Skipped and Failures are nil: the schedule counts Reason(Err)
	// itself if State is RequestSkipped, RequestFailed or RequestHandlerFailed.
	Stats Stats
	// FollowLinks reports whether the page's links must be followed. It is also true for a duplicate, for a noindex page,
	// for a page whose handler failed, for a page with too many nodes, and for a seed that could not be fetched but whose
	// host has sitemaps.
	FollowLinks bool
}

// Account determines how the outcome of a visit is counted. The argument from is the request that was visited, and err
// is the error that VisitHooked returned. If the schedule is being stopped, that may have caused the error. In this
// case the schedule must leave the request queued instead of using the Account.
//
// A redirect is counted as a redirect to a new page. Account.Redirect corrects that for other targets.
func (o Outcome) Account(from Request, err error) Account {
	a := Account{Request: o.Request, Stats: Stats{Bytes: o.Bytes}}
	if err != nil {
		a = a.fail(from, err)
		a.FollowLinks = a.FollowLinks || a.State == RequestFailed && len(o.Sitemaps)+len(o.Links) > 0
		return a
	}
	switch o.Kind {
	case OutcomeDone:
		a.State, a.FollowLinks = RequestDone, true
		if from.List == NoList {
			a.Stats.Fetched, a.Stats.Handled = 1, 1
		} else {
			a.Stats.Listed = 1
		}
	case OutcomeRedirect:
		a.State, a.Stats.Redirected = RequestRedirected, 1
	case OutcomeRetry:
		a.At, a.Err = o.At, o.Err
		if o.Request.Tries == from.Tries {
			a.State = RequestDeferred
		} else {
			a.State, a.Stats.Retried = RequestRetried, 1
		}
	case OutcomeSkipped:
		if errors.Is(o.Err, ErrPageLimit) {
			a.State, a.Request = RequestWaiting, from
		} else {
			a.State, a.Err, a.FollowLinks = RequestSkipped, o.Err, true
		}
	case OutcomeParked:
		a.State, a.Request, a.FollowLinks = RequestParked, from, true
	case OutcomeFailed: // always comes with an error, so that fail was called
	}
	return a
}

// isFinal reports whether the request's address is finished.
func (a *Account) isFinal() bool {
	switch a.State {
	case RequestDone, RequestFailed, RequestHandlerFailed, RequestSkipped, RequestRedirected:
		return true
	}
	return false
}

// fail determines how a visit that returned an error is counted.
func (a Account) fail(from Request, err error) Account {
	a.Request, a.Err = from, err
	_, byHandler := errors.AsType[*HandlerError](err)
	_, byFetch := errors.AsType[*FetchError](err)
	switch {
	case byHandler:
		a.State, a.Stats.Fetched, a.Stats.Failed, a.FollowLinks = RequestHandlerFailed, 1, 1, true
	case byFetch:
		a.State, a.Stats.Failed = RequestFailed, 1
	default:
		a.State = RequestInterrupted
	}
	return a
}

// Redirect determines how a redirect is counted, based on its target, the only Finding that Job.Findings returns for
// it. isSeen reports whether the crawl has seen the target's Key before. If it has, the redirect is skipped with
// ErrSeen, unless the target is another spelling of the same address (Finding.Same).
func (a Account) Redirect(from Request, target *Finding, isSeen bool) Account {
	switch {
	case errors.Is(target.Err, ErrBadURL):
		a.State, a.Request = RequestFailed, from
		a.Err = &FetchError{URL: from.URL, Err: target.Err}
		a.Stats.Redirected, a.Stats.Failed = 0, 1
	case target.Err != nil:
		a.State, a.Err, a.Stats.Redirected = RequestSkipped, target.Err, 0
	case isSeen && !target.Same:
		a.State, a.Err, a.Stats.Redirected = RequestSkipped, ErrSeen, 0
	}
	return a
}

// add adds the counts of a visit: all that Account and Redirect can set.
func (s *Stats) add(more *Stats) {
	s.Fetched += more.Fetched
	s.Handled += more.Handled
	s.Listed += more.Listed
	s.Failed += more.Failed
	s.Redirected += more.Redirected
	s.Retried += more.Retried
	s.Bytes += more.Bytes
}
