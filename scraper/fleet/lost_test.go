package fleet

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

	"github.com/dechaff/dechaff/scraper"
)

// shaky is a database whose connection can be cut, or whose response to one statement can be lost.
type shaky struct {
	store
	away    atomic.Bool            // the connection is cut
	lose    atomic.Pointer[string] // the first statement that begins with this text runs, but its response is lost
	before  func(statement string) // called before each statement outside of transactions
	afterTx func()                 // called after each transaction
	late    atomic.Bool            // the next transaction that has less than a second left begins only after that
}

var errAway = errors.New("the connection was cut")

func (s *shaky) isOutage(err error) bool { return errors.Is(err, errAway) || s.store.isOutage(err) }

func (s *shaky) loses(statement string) bool {
	lose := s.lose.Load()
	return lose != nil && strings.HasPrefix(statement, *lose) && s.lose.CompareAndSwap(lose, nil)
}

func (s *shaky) exec(ctx context.Context, statement string, args ...any) (int64, error) {
	if s.away.Load() {
		return 0, errAway
	}
	if s.before != nil {
		s.before(statement)
	}
	n, err := s.store.exec(ctx, statement, args...)
	if err == nil && s.loses(statement) {
		return 0, errAway
	}
	return n, err
}

func (s *shaky) query(ctx context.Context, statement string, args ...any) (rows, error) {
	if s.away.Load() {
		return nil, errAway
	}
	if s.before != nil {
		s.before(statement)
	}
	rs, err := s.store.query(ctx, statement, args...)
	if err == nil && s.loses(statement) {
		for rs.Next() {
			continue
		}
		rs.Close()
		return nil, errAway
	}
	return rs, err
}

func (s *shaky) tx(ctx context.Context, body func(executor) error) error {
	if s.away.Load() {
		return errAway
	}
	if end, ok := ctx.Deadline(); ok && time.Until(end) < time.Second && s.late.CompareAndSwap(true, false) {
		<-ctx.Done()
	}
	err := s.store.tx(ctx, body)
	if s.afterTx != nil {
		s.afterTx()
	}
	return err
}

// openShaky opens a fleet with a shaky database. River's own connection is not affected.
func openShaky(t *testing.T, name string, change func(*Options)) (*Fleet, *shaky) {
	t.Helper()
	f := open(t, name, change)
	s := &shaky{store: f.store}
	f.store = s
	return f, s
}

// within runs a crawl and fails the test if no page of the crawl ends, at any worker, for as long as the limit. The
// whole crawl may take longer: how long depends on how busy the machine is.
func within(t *testing.T, limit time.Duration, f *Fleet, job scraper.Job, handler scraper.Handler) scraper.Stats {
	t.Helper()
	ctx, cancel := context.WithCancelCause(t.Context())
	var watching sync.WaitGroup
	watching.Go(func() {
		ended, since := 0, time.Now()
		for sleep(ctx, time.Second) {
			n := 0
			_, err := queryRow(ctx, f.store, "SELECT count(*) FROM dechaff_page WHERE state >= 2", nil, &n)
			if err == nil && n != ended {
				ended, since = n, time.Now()
			}
			if time.Since(since) > limit {
				cancel(fmt.Errorf("no page has ended for %s", limit))
			}
		}
	})
	stats, err := f.Crawl(ctx, Job{Job: job}, handler)
	if err != nil { // not require, because some tests call within in a goroutine
		t.Errorf("%v: %v", err, context.Cause(ctx))
	}
	cancel(nil)
	watching.Wait()
	return stats
}

// The database has assigned a host to this worker, but the response is lost. The host is released.
func TestLostResponseToClaim(t *testing.T) {
	engines(t, func(t *testing.T, name string) {
		f, s := openShaky(t, name, nil)
		lose := "UPDATE dechaff_host SET owner = $1, crawl"
		s.lose.Store(&lose)
		stats := within(t, 30*time.Second, f, scraper.Job{Seeds: []string{fan(t, 5)}}, nil)
		assert.Equal(t, 6, stats.Handled)
		assert.Nil(t, s.lose.Load())
	})
}

