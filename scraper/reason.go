package scraper

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
)

// skipReasons lists the errors that are decisions to skip a page. The more specific ones come first: an unreachable
// robots.txt is also an ErrRobots.
var skipReasons = []error{
	ErrRobotsUnreachable, ErrRobots, ErrForbiddenAddress, ErrHostUnavailable, ErrContentType, ErrOutOfScope,
	ErrExcluded, ErrFollowOnly, ErrOlder, ErrHostFailing, ErrTooDeep, ErrPageLimit, ErrNoFollow, ErrNoIndex, ErrFileType,
	ErrTrap, ErrDuplicate, ErrSitemap, ErrFeed, ErrSeen, ErrBadURL,
}

// networkErrors lists the errors that the function classify returns. The more specific ones come first: the three kinds
// of ErrTLS come before ErrTLS, and ErrDNS comes before ErrTimeout, because a name server may time out.
var networkErrors = []error{
	ErrDNS, ErrConnectionRefused, ErrUnreachable, ErrTLSAuthority, ErrTLSExpired, ErrTLSName, ErrTLS, ErrTimeout,
	ErrReset, ErrProtocol,
}

// otherFailures lists the errors of failed pages that are not network errors. ErrStatus is absent because its reason
// contains the status code.
var otherFailures = []error{ErrRender, ErrTooLarge, ErrEncoding, ErrTooManyRedirects, ErrRedirectLoop}

// aboutLists lists the decisions that are more informative than the errors that they wrap: a sitemap at a guessed
// address need not exist, and ErrHostUnavailable wraps the HTTP status with which the host asked for a long wait.
var aboutLists = []error{ErrSitemap, ErrFeed, ErrHostUnavailable}

// Reasons that do not belong to an error of this package.
const (
	handlerFailed = "the handler failed"
	otherError    = "another error"
)

// A reasoner is an error whose method reason returns its Reason.
type reasoner interface {
	error
	reason() string
}

// Reason returns the most specific cause of err in plain words: "forbidden by robots.txt", "connection refused", "HTTP
// error status: 404 Not Found", "not an HTML page: a PDF". Reasons are the keys of Stats.Skipped and Stats.Failures.
// There are at most about a hundred reasons, no matter what servers send. Reason returns "" for nil and for errors that
// are not about an address, such as ErrOptions or the error of a context.
func Reason(err error) string {
	if handler, ok := errors.AsType[*HandlerError](err); ok { // its cause is not about fetching this page
		if errors.Is(handler, ErrHandlerPanic) {
			return reasonText(ErrHandlerPanic)
		}
		return handlerFailed
	}
	if known := firstOf(err, aboutLists); known != nil {
		return reasonText(known)
	}
	if known, ok := errors.AsType[reasoner](err); ok {
		return known.reason()
	}
	for _, list := range [...][]error{skipReasons, networkErrors, otherFailures} {
		if known := firstOf(err, list); known != nil {
			return reasonText(known)
		}
	}
	failure, ok := errors.AsType[*FetchError](err)
	switch {
	case ok && errors.Is(err, ErrStatus):
		return statusReason(failure.Status)
	case errors.Is(err, ErrStatus):
		return reasonText(ErrStatus)
	case ok:
		return otherError
	}
	return ""
}

// statusReason returns the reason for a status code. It contains the code and its name, or only the class of a code
// without a name, such as "5xx".
func statusReason(status int) string {
	if http.StatusText(status) != "" {
		return reasonText(ErrStatus) + ": " + statusText(status)
	}
	return fmt.Sprintf("%s: %dxx", reasonText(ErrStatus), status/100)
}

// statusText returns a status code and its name, if it has one.
func statusText(status int) string {
	return strings.TrimSpace(fmt.Sprintf("%d %s", status, http.StatusText(status)))
}

func reasonText(err error) string { return strings.TrimPrefix(err.Error(), "scraper: ") }

// errorOfReason is the inverse of Reason for the errors in networkErrors, ErrForbiddenAddress, ErrTooLarge and
// ErrEncoding. It returns nil for any other text.
func errorOfReason(reason string) error {
	for _, known := range append(slices.Clone(networkErrors), ErrForbiddenAddress, ErrTooLarge, ErrEncoding) {
		if reasonText(known) == reason {
			return known
		}
	}
	return nil
}

// firstOf returns the first error in the list that err matches, or nil.
func firstOf(err error, list []error) error {
	for _, known := range list {
		if errors.Is(err, known) {
			return known
		}
	}
	return nil
}

func isOneOf(err error, list []error) bool { return firstOf(err, list) != nil }
