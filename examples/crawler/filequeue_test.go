package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"
)

// A host that does not answer until the pictures of another host are saved, although more of its own pictures come
// first than there are fetchers. The same is true for its sounds.
func TestSlowHostOfPictures(t *testing.T) {
	t.Parallel()
	var quick, late atomic.Int64
	saved := make(chan struct{})
	host := func(slow bool) *httptest.Server {
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			number := 0
			if _, err := fmt.Sscanf(r.URL.Path, "/p%d", &number); err != nil {
				http.NotFound(w, r)
				return
			}
			if slow {
				select {
				case <-saved:
				case <-time.After(30 * time.Second):
					late.Add(1)
				}
			}
			_, _ = w.Write(pngOf(number))
			if !slow && quick.Add(1) == 20 {
				close(saved)
			}
		}))
		t.Cleanup(s.Close)
		return s
	}
	slow, fast := host(true), host(false)
	var pictures strings.Builder
	for i := range fetchers + 4 {
		fmt.Fprintf(&pictures, `<p><img src="%s/p%d.png" alt="x"> <a href="%[1]s/p%[2]d.mp3">sound</a></p>`, slow.URL, 100+i)
	}
	for i := range 20 {
		fmt.Fprintf(&pictures, `<p><img src="%s/p%d.png" alt="x"></p>`, fast.URL, i)
	}
	web := newSite(t, map[string]string{"/": pictured("Tides", pictures.String())})
	code, stdout, stderr := crawl(t, t.TempDir(), "-allow-private", "-images", "-media", web.URL+"/")
	require.Zero(t, code, stderr)
	assert.Contains(t, stdout, fmt.Sprintf("Files     %d pictures", fetchers+24))
	assert.Zero(t, late.Load(), "requests that waited in vain")
}

// Each file is fetched once, one of each host at a time, and a failure ends the work.
func TestFileQueue(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	fetched, inWork := make(map[string]int), make(map[string]int)
	group, ctx := errgroup.WithContext(t.Context())
	q := newFileQueue()
	q.fetch(ctx, group, 4, func(address string) error {
		host := address[:len("https://a")]
		mu.Lock()
		fetched[address]++
		inWork[host]++
		together := inWork[host]
		mu.Unlock()
		time.Sleep(10 * time.Microsecond)
		mu.Lock()
		inWork[host]--
		mu.Unlock()
		if together > 1 {
			return errors.New(host)
		}
		return nil
	})
	for i := range 600 {
		q.add(fmt.Sprintf("https://%c.example/%d", 'a'+i%6, i))
	}
	q.close()
	require.NoError(t, group.Wait())
	assert.Len(t, fetched, 600)

	group, ctx = errgroup.WithContext(t.Context())
	q, failure := newFileQueue(), errors.New("the disk is full")
	q.fetch(ctx, group, 4, func(string) error { return failure })
	for i := range maxQueued {
		q.add(fmt.Sprintf("https://a.example/%d", i))
	}
	require.ErrorIs(t, group.Wait(), failure, "although the queue is not closed")
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	group, ctx = errgroup.WithContext(ended)
	q = newFileQueue()
	q.fetch(ctx, group, 4, func(string) error { return nil })
	require.ErrorIs(t, group.Wait(), context.Canceled)
}

// A host with more files than fit in its queue does not keep other hosts' files out.
func TestFileQueueIsBounded(t *testing.T) {
	t.Parallel()
	q := newFileQueue()
	for i := range maxQueued {
		assert.False(t, q.isFull("https://a.example/x"))
		q.add(fmt.Sprintf("https://A.example/%d", i))
	}
	assert.True(t, q.isFull("https://a.example/x"))
	assert.False(t, q.isFull("https://b.example/x"))
}
