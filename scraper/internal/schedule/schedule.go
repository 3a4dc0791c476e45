// Package schedule has what the two schedules of visits, scraper.Crawl and package fleet, have in common and what is
// not public.
package schedule

import (
	"errors"
	"time"
)

// The defaults of scraper.Options.
const (
	// Workers is how many pages are fetched and handled at once.
	Workers = 32
	// Timeout is how long a request may take, its body included.
	Timeout = time.Minute
)

// ErrHandlerExit is the error of a handler that ends its goroutine by runtime.Goexit, as a failing test does.
var ErrHandlerExit = errors.New("the handler ended its goroutine")
