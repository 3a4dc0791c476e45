package cleaner

import "io"

// A contextReader fails when its context is done.
type contextReader struct {
	interrupted func() error // the context's Err method
	r           io.Reader
}

func (c *contextReader) Read(b []byte) (int, error) {
	if err := c.interrupted(); err != nil {
		return 0, err
	}
	return c.r.Read(b)
}

// Len returns the number of unread bytes in the underlying reader, or 0 if that reader does not know it. If the number
// is known, the page is read in one step.
func (c *contextReader) Len() int {
	if sized, ok := c.r.(interface{ Len() int }); ok {
		return sized.Len()
	}
	return 0
}
