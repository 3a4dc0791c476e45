package scraper

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestPages(t *testing.T) {
	noLeaks(t)
	web := messySite(t)
	s := newScraper(t, nil)
	var got []string
	var failures []error
	for page, err := range s.Pages(t.Context(), Job{Seeds: []string{web.URL}}) {
		if err != nil {
			assert.Nil(t, page)
			failures = append(failures, err)
			continue
		}
		got = append(got, page.URL.Path)
	}
	slices.Sort(got)
	assert.Equal(t, []string{"/", "/a", "/b", "/c", "/d", "/e", "/f", "/g/"}, got)
	assert.Len(t, failures, 2)
	for _, err := range failures {
		var failure *FetchError
		require.ErrorAs(t, err, &failure)
	}
	s.Close()
}

func TestPagesBreak(t *testing.T) {
	noLeaks(t)
	s, web := newScraper(t, nil), chainSite(t, 50)
	n := 0
	for _, err := range s.Pages(t.Context(), Job{Seeds: []string{web.URL}}) {
		require.NoError(t, err)
		if n++; n == 3 {
			break
		}
	}
	asked := len(web.history())
	time.Sleep(60 * time.Millisecond)
	assert.LessOrEqual(t, len(web.history()), asked+1, "after the loop, only a canceled request may still reach the server")
	s.Close()
}

func TestPagesReturnsCrawlErrors(t *testing.T) {
	s, web := newScraper(t, nil), newSite(t)
	gather := func(ctx context.Context, job Job) []error {
		var failures []error
		for page, err := range s.Pages(ctx, job) {
			assert.Nil(t, page)
			failures = append(failures, err)
		}
		return failures
	}
	failures := gather(t.Context(), Job{})
	require.Len(t, failures, 1)
	require.ErrorIs(t, failures[0], ErrOptions)

	failures = gather(t.Context(), Job{Seeds: []string{web.URL}})
	require.Len(t, failures, 1, "a failure is not reported twice")
	require.ErrorIs(t, failures[0], ErrStatus)

	web.robots("user-agent: *\ndisallow: /")
	s = newScraper(t, nil)
	failures = gather(t.Context(), Job{Seeds: []string{web.URL}})
	require.Len(t, failures, 1)
	require.ErrorIs(t, failures[0], ErrNoPages)
	require.ErrorIs(t, failures[0], ErrRobots)

	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	failures = gather(ctx, Job{Seeds: []string{web.URL}})
	require.Len(t, failures, 1)
	require.ErrorIs(t, failures[0], context.Canceled)
}
