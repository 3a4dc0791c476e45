package scraper

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
)

// These errors are decisions not to fetch or not to use a page. Visit answers with a skipped Outcome,
// Fetch with a *FetchError around one of them; Stats.Skipped counts them under [Reason].
var (
	// ErrBadURL means an address that is not http or https, does not parse, or is longer than 8 KiB.
	ErrBadURL = errors.New("scraper: not a usable http or https address")
	// ErrRobots means that the host's robots.txt forbids the page.
	ErrRobots = errors.New("scraper: forbidden by robots.txt")
	// ErrRobotsUnreachable means that the host's robots.txt could not be read, which RFC 9309 counts as "all
	// forbidden". Where that is because the host itself cannot be reached, the error of the network is found beneath
	// it, is the [Reason], and the page has failed.
	ErrRobotsUnreachable = errors.New("scraper: robots.txt could not be read, so the host is left alone")
	// ErrForbiddenAddress means that the host is at a private, loopback, link-local or otherwise special address,
	// which Options.AllowPrivate allows.
	ErrForbiddenAddress = errors.New("scraper: private or local address")
	// ErrHostUnavailable means that the host asked (by Retry-After) to be left alone for longer than
	// Options.MaxRetryAfter.
	ErrHostUnavailable = errors.New("scraper: the host asks to be left alone for longer than we wait")
	// ErrContentType means that the answer is not HTML. Its [Reason] names one of a few kinds of file: "a PDF", "a
	// picture".
	ErrContentType = errors.New("scraper: not an HTML page")
	// ErrOutOfScope means a page outside Job.Scope.
	ErrOutOfScope = errors.New("scraper: out of scope")
	// ErrTooDeep means a page more than Job.MaxDepth links away from a seed.
	ErrTooDeep = errors.New("scraper: deeper than the depth limit")
	// ErrPageLimit means a page that was still waiting when Job.MaxPages was reached.
	ErrPageLimit = errors.New("scraper: over the page limit")
	// ErrNoFollow means a link that its page asks crawlers not to follow.
	ErrNoFollow = errors.New("scraper: marked nofollow")
	// ErrNoIndex means a page that asks crawlers not to index it; its links are followed. See Job.NoIndex.
	ErrNoIndex = errors.New("scraper: marked noindex")
	// ErrFileType means a link whose file extension says that it is no page: a PDF, a picture, an archive. So does a
	// link whose query names a picture, a sound or a video. Its [Reason] names the kind.
	ErrFileType = errors.New("scraper: the file extension is not a page's")
	// ErrTrap means a link of a family that the site makes without end: folders within themselves, calendars, combined
	// filters.
	ErrTrap = errors.New("scraper: one of an endless family of links")
	// ErrDuplicate means a page that names another, which was handled, as itself by rel=canonical.
	ErrDuplicate = errors.New("scraper: the same page as one that was handled, by its rel=canonical")
	// ErrHostFailing means that so many requests to the host have failed in a row that it is set aside for a while.
	ErrHostFailing = errors.New("scraper: the host keeps failing and is set aside")
	// ErrSitemap means that there is no sitemap at an address, or none that can be read.
	ErrSitemap = errors.New("scraper: no readable sitemap")
	// ErrFeed means that there is no RSS, Atom or JSON feed at an address, or none that can be read.
	ErrFeed = errors.New("scraper: no readable feed")
	// ErrSeen means a redirect to a page that the crawl had seen already.
	ErrSeen = errors.New("scraper: redirects to a page that was met already")
)

