package fleet

import (
	"cmp"
	"context"
	"slices"

	"github.com/dechaff/dechaff/scraper"
)

// limitFamilies rejects the addresses that exceed the limits of their families, beginning with the last ones in the
// document. It leaves out sitemaps and feeds beyond their limit. The number of SQL statements that it runs does not
// depend on the number of links. It does not see concurrent transactions, so a family may exceed its limit by the pages
// that they insert.
func limitFamilies(ctx context.Context, q queries, a *addresses) error {
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
	counts, err := q.familyCounts(ctx, a.crawl, members)
	if err != nil {
		return err
	}
	var crowd []*newPage
	for family, pages := range members {
		if counts[family]+int64(len(pages)) > pages[0].limit {
			crowd = append(crowd, pages...)
		}
	}
	var known map[string]bool
	if len(crowd) > 0 {
		if known, err = q.enqueuedKeys(ctx, a.crawl, crowd); err != nil {
			return err
		}
	}
	slices.SortFunc(crowd, func(x, y *newPage) int { return cmp.Compare(y.Rank, x.Rank) })
	for _, page := range crowd {
		switch {
		case known[page.Key]:
		case counts[page.family] < page.limit:
			counts[page.family]++
		default:
			page.State, page.Reason, page.family = pageRejected, scraper.Reason(scraper.ErrTrap), ""
			page.finding.Err = scraper.ErrTrap
			a.accepted--
		}
	}
	a.leaveOutLists()
	return nil
}

// leaveOutLists removes sitemaps and feeds beyond the limit, including those that were rejected in an earlier attempt
// of the transaction.
func (a *addresses) leaveOutLists() {
	trapped := scraper.Reason(scraper.ErrTrap)
	a.pages = slices.DeleteFunc(a.pages, func(page *newPage) bool { return page.List > 0 && page.Reason == trapped })
}

// countFamilies adds the enqueued pages to the counts of their families in the database.
func countFamilies(ctx context.Context, q queries, a *addresses, enqueued []enqueuedPage) error {
	families := make(map[string]string, len(a.pages))
	for _, page := range a.pages {
		if page.family != "" {
			families[page.Key] = page.family
		}
	}
	counts := make(map[string]int64)
	for _, page := range enqueued {
		if family := families[page.key]; family != "" {
			counts[family]++
		}
	}
	if len(counts) == 0 {
		return nil
	}
	return q.addToFamilies(ctx, a.crawl, counts)
}
