package scraper

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"sync"
)

// A Watch is what a crawl learns about the quirks of its hosts: addresses that a site generates without end, and wrong
// rel=canonical links. It lives in memory: after a restart, a schedule learns again. It is safe for concurrent use,
// and a nil *Watch learns nothing.
type Watch struct {
	notice  func(host string, err error)
	similar func(p *Page) string
	noTrap  []Pattern
	scope   Scope

	mu      sync.Mutex
	keys    map[string]string          // by key from Job.Similar: the address of the first page
	noticed map[string]bool            // names that the method report has reported
	trust   map[string]*canonicalTrust // by host
	trails  map[word]trail             // by the page's address
	copies  map[word]int               // number of pages of a host with the same text, by contentKey
	series  map[string]*series         // by seriesOf
	spare   int                        // how many bytes more the series may take

	levels   map[word]int   // by the address of a list of sitemaps: how many such lists lead to it
	ownFeeds map[string]int // by host: how many feeds in a row listed only the page that announced them
	views    views
}

// canonicalTrust counts how often a host's rel=canonical was right and wrong.
type canonicalTrust struct{ believed, refused int }

// trail is what a visit records about its page, for later visits to the pages that it links to.
type trail struct {
	content word // the key in Watch.copies
	chain   int  // how many consecutive pages, each linked from the previous one, had nothing new in their series
}

// Limits of a Watch.
const (
	// maxCopies is how many pages of a host may have the same text. If there are more, links from them to deeper pages
	// are not followed.
	maxCopies = 24
	// maxRandomCopies is the same for links from an address with a random part, such as a session, to another one.
	maxRandomCopies = 12
	// After maxUntrue pages with a wrong rel=canonical, a host's rel=canonical is no longer checked, unless at least a
	// fifth of the checked pages had a right one.
	maxUntrue = 8
	// After maxOwnFeeds feeds in a row that listed only the page that announced them, such as feeds of comments, a host's
	// feeds are no longer read, except for those that a seed announces. Each page would cost another request.
	maxOwnFeeds = 5
	// maxLevels is how many lists of sitemaps may lead from one to the next. sitemaps.org allows only one, and some sites
	// have two or three.
	maxLevels = 5
	// maxWatched is the maximum number of entries of each map except the map series.
	maxWatched = 1 << 18
	// maxSeriesKept is how many series are kept before seriesNamed drops one.
	maxSeriesKept = 512
)

// NewWatch returns a Watch for one crawl of a job. The Watch calls the job's OnNotice and Similar.
func NewWatch(job Job) *Watch {
	return &Watch{
		notice: job.OnNotice, similar: job.Similar, noTrap: job.NoTrap, scope: job.inScope,
		keys: make(map[string]string), noticed: make(map[string]bool),
		trust: make(map[string]*canonicalTrust), trails: make(map[word]trail), copies: make(map[word]int),
		series: make(map[string]*series), spare: seriesMostBytes, levels: make(map[word]int),
		ownFeeds: make(map[string]int), views: newViews(),
	}
}

