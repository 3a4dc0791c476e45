package scraper

import (
	"context"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestRetryAfter(t *testing.T) {
	now := time.Date(2024, 3, 1, 12, 0, 0, 0, time.UTC)
	for value, want := range map[string]time.Time{
		"120":                           now.Add(2 * time.Minute),
		" 0 ":                           now,
		"Fri, 01 Mar 2024 12:00:30 GMT": now.Add(30 * time.Second),
		"Fri, 01 Mar 2024 11:00:00 GMT": {},
		"":                              {},
		"soon":                          {},
		"-5":                            {},
		"1.5":                           now.Add(1500 * time.Millisecond),
		"1.5.0":                         {},
		"Inf":                           {},
		"99999999999999999999":          now.Add(maxRetryAfter),
		"Fri, 01 Mar 9999 12:00:30 GMT": now.Add(maxRetryAfter),
	} {
		got := retryAfter(http.Header{"Retry-After": {value}}, now)
		assert.True(t, want.Equal(got), "%q: %v", value, got)
	}
	for _, wrong := range []time.Duration{-time.Hour, 0, time.Hour} { // of the server's clock, or of this machine's
		header := http.Header{
			"Retry-After": {now.Add(wrong + time.Minute).Format(http.TimeFormat)},
			"Date":        {now.Add(wrong).Format(http.TimeFormat)},
		}
		assert.Equal(t, now.Add(time.Minute), retryAfter(header, now))
		header.Set("Age", "45")
		assert.Equal(t, now.Add(15*time.Second), retryAfter(header, now))
		header.Set("Age", "90")
		assert.Zero(t, retryAfter(header, now))
	}
}

func TestBackoffDoublesWithJitter(t *testing.T) {
	for try, middle := range map[int]time.Duration{
		1: time.Second, 2: 2 * time.Second, 4: 8 * time.Second,
		60: maxBackoff,
	} {
		different := make(map[time.Duration]bool)
		for range 50 {
			wait := backoff(time.Second, try)
			different[wait] = true
			assert.GreaterOrEqual(t, wait, middle/2)
			assert.LessOrEqual(t, wait, middle*3/2)
		}
		assert.Greater(t, len(different), 10)
	}
}

func TestRetryable(t *testing.T) {
	for _, tt := range []struct {
		name string
		err  error
		want bool
	}{
		{"cut off", io.ErrUnexpectedEOF, true},
		{"refused", &net.OpError{Op: "dial", Err: errors.New("connection refused")}, true},
		{"timed out", ErrTimeout, true},
		{"name server silent", &net.DNSError{IsTimeout: true}, true},
		{"no such name", &url.Error{Err: &net.DNSError{IsNotFound: true}}, false},
		{"bad certificate", x509.HostnameError{}, false},
		{"too large", ErrTooLarge, false},
		{"private", &net.OpError{Err: ErrForbiddenAddress}, false},
		{"cancelled", context.Canceled, false},
	} {
		assert.Equal(t, tt.want, retryableError(tt.err), tt.name)
	}
	for status, want := range map[int]bool{
		200: false, 403: false, 404: false, 408: true, 410: false, 429: true,
		500: true, 503: true,
	} {
		assert.Equal(t, want, retryableStatus(status), status)
	}
}

// If a host asks for a longer wait than MaxRetryAfter, a crawl ends: the other pages of the host are skipped without a
// request.
func TestCrawlDoesNotWaitForUnavailableHosts(t *testing.T) {
	web := newSite(t)
	web.page("/", "/busy", "/a", "/b", "/c")
	for _, path := range []string{"/a", "/b", "/c"} {
		web.page(path)
	}
	web.handle("/busy", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", "86400")
		w.WriteHeader(http.StatusTooManyRequests)
	})
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	stats, err := newScraper(t, nil).Crawl(ctx, Job{Seeds: []string{web.URL + "/"}}, nil)
	require.NoError(t, err)
	assert.Equal(t, 1, stats.Handled)
	assert.Equal(t, map[string]int{reasonText(ErrHostUnavailable): 4}, stats.Skipped)
	assert.Equal(t, []string{"/", "/busy"}, web.asked())
}
