package fleet

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivermigrate"
)

// riverSchema is the schema of River's tables. It separates them from the tables of another program that uses River in
// the same database.
const riverSchema = "dechaff_river"

// migrationLock is the number of the advisory lock that is held while tables are created. The number is arbitrary.
const migrationLock = 0x64656368616666 // "dechaff"

// postgresStore is a PostgreSQL database.
type postgresStore struct {
	counter
	pool  *pgxpool.Pool
	clock steadyClock
}

func openPostgres(ctx context.Context, dsn string, connections int) (*postgresStore, error) {
	config, err := pgxpool.ParseConfig(dsn)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrOptions, err)
	}
	s := &postgresStore{}
	config.MaxConns = int32(connections)
	config.ConnConfig.Tracer = s
	config.ConnConfig.ConnectTimeout = 5 * time.Second
	if config.ConnConfig.RuntimeParams["application_name"] == "" {
		config.ConnConfig.RuntimeParams["application_name"] = "dechaff"
	}
	if s.pool, err = pgxpool.NewWithConfig(ctx, config); err != nil {
		return nil, err
	}
	if err := s.migrate(ctx); err != nil {
		s.pool.Close()
		return nil, err
	}
	return s, nil
}

// TraceQueryStart counts the statements, including River's.
func (s *postgresStore) TraceQueryStart(ctx context.Context, _ *pgx.Conn, _ pgx.TraceQueryStartData) context.Context {
	s.statements.Add(1)
	return ctx
}

// TraceQueryEnd does nothing.
func (s *postgresStore) TraceQueryEnd(context.Context, *pgx.Conn, pgx.TraceQueryEndData) {}

// migrate creates or upgrades River's tables and ours. Meanwhile, it holds a lock on a separate connection.
func (s *postgresStore) migrate(ctx context.Context) error {
	conn, err := pgx.ConnectConfig(ctx, s.pool.Config().ConnConfig)
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close(context.WithoutCancel(ctx)) }() // closing releases the lock
	if _, err := conn.Exec(ctx, "SELECT pg_advisory_lock($1)", int64(migrationLock)); err != nil {
		return err
	}
	if _, err := s.pool.Exec(ctx, "CREATE SCHEMA IF NOT EXISTS "+riverSchema); err != nil {
		return err
	}
	migrator, err := rivermigrate.New(riverpgxv5.New(s.pool), &rivermigrate.Config{Logger: silent, Schema: riverSchema})
	if err != nil {
		return err
	}
	if _, err := migrator.Migrate(ctx, rivermigrate.DirectionUp, nil); err != nil {
		return err
	}
	return s.tx(ctx, func(e executor) error {
		err := migrateOurs(ctx, e, "schema/postgres.sql", func(script string) error {
			_, err := e.(*postgresTx).tx.Exec(ctx, script, pgx.QueryExecModeSimpleProtocol)
			return err
		})
		if err == nil {
			_, err = e.exec(ctx, createClock)
		}
		return err
	})
}

func (s *postgresStore) exec(ctx context.Context, statement string, args ...any) (int64, error) {
	tag, err := s.pool.Exec(ctx, statement, args...)
	return tag.RowsAffected(), err
}

func (s *postgresStore) query(ctx context.Context, statement string, args ...any) (rows, error) {
	return s.pool.Query(ctx, statement, args...)
}

// postgresTx is a transaction, at READ COMMITTED: each statement sees what other transactions committed before the
// statement began.
type postgresTx struct{ tx pgx.Tx }

func (t *postgresTx) exec(ctx context.Context, statement string, args ...any) (int64, error) {
	tag, err := t.tx.Exec(ctx, statement, args...)
	return tag.RowsAffected(), err
}

func (t *postgresTx) query(ctx context.Context, statement string, args ...any) (rows, error) {
	return t.tx.Query(ctx, statement, args...)
}

func (s *postgresStore) tx(ctx context.Context, body func(executor) error) error {
	for {
		err := pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error { return body(&postgresTx{tx}) })
		failure, ok := errors.AsType[*pgconn.PgError](err)
		if !ok || !strings.HasPrefix(failure.Code, "40") || ctx.Err() != nil { // class 40: deadlock, serialization failure
			return err
		}
	}
}

func (s *postgresStore) records(argument int, columns ...column) string {
	list := make([]string, 0, len(columns))
	for _, c := range columns {
		list = append(list, c.name+" "+c.kind)
	}
	return fmt.Sprintf("jsonb_to_recordset($%d::text::jsonb) AS r(%s)", argument, strings.Join(list, ", "))
}

func (s *postgresStore) hexKey() string { return "decode(r.k, 'hex')" }

// now uses the clock of the server's machine.
func (s *postgresStore) now(ctx context.Context) (int64, error) {
	return s.clock.now(ctx, s, "CAST(extract(epoch FROM clock_timestamp()) * 1000 AS bigint)")
}

// isOutage recognizes pgx's errors for a lost connection, and the classes of the server's temporary errors.
func (s *postgresStore) isOutage(err error) bool {
	if err == nil || errors.Is(err, context.Canceled) {
		return false
	}
	if failure, ok := errors.AsType[*pgconn.PgError](err); ok {
		switch failure.Code[:2] {
		case "08", "40", "53", "57", "58": // connection, rollback, resources, operator, system
			return true
		}
		return false
	}
	for _, gone := range [...]error{
		io.EOF, io.ErrUnexpectedEOF, net.ErrClosed, context.DeadlineExceeded,
		pgx.ErrTxClosed, pgx.ErrTxCommitRollback,
	} {
		if errors.Is(err, gone) {
			return true
		}
	}
	_, network := errors.AsType[net.Error](err)
	_, connect := errors.AsType[*pgconn.ConnectError](err)
	return network || connect || pgconn.SafeToRetry(err) || strings.Contains(err.Error(), "conn closed")
}

// backup is not supported, because PostgreSQL has pg_dump.
func (s *postgresStore) backup(context.Context, string) error {
	return fmt.Errorf("%w: use pg_dump for PostgreSQL", ErrOptions)
}

func (s *postgresStore) queue(c *clock) queue {
	return &riverQueue[pgx.Tx]{
		driver: riverpgxv5.New(s.pool), time: riverTime{c}, schema: riverSchema, poll: 500 * time.Millisecond,
		unwrap: func(e executor) pgx.Tx { return e.(*postgresTx).tx },
	}
}

// check has nothing to do: a server that lost its database answers with errors.
func (s *postgresStore) check() error { return nil }

func (s *postgresStore) close() { s.pool.Close() }
