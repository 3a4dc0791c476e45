package fleet

import (
	"context"
	"sync"
	"time"
)

// sqliteClock is the clock of a SQLite database, which all processes that use the file share. It is this machine's
// clock, except that it never goes back: all due times and leases in the database would then be in the future. A table
// keeps the time that it has reached. If this machine's clock is set back, the database's clock is ahead from then on.
type sqliteClock struct {
	mu      sync.Mutex
	reached int64     // in milliseconds since 1970
	at      time.Time // when it was reached
	ahead   int64     // how far River's times were ahead when they were last corrected, in milliseconds
}

// maxAhead is how far the database's clock may be ahead of this machine's clock before River's times are corrected, in
// milliseconds.
const maxAhead = 5000

// now returns the database's time.
func (s *sqliteStore) now(ctx context.Context) (int64, error) {
	c := &s.clock
	c.mu.Lock()
	defer c.mu.Unlock()
	at := time.Now()
	wall := at.UnixMilli()
	if !c.at.IsZero() {
		c.reached += at.Sub(c.at).Milliseconds() // by the monotonic clock
	}
	_, err := queryRow(ctx, s, `INSERT INTO dechaff_clock (id, reached) VALUES (1, $1)
		ON CONFLICT (id) DO UPDATE SET reached = max(reached, excluded.reached) RETURNING reached`,
		[]any{max(c.reached, wall)}, &c.reached)
	if err != nil {
		c.at = time.Time{}
		return 0, err
	}
	c.at = at
	if ahead := c.reached - wall; ahead > c.ahead+maxAhead {
		if err := s.hurryRiver(ctx); err != nil {
			return 0, err
		}
		c.ahead = ahead
	}
	return c.reached, nil
}

// hurryRiver makes River run all waiting jobs now. River uses this machine's clock, so after that was set back, jobs
// would wait until it reaches their time again, and so would the election of a leader, if the last one has crashed. A
// turn that begins too early ends at once.
func (s *sqliteStore) hurryRiver(ctx context.Context) error {
	_, err := s.exec(ctx, `UPDATE river_job SET scheduled_at = datetime('now', 'subsec')
		WHERE state IN ('available', 'scheduled', 'retryable') AND scheduled_at > datetime('now', 'subsec')`)
	if err == nil {
		_, err = s.exec(ctx, "DELETE FROM river_leader WHERE expires_at > datetime('now', '+1 minute')")
	}
	return err
}
