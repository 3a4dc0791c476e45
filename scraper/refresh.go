package scraper

import (
	"strconv"
	"strings"
)

// refresh is a page's request to show another address, or the same one again, after some seconds: a Refresh header or a
// meta refresh.
type refresh struct {
	target     string // absolute
	delay      int    // in seconds
	inNoscript bool   // only for browsers that run no scripts
	toItself   bool   // the target is the page's own address
}

// setRefresh reads the value of a Refresh header or a meta refresh, by the "shared declarative refresh steps" of the
// HTML standard. Only the first valid refresh of a page counts.
func (p *Page) setRefresh(value string, inNoscript bool) {
	delay, ref, ok := parseRefresh(value)
	if !ok || p.refresh != nil {
		return
	}
	address := p.Request.URL
	if ref != "" {
		if address, ok = p.Resolve(ref); !ok {
			return
		}
	}
	if u, err := normalURL(address); err == nil {
		p.refresh = &refresh{u.String(), delay, inNoscript, DedupKey(u.String()) == DedupKey(p.Request.URL)}
	}
}

// parseRefresh parses "5; url=/next" and its variants. The address ref is empty if the page reloads itself. If the
// value is invalid, ok is false.
func parseRefresh(value string) (delay int, ref string, ok bool) {
	const space = " \t\r\n\f"
	value = strings.TrimLeft(value, space)
	rest := strings.TrimLeft(value, "0123456789")
	digits := value[:len(value)-len(rest)]
	if digits == "" && !strings.HasPrefix(rest, ".") {
		return 0, "", false
	}
	delay, err := strconv.Atoi("0" + digits[:min(len(digits), 9)])
	rest = strings.TrimLeft(rest, "0123456789.")
	if err != nil || rest != "" && !strings.ContainsRune(space+";,", rune(rest[0])) {
		return 0, "", false
	}
	rest = strings.TrimLeft(rest, space)
	if rest != "" && (rest[0] == ';' || rest[0] == ',') {
		rest = strings.TrimLeft(rest[1:], space)
	}
	if len(rest) >= 3 && strings.EqualFold(rest[:3], "url") {
		if after, found := strings.CutPrefix(strings.TrimLeft(rest[3:], space), "="); found {
			rest = strings.TrimLeft(after, space)
		}
	}
	if rest != "" && (rest[0] == '\'' || rest[0] == '"') {
		rest, _, _ = strings.Cut(rest[1:], rest[:1])
	}
	rest = strings.Trim(rest, space)
	return delay, rest, true
}

// reloads returns the page's address if the page refreshes to itself within a second, even in browsers that run
// scripts. Sites send such a page to browsers that have not sent a cookie yet. For all other pages, reloads returns "".
func (p *Page) reloads() string {
	if r := p.refresh; r != nil && r.toItself && r.delay <= 1 && !r.inNoscript {
		return r.target
	}
	return ""
}

// maxRefreshWords is the maximum number of words on a page that counts as a redirect although it is shown for a while.
const maxRefreshWords = 50

// refreshes returns the address to which the page redirects, or "". links are the links of the page, and words is its
// number of words. If the refresh comes after more than a second, or is only for browsers without scripts, a page with
// more than maxRefreshWords words, or with a link to a page other than itself and the target, is not a redirect. The
// target then counts as a link.
func (p *Page) refreshes(links []string, words int) string {
	r := p.refresh
	switch {
	case r == nil || r.toItself:
		return ""
	case r.delay <= 1 && !r.inNoscript:
		return r.target
	}
	for _, link := range links {
		if key := DedupKey(link); key != DedupKey(r.target) && key != DedupKey(p.Request.URL) {
			return ""
		}
	}
	if words > maxRefreshWords {
		return ""
	}
	return r.target
}
