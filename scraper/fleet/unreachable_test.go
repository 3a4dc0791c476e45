package fleet

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/dns/dnsmessage"

	"github.com/dechaff/dechaff/scraper"
	"github.com/dechaff/dechaff/scraper/internal/dnstest"
	"github.com/dechaff/dechaff/scraper/internal/faulttest"
)

// The pages of each unreachable host fail with that host's own reason, in memory and in a fleet. This is also true for
// a second worker, which knows from the database that the host is unreachable.
func TestReasonsOfUnreachableHosts(t *testing.T) {
	t.Parallel() // mostly waiting
	authority := faulttest.NewAuthority(t)
	expired := authority.Sign(t, func(c *x509.Certificate) { c.NotAfter = time.Now().Add(-time.Minute) })
	other := authority.Sign(t, func(c *x509.Certificate) { c.IPAddresses = nil })
	stranger := faulttest.NewAuthority(t).Sign(t, func(*x509.Certificate) {})
	var asked atomic.Int32
	busy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		asked.Add(1)
		w.WriteHeader(http.StatusServiceUnavailable)
	}))
	t.Cleanup(busy.Close)
	hosts := map[string]string{
		"http://harbour.invalid":                             "host name not found",
		"http://" + faulttest.Refused(t):                     "connection refused",
		"http://" + faulttest.Reset(t):                       "connection reset or closed",
		"http://" + faulttest.Silent(t):                      "timed out",
		"https://" + faulttest.ServeTLS(t, stranger):         "TLS handshake failed: certificate of an unknown authority",
		"https://" + faulttest.ServeTLS(t, expired):          "TLS handshake failed: certificate expired or not yet valid",
		"https://" + faulttest.ServeTLS(t, other):            "TLS handshake failed: certificate for another name",
		"https://" + strings.TrimPrefix(busy.URL, "http://"): "TLS handshake failed",
	}
	job := scraper.Job{Seeds: []string{busy.URL + "/a", busy.URL + "/b"}}
	failures := make(map[string]int)
	for address, reason := range hosts {
		job.Seeds = append(job.Seeds, address+"/a", address+"/b")
		failures[reason] = 2
	}
	skips := map[string]int{scraper.Reason(scraper.ErrRobotsUnreachable): 2}
	options := scraper.Options{
		AllowPrivate: true, Delay: -1, RetryDelay: 4 * time.Millisecond, MaxTries: 2, MaxHostFailures: -1,
		HeaderTimeout: 1500 * time.Millisecond, Timeout: 4 * time.Second,
		TLS: &tls.Config{RootCAs: authority.Roots, MinVersion: tls.VersionTLS12},
		Resolver: dnstest.Resolver(dnstest.Serve(t,
			func(string, dnsmessage.Type) ([]netip.Addr, bool) { return nil, false })),
	}
	s, err := scraper.New(options)
	require.NoError(t, err)
	t.Cleanup(s.Close)
	stats, err := s.Crawl(t.Context(), job, nil)
	require.ErrorIs(t, err, scraper.ErrNoPages)
	assert.Equal(t, failures, stats.Failures)
	assert.Equal(t, skips, stats.Skipped)
	engines(t, func(t *testing.T, name string) {
		f := open(t, name, func(o *Options) { o.Scraper = options })
		stats, err := f.Crawl(t.Context(), Job{Job: job}, nil)
		require.ErrorIs(t, err, scraper.ErrNoPages)
		assert.Equal(t, failures, stats.Failures)
		assert.Equal(t, skips, stats.Skipped)
		assert.Equal(t, 16, stats.Failed)
		f.Close()

		joining, before := job, asked.Load() // another process, which knows the hosts only from the database
		for _, seed := range job.Seeds {
			joining.Seeds = append(joining.Seeds, strings.TrimSuffix(seed, seed[len(seed)-1:])+"c")
		}
		joining.Seeds = slices.Compact(slices.Sorted(slices.Values(joining.Seeds)))
		f = open(t, name, func(o *Options) { o.Scraper = options })
		stats, err = f.Crawl(t.Context(), Job{Job: joining}, nil)
		require.ErrorIs(t, err, scraper.ErrNoPages)
		for reason := range failures {
			assert.Equal(t, 3, stats.Failures[reason], reason)
		}
		assert.Equal(t, map[string]int{scraper.Reason(scraper.ErrRobotsUnreachable): 3}, stats.Skipped)
		assert.Equal(t, before, asked.Load())
	})
}

