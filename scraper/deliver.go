package scraper

import (
	"context"
	"errors"
	"fmt"
	"slices"
)

// deliver parses the response. It passes the page to the handler, unless the page redirects, is skipped or is parked.
// The links are read first, so that none are lost if the handler changes the tree, although it must not do that.
func (v *visit) deliver(ctx context.Context, out Outcome, res *response) (Outcome, error) {
	page, err := v.s.newPage(v.req, res)
	if errors.Is(err, ErrContentType) {
		return v.skipOrList(out, err), nil
	}
	if err != nil {
		if errors.Is(err, ErrTooLarge) {
			v.s.largeLinks(&out, v.req, res)
		}
		return out, v.fail(res, err)
	}
	text := page.text()
	words := text.words
	out.Links, out.NoFollow = page.links()
	if target := page.refreshes(out.Links, len(words)); target != "" && !slices.Contains(v.req.Via, target) {
		if len(v.req.Via) < v.s.opts.MaxRedirects || len(words) <= maxRefreshWords {
			return v.redirect(Outcome{Request: out.Request, Status: out.Status, Bytes: out.Bytes}, res, target)
		}
		// The limit of redirects is reached, for example because the page keeps refreshing to new addresses of itself.
		// The page is delivered, so that its text is not lost.
		key := DedupKey(target)
		out.Links = slices.DeleteFunc(out.Links, func(link string) bool { return DedupKey(link) == key })
	}
	if target := page.reloads(); target != "" && v.hasNewCookies && len(v.req.Via) < v.s.opts.MaxRedirects {
		return v.redirect(Outcome{Request: out.Request, Status: out.Status, Bytes: out.Bytes}, res, target)
	}
	out.Feeds = page.Feeds
	if page.hasLongLink {
		v.hooks.Watch.report("long links of "+v.url.Host, hostKey(v.url),
			fmt.Errorf("%w: links longer than %d bytes are dropped, such as one on %.200s", ErrBadURL, maxURLBytes, v.req.URL))
	}
	v.hooks.Watch.observe(page, &text, out.Links)
	if page.NoIndex && v.hooks.NoIndex == NoIndexSkip {
		return noIndexOutcome(page, out), nil
	}
	if matchesAny(v.hooks.FollowOnly, v.url) {
		out.Kind, out.Err = OutcomeSkipped, ErrFollowOnly
		return out, nil
	}
	claim := v.newClaim(page, words)
	out.Identity = claim.Identity
	err = v.claim(ctx, claim)
	v.hooks.Watch.learnView(v.url, err)
	if err != nil {
		return v.unclaimed(out, claim, err)
	}
	out.Print = claim.Print
	v.refuseCanonical(page, claim)
	v.hooks.Watch.compare(page)
	if v.hooks.joins() {
		v.fetchParts(ctx, page)
		switch {
		case v.hookErr != nil:
			return out, v.hookErr
		case ctx.Err() != nil: // the list of parts may be incomplete
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

// unclaimed returns the outcome of a page for which Hooks.Claim returned err.
func (v *visit) unclaimed(out Outcome, claim *Claim, err error) (Outcome, error) {
	switch {
	case errors.Is(err, ErrParked):
		out.Kind, out.Canonical, out.Print = OutcomeParked, claim.Canonical, claim.Print
	case errors.Is(err, ErrDuplicate), errors.Is(err, ErrPageLimit):
		out.Kind, out.Err = OutcomeSkipped, err
	default:
		return out, err
	}
	return out, nil
}
