package scraper

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"runtime/debug"
	"slices"
	"time"
)

// A Request asks for one page. It is plain data, so that a schedule can store it and go on another day.
type Request struct {
	// URL is the page's address, http or https. The only field that must be set.
	URL string
	// Seed is the address that the crawl came from, for Scope; empty means URL itself.
	Seed string
	// Depth is the number of links between the seed and this page.
	Depth int
	// Referrer is the page that the link was found on; empty for a seed. It is not sent.
	Referrer string
	// Via lists the addresses that redirected here, the first one first.
	Via []string
	// Tries is how many attempts have failed.
	Tries int
}

// A Handler is given each page. What it returns is reported as that page's error; so is a panic. A Crawl calls it from
// several goroutines. It must not change the page's tree.
type Handler func(ctx context.Context, p *Page) error

// A Kind says how a visit ended.
type Kind int

const (
	// Failed is beside an error: the page was not had, or its handler failed.
	Failed Kind = iota
	// Done means that the handler has returned nil: Outcome.Links are its links.
	Done
	// Redirect means that Outcome.Request is to be visited instead, as a page of its own.
	Redirect
	// Retry means that Outcome.Request is to be visited not before Outcome.At.
	Retry
	// Skipped means that a decision stands against the page: Outcome.Err, which Reason puts in words.
	Skipped
)

// String gives the kind's name, in lower case.
func (k Kind) String() string {
	return [...]string{"failed", "done", "redirect", "retry", "skipped"}[k]
}

// An Outcome is what a visit came to.
type Outcome struct {
	Kind Kind
	// Request is what to visit next for Redirect and Retry, and what was visited otherwise. On a Retry its Tries have
	// grown when the page was asked for in vain, and not when it was only not its host's turn yet.
	Request Request
	// At is when to retry.
	At time.Time
	// Links holds the addresses to follow, in canonical form and document order, each once. It is set beside a
	// HandlerError too: the links of a page are not lost because its handler failed.
	Links []string
	// NoFollow holds the links that the page asks not to follow.
	NoFollow []string
	// Err is why a page is skipped or to be retried; nil when it was only not its host's turn yet.
	Err error
	// Status is the HTTP status code; 0 when no answer came or the page was not asked for.
	Status int
	// Bytes is the size of the body on the network, compressed as it came.
	Bytes int64
}

// Visit takes a request through one hop: the address guard, robots.txt, the host's turn, one HTTP request, and the handler
// for a page. It never waits and never queues: where its host's turn has not come, or its robots.txt had to be
// fetched first, the Outcome says when to come again. It does not judge scope or depth. A nil handler only collects links.
//
// Errors: a *FetchError when the page could not be had, a *HandlerError, or ctx's own.
func (s *Scraper) Visit(ctx context.Context, req Request, handler Handler) (Outcome, error) {
	v := visit{s: s, req: req, handler: handler, take: s.takeNow, released: func() {}}
	return v.run(ctx)
}

// visit is one hop on its way.
type visit struct {
	s        *Scraper
	req      Request
	url      *url.URL
	rules    *robots // of the page's host
	handler  Handler
	take     takeTurn
	released func() // called when the host may be asked by others: after the response, before the handler
}

// takeTurn gets a host's turn: at once or by waiting for it. Without one and without an error, it says when to come again.
type takeTurn func(ctx context.Context, host string) (*turn, time.Time, error)

func (s *Scraper) takeNow(_ context.Context, host string) (*turn, time.Time, error) {
	t, at := s.pace.try(host)
	return t, at, nil
}

func (s *Scraper) takeWaiting(ctx context.Context, host string) (*turn, time.Time, error) {
	return s.pace.wait(ctx, host, s.opts.MaxRetryAfter)
}

// run is the stages in order. Each but the last answers with an Outcome where the visit ends there.
func (v *visit) run(ctx context.Context) (Outcome, error) {
	if err := ctx.Err(); err != nil {
		return Outcome{Request: v.req}, err
	}
	if err := v.guard(); err != nil {
		return v.skip(err), nil
	}
	if out, err := v.askRobots(ctx); err != nil || out != nil {
		return v.ended(out, err)
	}
	t, out, err := v.turn(ctx, v.url)
	if err != nil || out != nil {
		return v.ended(out, err)
	}
	res, err := v.fetch(ctx, t)
	v.released()
	return v.judge(ctx, res, err)
}

func (v *visit) ended(out *Outcome, err error) (Outcome, error) {
	if err != nil {
		return Outcome{Request: v.req}, err
	}
	return *out, nil
}

// guard refuses what is not worth or not safe a request, by its address alone.
func (v *visit) guard() error {
	u, err := normalURL(v.req.URL)
	if err != nil {
		return err
	}
	v.url, v.req.URL = u, u.String()
	if v.s.opts.AllowPrivate {
		return nil
	}
	return v.s.guard.checkHost(u.Hostname())
}

