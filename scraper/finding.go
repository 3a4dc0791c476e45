package scraper

import (
	"fmt"
	"net/url"
	"strings"
	"time"
)

// A Finding is an address that a crawl found, together with the job's decision whether to visit it.
type Finding struct {
	// Request is the request to visit if Err is nil.
	Request Request
	// Key is the DedupKey of the address. If several findings have the same Key, only one is visited.
	Key string
	// Host is the host whose turn the visit needs: a name and a port, which is 443 for both http and https without an
	// explicit port. It is empty for the target of a redirect with an Err.
	Host string
	// Err is the reason why the address is not visited, or nil; see Reason.
	Err error
	// Family is the name of a group of addresses that differ only in the values of their parameters, such as the
	// combinations of filters of a list, or only in their subdomain. Pages beyond the limit of their family are skipped
	// with ErrTrap. All sitemaps and feeds are one family; those beyond the limit are ignored and not counted. Family is
	// empty for seeds, for the targets of redirects, for addresses with an Err or in Job.NoTrap, and for pages whose
	// address has fewer than three parameters, except for the front pages of subdomains.
	Family string
	// FamilyLimit is how many addresses of the family may be visited.
	FamilyLimit int
	// Same reports whether this is a redirect to another spelling of the address that it came from. Such a redirect
	// does not count as a redirect to a page that was seen before.
	Same bool
	// Revisit reports whether this is a redirect by a response that set a cookie. If its target redirected elsewhere
	// before, the target must be visited again: the site may have redirected it to a page that asks for consent.
	Revisit bool
}

// DedupKey returns the form in which addresses are compared: canonical, with sorted parameters. Addresses with the same
// key are one page. If the address is invalid, only its parameters are sorted.
func DedupKey(address string) string {
	if canonical, err := canonicalAddress(address); err == nil {
		address = canonical
	}
	return sortedAddress(address)
}

// sortedAddress returns an address with its parameters sorted by name, because the order of the names does not matter.
func sortedAddress(address string) string {
	if head, query, ok := strings.Cut(address, "?"); ok {
		if sorted := sortQuery(query); sorted != query {
			return head + "?" + sorted
		}
	}
	return address
}

// Begin returns the job's seeds. Its error is ErrOptions for an invalid job.
func (j Job) Begin() ([]Finding, error) {
	seeds, err := j.seeds()
	if err != nil {
		return nil, err
	}
	found := make([]Finding, 0, len(seeds))
	for _, u := range seeds {
		address := u.String()
		found = append(found, Finding{
			Request: Request{URL: address, Seed: address}, Key: sortedAddress(address),
			Host: hostKey(u),
		})
	}
	return found, nil
}

// Findings returns the addresses that an outcome leads to: the target of a redirect, the page that a parked one waits
// for, links, sitemaps, feeds and the pages that they list. It sets Finding.Err by the same rules as Crawl. If isSeen
// is not nil, addresses whose Key has been seen are left out.
func (j Job) Findings(from Request, out Outcome, isSeen func(key string) bool) []Finding {
	f := findings{job: j, from: from, isSeen: isSeen, traps: traps{year: time.Now().Year()}}
	f.seed = parseSeed(from.Seed)
	switch {
	case out.Kind == OutcomeParked: // the page that the parked page waits for comes first
		f.link(Request{URL: out.Canonical, Seed: from.Seed, Depth: from.Depth, Referrer: from.URL}, nil)
	case out.Kind == OutcomeRedirect:
		f.redirect(out.Request, out.hasNewCookies)
		return f.found
	case out.Kind == OutcomeDone && from.List != NoList:
		for _, e := range out.Entries {
			f.link(Request{
				URL: e.URL, Seed: from.Seed, Depth: from.Depth + 1, Referrer: from.URL,
				Published: e.Published, Modified: e.Modified,
			}, j.judgeDate(&e))
		}
		f.lists(SitemapList, out.Sitemaps)
		return f.found
	}
	if j.Sitemaps && from.Depth == 0 {
		f.lists(SitemapList, out.Sitemaps)
	}
	if j.Feeds {
		f.lists(FeedList, out.Feeds)
	}
	if j.SitemapOnly {
		return f.found
	}
	for _, address := range out.Links {
		f.link(Request{URL: address, Seed: from.Seed, Depth: from.Depth + 1, Referrer: from.URL}, nil)
	}
	for _, address := range out.NoFollow {
		f.link(Request{URL: address, Seed: from.Seed, Depth: from.Depth + 1, Referrer: from.URL}, ErrNoFollow)
	}
	return f.found
}

