package scraper

import (
	"context"
	"crypto/tls"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"golang.org/x/net/http/httpguts"

	"github.com/dechaff/dechaff/scraper/internal/schedule"
)

// version is this module's version, for the User-Agent.
const version = "0.1.0"

// DefaultUserAgent is the User-Agent if Options.UserAgent is empty.
const DefaultUserAgent = "dechaff/" + version + " (+https://github.com/dechaff/dechaff)"

// Options configures a Scraper. The zero value is the recommended behavior. Nothing is read from the environment.
type Options struct {
	// UserAgent is sent with every request. Its product token ("MyBot" in "MyBot/1.0 (+https://…)") is the name that is
	// looked up in robots.txt. Empty means DefaultUserAgent; it is better to set your own name with a contact address.
	UserAgent string
	// Headers are sent with every request to every host: do not put credentials here.
	Headers http.Header
	// HostHeaders are sent to one host only, even after redirects: put credentials here. The keys are host names, with
	// a port unless it is 443: "intranet.example", "localhost:8080", "example.org:80".
	// A User-Agent among them replaces UserAgent, which is still the name that is looked up in robots.txt.
	HostHeaders map[string]http.Header

	// Delay is the shortest time from the end of a host's response to the start of the next request to that host; 0
	// means one second, negative means none. A Crawl-delay in robots.txt can lengthen it, and so can slow responses and
	// the statuses 429 and 503, up to MaxDelay.
	Delay time.Duration
	// MaxDelay is the longest delay that a Crawl-delay, or slowing down for a slow or busy host, can cause; 0 means 30
	// seconds.
	MaxDelay time.Duration
	// Workers is how many pages a Crawl fetches and handles at once, over all hosts; 0 means 32.
	Workers int

	// MaxBytes is the maximum size of a page in bytes, after decompression; 0 means 10 MB. For a larger page, the error
	// is ErrTooLarge.
	MaxBytes int64
	// HeaderTimeout is the longest wait for a response's header, including connecting; 0 means 15 seconds.
	HeaderTimeout time.Duration
	// IdleTimeout is the longest wait for the next KiB of a response's body, or for its end; 0 means 10 seconds. A page
	// that arrives more slowly would hold up the other pages of its host.
	IdleTimeout time.Duration
	// Timeout is the longest time that one request may take in total; 0 means one minute.
	Timeout time.Duration

	// MaxTries is how many times a page is requested at most, if the network fails or the status is 408, 429, 5xx or a
	// 304 that the request did not ask for; 0 means 3.
	MaxTries int
	// RetryDelay is the wait before the second try. It doubles before each further try, up to five minutes, and is
	// jittered; 0 means two seconds.
	RetryDelay time.Duration
	// MaxRetryAfter is the longest Retry-After for which a page waits; 0 means five minutes. If a host asks for a
	// longer time, it gets no requests during that time, and its pages are skipped with ErrHostUnavailable.
	MaxRetryAfter time.Duration
	// MaxHostFailures is how many requests to a host may fail in a row (network errors or 5xx) before the host gets a
	// rest of 32 times RetryDelay, jittered: about a minute by default. Its pages wait, unless the rest is longer than
	// MaxRetryAfter. If the next request fails too, they are skipped for ten minutes with ErrHostFailing. 0 means 10,
	// negative means no limit.
	MaxHostFailures int
	// MaxHostRefusals is how many requests to a host may be refused in a row (401, 403, 406, 429 or 451) before the host
	// is set aside: its pages are skipped for ten minutes with ErrHostFailing, and so after each further refusal. A fifth
	// of this number is enough if the host has refused everything so far. 0 means 100, negative means no limit.
	MaxHostRefusals int
	// MaxRedirects is how many redirects are followed for a page; 0 means 10, negative means none.
	MaxRedirects int

	// AllowPrivate allows addresses that are not on the public Internet, such as loopback, private and link-local
	// addresses. By default they are refused with ErrForbiddenAddress. Addresses are checked when dialing, so redirects
	// and DNS cannot get around the check. With Proxy or Transport, only literal addresses and localhost are checked.
	AllowPrivate bool
	// IgnoreRobots means that robots.txt is neither fetched nor obeyed. Use it only for your own sites.
	IgnoreRobots bool

	// Cache is a folder that keeps pages with their validators (ETag, Last-Modified). The server does not send an
	// unchanged page again, and the page is marked NotModified. Empty means no cache. Several processes may share a
	// folder.
	Cache string
	// Raw keeps the requests and responses of pages as they were sent: see Page.Raw. They take about as much memory as
	// the pages themselves. The bodies of unsuccessful responses are then read too, up to 1 MiB.
	Raw bool
	// OnExchange, if not nil, is called with each request and its response as they were sent. This includes redirects,
	// robots.txt, sitemaps, feeds, retries, and failures that have a response. For a page, it is called before the
	// page's handler. If it returns an error, the visit ends with that error. A crawl by package fleet ends too, while
	// Crawl counts the page as failed. OnExchange implies Raw. It is called from several goroutines, and the host gets
	// no other request until it returns. Package warc has a writer for it.
	OnExchange func(context.Context, *Exchange) error
	// Logger logs the result of each visit: debug for pages and redirects, info for skipped and retried pages, warn for
	// failures. nil means no log.
	Logger *slog.Logger

	// Proxy is an http, https or socks5 proxy for all requests; nil means none. The proxy resolves host names, so only
	// literal addresses and localhost are checked as described at AllowPrivate.
	Proxy *url.URL
	// TLS configures HTTPS; nil means Go's defaults.
	TLS *tls.Config
	// Resolver looks up host names; nil means the system's.
	Resolver *net.Resolver
	// Transport makes the requests; nil means this package's own connections, which Proxy, TLS and Resolver configure.
	// Decompression, limits and timeouts apply to it too. Only literal addresses and localhost are checked as described
	// at AllowPrivate.
	Transport http.RoundTripper

	// Render determines which pages Renderer renders in a browser; the zero value means none. Any other value requires
	// a Renderer and cannot be combined with Transport or Proxy.
	Render RenderMode
	// Renderer renders pages in a browser; package render has one. Pages are first fetched like all others, and then
	// rendered within Timeout, while the visit still holds the host's turn.
	Renderer Renderer
}

