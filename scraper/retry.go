package scraper

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/dechaff/dechaff/cleaner/htmldoc"
)

// maxBackoff bounds the wait between two tries of one page, before the wait is jittered.
const maxBackoff = 5 * time.Minute

// permanent lists the errors that would occur again on another try.
var permanent = []error{
	ErrBadURL, ErrForbiddenAddress, ErrContentType, ErrTooLarge, ErrEncoding,
	htmldoc.ErrTooLarge, htmldoc.ErrNotHTML, htmldoc.ErrBadURL, context.Canceled,
	http.ErrSchemeMismatch, // plain HTTP on a TLS port
}

// retryableError reports whether a second try may succeed. It is true for unknown errors, because net/http has many
// that it does not export.
func retryableError(err error) bool {
	if errors.Is(err, ErrRender) { // the page would fail again, but a browser that was busy may not
		return errors.Is(err, ErrTimeout)
	}
	for _, final := range permanent {
		if errors.Is(err, final) {
			return false
		}
	}
	if dns, ok := errors.AsType[*net.DNSError](err); ok && dns.IsNotFound {
		return false
	}
	if _, ok := errors.AsType[*tls.CertificateVerificationError](err); ok {
		return false
	}
	if _, ok := errors.AsType[tls.RecordHeaderError](err); ok { // the server does not speak TLS
		return false
	}
	_, badHost := errors.AsType[x509.HostnameError](err)
	return !badHost
}

// retryableStatus reports whether a status means "not now", not "no".
func retryableStatus(status int) bool {
	return status == http.StatusRequestTimeout || status == http.StatusTooManyRequests || status >= 500
}

// isStray reports whether a response says that a page has not changed (304) although the request did not ask for that.
// A cache between here and the server is broken; another try may reach the server.
func (s *Scraper) isStray(u *url.URL, res *response) bool {
	if res.status != http.StatusNotModified {
		return false
	}
	sent := s.requestHeader(u, &hop{}) // getCached has replaced the status of a 304 that it asked for
	return sent.Get("If-None-Match") == "" && sent.Get("If-Modified-Since") == ""
}

// backoff returns the wait after a try. Tries are numbered from 1. The wait doubles with each try, and is jittered by
// half in both directions, so that pages that failed at the same time are not retried at the same time.
func backoff(base time.Duration, try int) time.Duration {
	wait := base
	for range try - 1 {
		if wait >= maxBackoff {
			break
		}
		wait *= 2
	}
	wait = min(wait, maxBackoff)
	return time.Duration(float64(wait) * (0.5 + rand.Float64()))
}

// maxRetryAfter is the longest wait that retryAfter returns. No crawl waits for a longer one, and some are absurd.
const maxRetryAfter = 365 * 24 * time.Hour

// retryAfter reads Retry-After, in seconds or as a date (RFC 9110, section 10.2.3). Some servers send fractions of a
// second. A date is compared with the response's own Date, because the clock of the server or of this machine may be
// wrong. The zero time means that there is none, that it is invalid, or that the date is past.
func retryAfter(header http.Header, now time.Time) time.Time {
	value := strings.TrimSpace(header.Get("Retry-After"))
	latest := now.Add(maxRetryAfter)
	if date, err := http.ParseTime(value); err == nil {
		if sent, err := http.ParseTime(header.Get("Date")); err == nil {
			age, _ := strconv.ParseUint(header.Get("Age"), 10, 31) // of a response from a cache, in seconds
			date = now.Add(date.Sub(sent) - time.Duration(age)*time.Second)
		}
		if !date.After(now) {
			return time.Time{}
		}
		return earlier(date, latest)
	}
	if strings.Trim(value, "0123456789.") != "" { // ParseFloat also reads "-5", "1e9" and "Inf"
		return time.Time{}
	}
	seconds, err := strconv.ParseFloat(value, 64)
	switch {
	case err != nil:
		return time.Time{}
	case seconds > maxRetryAfter.Seconds():
		return latest
	}
	return now.Add(time.Duration(seconds * float64(time.Second)))
}
