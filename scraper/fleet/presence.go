package fleet

import (
	"context"
	"database/sql"
	"errors"
	"net/url"
	"os"
	"path/filepath"
)

// A worker on a SQLite database holds the lock of a file of its own while it lives. The system releases the lock when
// the process ends, however it ends, so other workers need not wait for the end of the lease of a worker that crashed.

// presenceFile returns the path of the file whose lock the worker with the given name in River holds.
func (s *sqliteStore) presenceFile(client string) string { return s.path + "-worker-" + client }

// openPresence opens the file and locks it. Its error is an outage, see isOutage, if another process holds the lock.
// The file is an empty SQLite database, because SQLite can lock files on every system.
func openPresence(ctx context.Context, path, mode string) (*sql.DB, error) {
	query := url.Values{"mode": {mode}, "_pragma": {"busy_timeout(0)", "journal_mode(OFF)"}}
	db, err := sql.Open("sqlite", "file:"+(&url.URL{Path: filepath.ToSlash(path)}).EscapedPath()+"?"+query.Encode())
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	if _, err := db.ExecContext(ctx, "BEGIN EXCLUSIVE"); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

// showPresence locks the worker's file. If that is impossible, for example on a disk without locks, only the lease
// shows that the worker lives.
func (s *sqliteStore) showPresence(ctx context.Context, client string) (hide func()) {
	db, err := openPresence(ctx, s.presenceFile(client), "rwc")
	if err != nil {
		return func() {}
	}
	return func() { _ = db.Close() }
}

func (s *sqliteStore) hasEnded(ctx context.Context, client string) bool {
	db, err := openPresence(ctx, s.presenceFile(client), "rw")
	if err != nil {
		return false // the lock is held, or there is no file
	}
	_ = db.Close()
	return true
}

func (s *sqliteStore) forgetPresence(client string) { _ = os.Remove(s.presenceFile(client)) }

// On PostgreSQL, only the lease shows that a worker lives.

func (s *postgresStore) showPresence(context.Context, string) (hide func()) { return func() {} }

func (s *postgresStore) hasEnded(context.Context, string) bool { return false }

func (s *postgresStore) forgetPresence(string) {}
