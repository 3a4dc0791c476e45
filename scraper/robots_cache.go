package scraper

import (
	"container/list"
	"net/url"
	"sync"
	"time"
)

const (
	robotsTTL          = 24 * time.Hour   // how long rules are used; RFC 9309, section 2.4: not longer than a day
	robotsErrorTTL     = 10 * time.Minute // how long a host is set aside if its robots.txt cannot be read
	robotsMaxRedirects = 5                // RFC 9309, section 2.3.1.2
	robotsCacheBytes   = 64 << 20         // the maximum size of the cache
)

// robotsCache contains the robots.txt of each origin, or the state of fetching it. When it is full, the least recently
// used entries are dropped. It is safe for concurrent use. A file is fetched only once even if many visits need it: a
// visit must take the host's turn, and then checks the cache again before it fetches.
type robotsCache struct {
	mu      sync.Mutex
	entries map[string]*list.Element // of *robotsEntry
	recent  *list.List
	size    int
}

// robotsEntry is a result, which is either rules or an error, or a fetch in progress, perhaps with outdated rules.
type robotsEntry struct {
	origin   string
	rules    *robots
	outdated bool // the rules have expired, and the file is fetched again
	err      error
	expires  time.Time // when the result expires; zero during a fetch
	next     *url.URL  // the address to request next
	hops     int       // how many redirects were followed
	failures int       // how many requests to the address next have failed
	retryAt  time.Time // the address next is not requested before this time
	size     int       // in bytes, estimated
}

// robotsState is the current knowledge about an origin. Exactly one of the first three fields is set.
type robotsState struct {
	rules *robots
	err   error
	fetch *url.URL
	after time.Time // the address in fetch may not be requested before this time
}

// isToFetch reports whether the file is still to be fetched from the same address, at the same time, as in an earlier
// state. Addresses are compared by value, because a schedule may have set the host's state again in the meantime.
func (s robotsState) isToFetch(earlier robotsState) bool {
	return s.fetch != nil && *s.fetch == *earlier.fetch && s.after.Equal(earlier.after)
}

func newRobotsCache() *robotsCache {
	return &robotsCache{entries: make(map[string]*list.Element), recent: list.New()}
}

// robotsOrigin returns the origin to which a robots.txt applies: scheme, host and port.
func robotsOrigin(u *url.URL) string { return u.Scheme + "://" + u.Host }

func (c *robotsCache) state(u *url.URL, now time.Time) robotsState {
	c.mu.Lock()
	defer c.mu.Unlock()
	e := c.entry(u)
	if !e.expires.IsZero() && !now.Before(e.expires) {
		e = c.replace(u, &robotsEntry{rules: e.rules, outdated: e.rules != nil, size: e.rules.size()})
	}
	switch {
	case e.rules != nil && !e.outdated:
		return robotsState{rules: e.rules}
	case e.err != nil:
		return robotsState{err: e.err}
	}
	return robotsState{fetch: e.next, after: e.retryAt}
}

// answered stores the rules of the origin's robots.txt.
func (c *robotsCache) answered(u *url.URL, rules *robots, now time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.replace(u, &robotsEntry{rules: rules, expires: now.Add(robotsTTL), size: rules.size()})
}

// gaveUp records that the host is set aside for a while because of err. If rules are known, they are used instead, as
// RFC 9309, section 2.4, allows while the file is unreachable: otherwise, a long crawl would lose the rest of the host.
func (c *robotsCache) gaveUp(u *url.URL, err error, now time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	e := &robotsEntry{rules: c.entry(u).rules, expires: now.Add(robotsErrorTTL)}
	if e.size = e.rules.size(); e.rules == nil {
		e.err = err
	}
	c.replace(u, e)
}

// redirected records the address to request next. After more than robotsMaxRedirects redirects, the file counts as
// missing, which allows everything.
func (c *robotsCache) redirected(u, target *url.URL, now time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	e := c.entry(u)
	if e.hops++; e.hops > robotsMaxRedirects {
		c.replace(u, &robotsEntry{rules: &robots{}, expires: now.Add(robotsTTL)})
		return
	}
	e.next, e.failures = target, 0
}

// failed counts a failed request, and returns the number of failed requests to the same address.
func (c *robotsCache) failed(u *url.URL) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	e := c.entry(u)
	e.failures++
	return e.failures
}

// retry records when to try again.
func (c *robotsCache) retry(u *url.URL, at time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.entry(u).retryAt = at
}

// entry returns the origin's entry and marks it as used. It creates the entry if needed.
func (c *robotsCache) entry(u *url.URL) *robotsEntry {
	if element := c.entries[robotsOrigin(u)]; element != nil {
		c.recent.MoveToFront(element)
		return element.Value.(*robotsEntry)
	}
	return c.replace(u, &robotsEntry{})
}

func (c *robotsCache) replace(u *url.URL, e *robotsEntry) *robotsEntry {
	e.origin = robotsOrigin(u)
	e.next = &url.URL{Scheme: u.Scheme, Host: u.Host, Path: "/robots.txt"}
	e.size += 512
	if old := c.entries[e.origin]; old != nil {
		c.drop(old)
	}
	for c.size+e.size > robotsCacheBytes && c.recent.Len() > 0 {
		c.drop(c.recent.Back())
	}
	c.entries[e.origin] = c.recent.PushFront(e)
	c.size += e.size
	return e
}

func (c *robotsCache) drop(element *list.Element) {
	e := element.Value.(*robotsEntry)
	c.recent.Remove(element)
	delete(c.entries, e.origin)
	c.size -= e.size
}

// robotsUnreachableError is an error that wraps ErrRobotsUnreachable, ErrRobots and a cause.
type robotsUnreachableError struct {
	cause error
	host  bool // the page's host cannot be reached
}

func (e *robotsUnreachableError) Error() string {
	if e.host {
		return e.cause.Error() + ", while fetching robots.txt"
	}
	return ErrRobotsUnreachable.Error() + ": " + e.cause.Error()
}

func (e *robotsUnreachableError) Unwrap() []error {
	return []error{ErrRobotsUnreachable, ErrRobots, e.cause}
}

// reason returns the Reason of the cause if the host cannot be reached, and that of ErrRobotsUnreachable otherwise.
func (e *robotsUnreachableError) reason() string {
	if e.host {
		return Reason(e.cause)
	}
	return reasonText(ErrRobotsUnreachable)
}
