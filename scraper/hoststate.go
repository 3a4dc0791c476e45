package scraper

import (
	"encoding/json"
	"errors"
	"net/url"
	"strings"
	"time"
)

// A HostState is what a Scraper knows about a host, as plain data. A schedule can store it for another Scraper.
type HostState struct {
	HostPace
	// Due is when the next request to the host may be made.
	Due time.Time
	// Usual is the usual latency of the host's responses.
	Usual time.Duration
	// Robots contains the rules of the host's robots.txt, or the state of fetching it, in an internal format. It is
	// empty if nothing is known.
	Robots []byte
}

// HostState returns what the Scraper knows about a host. The host has the form that Hooks.Enter and Finding.Host use:
// "news.example:443", for both http and https.
func (s *Scraper) HostState(host string) HostState {
	state := HostState{HostPace: HostPace{Factor: 1}, Robots: s.robots.save(host, s.token)}
	s.pace.mu.Lock()
	defer s.pace.mu.Unlock()
	if clock := s.pace.hosts[host]; clock != nil {
		state.HostPace, state.Due, state.Usual = clock.HostPace, clock.due, clock.usual
	}
	return state
}

// SetHostState gives the Scraper what another Scraper knows about a host. Parts that it cannot use, such as a
// robots.txt for another user agent, are ignored. It must not be called while a request to the host is in flight.
func (s *Scraper) SetHostState(host string, state HostState) {
	clock := s.pace.enter(host)
	defer s.pace.leave(clock)
	s.pace.mu.Lock()
	clock.HostPace, clock.due, clock.usual = state.HostPace, state.Due, state.Usual
	clock.Factor = max(clock.Factor, 1)
	s.pace.mu.Unlock()
	s.robots.restore(host, s.token, state.Robots)
}

// originsOf returns the origins that share the pace of a host and port.
func originsOf(host string) []string {
	if name, ok := strings.CutSuffix(host, ":443"); ok {
		return []string{"http://" + name, "https://" + name, "http://" + name + ":443", "https://" + name + ":80"}
	}
	return []string{"http://" + host, "https://" + host}
}

// savedRobots is the serialized form of a robotsEntry.
type savedRobots struct {
	Token    string        `json:"token"`
	Origin   string        `json:"origin"`
	Rules    []savedRule   `json:"rules,omitempty"`
	Delay    time.Duration `json:"delay,omitempty"`
	Sitemaps []string      `json:"sitemaps,omitempty"`
	Known    bool          `json:"known,omitempty"` // the rules are known, even if there are none
	Outdated bool          `json:"outdated,omitempty"`
	Err      string        `json:"err,omitempty"`
	Cause    string        `json:"cause,omitempty"` // the Reason of the cause of Err
	Of       string        `json:"of,omitempty"`    // what Err is about: ofHost, ofAddress, or "" for robots.txt
	Expires  time.Time     `json:"expires,omitzero"`
	Next     string        `json:"next,omitempty"`
	Hops     int           `json:"hops,omitempty"`
	Failures int           `json:"failures,omitempty"`
	RetryAt  time.Time     `json:"retry_at,omitzero"`
}

// Values of savedRobots.Of.
const (
	ofHost    = "host"    // the host cannot be reached
	ofAddress = "address" // the address is forbidden: ErrForbiddenAddress
)

type savedRule struct {
	Allow    bool     `json:"allow,omitempty"`
	Length   int      `json:"length"`
	Pieces   []string `json:"pieces"`
	Anchored bool     `json:"anchored,omitempty"`
}

// save serializes what is known about the robots.txt of a host's origins. It returns nil if nothing is known.
func (c *robotsCache) save(host, token string) []byte {
	c.mu.Lock()
	defer c.mu.Unlock()
	var all []savedRobots
	for _, origin := range originsOf(host) {
		element := c.entries[origin]
		if element == nil {
			continue
		}
		e := element.Value.(*robotsEntry)
		if e.rules == nil && e.err == nil && e.hops == 0 && e.failures == 0 {
			continue
		}
		saved := savedRobots{
			Token: token, Origin: origin, Expires: e.expires, Next: e.next.String(), Hops: e.hops,
			Failures: e.failures, RetryAt: e.retryAt,
		}
		if e.rules != nil {
			saved.Known, saved.Outdated = true, e.outdated
			saved.Delay, saved.Sitemaps = e.rules.crawlDelay, e.rules.sitemaps
			for _, r := range e.rules.rules {
				saved.Rules = append(saved.Rules, savedRule{r.allow, r.length, r.pieces, r.anchored})
			}
		}
		if e.err != nil {
			saved.keepError(e.err)
		}
		all = append(all, saved)
	}
	if all == nil {
		return nil
	}
	text, err := json.Marshal(all)
	if err != nil {
		return nil // strings and numbers cannot cause an error
	}
	return text
}

// restore replaces what is known about a host with the data that save returned. It leaves out data for another token.
// If the clock was set back in the meantime, times are corrected to the latest ones that are possible now.
func (c *robotsCache) restore(host, token string, text []byte) {
	var all []savedRobots
	if json.Unmarshal(text, &all) != nil {
		all = nil
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, origin := range originsOf(host) {
		if element := c.entries[origin]; element != nil {
			c.drop(element)
		}
	}
	for _, saved := range all {
		u, errOrigin := url.Parse(saved.Origin)
		next, errNext := url.Parse(saved.Next)
		if errOrigin != nil || errNext != nil || saved.Token != token {
			continue
		}
		now, lifetime := time.Now(), robotsErrorTTL
		if saved.Known && !saved.Outdated {
			lifetime = robotsTTL
		}
		e := &robotsEntry{
			expires: earlier(saved.Expires, now.Add(lifetime)), hops: saved.Hops, failures: saved.Failures,
			retryAt: earlier(saved.RetryAt, now.Add(maxBackoff*3/2)),
		}
		if saved.Known {
			e.rules, e.outdated = saved.robots(), saved.Outdated
			e.size = e.rules.size()
		}
		if saved.Err != "" {
			e.err = saved.error()
		}
		c.replace(u, e).next = next
	}
}

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

func (saved *savedRobots) robots() *robots {
	rules := &robots{crawlDelay: saved.Delay, sitemaps: saved.Sitemaps}
	for _, r := range saved.Rules {
		if len(r.Pieces) > 0 {
			rules.rules = append(rules.rules, robotsRule{r.Allow, r.Length, r.Pieces, r.Anchored})
		}
	}
	return rules
}

// keepError stores an error: its text, its Reason and its subject.
func (saved *savedRobots) keepError(err error) {
	robots, ok := errors.AsType[*robotsUnreachableError](err)
	switch {
	case !ok:
		saved.Of = ofAddress
	case robots.host:
		saved.Of, err = ofHost, robots.cause
	default:
		err = robots.cause
	}
	saved.Err, saved.Cause = err.Error(), Reason(err)
}

// error returns the error that keepError stored. If an older version stored it, Cause is empty.
func (saved *savedRobots) error() error {
	text := strings.TrimPrefix(saved.Err, ErrRobotsUnreachable.Error()+": ")
	cause := &savedError{text: text, kind: errorOfReason(saved.Cause)}
	if saved.Of == ofAddress {
		return cause
	}
	return &robotsUnreachableError{cause, saved.Of == ofHost}
}

// savedError is an error that another Scraper has stored.
type savedError struct {
	text string
	kind error // the error of this package that the original error wrapped, or nil
}

func (e *savedError) Error() string { return e.text }

func (e *savedError) Unwrap() error { return e.kind }
