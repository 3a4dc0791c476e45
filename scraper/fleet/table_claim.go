package fleet

import (
	"bytes"
	"context"
	"fmt"
	"slices"

	"github.com/dechaff/dechaff/scraper"
)

// claimRow contains the columns key and print of a row of dechaff_claim.
type claimRow struct {
	key   []byte
	print any // bytes for a claim to an address, nil (NULL) for a claim to contents
}

// addressClaim returns the text whose urlKey is the key of the claim to an address.
func addressClaim(dedupKey string) string { return "page " + dedupKey }

// claimRows returns a page's claims, to its address and to each of its contents, sorted by key.
func claimRows(c *scraper.Claim) []claimRow {
	rows := []claimRow{{urlKey(addressClaim(scraper.DedupKey(c.Identity))), []byte(c.Print)}}
	for _, content := range c.Contents {
		rows = append(rows, claimRow{urlKey(content), nil})
	}
	slices.SortFunc(rows, func(a, b claimRow) int { return bytes.Compare(a.key, b.key) })
	return rows
}

// insertClaims inserts a page's claims, except for those that another page holds. If there are none of these, it
// returns the page itself. Otherwise, it returns one of the other pages. It runs for every page, so it passes the few
// rows as separate arguments: passing them as records would take three times as long.
func (q queries) insertClaims(ctx context.Context, crawl int, claims []claimRow, page int64) (holder int64, err error) {
	statement := "INSERT INTO dechaff_claim AS c (crawl, key, page, print) VALUES "
	args := []any{crawl, page}
	for i, claim := range claims {
		if i > 0 {
			statement += ", "
		}
		statement += fmt.Sprintf("($1, $%d, $2, $%d)", len(args)+1, len(args)+2)
		args = append(args, claim.key, claim.print)
	}
	statement += " ON CONFLICT (crawl, key) DO UPDATE SET page = c.page RETURNING page"
	holder = page
	err = queryRows(ctx, q, statement, args, func(scan func(...any) error) error {
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

// deleteClaims removes the given claims, except for those that another page holds.
func (q queries) deleteClaims(ctx context.Context, crawl int, claims []claimRow, page int64) error {
	for _, claim := range claims {
		_, err := q.exec(ctx, "DELETE FROM dechaff_claim WHERE crawl = $1 AND key = $2 AND page = $3", crawl, claim.key, page)
		if err != nil {
			return err
		}
	}
	return nil
}

// copyClaim copies a claim: the page that holds the first address then holds the second one too, because the page at
// the second address repeats it. It does nothing if the first address has no claim or the second one has one.
func (q queries) copyClaim(ctx context.Context, crawl int, from, to string) error {
	_, err := q.exec(ctx, `INSERT INTO dechaff_claim (crawl, key, page, print)
		SELECT crawl, $3, page, print FROM dechaff_claim WHERE crawl = $1 AND key = $2 ON CONFLICT DO NOTHING`,
		crawl, urlKey(addressClaim(from)), urlKey(addressClaim(to)))
	return err
}

// urlOf returns the address of a page, or "" if there is no such page.
func (q queries) urlOf(ctx context.Context, page int64) (url string, err error) {
	_, err = queryRow(ctx, q, "SELECT url FROM dechaff_page WHERE id = $1", []any{page}, &url)
	return url, err
}

// hostCookies returns the stored cookies of a host in a crawl, or "" if there are none.
func (q queries) hostCookies(ctx context.Context, crawl, host int) (text string, err error) {
	_, err = queryRow(ctx, q, "SELECT coalesce(cookies, '') FROM dechaff_cookie WHERE crawl = $1 AND host = $2",
		[]any{crawl, host}, &text)
	return text, err
}

// saveCookies stores the cookies of a host in a crawl.
func (q queries) saveCookies(ctx context.Context, crawl, host int, text string) error {
	_, err := q.exec(ctx, `INSERT INTO dechaff_cookie (crawl, host, cookies) VALUES ($1, $2, $3)
		ON CONFLICT (crawl, host) DO UPDATE SET cookies = $3`, crawl, host, orNull(text))
	return err
}
