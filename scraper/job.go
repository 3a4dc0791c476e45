package scraper

import (
	"fmt"
	"maps"
	"net/url"
	"time"
)

// SeedsOnly as Job.MaxDepth means that no links are followed.
const SeedsOnly = -1

// A Job says what to crawl. Only Seeds must be set.
type Job struct {
	// Seeds are the addresses to start from.
	Seeds []string
	// MaxPages is how many pages are passed to the handler; 0 means no limit.
	MaxPages int
	// MaxDepth is how many links away from a seed a page may be; 0 means no limit, SeedsOnly (or any
	// negative number) that no links are followed.
	MaxDepth int
	// Scope says which links to follow; nil means SameHost. Seeds, and what they redirect to, are always in scope.
	Scope Scope
	// Include, if there are any, are the only addresses to visit, and Exclude are addresses not to visit, within Scope.
	// Seeds, and what they redirect to, are always visited. What is left out is skipped with ErrExcluded.
	Include, Exclude []Pattern
	// FollowOnly are addresses to visit only for their links, also if Include does not have them: they are skipped with
	// ErrFollowOnly.
	FollowOnly []Pattern
	// Sitemaps also visits the pages that the seeds' hosts list in sitemaps: those that robots.txt names, or else
	// /sitemap.xml. They count as one link away from the seed, and must be in Scope.
	Sitemaps bool
	// SitemapOnly follows no links: it only visits the seeds and what Sitemaps and Feeds list.
	SitemapOnly bool
	// Feeds also visits the pages that are listed in the RSS, Atom and JSON feeds that pages announce.
	Feeds bool
	// ModifiedSince, with SitemapOnly, leaves out the pages that a sitemap or a feed lists with an older date only: they
	// are skipped with ErrOlder, and not requested. Otherwise they are visited for their links. Zero leaves out none.
	ModifiedSince time.Time
	// JoinParts fetches the further parts of an article on several pages ("/story", "/story/2", by rel=next) together
	// with the first: they become its Page.Parts, and are not passed to the handler separately.
	JoinParts bool
	// Next returns the address of the part that follows p, if the caller knows it, such as from rules for the site; it
	// may be relative, and is empty after the last part. If it is not known, p's rel=next counts, with JoinParts. Parts
	// are on the host of the page. It may be called from several goroutines. nil knows nothing.
	Next func(p *Page) (next string, known bool)
	// Whole returns the address of a page of the same domain that has the whole article of p, such as the one to print;
	// empty for none. It is fetched together with p, becomes its Page.Whole, and is not passed to the handler
	// separately; then there are no parts. It may be called from several goroutines. nil knows none.
	Whole func(p *Page) string
	// NoIndex says whether pages that ask crawlers not to index them are passed to the handler. By default they are
	// not, and do not count for MaxPages.
	NoIndex NoIndex
	// Cookies keeps the cookies that hosts set and sends them back, to the same host only; nil means that cookies are
	// ignored. Use NewCookies for each crawl.
	Cookies *Cookies
	// OnNotice is called with what is wrong with a host, once for each thing: with an ErrTrap for a series of addresses
	// that is left because its pages keep saying the same, and with an ErrCanonical for a rel=canonical that was not
	// believed. It may be called from several goroutines. The host is a name and a port.
	OnNotice func(host string, err error)
	// Similar returns a key that pages have in common if they are nearly the same, such as a hash of their cleaned
	// text; empty for none. Such pages are delivered all the same: OnNotice is called with an ErrSimilar that names
	// both. nil compares no pages. It may be called from several goroutines. A crawl by fleet compares the pages of
	// one worker.
	Similar func(p *Page) string
	// Progress, OnSkip and OnError are called by the scheduling goroutine, one call at a time, so they should be quick.

	// Progress is called with the counts after each visit.
	Progress func(Stats)
	// OnSkip is called for each address that is skipped: not visited or not used by decision; see Reason.
	OnSkip func(Request, error)
	// OnError is called for each page that failed permanently, with a *FetchError or a *HandlerError.
	OnError func(Request, error)
}

// Stats has the counts of a crawl. Each address that it enqueued is in the end counted in one of Handled, Listed,
// Failed, Redirected, Skipped and Queued. Skipped also counts the links that it did not enqueue, each address once.
type Stats struct {
	// Fetched is the number of pages that were passed to the handler.
	Fetched int
	// Handled is the number of pages whose handler returned nil.
	Handled int
	// Listed is the number of sitemaps and feeds that were read.
	Listed int
	// Failed is the number of addresses that could not be fetched, or whose handler failed.
	Failed int
	// Redirected is the number of addresses that redirected to others.
	Redirected int
	// Retried is the number of retries.
	Retried int
	// Skipped is the number of addresses that were not visited or not used, by Reason.
	Skipped map[string]int
	// Failures has the numbers of Failed by Reason.
	Failures map[string]int
	// Bytes is the size of all bodies as received from the network.
	Bytes int64
	// Queued is the number of addresses that wait; at the end of a canceled crawl, those that were not visited.
	Queued int
	// InFlight is the number of pages that are being fetched or handled.
	InFlight int
	// Hosts is the number of hosts in the crawl.
	Hosts int
	// Elapsed is the time since the crawl began.
	Elapsed time.Duration
}

// seeds validates the job and returns its seeds in canonical form.
func (j *Job) seeds() ([]*url.URL, error) {
	if len(j.Seeds) == 0 {
		return nil, fmt.Errorf("%w: a job without seeds", ErrOptions)
	}
	if j.MaxPages < 0 {
		return nil, fmt.Errorf("%w: MaxPages is negative", ErrOptions)
	}
	if j.NoIndex != NoIndexSkip && j.NoIndex != NoIndexKeep {
		return nil, fmt.Errorf("%w: NoIndex is %d", ErrOptions, j.NoIndex)
	}
	seeds := make([]*url.URL, 0, len(j.Seeds))
	for _, raw := range j.Seeds {
		u, err := canonicalURL(raw)
		if err != nil {
			return nil, fmt.Errorf("%w: seed %q: %w", ErrOptions, raw, err)
		}
		seeds = append(seeds, u)
	}
	return seeds, nil
}

// tooDeep reports whether a page of that depth is beyond the limit.
func (j *Job) tooDeep(depth int) bool {
	return j.MaxDepth != 0 && depth > max(j.MaxDepth, 0)
}

// snapshot returns a copy of the counts.
func (s Stats) snapshot() Stats {
	s.Skipped, s.Failures = maps.Clone(s.Skipped), maps.Clone(s.Failures)
	return s
}
