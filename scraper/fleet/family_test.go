package fleet

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dechaff/dechaff/scraper"
)

// enqueue enqueues the links of an outcome, as at the end of a visit. It returns the enqueued addresses and the number
// of SQL statements.
func enqueue(
	t *testing.T, f *Fleet, from scraper.Request, out scraper.Outcome,
) (taken []enqueuedPage, statements int64) {
	t.Helper()
	id, err := f.beginCrawl(t.Context(), "default", nil, false)
	require.NoError(t, err)
	found, err := f.prepare(t.Context(), id, scraper.Job{}.Findings(from, out, nil))
	require.NoError(t, err)
	before := f.statements()
	require.NoError(t, f.tx(t.Context(), func(q queries) (err error) {
		taken, err = f.insert(t.Context(), q, found)
		return err
	}))
	return taken, f.statements() - before
}

// A page has more links of a family than may be visited. The first ones in the document are enqueued, up to the limit
// and with few SQL statements. Links that were enqueued before are not counted again.
func TestFamilyOfOnePage(t *testing.T) {
	notInShort(t)
	engines(t, func(t *testing.T, name string) {
		f := open(t, name, nil)
		from := scraper.Request{URL: "https://gull.example/", Seed: "https://gull.example/"}
		links := make([]string, 3000)
		for i := range links {
			links[i] = fmt.Sprintf("https://gull.example/list?color=%d&order=name&page=1&size=%d", i, i)
		}
		taken, _ := enqueue(t, f, from, scraper.Outcome{Kind: scraper.OutcomeDone, Links: links[:150]})
		assert.Len(t, taken, 150)
		taken, statements := enqueue(t, f, from, scraper.Outcome{Kind: scraper.OutcomeDone, Links: links})
		assert.Len(t, taken, 50)
		assert.Less(t, statements, int64(20))
		keys := make(map[string]bool)
		for _, page := range taken {
			keys[page.key] = true
		}
		for _, link := range links[150:200] {
			assert.True(t, keys[fmt.Sprintf("%x", urlKey(scraper.DedupKey(link)))], link)
		}
		for i := range links { // each in its own family
			links[i] = fmt.Sprintf("https://gull.example/%d?a=1&b=2&c=3", i)
		}
		taken, statements = enqueue(t, f, from, scraper.Outcome{Kind: scraper.OutcomeDone, Links: links})
		assert.Len(t, taken, 3000)
		assert.Less(t, statements, int64(20))
	})
}

// A crawl enqueues at most 20,000 sitemaps and feeds, like a crawl in memory, and does not store the rest.
func TestListsWithoutEnd(t *testing.T) {
	notInShort(t)
	engines(t, func(t *testing.T, name string) {
		f := open(t, name, nil)
		from := scraper.Request{URL: "https://gull.example/map.xml", Seed: "https://gull.example/", List: scraper.SitemapList}
		maps := make([]string, 20_010)
		for i := range maps {
			maps[i] = fmt.Sprintf("https://gull.example/map%d.xml", i)
		}
		total := 0
		for _, part := range [][]string{maps[:5], maps, maps} {
			taken, _ := enqueue(t, f, from, scraper.Outcome{Kind: scraper.OutcomeDone, Sitemaps: part})
			total += len(taken)
		}
		assert.Equal(t, 20_000, total)
		rows := 0
		_, err := queryRow(t.Context(), f.store, "SELECT count(*) FROM dechaff_page", nil, &rows)
		require.NoError(t, err)
		assert.Equal(t, 20_000, rows)
	})
}

