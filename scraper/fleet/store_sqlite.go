package fleet

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"time"

	"github.com/riverqueue/river/riverdriver/riversqlite"
	"github.com/riverqueue/river/rivermigrate"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// sqliteStore is a database in a file. It has one connection, which River shares: SQLite has one writer at a time, and
// River's driver requires a single connection.
type sqliteStore struct {
	counter
	db    *sql.DB
	path  string
	file  os.FileInfo // the file when it was opened
	clock steadyClock

	mu       sync.Mutex
	prepared map[string]*sql.Stmt // by text; nil for statements that are not compiled yet
}

func openSQLite(ctx context.Context, path string) (*sqliteStore, error) {
	if _, err := os.Stat(filepath.Dir(path)); err != nil { // SQLite's own error names neither the file nor the cause
		return nil, err
	}
	query := url.Values{"_txlock": {"immediate"}, "_pragma": {
		"busy_timeout(20000)", "journal_mode(WAL)", "synchronous(NORMAL)", "temp_store(MEMORY)", "cache_size(-8192)",
	}}
	db, err := sql.Open("sqlite", "file:"+(&url.URL{Path: filepath.ToSlash(path)}).EscapedPath()+"?"+query.Encode())
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	s := &sqliteStore{db: db, path: path, prepared: make(map[string]*sql.Stmt)}
	if err := s.migrate(ctx); err != nil {
		s.close()
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	if s.file, err = os.Stat(path); err != nil {
		s.close()
		return nil, err
	}
	return s, nil
}

// check returns ErrLost if the path no longer refers to the open file. SQLite would continue to write to a removed
// file.
func (s *sqliteStore) check() error {
	now, err := os.Stat(s.path)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrLost, err)
	}
	if !os.SameFile(now, s.file) {
		return fmt.Errorf("%w: %s", ErrLost, s.path)
	}
	return nil
}

// migrate creates or upgrades River's tables and ours in one transaction, for which all other processes wait.
func (s *sqliteStore) migrate(ctx context.Context) error {
	migrator, err := rivermigrate.New(riversqlite.New(s.db), &rivermigrate.Config{Logger: silent})
	if err != nil {
		return err
	}
	return s.tx(ctx, func(e executor) error {
		tx := e.(*sqliteTx)
		_, err := migrator.MigrateTx(ctx, tx.tx, rivermigrate.DirectionUp, nil) //nolint:staticcheck // fine for SQLite
		if err != nil {
			return err
		}
		err = migrateOurs(ctx, tx, "schema/sqlite.sql", func(script string) error {
			_, err := tx.tx.ExecContext(ctx, script)
			return err
		})
		if err == nil {
			_, err = tx.exec(ctx, createClock)
		}
		return err
	})
}

var (
	dollar   = regexp.MustCompile(`\$(\d+)`)
	rowLocks = regexp.MustCompile(`\s+FOR (UPDATE|SHARE)( SKIP LOCKED)?`)
)

// compiled returns the compiled form of a statement: SQLite takes longer to compile most statements than to run them.
// If the statement is not compiled yet, it returns nil and marks the statement for the method compile. It cannot
// compile the statement itself during a transaction, because the transaction occupies the only connection.
func (s *sqliteStore) compiled(statement string) *sql.Stmt {
	s.statements.Add(1)
	s.mu.Lock()
	defer s.mu.Unlock()
	known := s.prepared[statement]
	if known == nil {
		s.prepared[statement] = nil // to be compiled
	}
	return known
}

// compile compiles the statements for which the method compiled has returned nil.
func (s *sqliteStore) compile(ctx context.Context) error {
	s.mu.Lock()
	var unknown []string
	for statement, stmt := range s.prepared {
		if stmt == nil {
			unknown = append(unknown, statement)
		}
	}
	s.mu.Unlock()
	for _, statement := range unknown {
		made, err := s.db.PrepareContext(ctx, forSQLite(statement))
		if err != nil {
			return err
		}
		s.mu.Lock()
		if s.prepared[statement] == nil {
			s.prepared[statement] = made
		} else {
			_ = made.Close() // another goroutine compiled it too
		}
		s.mu.Unlock()
	}
	return nil
}

func forSQLite(statement string) string {
	return rowLocks.ReplaceAllString(dollar.ReplaceAllString(statement, "?$1"), "")
}

func (s *sqliteStore) exec(ctx context.Context, statement string, args ...any) (int64, error) {
	stmt := s.compiled(statement)
	if stmt == nil {
		if err := s.compile(ctx); err != nil {
			return 0, err
		}
		return affected(s.db.ExecContext(ctx, forSQLite(statement), args...))
	}
	return affected(stmt.ExecContext(ctx, args...))
}

