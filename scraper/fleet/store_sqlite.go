package fleet

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"time"

	"github.com/riverqueue/river/riverdriver/riversqlite"
	"github.com/riverqueue/river/rivermigrate"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// sqliteStore is a file. It has one connection, which River shares: SQLite has one writer at a time, and River's driver asks for it.
type sqliteStore struct {
	counter
	db *sql.DB

	mu       sync.Mutex
	prepared map[string]*sql.Stmt
}

func openSQLite(ctx context.Context, path string) (*sqliteStore, error) {
	query := url.Values{"_txlock": {"immediate"}, "_pragma": {
		"busy_timeout(20000)", "journal_mode(WAL)", "synchronous(NORMAL)", "temp_store(MEMORY)", "cache_size(-65536)",
	}}
	db, err := sql.Open("sqlite", "file:"+(&url.URL{Path: path}).EscapedPath()+"?"+query.Encode())
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	s := &sqliteStore{db: db, prepared: make(map[string]*sql.Stmt)}
	if err := s.migrate(ctx); err != nil {
		s.close()
		return nil, err
	}
	return s, nil
}

// migrate makes River's tables and ours in one transaction, which keeps everybody else waiting.
func (s *sqliteStore) migrate(ctx context.Context) error {
	migrator, err := rivermigrate.New(riversqlite.New(s.db), &rivermigrate.Config{Logger: silent})
	if err != nil {
		return err
	}
	return s.tx(ctx, func(e executor) error {
		tx := e.(*sqliteTx)
		if _, err := migrator.MigrateTx(ctx, tx.tx, rivermigrate.DirectionUp, nil); err != nil {
			return err
		}
		return migrateOurs(ctx, tx, "schema/sqlite.sql", func(script string) error {
			_, err := tx.tx.ExecContext(ctx, script)
			return err
		})
	})
}

var (
	dollar   = regexp.MustCompile(`\$(\d+)`)
	rowLocks = strings.NewReplacer(" FOR UPDATE SKIP LOCKED", "", " FOR UPDATE", "", " FOR SHARE", "")
)

// prepare keeps statements: they are few, and SQLite takes longer to compile most of them than to run them.
func (s *sqliteStore) prepare(ctx context.Context, statement string) (*sql.Stmt, error) {
	s.statements.Add(1)
	s.mu.Lock()
	known := s.prepared[statement]
	s.mu.Unlock()
	if known != nil {
		return known, nil
	}
	made, err := s.db.PrepareContext(ctx, rowLocks.Replace(dollar.ReplaceAllString(statement, "?$1")))
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.prepared[statement] = made
	return made, nil
}

func (s *sqliteStore) exec(ctx context.Context, statement string, args ...any) (int64, error) {
	stmt, err := s.prepare(ctx, statement)
	if err != nil {
		return 0, err
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
	stmt, err := s.prepare(ctx, statement)
	if err != nil {
		return nil, err
	}
	return wrapRows(stmt.QueryContext(ctx, args...))
}

// sqlRows is *sql.Rows with pgx's Close.
type sqlRows struct{ *sql.Rows }

func (r sqlRows) Close() { _ = r.Rows.Close() } // Err has told

func wrapRows(r *sql.Rows, err error) (rows, error) {
	if err != nil {
		return nil, err
	}
	return sqlRows{r}, nil
}

// sqliteTx is a transaction. The one connection is taken: nothing outside of it may be asked before it ends.
type sqliteTx struct {
	s  *sqliteStore
	tx *sql.Tx
}

// statement finds a kept statement; one that is met in a transaction for the first time is compiled for that alone.
func (t *sqliteTx) statement(ctx context.Context, statement string) (*sql.Stmt, error) {
	t.s.statements.Add(1)
	t.s.mu.Lock()
	known := t.s.prepared[statement]
	t.s.mu.Unlock()
	if known != nil {
		return t.tx.StmtContext(ctx, known), nil
	}
	return nil, nil //nolint:nilnil // none, and no error
}

func (t *sqliteTx) exec(ctx context.Context, statement string, args ...any) (int64, error) {
	stmt, err := t.statement(ctx, statement)
	if err != nil {
		return 0, err
	}
	if stmt == nil {
		t.s.learn(statement)
		return affected(t.tx.ExecContext(ctx, rowLocks.Replace(dollar.ReplaceAllString(statement, "?$1")), args...))
	}
	return affected(stmt.ExecContext(ctx, args...))
}

func (t *sqliteTx) query(ctx context.Context, statement string, args ...any) (rows, error) {
	stmt, err := t.statement(ctx, statement)
	if err != nil {
		return nil, err
	}
	if stmt == nil {
		t.s.learn(statement)
		return wrapRows(t.tx.QueryContext(ctx, rowLocks.Replace(dollar.ReplaceAllString(statement, "?$1")), args...))
	}
	return wrapRows(stmt.QueryContext(ctx, args...))
}

// learn has a statement compiled before the next transaction.
func (s *sqliteStore) learn(statement string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, ok := s.prepared[statement]; !ok {
		s.prepared[statement] = nil
	}
}

// compile prepares what was learned.
func (s *sqliteStore) compile(ctx context.Context) {
	s.mu.Lock()
	var unknown []string
	for statement, stmt := range s.prepared {
		if stmt == nil {
			unknown = append(unknown, statement)
		}
	}
	s.mu.Unlock()
	for _, statement := range unknown {
		if _, err := s.prepare(ctx, statement); err != nil {
			return // whoever needs it will be told
		}
		s.statements.Add(-1)
	}
}

func (s *sqliteStore) tx(ctx context.Context, body func(executor) error) error {
	s.compile(ctx)
	for {
		err := s.once(ctx, body)
		if err == nil || !s.isOutage(err) || ctx.Err() != nil {
			return err
		}
	}
}

func (s *sqliteStore) once(ctx context.Context, body func(executor) error) error {
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

// ignoreDone forgives the rollback of a transaction that a context has ended already.
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

// now is this machine's clock, as nobody else can open the file.
func (s *sqliteStore) now(context.Context) (int64, error) { return time.Now().UnixMilli(), nil }

func (s *sqliteStore) isOutage(err error) bool {
	failure, ok := errors.AsType[*sqlite.Error](err)
	return ok && (failure.Code()&0xff == sqlite3.SQLITE_BUSY || failure.Code()&0xff == sqlite3.SQLITE_LOCKED)
}

// backup copies the file while it is in use: VACUUM INTO reads one state of it, and writes it without gaps.
func (s *sqliteStore) backup(ctx context.Context, path string) error {
	_, err := s.db.ExecContext(ctx, "VACUUM INTO ?", path)
	return err
}

func (s *sqliteStore) queue() queue {
	return &riverQueue[*sql.Tx]{
		driver: riversqlite.New(s.db), pollOnly: true, poll: 200 * time.Millisecond,
		unwrap: func(e executor) *sql.Tx { return e.(*sqliteTx).tx },
	}
}

func (s *sqliteStore) close() {
	s.mu.Lock()
	for _, stmt := range s.prepared {
		if stmt != nil {
			_ = stmt.Close() // nothing is lost by it
		}
	}
	s.prepared = make(map[string]*sql.Stmt)
	s.mu.Unlock()
	_ = s.db.Close() // all is committed
}
