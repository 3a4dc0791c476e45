package scraper

import (
	"net/url"
	"path"
	"strings"

	"golang.org/x/net/publicsuffix"
)

// A Scope says whether a crawl follows a link to u, when it came to it from seed. Where a seed redirects, seed is the
// address that it led to. Both are in canonical form and must not be changed. It may be called from several goroutines.
type Scope func(u, seed *url.URL) bool

// SameHost keeps to the seed's host and port, with or without a leading "www.", by http or https. It is what a nil
// Job.Scope means.
func SameHost(u, seed *url.URL) bool {
	return strings.TrimPrefix(u.Host, "www.") == strings.TrimPrefix(seed.Host, "www.")
}

// SameDomain keeps to the seed's registrable domain, by the Public Suffix List: blog.example.co.uk is in the
// domain of www.example.co.uk. For an address literal it is SameHost.
func SameDomain(u, seed *url.URL) bool {
	if u.Host == seed.Host {
		return true
	}
	a, errA := publicsuffix.EffectiveTLDPlusOne(u.Hostname())
	b, errB := publicsuffix.EffectiveTLDPlusOne(seed.Hostname())
	return errA == nil && errB == nil && a == b && strings.Trim(a, "0123456789.") != ""
}

// PathPrefix keeps to the seed's host (as SameHost) and to paths under prefix, by whole segments: "/blog" holds
// /blog and /blog/a, not /blogs. An empty prefix means the folder that the seed is in.
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

// AnyHost follows every link. Give a Job.MaxPages or a Job.MaxDepth with it.
func AnyHost(_, _ *url.URL) bool { return true }