// Folds decides whether a page is the same as the page that it names by rel=canonical, and learns from the result how
// far the host can be trusted. target is the Print of the other page, or nil if that page was not delivered. The host
// has the form of Finding.Host.
func (w *Watch) Folds(host string, page, target Print) bool {
	same := page.repeats(target)
	if w == nil {
		return same
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	t := w.trust[host]
	if t == nil {
		bound(w.trust)
		t = &canonicalTrust{}
		w.trust[host] = t
	}
	if same {
		t.believed++
	} else {
		t.refused++
	}
	return same
}

// distrusts reports whether a host's rel=canonical was wrong so often that checking it would waste requests.
func (w *Watch) distrusts(host string) bool {
	if w == nil {
		return false
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	t := w.trust[host]
	return t != nil && t.refused >= maxUntrue && t.refused > 4*t.believed
}

// report calls Job.OnNotice, but only once for each name.
func (w *Watch) report(name, host string, err error) {
	if w == nil || w.notice == nil {
		return
	}
	w.mu.Lock()
	known := w.noticed[name]
	bound(w.noticed)
	w.noticed[name] = true
	w.mu.Unlock()
	if !known {
		w.notice(host, err)
	}
}

// observeRedirect reports that the pages of a host redirect to another host of its domain that is out of scope, such as
// the site for phones: without a notice, the crawl would only have many pages that are out of scope.
func (w *Watch) observeRedirect(req *Request, from, to *url.URL) {
	if w == nil || req.Depth == 0 || from.Host == to.Host || from.Path != to.Path || !SameDomain(from, to) ||
		w.scope(to, parseSeed(req.Seed)) {
		return
	}
	err := fmt.Errorf("%w: pages of %s redirect to %s", ErrOutOfScope, from.Host, to.Host)
	w.report("redirects of "+from.Host+" to "+to.Host, hostKey(from), err)
}

// compare reports a page that has the same key from Job.Similar as an earlier page.
func (w *Watch) compare(page *Page) {
	if w == nil || w.similar == nil || w.notice == nil {
		return
	}
	key, own := w.similar(page), page.ownAddress()
	if key == "" {
		return
	}
	w.mu.Lock()
	first, known := w.keys[key]
	if !known {
		bound(w.keys)
		w.keys[key] = own
	}
	w.mu.Unlock()
	if known && first != own {
		w.notice(hostOf(own), fmt.Errorf("%w: %s and %s", ErrSimilar, own, first))
	}
}

// bound clears a map that is full. The crawl then starts learning again.
func bound[K comparable, V any](m map[K]V) {
	if len(m) >= maxWatched {
		clear(m)
	}
}

// observe learns from a page, the text of its body, and its links.
func (w *Watch) observe(page *Page, text *bodyText, links []string) {
	u := page.URL
	if w == nil || u == nil || page.Request.OwnIdentity { // it was observed before
		return
	}
	own := ownWords(u)
	content := contentKey(u, text, own)
	w.mu.Lock()
	defer w.mu.Unlock()
	bound(w.copies)
	bound(w.trails)
	t := trail{content: content}
	leads := false
	if name := watchedSeries(u); name != "" {
		before := w.trails[newWord(page.Request.Referrer)]
		if watchedSeries(parseSeed(page.Request.Referrer)) != name {
			before.chain = 0
		}
		s := w.seriesNamed(name)
		leads = w.leadsOn(s, u, links)
		t.chain = s.add(u, text, own, before.chain, leads)
	}
	if !leads {
		w.copies[content]++
	}
	if t.chain > 0 || w.copies[content] > 1 || isRandom(u) {
		w.trails[newWord(page.Request.URL)] = t
	}
}

// leadsOn reports whether a page of a series has several new links to pages outside the series, as a list of pictures
// has whose stories are elsewhere. If the address of a linked page belongs to a series, that series must have had new
// pages. Deep series do not lead on, because each page of a site that accepts any address has new links.
func (w *Watch) leadsOn(s *series, u *url.URL, links []string) bool {
	name := seriesOf(u)
	if s.ended || name == "" {
		return false
	}
	found := 0
	for _, link := range links {
		to, err := url.Parse(link)
		if err != nil || siteOf(to) != siteOf(u) || isRandom(to) || judgeExtension(to) != nil {
			continue
		}
		if other := seriesOf(to); other != "" {
			target := w.series[other]
			if other == name || target == nil || target.ended || target.isExhausted || target.run >= seriesLength/2 {
				continue
			}
		}
		if s.learn(uint64(newWord(link))) {
			found++
		}
	}
	return found >= newLinks
}

// seriesNamed returns the series with the given name. It creates the series if needed. If there are too many series, it
// drops one that has not ended, or any series if there are far too many.
func (w *Watch) seriesNamed(name string) *series {
	if s := w.series[name]; s != nil {
		return s
	}
	if len(w.series) >= maxSeriesKept {
		for other, s := range w.series {
			if !s.ended || len(w.series) > 8*maxSeriesKept {
				s.forget()
				delete(w.series, other)
				break
			}
		}
	}
	s := &series{isDeep: strings.HasSuffix(name, deepMark), spare: &w.spare}
	w.series[name] = s
	return s
}

// ended returns an ErrTrap if an address must not be visited, and nil otherwise. An address must not be visited if its
// series has ended, or if it leads deeper and was found on a page whose text is repeated on too many pages of the host.
// Addresses of an exhausted series are still visited if they were found on a page with something new. See maxOwnFeeds
// for feeds.
func (w *Watch) ended(req *Request, u *url.URL) error {
	switch {
	case w == nil || req.List == SitemapList || matchesAny(w.noTrap, u):
		return nil
	case req.List == FeedList:
		return w.feedsEnded(req, u)
	}
	w.mu.Lock()
	name := watchedSeries(u)
	s := w.series[name]
	from := w.trails[newWord(req.Referrer)]
	isOver := s != nil && (s.ended || s.isExhausted && from.chain > 0)
	copies := w.copies[from.content]
	w.mu.Unlock()
	if isOver {
		err := fmt.Errorf("%w: the pages of the series %s contain nothing new", ErrTrap, name)
		w.report(name, hostKey(u), err)
		return err
	}
	if referrer := parseSeed(req.Referrer); copies > maxRandomCopies && isRandom(referrer) && isRandom(u) ||
		copies > maxCopies && leadsDeeper(referrer, u) {
		err := fmt.Errorf("%w: the pages below %s repeat the same text", ErrTrap, u.Host+firstSegment(u))
		w.report(u.Host+firstSegment(u), hostKey(u), err)
		return err
	}
	return w.viewEnded(req, u)
}

// ownWords returns the words of an address, sorted. Pages that a site generates for any address often contain these
// words.
func ownWords(u *url.URL) []word {
	own := []word{newWord(u.Path), newWord(u.RequestURI()), newWord(u.String())}
	parts := func(r rune) bool { return strings.ContainsRune("/?&=;-_.+ ", r) }
	for part := range strings.FieldsFuncSeq(u.Path+"?"+u.RawQuery, parts) {
		own = append(own, newWord(part))
	}
	slices.Sort(own)
	return own
}

// contentKey returns the key of a page's text and pictures on its host, without the words of its address.
func contentKey(u *url.URL, text *bodyText, own []word) word {
	var hash textHash
	hash.add(newWord(siteOf(u)))
	for _, list := range [...][]word{text.words, text.pictures} {
		for _, w := range list {
			if _, isOwn := slices.BinarySearch(own, w); !isOwn {
				hash.add(w)
			}
		}
	}
	return word(hash)
}

// leadsDeeper reports whether a link is of a kind that can continue without end. It leads into a folder below that of
// its page, to the same path with another query, to another page of the same series, or from one address with a random
// part to another.
func leadsDeeper(from, to *url.URL) bool {
	if siteOf(from) != siteOf(to) {
		return false
	}
	folder := from.Path[:strings.LastIndexByte(from.Path, '/')+1]
	return from.Path == to.Path || isRandom(from) && isRandom(to) ||
		seriesOf(to) != "" && seriesOf(from) == seriesOf(to) ||
		strings.HasPrefix(to.Path, folder) && strings.Count(to.Path, "/") > strings.Count(from.Path, "/")
}

func firstSegment(u *url.URL) string {
	first, _, _ := strings.Cut(strings.TrimPrefix(u.EscapedPath(), "/"), "/")
	return "/" + first
}
