package scraper

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestPaceGivesOneTurnAtATime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, begun := newPace(), time.Now()
		var mu sync.Mutex
		var starts []time.Duration
		var wg sync.WaitGroup
		for range 4 {
			wg.Go(func() {
				turn, _, err := p.wait(t.Context(), "harbour.example:443", time.Hour)
				if err != nil {
					t.Error(err)
					return
				}
				mu.Lock()
				starts = append(starts, time.Since(begun))
				mu.Unlock()
				time.Sleep(300 * time.Millisecond) // the request
				turn.done(time.Now().Add(time.Second))
			})
		}
		wg.Wait()
		assert.Equal(t, []time.Duration{0, 1300 * time.Millisecond, 2600 * time.Millisecond, 3900 * time.Millisecond}, starts)
	})
}

func TestPaceTryNeverWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, begun := newPace(), time.Now()
		first, _ := p.try("a:80")
		require.NotNil(t, first)
		second, at := p.try("a:80")
		assert.Nil(t, second, "one in flight")
		assert.True(t, at.After(begun))
		other, _ := p.try("b:80")
		require.NotNil(t, other, "hosts are independent")
		other.release()
		first.done(begun.Add(time.Minute))
		second, at = p.try("a:80")
		assert.Nil(t, second, "not yet due")
		assert.Equal(t, begun.Add(time.Minute), at)
		third, at, err := p.wait(t.Context(), "a:80", time.Second)
		require.NoError(t, err)
		assert.Nil(t, third, "too long to wait")
		assert.Equal(t, begun.Add(time.Minute), at)
		assert.Zero(t, time.Since(begun))
	})
}

func TestPaceWaitEndsWithItsContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPace()
		turn, _ := p.try("a:80")
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		_, _, err := p.wait(ctx, "a:80", time.Hour)
		require.ErrorIs(t, err, context.DeadlineExceeded, "while another holds the turn")
		turn.done(time.Now().Add(time.Minute))
		ctx, cancel = context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		_, _, err = p.wait(ctx, "a:80", time.Hour)
		require.ErrorIs(t, err, context.DeadlineExceeded, "while the host is not due")
		time.Sleep(time.Minute)
		turn, _ = p.try("a:80")
		assert.NotNil(t, turn, "the turn was not returned")
	})
}

func TestPaceForgetsIdleHosts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPace()
		held, _ := p.try("held:80")
		waiting, _ := p.try("waiting:80")
		waiting.done(time.Now().Add(time.Hour))
		for i := range 10 * pruneAbove {
			turn, _ := p.try(fmt.Sprintf("h%d:80", i))
			turn.done(time.Now())
		}
		assert.LessOrEqual(t, len(p.hosts), pruneAbove+2)
		again, _ := p.try("held:80")
		assert.Nil(t, again)
		again, _ = p.try("waiting:80")
		assert.Nil(t, again)
		held.release()
	})
}

// webFunc is a Transport that stands for the whole web.
type webFunc func(*http.Request) (*http.Response, error)

func (f webFunc) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// The http and the https pages of a host are on one server, so they share one pace, and the states of both robots.txt
// are stored together.
func TestHTTPAndHTTPSShareAPace(t *testing.T) {
	const delay = 60 * time.Millisecond
	var mu sync.Mutex
	var asked []string
	var last time.Time
	s := newScraper(t, func(o *Options) {
		o.Delay = delay
		o.Transport = webFunc(func(r *http.Request) (*http.Response, error) {
			mu.Lock()
			defer mu.Unlock()
			assert.GreaterOrEqual(t, time.Since(last), delay, r.URL)
			asked, last = append(asked, r.URL.String()), time.Now()
			return &http.Response{
				StatusCode: http.StatusOK, Header: http.Header{"Content-Type": {"text/html"}}, Request: r,
				Body: io.NopCloser(strings.NewReader("<p>" + r.URL.String())),
			}, nil
		})
	})
	stats, err := s.Crawl(t.Context(), Job{
		Seeds: []string{"http://quay.example/a", "https://quay.example/b", "http://quay.example/c", "https://quay.example/d"},
	}, func(context.Context, *Page) error { return nil })
	require.NoError(t, err)
	assert.Equal(t, 4, stats.Handled)
	assert.Equal(t, 1, stats.Hosts)
	assert.Len(t, asked, 6)
	other := newScraper(t, nil)
	other.SetHostState("quay.example:443", s.HostState("quay.example:443"))
	for _, page := range []string{"http://quay.example/a", "https://quay.example/a"} {
		u, err := url.Parse(page)
		require.NoError(t, err)
		assert.NotNil(t, other.robots.state(u, time.Now()).rules, page)
	}
}
