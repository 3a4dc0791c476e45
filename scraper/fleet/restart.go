package fleet

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/dechaff/dechaff/scraper"
)

// Restart enqueues failed pages again, with their full number of tries, and returns how many there are. Failed pages
// are pages that could not be fetched, pages whose handler failed, and pages that were skipped because of their host
// (its robots.txt could not be read, it kept failing, or it asked for too long a wait). A page whose handler failed
// keeps its place under MaxPages. After Restart, Crawl continues even a finished crawl.
//
// Errors: ErrNoCrawl, ErrCancelled, and database errors.
func (f *Fleet) Restart(ctx context.Context, name string) (int, error) {
	id, state, err := f.findCrawl(ctx, name)
	switch {
	case err != nil:
		return 0, err
	case state == cancelled:
		return 0, ErrCancelled
	}
	if err := f.forgetTrouble(ctx, id); err != nil {
		return 0, err
	}
	restarted := 0
	err = f.tx(ctx, func(q queries) error {
		restarted, err = f.restart(ctx, q, id)
		return err
	})
	return restarted, err
}

func (f *Fleet) restart(ctx context.Context, q queries, crawl int) (int, error) {
	counts, skips, restarted, err := countFailed(ctx, q, crawl)
	if err != nil || restarted == 0 {
		return 0, err
	}
	if err := q.countAllPlaces(ctx, crawl); err != nil { // before the failed pages are subtracted from the counts
		return 0, err
	}
	if err := q.requeueFailed(ctx, crawl, f.clock.earliest()); err != nil {
		return 0, err
	}
	for _, host := range slices.Sorted(maps.Keys(counts)) {
		if err := q.addTally(ctx, crawl, host, counts[host]); err != nil {
			return 0, err
		}
		if err := q.addReasons(ctx, skipTable, crawl, host, skips[host]); err != nil {
			return 0, err
		}
	}
	if err := q.deleteFailures(ctx, crawl); err != nil {
		return 0, err
	}
	if _, err := f.giveMissingTurns(ctx, q, crawl); err != nil {
		return 0, err
	}
	return restarted, q.moveCrawlState(ctx, crawl, done, running)
}

// countFailed counts the pages that Restart enqueues again. For each host, the map counts contains the negative numbers
// to add to its tally, and the map skips contains the negative numbers to add to its counts of skipped pages by reason.
// The result all is the number of all these pages.
func countFailed(
	ctx context.Context, q queries, crawl int,
) (counts map[int]tally, skips map[int]map[string]int, all int, err error) {
	counts, skips = make(map[int]tally), make(map[int]map[string]int)
	err = q.countFailed(ctx, crawl, func(host, state, trouble, n int) {
		c := counts[host]
		switch state {
		case pageSkipped:
			c.skipped -= n
			if skips[host] == nil {
				skips[host] = make(map[string]int)
			}
			skips[host][scraper.Reason(troubles[trouble])] -= n
		case pageHandlerFailed:
			c.fetched -= n
			c.failed -= n
		default:
			c.failed -= n
		}
		counts[host] = c
		all += n
	})
	return counts, skips, all, err
}

// forgetTrouble clears the recorded errors of the hosts whose pages Restart enqueues again, except for hosts that a
// worker owns. Otherwise, the robots.txt and the pages of these hosts might not be fetched for some minutes. It does
// not change when a host is due.
func (f *Fleet) forgetTrouble(ctx context.Context, crawl int) error {
	hosts, err := f.db().hostsOfFailed(ctx, crawl)
	if err != nil {
		return err
	}
	for i := range hosts {
		h := &hosts[i]
		var pace savedPace
		if json.Unmarshal([]byte(h.pace), &pace) == nil { // otherwise no pace is stored
			pace.Failures, pace.SetAside, pace.Refusals = 0, 0, 0
			h.pace = toJSON(pace)
		}
		if strings.Contains(h.robots, `"err":`) {
			h.robots = ""
		}
		if err := f.db().resetHost(ctx, h); err != nil {
			return err
		}
	}
	return nil
}
