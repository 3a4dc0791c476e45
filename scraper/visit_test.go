package scraper

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// settle repeats a visit until the host's turn is due, and returns the result.
func settle(t *testing.T, s *Scraper, req Request, h Handler) (Outcome, error) {
	t.Helper()
	for range 100 {
		out, err := s.Visit(t.Context(), req, h)
		if err != nil || out.Kind != OutcomeRetry || out.Request.Tries != req.Tries {
			return out, err
		}
		time.Sleep(time.Until(out.At))
	}
	t.Fatal("the host's turn never comes")
	return Outcome{}, nil
}

func TestVisitNeverWaits(t *testing.T) {
	s, web := newScraper(t, func(o *Options) { o.Delay = time.Hour; o.MaxRetryAfter = 2 * time.Hour }), newSite(t)
	web.page("/a")
	req := Request{URL: web.URL + "/a", Tries: 1}
	for range 3 { // the first fetches robots.txt
		out, err := s.Visit(t.Context(), req, func(context.Context, *Page) error {
			t.Error("it is not the page's turn")
			return nil
		})
		require.NoError(t, err)
		assert.Equal(t, OutcomeRetry, out.Kind)
		assert.Equal(t, req, out.Request, "no try was made")
		assert.WithinDuration(t, time.Now().Add(time.Hour), out.At, time.Minute)
	}
	assert.Equal(t, 1, web.count("/robots.txt"))
	assert.Empty(t, web.asked())
}

func TestVisitOutcomes(t *testing.T) {
	t.Parallel() // mostly waiting
	s, web := newScraper(t, nil), newSite(t)
	web.robots("user-agent: *\ndisallow: /private/")
	web.page("/a", "/b#x", "b?utm_source=y", "/c", "mailto:ann@harbour.example", web.URL+"/a")
	web.redirect("/old", "/a")
	web.handle("/busy", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusServiceUnavailable) })
	web.handle("/pdf", func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("Content-Type", "application/pdf") })

	out, err := settle(t, s, Request{URL: web.URL + "/a"}, nil)
	require.NoError(t, err)
	assert.Equal(t, OutcomeDone, out.Kind)
	assert.Equal(t, []string{web.URL + "/b", web.URL + "/c", web.URL + "/a"}, out.Links)
	assert.Equal(t, http.StatusOK, out.Status)
	assert.Positive(t, out.Bytes)

	out, err = settle(t, s, Request{URL: web.URL + "/old", Depth: 2, Seed: web.URL, Referrer: web.URL + "/", Tries: 2},
		nil)
	require.NoError(t, err)
	assert.Equal(t, OutcomeRedirect, out.Kind)
	assert.Equal(t, Request{
		URL: web.URL + "/a", Depth: 2, Seed: web.URL, Referrer: web.URL + "/", Via: []string{web.URL + "/old"},
	}, out.Request)

	out, err = settle(t, s, Request{URL: web.URL + "/busy"}, nil)
	require.NoError(t, err)
	assert.Equal(t, OutcomeRetry, out.Kind)
	assert.Equal(t, 1, out.Request.Tries)
	require.ErrorIs(t, out.Err, ErrStatus)
	out, err = settle(t, s, Request{URL: web.URL + "/busy", Tries: 2}, nil)
	require.ErrorIs(t, err, ErrStatus)
	assert.Equal(t, OutcomeFailed, out.Kind)

	for path, want := range map[string]error{"/private/x": ErrRobots, "/pdf": ErrContentType} {
		out, err = settle(t, s, Request{URL: web.URL + path}, nil)
		require.NoError(t, err)
		assert.Equal(t, OutcomeSkipped, out.Kind)
		require.ErrorIs(t, out.Err, want)
	}
	out, err = s.Visit(t.Context(), Request{URL: "ftp://harbour.example"}, nil)
	require.NoError(t, err)
	assert.Equal(t, OutcomeSkipped, out.Kind)
	require.ErrorIs(t, out.Err, ErrBadURL)
	assert.NotContains(t, web.asked(), "/private/x")
}