// These errors are failures: the page was wanted, and could not be fetched or handled. Stats.Failures counts them under
// [Reason].
var (
	// ErrDNS means that the host's name could not be resolved: there is no such name, or no name server answers.
	ErrDNS = errors.New("scraper: host name not found")
	// ErrConnectionRefused means that nothing listens at the host's port.
	ErrConnectionRefused = errors.New("scraper: connection refused")
	// ErrUnreachable means that no route leads to the host.
	ErrUnreachable = errors.New("scraper: host or network unreachable")
	// ErrReset means that the connection was reset or closed before the answer was complete.
	ErrReset = errors.New("scraper: connection reset or closed")
	// ErrTLS means that no TLS connection could be made; the three errors that follow say that it is because of the
	// certificate.
	ErrTLS = errors.New("scraper: TLS handshake failed")
	// ErrTLSAuthority is an ErrTLS: the certificate is signed by itself, or by an authority that is not trusted.
	ErrTLSAuthority = fmt.Errorf("%w: certificate of an unknown authority", ErrTLS)
	// ErrTLSExpired is an ErrTLS: the certificate has expired, or is not valid yet.
	ErrTLSExpired = fmt.Errorf("%w: certificate expired or not yet valid", ErrTLS)
	// ErrTLSName is an ErrTLS: the certificate is for another host name.
	ErrTLSName = fmt.Errorf("%w: certificate for another name", ErrTLS)
	// ErrProtocol means an answer that is no valid HTTP.
	ErrProtocol = errors.New("scraper: no valid HTTP answer")
	// ErrStatus means an answer other than 2xx or a redirect; FetchError.Status has the code.
	ErrStatus = errors.New("scraper: HTTP error status")
	// ErrTooLarge means a page larger than Options.MaxBytes after decompression.
	ErrTooLarge = errors.New("scraper: page is too large")
	// ErrEncoding means a Content-Encoding that is unknown, or that the body is not in.
	ErrEncoding = errors.New("scraper: bad content encoding")
	// ErrTimeout means that one of the timeouts of Options passed.
	ErrTimeout = errors.New("scraper: timed out")
	// ErrTooManyRedirects means more than Options.MaxRedirects hops.
	ErrTooManyRedirects = errors.New("scraper: too many redirects")
	// ErrRedirectLoop means a redirect to an address that is in the chain already.
	ErrRedirectLoop = errors.New("scraper: redirects in a loop")
	// ErrCanonical means a rel=canonical that is not trusted; Page.CanonicalErr says why.
	ErrCanonical = errors.New("scraper: rel=canonical is not to be believed")
	// ErrCache means that the folder of Options.Cache cannot be used.
	ErrCache = errors.New("scraper: the cache cannot be used")
	// ErrHandlerPanic means that the handler panicked; a *PanicError has the value and the stack.
	ErrHandlerPanic = errors.New("scraper: handler panicked")
	// ErrNoPages means that a crawl got no page at all; the first failure or skip is wrapped too.
	ErrNoPages = errors.New("scraper: no page could be fetched")
	// ErrOptions means that New was given options, or Crawl a job, that make no sense.
	ErrOptions = errors.New("scraper: bad options")
)

// A FetchError says which page was not fetched, and why. Err is one of this package's errors or the network's.
type FetchError struct {
	// URL is the address that was requested: the last hop, where there were redirects.
	URL string
	// Status is the HTTP status code; 0 when no answer came.
	Status int
	// Attempts is how often the page was requested; 0 when it was not.
	Attempts int
	// Err is the cause.
	Err error
}

// Error names the address, the status, the number of attempts and the cause.
func (e *FetchError) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "scraper: %s: %s", e.URL, strings.TrimPrefix(e.Err.Error(), "scraper: "))
	if errors.Is(e.Err, ErrStatus) {
		fmt.Fprintf(&b, " %d %s", e.Status, http.StatusText(e.Status))
	}
	if e.Attempts > 1 {
		fmt.Fprintf(&b, " (%d attempts)", e.Attempts)
	}
	return b.String()
}

// Unwrap returns the cause.
func (e *FetchError) Unwrap() error { return e.Err }

// A HandlerError says which page's handler failed: the page was fetched, and is not finished.
type HandlerError struct {
	// URL is the page's address.
	URL string
	// Err is what the handler returned, or a *PanicError.
	Err error
}

// Error names the page and the cause.
func (e *HandlerError) Error() string { return fmt.Sprintf("scraper: handler of %s: %v", e.URL, e.Err) }

// Unwrap gives what the handler returned.
func (e *HandlerError) Unwrap() error { return e.Err }

// A PanicError is a panic in a handler, caught.
type PanicError struct {
	// Value is what was panicked with.
	Value any
	// Stack is the goroutine's stack, as runtime/debug formats it.
	Stack []byte
}

// Error gives the value, not the stack.
func (e *PanicError) Error() string { return fmt.Sprintf("%v: %v", ErrHandlerPanic, e.Value) }

// Unwrap makes errors.Is find ErrHandlerPanic, and the value if that was an error.
func (e *PanicError) Unwrap() []error {
	if err, ok := e.Value.(error); ok {
		return []error{ErrHandlerPanic, err}
	}
	return []error{ErrHandlerPanic}
}
