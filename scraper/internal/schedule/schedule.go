// Package schedule contains what scraper.Crawl and package fleet share but do not export. Both schedule visits.
package schedule

import (
	"errors"
	"time"
)

// The defaults of the fields of scraper.Options that have the same names.
const (
	// Workers is how many pages are fetched and handled at once.
	Workers = 32
	// Timeout is how long a request may take, including its body.
	Timeout = time.Minute
	// MaxRetryAfter is the longest Retry-After for which a page waits.
	MaxRetryAfter = 5 * time.Minute
)

// MaxRow is the maximum length of a chain of waiting pages, each of which names the next one by rel=canonical. Real
// chains have two or three pages, but a site could make an endless one.
const MaxRow = 16

// ErrHandlerExit is the error of a handler that ends its goroutine by runtime.Goexit, as a failing test does.
var ErrHandlerExit = errors.New("the handler ended its goroutine")
