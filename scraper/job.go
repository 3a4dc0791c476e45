package scraper

import (
	"fmt"
	"maps"
	"net/url"
	"time"
)

// SeedsOnly is the value of Job.MaxDepth with which no links are followed.
const SeedsOnly = -1

// A Job describes a crawl. Only Seeds must be set.
type Job struct {
	// Seeds are the addresses to start from: pages, sitemaps or feeds.
	Seeds []string
	// MaxPages is the maximum number of pages that are passed to the handler; 0 means no limit.
	MaxPages int
	// MaxDepth is how many links away from a seed a page may be; 0 means no limit. SeedsOnly (or any negative number)
	// means that no links are followed.
	MaxDepth int
	// Scope decides which links to follow; nil means SameHost. Seeds and their redirect targets are always in scope.
	Scope Scope
	// If Include is not empty, only addresses that match it are visited. Addresses that match Exclude are not visited,
	// even if they match Include. Both apply only within Scope. An address that is left out is skipped with
	// ErrExcluded. Seeds and their redirect targets are always visited.
	Include, Exclude []Pattern
	// Addresses that match NoTrap never count as a link trap (ErrTrap), whatever their pages contain. Notices name the
	// series or the folders that a crawl has abandoned; see OnNotice.
	NoTrap []Pattern
	// Pages whose addresses match FollowOnly are visited only for their links, even if Include does not match them.
	// They are not passed to the handler, and are skipped with ErrFollowOnly.
	FollowOnly []Pattern
	// Sitemaps also visits the pages in the sitemaps of the seeds' hosts: the sitemaps that robots.txt names, or
	// /sitemap.xml if it names none. The pages count as one link away from the seed and must be in Scope.
	Sitemaps bool
	// SitemapOnly follows no links: it visits only the seeds and the pages that Sitemaps and Feeds list.
	SitemapOnly bool
	// Feeds also visits the pages in the RSS, Atom and JSON feeds that pages announce.
	Feeds bool
	// ModifiedSince, with SitemapOnly, skips the pages that a sitemap or feed lists with an older date: they are not
	// requested, and the reason is ErrOlder. Zero means that no page is too old. Without SitemapOnly, ModifiedSince has
	// no effect, because an old page may link to new ones.
	ModifiedSince time.Time
	// JoinParts fetches the further parts of an article on several pages ("/story", "/story/2", by rel=next) together
	// with its first page. They become that page's Parts and are not passed to the handler separately.
	JoinParts bool
	// Next returns the address of the part that follows p, if the caller knows it, for example from rules for the site.
	// The address may be relative; it is empty after the last part. If the result known is false and JoinParts is set,
	// p's rel=next is used. Parts must be on the host of the page. Next may be called from several goroutines. nil
	// means that nothing is known.
	Next func(p *Page) (next string, known bool)
	// Whole returns the address of a page of the same domain that has the whole article of p, such as the print
	// version; empty means none. That page is fetched together with p, becomes p.Whole, and is not passed to the
	// handler separately. Parts are then fetched only if it cannot be fetched. Whole may be called from several
	// goroutines. nil means that no page has one.
	Whole func(p *Page) string
	// NoIndex says whether pages that ask crawlers not to index them are passed to the handler. By default they are
	// not, and they do not count toward MaxPages.
	NoIndex NoIndex
	// Cookies keeps the cookies that hosts set and sends them back to the same host only; nil means that cookies are
	// ignored. Use NewCookies for each crawl.
	Cookies *Cookies
	// OnNotice is called once for each problem with a host. An ErrTrap reports a series of addresses, or a folder, to
	// which no more links are followed because its pages repeat the same text. An ErrCanonical reports a rel=canonical
	// that was rejected; only the first one of each host is reported. An ErrLongList reports a sitemap or a feed that is
	// not read to its end. An ErrHostFailing reports a host that is set aside, and an ErrBadURL one whose pages have links
	// that are too long. An ErrOutOfScope reports a host whose pages redirect to another host of its domain, such as the
	// site for phones, that is not in Scope. OnNotice may be called from several goroutines. The host is a name and a
	// port.
	OnNotice func(host string, err error)
	// Similar returns a key that nearly identical pages have in common, such as a hash of their cleaned text; empty
	// means no key. Such pages are still delivered, but OnNotice is called with an ErrSimilar that names two of them.
	// nil means that pages are not compared. Similar may be called from several goroutines. In a crawl by package
	// fleet, each worker compares only its own pages.
	Similar func(p *Page) string

	// Progress is called with the counts after each visit. The crawl waits until Progress returns, so it should be
	// quick. The same is true of OnSkip and OnError; only one of the three runs at a time.
	Progress func(Stats)
	// OnSkip is called for each address that was deliberately not visited or not used; see Reason.
	OnSkip func(Request, error)
	// OnError is called for each page that failed permanently, with a *FetchError or a *HandlerError.
	OnError func(Request, error)
}

// Stats contains the counts of a crawl. Each address that the crawl enqueued is finally counted in one of Handled,
// Listed, Failed, Redirected, Skipped and Queued. Skipped also counts the links that were not enqueued, each address
// once.
type Stats struct {
	// Fetched is the number of pages that were passed to the handler.
	Fetched int
	// Handled is the number of pages whose handler returned nil.
	Handled int
	// Listed is the number of sitemaps and feeds that were read.
	Listed int
	// Failed is the number of addresses that could not be fetched, or whose handler failed.
	Failed int
	// Redirected is the number of addresses that redirected to other addresses.
	Redirected int
	// Retried is the number of retries.
	Retried int
	// Skipped is the number of addresses that were not visited or not used, by Reason.
	Skipped map[string]int
	// Failures is the number of failed addresses, by Reason.
	Failures map[string]int
	// Bytes is the size of all bodies as received from the network.
	Bytes int64
	// Queued is the number of addresses that are waiting. After a canceled crawl, it is the number of addresses that
	// were not visited.
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
		return nil, fmt.Errorf("%w: invalid NoIndex %d", ErrOptions, j.NoIndex)
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

// tooDeep reports whether a page at that depth is beyond the limit.
func (j *Job) tooDeep(depth int) bool {
	return j.MaxDepth != 0 && depth > max(j.MaxDepth, 0)
}

func (s Stats) snapshot() Stats {
	s.Skipped, s.Failures = maps.Clone(s.Skipped), maps.Clone(s.Failures)
	return s
}
