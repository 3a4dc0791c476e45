package fleet

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"time"

	"github.com/dechaff/dechaff/scraper"
)

// States of a page, in dechaff_page. A page in a state before pageDone is waiting; SQL statements test for this with
// "state < 2".
const (
	pageQueued = iota
	pageRetry
	pageDone
	pageFailed
	pageHandlerFailed
	pageSkipped
	pageRedirected
	pageRejected // not visited: the job rejected all links to the page so far
	pageAlias    // not visited: a delivered page holds this address as its identity
	pageParked   // waits for the page that its rel=canonical names
)

// requestExtra contains the fields of a request that have no column of their own.
type requestExtra struct {
	Via       []string  `json:"via,omitempty"`
	Published time.Time `json:"published,omitzero"`
	Modified  time.Time `json:"modified,omitzero"`
	Own       bool      `json:"own,omitempty"` // scraper.Request.OwnIdentity
}

// extraOf returns the request's requestExtra as JSON, or "" if all fields are zero.
func extraOf(r *scraper.Request) string {
	if len(r.Via) == 0 && r.Published.IsZero() && r.Modified.IsZero() && !r.OwnIdentity {
		return ""
	}
	return toJSON(requestExtra{r.Via, r.Published, r.Modified, r.OwnIdentity})
}

// newPage is a row to insert into dechaff_page.
type newPage struct {
	ID     int64  `json:"id,omitempty"` // of a row that was rejected and is now enqueued
	Key    string `json:"k"`            // hexadecimal
	Rank   int    `json:"o"`            // of pages found together, those with the highest Rank are visited first
	URL    string `json:"u"`
	Host   int    `json:"h"`
	Seed   int    `json:"s"`
	Depth  int    `json:"d"`
	State  int    `json:"st"`
	List   int    `json:"l"`
	Extra  string `json:"m,omitempty"` // see extraOf
	Reason string `json:"r,omitempty"` // why the page is rejected

	family  string // hexadecimal, like Key; empty for none
	limit   int64  // Finding.FamilyLimit
	finding *scraper.Finding
	isNew   bool // the crawl had not seen the page
}

var newPageColumns = []column{
	{"id", "bigint"},
	{"k", "text"},
	{"u", "text"},
	{"h", "integer"},
	{"s", "integer"},
	{"d", "integer"},
	{"st", "smallint"},
	{"l", "smallint"},
	{"o", "integer"},
	{"m", "text"},
	{"r", "text"},
}

// insertPages inserts the pages that the crawl has not seen, and calls the function row for each page that it inserts.
// The pages must be sorted by key.
func (q queries) insertPages(
	ctx context.Context, a *addresses, due int64, row func(key string, host, state int),
) error {
	var referrer any
	if a.referrer != 0 {
		referrer = a.referrer
	}
	statement := `INSERT INTO dechaff_page
			(crawl, key, url, host, seed, referrer, depth, state, list, due, more, reason)
		SELECT CAST($1 AS integer), ` + q.hexKey() + `, r.u, CAST(r.h AS integer), CAST(r.s AS integer),
			CAST($3 AS bigint), CAST(r.d AS integer), CAST(r.st AS smallint), CAST(r.l AS smallint),
			CAST($4 AS bigint) - CAST(r.o AS integer), r.m, r.r
		FROM ` + q.records(2, newPageColumns...) + ` WHERE true ORDER BY r.k
		ON CONFLICT (crawl, key) DO NOTHING RETURNING key, host, state`
	args := []any{a.crawl, toJSON(a.pages), referrer, due}
	return queryRows(ctx, q, statement, args, func(scan func(...any) error) error {
		var key []byte
		host, state := 0, 0
		if err := scan(&key, &host, &state); err != nil {
			return err
		}
		row(hex.EncodeToString(key), host, state)
		return nil
	})
}

// rejection is the row of a rejected page.
type rejection struct {
	id     int64
	reason string
}