// The number of pages of a family is limited in the same way as in a crawl in memory.
func TestFamiliesAsInMemory(t *testing.T) {
	var links strings.Builder
	pages := map[string]string{"/more": ""}
	for i := range 230 {
		link := fmt.Sprintf("/list?color=%d&order=name&page=1&size=9", i)
		pages[link] = ""
		links.WriteString(link + " ")
	}
	pages["/"] = "/more " + links.String()
	pages["/more"] = links.String()
	job := scraper.Job{Seeds: []string{site(t, pages).URL}}
	crawl := func(crawl func(scraper.Handler) (scraper.Stats, error)) ([]string, map[string]int) {
		var c collector
		stats, err := crawl(c.handle)
		require.NoError(t, err)
		slices.Sort(c.pages)
		return c.pages, stats.Skipped
	}
	s, err := scraper.New(scraper.Options{AllowPrivate: true, Delay: -1})
	require.NoError(t, err)
	defer s.Close()
	pagesWanted, skipped := crawl(func(h scraper.Handler) (scraper.Stats, error) { return s.Crawl(t.Context(), job, h) })
	require.Len(t, pagesWanted, 202)
	engines(t, func(t *testing.T, name string) {
		f := open(t, name, nil)
		got, reasons := crawl(func(h scraper.Handler) (scraper.Stats, error) {
			return f.Crawl(t.Context(), Job{Job: job}, h)
		})
		assert.Equal(t, pagesWanted, got)
		assert.Equal(t, skipped, reasons)
	})
}

// If one page marks its links as nofollow, and the next page has the same links without nofollow, they are enqueued
// after all, with few statements, and no longer count as skipped.
func TestEnqueueRejectedLinks(t *testing.T) {
	notInShort(t)
	engines(t, func(t *testing.T, name string) {
		f := open(t, name, nil)
		from := scraper.Request{URL: "https://gull.example/", Seed: "https://gull.example/"}
		links := make([]string, 1000)
		for i := range links {
			links[i] = fmt.Sprintf("https://gull.example/%d", i)
		}
		taken, _ := enqueue(t, f, from, scraper.Outcome{Kind: scraper.OutcomeDone, NoFollow: links})
		assert.Empty(t, taken)
		taken, statements := enqueue(t, f, from, scraper.Outcome{Kind: scraper.OutcomeDone, Links: links})
		assert.Len(t, taken, 1000)
		assert.Less(t, statements, int64(20))
		first := ""
		_, err := queryRow(t.Context(), f.store, "SELECT url FROM dechaff_page WHERE state = 0 ORDER BY due, id LIMIT 1",
			nil, &first)
		require.NoError(t, err)
		assert.Equal(t, links[0], first)
		stats, err := f.stats(t.Context(), 1)
		require.NoError(t, err)
		assert.Equal(t, map[string]int{scraper.Reason(scraper.ErrNoFollow): -1000}, stats.Skipped,
			"what the first had counted, in the transaction of its visit")
	})
}

// Surplus lists are also left out when the transaction is retried.
func TestListsWithoutEndRetried(t *testing.T) {
	notInShort(t)
	f := open(t, filepath.Join(t.TempDir(), "crawl.db"), nil)
	from := scraper.Request{URL: "https://gull.example/map.xml", Seed: "https://gull.example/", List: scraper.SitemapList}
	maps := make([]string, 20_010)
	for i := range maps {
		maps[i] = fmt.Sprintf("https://gull.example/map%d.xml", i)
	}
	taken, _ := enqueue(t, f, from, scraper.Outcome{Kind: scraper.OutcomeDone, Sitemaps: maps[:20000]})
	require.Len(t, taken, 20000)
	// This is done as in record: the findings are computed once, and prepare runs in each attempt.
	findings := scraper.Job{}.Findings(from, scraper.Outcome{Kind: scraper.OutcomeDone, Sitemaps: maps[20000:]}, nil)
	id := 1
	lost := errors.New("the connection was cut")
	for attempt := range 2 {
		found, err := f.prepare(t.Context(), id, findings)
		require.NoError(t, err)
		err = f.tx(t.Context(), func(q queries) error {
			if _, err := f.insert(t.Context(), q, found); err != nil {
				return err
			}
			if attempt == 0 {
				return lost
			}
			return nil
		})
		if attempt == 0 {
			require.ErrorIs(t, err, lost)
		}
	}
	rows := 0
	_, err := queryRow(t.Context(), f.store, "SELECT count(*) FROM dechaff_page", nil, &rows)
	require.NoError(t, err)
	assert.Equal(t, 20_000, rows)
}
