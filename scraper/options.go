package scraper

import (
	"context"
	"crypto/tls"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"golang.org/x/net/http/httpguts"

	"github.com/dechaff/dechaff/scraper/internal/schedule"
)

// version is this module's, for the User-Agent.
const version = "0.1.0"

// DefaultUserAgent is what the zero Options.UserAgent sends.
const DefaultUserAgent = "dechaff/" + version + " (+https://github.com/dechaff/dechaff)"

// Options configures a Scraper. The zero value is the recommended behavior. Nothing is read from the environment.
type Options struct {
	// UserAgent is sent with every request, and its product token ("MyBot" in "MyBot/1.0 (+https://…)") is the name
	// that is looked up in robots.txt. Empty means DefaultUserAgent; it is better to set your own name with a contact
	// address.
	UserAgent string
	// Headers are sent with every request, to every host: do not put credentials here.
	Headers http.Header
	// HostHeaders are sent to one host only, also on redirects: put credentials here. The keys are host names, with a
	// port unless it is 443: "intranet.example", "localhost:8080", "example.org:80".
	// A User-Agent among them is sent in place of UserAgent, which still names the crawler in robots.txt.
	HostHeaders map[string]http.Header

	// Delay is the least time from the end of a host's response to the start of the next request to it;
	// 0 means one second, negative none. A longer Crawl-delay in robots.txt wins, up to MaxDelay.
	Delay time.Duration
	// MaxDelay is the longest Crawl-delay that is obeyed; 0 means 30 seconds.
	MaxDelay time.Duration
	// Workers is how many pages a Crawl fetches and handles at once, over all hosts; 0 means 32.
	Workers int

	// MaxBytes is the largest page, in bytes after decompression; 0 means 10 MB. More is ErrTooLarge.
	MaxBytes int64
	// HeaderTimeout is the longest wait for a response's header, connecting included; 0 means 15 seconds.
	HeaderTimeout time.Duration
	// IdleTimeout is the longest wait for the next bytes of a response's body; 0 means 10 seconds.
	IdleTimeout time.Duration
	// Timeout is the longest that one request may take altogether; 0 means one minute.
	Timeout time.Duration

	// MaxTries is how often a page is requested when the network fails or the status is 408, 429 or 5xx; 0 means 3.
	MaxTries int
	// RetryDelay is the wait before the second try, doubled for each one after it and jittered; 0 means two seconds.
	RetryDelay time.Duration
	// MaxRetryAfter is the longest Retry-After that is waited for; 0 means five minutes. If a host asks for longer, no
	// request is made before then: its pages are skipped with ErrHostUnavailable.
	MaxRetryAfter time.Duration
	// MaxHostFailures is how many requests to a host may fail in a row (network errors or 5xx) before its pages are
	// skipped for ten minutes with ErrHostFailing; 0 means 10, negative means no limit.
	MaxHostFailures int
	// MaxRedirects is how many hops a page may take; 0 means 10, negative none.
	MaxRedirects int

	// AllowPrivate allows addresses that are not on the public Internet: loopback, private, link-local and the like. By
	// default they are ErrForbiddenAddress. Addresses are checked when dialing, so redirects and DNS cannot get around
	// it.
	AllowPrivate bool
	// IgnoreRobots means that robots.txt is neither fetched nor obeyed. Use it only for your own sites.
	IgnoreRobots bool

	// Cache is a folder that keeps pages with their validators (ETag, Last-Modified). The server does not send an
	// unchanged page again, and the page is marked NotModified. Empty means no cache. Several processes may share a
	// folder.
	Cache string
	// Raw keeps the requests and responses of pages as they were sent: see Page.Raw. They take as much memory again as
	// the pages. The bodies of unsuccessful responses are then read too, up to 1 MiB.
	Raw bool
	// OnExchange, if not nil, is called with each request and its response as they were sent, also those of redirects,
	// robots.txt, sitemaps, feeds, retries and failures that have a response: with a page's before its handler is called.
	// If it returns an error, the visit ends with that error, and a crawl by fleet with it. It implies Raw. It is called
	// from several goroutines, while the host waits. Package warc has a writer for it.
	OnExchange func(context.Context, *Exchange) error
	// Logger gets the result of each request: debug for successes, info for skipped pages, warn for failures. nil means
	// no log.
	Logger *slog.Logger

	// Proxy is an http, https or socks5 proxy for all requests; nil means none. The proxy resolves host names, so only
	// literal addresses are checked for AllowPrivate.
	Proxy *url.URL
	// TLS configures https; nil means Go's defaults.
	TLS *tls.Config
	// Resolver looks up host names; nil means the system's.
	Resolver *net.Resolver
	// Transport makes the requests; nil means this package's own connections, which Proxy, TLS and Resolver configure.
	// Decompression, limits and timeouts apply to it too; AllowPrivate is checked for literal addresses only.
	Transport http.RoundTripper

	// Render says which pages Renderer renders, in a browser; the zero value is none. Package render has a Renderer.
	// Pages are fetched first as all others are, and rendered within Timeout and the host's turn. A Renderer excludes
	// Transport and Proxy.
	Render   RenderMode
	Renderer Renderer
}

