package fleet

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/dechaff/dechaff/scraper"
	"github.com/dechaff/dechaff/scraper/internal/schedule"
)

// These errors are returned by the functions and methods of this package. Match them with errors.Is.
var (
	// ErrOptions means invalid options, an invalid database name, or a Backup of PostgreSQL. For an invalid job, Crawl
	// returns scraper.ErrOptions.
	ErrOptions = errors.New("fleet: bad options")
	// ErrOpen means that the database could not be opened; the engine's own error is wrapped too.
	ErrOpen = errors.New("fleet: the database could not be opened")
	// ErrSchema means that the database was created by a newer version of this package.
	ErrSchema = errors.New("fleet: the database was created by a newer version")
	// ErrNoCrawl means that the database has no crawl with that name.
	ErrNoCrawl = errors.New("fleet: no crawl with that name")
	// ErrLost means that the file of a SQLite database was removed or replaced while it was in use. Later writes of
	// this process are lost.
	ErrLost = errors.New("fleet: the database was removed or replaced")
	// ErrCancelled means that the crawl was canceled.
	ErrCancelled = errors.New("fleet: the crawl was canceled")
)

// Options configures a Fleet. The zero value is the recommended behavior.
type Options struct {
	// Scraper configures how pages are fetched: user agent, delays, guards, limits. Scraper.Workers is how many pages
	// this process fetches and handles at once. All workers of a crawl should have the same options.
	Scraper scraper.Options
	// Hosts is how many hosts this process works on at once; 0 means eight times Scraper.Workers. More than 10,000
	// means 10,000. Most of these hosts only wait for the end of their delay.
	Hosts int
	// Turn is how long a host's turn may last, so that other hosts get a turn too; 0 means 30 seconds.
	Turn time.Duration
	// Connections is the maximum number of connections that this process opens to PostgreSQL; 0 means 16. One more
	// connection listens for notifications. SQLite always uses a single connection.
	Connections int
	// Logger gets errors of the database and River's log; nil means no log. Scraper.Logger gets the results of pages.
	Logger *slog.Logger
}

func (o Options) withDefaults() (Options, error) {
	if o.Hosts < 0 || o.Turn < 0 || o.Connections < 0 {
		return o, fmt.Errorf("%w: Hosts, Turn and Connections must not be negative", ErrOptions)
	}
	if o.Scraper.Workers == 0 {
		o.Scraper.Workers = schedule.Workers
	}
	if o.Scraper.Timeout == 0 {
		o.Scraper.Timeout = schedule.Timeout
	}
	if o.Hosts == 0 {
		o.Hosts = 8 * o.Scraper.Workers
	}
	if o.Turn == 0 {
		o.Turn = 30 * time.Second
	}
	if o.Connections == 0 {
		o.Connections = 16
	}
	if o.Logger == nil {
		o.Logger = silent
	}
	o.Hosts = min(o.Hosts, maxHosts)
	return o, nil
}

// maxHosts is the maximum number of workers that River allows for a queue.
const maxHosts = 10_000

// A Fleet is a database of crawls and a Scraper that takes part in them. It is safe for concurrent use.
type Fleet struct {
	opts    Options
	store   store
	queue   queue
	scraper *scraper.Scraper
	clock   clock
	closing time.Duration // see closingWait

	mu    sync.Mutex
	hosts map[string]int // IDs of hosts by name: a cache
	seeds map[seedKey]int

	knowsBusyHosts bool // see loadBusyHosts
}

// Open opens a database and creates missing tables. It does not start to crawl. The name is a file for SQLite
// ("crawl.db", created if it does not exist), or a URL for PostgreSQL 13 or newer ("postgres://user@host/name").
//
// Errors: ErrOptions, ErrOpen, ErrSchema, and scraper.ErrOptions.
func Open(ctx context.Context, name string, options Options) (*Fleet, error) {
	opts, err := options.withDefaults()
	if err != nil {
		return nil, err
	}
	if err := checkName(name); err != nil {
		return nil, err
	}
	s, err := scraper.New(opts.Scraper)
	if err != nil {
		return nil, err
	}
	f := &Fleet{opts: opts, scraper: s, closing: closingWait, hosts: make(map[string]int), seeds: make(map[seedKey]int)}
	if isPostgres(name) {
		f.store, err = openPostgres(ctx, name, opts.Connections)
	} else {
		f.store, err = openSQLite(ctx, name)
	}
	if err != nil {
		s.Close()
		if errors.Is(err, ErrSchema) || errors.Is(err, ErrOptions) {
			return nil, err
		}
		return nil, fmt.Errorf("%w: %w", ErrOpen, err)
	}
	f.queue = f.store.queue(&f.clock)
	if err := f.clock.sync(ctx, f.store); err != nil {
		f.Close()
		return nil, fmt.Errorf("%w: %w", ErrOpen, err)
	}
	return f, nil
}

// checkName returns ErrOptions for a name that is neither a file nor a URL of PostgreSQL. A mistyped URL would
// otherwise become the name of a new file.
func checkName(name string) error {
	scheme, _, isURL := strings.Cut(name, ":")
	switch {
	case name == "":
		return fmt.Errorf("%w: the database has no name", ErrOptions)
	case !isURL || !slices.Contains(urlSchemes, scheme), isPostgres(name):
		return nil
	}
	return fmt.Errorf("%w: the name of the database must be a file, or begin with postgres://", ErrOptions)
}

func isPostgres(name string) bool {
	return strings.HasPrefix(name, "postgres://") || strings.HasPrefix(name, "postgresql://")
}

// urlSchemes are the schemes of URLs that other programs accept as names of databases.
var urlSchemes = strings.Fields("postgres postgresql mysql mariadb sqlite sqlite3 file")

// Close closes the database. Call it only after all calls of Crawl have returned.
func (f *Fleet) Close() {
	f.scraper.Close()
	f.store.close()
}

// Backup makes a consistent copy of a SQLite database in a new file, even while the database is in use. For PostgreSQL,
// use pg_dump; Backup returns ErrOptions.
func (f *Fleet) Backup(ctx context.Context, path string) error {
	if err := f.store.backup(ctx, path); err != nil {
		return fmt.Errorf("fleet: backup: %w", err)
	}
	return nil
}
