package scraper

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"time"
)

// A Request is a request for one page. It is plain data, so that a schedule can store it and continue later.
type Request struct {
	// URL is the page's address, http or https. It is the only field that must be set.
	URL string
	// Seed is the seed from which the crawl reached the page, for Scope; empty means URL itself.
	Seed string
	// Depth is the number of links between the seed and this page.
	Depth int
	// Referrer is the address of the page on which the link was found; empty for a seed. It is not sent.
	Referrer string
	// Via lists the addresses that redirected here, in order.
	Via []string
	// Tries is how many attempts have failed.
	Tries int
	// List tells whether the address is a page, a sitemap or a feed.
	List List
	// Published and Modified are the page's dates from a sitemap or a feed; zero if unknown.
	Published, Modified time.Time
	// OwnIdentity means that the page's rel=canonical was checked and is wrong, so the page is delivered under its own
	// address.
	OwnIdentity bool
}

// A List is a kind of file that lists pages.
type List int

const (
	// NoList means that the address is a page.
	NoList List = iota
	// SitemapList is a sitemap, or an index of sitemaps.
	SitemapList
	// FeedList is an RSS, Atom or JSON feed.
	FeedList
)

// String returns the kind's name, in lower case, or "unknown".
func (l List) String() string { return nameOf(int(l), "page", "sitemap", "feed") }

// An OutcomeKind says how a visit ended.
type OutcomeKind int

const (
	// OutcomeFailed means that the page could not be fetched, that its handler failed, or that the visit ended with
	// another error. Visit returns the error.
	OutcomeFailed OutcomeKind = iota
	// OutcomeDone means that the handler returned nil, or that a sitemap or a feed was read. Outcome.Links are the
	// page's links, and Outcome.Entries the pages in the sitemap or feed.
	OutcomeDone
	// OutcomeRedirect means that Outcome.Request must be visited instead: another page or, if a seed of a crawl (with
	// Hooks.Watch) turned out to be a sitemap or a feed, the same address with another Request.List.
	OutcomeRedirect
	// OutcomeRetry means that Outcome.Request must be visited again, not before Outcome.At.
	OutcomeRetry
	// OutcomeSkipped means that the page was deliberately not fetched or not used; Outcome.Err says why, see Reason.
	OutcomeSkipped
	// OutcomeParked means that the page names Outcome.Canonical as the page that it repeats, and waits until that page
	// is fetched. Then the waiting page is skipped, with the error that DuplicateOf returns, if Watch.Folds reports
	// true; otherwise it is visited again, with Request.OwnIdentity.
	OutcomeParked
)

// String returns the kind's name, in lower case, or "unknown".
func (k OutcomeKind) String() string {
	return nameOf(int(k), "failed", "done", "redirect", "retry", "skipped", "parked")
}

// An Outcome is the result of a visit.
type Outcome struct {
	// Kind says how the visit ended.
	Kind OutcomeKind
	// Request is what to visit next for OutcomeRedirect and OutcomeRetry, and what was visited otherwise. For
	// OutcomeRetry, Request.Tries is one higher after a failed attempt. It is unchanged if the page was not requested,
	// because the host's turn is not due or robots.txt had to be fetched first.
	Request Request
	// At is when to retry, for OutcomeRetry.
	At time.Time
	// Links are the addresses to follow, in canonical form and document order, without repetition. Links is set for
	// every page that was read, even if the page is skipped, for example with ErrDuplicate or ErrNoIndex, or its
	// handler failed. If the page has too many nodes, which is an ErrTooLarge, Links are its first 50,000 links. With
	// ErrNoIndex, the page's Canonical is one of the links, because the page itself is not handled.
	Links []string
	// NoFollow are the links that the page asks not to follow.
	NoFollow []string
	// Entries are the pages that a sitemap or a feed lists.
	Entries []Entry
	// Sitemaps are further sitemaps: for an index of sitemaps, the sitemaps that it lists; for a seed, the sitemaps
	// that its host's robots.txt names, or /sitemap.xml if it names none. They are also set if robots.txt forbids the
	// seed, and if Visit returns an error.
	Sitemaps []string
	// Feeds are the feeds that the page announces.
	Feeds []string
	// Identity is the page's own address in canonical form, after redirects. It is empty for a page that was skipped
	// without a Claim, for example with ErrNoIndex.
	Identity string
	// Canonical is the address that a parked page waits for.
	Canonical string
	// Print is Claim.Print of a page that was delivered or is parked.
	Print Print
	// Err is why a page is skipped or retried. It is nil for a retry without a failed attempt.
	Err error
	// Status is the HTTP status code; 0 if there was no response or no request.
	Status int
	// Bytes is the size of the body as received from the network, before decompression.
	Bytes int64

	hasNewCookies bool // for OutcomeRedirect: the response set a cookie that the request did not send
}

