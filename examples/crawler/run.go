package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"time"

	"github.com/dechaff/dechaff/cleaner"
	"github.com/dechaff/dechaff/scraper"
	"github.com/dechaff/dechaff/scraper/fleet"
)

// stopAfter is how long a stopped crawl may go on: what hangs on the network is then left behind.
const stopAfter = 800 * time.Millisecond

// leaveAfter is the same with -state, where the hosts are to be given to others.
const leaveAfter = 10 * time.Second

// demoDelay is the pace of the demo, whose server is this program itself.
const demoDelay = 20 * time.Millisecond

// run is the program: it returns the exit status.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	c, err := parseFlags(args, stderr)
	switch {
	case errors.Is(err, flag.ErrHelp):
		return exitWritten
	case err != nil:
		fmt.Fprintln(stderr, "crawler:", err)
		return exitUsage
	}
	if c.demo {
		demo, err := startDemo(ctx)
		if err != nil {
			fmt.Fprintln(stderr, "crawler:", err)
			return exitNothing
		}
		defer func() { _ = demo.Close() }()
		c.seeds, c.allowPrivate, c.delay = []string{demo.URL + "/"}, true, demoDelay
		fmt.Fprintf(stdout, "No URL given: crawling the demo site at %s\n", demo.URL)
	}
	w, err := newWriter(c.out, c.saveHTML, c.state != "")
	if err != nil {
		fmt.Fprintln(stderr, "crawler:", err)
		return exitNothing
	}
	sites, err := c.newSites()
	if err != nil {
		fmt.Fprintln(stderr, "crawler:", err)
		return exitNothing
	}
	s := &session{
		sites: sites, config: c, writer: w, cleaner: cleaner.New(cleaner.Options{}), views: newViewBook(),
		summary: newSummary(c.demo), progress: newProgress(stdout),
	}
	if c.verbose {
		s.logger = slog.New(slog.NewTextHandler(stderr, &slog.HandlerOptions{Level: slog.LevelDebug}))
	}
	err = s.crawl(ctx)
	s.progress.end()
	if closeErr := errors.Join(w.Close(), s.finishSites(ctx)); closeErr != nil {
		fmt.Fprintln(stderr, "crawler:", closeErr)
	}
	if err != nil && ctx.Err() == nil && !errors.Is(err, scraper.ErrNoPages) {
		fmt.Fprintln(stderr, "crawler:", err)
	}
	if c.demo {
		showArticles(stdout, s.summary.articlesKept())
	}
	s.summary.print(stdout, c.out, ctx.Err() != nil)
	if w.count() == 0 {
		return exitNothing
	}
	return exitWritten
}

// A session is one crawl on its way.
type session struct {
	config
	writer   *writer
	cleaner  *cleaner.Cleaner
	sites    *siteBook // nil with -no-site
	summary  *summary
	views    *viewBook
	progress *progress
	logger   *slog.Logger // nil for silence
}

// crawl runs the job; when ctx ends it returns soon, whatever the network does.
func (s *session) crawl(ctx context.Context) error {
	delay := s.delay
	if delay == 0 {
		delay = -1 // the scraper's zero means its default
	}
	options := scraper.Options{UserAgent: s.userAgent, Delay: delay, AllowPrivate: s.allowPrivate, Cache: s.cache, Logger: s.logger}
	job := scraper.Job{
		Seeds: s.seeds, MaxPages: s.max, MaxDepth: s.depth, Scope: s.scope,
		Sitemaps: s.sitemaps, Feeds: s.feeds, JoinParts: s.join, NoIndex: s.noIndex,
		Progress: s.progress.update,
		OnError:  func(r scraper.Request, err error) { s.summary.failed(r.URL, err) },
	}
	if s.state == "" {
		sc, err := scraper.New(options)
		if err != nil {
			return err
		}
		return s.wait(ctx, stopAfter, func() (scraper.Stats, error) { return sc.Crawl(ctx, job, s.handle) })
	}
	f, err := fleet.Open(ctx, s.state, fleet.Options{Scraper: options, Logger: s.logger})
	if err != nil {
		return err
	}
	return s.wait(ctx, leaveAfter, func() (scraper.Stats, error) {
		defer f.Close()
		return f.Crawl(ctx, fleet.Job{Name: s.name, Job: job}, s.handle)
	})
}

// wait returns when the crawl does, and at the latest a while after ctx has ended.
func (s *session) wait(ctx context.Context, while time.Duration, crawl func() (scraper.Stats, error)) error {
	done := make(chan error, 1)
	go func() {
		stats, err := crawl()
		s.summary.finish(stats)
		done <- err
	}()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
	}
	select {
	case err := <-done:
		return err
	case <-time.After(while):
		return ctx.Err()
	}
}

// handle cleans one page and writes its article. A page without an article is counted, not failed.
func (s *session) handle(ctx context.Context, p *scraper.Page) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := s.writer.saveHTML(p); err != nil {
		return err
	}
	site, known := s.sites.of(p)
	a, err := cleanPage(s.cleaner, site, known, documents(p))
	if errors.Is(err, cleaner.ErrNoArticle) {
		s.summary.noArticle(p.Request.URL)
		return nil
	}
	if err != nil {
		return err
	}
	if isList(a) {
		s.summary.noArticle(p.Request.URL)
		return nil
	}
	if s.views.isView(p, a) {
		s.summary.view()
		return nil
	}
	file, err := s.writer.write(p, a, note(known, false))
	if err != nil {
		return err
	}
	if err := s.sites.keep(strings.TrimSuffix(file, ".md"), p, known); err != nil {
		return err
	}
	s.views.learn(p, a)
	s.summary.article(a)
	s.progress.article(file, a)
	return nil
}
