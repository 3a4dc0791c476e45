package fleet

import (
	"cmp"
	"context"
	"encoding/hex"
	"maps"
	"slices"

	"github.com/dechaff/dechaff/scraper"
)

// familyCount is a row of records: a family of addresses, or an address, and a number.
type familyCount struct {
	Key string `json:"k"` // hexadecimal
	N   int64  `json:"n"`
}

var familyColumns = []column{{"k", "text"}, {"n", "bigint"}}

// trap passes over addresses of families that are full, in the order of their document, and leaves out sitemaps and feeds beyond their number: as many statements for a
// page with 50,000 links as for one. What others are committing at the same moment it cannot know: by so much a family may have more than its limit.
func (f *Fleet) trap(ctx context.Context, tx executor, a *addresses) error {
	members := make(map[string][]*newPage)
	for _, page := range a.pages {
		if page.family != "" {
			members[page.family] = append(members[page.family], page)
		}
	}
	if len(members) == 0 {
		a.leaveOutLists()
		return nil
	}
	counts, err := f.families(ctx, tx, a.crawl, members)
	if err != nil {
		return err
	}
	var crowd []*newPage
	for family, pages := range members {
		if counts[family]+int64(len(pages)) > pages[0].limit {
			crowd = append(crowd, pages...)
		}
	}
	known, err := f.takenKeys(ctx, tx, a.crawl, crowd)
	if err != nil {
		return err
	}
	slices.SortFunc(crowd, func(x, y *newPage) int { return cmp.Compare(y.Rank, x.Rank) })
	for _, page := range crowd {
		switch {
		case known[page.Key]:
		case counts[page.family] < page.limit:
			counts[page.family]++
		default:
			page.State, page.Reason, page.family = pagePassed, scraper.Reason(scraper.ErrTrap), ""
			page.finding.Err = scraper.ErrTrap
			a.accepted--
		}
	}
	a.leaveOutLists()
	return nil
}

// leaveOutLists leaves out sitemaps and feeds beyond their number: also those that an attempt before this one has found to be.
func (a *addresses) leaveOutLists() {
	trapped := scraper.Reason(scraper.ErrTrap)
	a.pages = slices.DeleteFunc(a.pages, func(page *newPage) bool { return page.List > 0 && page.Reason == trapped })
}

// families reads how many addresses of each family were taken up.
func (f *Fleet) families(ctx context.Context, tx executor, crawl int, members map[string][]*newPage) (map[string]int64, error) {
	list := make([]familyCount, 0, len(members))
	for family := range members {
		list = append(list, familyCount{Key: family})
	}
	counts := make(map[string]int64, len(members))
	err := each(ctx, tx, "SELECT family, n FROM dechaff_family WHERE crawl = $1 AND family IN (SELECT "+f.store.hexKey()+" FROM "+f.store.records(2, familyColumns...)+")",
		[]any{crawl, toJSON(list)}, func(scan func(...any) error) error {
			var family []byte
			var n int64
			err := scan(&family, &n)
			counts[hex.EncodeToString(family)] = n
			return err
		})
	return counts, err
}

// takenKeys tells which addresses were taken up before.
func (f *Fleet) takenKeys(ctx context.Context, tx executor, crawl int, pages []*newPage) (map[string]bool, error) {
	if len(pages) == 0 {
		return nil, nil
	}
	list := make([]familyCount, 0, len(pages))
	for _, page := range pages {
		list = append(list, familyCount{Key: page.Key})
	}
	known := make(map[string]bool)
	err := each(ctx, tx, "SELECT key FROM dechaff_page WHERE crawl = $1 AND state <> $3 AND key IN (SELECT "+f.store.hexKey()+" FROM "+f.store.records(2, familyColumns...)+")",
		[]any{crawl, toJSON(list), pagePassed}, func(scan func(...any) error) error {
			var key []byte
			err := scan(&key)
			known[hex.EncodeToString(key)] = true
			return err
		})
	return known, err
}

// countFamilies counts what was taken of families, in their order.
func (f *Fleet) countFamilies(ctx context.Context, tx executor, a *addresses, taken []takenPage) error {
	families := make(map[string]string, len(a.pages))
	for _, page := range a.pages {
		if page.family != "" {
			families[page.Key] = page.family
		}
	}
	counts := make(map[string]int64)
	for _, page := range taken {
		if family := families[page.key]; family != "" {
			counts[family]++
		}
	}
	if len(counts) == 0 {
		return nil
	}
	list := make([]familyCount, 0, len(counts))
	for _, family := range slices.Sorted(maps.Keys(counts)) {
		list = append(list, familyCount{family, counts[family]})
	}
	_, err := tx.exec(ctx, "INSERT INTO dechaff_family AS o (crawl, family, n) SELECT CAST($1 AS integer), "+f.store.hexKey()+", CAST(r.n AS bigint) FROM "+
		f.store.records(2, familyColumns...)+" WHERE true ORDER BY r.k ON CONFLICT (crawl, family) DO UPDATE SET n = o.n + excluded.n", a.crawl, toJSON(list))
	return err
}
