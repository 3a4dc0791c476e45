package fleet

import (
	"context"
	"sync"
	"time"
)

// clock estimates the time of the database, which all workers use, within bounds: the database read it at some moment
// between the query and the response. Between two readings, the process's monotonic clock is added.
type clock struct {
	mu              sync.Mutex
	asked, answered time.Time
	said            int64 // the database's time in milliseconds since 1970
}

func (c *clock) sync(ctx context.Context, s store) error {
	asked := time.Now()
	said, err := s.now(ctx)
	if err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.asked, c.answered, c.said = asked, time.Now(), said
	return nil
}

// earliest returns a lower bound of the database's time, to decide that a time has been reached.
func (c *clock) earliest() int64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.said + time.Since(c.answered).Milliseconds()
}

// latest returns an upper bound of the database's time, to make sure that a time has not been reached.
func (c *clock) latest() int64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.said + time.Since(c.asked).Milliseconds() + 2 // rounding by the division and by the database
}

// ahead converts a time of this process to an equal or later time of the database. The zero time is 0.
func (c *clock) ahead(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return c.latest() + max(time.Until(t).Milliseconds(), -1<<40)
}

// local converts a time of the database to a time of this process at which the database has certainly reached it. 0 is
// the zero time.
func (c *clock) local(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.Now().Add(time.Duration(ms-c.earliest()) * time.Millisecond)
}
