package scraper

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestCrawlCancel(t *testing.T) {
	noLeaks(t)
	s, web := newScraper(t, func(o *Options) { o.Workers = 4 }), newSite(t)
	links := make([]string, 0, 5000)
	for i := range 5000 {
		links = append(links, fmt.Sprintf("/%d", i))
	}
	for _, path := range links[:50] {
		web.page(path)
	}
	web.page("/", links...)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var mu sync.Mutex
	var last time.Time
	handled, started := 0, make(chan struct{})
	go func() {
		<-started
		cancel()
	}()
	stats, err := s.Crawl(ctx, Job{Seeds: []string{web.URL}}, func(ctx context.Context, p *Page) error {
		if p.URL.Path == "/" {
			return nil
		}
		mu.Lock()
		if handled++; handled == 4 {
			close(started)
		}
		mu.Unlock()
		<-ctx.Done() // a running handler sees the end of the context
		mu.Lock()
		last = time.Now()
		mu.Unlock()
		return ctx.Err()
	})
	returned := time.Now()
	require.ErrorIs(t, err, context.Canceled)
	assert.Less(t, returned.Sub(last), 10*time.Second)
	assert.Equal(t, 5001, stats.Handled+stats.Failed+stats.Queued, "nothing is lost")
	assert.Equal(t, 4, handled)
	s.Close()
}

func TestCrawlCancelWhileWaiting(t *testing.T) {
	noLeaks(t)
	s, web := newScraper(t, func(o *Options) { o.Delay = time.Hour }), newSite(t)
	ctx, cancel := context.WithTimeout(t.Context(), 40*time.Millisecond)
	defer cancel()
	begun := time.Now()
	stats, err := s.Crawl(ctx, Job{Seeds: []string{web.URL}}, nil)
	require.ErrorIs(t, err, context.DeadlineExceeded)
	assert.Less(t, time.Since(begun), time.Minute)
	assert.Equal(t, 1, stats.Queued)
	s.Close()
}

func TestCrawlProgress(t *testing.T) {
	s, web := newScraper(t, nil), chainSite(t, 4)
	var seen []Stats
	stats, err := s.Crawl(t.Context(), Job{
		Seeds: []string{web.URL}, Progress: func(s Stats) { seen = append(seen, s) },
	}, nil)
	require.NoError(t, err)
	require.NotEmpty(t, seen)
	for i := 1; i < len(seen); i++ {
		assert.GreaterOrEqual(t, seen[i].Handled, seen[i-1].Handled)
		assert.GreaterOrEqual(t, seen[i].Elapsed, seen[i-1].Elapsed)
	}
	final := seen[len(seen)-1]
	final.Elapsed = stats.Elapsed
	assert.Equal(t, stats, final)
	assert.Equal(t, 4, stats.Handled)
	assert.Equal(t, 1, stats.Failed, "/4 is missing")
}

func TestCrawlWithoutPagesReturnsTheReason(t *testing.T) {
	s, web := newScraper(t, nil), newSite(t)
	stats, err := s.Crawl(t.Context(), Job{Seeds: []string{web.URL}}, nil)
	require.ErrorIs(t, err, ErrNoPages)
	require.ErrorIs(t, err, ErrStatus)
	assert.Equal(t, 1, stats.Failed)

	web.robots("user-agent: *\ndisallow: /")
	s = newScraper(t, nil)
	stats, err = s.Crawl(t.Context(), Job{Seeds: []string{web.URL}}, nil)
	require.ErrorIs(t, err, ErrNoPages)
	require.ErrorIs(t, err, ErrRobots)
	assert.Equal(t, map[string]int{Reason(ErrRobots): 1}, stats.Skipped)
}

func TestCrawlRefusesJobs(t *testing.T) {
	s := newScraper(t, nil)
	for name, job := range map[string]Job{
		"no seeds":       {},
		"a bad seed":     {Seeds: []string{"harbour.example"}},
		"negative pages": {Seeds: []string{"https://harbour.example"}, MaxPages: -1},
	} {
		_, err := s.Crawl(t.Context(), job, nil)
		require.ErrorIs(t, err, ErrOptions, name)
	}
}

func TestCrawlAndFetchShareOnePace(t *testing.T) {
	const delay = 15 * time.Millisecond
	s, web := newScraper(t, func(o *Options) { o.Delay = delay }), chainSite(t, 6)
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() {
			_, err := s.Fetch(t.Context(), web.URL+"/1")
			assert.NoError(t, err)
		})
	}
	_, err := s.Crawl(t.Context(), Job{Seeds: []string{web.URL}}, nil)
	require.NoError(t, err)
	wg.Wait()
	assertPace(t, web, delay)
}