// turn takes the turn of u's host.
func (v *visit) turn(ctx context.Context, u *url.URL) (*turn, *Outcome, error) {
	t, at, err := v.take(ctx, hostKey(u))
	if err != nil || t != nil {
		return t, nil, err
	}
	if time.Until(at) > v.s.opts.MaxRetryAfter {
		out := v.skip(fmt.Errorf("%w: until %s", ErrHostUnavailable, at.Format(time.RFC3339)))
		return nil, &out, nil
	}
	return nil, &Outcome{Kind: Retry, Request: v.req, At: at}, nil
}

// fetch makes the request and gives the turn back, with the pause that the host is owed.
func (v *visit) fetch(ctx context.Context, t *turn) (*response, error) {
	res := &response{end: time.Now()}
	defer func() { t.done(v.s.nextDue(res, v.rules)) }()
	var err error
	res, err = v.s.get(ctx, v.url, &hop{limit: v.s.opts.MaxBytes, accept: acceptHTML})
	return res, err
}

// judge makes an outcome of what the hop brought.
func (v *visit) judge(ctx context.Context, res *response, err error) (Outcome, error) {
	out := Outcome{Request: v.req, Status: res.status, Bytes: res.wire}
	switch {
	case err != nil && ctx.Err() != nil:
		return out, ctx.Err()
	case err != nil && Reason(err) != "":
		out.Kind, out.Err = Skipped, err
		return out, nil
	case err != nil && retryableError(err):
		return v.retry(out, res, err)
	case err != nil:
		return out, v.fail(res, err)
	case res.location() != "":
		return v.redirect(out, res)
	case retryableStatus(res.status):
		return v.retry(out, res, ErrStatus)
	case res.status < 200 || res.status > 299:
		return out, v.fail(res, ErrStatus)
	}
	return v.deliver(ctx, out, res)
}

// retry asks for another try, as long as there are any and the host does not ask for more patience than there is.
func (v *visit) retry(out Outcome, res *response, cause error) (Outcome, error) {
	failure := v.fail(res, cause)
	if v.req.Tries+1 >= v.s.opts.MaxTries {
		return out, failure
	}
	now := time.Now()
	out.Kind, out.Err, out.At = Retry, failure, now.Add(backoff(v.s.opts.RetryDelay, v.req.Tries+1))
	if due := v.s.pace.due(hostKey(v.url)); due.After(out.At) { // Retry-After is in there
		out.At = due
		if due.Sub(now) > v.s.opts.MaxRetryAfter {
			out.Kind, out.Err = Skipped, fmt.Errorf("%w: %w", ErrHostUnavailable, failure)
			return out, nil
		}
	}
	out.Request.Tries++
	return out, nil
}

func (v *visit) redirect(out Outcome, res *response) (Outcome, error) {
	target, err := redirectTarget(v.url, res.location())
	if err != nil {
		out.Kind, out.Err = Skipped, err
		return out, nil //nolint:nilerr // a skip is an outcome
	}
	next := v.req
	next.URL, next.Tries = target.String(), 0
	next.Via = append(slices.Clone(v.req.Via), v.req.URL)
	if slices.Contains(next.Via, next.URL) {
		return out, v.fail(res, fmt.Errorf("%w: back to %s", ErrRedirectLoop, next.URL))
	}
	if len(next.Via) > v.s.opts.MaxRedirects {
		return out, v.fail(res, ErrTooManyRedirects)
	}
	if next.Depth == 0 { // whoever asks for example.com means the site that this leads to
		next.Seed = next.URL
	}
	out.Kind, out.Request = Redirect, next
	return out, nil
}

// deliver hands the page to the handler. The links are read before: a handler that breaks its promise not to
// change the tree cannot lose any.
func (v *visit) deliver(ctx context.Context, out Outcome, res *response) (Outcome, error) {
	page, err := v.s.newPage(v.req, res)
	if errors.Is(err, ErrContentType) {
		out.Kind, out.Err = Skipped, err
		return out, nil
	}
	if err != nil {
		return out, v.fail(res, err)
	}
	out.Links, out.NoFollow = page.links()
	if err := callHandler(ctx, v.handler, page); err != nil {
		return out, &HandlerError{URL: v.req.URL, Err: err}
	}
	out.Kind = Done
	return out, nil
}

func callHandler(ctx context.Context, handler Handler, page *Page) (err error) {
	if handler == nil {
		return nil
	}
	defer func() {
		if value := recover(); value != nil {
			err = &PanicError{Value: value, Stack: debug.Stack()}
		}
	}()
	return handler(ctx, page)
}

func (v *visit) skip(err error) Outcome {
	return Outcome{Kind: Skipped, Request: v.req, Err: err}
}

func (v *visit) fail(res *response, err error) error {
	return &FetchError{URL: v.req.URL, Status: res.status, Attempts: v.req.Tries + 1, Err: err}
}

// nextDue is when the host may be asked again after a response: the delay later, or when it says itself.
func (s *Scraper) nextDue(res *response, rules *robots) time.Time {
	delay := s.opts.Delay
	if rules != nil {
		delay = max(delay, min(rules.crawlDelay, s.opts.MaxDelay))
	}
	due := res.end.Add(delay)
	if res.status == http.StatusTooManyRequests || res.status == http.StatusServiceUnavailable {
		if at := retryAfter(res.header, res.end); at.After(due) {
			return at
		}
	}
	return due
}