func affected(result sql.Result, err error) (int64, error) {
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

func (s *sqliteStore) query(ctx context.Context, statement string, args ...any) (rows, error) {
	stmt := s.compiled(statement)
	if stmt == nil {
		if err := s.compile(ctx); err != nil {
			return nil, err
		}
		return wrapRows(s.db.QueryContext(ctx, forSQLite(statement), args...))
	}
	return wrapRows(stmt.QueryContext(ctx, args...))
}

// sqlRows is *sql.Rows with pgx's Close.
type sqlRows struct{ *sql.Rows }

func (r sqlRows) Close() { _ = r.Rows.Close() } // rows.Err returns the error

func wrapRows(r *sql.Rows, err error) (rows, error) {
	if err != nil {
		return nil, err
	}
	return sqlRows{r}, nil
}

// sqliteTx is a transaction. It has the only connection, so no other statement may run before it ends.
type sqliteTx struct {
	s  *sqliteStore
	tx *sql.Tx
}

func (t *sqliteTx) exec(ctx context.Context, statement string, args ...any) (int64, error) {
	if stmt := t.s.compiled(statement); stmt != nil {
		return affected(t.tx.StmtContext(ctx, stmt).ExecContext(ctx, args...))
	}
	return affected(t.tx.ExecContext(ctx, forSQLite(statement), args...))
}

func (t *sqliteTx) query(ctx context.Context, statement string, args ...any) (rows, error) {
	if stmt := t.s.compiled(statement); stmt != nil {
		return wrapRows(t.tx.StmtContext(ctx, stmt).QueryContext(ctx, args...))
	}
	return wrapRows(t.tx.QueryContext(ctx, forSQLite(statement), args...))
}

func (s *sqliteStore) tx(ctx context.Context, body func(executor) error) error {
	for {
		err := s.compile(ctx)
		if err == nil {
			err = s.runTx(ctx, body)
		}
		if err == nil || !s.isOutage(err) || ctx.Err() != nil {
			return err
		}
	}
}

func (s *sqliteStore) runTx(ctx context.Context, body func(executor) error) error {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	s.statements.Add(2)
	if err := body(&sqliteTx{s, tx}); err != nil {
		return errors.Join(err, ignoreDone(tx.Rollback()))
	}
	return tx.Commit()
}

// ignoreDone ignores the error of rolling back a transaction that a context has already ended.
func ignoreDone(err error) error {
	if errors.Is(err, sql.ErrTxDone) {
		return nil
	}
	return err
}

func (s *sqliteStore) records(argument int, columns ...column) string {
	list := make([]string, 0, len(columns))
	for _, c := range columns {
		list = append(list, fmt.Sprintf("value->>'%[1]s' AS %[1]s", c.name))
	}
	return fmt.Sprintf("(SELECT %s FROM json_each($%d)) AS r", strings.Join(list, ", "), argument)
}

func (s *sqliteStore) hexKey() string { return "unhex(r.k)" }

// isOutage recognizes a locked file, and a statement for which there was not enough time.
func (s *sqliteStore) isOutage(err error) bool {
	if errors.Is(err, context.DeadlineExceeded) {
		return true
	}
	failure, ok := errors.AsType[*sqlite.Error](err)
	return ok && (failure.Code()&0xff == sqlite3.SQLITE_BUSY || failure.Code()&0xff == sqlite3.SQLITE_LOCKED)
}

// backup copies the file while it is in use: VACUUM INTO reads one state of the database and writes it compactly.
func (s *sqliteStore) backup(ctx context.Context, path string) error {
	_, err := s.db.ExecContext(ctx, "VACUUM INTO ?", path)
	return err
}

// now uses the clock of this machine, because all processes are on it.
func (s *sqliteStore) now(ctx context.Context) (int64, error) {
	return s.clock.now(ctx, s, "$2", time.Now().UnixMilli())
}

func (s *sqliteStore) queue(c *clock) queue {
	return &riverQueue[*sql.Tx]{
		driver: riversqlite.New(s.db), time: riverTime{c}, pollOnly: true, poll: 200 * time.Millisecond,
		unwrap: func(e executor) *sql.Tx { return e.(*sqliteTx).tx },
	}
}

func (s *sqliteStore) close() {
	s.mu.Lock()
	for _, stmt := range s.prepared {
		if stmt != nil {
			_ = stmt.Close() // the error does not matter
		}
	}
	s.prepared = make(map[string]*sql.Stmt)
	s.mu.Unlock()
	_ = s.db.Close() // everything is committed
}
