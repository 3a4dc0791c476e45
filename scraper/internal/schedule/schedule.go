// Package schedule holds what scraper.Crawl and package fleet, the two schedules of visits, share but do not export.
package schedule

import (
	"errors"
	"time"
)

// The defaults of scraper.Options.
const (
	// Workers is how many pages are fetched and handled at once.
	Workers = 32
	// Timeout is how long a request may take, including its body.
	Timeout = time.Minute
)

// MaxRow is how many pages may wait in a row, each for the next one, which it names by rel=canonical. Real rows have
// two or three pages. A site could make them without end.
const MaxRow = 16

// ErrHandlerExit is the error of a handler that ends its goroutine by runtime.Goexit, as a failing test does.
var ErrHandlerExit = errors.New("the handler ended its goroutine")
