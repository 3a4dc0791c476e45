package scraper

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/dns/dnsmessage"

	"github.com/dechaff/dechaff/scraper/internal/dnstest"
	"github.com/dechaff/dechaff/scraper/internal/faulttest"
)

// unreachableHost is a host to which requests fail.
type unreachableHost struct {
	url     string
	want    error
	reason  string
	patient bool // the test sets a long HeaderTimeout, because the expected error is not a timeout
	tries   int
}

// unreachableHosts returns hosts to which requests fail, by the kind of failure. Those with servers are on loopback.
// The authority signs some of their certificates.
func unreachableHosts(t *testing.T, authority *faulttest.Authority) map[string]unreachableHost {
	t.Helper()
	expired := authority.Sign(t, func(c *x509.Certificate) { c.NotAfter = time.Now().Add(-time.Minute) })
	future := authority.Sign(t, func(c *x509.Certificate) { c.NotBefore = time.Now().Add(30 * time.Minute) })
	other := authority.Sign(t, func(c *x509.Certificate) { c.IPAddresses, c.DNSNames = nil, []string{"quay.example"} })
	usage := authority.Sign(t, func(c *x509.Certificate) {
		c.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageCodeSigning}
	})
	stranger := faulttest.NewAuthority(t).Sign(t, func(*x509.Certificate) {})
	const failed = "TLS handshake failed"
	return map[string]unreachableHost{
		"no such name":        {"http://harbour.invalid/a", ErrDNS, "host name not found", true, 1},
		"refused":             {"http://" + faulttest.Refused(t) + "/a", ErrConnectionRefused, "connection refused", true, 2},
		"reset":               {"http://" + faulttest.Reset(t) + "/a", ErrReset, "connection reset or closed", true, 2},
		"silent":              {"http://" + faulttest.Silent(t) + "/a", ErrTimeout, "timed out", false, 2},
		"silent in TLS":       {"https://" + faulttest.Silent(t) + "/a", ErrTimeout, "timed out", false, 2},
		"unknown authority":   {"https://" + faulttest.ServeTLS(t, stranger) + "/a", ErrTLSAuthority, failed + ": certificate of an unknown authority", true, 1},
		"expired":             {"https://" + faulttest.ServeTLS(t, expired) + "/a", ErrTLSExpired, failed + ": certificate expired or not yet valid", true, 1},
		"not valid yet":       {"https://" + faulttest.ServeTLS(t, future) + "/a", ErrTLSExpired, failed + ": certificate expired or not yet valid", true, 1},
		"another name":        {"https://" + faulttest.ServeTLS(t, other) + "/a", ErrTLSName, failed + ": certificate for another name", true, 1},
		"not for servers":     {"https://" + faulttest.ServeTLS(t, usage) + "/a", ErrTLS, failed, true, 1},
		"no TLS":              {"https://" + faulttest.NoTLS(t) + "/a", ErrTLS, failed, true, 1},
		"TLS to an HTTP port": {"https://" + strings.TrimPrefix(newSite(t).URL, "http://") + "/a", ErrTLS, failed, true, 1},
		"not HTTP":            {"http://" + faulttest.NoTLS(t) + "/a", ErrProtocol, "not a valid HTTP response", true, 2},
		"silent name server":  {"http://mute.example/a", ErrDNS, "host name not found", false, 2},
	}
}

// resolvers returns a resolver that knows no name, and one whose name server never answers.
func resolvers(t *testing.T) (none, mute *net.Resolver) {
	t.Helper()
	none = dnstest.Resolver(dnstest.Serve(t, func(string, dnsmessage.Type) ([]netip.Addr, bool) { return nil, false }))
	conn, err := (&net.ListenConfig{}).ListenPacket(t.Context(), "udp", "127.0.0.1:0")
	require.NoError(t, err)
	t.Cleanup(func() { _ = conn.Close() })
	return none, dnstest.Resolver(conn.LocalAddr().String())
}

