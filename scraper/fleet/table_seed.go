package fleet

import "context"

// seedID finds or creates the row of a seed.
func (q queries) seedID(ctx context.Context, crawl int, url string) (id int, err error) {
	const find = "SELECT id FROM dechaff_seed WHERE crawl = $1 AND url = $2"
	found, err := queryRow(ctx, q, find, []any{crawl, url}, &id)
	if err != nil || found {
		return id, err
	}
	_, err = q.exec(ctx, "INSERT INTO dechaff_seed (crawl, url) VALUES ($1, $2) ON CONFLICT DO NOTHING", crawl, url)
	if err != nil {
		return 0, err
	}
	_, err = queryRow(ctx, q, find, []any{crawl, url}, &id)
	return id, err
}
