package scraper

import (
	"errors"
	"time"
)

// A RequestState says what becomes of a request after a visit.
type RequestState int

const (
	// RequestInterrupted means that a hook's error, or the end of the context, broke off the visit: nothing is known
	// about the page. The error is Account.Err.
	RequestInterrupted RequestState = iota
	// RequestWaiting means that the request waits as before: MaxPages has no place for its page.
	RequestWaiting
	// RequestDeferred means that its host must not be asked before Account.At. No attempt was made.
	RequestDeferred
	// RequestRetried means that an attempt failed, and that the next one is due at Account.At.
	RequestRetried
	// RequestDone means that the page was handled, or the sitemap or feed was read.
	RequestDone
	// RequestFailed means that the address could not be fetched.
	RequestFailed
	// RequestHandlerFailed means that the page's handler failed.
	RequestHandlerFailed
	// RequestSkipped means a decision against the page.
	RequestSkipped
	// RequestRedirected means that the address leads to that of Account.Request, which is to be visited.
	RequestRedirected
)

// String returns the state's name, in lower case.
func (s RequestState) String() string {
	return [...]string{
		"interrupted", "waiting", "deferred", "retried", "done", "failed", "handler failed", "skipped", "redirected",
	}[s]
}

// An Account says what a visit counts as and what its schedule does next. Crawl and package fleet both follow it; see
// Outcome.Account.
type Account struct {
	// State is what becomes of the request.
	State RequestState
	// Request is what to visit next where State is RequestDeferred, RequestRetried or RequestRedirected, and otherwise the
	// request that Err is reported for.
	Request Request
	// At is when to visit a request again that is deferred or retried.
	At time.Time
	// Err is why a request is interrupted, retried, failed or skipped.
	Err error
	// Stats is what to add to the counts of the crawl: its fields for what is finished and its Bytes. Skipped and Failures
	// are nil; the schedule counts Reason(Err) where State is RequestSkipped, RequestFailed or RequestHandlerFailed.
	Stats Stats
	// FollowLinks reports whether the page's links are to be followed: those of a duplicate, of a page that says noindex
	// and of a page whose handler failed are links too.
	FollowLinks bool
}

// Account decides what the outcome of a visit counts as. Its arguments are the request that was visited and the error
// that VisitHooked returned. A schedule that is being stopped leaves the request waiting instead, where the error may
// come from the stop.
//
// A redirect counts as one that leads to a new page. Account.Redirect corrects that for other targets.
func (o Outcome) Account(from Request, err error) Account {
	a := Account{Request: o.Request, Stats: Stats{Bytes: o.Bytes}}
	if err != nil {
		return a.fail(from, err)
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
	case OutcomeFailed: // comes with an error
	}
	return a
}

// fail decides about a visit that returned an error.
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

// Redirect decides about a redirect by its target, which is the one Finding that Job.Findings lists for it. The
// argument isSeen reports whether the crawl has seen the target's Key before: then both addresses are one page, which
// is visited once.
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

// add adds what a visit counts as.
func (s *Stats) add(more *Stats) {
	s.Fetched += more.Fetched
	s.Handled += more.Handled
	s.Listed += more.Listed
	s.Failed += more.Failed
	s.Redirected += more.Redirected
	s.Retried += more.Retried
	s.Bytes += more.Bytes
}
