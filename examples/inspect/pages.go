package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/dechaff/dechaff/examples/internal/input"
	"github.com/dechaff/dechaff/scraper"
)

// maxMemory is the maximum total size in bytes of the pages in memory.
const maxMemory = 512 << 20

// errNoPages means that none of the arguments contains a page.
var errNoPages = errors.New("no page could be read (an address begins with https:// or http://)")

// A source is a page and the folder that contains its file. The folder is "" if the page has no file of its own.
type source struct {
	*input.Page

	folder string
}

// maxFile is the maximum size in bytes of a file that is shown as part of a page.
const maxFile = 2 << 20

// file returns a file that was saved with the page, or false if it is not in the page's folder or a subfolder, or is
// larger than maxFile.
func (s source) file(path string) ([]byte, bool) {
	if s.folder == "" {
		return nil, false
	}
	root, err := os.OpenRoot(s.folder)
	if err != nil {
		return nil, false
	}
	defer func() { _ = root.Close() }()
	info, err := root.Stat(path)
	if err != nil || !info.Mode().IsRegular() || info.Size() > maxFile {
		return nil, false
	}
	b, err := root.ReadFile(path)
	return b, err == nil
}

// readPages reads the pages that the arguments name. It calls the function report for each input that cannot be read.
// For a URL that cannot be fetched, it returns an error instead.
func readPages(ctx context.Context, c config, stdin io.Reader, report func(error)) ([]source, error) {
	var pages []source
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
		pages = append(pages, source{Page: page})
	}
	o := input.Options{Stdin: stdin}
	found, err := input.Find(paths, "", o, func(err error, named bool) {
		var kind *input.KindError
		if named || !errors.As(err, &kind) { // other files in a folder are skipped silently
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
			of := source{Page: p}
			if in.Kind == "html" && !in.Once() {
				of.folder = filepath.Dir(in.Name)
			}
			pages = append(pages, of)
			return true
		})
		if err != nil {
			report(err)
		}
		if full {
			report(fmt.Errorf("only the first %d pages are read (limits: -max-pages and %d MB)", len(pages), maxMemory>>20))
			break
		}
	}
	if len(pages) == 0 {
		return nil, errNoPages
	}
	if c.address != "" {
		if len(pages) > 1 {
			return nil, fmt.Errorf("%w: -url is for one page, but there are %d", errUsage, len(pages))
		}
		pages[0].URL = c.address
	}
	return pages, nil
}

// isAddress reports whether an argument is the address of a page rather than a file.
func isAddress(argument string) bool {
	if _, err := os.Stat(argument); err == nil {
		return false
	}
	return isWebAddress(argument)
}

func isWebAddress(s string) bool {
	return strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://")
}

// fetch fetches a web page with the scraper.
func fetch(ctx context.Context, address string, allowPrivate bool) (*input.Page, error) {
	s, err := scraper.New(scraper.Options{AllowPrivate: allowPrivate})
	if err != nil {
		return nil, err
	}
	defer s.Close()
	page, err := s.Fetch(ctx, address)
	if errors.Is(err, scraper.ErrForbiddenAddress) {
		return nil, fmt.Errorf("%w (use -allow-private to fetch it)", err)
	}
	if err != nil {
		return nil, err
	}
	return &input.Page{
		ID: page.Request.URL, URL: page.Request.URL, URLSource: input.FromRecord,
		ContentType: page.Header.Get("Content-Type"), Body: page.Body,
	}, nil
}