// lockRejected locks the rejected pages among the given pages, in the order of their keys. It returns their rows by
// hexadecimal key.
func (q queries) lockRejected(ctx context.Context, crawl int, pages []*newPage) (map[string]rejection, error) {
	rejected := make(map[string]rejection)
	err := queryRows(ctx, q, `SELECT id, key, coalesce(reason, '') FROM dechaff_page WHERE crawl = $1 AND state = $3
			AND key IN (SELECT `+q.hexKey()+" FROM "+q.records(2, newPageColumns...)+`)
		ORDER BY key FOR UPDATE`, []any{crawl, toJSON(pages), pageRejected}, func(scan func(...any) error) error {
		var row rejection
		var key []byte
		err := scan(&row.id, &key, &row.reason)
		rejected[hex.EncodeToString(key)] = row
		return err
	})
	return rejected, err
}

// enqueueRejected enqueues pages that were rejected. It finds their rows by ID: with conditions on the crawl and the
// key, SQLite would compare each page of the crawl with each of these pages.
func (q queries) enqueueRejected(ctx context.Context, pages []*newPage, due int64) error {
	_, err := q.exec(ctx, `UPDATE dechaff_page SET state = CAST(r.st AS smallint), url = r.u, seed = CAST(r.s AS integer),
			depth = CAST(r.d AS integer), list = CAST(r.l AS smallint), due = CAST($2 AS bigint) - CAST(r.o AS integer),
			more = r.m, reason = NULL
		FROM `+q.records(1, newPageColumns...)+" WHERE dechaff_page.id = CAST(r.id AS bigint)", toJSON(pages), due)
	return err
}

// enqueueRedirected enqueues the target of a redirect again if its row is that of an address that redirected elsewhere.
func (q queries) enqueueRedirected(
	ctx context.Context, crawl int, target *scraper.Finding, due int64,
) (enqueued []enqueuedPage, err error) {
	host := 0
	found, err := queryRow(ctx, q, `UPDATE dechaff_page
		SET state = $3, due = $4, tries = 0, finished = NULL, url = $5, more = $6
		WHERE crawl = $1 AND key = $2 AND state = $7 RETURNING host`,
		[]any{
			crawl, urlKey(target.Key), pageQueued, due, target.Request.URL, orNull(extraOf(&target.Request)), pageRedirected,
		}, &host)
	if found && err == nil {
		enqueued = []enqueuedPage{{host: host}}
	}
	return enqueued, err
}

// enqueuedKeys returns the hexadecimal keys of the given pages that the crawl has seen and not rejected.
func (q queries) enqueuedKeys(ctx context.Context, crawl int, pages []*newPage) (map[string]bool, error) {
	list := make([]keyRecord, 0, len(pages))
	for _, page := range pages {
		list = append(list, keyRecord{Key: page.Key})
	}
	known := make(map[string]bool)
	err := queryRows(ctx, q, `SELECT key FROM dechaff_page WHERE crawl = $1 AND state <> $3
		AND key IN (SELECT `+q.hexKey()+" FROM "+q.records(2, keyColumns...)+")",
		[]any{crawl, toJSON(list), pageRejected}, func(scan func(...any) error) error {
			var key []byte
			err := scan(&key)
			known[hex.EncodeToString(key)] = true
			return err
		})
	return known, err
}

// pageUpdate contains the new values of a page's row after a visit.
type pageUpdate struct {
	state    int
	due      int64
	status   int
	reason   string
	finished int64 // when the visit ended; not stored if the page is waiting again
	request  scraper.Request
}

// updatePage updates a page's row after a visit. It returns false, and changes nothing, if the page is no longer
// waiting.
func (q queries) updatePage(ctx context.Context, page int64, u *pageUpdate) (bool, error) {
	var finished any
	if u.state >= pageDone {
		finished = u.finished
	}
	n, err := q.exec(ctx, `UPDATE dechaff_page SET state = $2, tries = $3, status = $4, reason = $5, due = $6,
			finished = $7, url = $8, more = $9, list = $10 WHERE id = $1 AND state < 2`,
		page, u.state, u.request.Tries, u.status, orNull(u.reason), u.due, finished, u.request.URL,
		orNull(extraOf(&u.request)), int(u.request.List))
	return n > 0, err
}

