package fleet

import (
	"context"
	"encoding/hex"
	"slices"
	"strings"

	"github.com/dechaff/dechaff/scraper"
)

// listedPage is a page with the dates that a sitemap or a feed gives for it.
type listedPage struct {
	Key   string `json:"k"` // hexadecimal
	Extra string `json:"m"` // the dates as a requestExtra in JSON
}

var listedColumns = []column{{"k", "text"}, {"m", "text"}}

// dateUpdate is a new requestExtra for the row of a page.
type dateUpdate struct {
	ID    int64  `json:"id"`
	Extra string `json:"m"`
}

var dateColumns = []column{{"id", "bigint"}, {"m", "text"}}

// listedBatch is the maximum number of pages that are updated in one transaction.
const listedBatch = 2000

// noteDates adds the dates in a list to pages that are already waiting because a link led to them first. It runs before
// the list is marked as finished, so that it is repeated after a crash.
func (t *turn) noteDates(ctx context.Context, entries []scraper.Entry) error {
	var pages []listedPage
	for i := range entries {
		e := &entries[i]
		extra := extraOf(&scraper.Request{Published: e.Published, Modified: e.Modified})
		if extra != "" {
			pages = append(pages, listedPage{hex.EncodeToString(urlKey(scraper.DedupKey(e.URL))), extra})
		}
	}
	slices.SortFunc(pages, func(a, b listedPage) int { return strings.Compare(a.Key, b.Key) })
	pages = slices.CompactFunc(pages, func(a, b listedPage) bool { return a.Key == b.Key })
	f := t.run.f
	for batch := range slices.Chunk(pages, listedBatch) {
		err := persist(ctx, f.store, func(ctx context.Context) error {
			return f.tx(ctx, func(q queries) error { return q.addDates(ctx, t.run.id, batch) })
		})
		if err != nil {
			return err
		}
		t.reread.Store(true) // the turn may have read these pages before the dates were added
	}
	return nil
}

// addDates adds dates to queued pages that have no requestExtra. It locks the pages in the order of their keys.
func (q queries) addDates(ctx context.Context, crawl int, pages []listedPage) error {
	const waiting = " WHERE crawl = $1 AND state = 0 AND more IS NULL AND key "
	var locked []dateUpdate
	extras := make(map[string]string, len(pages))
	for _, page := range pages {
		extras[page.Key] = page.Extra
	}
	err := queryRows(ctx, q, "SELECT id, key FROM dechaff_page"+waiting+"IN (SELECT "+q.hexKey()+" FROM "+
		q.records(2, listedColumns...)+") ORDER BY key FOR UPDATE", []any{crawl, toJSON(pages)},
		func(scan func(...any) error) error {
			id, key := int64(0), []byte(nil)
			err := scan(&id, &key)
			locked = append(locked, dateUpdate{id, extras[hex.EncodeToString(key)]})
			return err
		})
	if err != nil || len(locked) == 0 {
		return err
	}
	// by ID, for the same reason as in enqueueRejected
	_, err = q.exec(ctx, "UPDATE dechaff_page SET more = r.m FROM "+q.records(1, dateColumns...)+
		" WHERE dechaff_page.id = CAST(r.id AS bigint)", toJSON(locked))
	return err
}
