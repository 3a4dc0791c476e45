package fleet

import (
	"context"
	"sync"
	"time"
)

// steadyClock is the clock of a database, which all processes that use the database share. It is the clock of the
// database's machine, except that it never goes back: all due times and leases in the database would then be in the
// future. A table keeps the time that it has reached. If the machine's clock is set back, the database's clock is ahead
// from then on.
type steadyClock struct {
	mu      sync.Mutex
	reached int64     // in milliseconds since 1970
	at      time.Time // when it was reached
}

const createClock = "CREATE TABLE IF NOT EXISTS dechaff_clock (id integer PRIMARY KEY, reached bigint NOT NULL)"

// now returns the database's time. The argument wall is an SQL expression for the time of the machine's clock, in
// milliseconds since 1970, and args are its arguments from $2 on.
func (c *steadyClock) now(ctx context.Context, e executor, wall string, args ...any) (int64, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	at := time.Now()
	if !c.at.IsZero() {
		c.reached += at.Sub(c.at).Milliseconds() // by the monotonic clock
	}
	later := "CASE WHEN CAST($1 AS bigint) > " + wall + " THEN CAST($1 AS bigint) ELSE " + wall + " END"
	_, err := queryRow(ctx, e, `INSERT INTO dechaff_clock (id, reached) VALUES (1, `+later+`)
		ON CONFLICT (id) DO UPDATE SET reached = CASE WHEN excluded.reached > dechaff_clock.reached
			THEN excluded.reached ELSE dechaff_clock.reached END
		RETURNING reached`, append([]any{c.reached}, args...), &c.reached)
	if err != nil {
		c.at = time.Time{}
		return 0, err
	}
	c.at = at
	return c.reached, nil
}

// riverTime makes River use the database's time instead of this machine's. Otherwise, River would plan turns by the
// clock of one machine and start them by that of another: if the clocks differ by an hour, turns would wait for an
// hour. River needs the interface for its own tests, but uses it everywhere, except for removing old jobs and rescuing
// jobs that seem to be stuck.
type riverTime struct{ clock *clock }

// Now returns the database's time. Its monotonic clock reading is that of this process.
func (r riverTime) Now() time.Time {
	now := time.Now()
	return now.Add(time.Duration(r.clock.latest()-now.UnixMilli()) * time.Millisecond)
}

// NowOrNil returns the same time as Now.
func (r riverTime) NowOrNil() *time.Time {
	now := r.Now()
	return &now
}

// machineIsAhead returns how far this machine's clock is ahead of the database's time, or 0.
func (r riverTime) machineIsAhead() time.Duration {
	return max(time.Duration(time.Now().UnixMilli()-r.clock.latest())*time.Millisecond, 0)
}
