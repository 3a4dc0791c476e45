package fleet

import (
	"context"
	"slices"

	"github.com/dechaff/dechaff/scraper"
)

// begin finds or makes the crawl of a name, and takes up those of its seeds that it has not met. It gives the crawl's id.
func (f *Fleet) begin(ctx context.Context, name string, seeds []scraper.Finding, limited bool) (int, error) {
	if _, err := f.store.exec(ctx, "INSERT INTO dechaff_crawl (name, created) VALUES ($1, $2) ON CONFLICT DO NOTHING", name, f.clock.latest()); err != nil {
		return 0, err
	}
	var id, state int
	if _, err := one(ctx, f.store, "SELECT id, state FROM dechaff_crawl WHERE name = $1", []any{name}, &id, &state); err != nil {
		return 0, err
	}
	if state == cancelled {
		return 0, ErrCancelled
	}
	if limited { // what was handed over when there was no limit was not counted there
		if err := countHanded(ctx, f.store, id); err != nil {
			return 0, err
		}
	}
	p, err := f.prepare(ctx, id, seeds)
	if err != nil {
		return 0, err
	}
	return id, f.store.tx(ctx, func(tx executor) error {
		taken, err := f.insert(ctx, tx, p)
		if err != nil || len(taken) == 0 {
			return err
		}
		counts := make(map[int]int)
		for _, page := range taken {
			counts[page.host]++
		}
		hosts := sortedHosts(taken, 0)
		for _, host := range hosts {
			if err := addTally(ctx, tx, id, host, tally{taken: counts[host]}); err != nil {
				return err
			}
		}
		if _, err := tx.exec(ctx, "UPDATE dechaff_crawl SET state = $2 WHERE id = $1 AND state = $3", id, running, done); err != nil {
			return err
		}
		return f.activate(ctx, tx, id, hosts)
	})
}

// activate gives turns to those of the hosts, which come in order, that have none. The rows are locked in that order, as everywhere, so that nobody waits in a circle: first to be read, which
// many may at once and mostly is enough, and where a host is idle, all anew to be written.
func (f *Fleet) activate(ctx context.Context, tx executor, crawl int, hosts []int) error {
	if len(hosts) == 0 {
		return nil
	}
	list, table := hostList(hosts), f.store.records(2, column{"id", "integer"})
	if _, err := tx.exec(ctx, "SAVEPOINT hosts"); err != nil {
		return err
	}
	active, err := f.lockTurns(ctx, tx, crawl, list, "SHARE")
	if err != nil || len(active) == len(hosts) {
		return err
	}
	if _, err := tx.exec(ctx, "ROLLBACK TO SAVEPOINT hosts"); err != nil {
		return err
	}
	_, err = tx.exec(ctx, "INSERT INTO dechaff_turn (crawl, host) SELECT $1, CAST(r.id AS integer) FROM "+table+" WHERE true ORDER BY r.id ON CONFLICT DO NOTHING", crawl, list)
	if err != nil {
		return err
	}
	if active, err = f.lockTurns(ctx, tx, crawl, list, "UPDATE"); err != nil {
		return err
	}
	var turns []turnArgs
	for _, host := range hosts {
		if _, found := slices.BinarySearch(active, host); found { // both are in order
			continue
		}
		turn := turnArgs{Crawl: crawl, Host: host}
		_, err := one(ctx, tx, "UPDATE dechaff_turn SET active = true, epoch = epoch + 1 WHERE crawl = $1 AND host = $2 RETURNING epoch", []any{crawl, host}, &turn.Epoch)
		if err != nil {
			return err
		}
		turns = append(turns, turn)
	}
	return f.queue.insert(ctx, tx, turns)
}

// lockTurns locks the hosts' rows in order, and tells which are active.
func (f *Fleet) lockTurns(ctx context.Context, tx executor, crawl int, list, lock string) ([]int, error) {
	condition := ""
	if lock == "SHARE" {
		condition = " AND t.active"
	}
	var active []int
	err := each(ctx, tx, "SELECT t.host, t.active FROM dechaff_turn t WHERE t.crawl = $1 AND t.host IN (SELECT CAST(r.id AS integer) FROM "+
		f.store.records(2, column{"id", "integer"})+")"+condition+" ORDER BY t.host FOR "+lock, []any{crawl, list}, func(scan func(...any) error) error {
		host, on := 0, false
		if err := scan(&host, &on); err != nil {
			return err
		}
		if on {
			active = append(active, host)
		}
		return nil
	})
	return active, err
}

func hostList(hosts []int) string {
	type host struct {
		ID int `json:"id"`
	}
	list := make([]host, 0, len(hosts))
	for _, id := range hosts {
		list = append(list, host{id})
	}
	return toJSON(list)
}

// revive gives turns to the hosts that have pages waiting and no turn. It tells how many there were.
func (f *Fleet) revive(ctx context.Context, tx executor, crawl int) (int, error) {
	var hosts []int
	err := each(ctx, tx, `SELECT DISTINCT p.host FROM dechaff_page p LEFT JOIN dechaff_turn t ON t.crawl = p.crawl AND t.host = p.host
		WHERE p.crawl = $1 AND p.state < 2 AND NOT coalesce(t.active, false) ORDER BY p.host`, []any{crawl}, func(scan func(...any) error) error {
		host := 0
		if err := scan(&host); err != nil {
			return err
		}
		hosts = append(hosts, host)
		return nil
	})
	if err != nil {
		return 0, err
	}
	return len(hosts), f.activate(ctx, tx, crawl, hosts)
}
