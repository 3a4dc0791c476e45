package main

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"runtime"
	"slices"
	"sync"

	"github.com/dechaff/dechaff/cleaner"
	"github.com/dechaff/dechaff/examples/internal/record"
)

// Exit statuses.
const (
	exitClean  = 0
	exitFailed = 1
	exitUsage  = 2
)

type config struct {
	format   string
	urlsFile string
	removed  bool
	noSite   bool
	options  cleaner.Options
	workers  int
	paths    []string
}

func parseFlags(args []string, stderr io.Writer) (config, error) {
	var c config
	fs := flag.NewFlagSet("clean", flag.ContinueOnError)
	fs.SetOutput(stderr)
	fs.Usage = func() {
		fmt.Fprintln(stderr, "usage: clean [flags] PATH…\n\n"+
			"A PATH is a saved page, a text, a folder of those, or - for standard input.\n\nflags:")
		fs.PrintDefaults()
	}
	fs.StringVar(&c.format, "format", "markdown", "`text`, markdown, html, json or jsonl")
	fs.StringVar(&c.urlsFile, "urls", "", "`file` of JSON lines with id and url: the addresses of the pages")
	fs.BoolVar(&c.removed, "removed", false, "also say what was taken out and why")
	fs.BoolVar(&c.noSite, "no-site", false, "do not learn from what the pages of a host have in common")
	fields := fs.String("fields", "", "more `fields` of json and jsonl, by comma, or all: "+record.ExtraFields())
	fs.IntVar(&c.workers, "workers", runtime.NumCPU(), "pages at a time")
	if err := fs.Parse(args); err != nil {
		return c, err
	}
	if c.paths = fs.Args(); len(c.paths) == 0 {
		fs.Usage()
		return c, errors.New("no path given")
	}
	if !slices.Contains(formats, c.format) {
		return c, fmt.Errorf("-format is none of %v: %q", formats, c.format)
	}
	if err := record.Ask(&c.options, *fields); err != nil {
		return c, fmt.Errorf("-fields: %w", err)
	}
	if c.workers < 1 {
		return c, fmt.Errorf("-workers must be at least 1: %d", c.workers)
	}
	return c, nil
}

// run is the program: it returns the exit status.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	c, err := parseFlags(args, stderr)
	switch {
	case errors.Is(err, flag.ErrHelp):
		return exitClean
	case err != nil:
		fmt.Fprintln(stderr, "clean:", err)
		return exitUsage
	}
	urls, err := readURLs(c.urlsFile)
	if err != nil {
		fmt.Fprintln(stderr, "clean:", err)
		return exitUsage
	}
	out := bufio.NewWriter(stdout)
	failed := false
	pages := findPages(c.paths, stdin, func(err error) {
		fmt.Fprintln(stderr, "clean:", err)
		failed = true
	})
	p := printer{config: c, out: out, stderr: stderr}
	var known sites
	if !c.noSite {
		known = learn(ctx, pages, urls, c.workers)
	}
	for r := range cleanAll(ctx, cleaner.New(c.options), pages, urls, known, c.workers) {
		if r.err == nil {
			r.err = p.print(r)
		}
		if r.err != nil {
			fmt.Fprintf(stderr, "clean: %s: %v\n", r.page.name, r.err)
			failed = true
		}
	}
	if err := out.Flush(); err != nil {
		fmt.Fprintln(stderr, "clean:", err)
		failed = true
	}
	if err := ctx.Err(); err != nil {
		fmt.Fprintln(stderr, "clean: stopped")
		failed = true
	}
	if failed {
		return exitFailed
	}
	return exitClean
}

// A result is the result of one page: an article or, for a .txt file, its clean text.
type result struct {
	page    page
	article *cleaner.Article
	text    string
	err     error
}

// cleanAll cleans pages in parallel and yields the results in page order. Only a few pages per worker are in memory at
// a time.
func cleanAll(
	ctx context.Context, cl *cleaner.Cleaner, pages []page, urls map[string]string, known sites, workers int,
) func(func(result) bool) {
	return func(yield func(result) bool) {
		ctx, cancel := context.WithCancel(ctx)
		slots := make(chan chan result, 4*workers) // in page order; bounds the results that wait to be printed
		jobs := make(chan func())
		var wg sync.WaitGroup
		for range workers {
			wg.Go(func() {
				for job := range jobs {
					job()
				}
			})
		}
		wg.Go(func() {
			defer close(slots)
			defer close(jobs)
			for _, pg := range pages {
				slot := make(chan result, 1)
				select {
				case slots <- slot:
				case <-ctx.Done():
					return
				}
				select {
				case jobs <- func() { slot <- pg.clean(cl, urls[pg.id], known) }:
				case <-ctx.Done():
					close(slot)
					return
				}
			}
		})
		defer wg.Wait()
		defer cancel()
		for slot := range slots {
			if r, ok := <-slot; ok && !yield(r) {
				return
			}
		}
	}
}