// Visit makes one hop of a request: the address guard, robots.txt, the host's turn, one HTTP request, and the handler
// for a page. It never waits and never queues: if the host's turn is not due, or if robots.txt had to be fetched
// first, the Outcome says when to visit again. It does not check scope or depth. With a nil handler it only collects
// links. A noindex page is skipped with ErrNoIndex, and its links are returned; VisitHooked can keep such pages.
//
// Errors: a *FetchError if the page could not be fetched, a *HandlerError, the error of Options.OnExchange, or ctx's
// error.
func (s *Scraper) Visit(ctx context.Context, req Request, handler Handler) (Outcome, error) {
	return s.VisitHooked(ctx, req, handler, Hooks{})
}

// visit is the state of one visit.
type visit struct {
	s               *Scraper
	req             Request
	url             *url.URL
	rules           *robots // of the page's origin; nil until robots.txt is known
	handler         Handler
	acquire         acquireTurn
	hooks           Hooks
	hookErr         error // the error of a hook or of Options.OnExchange
	isReleased      bool  // the hooks know that the host is free for other requests
	isPartHostTaken bool  // the host to which a part redirects was not free
	hasNewCookies   bool  // the response set a cookie that the request did not send

	file *fileFetch // nil to fetch a page
}

// acquireTurn takes a host's turn, either at once or after waiting for it. If it returns neither a turn nor an error,
// it returns the time at which to try again.
type acquireTurn func(ctx context.Context, host string) (*turn, time.Time, error)

func (s *Scraper) acquireNow(_ context.Context, host string) (*turn, time.Time, error) {
	t, at := s.pace.try(host)
	return t, at, nil
}

func (s *Scraper) acquireWaiting(ctx context.Context, host string) (*turn, time.Time, error) {
	return s.pace.wait(ctx, host, s.opts.MaxRetryAfter)
}

// run makes a visit and logs its outcome. The method stages runs the stages in order. Each stage except the last
// returns an Outcome if the visit ends there.
func (v *visit) run(ctx context.Context) (Outcome, error) {
	req := v.req
	out, err := v.stages(ctx)
	if req.Depth == 0 && req.List == NoList && v.rules != nil {
		out.Sitemaps = v.sitemaps()
	}
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
	if err := v.hooks.Watch.ended(&v.req, v.url); err != nil {
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
	if !v.hooks.joins() { // otherwise the host is still needed for the parts
		v.released()
	}
	defer v.released()
	return v.judge(ctx, res, err)
}

func (v *visit) ended(out *Outcome, err error) (Outcome, error) {
	if err != nil {
		return Outcome{Request: v.req}, err
	}
	return *out, nil
}

// guard rejects a request whose address is invalid or is known to be forbidden even before its name is looked up. It
// also sets v.url.
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

// fetch makes the request, and renders the page if necessary. It then gives back the turn, which starts the host's
// delay.
func (v *visit) fetch(ctx context.Context, t *turn) (*response, error) {
	res := &response{end: time.Now()}
	until := res.end.Add(v.s.opts.Timeout)
	var err error
	defer func() { v.s.releaseTurn(t, res, v.rules, err) }()
	t.isUse = true
	h := &hop{limit: v.s.opts.MaxBytes, accept: acceptHTML, cookies: v.hooks.Cookies}
	switch v.req.List {
	case SitemapList:
		h.limit, h.accept, h.partial, h.truncate = sitemapMaxBytes, acceptAll, true, true
	case FeedList:
		h.accept, h.partial, h.truncate = acceptAll, true, true
	case NoList:
		h.closes = v.file == nil
	}
	if v.file != nil {
		v.file.limit(h)
	}
	res, err = v.s.getCached(ctx, v.url, h)
	v.hasNewCookies = v.hooks.Cookies.learn(v.url, h.header)
	if err == nil {
		err = v.render(ctx, res, until)
	}
	return res, v.noteHook(err)
}

// judge returns the outcome for the response of the hop.
func (v *visit) judge(ctx context.Context, res *response, err error) (Outcome, error) {
	out := Outcome{Request: v.req, Status: res.status, Bytes: res.wire}
	switch {
	case err != nil && ctx.Err() != nil:
		return out, ctx.Err()
	case v.hookErr != nil:
		return out, v.hookErr
	case err != nil && isOneOf(err, skipReasons):
		return v.skipOrList(out, err), nil
	case err != nil && retryableError(err):
		return v.retry(out, res, err)
	case err != nil:
		return v.failed(out, res, err)
	case res.location() != "":
		return v.redirect(out, res, res.location())
	case retryableStatus(res.status), v.s.isStray(v.url, res):
		return v.retry(out, res, ErrStatus)
	case res.status < 200 || res.status > 299:
		return v.failed(out, res, ErrStatus)
	case v.req.List != NoList:
		return v.list(out, res)
	case v.file != nil:
		return v.file.deliver(out, res)
	case v.leaves(res):
		return v.redirect(out, res, res.left)
	}
	return v.deliver(ctx, out, res)
}

// failed returns the outcome for a page or a list that could not be fetched, or for a list that could not be parsed.
// For a list, the outcome is a skip, not an error, because the addresses of most lists are guesses.
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
	isCut := false
	if v.req.List == FeedList {
		out.Entries, err = parseFeed(res.body, v.req.URL)
		isCut = len(out.Entries) == feedMaxEntries
		v.hooks.Watch.readFeed(&v.req, v.url, out.Entries)
	} else {
		var s *sitemap
		if s, err = parseSitemap(res.body, v.req.URL); err == nil {
			out.Entries, isCut = s.pages, s.isCut
			out.Sitemaps = v.hooks.Watch.readSitemaps(&v.req, v.url, s.files)
		}
	}
	if err != nil {
		return v.failed(out, res, err)
	}
	if isCut {
		err := fmt.Errorf("%w: only the first %d entries of %s are read", ErrLongList, len(out.Entries)+len(out.Sitemaps),
			v.req.URL)
		v.hooks.Watch.report("length of "+v.req.URL, hostKey(v.url), err)
	}
	out.Kind = OutcomeDone
	return out, nil
}

