package fleet

import "context"

// hostRow is the row of a host in dechaff_host.
type hostRow struct {
	id           int
	name         string
	due          int64  // when the next request may be made, in milliseconds since 1970
	pace, robots string // the scraper's state of the host; empty at first
	cookies      string // the host's cookies in this crawl; stored in a separate table
}

// hostName is a row for dialect.records that has only a host's name.
type hostName struct {
	Name string `json:"name"`
}

// insertHosts finds or creates the rows of hosts, and calls the function row for each host. The argument names must be
// sorted. It runs before the transactions that use the rows, so that no two of them deadlock.
func (q queries) insertHosts(ctx context.Context, names []hostName, row func(id int, name string)) error {
	list, table := toJSON(names), q.records(1, column{"name", "text"})
	_, err := q.exec(ctx, "INSERT INTO dechaff_host (name) SELECT r.name FROM "+table+
		" WHERE true ORDER BY r.name ON CONFLICT DO NOTHING", list)
	if err != nil {
		return err
	}
	return queryRows(ctx, q, "SELECT h.id, h.name FROM dechaff_host h JOIN "+table+" ON r.name = h.name", []any{list},
		func(scan func(...any) error) error {
			id, name := 0, ""
			if err := scan(&id, &name); err != nil {
				return err
			}
			row(id, name)
			return nil
		})
}

// claimHost makes a worker the owner of a turn's host and reads the host's row, if the host has no owner and the turn
// is current. It reports whether it did.
func (q queries) claimHost(ctx context.Context, owner string, a turnArgs) (h hostRow, claimed bool, err error) {
	claimed, err = queryRow(ctx, q, `UPDATE dechaff_host SET owner = $1, crawl = $2 WHERE id = $3 AND owner IS NULL
		AND EXISTS (SELECT 1 FROM dechaff_turn WHERE crawl = $2 AND host = $3 AND active AND epoch = $4)
		RETURNING id, name, due, coalesce(pace, ''), coalesce(robots, '')`, []any{owner, a.Crawl, a.Host, a.Epoch},
		&h.id, &h.name, &h.due, &h.pace, &h.robots)
	return h, claimed, err
}

// claimHostOnce makes a worker the owner of a host for one request and reads the host's state into h, if the host has
// no owner. It reports whether it did.
func (q queries) claimHostOnce(ctx context.Context, owner string, h *hostRow) (claimed bool, err error) {
	return queryRow(ctx, q, `UPDATE dechaff_host SET owner = $1 WHERE id = $2 AND owner IS NULL
		RETURNING due, coalesce(pace, ''), coalesce(robots, '')`, []any{owner, h.id}, &h.due, &h.pace, &h.robots)
}

// saveHost stores the state of a host, if the host still has the given owner.
func (q queries) saveHost(ctx context.Context, owner string, h *hostRow) error {
	_, err := q.exec(ctx, "UPDATE dechaff_host SET due = $3, pace = $4, robots = $5 WHERE id = $1 AND owner = $2",
		h.id, owner, h.due, h.pace, h.robots)
	return err
}

// releaseHost stores the state of a host and removes its owner, if the host still has the given owner.
func (q queries) releaseHost(ctx context.Context, owner string, h *hostRow) error {
	_, err := q.exec(ctx, `UPDATE dechaff_host SET owner = NULL, crawl = NULL, due = $3, pace = $4, robots = $5
		WHERE id = $1 AND owner = $2`, h.id, owner, h.due, h.pace, h.robots)
	return err
}

// releaseHostAsIs is like releaseHost, but does not store the host's state.
func (q queries) releaseHostAsIs(ctx context.Context, owner string, host int) error {
	_, err := q.exec(ctx, "UPDATE dechaff_host SET owner = NULL, crawl = NULL WHERE id = $1 AND owner = $2", host, owner)
	return err
}

// releaseHostsOf releases all hosts of an owner.
func (q queries) releaseHostsOf(ctx context.Context, owner string) error {
	_, err := q.exec(ctx, "UPDATE dechaff_host SET owner = NULL, crawl = NULL WHERE owner = $1", owner)
	return err
}

// hostsOfOthers counts the hosts that other workers own for a crawl. It also returns when the last of these workers'
// leases ends, or 0 if there are no such hosts.
func (q queries) hostsOfOthers(ctx context.Context, crawl int, worker string) (n int, until int64, err error) {
	_, err = queryRow(ctx, q, `SELECT count(*), coalesce(max(w.alive_until), 0) FROM dechaff_host h
		JOIN dechaff_worker w ON w.id = h.owner WHERE h.crawl = $1 AND h.owner <> $2`, []any{crawl, worker}, &n, &until)
	return n, until, err
}

// hostsDueAfter returns the hosts that may get no request before the given time.
func (q queries) hostsDueAfter(ctx context.Context, now int64) (hosts []hostRow, err error) {
	err = queryRows(ctx, q, `SELECT id, name, due, coalesce(pace, ''), coalesce(robots, '') FROM dechaff_host
		WHERE due > $1`, []any{now}, func(scan func(...any) error) error {
		var h hostRow
		err := scan(&h.id, &h.name, &h.due, &h.pace, &h.robots)
		hosts = append(hosts, h)
		return err
	})
	return hosts, err
}

// hostsOfFailed returns the hosts that have no owner and have pages for Restart to enqueue. It reads only their ID,
// pace and robots.txt.
func (q queries) hostsOfFailed(ctx context.Context, crawl int) (hosts []hostRow, err error) {
	err = queryRows(ctx, q, `SELECT id, coalesce(pace, ''), coalesce(robots, '') FROM dechaff_host WHERE owner IS NULL
		AND id IN (SELECT host FROM dechaff_page WHERE `+failedPages+`)`, failedArguments(crawl),
		func(scan func(...any) error) error {
			var h hostRow
			err := scan(&h.id, &h.pace, &h.robots)
			hosts = append(hosts, h)
			return err
		})
	return hosts, err
}

// resetHost stores the pace and the robots.txt of a host, if the host has no owner.
func (q queries) resetHost(ctx context.Context, h *hostRow) error {
	_, err := q.exec(ctx, "UPDATE dechaff_host SET pace = $2, robots = $3 WHERE id = $1 AND owner IS NULL",
		h.id, orNull(h.pace), orNull(h.robots))
	return err
}
