package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/dechaff/dechaff/examples/internal/input"
	"github.com/dechaff/dechaff/scraper"
)

// maxMemory is how many bytes of pages are kept.
const maxMemory = 512 << 20

// errNoPages means that none of the arguments has a page.
var errNoPages = errors.New("no page could be read")

// readPages reads the pages that the arguments name. report is called for what cannot be read.
func readPages(ctx context.Context, c config, stdin io.Reader, report func(error)) ([]*input.Page, error) {
	var pages []*input.Page
	var paths []string
	for _, a := range c.arguments {
		if !isAddress(a) {
			paths = append(paths, a)
			continue
		}
		page, err := fetch(ctx, a, c.allowPrivate)
		if err != nil {
			return nil, err
		}
		pages = append(pages, page)
	}
	o := input.Options{Stdin: stdin}
	found, err := input.Find(paths, "", o, func(err error, named bool) {
		var kind *input.KindError
		if named || !errors.As(err, &kind) { // what is no page in a folder is not worth a line
			report(err)
		}
	})
	if err != nil {
		return nil, err
	}
	size, full := 0, false
	for _, in := range found {
		err := in.Pages(ctx, o, func(p *input.Page) bool {
			if p.Prepare(); p.Skip != "" || p.IsText {
				return true
			}
			if full = len(pages) >= c.maxPages || size+len(p.Body) > maxMemory; full {
				return false
			}
			size += len(p.Body)
			pages = append(pages, p)
			return true
		})
		if err != nil {
			report(err)
		}
		if full {
			report(fmt.Errorf("only the first %d pages are read: -max-pages, or %d MB", len(pages), maxMemory>>20))
			break
		}
	}
	if len(pages) == 0 {
		return nil, errNoPages
	}
	if c.address != "" {
		if len(pages) > 1 {
			return nil, fmt.Errorf("%w: -url is for one page, and there are %d", errUsage, len(pages))
		}
		pages[0].URL = c.address
	}
	return pages, nil
}

// isAddress reports whether an argument is the address of a page, and not a file.
func isAddress(argument string) bool {
	if _, err := os.Stat(argument); err == nil {
		return false
	}
	return strings.HasPrefix(argument, "http://") || strings.HasPrefix(argument, "https://")
}

// fetch fetches a page.
func fetch(ctx context.Context, address string, allowPrivate bool) (*input.Page, error) {
	s, err := scraper.New(scraper.Options{AllowPrivate: allowPrivate})
	if err != nil {
		return nil, err
	}
	defer s.Close()
	page, err := s.Fetch(ctx, address)
	if err != nil {
		return nil, err
	}
	return &input.Page{
		ID: page.Request.URL, URL: page.Request.URL, URLSource: input.FromRecord,
		ContentType: page.Header.Get("Content-Type"), Body: page.Body,
	}, nil
}