// retry returns an outcome for another try, if tries are left and the host does not ask for too long a wait. Otherwise,
// the page has failed or is skipped.
func (v *visit) retry(out Outcome, res *response, cause error) (Outcome, error) {
	failure := v.fail(res, cause)
	if v.req.Tries+1 >= v.s.opts.MaxTries {
		return v.failed(out, res, cause)
	}
	now := time.Now()
	out.Kind, out.Err, out.At = OutcomeRetry, failure, now.Add(backoff(v.s.opts.RetryDelay, v.req.Tries+1))
	if due := v.s.pace.due(hostKey(v.url)); due.After(out.At) { // this includes Retry-After
		out.At = due
		if due.Sub(now) > v.s.opts.MaxRetryAfter {
			out.Kind, out.Err = OutcomeSkipped, fmt.Errorf("%w: %w", ErrHostUnavailable, failure)
			return out, nil
		}
	}
	out.Request.Tries++
	return out, nil
}

// redirect returns an outcome for another address. Some sites redirect to the same address to see whether a cookie is
// sent back. That is not a loop as long as the cookies change.
func (v *visit) redirect(out Outcome, res *response, location string) (Outcome, error) {
	target, err := redirectTarget(v.url, location)
	if err != nil {
		out.Kind, out.Err = OutcomeSkipped, err
		return out, nil //nolint:nilerr // a skip is an outcome
	}
	next := v.req
	next.URL, next.Tries = target.String(), 0
	next.Via = append(slices.Clone(v.req.Via), v.req.URL)
	if slices.Contains(next.Via, next.URL) && !v.hasNewCookies {
		return out, v.fail(res, fmt.Errorf("%w: back to %s", ErrRedirectLoop, next.URL))
	}
	if len(next.Via) > v.s.opts.MaxRedirects {
		return out, v.fail(res, ErrTooManyRedirects)
	}
	if next.Depth == 0 && next.List == NoList { // a seed such as example.com means the site to which it redirects
		next.Seed = next.URL
	}
	v.hooks.Watch.observeRedirect(&next, v.url, target)
	out.Kind, out.Request, out.hasNewCookies = OutcomeRedirect, next, v.hasNewCookies
	return out, nil
}

func (v *visit) skip(err error) Outcome {
	return Outcome{Kind: OutcomeSkipped, Request: v.req, Err: err}
}

func (v *visit) fail(res *response, err error) error {
	return &FetchError{URL: v.req.URL, Status: res.status, Attempts: v.req.Tries + 1, Err: err}
}
