package scraper

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestRobotsStatuses(t *testing.T) {
	t.Parallel() // mostly waiting
	for _, tt := range []struct {
		status int
		want   error
		asked  int
	}{
		{200, nil, 1},
		{204, nil, 1},
		{400, nil, 1},
		{401, nil, 1},
		{403, nil, 1},
		{404, nil, 1},
		{410, nil, 1},
		{429, ErrRobots, 3},
		{500, ErrRobots, 3},
		{503, ErrRobots, 3},
	} {
		t.Run(fmt.Sprint(tt.status), func(t *testing.T) {
			t.Parallel()
			s, web := newScraper(t, nil), newSite(t)
			web.page("/a")
			web.handle("/robots.txt", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(tt.status) })
			for range 2 { // the second is answered from the cache
				_, err := s.Fetch(t.Context(), web.URL+"/a")
				require.ErrorIs(t, err, tt.want)
				if tt.want != nil {
					require.ErrorIs(t, err, ErrRobotsUnreachable)
					assert.Equal(t, "robots.txt could not be read, so the host is left alone", Reason(err))
					require.ErrorContains(t, err, fmt.Sprint(tt.status))
				}
			}
			assert.Equal(t, tt.asked, web.count("/robots.txt"))
			assert.Equal(t, tt.want == nil, web.count("/a") > 0)
		})
	}
}

func TestRobotsUnreachable(t *testing.T) {
	s := newScraper(t, nil)
	gone := httptest.NewServer(nil)
	gone.Close()
	_, err := s.Fetch(t.Context(), gone.URL)
	require.ErrorIs(t, err, ErrRobotsUnreachable)
	require.ErrorIs(t, err, ErrRobots)
	assert.ErrorContains(t, err, "refused")
}

func TestRobotsIsRetriedAfterError(t *testing.T) {
	s, web := newScraper(t, nil), newSite(t)
	web.page("/a")
	web.handle("/robots.txt", func(w http.ResponseWriter, _ *http.Request) {
		if web.count("/robots.txt") < 3 {
			w.WriteHeader(http.StatusInternalServerError)
		}
	})
	_, err := s.Fetch(t.Context(), web.URL+"/a")
	require.NoError(t, err)
	assert.Equal(t, 3, web.count("/robots.txt"), "two errors and the file")
}

func TestRobotsRedirects(t *testing.T) {
	s, web, other := newScraper(t, nil), newSite(t), newSite(t)
	web.page("/a")
	web.redirect("/robots.txt", other.URL+"/rules")
	other.redirect("/rules", "/rules.txt")
	other.handle("/rules.txt", func(w http.ResponseWriter, _ *http.Request) {
		_,
			_ = io.WriteString(w, "user-agent: *\ndisallow: /b")
	})
	_, err := s.Fetch(t.Context(), web.URL+"/a")
	require.NoError(t, err)
	_, err = s.Fetch(t.Context(), web.URL+"/b")
	require.ErrorIs(t, err, ErrRobots)
	assert.Equal(t, []string{"/rules", "/rules.txt"}, other.asked())

	endless := newSite(t)
	endless.page("/a")
	endless.redirect("/robots.txt", "/robots.txt")
	_, err = s.Fetch(t.Context(), endless.URL+"/a")
	require.NoError(t, err, "more than five redirects count as a missing file")
	assert.Equal(t, 6, endless.count("/robots.txt"))
}

func TestRobotsIsCheckedOnEachRedirect(t *testing.T) {
	s, web, other := newScraper(t, nil), newSite(t), newSite(t)
	other.robots("user-agent: *\ndisallow: /b")
	other.page("/b")
	other.page("/c")
	web.robots("user-agent: *\ndisallow: /d")
	web.redirect("/a", other.URL+"/b")
	web.redirect("/a2", other.URL+"/c")
	web.redirect("/a3", "/d")
	web.page("/d")
	_, err := s.Fetch(t.Context(), web.URL+"/a")
	require.ErrorIs(t, err, ErrRobots)
	_, err = s.Fetch(t.Context(), web.URL+"/a2")
	require.NoError(t, err)
	_, err = s.Fetch(t.Context(), web.URL+"/a3")
	require.ErrorIs(t, err, ErrRobots)
	assert.Equal(t, []string{"/c"}, other.asked())
	assert.Zero(t, web.count("/d"))
}

func TestRobotsIsReadUpToItsLimit(t *testing.T) {
	s, web := newScraper(t, func(o *Options) { o.MaxBytes = 100_000 }), newSite(t)
	web.page("/a")
	web.robots("user-agent: *\ndisallow: /b\n" + strings.Repeat("# the tide table\n", 60_000) + "disallow: /a\n")
	_, err := s.Fetch(t.Context(), web.URL+"/a")
	require.NoError(t, err)
	_, err = s.Fetch(t.Context(), web.URL+"/b")
	require.ErrorIs(t, err, ErrRobots)
}

func TestIgnoreRobots(t *testing.T) {
	s, web := newScraper(t, func(o *Options) { o.IgnoreRobots = true }), newSite(t)
	web.robots("user-agent: *\ndisallow: /")
	web.page("/a")
	_, err := s.Fetch(t.Context(), web.URL+"/a")
	require.NoError(t, err)
	assert.Zero(t, web.count("/robots.txt"))
}

