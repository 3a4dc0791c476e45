package cleaner

import "io"

// stopEvery is how many nodes or blocks a long walk goes between two looks at the context: some milliseconds.
const stopEvery = 2048

// isStopped reports whether the work on the page is to end. It looks at the context, unless that cannot be canceled.
func (p *page) isStopped() bool {
	if p.interrupted != nil && p.stopped == nil {
		p.stopped = p.interrupted()
	}
	return p.stopped != nil
}

// isStoppedAt is isStopped for step i of a long walk: it looks every few thousand steps. A walk that is stopped leaves
// its notes unfinished, and no stage reads them: clean looks again before the next.
func (p *page) isStoppedAt(i int) bool {
	return p.interrupted != nil && i%stopEvery == stopEvery-1 && p.isStopped()
}

// A contextReader fails when its context is done.
type contextReader struct {
	interrupted func() error // the context's Err
	r           io.Reader
}

func (c *contextReader) Read(b []byte) (int, error) {
	if err := c.interrupted(); err != nil {
		return 0, err
	}
	return c.r.Read(b)
}

// Len is the reader's length if it has one, so that the page is read at once.
func (c *contextReader) Len() int {
	if sized, ok := c.r.(interface{ Len() int }); ok {
		return sized.Len()
	}
	return 0
}
