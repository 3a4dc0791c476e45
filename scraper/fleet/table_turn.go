package fleet

import "context"

// insertTurns inserts a row for each host that has none in a crawl. The new rows have no active turn. The argument
// hosts is the result of idRecords for sorted IDs.
func (q queries) insertTurns(ctx context.Context, crawl int, hosts string) error {
	_, err := q.exec(ctx, "INSERT INTO dechaff_turn (crawl, host) SELECT $1, CAST(r.id AS integer) FROM "+
		q.records(2, column{"id", "integer"})+" WHERE true ORDER BY r.id ON CONFLICT DO NOTHING", crawl, hosts)
	return err
}

// Values for the argument lock of lockTurns: the end of the SQL statement.
const (
	shareActive = " AND t.active ORDER BY t.host FOR SHARE" // locks the rows with a turn, and only against writing
	updateAll   = " ORDER BY t.host FOR UPDATE"             // locks all rows
)

// lockTurns locks the rows of hosts, in the order of the hosts' IDs. The argument hosts is a result of idRecords, and
// the argument lock is shareActive or updateAll. It returns the hosts that have a turn.
func (q queries) lockTurns(ctx context.Context, crawl int, hosts, lock string) (active []int, err error) {
	err = queryRows(ctx, q, `SELECT t.host, t.active FROM dechaff_turn t WHERE t.crawl = $1
		AND t.host IN (SELECT CAST(r.id AS integer) FROM `+q.records(2, column{"id", "integer"})+")"+lock,
		[]any{crawl, hosts}, func(scan func(...any) error) error {
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

// startTurn gives a host a turn with a new epoch.
func (q queries) startTurn(ctx context.Context, crawl, host int) (turnArgs, error) {
	turn := turnArgs{Crawl: crawl, Host: host}
	_, err := queryRow(ctx, q, `UPDATE dechaff_turn SET active = true, epoch = epoch + 1 WHERE crawl = $1 AND host = $2
		RETURNING epoch`, []any{crawl, host}, &turn.Epoch)
	return turn, err
}

// replaceTurn replaces a host's turn with a turn of the next epoch, if the turn is current. It reports whether it did.
func (q queries) replaceTurn(ctx context.Context, a turnArgs) (bool, error) {
	n, err := q.exec(ctx, `UPDATE dechaff_turn SET epoch = epoch + 1 WHERE crawl = $1 AND host = $2 AND epoch = $3
		AND active`, a.Crawl, a.Host, a.Epoch)
	return n > 0, err
}

// endTurn ends a host's turn.
func (q queries) endTurn(ctx context.Context, a turnArgs) error {
	_, err := q.exec(ctx, "UPDATE dechaff_turn SET active = false WHERE crawl = $1 AND host = $2", a.Crawl, a.Host)
	return err
}

const currentTurn = "SELECT epoch FROM dechaff_turn WHERE crawl = $1 AND host = $2 AND epoch = $3 AND active"

// isCurrentTurn reports whether the turn has not ended and no later turn of the host has replaced it.
func (q queries) isCurrentTurn(ctx context.Context, a turnArgs) (bool, error) {
	return queryRow(ctx, q, currentTurn, []any{a.Crawl, a.Host, a.Epoch}, new(int))
}

// lockCurrentTurn is like isCurrentTurn, and locks the row if the turn is current.
func (q queries) lockCurrentTurn(ctx context.Context, a turnArgs) (bool, error) {
	return queryRow(ctx, q, currentTurn+" FOR UPDATE", []any{a.Crawl, a.Host, a.Epoch}, new(int))
}

// turnsOf lists the current turns of the hosts that a worker owns.
func (q queries) turnsOf(ctx context.Context, owner string) (turns []turnArgs, err error) {
	err = queryRows(ctx, q, `SELECT t.crawl, t.host, t.epoch FROM dechaff_turn t
		JOIN dechaff_host h ON h.id = t.host AND h.crawl = t.crawl WHERE h.owner = $1 AND t.active`, []any{owner},
		func(scan func(...any) error) error {
			var t turnArgs
			if err := scan(&t.Crawl, &t.Host, &t.Epoch); err != nil {
				return err
			}
			turns = append(turns, t)
			return nil
		})
	return turns, err
}

// hostsWithoutTurn returns the hosts that have waiting pages and no turn, sorted.
func (q queries) hostsWithoutTurn(ctx context.Context, crawl int) (hosts []int, err error) {
	err = queryRows(ctx, q, `SELECT DISTINCT p.host FROM dechaff_page p
		LEFT JOIN dechaff_turn t ON t.crawl = p.crawl AND t.host = p.host
		WHERE p.crawl = $1 AND p.state < 2 AND NOT coalesce(t.active, false) ORDER BY p.host`, []any{crawl},
		func(scan func(...any) error) error {
			host := 0
			if err := scan(&host); err != nil {
				return err
			}
			hosts = append(hosts, host)
			return nil
		})
	return hosts, err
}

// hostStatuses reads the status of each host of a crawl, in the order of their names. It calls the function row with
// the status and with the time at which the host is due.
func (q queries) hostStatuses(ctx context.Context, crawl int, row func(h HostStatus, due int64)) error {
	return queryRows(ctx, q, `SELECT h.name, h.due, h.owner IS NOT NULL AND coalesce(h.crawl, 0) = $1, coalesce(w.n, 0),
			coalesce(y.handled, 0), coalesce(y.failed, 0), coalesce(y.skipped, 0), coalesce(y.redirected, 0)
		FROM dechaff_turn t JOIN dechaff_host h ON h.id = t.host
		LEFT JOIN dechaff_tally y ON y.crawl = t.crawl AND y.host = t.host
		LEFT JOIN (SELECT host, count(*) AS n FROM dechaff_page WHERE crawl = $1 AND state < 2 GROUP BY host) AS w
			ON w.host = t.host
		WHERE t.crawl = $1 ORDER BY h.name`, []any{crawl}, func(scan func(...any) error) error {
		var h HostStatus
		var due int64
		err := scan(&h.Host, &due, &h.Busy, &h.Waiting, &h.Handled, &h.Failed, &h.Skipped, &h.Redirected)
		if err == nil {
			row(h, due)
		}
		return err
	})
}
