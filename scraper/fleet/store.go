package fleet

import (
	"context"
	"embed"
	"encoding/json"
	"fmt"
	"strings"
	"sync/atomic"
	"time"
)

// schemaVersion is the version of the tables that schema/*.sql creates. Open upgrades older tables to it.
const schemaVersion = 4

//go:embed schema/*.sql
var schemas embed.FS

// rows is the result of a query. pgx.Rows implements it, and sqlRows adapts the rows of database/sql to it.
type rows interface {
	Next() bool
	Scan(dest ...any) error
	Err() error
	Close()
}

// executor runs statements, inside or outside a transaction. Statements are written in the SQL that PostgreSQL and
// SQLite have in common, with $1 for the first argument. SQLite needs no row locks: for SQLite, the clauses that lock
// rows are removed.
type executor interface {
	exec(ctx context.Context, statement string, args ...any) (int64, error)
	query(ctx context.Context, statement string, args ...any) (rows, error)
}

// dialect has methods for the parts of statements that differ between the engines.
type dialect interface {
	// records returns an SQL table expression with the alias r. The expression converts the argument with the given
	// number, which is a JSON array of objects, to rows in the same order.
	records(argument int, columns ...column) string
	// hexKey returns the SQL expression that decodes the hexadecimal column k of records to a key.
	hexKey() string
}

// store is a database.
type store interface {
	executor
	dialect
	// tx runs a transaction, and retries it after a conflict with another transaction.
	tx(ctx context.Context, body func(executor) error) error
	// now returns the time of the database's clock, in milliseconds since 1970.
	now(ctx context.Context) (int64, error)
	// isOutage reports whether an error is temporary: no connection, a server that is starting or stopping, a locked
	// file, a statement that ran out of time.
	isOutage(err error) bool
	// check returns ErrLost if the file of a SQLite database was removed or replaced.
	check() error
	// showPresence shows other processes, if the engine can, that the worker with the given name in River lives, until
	// hide is called or this process ends.
	showPresence(ctx context.Context, client string) (hide func())
	// hasEnded reports whether a worker has certainly ended or called hide. It is false if the engine cannot know that.
	hasEnded(ctx context.Context, client string) bool
	// forgetPresence removes what showPresence left behind.
	forgetPresence(client string)
	backup(ctx context.Context, path string) error
	// queue returns River, which uses the given clock.
	queue(c *clock) queue
	close()
}

// column is a column for dialect.records: its name, which is also the name in the JSON objects, and its PostgreSQL
// type.
type column struct{ name, kind string }

// counter counts the statements that a store has run, for tests.
type counter struct{ statements atomic.Int64 }

// queryRow reads the first row of a query's result into dest. It reports whether there is a row.
func queryRow(ctx context.Context, e executor, statement string, args []any, dest ...any) (found bool, err error) {
	rs, err := e.query(ctx, statement, args...)
	if err != nil {
		return false, err
	}
	defer rs.Close()
	if !rs.Next() {
		return false, rs.Err()
	}
	if err := rs.Scan(dest...); err != nil {
		return false, err
	}
	return true, nil
}

// queryRows runs a query and calls the function row for each row of its result.
func queryRows(
	ctx context.Context, e executor, statement string, args []any, row func(scan func(...any) error) error,
) error {
	rs, err := e.query(ctx, statement, args...)
	if err != nil {
		return err
	}
	defer rs.Close()
	for rs.Next() {
		if err := row(rs.Scan); err != nil {
			return err
		}
	}
	return rs.Err()
}

// toJSON encodes a value as JSON. It panics if that is impossible, which does not happen for the types of this package.
func toJSON(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		panic(fmt.Sprintf("fleet: %v", err)) // our own structs of strings and numbers
	}
	return string(text)
}

// storableText converts a text so that both engines can store it: it removes NUL and invalid UTF-8, and shortens the
// text to at most 500 bytes.
func storableText(text string) string {
	const longest = 500
	text = strings.ToValidUTF8(strings.ReplaceAll(text, "\x00", ""), "")
	if len(text) > longest {
		text = strings.ToValidUTF8(text[:longest], "")
	}
	return text
}

// outagePause is the pause between two attempts of persist.
const outagePause = 250 * time.Millisecond

// persist calls the function change, and calls it again after each outage of the database, until it succeeds, fails for
// another reason, or ctx ends.
func persist(ctx context.Context, s store, change func(context.Context) error) error {
	for {
		err := change(ctx)
		if err == nil || !s.isOutage(err) || ctx.Err() != nil {
			return err
		}
		select {
		case <-time.After(outagePause):
		case <-ctx.Done():
			return err
		}
	}
}