// A host is claimed for only one request, because a robots.txt redirects there, and the response to the claim is lost.
// The host is released.
func TestLostResponseToEnter(t *testing.T) {
	engines(t, func(t *testing.T, name string) {
		f, s := openShaky(t, name, nil)
		there := site(t, map[string]string{"/": ""})
		here := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/robots.txt" {
				http.Redirect(w, r, there.URL+"/robots.txt", http.StatusFound)
				return
			}
			w.Header().Set("Content-Type", "text/html")
			_, _ = w.Write([]byte("<a href='" + there.URL + "/'>x</a>"))
		}))
		t.Cleanup(here.Close)
		lose := "UPDATE dechaff_host SET owner = $1 WHERE"
		s.lose.Store(&lose)
		stats := within(t, 30*time.Second, f, scraper.Job{Seeds: []string{here.URL}, Scope: scraper.AnyHost}, nil)
		assert.Equal(t, 2, stats.Handled)
		assert.Nil(t, s.lose.Load())
	})
}

// An outage begins during a turn, and lasts longer than the turn waits for the database when it ends (Fleet.closing).
// After the outage, the run continues.
func TestOutageAtTheEndOfATurn(t *testing.T) {
	t.Parallel() // mostly waiting
	engines(t, func(t *testing.T, name string) {
		f, s := openShaky(t, name, func(o *Options) { o.Turn, o.Scraper.Delay = 500*time.Millisecond, 20*time.Millisecond })
		f.closing = 300 * time.Millisecond
		var n atomic.Int64
		stats := within(t, 45*time.Second, f, scraper.Job{Seeds: []string{fan(t, 60)}},
			func(context.Context, *scraper.Page) error {
				if n.Add(1) == 10 {
					s.away.Store(true)
					time.AfterFunc(3*time.Second, func() { s.away.Store(false) })
				}
				return nil
			})
		assert.Equal(t, 61, stats.Handled)
	})
}

// The database responds too late at the end of a turn. That does not end the run: the host is released later.
func TestTooSlowAtTheEndOfATurn(t *testing.T) {
	t.Parallel() // mostly waiting
	engines(t, func(t *testing.T, name string) {
		f, s := openShaky(t, name, func(o *Options) { o.Turn, o.Scraper.Delay = 500*time.Millisecond, 20*time.Millisecond })
		f.closing = 300 * time.Millisecond
		s.late.Store(true)
		stats := within(t, 45*time.Second, f, scraper.Job{Seeds: []string{fan(t, 60)}}, nil)
		assert.Equal(t, 61, stats.Handled)
		assert.False(t, s.late.Load())
	})
}

// An outage begins after all work is done, and the worker gives up signing off before the outage is over. The run does
// not fail.
func TestOutageAtTheEnd(t *testing.T) {
	t.Parallel() // mostly waiting
	engines(t, func(t *testing.T, name string) {
		f, s := openShaky(t, name, nil)
		f.closing = 2 * time.Second
		var once atomic.Bool
		s.afterTx = func() {
			state := 0
			_, err := queryRow(context.WithoutCancel(t.Context()), s.store, "SELECT state FROM dechaff_crawl", nil, &state)
			if err == nil && state == done && once.CompareAndSwap(false, true) {
				s.away.Store(true)
				time.AfterFunc(3*time.Second, func() { s.away.Store(false) })
			}
		}
		stats := within(t, 30*time.Second, f, scraper.Job{Seeds: []string{fan(t, 5)}}, nil)
		assert.Equal(t, 6, stats.Handled)
		assert.True(t, once.Load())
	})
}

// Between two statements of a claim, another process inserts the row of the claimed address, because it found a link to
// it. The claim succeeds anyway.
func TestClaimOfConcurrentRow(t *testing.T) {
	engines(t, func(t *testing.T, name string) {
		f, s := openShaky(t, name, nil)
		pages := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			_, _ = fmt.Fprintf(w, "<!doctype html><title>%s</title>", r.URL.Path)
			if r.URL.Path == "/story" {
				_, _ = fmt.Fprint(w, "<link rel=next href=/story/2>")
			}
		}))
		t.Cleanup(pages.Close)
		part := pages.URL + "/story/2"
		var between atomic.Bool
		s.before = func(statement string) {
			if strings.HasPrefix(statement, "INSERT INTO dechaff_page (crawl, key, url, host, state, due, holder)") &&
				between.CompareAndSwap(false, true) {
				_, err := s.store.exec(t.Context(),
					"INSERT INTO dechaff_page (crawl, key, url, host, state, due) VALUES (1, $1, $2, 1, $3, 0)",
					urlKey(scraper.DedupKey(part)), part, pageRejected)
				assert.NoError(t, err)
			}
		}
		var c collector
		stats := within(t, 30*time.Second, f, scraper.Job{Seeds: []string{pages.URL + "/story"}, JoinParts: true}, c.handle)
		assert.True(t, between.Load())
		assert.Equal(t, []string{"/story"}, c.pages)
		assert.Equal(t, 1, stats.Handled)
	})
}
