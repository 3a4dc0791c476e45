package fleet

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/dechaff/dechaff/scraper"
)

// Restart queues again the pages that have failed, with all their tries, and reports how many there were: those that could
// not be fetched, those whose handler failed, and those that were skipped because their host was in trouble (its robots.txt
// could not be read, it kept failing, or it asked for more patience than there was). They keep the places that they have
// under MaxPages. Crawl then goes on with a crawl that was done.
//
// Errors: ErrNoCrawl, ErrCancelled, and the database's.
func (f *Fleet) Restart(ctx context.Context, name string) (int, error) {
	id, state, err := f.crawl(ctx, name)
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
	err = f.store.tx(ctx, func(tx executor) error {
		restarted, err = f.restart(ctx, tx, id)
		return err
	})
	return restarted, err
}

// troubles are the decisions against a page that its host's trouble was the cause of. A page's reason begins with their
// texts.
var troubles = [...]error{scraper.ErrRobotsUnreachable, scraper.ErrHostFailing, scraper.ErrHostUnavailable}

// failedPages is the condition on pages that Restart is for, with failedArguments from $1 on.
const failedPages = "crawl = $1 AND (state = $2 OR state = $3 OR state = $4 AND (reason LIKE $5 OR reason LIKE $6 OR reason LIKE $7))"

func failedArguments(crawl int) []any {
	arguments := []any{crawl, pageFailed, pageHandlerFailed, pageSkipped}
	for _, trouble := range troubles {
		arguments = append(arguments, trouble.Error()+"%")
	}
	return arguments
}

func (f *Fleet) restart(ctx context.Context, tx executor, crawl int) (int, error) {
	counts, skips, restarted, err := countFailed(ctx, tx, crawl)
	if err != nil || restarted == 0 {
		return 0, err
	}
	if err := countHanded(ctx, tx, crawl); err != nil { // while what has failed is among them
		return 0, err
	}
	_, err = tx.exec(ctx, "UPDATE dechaff_page SET state = $8, placed = placed OR state = $3, tries = 0, reason = NULL, finished = NULL, due = $9 WHERE "+failedPages,
		append(failedArguments(crawl), pageQueued, f.clock.earliest())...)
	if err != nil {
		return 0, err
	}
	for _, host := range slices.Sorted(maps.Keys(counts)) {
		if err := addTally(ctx, tx, crawl, host, counts[host]); err != nil {
			return 0, err
		}
		if err := addReasons(ctx, tx, skipTable, crawl, host, skips[host]); err != nil {
			return 0, err
		}
	}
	if _, err := tx.exec(ctx, "DELETE FROM dechaff_failure WHERE crawl = $1", crawl); err != nil {
		return 0, err
	}
	if _, err := f.revive(ctx, tx, crawl); err != nil {
		return 0, err
	}
	_, err = tx.exec(ctx, "UPDATE dechaff_crawl SET state = $2 WHERE id = $1 AND state = $3", crawl, running, done)
	return restarted, err
}

// countFailed counts what Restart takes back: by host, what the tallies have of it, and the reasons of what was skipped.
func countFailed(ctx context.Context, tx executor, crawl int) (counts map[int]tally, skips map[int]map[string]int, all int, err error) {
	counts, skips = make(map[int]tally), make(map[int]map[string]int)
	trouble := "CASE WHEN state <> $4 THEN -1 WHEN reason LIKE $5 THEN 0 WHEN reason LIKE $6 THEN 1 ELSE 2 END"
	err = each(ctx, tx, "SELECT host, state, "+trouble+" AS trouble, count(*) FROM dechaff_page WHERE "+failedPages+" GROUP BY host, state, trouble",
		failedArguments(crawl), func(scan func(...any) error) error {
			host, state, trouble, n := 0, 0, 0, 0
			if err := scan(&host, &state, &trouble, &n); err != nil {
				return err
			}
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
			return nil
		})
	return counts, skips, all, err
}

// forgetTrouble lets hosts be asked again that were in trouble, where pages of the crawl have failed for it: their
// robots.txt would not be fetched for some minutes, and without one no page is. When the host is due stays as it is.
func (f *Fleet) forgetTrouble(ctx context.Context, crawl int) error {
	var hosts []hostRow
	err := each(ctx, f.store, `SELECT id, coalesce(pace, ''), coalesce(robots, '') FROM dechaff_host WHERE owner IS NULL
		AND id IN (SELECT host FROM dechaff_page WHERE `+failedPages+`)`, failedArguments(crawl), func(scan func(...any) error) error {
		var h hostRow
		err := scan(&h.id, &h.pace, &h.robots)
		hosts = append(hosts, h)
		return err
	})
	if err != nil {
		return err
	}
	for i := range hosts {
		h := &hosts[i]
		var pace savedPace
		if json.Unmarshal([]byte(h.pace), &pace) == nil { // else nothing is known
			pace.Failures, pace.SetAside = 0, 0
			h.pace = toJSON(pace)
		}
		if strings.Contains(h.robots, `"err":`) {
			h.robots = ""
		}
		_, err := f.store.exec(ctx, "UPDATE dechaff_host SET pace = $2, robots = $3 WHERE id = $1 AND owner IS NULL",
			h.id, orNull(h.pace), orNull(h.robots))
		if err != nil {
			return err
		}
	}
	return nil
}
