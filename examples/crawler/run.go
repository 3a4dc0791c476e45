package main

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"log/slog"
	"math"
	"os"
	"runtime/debug"
	"sync"
	"time"

	"github.com/dechaff/dechaff/cleaner"
	"github.com/dechaff/dechaff/scraper"
	"github.com/dechaff/dechaff/scraper/fleet"
)

// stopAfter is how long a stopped crawl may continue before hanging requests are abandoned.
const stopAfter = 800 * time.Millisecond

// leaveAfter replaces stopAfter for a crawl with -state. It is longer, so that the crawl's hosts can be released to
// other processes.
const leaveAfter = 10 * time.Second

// demoDelay is the delay between requests in the demo, whose server is this program itself.
const demoDelay = 20 * time.Millisecond

// run runs the program and returns its exit status.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	// A crawl keeps little data in memory but produces much garbage. This setting saves a third of the memory, and
	// costs a few percent more time.
	defer debug.SetGCPercent(debug.SetGCPercent(40))
	c, err := parseFlags(args, stderr)
	switch {
	case errors.Is(err, flag.ErrHelp):
		return exitFinished
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
		c.images, c.offlineLinks = true, true
		fmt.Fprintf(stdout, "No URL given: crawling the demo site at %s\n", demo.URL)
	}
	if err := errors.Join(c.checkScraper(), c.access.open(c.seeds, os.Stdin, stderr), c.rendering.open()); err != nil {
		fmt.Fprintln(stderr, "crawler:", err)
		return exitUsage
	}
	if err := c.logIn(ctx); err != nil {
		fmt.Fprintln(stderr, "crawler:", err)
		return exitNothing
	}
	defer c.rendering.end()
	s, err := newSession(c, stdout, stderr)
	if err != nil {
		fmt.Fprintln(stderr, "crawler:", err)
		return exitNothing
	}
	return s.run(ctx)
}

// A session is one crawl by one process.
type session struct {
	config
	stdout, stderr io.Writer

	writer   *writer
	sinks    []pageSink
	files    fileFetcher  // fetches the articles' pictures; nil before the crawl
	database *fleet.Fleet // open after the crawl, to fetch pictures; nil without -state
	cleaner  *cleaner.Cleaner
	sites    *siteBook // nil with -no-site
	summary  *summary
	views    *viewBook
	visits   visitBook
	aliases  *aliasBook // nil without -offline-links
	progress *progress
	logger   *slog.Logger // nil if nothing is logged

	stop     context.CancelCauseFunc // ends the crawl, with a reason
	waitSaid sync.Once
}

// newSession opens the files and folders to which a crawl writes, and loads what earlier runs left there.
func newSession(c config, stdout, stderr io.Writer) (*session, error) {
	w, err := newWriter(&c)
	if err != nil {
		return nil, err
	}
	sites, err := c.newSites()
	if err != nil {
		return nil, errors.Join(err, w.Close(), w.lock.Close())
	}
	options := c.options
	options.Entries = true // isListing counts them
	s := &session{
		config: c, stdout: stdout, stderr: stderr, writer: w, cleaner: cleaner.New(options), sites: sites,
		summary: newSummary(c.demo), views: newViewBook(), progress: newProgress(stdout),
	}
	if err := s.openOutput(); err != nil {
		return nil, errors.Join(err, s.closeOutput(), w.Close(), w.lock.Close())
	}
	if w.changes != nil {
		s.visits = visitBook{visited: make(map[digest]bool), seeds: make(map[string]bool)}
	}
	if c.verbose {
		s.logger = slog.New(slog.NewTextHandler(stderr, &slog.HandlerOptions{Level: slog.LevelDebug}))
		faults := slog.NewLogLogger(s.logger.Handler(), slog.LevelDebug)
		log.SetFlags(0) // the logger adds the time
		log.SetOutput(faults.Writer())
	}
	return s, nil
}

