package scraper

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The delay between requests to a host is kept for robots.txt, pages, redirects and retries, even with 32 workers.
func TestGapsHoldUnderRetriesAndRedirects(t *testing.T) {
	const delay = 8 * time.Millisecond
	web := newSite(t)
	web.robots("")
	var links []string
	for i := range 12 {
		path := fmt.Sprintf("/flaky%d", i)
		links = append(links, path, fmt.Sprintf("/moved%d", i))
		web.redirect(fmt.Sprintf("/moved%d", i), fmt.Sprintf("/there%d", i))
		web.page(fmt.Sprintf("/there%d", i))
		web.handle(path, func(w http.ResponseWriter, _ *http.Request) {
			if web.count(path) == 1 {
				w.WriteHeader(http.StatusBadGateway)
				return
			}
			writePage(w, path)
		})
	}
	web.page("/", links...)
	s := newScraper(t, func(o *Options) {
		o.Workers, o.Delay, o.RetryDelay, o.MaxHostFailures = 32, delay, time.Millisecond, -1
	})
	stats, err := s.Crawl(t.Context(), Job{Seeds: []string{web.URL}}, nil)
	require.NoError(t, err)
	assert.Equal(t, 25, stats.Handled)
	assert.Equal(t, 12, stats.Retried)
	history := web.history()
	assert.Len(t, history, 1+1+12*2+12*2)
	assert.Equal(t, 1, web.together)
	for i := 1; i < len(history); i++ {
		assert.GreaterOrEqual(t, history[i].at.Sub(history[i-1].left), delay-time.Millisecond, "%s after %s",
			history[i].path, history[i-1].path)
	}
}

func TestIPv6Literals(t *testing.T) {
	listener, err := net.Listen("tcp", "[::1]:0")
	if err != nil {
		t.Skip("this machine has no IPv6 loopback: ", err)
	}
	server := &httptest.Server{
		Listener: listener,
		Config: &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			writePage(w, r.URL.Path, "/next")
		})},
	}
	server.Start()
	t.Cleanup(server.Close)
	var got collector
	_, err = newScraper(t, nil).Crawl(t.Context(), Job{Seeds: []string{server.URL}}, got.handle)
	require.NoError(t, err)
	assert.Equal(t, []string{"/", "/next"}, got.pages)
}

// A host name with non-ASCII letters is one host in all spellings, and is requested in its ASCII form.
func TestIDNHosts(t *testing.T) {
	var hosts []string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		hosts = append(hosts, r.Host)
		writePage(w, r.URL.Path, "http://BÜCHER.example/a", "http://xn--bcher-kva.example/a",
			"http://b%C3%BCcher.example/a", "http://bücher.example.:80/a")
	}))
	t.Cleanup(server.Close)
	s := newScraper(t, func(o *Options) {
		o.Workers = 1
		o.Transport = &http.Transport{DialContext: func(ctx context.Context, network, _ string) (net.Conn, error) {
			return (&net.Dialer{}).DialContext(ctx, network, server.Listener.Addr().String())
		}}
	})
	var got collector
	_, err := s.Crawl(t.Context(), Job{Seeds: []string{"http://bücher.example/"}}, got.handle)
	require.NoError(t, err)
	assert.Equal(t, []string{"/", "/a"}, got.pages)
	for _, host := range hosts {
		assert.Equal(t, "xn--bcher-kva.example", host)
	}
}
