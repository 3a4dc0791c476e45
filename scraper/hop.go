package scraper

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/gocolly/colly/v2"
)

// newCollector returns the colly collector that is cloned for every request. Clones share its client, so these settings
// apply to all of them.
func newCollector(t http.RoundTripper) *colly.Collector {
	c := &colly.Collector{} // colly.NewCollector lets COLLY_* environment variables override the program
	c.Init()
	c.AllowURLRevisit = true        // colly marks an address as visited before fetching it; crawl.seen replaces that
	c.IgnoreRobotsTxt = true        // colly treats a 5xx as "allowed" and does not check on redirects; see robots.go
	c.MaxBodySize = 0               // colly truncates silently; the transport returns an error
	c.ParseHTTPErrorResponse = true // this package interprets the status
	c.DetectCharset = false         // bytes are not changed; htmldoc decodes them
	c.DisableCookies()
	c.SetRequestTimeout(0) // each hop's context has the timeout and its cause
	c.WithTransport(t)
	c.SetRedirectHandler(func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse })
	return c
}

// response is the result of one hop.
type response struct {
	status int         // 0 if there was no response
	header http.Header // nil if there was no response
	body   []byte      // decompressed; empty unless the status is 2xx
	wire   int64       // the size of the body on the network, in bytes
	end    time.Time   // when reading the response was complete or had failed

	latency     time.Duration // from the request to the response header; 0 if there was none
	notModified bool          // the server answered 304, and the body is from the cache
	exchange    *Exchange     // nil if exchanges are not recorded

	isRendered bool   // the body is the page as a browser rendered it
	renderErr  error  // why rendering failed, or nil
	left       string // the address to which a script navigated, or ""
}

// location returns the target of a redirect, or "" for any other response.
func (r *response) location() string {
	switch r.status {
	case http.StatusMultipleChoices, http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther,
		http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
		return r.header.Get("Location")
	}
	return ""
}

// get makes one request to an address, without following redirects. The response is never nil; if there is an error, it
// contains what was received before the error. If Options.OnExchange fails, the error is an *exchangeError.
func (s *Scraper) get(ctx context.Context, u *url.URL, h *hop) (*response, error) {
	if !s.opts.keepsExchanges() {
		return s.getWithColly(ctx, u, h)
	}
	h.recorder = newRecorder(h.limit)
	res, err := s.getWithColly(ctx, u, h)
	if res.status == 0 || ctx.Err() != nil { // there is no response, or ctx ended while it was read
		h.recorder.stop()
		return res, err
	}
	res.exchange = h.exchange(u, err)
	if s.opts.OnExchange != nil {
		if failure := s.opts.OnExchange(ctx, res.exchange); failure != nil {
			return res, &exchangeError{failure}
		}
	}
	return res, err
}

func (s *Scraper) getWithColly(ctx context.Context, u *url.URL, h *hop) (*response, error) {
	if !s.opts.AllowPrivate { // no matter what led here: a page, or a redirect of robots.txt
		if err := s.guard.checkHost(u.Hostname()); err != nil {
			return &response{end: time.Now()}, err
		}
	}
	hopCtx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	h.cancel = cancel
	timeout := defaultTo(h.timeout, s.opts.Timeout)
	timer := time.AfterFunc(timeout, func() { cancel(fmt.Errorf("%w after %s", ErrTimeout, timeout)) })
	defer timer.Stop()

	res := &response{}
	clone := s.collector.Clone()
	clone.Context = context.WithValue(hopCtx, hopKey{}, h)
	clone.OnResponse(func(r *colly.Response) { res.body = r.Body })
	err := clone.Request(http.MethodGet, u.String(), nil, nil, s.requestHeader(u, h))
	res.status, res.header, res.wire, res.end, res.latency = h.status, h.header, h.wire, time.Now(), h.latency
	switch {
	case err == nil:
		return res, nil
	case ctx.Err() != nil:
		return res, ctx.Err()
	case res.location() != "":
		return res, nil // net/http refuses a Location that it cannot parse; this package handles it
	case context.Cause(hopCtx) != nil:
		return res, context.Cause(hopCtx)
	}
	if wrapped, ok := errors.AsType[*url.Error](err); ok {
		err = wrapped.Err // a FetchError already contains the address
	}
	return res, classify(err)
}

// requestHeader returns a new header for each hop, so that headers for one host are not sent to another.
func (s *Scraper) requestHeader(u *url.URL, h *hop) http.Header {
	header := s.opts.Headers.Clone()
	if header == nil {
		header = http.Header{}
	}
	for _, more := range [...]http.Header{s.hostHeaders[serverKey(u)], h.conditions} {
		for name, values := range more {
			header[http.CanonicalHeaderKey(name)] = values
		}
	}
	if cookies := h.cookies.header(u); cookies != "" {
		header["Cookie"] = []string{strings.Join(append(header["Cookie"], cookies), "; ")}
	}
	if h.acceptHeader != "" {
		header.Set("Accept", h.acceptHeader)
	} else if header.Get("Accept") == "" {
		header.Set("Accept", "text/html,application/xhtml+xml;q=0.9,*/*;q=0.1")
	}
	if own := s.hostHeaders[serverKey(u)].Get("User-Agent"); own == "" {
		header.Set("User-Agent", s.opts.UserAgent)
	}
	header.Set("Accept-Encoding", acceptEncoding)
	return header
}