// claimKey makes a page the holder of the row with the given key, if the row exists and has no holder. It reports
// whether it did. A rejected row becomes an alias.
func (q queries) claimKey(ctx context.Context, crawl int, key []byte, page int64) (bool, error) {
	n, err := q.exec(ctx, `UPDATE dechaff_page SET holder = $1, state = CASE WHEN state = $4 THEN $5 ELSE state END
		WHERE crawl = $2 AND key = $3 AND holder IS NULL`, page, crawl, key, pageRejected, pageAlias)
	return n > 0, err
}

// insertAlias inserts a row with the given key, held by a page, unless there is a row with that key. It reports whether
// it did.
func (q queries) insertAlias(
	ctx context.Context, crawl int, key []byte, url string, host int, page int64,
) (bool, error) {
	n, err := q.exec(ctx, `INSERT INTO dechaff_page (crawl, key, url, host, state, due, holder)
		VALUES ($1, $2, $3, $4, $5, 0, $6) ON CONFLICT (crawl, key) DO NOTHING`, crawl, key, url, host, pageAlias, page)
	return n > 0, err
}

// holderOf returns the page that holds the row with the given key, or 0 if no page does. It also reports whether the
// row exists.
func (q queries) holderOf(ctx context.Context, crawl int, key []byte) (holder int64, found bool, err error) {
	found, err = queryRow(ctx, q, "SELECT coalesce(holder, 0) FROM dechaff_page WHERE crawl = $1 AND key = $2",
		[]any{crawl, key}, &holder)
	return holder, found, err
}

// placePage gives a page a place under MaxPages. It returns false if the page already has one.
func (q queries) placePage(ctx context.Context, page int64) (bool, error) {
	n, err := q.exec(ctx, "UPDATE dechaff_page SET placed = true WHERE id = $1 AND NOT placed", page)
	return n > 0, err
}

// hasPlacedPage reports whether a host has a waiting page with a place under MaxPages.
func (q queries) hasPlacedPage(ctx context.Context, crawl, host int) (bool, error) {
	// host + 0 makes the database use the index on the pages that have a place, which are few
	return queryRow(ctx, q, `SELECT id FROM dechaff_page WHERE crawl = $1 AND host + 0 = $2 AND placed AND state < 2
		LIMIT 1`, []any{crawl, host}, new(int64))
}

// Conditions for duePages, which appends the number of a state to them.
const (
	ofHost       = "p.host = $2 AND p.state = "
	placedOfHost = "p.placed AND p.host + 0 = $2 AND p.state + 0 = " // for the index on the pages that have a place
)

// duePages reads the pages of a host that are due at the given time, retries first, and calls the function row for
// each. The argument limit is the maximum number of pages, and condition is ofHost or placedOfHost.
func (q queries) duePages(
	ctx context.Context, crawl, host int, condition string, now int64, limit int, row func(*page),
) error {
	const columns = `SELECT p.id, p.url, p.depth, p.tries, p.list, coalesce(p.more, '') AS more,
			coalesce(s.url, '') AS seed, coalesce(f.url, '') AS referrer, p.state, p.due, p.placed
		FROM dechaff_page p LEFT JOIN dechaff_seed s ON s.id = p.seed LEFT JOIN dechaff_page f ON f.id = p.referrer
		WHERE p.crawl = $1 AND p.state < 2 AND p.due <= $3 AND `
	statement := "SELECT id, url, depth, tries, list, more, seed, referrer, placed FROM (SELECT * FROM (" +
		columns + condition + "1 ORDER BY p.due, p.id LIMIT $4) AS a UNION ALL SELECT * FROM (" +
		columns + condition + "0 ORDER BY p.due, p.id LIMIT $4) AS b) AS c ORDER BY state DESC, due, id LIMIT $4"
	return queryRows(ctx, q, statement, []any{crawl, host, now, limit}, func(scan func(...any) error) error {
		p, err := scanPage(scan)
		if err == nil {
			row(p)
		}
		return err
	})
}

