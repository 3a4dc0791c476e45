package scraper

import (
	"context"
	"errors"
	"fmt"
	"net/url"
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
	// List says that the address is no page but lists pages.
	List List
	// Published and Modified are the page's dates by a sitemap or a feed; zero where none has them.
	Published, Modified time.Time
}

// A List is a kind of file that lists pages.
type List int

const (
	// NoList is a page.
	NoList List = iota
	// SitemapList is a sitemap, or an index of sitemaps.
	SitemapList
	// FeedList is an RSS, Atom or JSON feed.
	FeedList
)

// String gives the kind's name, in lower case.
func (l List) String() string { return [...]string{"page", "sitemap", "feed"}[l] }

// An OutcomeKind says how a visit ended.
type OutcomeKind int

const (
	// OutcomeFailed comes with an error: the page could not be fetched, or its handler failed.
	OutcomeFailed OutcomeKind = iota
	// OutcomeDone means that the handler returned nil: Outcome.Links are the page's links.
	OutcomeDone
	// OutcomeRedirect means that Outcome.Request is to be visited instead, as a page of its own.
	OutcomeRedirect
	// OutcomeRetry means that Outcome.Request is to be visited again, not before Outcome.At.
	OutcomeRetry
	// OutcomeSkipped means a decision against the page: Outcome.Err, which Reason puts in words.
	OutcomeSkipped
)

// String returns the kind's name, in lower case.
func (k OutcomeKind) String() string {
	return [...]string{"failed", "done", "redirect", "retry", "skipped"}[k]
}

// An Outcome is what a visit came to.
type Outcome struct {
	Kind OutcomeKind
	// Request is what to visit next for OutcomeRedirect and OutcomeRetry, and what was visited otherwise. For
	// OutcomeRetry its Tries are one more after a failed attempt, and the same where no attempt was made because the
	// host must not be asked yet.
	Request Request
	// At is when to retry.
	At time.Time
	// Links holds the addresses to follow, in canonical form and document order, each once. It is set with a
	// HandlerError too: the links of a page are not lost because its handler failed. It is also set with ErrDuplicate
	// and with ErrNoIndex. With the latter, the page's Canonical is one of the links: the page itself is not handed
	// over in its place.
	Links []string
	// NoFollow holds the links that the page asks not to follow.
	NoFollow []string
	// Entries are what a sitemap or a feed lists.
	Entries []Entry
	// Sitemaps are further sitemaps: those in an index, and for a seed those that its host's robots.txt names, or
	// else /sitemap.xml.
	Sitemaps []string
	// Feeds are the feeds that the page announces.
	Feeds []string
	// Identity is the address that the page is known by: its rel=canonical where that is sound, else its own; empty
	// with ErrNoIndex, since such a page must not take the place of one that may be indexed.
	Identity string
	// Err is why a page is skipped or to be retried; nil where only its host must not be asked yet.
	Err error
	// Status is the HTTP status code; 0 when no answer came or the page was not requested.
	Status int
	// Bytes is the size of the body on the network, compressed as it came.
	Bytes int64
}

// Visit takes a request through one hop: the address guard, robots.txt, the host's turn, one HTTP request, and the
// handler for a page. It never waits and never queues: where its host must not be asked yet, or its robots.txt was
// fetched first, the Outcome says when to come again. It does not judge scope or depth. A nil handler only collects
// links. A page that says noindex is skipped as ErrNoIndex, with its links; VisitHooked can keep it.
//
// Errors: a *FetchError when the page could not be fetched, a *HandlerError, or ctx's own.
func (s *Scraper) Visit(ctx context.Context, req Request, handler Handler) (Outcome, error) {
	return s.VisitHooked(ctx, req, handler, Hooks{})
}

// visit is one hop under way.
type visit struct {
	s               *Scraper
	req             Request
	url             *url.URL
	rules           *robots // of the page's host
	handler         Handler
	acquire         acquireTurn
	hooks           Hooks
	hookErr         error // what a hook has failed with
	isReleased      bool  // the hooks were told that the host may be asked by others
	isPartHostTaken bool  // the host that a part is redirected to was not free
}

// acquireTurn gets a host's turn: at once or by waiting for it. Without a turn and without an error, it says when to
// come again.
type acquireTurn func(ctx context.Context, host string) (*turn, time.Time, error)

