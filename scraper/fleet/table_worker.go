package fleet

import "context"

// workerRow is the row of a worker in dechaff_worker.
type workerRow struct {
	id     string
	until  int64  // when its lease ends, in milliseconds since 1970
	about  string // host and process, for people to read
	crawl  int
	client string // the worker's name in River
}

// insertWorker registers a worker.
func (q queries) insertWorker(ctx context.Context, w workerRow, now int64) error {
	_, err := q.exec(ctx, `INSERT INTO dechaff_worker (id, alive_until, started, about, crawl, client)
		VALUES ($1, $2, $3, $4, $5, $6)`, w.id, w.until, now, w.about, w.crawl, w.client)
	return err
}

// renewLease extends a worker's lease. It returns false if the worker was removed.
func (q queries) renewLease(ctx context.Context, worker string, until int64) (bool, error) {
	n, err := q.exec(ctx, "UPDATE dechaff_worker SET alive_until = $1 WHERE id = $2", until, worker)
	return n > 0, err
}

// otherWorkers returns all workers except for the one with the ID except. It reads only their ID and name in River.
func (q queries) otherWorkers(ctx context.Context, except string) (others []workerRow, err error) {
	err = queryRows(ctx, q, "SELECT id, client FROM dechaff_worker WHERE id <> $1", []any{except},
		func(scan func(...any) error) error {
			var w workerRow
			err := scan(&w.id, &w.client)
			others = append(others, w)
			return err
		})
	return others, err
}

// shortenLease makes a worker's lease end at the given time, if it ends later.
func (q queries) shortenLease(ctx context.Context, worker string, until int64) error {
	_, err := q.exec(ctx, "UPDATE dechaff_worker SET alive_until = $1 WHERE id = $2 AND alive_until > $1", until, worker)
	return err
}

// deadWorkers returns the workers whose lease ended before the given time. It leaves out the worker with the ID except.
func (q queries) deadWorkers(ctx context.Context, now int64, except string) (dead []string, err error) {
	err = queryRows(ctx, q, "SELECT id FROM dechaff_worker WHERE alive_until < $1 AND id <> $2", []any{now, except},
		func(scan func(...any) error) error {
			id := ""
			if err := scan(&id); err != nil {
				return err
			}
			dead = append(dead, id)
			return nil
		})
	return dead, err
}

// lockDeadWorker locks the row of a worker whose lease ended before the given time. It finds nothing if another
// transaction has locked the row.
func (q queries) lockDeadWorker(ctx context.Context, worker string, now int64) (row workerRow, found bool, err error) {
	found, err = queryRow(ctx, q, `SELECT crawl, client FROM dechaff_worker WHERE id = $1 AND alive_until < $2
		FOR UPDATE SKIP LOCKED`, []any{worker, now}, &row.crawl, &row.client)
	row.id = worker
	return row, found, err
}

// deleteWorker removes a worker.
func (q queries) deleteWorker(ctx context.Context, worker string) error {
	_, err := q.exec(ctx, "DELETE FROM dechaff_worker WHERE id = $1", worker)
	return err
}

// countWorkers counts the workers whose lease has not ended.
func (q queries) countWorkers(ctx context.Context, now int64) (n int, err error) {
	_, err = queryRow(ctx, q, "SELECT count(*) FROM dechaff_worker WHERE alive_until >= $1", []any{now}, &n)
	return n, err
}