func TestVisitHandlerFailures(t *testing.T) {
	s, web := newScraper(t, nil), newSite(t)
	web.page("/a", "/b")
	sunk := errors.New("the tray is full")
	for name, handler := range map[string]Handler{
		"error":             func(context.Context, *Page) error { return sunk },
		"panic":             func(context.Context, *Page) error { panic("a wave") },
		"panic of an error": func(context.Context, *Page) error { panic(sunk) },
	} {
		t.Run(name, func(t *testing.T) {
			out, err := settle(t, s, Request{URL: web.URL + "/a"}, handler)
			var failure *HandlerError
			require.ErrorAs(t, err, &failure)
			assert.Equal(t, web.URL+"/a", failure.URL)
			assert.Equal(t, OutcomeFailed, out.Kind)
			assert.Equal(t, []string{web.URL + "/b"}, out.Links, "links are not lost")
			assert.Equal(t, name != "panic", errors.Is(err, sunk))
			assert.Equal(t, name != "error", errors.Is(err, ErrHandlerPanic))
			if caught, ok := errors.AsType[*PanicError](err); ok {
				assert.Contains(t, string(caught.Stack), "TestVisitHandlerFailures")
			}
		})
	}
}

func TestNoFollowAndNoIndex(t *testing.T) {
	s, web := newScraper(t, func(o *Options) { o.UserAgent = "GullBot/1" }), newSite(t)
	for _, tt := range []struct {
		name, tag, meta   string
		noIndex, noFollow bool
	}{
		{"neither", "", "", false, false},
		{"meta", "", `<meta name="Robots" content="NoIndex , nofollow">`, true, true},
		{"meta for us", "", `<meta name=gullbot content=noindex>`, true, false},
		{"meta for others", "", `<meta name=otherbot content=noindex>`, false, false},
		{"meta none", "", `<meta content="none" name="robots">`, true, true},
		{"header", "nofollow", "", false, true},
		{"header for us", "GullBot: noindex, nofollow", "", true, true},
		{"header for others", "otherbot: noindex", "", false, false},
		{"header with a date", "unavailable_after: 25 Jun 2030 15:00:00 PST", "", false, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			web.handle("/a", func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("X-Robots-Tag", tt.tag)
				w.Header().Set("Content-Type", "text/html")
				_, _ = fmt.Fprintf(w, "<title>a</title>%s<body><a href=/b>b</a><a rel='external NoFollow' href=/c>c</a>", tt.meta)
			})
			p, err := s.Fetch(t.Context(), web.URL+"/a")
			require.NoError(t, err)
			assert.Equal(t, tt.noIndex, p.NoIndex)
			assert.Equal(t, tt.noFollow, p.NoFollow)
			out, err := settle(t, s, Request{URL: web.URL + "/a"}, func(_ context.Context, p *Page) error {
				assert.False(t, p.NoIndex)
				return nil
			})
			require.NoError(t, err)
			if tt.noIndex {
				assert.Equal(t, OutcomeSkipped, out.Kind)
				require.ErrorIs(t, out.Err, ErrNoIndex)
			} else {
				assert.Equal(t, OutcomeDone, out.Kind)
			}
			if tt.noFollow {
				assert.Empty(t, out.Links)
				assert.Equal(t, []string{web.URL + "/b", web.URL + "/c"}, out.NoFollow)
			} else {
				assert.Equal(t, []string{web.URL + "/b"}, out.Links)
				assert.Equal(t, []string{web.URL + "/c"}, out.NoFollow)
			}
		})
	}
}

func TestBaseHref(t *testing.T) {
	s, web := newScraper(t, nil), newSite(t)
	web.handle("/a", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		_, _ = io.WriteString(w, "<base href=/deck/><a href=b>b</a>")
	})
	out, err := settle(t, s, Request{URL: web.URL + "/a"}, nil)
	require.NoError(t, err)
	assert.Equal(t, []string{web.URL + "/deck/b"}, out.Links)
}

func TestVisitWithAnEndedContext(t *testing.T) {
	s, web := newScraper(t, nil), newSite(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := s.Visit(ctx, Request{URL: web.URL}, nil)
	require.ErrorIs(t, err, context.Canceled)
	assert.Empty(t, web.history())
}