func (s *Scraper) acquireNow(_ context.Context, host string) (*turn, time.Time, error) {
	t, at := s.pace.try(host)
	return t, at, nil
}

func (s *Scraper) acquireWaiting(ctx context.Context, host string) (*turn, time.Time, error) {
	return s.pace.wait(ctx, host, s.opts.MaxRetryAfter)
}

// run is one visit, and stages what it is made of, in order. Each but the last answers with an Outcome where the visit
// ends there.
func (v *visit) run(ctx context.Context) (Outcome, error) {
	req := v.req
	out, err := v.stages(ctx)
	v.s.logOutcome(ctx, req, &out, err)
	return out, err
}

func (v *visit) stages(ctx context.Context) (Outcome, error) {
	if err := ctx.Err(); err != nil {
		return Outcome{Request: v.req}, err
	}
	if err := v.guard(); err != nil {
		return v.skip(err), nil
	}
	if out, err := v.checkRobots(ctx); err != nil || out != nil {
		return v.ended(out, err)
	}
	t, out, err := v.turn(ctx, v.url)
	if err != nil || out != nil {
		return v.ended(out, err)
	}
	res, err := v.fetch(ctx, t)
	if !v.hooks.JoinParts { // else its host is still to be asked for the parts
		v.released()
	}
	out2, err := v.judge(ctx, res, err)
	v.released()
	if v.req.Depth == 0 && v.req.List == NoList && v.rules != nil {
		out2.Sitemaps = v.sitemaps()
	}
	return out2, err
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
	host := hostKey(u)
	leave, at, err := v.enter(ctx, host)
	if err != nil {
		return nil, nil, err
	}
	if leave == nil {
		return nil, &Outcome{Kind: OutcomeRetry, Request: v.req, At: at}, nil
	}
	if until := v.s.pace.setAside(host); time.Now().Before(until) {
		leave()
		out := v.skip(fmt.Errorf("%w until %s", ErrHostFailing, until.Format(time.RFC3339)))
		return nil, &out, nil
	}
	t, at, err := v.acquire(ctx, host)
	if t != nil {
		t.leave = leave
		return t, nil, err
	}
	leave()
	if err != nil {
		return nil, nil, err
	}
	if time.Until(at) > v.s.opts.MaxRetryAfter {
		out := v.skip(fmt.Errorf("%w: until %s", ErrHostUnavailable, at.Format(time.RFC3339)))
		return nil, &out, nil
	}
	return nil, &Outcome{Kind: OutcomeRetry, Request: v.req, At: at}, nil
}

// fetch makes the request and gives the turn back, with the pause that the host is owed.
func (v *visit) fetch(ctx context.Context, t *turn) (*response, error) {
	res := &response{end: time.Now()}
	var err error
	defer func() { v.s.releaseTurn(t, res, v.rules, err) }()
	h := &hop{limit: v.s.opts.MaxBytes, accept: acceptHTML}
	switch v.req.List {
	case SitemapList:
		h.limit, h.accept = sitemapMaxBytes, acceptAll
	case FeedList:
		h.accept = acceptAll
	case NoList:
	}
	res, err = v.s.getCached(ctx, v.url, h)
	return res, err
}

// judge makes an outcome of what the hop brought.
func (v *visit) judge(ctx context.Context, res *response, err error) (Outcome, error) {
	out := Outcome{Request: v.req, Status: res.status, Bytes: res.wire}
	switch {
	case err != nil && ctx.Err() != nil:
		return out, ctx.Err()
	case err != nil && isOneOf(err, skipReasons):
		out.Kind, out.Err = OutcomeSkipped, err
		return out, nil
	case err != nil && retryableError(err):
		return v.retry(out, res, err)
	case err != nil:
		return v.failed(out, res, err)
	case res.location() != "":
		return v.redirect(out, res)
	case retryableStatus(res.status):
		return v.retry(out, res, ErrStatus)
	case res.status < 200 || res.status > 299:
		return v.failed(out, res, ErrStatus)
	case v.req.List != NoList:
		return v.list(out, res)
	}
	return v.deliver(ctx, out, res)
}

