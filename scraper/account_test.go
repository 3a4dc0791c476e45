package scraper

import (
	"context"
	"errors"
	"testing"

	"github.com/stretchr/testify/assert"
)

// Each outcome is counted once, and determines what the schedule does next.
func TestAccount(t *testing.T) {
	from := Request{URL: "https://harbour.example/a", Tries: 1}
	to := Request{URL: "https://harbour.example/b", Via: []string{from.URL}}
	again := Request{URL: from.URL, Tries: 2}
	list := Request{URL: "https://harbour.example/sitemap.xml", List: SitemapList}
	fetch, handler := &FetchError{URL: from.URL, Err: ErrStatus}, &HandlerError{URL: from.URL, Err: errors.New("a test")}
	for name, tt := range map[string]struct {
		from Request
		out  Outcome
		err  error
		want Account
	}{
		"page": {
			from,
			Outcome{Kind: OutcomeDone, Request: from, Bytes: 7},
			nil,
			Account{State: RequestDone, Request: from, FollowLinks: true, Stats: Stats{Fetched: 1, Handled: 1, Bytes: 7}},
		},
		"sitemap": {
			list,
			Outcome{Kind: OutcomeDone, Request: list},
			nil,
			Account{State: RequestDone, Request: list, FollowLinks: true, Stats: Stats{Listed: 1}},
		},
		"not its host's turn": {
			from,
			Outcome{Kind: OutcomeRetry, Request: from},
			nil,
			Account{State: RequestDeferred, Request: from},
		},
		"one more try": {
			from,
			Outcome{Kind: OutcomeRetry, Request: again, Err: fetch},
			nil,
			Account{State: RequestRetried, Request: again, Err: fetch, Stats: Stats{Retried: 1}},
		},
		"no place": {
			from,
			Outcome{Kind: OutcomeSkipped, Request: from, Err: ErrPageLimit},
			nil,
			Account{State: RequestWaiting, Request: from},
		},
		"duplicate": {
			from,
			Outcome{Kind: OutcomeSkipped, Request: from, Err: ErrDuplicate},
			nil,
			Account{State: RequestSkipped, Request: from, Err: ErrDuplicate, FollowLinks: true},
		},
		"not fetched": {
			from,
			Outcome{Request: from},
			fetch,
			Account{State: RequestFailed, Request: from, Err: fetch, Stats: Stats{Failed: 1}},
		},
		"handler": {
			from,
			Outcome{Request: from},
			handler,
			Account{
				State: RequestHandlerFailed, Request: from, Err: handler, FollowLinks: true,
				Stats: Stats{Fetched: 1, Failed: 1},
			},
		},
		"stopped": {
			from,
			Outcome{Request: from},
			context.Canceled,
			Account{State: RequestInterrupted, Request: from, Err: context.Canceled},
		},
		"redirect": {
			from,
			Outcome{Kind: OutcomeRedirect, Request: to},
			nil,
			Account{State: RequestRedirected, Request: to, Stats: Stats{Redirected: 1}},
		},
	} {
		assert.Equal(t, tt.want, tt.out.Account(tt.from, tt.err), name)
	}
}

// A redirect to an address that was seen before is skipped, unless that is another spelling of the same address.
func TestAccountRedirect(t *testing.T) {
	from, to := Request{URL: "https://harbour.example/a"}, Request{URL: "https://harbour.example/b"}
	redirect := Outcome{Kind: OutcomeRedirect, Request: to}.Account(from, nil)
	for name, tt := range map[string]struct {
		target Finding
		isSeen bool
		want   Account
	}{
		"new":           {Finding{Request: to}, false, redirect},
		"seen":          {Finding{Request: to}, true, Account{State: RequestSkipped, Request: to, Err: ErrSeen}},
		"same page":     {Finding{Request: to, Same: true}, true, redirect},
		"out of scope":  {Finding{Request: to, Err: ErrOutOfScope, Same: true}, true, Account{State: RequestSkipped, Request: to, Err: ErrOutOfScope}},
		"leads nowhere": {Finding{Request: to, Err: ErrBadURL}, false, Account{State: RequestFailed, Request: from, Err: &FetchError{URL: from.URL, Err: ErrBadURL}, Stats: Stats{Failed: 1}}},
	} {
		assert.Equal(t, tt.want, redirect.Redirect(from, &tt.target, tt.isSeen), name)
	}
}