func scanPage(scan func(...any) error) (*page, error) {
	p, list, extra := &page{}, 0, ""
	r := &p.request
	err := scan(&p.id, &r.URL, &r.Depth, &r.Tries, &list, &extra, &r.Seed, &r.Referrer, &p.placed)
	if err != nil {
		return nil, err
	}
	r.List = scraper.List(list)
	if extra == "" {
		return p, nil
	}
	var more requestExtra
	if err := json.Unmarshal([]byte(extra), &more); err != nil {
		return nil, err
	}
	r.Via, r.Published, r.Modified, r.OwnIdentity = more.Via, more.Published, more.Modified, more.Own
	return p, nil
}

// firstDue returns when the first waiting page of a host is due, and whether there is one.
func (q queries) firstDue(ctx context.Context, crawl, host int) (due int64, found bool, err error) {
	const first = `SELECT * FROM (SELECT due FROM dechaff_page WHERE crawl = $1 AND host = $2 AND state < 2 AND state = `
	found, err = queryRow(ctx, q, "SELECT due FROM ("+first+"0 ORDER BY due LIMIT 1) AS a UNION ALL "+first+
		"1 ORDER BY due LIMIT 1) AS b) AS c ORDER BY due LIMIT 1", []any{crawl, host}, &due)
	return due, found, err
}

// postponePages keeps the given pages, if they are waiting, from being delivered before a given time. It locks them in
// the order of their keys.
func (q queries) postponePages(ctx context.Context, pages []int64, until int64) error {
	_, err := q.exec(ctx, `UPDATE dechaff_page SET due = $2 WHERE id IN (SELECT id FROM dechaff_page
		WHERE state < 2 AND id IN (SELECT CAST(r.id AS bigint) FROM `+q.records(1, column{"id", "bigint"})+`)
		ORDER BY key FOR UPDATE)`, idRecords(pages), until)
	return err
}

// troubles are the errors that cause a page to be skipped because of a problem with its host. The reason stored for
// such a page begins with the error's text.
var troubles = [...]error{scraper.ErrRobotsUnreachable, scraper.ErrHostFailing, scraper.ErrHostUnavailable}

// failedPages is the condition for pages that Restart enqueues again. Its arguments, from $1 on, are failedArguments.
const failedPages = `crawl = $1 AND (state = $2 OR state = $3
	OR state = $4 AND (reason LIKE $5 OR reason LIKE $6 OR reason LIKE $7))`

func failedArguments(crawl int) []any {
	arguments := []any{crawl, pageFailed, pageHandlerFailed, pageSkipped}
	for _, trouble := range troubles {
		arguments = append(arguments, trouble.Error()+"%")
	}
	return arguments
}

// countFailed counts the pages that Restart enqueues again. It calls the function row for each group of pages with the
// same host, state and trouble. The argument trouble is an index in the array troubles if the state is pageSkipped, and
// -1 otherwise.
func (q queries) countFailed(ctx context.Context, crawl int, row func(host, state, trouble, n int)) error {
	const trouble = "CASE WHEN state <> $4 THEN -1 WHEN reason LIKE $5 THEN 0 WHEN reason LIKE $6 THEN 1 ELSE 2 END"
	return queryRows(ctx, q, "SELECT host, state, "+trouble+" AS trouble, count(*) FROM dechaff_page WHERE "+failedPages+
		" GROUP BY host, state, trouble", failedArguments(crawl), func(scan func(...any) error) error {
		host, state, trouble, n := 0, 0, 0, 0
		if err := scan(&host, &state, &trouble, &n); err != nil {
			return err
		}
		row(host, state, trouble, n)
		return nil
	})
}

// requeueFailed enqueues the failed pages again, with their full number of tries. Pages whose handler failed get a
// place under MaxPages if they have none.
func (q queries) requeueFailed(ctx context.Context, crawl int, due int64) error {
	_, err := q.exec(ctx, `UPDATE dechaff_page SET state = $8, placed = placed OR state = $3, tries = 0, reason = NULL,
		finished = NULL, due = $9 WHERE `+failedPages, append(failedArguments(crawl), pageQueued, due)...)
	return err
}
