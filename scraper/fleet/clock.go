package fleet

import (
	"context"
	"sync"
	"time"
)

// clock estimates the database's time, which all workers use, and gives bounds on it: the database read its clock at
// some moment between the query and the response. The time since that reading is measured with the process's monotonic
// clock.
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

// earliest returns a lower bound on the database's time. A time that is not later than this bound has certainly been
// reached.
func (c *clock) earliest() int64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.said + time.Since(c.answered).Milliseconds()
}

// latest returns an upper bound on the database's time. A time that is later than this bound has certainly not been
// reached.
func (c *clock) latest() int64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.said + time.Since(c.asked).Milliseconds() + 2 // 2 ms, for rounding here and in the database
}

// ahead converts a time of this process to an equal or later time of the database. The zero time becomes 0.
func (c *clock) ahead(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return c.latest() + max(time.Until(t).Milliseconds(), -1<<40)
}

// local converts a time of the database to a time of this process by which the database's clock has certainly reached
// it. 0 becomes the zero time.
func (c *clock) local(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.Now().Add(time.Duration(ms-c.earliest()) * time.Millisecond)
}
