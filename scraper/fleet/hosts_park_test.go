package fleet

import (
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dechaff/dechaff/scraper"
	"github.com/dechaff/dechaff/scraper/internal/dnstest"
)

// Two workers crawl two hosts. By rel=canonical, the pages of each host name pages of the other host: there are pairs
// of pages that name each other, and chains of three pages that change the host up to twice. One page of each pair and
// of each chain is delivered, and no two transactions deadlock.
func TestHostsThatParkAtEachOther(t *testing.T) {
	engines(t, func(t *testing.T, database string) {
		const pairs, rows = 150, 50
		dns := startDNS(t)
		web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			serveParking(w, r, pairs, rows)
		}))
		t.Cleanup(web.Close)
		_, port, err := net.SplitHostPort(web.Listener.Addr().String())
		require.NoError(t, err)
		job := scraper.Job{Seeds: []string{"http://www.quay.example:" + port + "/", "http://quay.example:" + port + "/"}}
		var got collector
		var crawls sync.WaitGroup
		for range 2 {
			f := open(t, database, func(o *Options) {
				o.Scraper.Resolver = dnstest.Resolver(dns)
				o.Scraper.Timeout = time.Minute // a short lease could end while the database is busy
			})
			crawls.Go(func() { within(t, 2*time.Minute, f, job, got.handle) })
		}
		crawls.Wait()
		texts := make(map[string]int)
		for _, address := range got.pages {
			u, err := url.Parse(address)
			require.NoError(t, err)
			texts[u.Query().Get("text")]++
		}
		assert.Len(t, texts, 1+pairs+rows)
		for text, n := range texts {
			if text != "" { // the front pages have no text
				assert.Equal(t, 1, n, text)
			}
		}
		assert.Zero(t, deadlocks(t, database))
	})
}

// serveParking serves the pages of TestHostsThatParkAtEachOther.
func serveParking(w http.ResponseWriter, r *http.Request, pairs, rows int) {
	bare, port, _ := net.SplitHostPort(r.Host)
	isWWW := bare == "www.quay.example"
	bare, www := "http://quay.example:"+port, "http://www.quay.example:"+port
	text, canonical, links := r.URL.Query().Get("text"), "", []string(nil)
	switch r.URL.Path {
	case "/":
		for i := range pairs {
			links = append(links, fmt.Sprintf("/%s?text=pair+%d", map[bool]string{true: "right", false: "left"}[isWWW], i))
		}
		for i := range rows {
			links = append(links, fmt.Sprintf("/print?text=row+%d", i))
		}
		if isWWW {
			slices.Reverse(links)
			links = links[rows/2:]
		}
	case "/left":
		canonical = www + "/right"
	case "/right":
		canonical = bare + "/left"
	case "/print":
		canonical = www + "/share"
	case "/share":
		canonical = bare + "/page"
	case "/page":
	default:
		http.NotFound(w, r)
		return
	}
	_, _ = fmt.Fprintf(w, "<!doctype html><title>%s</title>", text)
	if canonical != "" {
		_, _ = fmt.Fprintf(w, "<link rel=canonical href=%q>", canonical+"?"+r.URL.RawQuery)
	}
	_, _ = fmt.Fprintf(w, "<p>The tale of %s is told at the quay.</p>", text)
	for _, link := range links {
		_, _ = fmt.Fprintf(w, "<a href=%q>x</a>", link)
	}
}

// deadlocks returns how many deadlocks PostgreSQL has detected in a database. For SQLite, it returns 0, because a file
// has only one writer at a time.
func deadlocks(t *testing.T, database string) (n int) {
	t.Helper()
	if !strings.HasPrefix(database, "postgres://") {
		return 0
	}
	conn, err := pgx.Connect(t.Context(), database)
	require.NoError(t, err)
	defer func() { _ = conn.Close(t.Context()) }()
	require.NoError(t, conn.QueryRow(t.Context(),
		"SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()").Scan(&n))
	return n
}

// Two pages name each other by rel=canonical, and two transactions park them at the same moment. The transactions do
// not deadlock, and only one of the pages is parked.
func TestParkAtEachOther(t *testing.T) {
	engines(t, func(t *testing.T, database string) {
		f := open(t, database, nil)
		job := scraper.Job{Seeds: []string{"http://www.quay.example/left", "http://quay.example/right"}}
		seeds, err := job.Begin()
		require.NoError(t, err)
		crawl, err := f.beginCrawl(t.Context(), "default", seeds, false)
		require.NoError(t, err)
		var pages []*page
		require.NoError(t, queryRows(t.Context(), f.store, `SELECT id, url, 0, 0, 0, '', '', '', false FROM dechaff_page
			ORDER BY url DESC`, nil, func(scan func(...any) error) error {
			p, err := scanPage(scan)
			pages = append(pages, p)
			return err
		}))
		require.Len(t, pages, 2)
		for range 100 {
			var both sync.WaitGroup
			for i := range pages {
				c := change{page: pages[i], findings: seeds[1-i : 2-i], row: pageUpdate{request: pages[i].request}}
				parking := turn{run: &run{f: f, id: crawl}}
				both.Go(func() {
					assert.NoError(t, f.tx(t.Context(), func(q queries) error {
						attempt := c
						if err := parking.park(t.Context(), q, &attempt); err != nil {
							return err
						}
						_, err := q.updatePage(t.Context(), attempt.page.id, &attempt.row)
						return err
					}))
				})
			}
			both.Wait()
			parked, err := f.db().unparkAll(t.Context(), crawl, 0)
			require.NoError(t, err)
			assert.EqualValues(t, 1, parked)
		}
		assert.Zero(t, deadlocks(t, database))
	})
}