func TestReasonsOfUnreachableHosts(t *testing.T) {
	authority := faulttest.NewAuthority(t)
	none, mute := resolvers(t)
	for name, host := range unreachableHosts(t, authority) {
		for _, ignoreRobots := range []bool{false, true} {
			t.Run(fmt.Sprint(name, ignoreRobots), func(t *testing.T) {
				t.Parallel() // it waits most of the time
				change := func(o *Options) {
					o.TLS, o.MaxTries, o.IgnoreRobots, o.Resolver = &tls.Config{RootCAs: authority.Roots}, 2, ignoreRobots, none
					o.HeaderTimeout = 20 * time.Second
					if !host.patient {
						o.HeaderTimeout, o.Resolver = 400*time.Millisecond, mute
					}
				}
				s := newScraper(t, change)
				var failures []error
				stats, err := s.Crawl(t.Context(),
					Job{Seeds: []string{host.url}, OnError: func(_ Request, err error) { failures = append(failures, err) }}, nil)
				require.ErrorIs(t, err, ErrNoPages)
				require.ErrorIs(t, err, host.want)
				assert.Equal(t, host.reason, Reason(err), err)
				assert.Equal(t, !ignoreRobots, errors.Is(err, ErrRobotsUnreachable),
					"the page is forbidden (RFC 9309, section 2.3.1.4)")
				assert.Equal(t, errors.Is(host.want, ErrTLS), errors.Is(err, ErrTLS))
				require.Len(t, failures, 1)
				assert.Equal(t, host.reason, Reason(failures[0]))
				assert.NotContains(t, failures[0].Error(), "robots.txt could not be read")
				assert.Equal(t, 1, stats.Failed)
				assert.Equal(t, map[string]int{host.reason: 1}, stats.Failures)
				assert.Empty(t, stats.Skipped)
				if ignoreRobots {
					var failed *FetchError
					require.ErrorAs(t, failures[0], &failed)
					assert.Equal(t, host.tries, failed.Attempts)
				}

				if ignoreRobots {
					return
				}
				parsed, err := normalURL(host.url)
				require.NoError(t, err)
				other := newScraper(t, change)
				other.SetHostState(hostKey(parsed), s.HostState(hostKey(parsed)))
				_, err = other.Fetch(t.Context(), host.url)
				require.ErrorIs(t, err, host.want, "another process also knows it")
				require.ErrorIs(t, err, ErrRobotsUnreachable)
				assert.Equal(t, host.reason, Reason(err))
				assert.Equal(t, failures[0].Error(), err.Error())
			})
		}
	}
}

// If the response to robots.txt is unusable, that is a decision about the page and not a failure of its host.
func TestUnreadableRobotsIsSeparateReason(t *testing.T) {
	t.Parallel() // mostly waiting
	const reason = "robots.txt could not be read, so the host is left alone"
	down := faulttest.Refused(t)
	for name, robots := range map[string]http.HandlerFunc{
		"503": func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusServiceUnavailable) },
		"bad encoding": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "frob")
			_, _ = io.WriteString(w, "x")
		},
		"elsewhere and down": func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "http://quay.example:"+down[strings.LastIndexByte(down, ':')+1:]+"/robots.txt", http.StatusFound)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			web := newSite(t)
			web.page("/a")
			web.handle("/robots.txt", robots)
			local := dnstest.Resolver(dnstest.Serve(t, func(string, dnsmessage.Type) ([]netip.Addr, bool) {
				return []netip.Addr{netip.MustParseAddr("127.0.0.1")}, true
			}))
			change := func(o *Options) { o.Resolver = local }
			s := newScraper(t, change)
			stats, err := s.Crawl(t.Context(), Job{Seeds: []string{web.URL + "/a"}}, nil)
			require.ErrorIs(t, err, ErrRobotsUnreachable)
			assert.Equal(t, map[string]int{reason: 1}, stats.Skipped)
			assert.Empty(t, stats.Failures)
			assert.Zero(t, web.count("/a"))

			host := strings.TrimPrefix(web.URL, "http://")
			other := newScraper(t, change)
			other.SetHostState(host, s.HostState(host))
			_, err = other.Fetch(t.Context(), web.URL+"/a")
			require.ErrorIs(t, err, ErrRobotsUnreachable)
			assert.Equal(t, reason, Reason(err))
		})
	}
}

// A Scraper that gets the HostState of another one also reports that the host's name leads to a private address, and
// not that robots.txt could not be read.
func TestForbiddenAddressIsKeptAcrossProcesses(t *testing.T) {
	local := dnstest.Resolver(dnstest.Serve(t, func(string, dnsmessage.Type) ([]netip.Addr, bool) {
		return []netip.Addr{netip.MustParseAddr("127.0.0.1")}, true
	}))
	change := func(o *Options) { o.AllowPrivate, o.Resolver = false, local }
	s, other := newScraper(t, change), newScraper(t, change)
	_, err := s.Fetch(t.Context(), "http://harbour.example/a")
	require.ErrorIs(t, err, ErrForbiddenAddress)
	other.SetHostState("harbour.example:443", s.HostState("harbour.example:443"))
	_, err = other.Fetch(t.Context(), "http://harbour.example/a")
	require.ErrorIs(t, err, ErrForbiddenAddress)
	require.NotErrorIs(t, err, ErrRobotsUnreachable)
	assert.Equal(t, "private or local address", Reason(err))
}

