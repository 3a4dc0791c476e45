package scraper

import (
	"context"
	"runtime/debug"
)

// A Handler is called with each page. Its error, or its panic, is reported as the page's error. A Crawl calls it from
// several goroutines. A Handler must not change the page's tree.
type Handler func(ctx context.Context, p *Page) error

func callHandler(ctx context.Context, handler Handler, page *Page) (err error) {
	if handler == nil {
		return nil
	}
	defer func() {
		if value := recover(); value != nil {
			err = &PanicError{Value: value, Stack: debug.Stack()}
		}
	}()
	return handler(ctx, page)
}