// failed reports that an address was not fetched. That there is no list is not worth an error: most are only tried.
func (v *visit) failed(out Outcome, res *response, cause error) (Outcome, error) {
	err := v.fail(res, cause)
	if v.req.List == NoList {
		return out, err
	}
	out.Kind, out.Err = OutcomeSkipped, fmt.Errorf("%w: %w", v.noList(), err)
	return out, nil
}

func (v *visit) noList() error {
	if v.req.List == FeedList {
		return ErrFeed
	}
	return ErrSitemap
}

// list reads a sitemap or a feed.
func (v *visit) list(out Outcome, res *response) (Outcome, error) {
	var err error
	if v.req.List == FeedList {
		out.Entries, err = parseFeed(res.body, v.req.URL)
	} else {
		var s *sitemap
		if s, err = parseSitemap(res.body); err == nil {
			out.Entries, out.Sitemaps = s.pages, s.files
		}
	}
	if err != nil {
		return v.failed(out, res, err)
	}
	out.Kind = OutcomeDone
	return out, nil
}

// retry asks for another try, as long as there are any and the host does not ask for more patience than there is.
func (v *visit) retry(out Outcome, res *response, cause error) (Outcome, error) {
	failure := v.fail(res, cause)
	if v.req.Tries+1 >= v.s.opts.MaxTries {
		return v.failed(out, res, cause)
	}
	now := time.Now()
	out.Kind, out.Err, out.At = OutcomeRetry, failure, now.Add(backoff(v.s.opts.RetryDelay, v.req.Tries+1))
	if due := v.s.pace.due(hostKey(v.url)); due.After(out.At) { // Retry-After is in there
		out.At = due
		if due.Sub(now) > v.s.opts.MaxRetryAfter {
			out.Kind, out.Err = OutcomeSkipped, fmt.Errorf("%w: %w", ErrHostUnavailable, failure)
			return out, nil
		}
	}
	out.Request.Tries++
	return out, nil
}

func (v *visit) redirect(out Outcome, res *response) (Outcome, error) {
	target, err := redirectTarget(v.url, res.location())
	if err != nil {
		out.Kind, out.Err = OutcomeSkipped, err
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
	if next.Depth == 0 && next.List == NoList { // whoever asks for example.com means the site that this leads to
		next.Seed = next.URL
	}
	out.Kind, out.Request = OutcomeRedirect, next
	return out, nil
}

// deliver hands the page to the handler. The links are read before: a handler that breaks its promise not to
// change the tree cannot lose any.
func (v *visit) deliver(ctx context.Context, out Outcome, res *response) (Outcome, error) {
	page, err := v.s.newPage(v.req, res)
	if errors.Is(err, ErrContentType) {
		out.Kind, out.Err = OutcomeSkipped, err
		return out, nil
	}
	if err != nil {
		return out, v.fail(res, err)
	}
	out.Links, out.NoFollow = page.links()
	out.Feeds = page.Feeds
	if page.NoIndex && v.hooks.NoIndex == NoIndexSkip {
		return noIndexOutcome(page, out), nil
	}
	out.Identity = page.Identity()
	claimed, err := v.claim(ctx, out.Identity, false)
	switch {
	case errors.Is(err, ErrPageLimit):
		out.Kind, out.Err = OutcomeSkipped, ErrPageLimit
		return out, nil
	case err != nil:
		return out, err
	case !claimed:
		out.Kind, out.Err = OutcomeSkipped, fmt.Errorf("%w: %s", ErrDuplicate, out.Identity)
		return out, nil
	}
	if v.hooks.JoinParts {
		v.fetchParts(ctx, page)
		switch {
		case v.hookErr != nil:
			return out, v.hookErr
		case ctx.Err() != nil: // what parts there are may not be all
			return out, ctx.Err()
		case v.isPartHostTaken && v.req.Tries+1 < v.s.opts.MaxTries:
			return v.retry(out, res, errHostTaken)
		}
		v.released()
	}
	if err := callHandler(ctx, v.handler, page); err != nil {
		return out, &HandlerError{URL: v.req.URL, Err: err}
	}
	out.Kind = OutcomeDone
	return out, nil
}

func (v *visit) skip(err error) Outcome {
	return Outcome{Kind: OutcomeSkipped, Request: v.req, Err: err}
}

func (v *visit) fail(res *response, err error) error {
	return &FetchError{URL: v.req.URL, Status: res.status, Attempts: v.req.Tries + 1, Err: err}
}