// A HostState that an older version has stored lacks the cause of its error, but can still be used.
func TestOldHostStates(t *testing.T) {
	s := newScraper(t, nil)
	old := `[{"token":"dechaff","origin":"http://harbour.example","err":"scraper: robots.txt could not be read, so the host is left alone: connection refused",` +
		`"expires":"2999-01-01T00:00:00Z","next":"http://harbour.example/robots.txt"}]`
	s.SetHostState("harbour.example:443", HostState{Robots: []byte(old)})
	_, err := s.Fetch(t.Context(), "http://harbour.example/a")
	require.ErrorIs(t, err, ErrRobotsUnreachable)
	assert.ErrorContains(t, err, "left alone: connection refused")
}

func TestClassify(t *testing.T) {
	dial := func(err error) error { return &net.OpError{Op: "dial", Err: os.NewSyscallError("connect", err)} }
	for _, tt := range []struct {
		err, want error
	}{
		{dial(syscall.EHOSTUNREACH), ErrUnreachable},
		{dial(syscall.ENETUNREACH), ErrUnreachable},
		{dial(wsaUnreachableHost), ErrUnreachable},
		{dial(wsaRefused), ErrConnectionRefused},
		{dial(syscall.ETIMEDOUT), ErrTimeout},
		{fmt.Errorf("read: %w", wsaReset), ErrReset},
		{io.ErrUnexpectedEOF, ErrReset},
		{fmt.Errorf("net/http: HTTP/1.x transport connection broken: %w", io.EOF), ErrReset},
		{errors.New("stream error: stream ID 1; INTERNAL_ERROR; received from peer"), ErrReset},
		{errors.New("http2: frame too large"), ErrProtocol},
		{&net.DNSError{IsTimeout: true}, ErrDNS},
		{errors.New("tls: server selected unsupported protocol version 301"), ErrTLS},
	} {
		require.ErrorIs(t, classify(tt.err), tt.want)
		require.ErrorIs(t, classify(tt.err), tt.err)
		assert.Equal(t, classify(tt.err), classify(classify(tt.err)), "classifying again changes nothing")
	}
	for _, err := range []error{nil, ErrTooLarge, ErrForbiddenAddress, errors.New("unheard of"), context.Canceled} {
		assert.Equal(t, err, classify(err))
	}
}

func TestReason(t *testing.T) {
	for _, list := range [][]error{skipReasons, networkErrors, otherFailures} {
		for _, reason := range list {
			assert.Equal(t, strings.TrimPrefix(reason.Error(), "scraper: "), Reason(&FetchError{Err: reason}))
		}
	}
	for want, err := range map[string]error{
		"HTTP error status: 404 Not Found": &FetchError{Status: 404, Err: ErrStatus},
		"HTTP error status: 5xx":           &FetchError{Status: 599, Err: ErrStatus},
		"HTTP error status: 9xx":           &FetchError{Status: 999, Err: ErrStatus},
		"HTTP error status":                ErrStatus,
		"no readable sitemap":              fmt.Errorf("%w: %w", ErrSitemap, &FetchError{Status: 404, Err: ErrStatus}),
		"the handler failed":               &HandlerError{Err: &FetchError{Err: ErrTimeout}},
		"handler panicked":                 &HandlerError{Err: &PanicError{Value: ErrTimeout}},
		"another error":                    &FetchError{Err: errors.New("unheard of")},
		"connection refused":               fmt.Errorf("%w: %w", ErrNoPages, &robotsUnreachableError{fmt.Errorf("%w: x", ErrConnectionRefused), true}),
		reasonText(ErrRobotsUnreachable):   &FetchError{Err: &robotsUnreachableError{ErrConnectionRefused, false}},
		reasonText(ErrHostUnavailable): fmt.Errorf("%w: %w", ErrHostUnavailable,
			&FetchError{Status: 429, Err: ErrStatus}),
		"not an HTML page: a PDF":                   acceptHTML(http.Header{"Content-Type": {"application/pdf"}}),
		"the file extension is not a page's: audio": extensionErrors[".mp3"],
	} {
		assert.Equal(t, want, Reason(err))
	}
	assert.Empty(t, Reason(nil))
	assert.Empty(t, Reason(errors.New("somebody else's")))
}

// A status without a name leaves no gap in a message.
func TestStatusWithoutName(t *testing.T) {
	err := &FetchError{URL: "https://gull.example/", Status: 999, Attempts: 3, Err: ErrStatus}
	assert.EqualError(t, err, "scraper: https://gull.example/: HTTP error status 999 (3 attempts)")
}