// run crawls, completes the files, prints the summary and returns the exit status.
func (s *session) run(ctx context.Context) int {
	crawling, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	s.stop = stop
	err := s.crawl(crawling)
	s.progress.end()
	stopped := stopReason(ctx, crawling, err)
	finishErr := s.finish(ctx, stopped != nil)
	if s.database != nil {
		s.database.Close()
	}
	s.progress.end()
	if finishErr != nil && ctx.Err() != nil {
		finishErr, stopped = nil, errSignal
	}
	if finishErr != nil {
		fmt.Fprintln(s.stderr, "crawler:", finishErr)
		if stopped == nil {
			stopped = finishErr
		}
	}
	if err != nil && stopped == nil {
		fmt.Fprintln(s.stderr, "crawler:", err)
	}
	if s.demo {
		showArticles(s.stdout, s.summary.articlesKept())
	}
	s.rules.PrintFaults(s.stderr, "crawler")
	s.summary.print(s.stdout, s.out, formatNames(s.formats), s.stopMessage(stopped))
	if stopped == nil {
		s.printHint()
	}
	s.writer.changes.print(s.stdout)
	return s.status(stopped)
}

// errSignal is the reason why a crawl ends after a signal.
var errSignal = errors.New("interrupted by a signal")

// stopReason returns why a crawl ended early, with work left, or nil if it did not. A crawl that could not start or
// could not fetch any page has not ended early: no work is left.
func stopReason(ctx, crawling context.Context, err error) error {
	switch {
	case ctx.Err() != nil:
		return errSignal
	case crawling.Err() != nil:
		return context.Cause(crawling)
	case err == nil, errors.Is(err, scraper.ErrNoPages), errors.Is(err, scraper.ErrOptions), errors.Is(err, fleet.ErrOpen),
		errors.Is(err, fleet.ErrOptions), errors.Is(err, fleet.ErrSchema):
		return nil
	}
	return err
}

// stopMessage tells the user how to continue a crawl that ended early. It returns "" if the crawl did not end early.
func (s *session) stopMessage(reason error) string {
	if reason == nil {
		return ""
	}
	next := "All files written so far are complete."
	if s.state != "" {
		next += " The same command continues where it stopped."
	}
	if errors.Is(reason, errSignal) {
		return "Stopped. " + next
	}
	return fmt.Sprintf("Stopped early: %v. %s", reason, next)
}

// status returns the program's exit status. stopped is the reason why the crawl ended early, or nil.
func (s *session) status(stopped error) int {
	switch {
	case stopped != nil:
		return exitStopped
	case s.writer.written() > 0, s.summary.leftToOthers():
		return exitFinished
	}
	return exitNothing
}

// scraperOptions returns the scraper's options.
func (s *session) scraperOptions() scraper.Options {
	delay := s.delay
	if delay == 0 {
		delay = -1 // 0 would mean the scraper's default
	}
	return scraper.Options{
		UserAgent: s.userAgent, Delay: delay, AllowPrivate: s.allowPrivate, Cache: s.cache, Logger: s.logger,
		HostHeaders: s.hostHeaders, Proxy: s.proxyURL, TLS: s.tls, OnExchange: s.onExchange(),
	}
}

// crawl runs the job. When ctx ends, crawl returns soon, even if requests hang.
func (s *session) crawl(ctx context.Context) error {
	options := s.scraperOptions()
	job := scraper.Job{
		Seeds: s.seeds, MaxPages: s.max, MaxDepth: s.depth, Scope: s.scope, Cookies: s.jar,
		Include: s.include, Exclude: s.exclude, FollowOnly: s.followOnly, NoTrap: s.noTrap,
		SitemapOnly: s.sitemapOnly,
		Sitemaps:    s.sitemaps, Feeds: s.feeds, JoinParts: s.join, NoIndex: s.noIndex,
		ModifiedSince: s.since.Time, Progress: s.progress.update,
		OnError:  s.failed,
		OnSkip:   s.skipped,
		OnNotice: func(_ string, err error) { s.summary.notice(err) },
	}
	s.siteRules.into(&job, &s.access)
	options.HostHeaders, options.Proxy, options.TLS = s.hostHeaders, s.proxyURL, s.tls
	s.rendering.addTo(&options)
	if s.state != "" {
		return s.crawlWithState(ctx, options, job)
	}
	sc, err := scraper.New(options)
	if err != nil {
		return err
	}
	s.files = sc
	return s.wait(ctx, stopAfter, func() (scraper.Stats, error) {
		stats, err := sc.Crawl(ctx, job, s.handle)
		if err == nil {
			err = s.findGone(ctx, sc, job, stats)
		}
		return stats, err
	})
}

