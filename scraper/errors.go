package scraper

import (
	"errors"
	"fmt"
	"strings"
)

// These errors are decisions not to fetch or not to use a page. They are the Err of a skipped Outcome or of a Finding,
// and Fetch returns them in a *FetchError. Stats.Skipped counts them by [Reason].
var (
	// ErrBadURL means an address that is not http or https, does not parse, or is longer than 8 KiB.
	ErrBadURL = errors.New("scraper: not a usable http or https address")
	// ErrRobots means that the host's robots.txt forbids the page.
	ErrRobots = errors.New("scraper: forbidden by robots.txt")
	// ErrRobotsUnreachable means that the host's robots.txt could not be read, which forbids all pages according to RFC
	// 9309. If the host itself cannot be reached, the error wraps the network's error, which is then the [Reason], and
	// the page counts as failed.
	ErrRobotsUnreachable = errors.New("scraper: robots.txt could not be read, so the host is left alone")
	// ErrForbiddenAddress means that the host has a private, loopback, link-local or otherwise special address.
	// Options.AllowPrivate permits these.
	ErrForbiddenAddress = errors.New("scraper: private or local address")
	// ErrHostUnavailable means that the host asked, by Retry-After, for a wait longer than Options.MaxRetryAfter.
	ErrHostUnavailable = errors.New("scraper: the host asks to be left alone for longer than we wait")
	// ErrContentType means that the response is not HTML. Its [Reason] names one of a few kinds of file, such as "a
	// PDF" or "a picture".
	ErrContentType = errors.New("scraper: not an HTML page")
	// ErrOutOfScope means a page outside Job.Scope. It is also passed to Job.OnNotice if the pages of a host redirect to
	// the same pages of another host of its domain that is outside.
	ErrOutOfScope = errors.New("scraper: out of scope")
	// ErrExcluded means a page that does not match Job.Include, or that matches Job.Exclude.
	ErrExcluded = errors.New("scraper: left out by a pattern")
	// ErrFollowOnly means a page that matches Job.FollowOnly. Its links are followed.
	ErrFollowOnly = errors.New("scraper: visited for its links only")
	// ErrOlder means a page to which a sitemap or feed gives a date before Job.ModifiedSince.
	ErrOlder = errors.New("scraper: not modified since the given date")
	// ErrTooDeep means a page more than Job.MaxDepth links away from a seed.
	ErrTooDeep = errors.New("scraper: deeper than the depth limit")
	// ErrPageLimit means a page that was still waiting when Job.MaxPages was reached.
	ErrPageLimit = errors.New("scraper: over the page limit")
	// ErrNoFollow means a link that its page asks crawlers not to follow.
	ErrNoFollow = errors.New("scraper: marked nofollow")
	// ErrNoIndex means a page that asks crawlers not to index it. Its links are followed. See Job.NoIndex.
	ErrNoIndex = errors.New("scraper: marked noindex")
	// ErrFileType means a link to a file that is not a page according to its extension (a PDF, a picture, an archive), or
	// whose query names a picture, a sound or a video. Its [Reason] names the kind.
	ErrFileType = errors.New("scraper: the file extension is not a page's")
	// ErrTrap means a link of a kind that the site generates without end: nested folders, calendars, combinations of
	// filters.
	ErrTrap = errors.New("scraper: one of an endless family of links")
	// ErrDuplicate means a page that is the same as another page that was already handled. Either both show the same on
	// one host; or both have the same text, and their addresses differ only in the scheme, "www.", a trailing
	// slash or an index file; or the page names the other one by rel=canonical, and this was verified. The error names
	// the other page.
	ErrDuplicate = errors.New("scraper: the same page as one that was handled")
	// ErrParked means a page that waits for the page that it names by rel=canonical. Only hooks return it.
	ErrParked = errors.New("scraper: waits for the page that it names by rel=canonical")
	// ErrHostFailing means that so many requests to the host have failed or were refused in a row that it is set aside for
	// a while; see Options.MaxHostFailures and Options.MaxHostRefusals.
	ErrHostFailing = errors.New("scraper: the host keeps failing and is set aside")
	// ErrSitemap means that there is no sitemap at an address, or that it cannot be read.
	ErrSitemap = errors.New("scraper: no readable sitemap")
	// ErrFeed means that there is no RSS, Atom or JSON feed at an address, or that it cannot be read.
	ErrFeed = errors.New("scraper: no readable feed")
	// ErrSeen means a redirect to a page that the crawl has already seen.
	ErrSeen = errors.New("scraper: redirects to a page that was already seen")
)

