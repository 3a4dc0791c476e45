package fleet

import (
	"encoding/hex"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dechaff/dechaff/scraper"
)

// A statement with a list of records reads the list once, and not once for each row of a table: a crawl has millions of
// rows. SQLite assumes that a crawl has few pages, so if it could begin with the crawl's pages, it would.
func TestRecordsAreReadOnce(t *testing.T) {
	f := open(t, filepath.Join(t.TempDir(), "crawl.db"), nil)
	from := scraper.Request{URL: "https://gull.example/", Seed: "https://gull.example/"}
	links := []string{"https://gull.example/a", "https://gull.example/list?color=1&order=2&page=3&size=4"}
	enqueue(t, f, from, scraper.Outcome{Kind: scraper.OutcomeDone, NoFollow: links})
	enqueue(t, f, from, scraper.Outcome{Kind: scraper.OutcomeDone, Links: links})
	dated := listedPage{Key: hex.EncodeToString(urlKey(scraper.DedupKey(links[0]))), Extra: "{}"}
	require.NoError(t, f.tx(t.Context(), func(q queries) error {
		if err := q.addDates(t.Context(), 1, []listedPage{dated}); err != nil {
			return err
		}
		return q.postponePages(t.Context(), []int64{1}, 0)
	}))
	explained := 0
	for _, statement := range slices.Sorted(maps.Keys(f.store.(*sqliteStore).prepared)) {
		if !strings.Contains(statement, "json_each") {
			continue
		}
		explained++
		var args []any // NULLs
		for strings.Contains(statement, fmt.Sprintf("$%d", len(args)+1)) {
			args = append(args, nil)
		}
		inLoop := make(map[int]bool) // by parent, whether an earlier step is the outer loop of the next one
		require.NoError(t, queryRows(t.Context(), f.store, "EXPLAIN QUERY PLAN "+statement, args,
			func(scan func(...any) error) error {
				id, parent, unused, step := 0, 0, 0, ""
				err := scan(&id, &parent, &unused, &step)
				assert.False(t, inLoop[parent] && strings.Contains(step, "json_each"), statement)
				inLoop[parent] = inLoop[parent] || strings.HasPrefix(step, "SCAN") || strings.HasPrefix(step, "SEARCH")
				return err
			}))
	}
	assert.Greater(t, explained, 5)
}
