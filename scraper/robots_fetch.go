package scraper

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"time"
)

// checkRobots lets the visit continue if robots.txt is known and allows the page, or if Options.IgnoreRobots is set.
// Otherwise, it returns the outcome or error of the visit. If the file must be fetched first, that is the only request
// of the visit, and the page must be visited again.
func (v *visit) checkRobots(ctx context.Context) (*Outcome, error) {
	if v.s.opts.IgnoreRobots {
		v.rules = &robots{}
		return nil, nil
	}
	for {
		state := v.s.robots.state(v.url, time.Now())
		v.rules = state.rules
		switch {
		case state.rules != nil && state.rules.allows(v.url):
			return nil, nil
		case state.rules != nil:
			state.err = ErrRobots
			fallthrough
		case state.err != nil:
			return v.endDisallowed(state.err)
		case time.Now().Before(state.after):
			return &Outcome{Kind: OutcomeRetry, Request: v.req, At: state.after}, nil
		}
		t, out, err := v.turn(ctx, state.fetch)
		if err != nil || out != nil {
			return out, err
		}
		if !v.s.robots.state(v.url, time.Now()).isToFetch(state) {
			t.release() // another visit has fetched it in the meantime
			continue
		}
		if err := v.s.fetchRobots(ctx, v.url, state.fetch, t); err != nil {
			return nil, v.noteHook(err)
		}
		return &Outcome{Kind: OutcomeRetry, Request: v.req, At: v.s.pace.due(hostKey(v.url))}, nil
	}
}

// endDisallowed ends the visit of a page that robots.txt does not allow. If the host cannot be reached, the page counts
// as failed, as it would without a robots.txt, and can be retried when the host is available again.
func (v *visit) endDisallowed(err error) (*Outcome, error) {
	if robots, ok := errors.AsType[*robotsUnreachableError](err); ok && robots.host {
		failure := &FetchError{URL: v.req.URL, Attempts: v.req.Tries, Err: err}
		if v.req.List == NoList {
			return nil, failure
		}
		err = fmt.Errorf("%w: %w", v.noList(), failure)
	}
	out := v.skip(err)
	return &out, nil
}

// fetchRobots makes one request for the robots.txt of u's origin, to the given address. It stores the result and
// releases the turn.
func (s *Scraper) fetchRobots(ctx context.Context, u, address *url.URL, t *turn) error {
	res := &response{end: time.Now()}
	var rules *robots
	var err error
	defer func() { s.releaseTurn(t, res, rules, err) }()
	res, err = s.get(ctx, address, &hop{limit: robotsMaxBytes, truncate: true, accept: acceptAll})
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case isHookFailure(err):
		return err
	case errors.Is(err, ErrForbiddenAddress) && address.Host == u.Host:
		s.robots.gaveUp(u, err, res.end) // the error applies to the page as well
	case err != nil:
		host := address.Hostname() == u.Hostname() && isOneOf(err, networkErrors)
		s.robotsFailed(u, res, &robotsUnreachableError{err, host}, retryableError(err))
	case res.location() != "":
		if target, err := redirectTarget(address, res.location()); err != nil {
			s.robots.answered(u, &robots{}, res.end) // the redirect has no valid target, so there is no robots.txt
		} else {
			s.robots.redirected(u, target, res.end)
		}
	case retryableStatus(res.status), s.isStray(address, res):
		// 429 too: "too many requests" does not permit more requests
		status := errors.New(statusText(res.status))
		s.robotsFailed(u, res, &robotsUnreachableError{cause: status}, true)
	case res.status > 299:
		s.robots.answered(u, &robots{}, res.end) // RFC 9309, section 2.3.1.3: unavailable allows everything
	default:
		rules = parseRobots(res.body, s.token)
		s.robots.answered(u, rules, res.end)
	}
	return nil
}

// robotsFailed schedules a retry of the file. If the error is permanent or the tries are used up, robotsFailed gives up
// on the host for a while.
func (s *Scraper) robotsFailed(u *url.URL, res *response, err *robotsUnreachableError, retryable bool) {
	failures := s.robots.failed(u)
	if !retryable || failures >= s.opts.MaxTries {
		s.robots.gaveUp(u, err, res.end)
		return
	}
	s.robots.retry(u, res.end.Add(backoff(s.opts.RetryDelay, failures)))
}
