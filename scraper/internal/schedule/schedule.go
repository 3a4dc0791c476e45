// Package schedule holds what the two schedules of visits, scraper.Crawl and package fleet, have in common and nobody
// else is to see.
package schedule

import (
	"errors"
	"time"
)

// What zero means in scraper.Options.
const (
	// Workers is how many pages are fetched and handled at once.
	Workers = 32
	// Timeout is how long a request may take, its body included.
	Timeout = time.Minute
)

// ErrHandlerExit is the fate of a handler that ends its goroutine (runtime.Goexit), as a failing test does.
var ErrHandlerExit = errors.New("the handler ended its goroutine")