func TestCrawlDelayIsObeyedUpToMaxDelay(t *testing.T) {
	for name, tt := range map[string]struct {
		robots string
		most   time.Duration
		want   time.Duration
	}{
		"obeyed": {"user-agent: *\ncrawl-delay: 0.05", time.Second, 50 * time.Millisecond},
		"capped": {"user-agent: *\ncrawl-delay: 3600", 50 * time.Millisecond, 50 * time.Millisecond},
	} {
		t.Run(name, func(t *testing.T) {
			s, web := newScraper(t, func(o *Options) { o.Delay, o.MaxDelay = time.Millisecond, tt.most }), newSite(t)
			web.robots(tt.robots)
			web.page("/", "/a", "/b")
			web.page("/a")
			web.page("/b")
			ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
			defer cancel()
			stats, err := s.Crawl(ctx, Job{Seeds: []string{web.URL}}, nil)
			require.NoError(t, err)
			assert.Equal(t, 3, stats.Handled)
			assertPace(t, web, tt.want)
		})
	}
}

// A server fails just when its robots.txt is a day old. The rules stay in force, also for another Scraper that
// continues the crawl, and no page is lost.
func TestRobotsUnreachableAfterADay(t *testing.T) {
	s, web := newScraper(t, nil), newSite(t)
	web.robots("user-agent: *\ndisallow: /b")
	web.page("/a")
	web.page("/b")
	u, err := url.Parse(web.URL)
	require.NoError(t, err)
	visit := func(s *Scraper, path string, want error) {
		t.Helper()
		_, err := s.Fetch(t.Context(), web.URL+path)
		require.ErrorIs(t, err, want)
	}
	visit(s, "/a", nil)
	web.handle("/robots.txt", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusBadGateway) })
	s.robots.entries[robotsOrigin(u)].Value.(*robotsEntry).expires = time.Now()
	require.NotNil(t, s.robots.state(u, time.Now()).fetch)
	other := newScraper(t, nil)
	other.SetHostState(u.Host, s.HostState(u.Host))
	for _, s := range []*Scraper{s, other} {
		before := web.count("/robots.txt")
		visit(s, "/a", nil)
		visit(s, "/b", ErrRobots)
		assert.Equal(t, before+3, web.count("/robots.txt"), "it was requested again")
	}
	web.robots("user-agent: *\ndisallow: /a")
	s.robots.entries[robotsOrigin(u)].Value.(*robotsEntry).expires = time.Now()
	visit(s, "/a", ErrRobots)
	visit(s, "/b", nil)
}

// The clock was ahead by ten hours when another Scraper saved its state.
func TestStateFromTheFuture(t *testing.T) {
	s := newScraper(t, nil)
	later, now := time.Now().Add(10*time.Hour), time.Now()
	text, err := json.Marshal([]savedRobots{
		{Token: s.token, Origin: "https://quay.example", Failures: 1, RetryAt: later.Add(time.Second)},
		{Token: s.token, Origin: "http://quay.example", Err: "busy", Expires: later.Add(robotsErrorTTL)},
	})
	require.NoError(t, err)
	s.SetHostState("quay.example:443", HostState{Robots: text})
	state := s.robots.state(&url.URL{Scheme: "https", Host: "quay.example"}, now)
	assert.WithinRange(t, state.after, now, now.Add(2*maxBackoff))
	plain := &url.URL{Scheme: "http", Host: "quay.example"}
	require.Error(t, s.robots.state(plain, now).err)
	assert.NoError(t, s.robots.state(plain, now.Add(robotsErrorTTL+time.Minute)).err)
}

func TestRobotsCache(t *testing.T) {
	c, now := newRobotsCache(), time.Now()
	a := &url.URL{Scheme: "https", Host: "a.example", Path: "/x"}
	assert.Equal(t, "https://a.example/robots.txt", c.state(a, now).fetch.String())
	assert.Equal(t, "http://a.example/robots.txt",
		c.state(&url.URL{Scheme: "http", Host: "a.example"}, now).fetch.String())

	c.answered(a, &robots{}, now)
	assert.NotNil(t, c.state(a, now.Add(robotsTTL-time.Second)).rules)
	assert.NotNil(t, c.state(a, now.Add(robotsTTL)).fetch, "a day is over")
	c.gaveUp(a, ErrRobots, now.Add(robotsTTL))
	assert.NotNil(t, c.state(a, now.Add(robotsTTL+robotsErrorTTL-time.Second)).rules, "unreachable: the old rules")
	assert.NotNil(t, c.state(a, now.Add(robotsTTL+robotsErrorTTL)).fetch)
	b := &url.URL{Scheme: "https", Host: "b.example"}
	c.gaveUp(b, ErrRobots, now)
	require.Error(t, c.state(b, now.Add(robotsErrorTTL-time.Second)).err)
	assert.NotNil(t, c.state(b, now.Add(robotsErrorTTL)).fetch)

	c.answered(a, &robots{}, now)
	big := &robots{sitemaps: []string{strings.Repeat("x", robotsCacheBytes/8)}}
	for i := range 20 {
		u := &url.URL{Scheme: "https", Host: fmt.Sprintf("h%d.example", i)}
		c.answered(u, big, now)
		require.NotNil(t, c.state(a, now).rules, "used entries stay")
	}
	assert.LessOrEqual(t, c.size, robotsCacheBytes)
	assert.Less(t, len(c.entries), 10)
}
