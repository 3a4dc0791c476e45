package scraper

import (
	"net/url"
	"path"
	"strings"

	"golang.org/x/net/publicsuffix"
)

// A Scope reports whether a crawl follows a link to the address u. The argument seed is the seed from which the crawl
// reached the link or, if that seed redirects, the target of the redirect. Both addresses are in canonical form and
// must not be changed. A Scope may be called from several goroutines.
type Scope func(u, seed *url.URL) bool

// SameHost allows links to the seed's host and port, with or without a leading "www.", over http or https. It is the
// default of Job.Scope.
func SameHost(u, seed *url.URL) bool {
	return strings.TrimPrefix(u.Host, "www.") == strings.TrimPrefix(seed.Host, "www.")
}

// SameDomain allows links to the seed's registrable domain, according to the Public Suffix List: blog.example.co.uk is
// in the domain of www.example.co.uk. For an IP address it is like SameHost.
func SameDomain(u, seed *url.URL) bool {
	if u.Host == seed.Host {
		return true
	}
	a, errA := publicsuffix.EffectiveTLDPlusOne(u.Hostname())
	b, errB := publicsuffix.EffectiveTLDPlusOne(seed.Hostname())
	return errA == nil && errB == nil && a == b && strings.Trim(a, "0123456789.") != ""
}

// PathPrefix allows links to the seed's host (as SameHost does) whose path begins with the prefix. Whole segments are
// compared: "/blog" allows /blog and /blog/a, but not /blogs. An empty prefix means the folder of the seed.
func PathPrefix(prefix string) Scope {
	return func(u, seed *url.URL) bool {
		under := prefix
		if under == "" {
			under = path.Dir(seed.EscapedPath() + "x")
		}
		under = strings.TrimSuffix(under, "/")
		p := u.EscapedPath()
		return SameHost(u, seed) && (p == under || strings.HasPrefix(p, under+"/"))
	}
}

// AnyHost allows every link. Set Job.MaxPages or Job.MaxDepth with it.
func AnyHost(_, _ *url.URL) bool { return true }

// inScope reports whether the job's Scope allows an address.
func (j Job) inScope(u, seed *url.URL) bool {
	if j.Scope == nil {
		return SameHost(u, seed)
	}
	return j.Scope(u, seed)
}
