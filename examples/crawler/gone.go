package main

import (
	"context"
	"errors"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"sync"

	"github.com/dechaff/dechaff/scraper"
)

// A visitBook records the addresses that a crawl has seen, in order to find articles of earlier runs that this crawl
// has not seen. It is safe for concurrent use.
type visitBook struct {
	mu      sync.Mutex
	visited map[digest]bool // by pageKey; nil without a changeLog
	seeds   map[string]bool // the Request.Seed of each page
}

// visit records an address and the addresses that redirected to it.
func (b *visitBook) visit(req *scraper.Request) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.visited == nil {
		return
	}
	b.visited[pageKey(req.URL)] = true
	for _, address := range req.Via {
		b.visited[pageKey(address)] = true
	}
	b.seeds[req.Seed] = true
}

// failed records a page that could not be fetched. An article whose page returns 404 or 410 is gone.
func (s *session) failed(req scraper.Request, err error) {
	s.visits.visit(&req)
	s.noteGone(&req, err)
	s.summary.failed(err)
}

// noteGone adds a line to changes.jsonl for an article whose page is gone. If that file cannot be written, the crawl
// stops.
func (s *session) noteGone(req *scraper.Request, err error) {
	failure, ok := errors.AsType[*scraper.FetchError](err)
	if !ok || failure.Status != http.StatusNotFound && failure.Status != http.StatusGone {
		return
	}
	for _, address := range append(slices.Clip(req.Via), req.URL) {
		old := s.writer.line(address)
		if old == nil {
			continue
		}
		if err := s.writer.changes.goneArticle(old, failure.Status); err != nil {
			s.stop(err)
		}
	}
}

// findGone requests the pages of articles of earlier runs that the crawl has not seen, because no page links to
// them anymore. Those that return 404 or 410 are gone; the others are written if they have changed. findGone does
// nothing after a crawl that -max or -depth limited. It does nothing with -state either, because another process may
// have visited those pages.
func (s *session) findGone(ctx context.Context, sc *scraper.Scraper, job scraper.Job, stats scraper.Stats) error {
	if !s.writer.changes.hasBaseline() || s.depth != 0 || s.max != 0 && stats.Fetched >= s.max {
		return nil
	}
	unseen := s.unvisited(job)
	if len(unseen) == 0 {
		return nil
	}
	job.Seeds, job.MaxDepth, job.Sitemaps, job.Feeds, job.MaxPages = unseen, scraper.SeedsOnly, false, false, 0
	job.OnSkip = nil
	job.OnError = func(req scraper.Request, err error) { s.noteGone(&req, err) }
	_, err := sc.Crawl(ctx, job, s.handle)
	if errors.Is(err, scraper.ErrNoPages) {
		return nil
	}
	return err
}

// unvisited returns the addresses of articles in the crawl's scope that the crawl has not seen and that are not known
// to be gone.
func (s *session) unvisited(job scraper.Job) (addresses []string) {
	s.visits.mu.Lock()
	defer s.visits.mu.Unlock()
	var seeds []*url.URL
	for seed := range s.visits.seeds {
		if u, err := url.Parse(seed); err == nil {
			seeds = append(seeds, u)
		}
	}
	for _, address := range slices.Sorted(maps.Keys(s.writer.ledger.pages)) {
		u, err := url.Parse(address)
		if err != nil || s.visits.visited[pageKey(address)] || s.writer.changes.isGone(address) {
			continue
		}
		inScope := slices.ContainsFunc(seeds, func(seed *url.URL) bool { return job.Scope(u, seed) })
		if inScope && !matches(job.Exclude, u) && (len(job.Include) == 0 || matches(job.Include, u)) {
			addresses = append(addresses, address)
		}
	}
	return addresses
}

func matches(patterns []scraper.Pattern, u *url.URL) bool {
	return slices.ContainsFunc(patterns, func(p scraper.Pattern) bool { return p.Match(u) })
}
