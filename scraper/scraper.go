package scraper

import (
	"context"
	"time"

	"github.com/gocolly/colly/v2"
)

// A Scraper is a client with an identity, connections, a pace and guards. All that it is asked for, by whichever method,
// keeps one pace for each host. It is safe for concurrent use.
type Scraper struct {
	opts      Options
	token     string // the User-Agent's product token
	guard     *addressGuard
	transport *transport
	collector *colly.Collector
	pace      *pace
	robots    *robotsCache
}

// New makes a Scraper. Its error is ErrOptions, for options that make no sense.
func New(options Options) (*Scraper, error) {
	opts, err := options.withDefaults()
	if err != nil {
		return nil, err
	}
	guard := newAddressGuard()
	transport := newTransport(opts, guard)
	return &Scraper{
		opts:      opts,
		token:     productToken(opts.UserAgent),
		guard:     guard,
		transport: transport,
		collector: newCollector(transport),
		pace:      newPace(),
		robots:    newRobotsCache(),
	}, nil
}

// Close closes idle connections. Requests in flight go on, and the Scraper can still be used.
func (s *Scraper) Close() {
	if c, ok := s.transport.base.(interface{ CloseIdleConnections() }); ok {
		c.CloseIdleConnections()
	}
}

// Fetch gets one page. It waits for the host's turn, asks robots.txt, follows redirects and tries again after
// failures, all under ctx. Tracking parameters and the fragment of address are dropped.
//
// Errors: a *FetchError around one of this package's errors or the network's, or ctx's own.
func (s *Scraper) Fetch(ctx context.Context, address string) (*Page, error) {
	u, err := canonicalURL(address)
	if err != nil {
		return nil, &FetchError{URL: address, Err: err}
	}
	var page *Page
	v := visit{
		s: s, req: Request{URL: u.String(), Seed: u.String()}, take: s.takeWaiting, released: func() {},
		handler: func(_ context.Context, p *Page) error { page = p; return nil },
	}
	for {
		out, err := v.run(ctx)
		if err != nil {
			return nil, err
		}
		switch out.Kind {
		case Skipped:
			return nil, &FetchError{URL: out.Request.URL, Status: out.Status, Attempts: out.attempts(), Err: out.Err}
		case Retry:
			if err := sleep(ctx, time.Until(out.At)); err != nil {
				return nil, err
			}
		case Redirect: // robots.txt, pace and guard of the next host come first there too
		case Done, Failed:
			return page, nil
		}
		v.req = out.Request
	}
}

// attempts counts how often a page that was skipped had been asked for.
func (o *Outcome) attempts() int {
	if o.Status == 0 {
		return o.Request.Tries
	}
	return o.Request.Tries + 1
}