// findings collects the findings of one outcome.
type findings struct {
	job    Job
	from   Request
	seed   *url.URL
	isSeen func(key string) bool
	traps  traps
	found  []Finding
}

func (f *findings) link(req Request, decision error) {
	key := sortedAddress(req.URL)
	if f.isSeen != nil && f.isSeen(key) {
		return
	}
	u, err := url.Parse(req.URL)
	if err != nil {
		return // impossible: url.URL.String produced the address
	}
	finding := Finding{Request: req, Key: key, Host: hostKey(u), Err: decision}
	if decision == nil {
		finding.Err = f.job.judge(u, f.seed, req.Depth)
	}
	mayTrap := !matchesAny(f.job.NoTrap, u)
	if finding.Err == nil && mayTrap && f.traps.isEndless(u) {
		finding.Err = ErrTrap
	}
	if finding.Err == nil && mayTrap {
		if finding.Family, finding.FamilyLimit = family(u); finding.Family == "" {
			finding.Family, finding.FamilyLimit = subdomainFamily(u, f.seed)
		}
	}
	f.found = append(f.found, finding)
}

// lists adds sitemaps or feeds. It does not check Scope, because a visited page, a robots.txt or a sitemap named them.
func (f *findings) lists(kind List, addresses []string) {
	for _, address := range addresses {
		key := sortedAddress(address)
		if f.isSeen != nil && f.isSeen(key) {
			continue
		}
		if u, err := url.Parse(address); err == nil {
			req := Request{URL: address, Seed: f.from.Seed, Depth: f.from.Depth, Referrer: f.from.URL, List: kind}
			f.found = append(f.found, Finding{Request: req, Key: key, Host: hostKey(u), Family: "lists", FamilyLimit: maxLists})
		}
	}
}

func (f *findings) redirect(to Request, hasNewCookies bool) {
	finding := Finding{Request: to, Key: DedupKey(to.URL), Revisit: hasNewCookies}
	u, err := url.Parse(to.URL)
	switch {
	case err != nil:
		finding.Err = fmt.Errorf("%w: %w", ErrBadURL, err)
	case f.from.Depth > 0 && !f.job.inScope(u, f.seed):
		finding.Err = ErrOutOfScope
	case f.from.Depth > 0 && f.job.excludes(u):
		finding.Err = ErrExcluded
	default:
		finding.Host = hostKey(u)
	}
	for _, address := range to.Via {
		finding.Same = finding.Same || DedupKey(address) == finding.Key
	}
	f.found = append(f.found, finding)
}

// judgeDate returns ErrOlder for a listed page that is older than ModifiedSince. It does so only with SitemapOnly, and
// only if the list gives a date for the page. A date without a time of day means the end of that day. If it is the
// first day of a month, it means the end of that month.
func (j *Job) judgeDate(e *Entry) error {
	latest := e.Modified
	if e.Published.After(latest) {
		latest = e.Published
	}
	if !j.SitemapOnly || latest.IsZero() {
		return nil
	}
	hour, minute, second := latest.Clock()
	switch midnight := hour+minute+second == 0; {
	case midnight && latest.Day() == 1: // perhaps the list only gives the month
		latest = latest.AddDate(0, 1, 0)
	case midnight:
		latest = latest.AddDate(0, 0, 1)
	}
	if latest.Before(j.ModifiedSince) {
		return ErrOlder
	}
	return nil
}

// judge decides whether to follow a link, by its address and depth only.
func (j *Job) judge(u, seed *url.URL, depth int) error {
	switch {
	case !j.inScope(u, seed):
		return ErrOutOfScope
	case j.excludes(u):
		return ErrExcluded
	case j.tooDeep(depth):
		return ErrTooDeep
	}
	return judgeExtension(u)
}

func parseSeed(seed string) *url.URL {
	u, err := url.Parse(seed)
	if err != nil {
		return &url.URL{}
	}
	return u
}
