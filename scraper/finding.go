package scraper

import (
	"fmt"
	"net/url"
	"strings"
	"time"
)

// A Finding is an address that a crawl found, with its job's decision about it.
type Finding struct {
	// Request is what to visit, where Err is nil.
	Request Request
	// Key is the DedupKey of the address: of two findings with one Key, one is visited.
	Key string
	// Host is whose turn the visit takes: a name and a port.
	Host string
	// Err is the decision against a visit; see Reason.
	Err error
	// Family is set on addresses that lists with filters have as many of as there are combinations: those beyond the
	// first FamilyLimit of a Family are ErrTrap. Sitemaps and feeds are a Family together, whose surplus is left out
	// and counted nowhere.
	Family string
	// FamilyLimit is how many of the Family are to be visited.
	FamilyLimit int
	// Same is set on a redirect to another spelling of the address that it came from, which is no page that was seen
	// before.
	Same bool
}

// DedupKey returns the form in which addresses are compared: canonical, with the parameters in order. Addresses with
// the same key are one page.
func DedupKey(address string) string {
	if canonical, err := canonicalAddress(address); err == nil {
		address = canonical
	}
	return sortedAddress(address)
}

// sortedAddress puts an address's parameters in order: their order makes no other page.
func sortedAddress(address string) string {
	if head, query, ok := strings.Cut(address, "?"); ok {
		if sorted := sortQuery(query); sorted != query {
			return head + "?" + sorted
		}
	}
	return address
}

// Begin lists the job's seeds. Its error is ErrOptions, for a job that makes no sense.
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

// Findings lists what an outcome leads to, each address judged as Crawl does: where a redirect points, links, sitemaps,
// feeds and what those list. Addresses whose Key was seen are left out, where isSeen is not nil.
func (j Job) Findings(from Request, out Outcome, isSeen func(key string) bool) []Finding {
	if j.Scope == nil {
		j.Scope = SameHost
	}
	f := findings{job: j, from: from, isSeen: isSeen, traps: traps{year: time.Now().Year()}}
	f.seed = parseSeed(from.Seed)
	switch {
	case out.Kind == OutcomeRedirect:
		f.redirect(out.Request)
		return f.found
	case out.Kind == OutcomeDone && from.List != NoList:
		for _, e := range out.Entries {
			f.link(Request{
				URL: e.URL, Seed: from.Seed, Depth: from.Depth + 1, Referrer: from.URL,
				Published: e.Published, Modified: e.Modified,
			}, nil)
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
	for _, address := range out.Links {
		f.link(Request{URL: address, Seed: from.Seed, Depth: from.Depth + 1, Referrer: from.URL}, nil)
	}
	for _, address := range out.NoFollow {
		f.link(Request{URL: address, Seed: from.Seed, Depth: from.Depth + 1, Referrer: from.URL}, ErrNoFollow)
	}
	return f.found
}

// findings judges what one outcome leads to.
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
		return // it was made by url.URL.String
	}
	finding := Finding{Request: req, Key: key, Host: hostKey(u), Err: decision}
	if decision == nil {
		finding.Err = f.job.judge(u, f.seed, req.Depth)
	}
	if finding.Err == nil && f.traps.isEndless(u) {
		finding.Err = ErrTrap
	}
	if finding.Err == nil {
		finding.Family, finding.FamilyLimit = family(u)
	}
	f.found = append(f.found, finding)
}

// lists do not consult Scope: a page that is in scope has named them.
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

func (f *findings) redirect(to Request) {
	finding := Finding{Request: to, Key: DedupKey(to.URL)}
	u, err := url.Parse(to.URL)
	switch {
	case err != nil:
		finding.Err = fmt.Errorf("%w: %w", ErrBadURL, err)
	case f.from.Depth > 0 && !f.job.Scope(u, f.seed):
		finding.Err = ErrOutOfScope
	default:
		finding.Host = hostKey(u)
	}
	for _, address := range to.Via {
		finding.Same = finding.Same || DedupKey(address) == finding.Key
	}
	f.found = append(f.found, finding)
}

// judge decides about a link by its address and depth alone.
func (j *Job) judge(u, seed *url.URL, depth int) error {
	switch {
	case !j.Scope(u, seed):
		return ErrOutOfScope
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
