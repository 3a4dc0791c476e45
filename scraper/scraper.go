package scraper

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/gocolly/colly/v2"
)

// A Scraper is a client with a user agent, connections and the address guard. All its methods together keep one pace
// for each host. It is safe for concurrent use.
type Scraper struct {
	opts      Options
	token     string // the User-Agent's product token
	guard     *addressGuard
	transport *transport
	collector *colly.Collector
	pace      *pace
	robots    *robotsCache
	cache     *cache // nil without Options.Cache

	hostHeaders map[string]http.Header // by serverKey
}

// New returns a Scraper. Errors: ErrOptions for invalid options, and ErrCache if the folder of Options.Cache cannot be
// used.
func New(options Options) (*Scraper, error) {
	opts, err := options.withDefaults()
	if err != nil {
		return nil, err
	}
	hostHeaders, err := headersByHost(opts.HostHeaders)
	if err != nil {
		return nil, err
	}
	store, err := openCache(opts.Cache)
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
		cache:     store,

		hostHeaders: hostHeaders,
	}, nil
}

// headersByHost validates the host names of Options.HostHeaders and converts them to the form of serverKey.
func headersByHost(headers map[string]http.Header) (map[string]http.Header, error) {
	byHost := make(map[string]http.Header, len(headers))
	for name, header := range headers {
		u, err := normalURL("https://" + name)
		if err != nil || u.Path != "/" || u.RawQuery != "" {
			return nil, fmt.Errorf("%w: HostHeaders for %q", ErrOptions, name)
		}
		byHost[serverKey(u)] = header.Clone()
	}
	return byHost, nil
}

// Close closes idle connections. Requests in flight continue, and the Scraper can still be used.
func (s *Scraper) Close() {
	if c, ok := s.transport.base.(interface{ CloseIdleConnections() }); ok {
		c.CloseIdleConnections()
	}
}

// Fetch fetches one page. It waits for the host's turn, checks robots.txt, follows redirects and retries after
// failures, all under ctx. It removes the fragment and tracking and session parameters from the address. It also
// returns noindex pages, with Page.NoIndex set.
//
// Errors: a *FetchError that wraps an error of this package or of the network, the error of Options.OnExchange, or
// ctx's error.
func (s *Scraper) Fetch(ctx context.Context, address string) (*Page, error) {
	u, err := canonicalURL(address)
	if err != nil {
		return nil, &FetchError{URL: address, Err: err}
	}
	var page *Page
	v := visit{
		s: s, req: Request{URL: u.String(), Seed: u.String()}, acquire: s.acquireWaiting,
		handler: func(_ context.Context, p *Page) error { page = p; return nil }, hooks: Hooks{NoIndex: NoIndexKeep},
	}
	if err := v.finish(ctx); err != nil {
		return nil, err
	}
	return page, nil
}

// finish runs a visit until its page is delivered: it follows redirects and waits for retries. If the page is skipped,
// the error is a *FetchError.
func (v *visit) finish(ctx context.Context) error {
	for {
		out, err := v.run(ctx)
		if err != nil {
			return err
		}
		switch out.Kind {
		case OutcomeSkipped:
			return &FetchError{URL: out.Request.URL, Status: out.Status, Attempts: out.attempts(), Err: out.Err}
		case OutcomeRetry:
			if err := sleep(ctx, time.Until(out.At)); err != nil {
				return err
			}
		case OutcomeRedirect: // robots.txt, pace and guard also apply to the next host
		case OutcomeDone, OutcomeFailed:
			return nil
		}
		v.req = out.Request
	}
}

// attempts returns how many times a page was requested before it was skipped.
func (o *Outcome) attempts() int {
	if o.Status == 0 {
		return o.Request.Tries
	}
	return o.Request.Tries + 1
}