// withDefaults replaces zero values by their defaults, and returns an error for invalid options.
func (o Options) withDefaults() (Options, error) {
	if o.Transport != nil && (o.Proxy != nil || o.TLS != nil || o.Resolver != nil) {
		return o, fmt.Errorf("%w: Transport excludes Proxy, TLS and Resolver", ErrOptions)
	}
	switch {
	case o.Render < RenderNever || o.Render > RenderAlways:
		return o, fmt.Errorf("%w: Render is %d", ErrOptions, o.Render)
	case o.Render != RenderNever && o.Renderer == nil:
		return o, fmt.Errorf("%w: Render without a Renderer", ErrOptions)
	case o.Render != RenderNever && (o.Transport != nil || o.Proxy != nil):
		return o, fmt.Errorf("%w: Renderer excludes Transport and Proxy", ErrOptions)
	}
	if !httpguts.ValidHeaderFieldValue(o.UserAgent) {
		return o, fmt.Errorf("%w: UserAgent is not a header value", ErrOptions)
	}
	if strings.TrimSpace(o.UserAgent) == "" {
		o.UserAgent = DefaultUserAgent
	}
	o.Headers = o.Headers.Clone()
	o.Delay = defaultTo(o.Delay, time.Second)
	o.MaxDelay = defaultTo(o.MaxDelay, 30*time.Second)
	o.Workers = defaultTo(o.Workers, schedule.Workers)
	o.MaxBytes = defaultTo(o.MaxBytes, 10_000_000)
	o.HeaderTimeout = defaultTo(o.HeaderTimeout, 15*time.Second)
	o.IdleTimeout = defaultTo(o.IdleTimeout, 10*time.Second)
	o.Timeout = defaultTo(o.Timeout, schedule.Timeout)
	o.MaxTries = defaultTo(o.MaxTries, 3)
	o.RetryDelay = defaultTo(o.RetryDelay, 2*time.Second)
	o.MaxRetryAfter = defaultTo(o.MaxRetryAfter, 5*time.Minute)
	o.MaxRedirects = defaultTo(o.MaxRedirects, 10)
	o.MaxHostFailures = defaultTo(o.MaxHostFailures, 10)
	o.Delay, o.MaxRedirects = max(o.Delay, 0), max(o.MaxRedirects, 0)
	for name, negative := range map[string]bool{
		"Workers": o.Workers < 0, "MaxBytes": o.MaxBytes < 0, "MaxTries": o.MaxTries < 0,
		"MaxDelay": o.MaxDelay < 0, "RetryDelay": o.RetryDelay < 0, "MaxRetryAfter": o.MaxRetryAfter < 0,
		"HeaderTimeout": o.HeaderTimeout < 0, "IdleTimeout": o.IdleTimeout < 0, "Timeout": o.Timeout < 0,
	} {
		if negative {
			return o, fmt.Errorf("%w: %s is negative", ErrOptions, name)
		}
	}
	return o, nil
}

func (o *Options) keepsExchanges() bool { return o.Raw || o.OnExchange != nil }

func defaultTo[T comparable](value, zeroMeans T) T {
	var zero T
	if value == zero {
		return zeroMeans
	}
	return value
}