// These errors are failures: the page could not be fetched or handled. Stats.Failures counts them by [Reason]. The
// exceptions, which are not counted, are ErrCanonical, ErrSimilar and ErrLongList, which are notices, and ErrCache,
// ErrNoPages and ErrOptions, which are not about one page.
var (
	// ErrDNS means that the host's name could not be resolved: there is no such name, or no name server answers.
	ErrDNS = errors.New("scraper: host name not found")
	// ErrConnectionRefused means that nothing listens on the host's port.
	ErrConnectionRefused = errors.New("scraper: connection refused")
	// ErrUnreachable means that there is no route to the host.
	ErrUnreachable = errors.New("scraper: host or network unreachable")
	// ErrReset means that the connection was reset or closed before the response was complete.
	ErrReset = errors.New("scraper: connection reset or closed")
	// ErrTLS means that no TLS connection could be made. The next three errors mean that the certificate is the cause.
	ErrTLS = errors.New("scraper: TLS handshake failed")
	// ErrTLSAuthority is an ErrTLS: the certificate is self-signed, or its authority is not trusted.
	ErrTLSAuthority = fmt.Errorf("%w: certificate of an unknown authority", ErrTLS)
	// ErrTLSExpired is an ErrTLS: the certificate has expired, or is not valid yet.
	ErrTLSExpired = fmt.Errorf("%w: certificate expired or not yet valid", ErrTLS)
	// ErrTLSName is an ErrTLS: the certificate is for another host name.
	ErrTLSName = fmt.Errorf("%w: certificate for another name", ErrTLS)
	// ErrProtocol means a response that is not valid HTTP.
	ErrProtocol = errors.New("scraper: not a valid HTTP response")
	// ErrStatus means a response whose status is neither 2xx nor a redirect; FetchError.Status has the code.
	ErrStatus = errors.New("scraper: HTTP error status")
	// ErrTooLarge means a page larger than Options.MaxBytes after decompression, or with more than 160,000 elements,
	// texts and comments. In the second case, the page's links are followed.
	ErrTooLarge = errors.New("scraper: page is too large")
	// ErrEncoding means that the Content-Encoding is unknown, or that the body is not in that encoding.
	ErrEncoding = errors.New("scraper: bad content encoding")
	// ErrTimeout means that one of the timeouts in Options expired.
	ErrTimeout = errors.New("scraper: timed out")
	// ErrTooManyRedirects means more than Options.MaxRedirects redirects in a row.
	ErrTooManyRedirects = errors.New("scraper: too many redirects")
	// ErrRedirectLoop means a redirect to an address that is already in the chain of redirects.
	ErrRedirectLoop = errors.New("scraper: redirects in a loop")
	// ErrCanonical means a rel=canonical that is not trusted; Page.CanonicalErr says why.
	ErrCanonical = errors.New("scraper: rel=canonical is not trusted")
	// ErrSimilar means a page that is nearly the same as another, according to Job.Similar. It is only passed to
	// Job.OnNotice.
	ErrSimilar = errors.New("scraper: nearly the same page as another")
	// ErrLongList means that only the first entries of a sitemap or a feed are read, because it has too many entries or
	// too many bytes. It is only passed to Job.OnNotice.
	ErrLongList = errors.New("scraper: list of pages is too long")
	// ErrRender means that Options.Renderer could not render a page that has no content without its scripts. The error
	// wraps the Renderer's error.
	ErrRender = errors.New("scraper: the page could not be rendered")
	// ErrCache means that the folder of Options.Cache cannot be used.
	ErrCache = errors.New("scraper: the cache cannot be used")
	// ErrHandlerPanic means that the handler panicked; a *PanicError has the value and the stack.
	ErrHandlerPanic = errors.New("scraper: handler panicked")
	// ErrNoPages means that a crawl fetched no page at all; the first failure or skip is wrapped too.
	ErrNoPages = errors.New("scraper: no page could be fetched")
	// ErrOptions means invalid options for New, or an invalid job for Crawl.
	ErrOptions = errors.New("scraper: bad options")
)

// A FetchError names the page that could not be fetched, and the reason. Err is one of this package's errors or the
// network's.
type FetchError struct {
	// URL is the address that was requested. After redirects, it is the address of the last hop.
	URL string
	// Status is the HTTP status code, or 0 if there was no response.
	Status int
	// Attempts is how often the page was requested, or 0 if it was not requested.
	Attempts int
	// Err is the cause.
	Err error
}

// Error returns the address and the cause, with the status if the cause is ErrStatus, and with the number of attempts
// if there was more than one.
func (e *FetchError) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "scraper: %s: %s", e.URL, strings.TrimPrefix(e.Err.Error(), "scraper: "))
	if errors.Is(e.Err, ErrStatus) {
		b.WriteString(" " + statusText(e.Status))
	}
	if e.Attempts > 1 {
		fmt.Fprintf(&b, " (%d attempts)", e.Attempts)
	}
	return b.String()
}

// Unwrap returns the cause.
func (e *FetchError) Unwrap() error { return e.Err }

// A HandlerError means that a page was fetched but its handler failed.
type HandlerError struct {
	// URL is the page's address.
	URL string
	// Err is the handler's error, or a *PanicError.
	Err error
}

// Error returns the page's address and the cause.
func (e *HandlerError) Error() string {
	return fmt.Sprintf("scraper: handler for %s: %v", e.URL, e.Err)
}

// Unwrap returns the handler's error.
func (e *HandlerError) Unwrap() error { return e.Err }

// A PanicError is a recovered panic of a handler.
type PanicError struct {
	// Value is the argument of panic.
	Value any
	// Stack is the goroutine's stack, as runtime/debug formats it.
	Stack []byte
}

// Error returns the text of ErrHandlerPanic and the value, without the stack.
func (e *PanicError) Error() string { return fmt.Sprintf("%v: %v", ErrHandlerPanic, e.Value) }

// Unwrap makes errors.Is find ErrHandlerPanic, and also the value if it is an error.
func (e *PanicError) Unwrap() []error {
	if err, ok := e.Value.(error); ok {
		return []error{ErrHandlerPanic, err}
	}
	return []error{ErrHandlerPanic}
}
