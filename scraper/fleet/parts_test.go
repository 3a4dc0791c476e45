package fleet

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dechaff/dechaff/scraper"
)

// While a worker fetches the further parts of an article, even beyond the end of its turn, no other worker makes
// requests to their host.
func TestPartsKeepTheirHost(t *testing.T) {
	t.Parallel() // mostly waiting
	engines(t, func(t *testing.T, name string) {
		var mu sync.Mutex
		now, together := 0, 0
		web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			mu.Lock()
			now++
			together = max(together, now)
			mu.Unlock()
			defer func() {
				mu.Lock()
				defer mu.Unlock()
				now--
			}()
			w.Header().Set("Content-Type", "text/html")
			switch {
			case r.URL.Path == "/":
				var links strings.Builder
				for i := range 2 {
					fmt.Fprintf(&links, "<a href=/story%d>x</a><a href=/other%d>x</a>", i, i)
				}
				_, _ = w.Write([]byte(links.String()))
			case strings.HasPrefix(r.URL.Path, "/story"):
				story, part := 0, 1
				_, _ = fmt.Sscanf(r.URL.Path, "/story%d/%d", &story, &part)
				if part > 1 {
					time.Sleep(2 * time.Second) // longer than handlerWait
				}
				if part < 3 {
					_, _ = fmt.Fprintf(w, "<link rel=next href=/story%d/%d>", story, part+1)
				}
			}
		}))
		t.Cleanup(web.Close)
		// The timeout must not end a request on a busy machine: the next one would overlap with it at the server.
		change := func(o *Options) { o.Turn, o.Scraper.Timeout = 300*time.Millisecond, 30*time.Second }
		var parts sync.Map
		var workers sync.WaitGroup
		for range 3 {
			f := open(t, name, change)
			job := scraper.Job{Seeds: []string{web.URL}, JoinParts: true}
			workers.Go(func() {
				within(t, time.Minute, f, job, func(_ context.Context, p *scraper.Page) error {
					parts.Store(p.URL.Path, len(p.Parts))
					return nil
				})
			})
		}
		workers.Wait()
		assert.Equal(t, 1, together)
		for i := range 2 {
			n, _ := parts.Load(fmt.Sprintf("/story%d", i))
			assert.Equal(t, 2, n)
		}
	})
}

// The crawl stops while the parts of an article are fetched. The article is not delivered. The next run delivers it
// with all parts.
func TestStopBetweenParts(t *testing.T) {
	engines(t, func(t *testing.T, name string) {
		ctx, cancel := context.WithCancel(t.Context())
		web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			switch r.URL.Path {
			case "/story":
				_, _ = w.Write([]byte("<link rel=next href=/story/2>"))
			case "/story/2":
				cancel()
				time.Sleep(50 * time.Millisecond)
				_, _ = w.Write([]byte("<link rel=next href=/story/3>"))
			}
		}))
		t.Cleanup(web.Close)
		job := Job{Job: scraper.Job{Seeds: []string{web.URL + "/story"}, JoinParts: true}}
		var parts []int
		handler := func(_ context.Context, p *scraper.Page) error {
			parts = append(parts, len(p.Parts))
			return nil
		}
		_, err := open(t, name, nil).Crawl(ctx, job, handler)
		require.ErrorIs(t, err, context.Canceled)
		require.Empty(t, parts)
		_, err = open(t, name, nil).Crawl(t.Context(), job, handler)
		require.NoError(t, err)
		assert.Equal(t, []int{2}, parts)
	})
}