// proxySchemes are the kinds of proxies that net/http can use.
var proxySchemes = []string{"http", "https", "socks5", "socks5h"}

// withDefaults replaces zero values with their defaults and returns an error for invalid options.
func (o Options) withDefaults() (Options, error) {
	if o.Transport != nil && (o.Proxy != nil || o.TLS != nil || o.Resolver != nil) {
		return o, fmt.Errorf("%w: Transport cannot be combined with Proxy, TLS or Resolver", ErrOptions)
	}
	switch {
	case o.Render < RenderNever || o.Render > RenderAlways:
		return o, fmt.Errorf("%w: invalid Render %d", ErrOptions, o.Render)
	case o.Render != RenderNever && o.Renderer == nil:
		return o, fmt.Errorf("%w: Render without a Renderer", ErrOptions)
	case o.Render != RenderNever && (o.Transport != nil || o.Proxy != nil):
		return o, fmt.Errorf("%w: Renderer cannot be combined with Transport or Proxy", ErrOptions)
	}
	if !httpguts.ValidHeaderFieldValue(o.UserAgent) {
		return o, fmt.Errorf("%w: UserAgent is not a valid header value", ErrOptions)
	}
	if p := o.Proxy; p != nil && (p.Host == "" || !slices.Contains(proxySchemes, p.Scheme)) {
		return o, fmt.Errorf("%w: Proxy %q is not like http://host:port or socks5://host:port", ErrOptions, p.Redacted())
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
	o.MaxRetryAfter = defaultTo(o.MaxRetryAfter, schedule.MaxRetryAfter)
	o.MaxRedirects = defaultTo(o.MaxRedirects, 10)
	o.MaxHostFailures = defaultTo(o.MaxHostFailures, 10)
	o.MaxHostRefusals = defaultTo(o.MaxHostRefusals, 100)
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
