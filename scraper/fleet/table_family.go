package fleet

import (
	"context"
	"encoding/hex"
	"maps"
	"slices"
)

// familyCounts returns how many addresses of each family were enqueued. The families are the keys of the map members.
// Families without such addresses are left out.
func (q queries) familyCounts(ctx context.Context, crawl int, members map[string][]*newPage) (map[string]int64, error) {
	list := make([]keyRecord, 0, len(members))
	for family := range members {
		list = append(list, keyRecord{Key: family})
	}
	counts := make(map[string]int64, len(members))
	err := queryRows(ctx, q, `SELECT family, n FROM dechaff_family WHERE crawl = $1
		AND family IN (SELECT `+q.hexKey()+" FROM "+q.records(2, keyColumns...)+")",
		[]any{crawl, toJSON(list)}, func(scan func(...any) error) error {
			var family []byte
			var n int64
			err := scan(&family, &n)
			counts[hex.EncodeToString(family)] = n
			return err
		})
	return counts, err
}

// addToFamilies adds to the counts of families. It locks their rows in the order of their keys.
func (q queries) addToFamilies(ctx context.Context, crawl int, counts map[string]int64) error {
	list := make([]keyRecord, 0, len(counts))
	for _, family := range slices.Sorted(maps.Keys(counts)) {
		list = append(list, keyRecord{family, counts[family]})
	}
	_, err := q.exec(ctx, `INSERT INTO dechaff_family AS o (crawl, family, n)
		SELECT CAST($1 AS integer), `+q.hexKey()+", CAST(r.n AS bigint) FROM "+q.records(2, keyColumns...)+`
		WHERE true ORDER BY r.k ON CONFLICT (crawl, family) DO UPDATE SET n = o.n + excluded.n`, crawl, toJSON(list))
	return err
}