// After Restart, pages that failed because their host was down are fetched as soon as the host is back.
func TestRestartAfterHostWasDown(t *testing.T) {
	t.Parallel() // mostly waiting
	engines(t, func(t *testing.T, name string) {
		var up atomic.Bool
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if !up.Load() {
				panic(http.ErrAbortHandler)
			}
			w.Header().Set("Content-Type", "text/html")
			if r.URL.Path == "/" {
				_, _ = io.WriteString(w, "<a href=/gone.html>x</a>")
			}
		}))
		t.Cleanup(s.Close)
		job := Job{Job: scraper.Job{Seeds: []string{s.URL}}}
		f := open(t, name, nil)
		stats, err := f.Crawl(t.Context(), job, nil)
		require.ErrorIs(t, err, scraper.ErrReset)
		assert.Equal(t, map[string]int{"connection reset or closed": 1}, stats.Failures)
		up.Store(true)
		restarted, err := f.Restart(t.Context(), "")
		require.NoError(t, err)
		assert.Equal(t, 1, restarted)
		var c collector
		stats, err = f.Crawl(t.Context(), job, c.handle)
		require.NoError(t, err)
		assert.Equal(t, []string{"/", "/gone.html"}, c.pages)
		assert.Empty(t, stats.Failures)
		assert.Zero(t, stats.Failed)
	})
}

// A crawl in a database with schema version 2 can be continued. Its old failures have no reasons, but new ones do.
func TestUpgradeCountsFailures(t *testing.T) {
	engines(t, func(t *testing.T, name string) {
		s := site(t, map[string]string{"/": "/gone /gone-too"})
		job := Job{Job: scraper.Job{Seeds: []string{s.URL}}}
		f := open(t, name, nil)
		stats, err := f.Crawl(t.Context(), job, func(context.Context, *scraper.Page) error { return nil })
		require.NoError(t, err)
		const gone = "HTTP error status: 404 Not Found"
		assert.Equal(t, map[string]int{gone: 2}, stats.Failures)
		for _, statement := range []string{"DROP TABLE dechaff_failure", "UPDATE dechaff_schema SET version = 2"} {
			_, err := f.store.exec(t.Context(), statement)
			require.NoError(t, err)
		}
		f.Close()
		job.Seeds = append(job.Seeds, s.URL+"/gone-three")
		stats, err = open(t, name, nil).Crawl(t.Context(), job, nil)
		require.NoError(t, err)
		assert.Equal(t, 3, stats.Failed)
		assert.Equal(t, map[string]int{gone: 1, "failed when reasons were not counted yet": 2}, stats.Failures)
	})
}

// If a host asks for a longer wait than MaxRetryAfter, a crawl ends: the other pages of the host are skipped without a
// request, also after a restart.
func TestUnavailableHostsEndTheCrawl(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, name string) {
		var asked atomic.Int32
		busy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			asked.Add(1)
			w.Header().Set("Retry-After", "86400")
			w.WriteHeader(http.StatusTooManyRequests)
		}))
		t.Cleanup(busy.Close)
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		options := func(o *Options) {
			o.Scraper = scraper.Options{AllowPrivate: true, Delay: -1, IgnoreRobots: true}
		}
		for _, crawl := range []string{"first", "second"} {
			job := scraper.Job{Seeds: []string{busy.URL + "/a", busy.URL + "/b", busy.URL + "/c"}}
			stats, err := open(t, name, options).Crawl(ctx, Job{Job: job, Name: crawl}, nil)
			require.ErrorIs(t, err, scraper.ErrNoPages)
			assert.Equal(t, map[string]int{scraper.Reason(scraper.ErrHostUnavailable): 3}, stats.Skipped)
			assert.EqualValues(t, 1, asked.Load())
		}
	})
}
