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

// ErrHandlerExit is the error of a handler that ends its goroutine by runtime.Goexit, as a failing test does.
var ErrHandlerExit = errors.New("the handler ended its goroutine")
