package scraper

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// part serves a page that names the next part by rel=next. The function before, if not nil, is called before the
// response.
func (s *site) part(path, next string, before func()) {
	s.handle(path, func(w http.ResponseWriter, _ *http.Request) {
		if before != nil {
			before()
		}
		_, _ = io.WriteString(w, strings.Replace(pageText(path), "</head>", `<link rel="next" href="`+next+`"></head>`, 1))
	})
}

// If a crawl is stopped while the parts of an article are fetched, the incomplete article is not delivered.
func TestStopBetweenParts(t *testing.T) {
	web := newSite(t)
	ctx, cancel := context.WithCancel(t.Context())
	web.part("/story", "/story/2", nil)
	web.part("/story/2", "/story/3", nil)
	web.part("/story/3", "/story/4", func() {
		cancel()
		time.Sleep(50 * time.Millisecond) // until the request has ended
	})
	var got collector
	stats, err := newScraper(t, nil).Crawl(ctx, Job{Seeds: []string{web.URL + "/story"}, JoinParts: true}, got.handle)
	require.ErrorIs(t, err, context.Canceled)
	assert.Empty(t, got.pages)
	assert.Equal(t, 1, stats.Queued)
	assert.Zero(t, stats.Failed)
}

// Before each request for a part, the visit waits for the end of the host's pause and then reserves the host with
// Hooks.Enter. After the last part, it calls Hooks.Released.
func TestPartsReserveTheHost(t *testing.T) {
	t.Parallel() // mostly waiting
	web := newSite(t)
	web.part("/story", "/story/2", nil)
	web.part("/story/2", "/story/3", nil)
	web.page("/story/3")
	const delay = 100 * time.Millisecond
	s := newScraper(t, func(o *Options) { o.Delay = delay })
	var entered []time.Time
	released := 0
	hooks := Hooks{
		JoinParts: true,
		Enter: func(context.Context, string) (func(), time.Time, error) {
			entered = append(entered, time.Now())
			return func() {}, time.Time{}, nil
		},
		Released: func() {
			released++
			assert.Len(t, web.asked(), 3)
		},
	}
	parts := 0
	for range 3 { // robots.txt, the pause after it, the page
		out, err := s.VisitHooked(t.Context(), Request{URL: web.URL + "/story"}, func(_ context.Context, p *Page) error {
			parts = len(p.Parts)
			assert.Equal(t, 1, released)
			return nil
		}, hooks)
		require.NoError(t, err)
		time.Sleep(time.Until(out.At))
	}
	assert.Equal(t, 2, parts)
	asked := web.history()
	for i, a := range asked {
		var turn time.Time // of this request
		for _, at := range entered {
			if at.Before(a.at) {
				turn = at
			}
		}
		if i == 0 {
			assert.NotZero(t, turn)
			continue
		}
		assert.GreaterOrEqual(t, turn.Sub(asked[i-1].left), delay-2*time.Millisecond, "%s: reserved before the pause ended", a.path)
	}
}

// A part redirects to a host that is reserved for another visit, which may be waiting for this one. The whole page is
// retried.
func TestPartOnReservedHost(t *testing.T) {
	there := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		writePage(w, r.URL.Path)
	}))
	t.Cleanup(there.Close)
	web := newSite(t)
	web.part("/story", "/story/2", nil)
	web.redirect("/story/2", there.URL+"/2")
	s := newScraper(t, nil)
	var taken atomic.Bool
	taken.Store(true)
	hooks := Hooks{JoinParts: true, Enter: func(_ context.Context, host string) (func(), time.Time, error) {
		if taken.Load() && !strings.HasSuffix(web.URL, host) {
			return nil, time.Now().Add(time.Millisecond), nil
		}
		return func() {}, time.Time{}, nil
	}}
	parts := -1
	tries := 0
	visit := func() Outcome {
		var out Outcome
		for range 3 {
			var err error
			out, err = s.VisitHooked(t.Context(), Request{URL: web.URL + "/story", Tries: tries},
				func(_ context.Context, p *Page) error {
					parts = len(p.Parts)
					return nil
				}, hooks)
			require.NoError(t, err)
			if out.Status > 0 {
				break
			}
		}
		return out
	}
	out := visit()
	assert.Equal(t, OutcomeRetry, out.Kind)
	assert.Equal(t, 1, out.Request.Tries)
	require.ErrorIs(t, out.Err, errHostTaken)
	assert.Equal(t, -1, parts, "not delivered without its part")
	tries = 2
	assert.Equal(t, OutcomeDone, visit().Kind, "the last try")
	assert.Zero(t, parts)
	taken.Store(false)
	assert.Equal(t, OutcomeDone, visit().Kind)
	assert.Equal(t, 1, parts)
}
