package main

import (
	"bufio"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/dns/dnsmessage"
)

// resolveNames makes this process use a name server on loopback. The server resolves names under .example to 127.0.0.1,
// and does not resolve any other names.
func resolveNames(t *testing.T) {
	t.Helper()
	conn, err := (&net.ListenConfig{}).ListenPacket(t.Context(), "udp", "127.0.0.1:0")
	require.NoError(t, err)
	go func() {
		packet := make([]byte, 1500)
		for {
			n, from, err := conn.ReadFrom(packet)
			if err != nil {
				return
			}
			var m dnsmessage.Message
			if m.Unpack(packet[:n]) != nil || len(m.Questions) != 1 {
				continue
			}
			q := m.Questions[0]
			m.Response, m.Additionals = true, nil
			switch {
			case !strings.HasSuffix(q.Name.String(), ".example."):
				m.RCode = dnsmessage.RCodeNameError
			case q.Type == dnsmessage.TypeA:
				m.Answers = []dnsmessage.Resource{{
					Header: dnsmessage.ResourceHeader{Name: q.Name, Class: q.Class},
					Body:   &dnsmessage.AResource{A: [4]byte{127, 0, 0, 1}},
				}}
			}
			if answer, err := m.Pack(); err == nil {
				_, _ = conn.WriteTo(answer, from)
			}
		}
	}()
	before := net.DefaultResolver
	net.DefaultResolver = &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "udp", conn.LocalAddr().String())
	}}
	t.Cleanup(func() {
		net.DefaultResolver = before
		_ = conn.Close()
	})
}

// tlsServer starts a server that responds with 404 to every request, and returns its URL. Its certificate is for
// 127.0.0.1, is not signed by any authority and, if expired is true, has expired.
func tlsServer(t *testing.T, expired bool) string {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
	}
	if expired {
		template.NotAfter = time.Now().Add(-time.Minute)
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	require.NoError(t, err)
	s := httptest.NewUnstartedServer(http.NotFoundHandler())
	s.Config.ErrorLog = log.New(io.Discard, "", 0) // by default, failed handshakes are logged
	s.TLS = &tls.Config{
		MinVersion:   tls.VersionTLS12,
		Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}},
	}
	s.StartTLS()
	t.Cleanup(s.Close)
	return s.URL
}

// refused returns a URL whose port refuses connections while the test runs: the port is the local port of an open
// connection.
func refused(t *testing.T) string {
	t.Helper()
	listener, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	require.NoError(t, err)
	conn, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", listener.Addr().String())
	require.NoError(t, err)
	t.Cleanup(func() { _, _ = conn.Close(), listener.Close() })
	return "http://" + conn.LocalAddr().String()
}

// Each unreachable host is counted under the reason why it is unreachable. A robots.txt that cannot be read is counted
// under a reason of its own.
func TestSummaryNamesCauses(t *testing.T) {
	resolveNames(t)
	status := func(code int) string {
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/robots.txt" || code != http.StatusServiceUnavailable {
				w.WriteHeader(code)
			}
		}))
		t.Cleanup(s.Close)
		return s.URL
	}
	reset := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		conn, _, err := w.(http.Hijacker).Hijack()
		if err == nil {
			_ = conn.(*net.TCPConn).SetLinger(0)
			_ = conn.Close()
		}
	}))
	t.Cleanup(reset.Close)
	right := tlsServer(t, false)
	seeds := []string{
		"http://harbour.invalid/", refused(t), reset.URL, right, tlsServer(t, true), strings.Replace(right, "127.0.0.1", "quay.example", 1),
		status(http.StatusServiceUnavailable), status(http.StatusNotFound),
	}
	args := append([]string{"-allow-private"}, seeds...)
	t.Run("runs", func(t *testing.T) {
		for name, more := range map[string][]string{
			"in memory": nil,
			"-state":    {"-state", filepath.Join(t.TempDir(), "crawl.db")},
		} {
			t.Run(name, func(t *testing.T) {
				t.Parallel() // the test mostly waits for retries
				code, stdout, stderr := crawl(t, t.TempDir(), append(more, args...)...)
				assert.Equal(t, exitNothing, code, stderr)
				for _, want := range []string{
					"0 handled, 7 failed",
					"1  host name not found", "1  connection refused", "1  connection reset or closed", "1  TLS handshake failed: certificate of an unknown authority",
					"1  TLS handshake failed: certificate expired or not yet valid", "1  TLS handshake failed: certificate for another name",
					"1  HTTP error status: 404 Not Found", "Skipped       1  robots.txt could not be read, so the host is left alone",
					"Error     http://harbour.invalid/: host name not found: ",
				} {
					assert.Contains(t, stdout, want)
				}
				assert.Equal(t, 1, strings.Count(stdout, "could not be read"), stdout)
			})
		}
	})
}

func TestSummaryNamesFlags(t *testing.T) {
	s := newSite(t, map[string]string{"/": article("Front",
		`<a href="/a.pdf">a</a><a href="/b.pdf">b</a><a href="/c">c</a><a href="/d.jpg">d</a>`), "/c": article("Gulls", "")})
	code, stdout, _ := crawl(t, t.TempDir(), s.URL)
	assert.Equal(t, exitNothing, code)
	assert.Contains(t, counted(t, stdout), "1  private or local address (use -allow-private to crawl it)")
	_, stdout, _ = crawl(t, t.TempDir(), "-allow-private", "-max", "1", s.URL)
	assert.Contains(t, counted(t, stdout), "1  over the page limit (set by -max)")
	assert.Contains(t, counted(t, stdout), "2  the file extension is not a page's: a PDF")
	assert.Contains(t, counted(t, stdout), "1  the file extension is not a page's: a picture")
}

// counted returns the lines of a summary, without the title "Skipped".
func counted(t *testing.T, stdout string) []string {
	t.Helper()
	var list []string
	for lines := bufio.NewScanner(strings.NewReader(stdout)); lines.Scan(); {
		list = append(list, strings.TrimSpace(strings.TrimPrefix(lines.Text(), "Skipped  ")))
	}
	return list
}