// crawlWithState runs the job with its state in the database.
func (s *session) crawlWithState(ctx context.Context, options scraper.Options, job scraper.Job) error {
	f, err := fleet.Open(ctx, s.state, fleet.Options{Scraper: options, Logger: s.logger})
	if err != nil {
		return err
	}
	if s.retryFailed {
		n, err := f.Restart(ctx, s.name)
		if err != nil && !errors.Is(err, fleet.ErrNoCrawl) {
			f.Close()
			return err
		}
		fmt.Fprintf(s.stdout, "Queued again: %d failed pages\n", n)
	}
	return s.wait(ctx, leaveAfter, func() (scraper.Stats, error) {
		stats, err := f.Crawl(ctx, fleet.Job{Name: s.name, Job: job, OnWait: s.waiting}, s.handle)
		if ctx.Err() != nil {
			f.Close()
		} else {
			s.files, s.database = f, f
		}
		return stats, err
	})
}

// skipped handles an address that the crawl skips.
func (s *session) skipped(req scraper.Request, err error) {
	s.visits.visit(&req)
	s.aliases.skipped(&req, err)
}

// waiting tells the user, once, that another worker owns all remaining hosts, and when they become free if that worker
// has crashed.
func (s *session) waiting(w fleet.Wait) {
	s.waitSaid.Do(func() {
		fmt.Fprintf(s.stderr, "crawler: waiting for another worker of this crawl, which owns all remaining hosts (%d). "+
			"If it has crashed, they become free in %d s\n", w.Hosts, int(math.Ceil(time.Until(w.Until).Seconds())))
	})
}

// wait runs a crawl and returns its error. If ctx ends first, it waits for the crawl only for the given duration, and
// then returns ctx.Err().
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

// handle cleans one page and writes its article. If nothing more can be written, it stops the crawl, and the page
// remains unfinished: a crawl with -state delivers it again.
func (s *session) handle(ctx context.Context, p *scraper.Page) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	s.summary.page()
	s.visits.visit(&p.Request)
	s.aliases.visited(&p.Request)
	err := s.cleanAndWrite(p)
	if err != nil { // the cause of any error may be that the folder was replaced
		if gone := s.writer.ledger.check(); gone != nil {
			err = fmt.Errorf("%w: %w", errOutput, gone)
		}
	}
	if errors.Is(err, errOutput) {
		s.stop(err)
		return fmt.Errorf("%w: %w", context.Canceled, err)
	}
	return err
}

// cleanAndWrite cleans one page and writes its article. A page without an article is counted, but is not a failure.
func (s *session) cleanAndWrite(p *scraper.Page) error {
	if err := s.writer.saveHTML(p); err != nil {
		return err
	}
	if s.leaveUnchanged(p) {
		return nil
	}
	site, known := s.sites.of(p)
	a, err := cleanPage(s.cleaner, site, known, documents(p))
	if errors.Is(err, cleaner.ErrNoArticle) {
		s.summary.noArticle(p.Request.URL)
		return s.leaveOut(p)
	}
	if err != nil {
		return err
	}
	if isList(a) || isLocked(p.Document, a) {
		s.summary.noArticle(p.Request.URL)
		return s.leaveOut(p)
	}
	if !s.listings && (isListing(a) || s.views.isExtract(a)) {
		s.summary.listing()
		return s.leaveOut(p)
	}
	if !s.options.Entries {
		a.Entries = nil // only isListing needed them
	}
	if s.isOld(p, a) {
		s.summary.oldPage()
		return s.leaveOut(p)
	}
	if s.views.isView(p, a) {
		s.summary.view()
		return s.leaveOut(p)
	}
	id, what, err := s.writer.write(p, a, note(known, false))
	if err != nil {
		return err
	}
	if err := s.sinkPage(func(sink pageSink) error { return sink.add(p, a, id) }); err != nil {
		return err
	}
	if err := s.sites.keep(id, p, known); err != nil {
		return err
	}
	s.summary.article(a, what)
	if what != articleUnchanged {
		s.sites.learned(p)
		s.progress.article(cmp.Or(s.writer.firstFile(id), id), a)
	}
	return nil
}

// leaveOut handles a page that has no article or whose article is left out: it passes the page, without an article, to
// the formats that get all pages.
func (s *session) leaveOut(p *scraper.Page) error {
	return s.sinkPage(func(sink pageSink) error { return sink.add(p, nil, "") })
}
