package fleet

import (
	"context"
	"encoding/hex"
	"slices"
	"strings"

	"github.com/dechaff/dechaff/scraper"
)

// claimRecord is a row of dechaff_claim to insert.
type claimRecord struct {
	Key   string `json:"k"` // hexadecimal
	Print string `json:"p,omitempty"`
}

var claimColumns = []column{{"k", "text"}, {"p", "text"}}

// addressClaim is what is claimed for a page that is delivered under an address.
func addressClaim(dedupKey string) string { return "page " + dedupKey }

// claimRecords returns what is claimed for a page, by key.
func claimRecords(c *scraper.Claim) string {
	records := []claimRecord{{
		Key:   hex.EncodeToString(urlKey(addressClaim(scraper.DedupKey(c.Identity)))),
		Print: hex.EncodeToString(c.Print),
	}}
	for _, content := range c.Contents {
		records = append(records, claimRecord{Key: hex.EncodeToString(urlKey(content))})
	}
	slices.SortFunc(records, func(a, b claimRecord) int { return strings.Compare(a.Key, b.Key) })
	return toJSON(records)
}

// insertClaims makes a page the one that is delivered for its address and its contents, given as claimRecords, unless
// another page is that for one of them. It returns the other page, or the page itself.
func (q queries) insertClaims(ctx context.Context, crawl int, records string, page int64) (holder int64, err error) {
	holder = page
	err = queryRows(ctx, q, `INSERT INTO dechaff_claim AS c (crawl, key, page, print)
		SELECT CAST($1 AS integer), `+q.hexKey()+", CAST($3 AS bigint), "+strings.ReplaceAll(q.hexKey(), "r.k", "r.p")+`
		FROM `+q.records(2, claimColumns...)+` WHERE true ORDER BY r.k
		ON CONFLICT (crawl, key) DO UPDATE SET page = c.page RETURNING page`,
		[]any{crawl, records, page}, func(scan func(...any) error) error {
			found := int64(0)
			if err := scan(&found); err != nil {
				return err
			}
			if found != page {
				holder = found
			}
			return nil
		})
	return holder, err
}

// deleteClaims removes those of the claims that a page holds.
func (q queries) deleteClaims(ctx context.Context, crawl int, records string, page int64) error {
	_, err := q.exec(ctx, "DELETE FROM dechaff_claim WHERE crawl = $1 AND page = $3 AND key IN (SELECT "+q.hexKey()+
		" FROM "+q.records(2, claimColumns...)+")", crawl, records, page)
	return err
}

// copyClaim makes the page that was delivered for an address the one for another address, too, whose page repeats it.
func (q queries) copyClaim(ctx context.Context, crawl int, from, to string) error {
	_, err := q.exec(ctx, `INSERT INTO dechaff_claim (crawl, key, page, print)
		SELECT crawl, $3, page, print FROM dechaff_claim WHERE crawl = $1 AND key = $2 ON CONFLICT DO NOTHING`,
		crawl, urlKey(addressClaim(from)), urlKey(addressClaim(to)))
	return err
}

// urlOf returns the address of a page; empty if there is none.
func (q queries) urlOf(ctx context.Context, page int64) (url string, err error) {
	_, err = queryRow(ctx, q, "SELECT url FROM dechaff_page WHERE id = $1", []any{page}, &url)
	return url, err
}

// hostCookies returns the cookies that a host has set in a crawl.
func (q queries) hostCookies(ctx context.Context, crawl, host int) (text string, err error) {
	_, err = queryRow(ctx, q, "SELECT coalesce(cookies, '') FROM dechaff_cookie WHERE crawl = $1 AND host = $2",
		[]any{crawl, host}, &text)
	return text, err
}

// saveCookies stores the cookies that a host has set in a crawl.
func (q queries) saveCookies(ctx context.Context, crawl, host int, text string) error {
	_, err := q.exec(ctx, `INSERT INTO dechaff_cookie (crawl, host, cookies) VALUES ($1, $2, $3)
		ON CONFLICT (crawl, host) DO UPDATE SET cookies = $3`, crawl, host, orNull(text))
	return err
}
