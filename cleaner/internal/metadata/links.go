package metadata

import (
	"net/url"
	"strings"

	"golang.org/x/net/publicsuffix"

	"github.com/dechaff/dechaff/cleaner/htmldoc"
)

// maxURL is the maximum length in bytes of an accepted address.
const maxURL = 2048

// resolveLinks decides the canonical address and the lead image.
func (m *Fields) resolveLinks(f *Findings, doc *htmldoc.Document) {
	absolute := func(ref string) string {
		ref = strings.TrimSpace(ref)
		if ref == "" || len(ref) > maxURL {
			return ""
		}
		abs, ok := doc.Resolve(ref)
		if !ok || len(abs) > maxURL || !strings.HasPrefix(abs, "http://") && !strings.HasPrefix(abs, "https://") {
			return ""
		}
		return abs
	}
	saved := ""
	if own := doc.Address(); own != doc.URL {
		saved = own.String()
	}
	m.Canonical = m.first("canonical", func(ref string) string {
		abs := absolute(ref)
		if abs == "" || !isOwnAddress(abs, f.url) {
			return ""
		}
		return abs
	}, source{"link", []string{f.canonical}}, source{"opengraph", f.meta["og:url"]},
		source{"saved", []string{saved}})
	m.resolveImage(f, absolute)
}

// isOwnAddress reports whether an address can be the page's own. The address must be on the same site as the page. It
// must not be that of the front page unless the page is the front page. If the page's address is unknown, any valid
// address can be its own.
func isOwnAddress(address string, page *url.URL) bool {
	u := ParseURL(address)
	if u == nil || page == nil || page.Host == "" {
		return u != nil
	}
	if strings.Trim(u.Path, "/") == "" && u.RawQuery == "" && strings.Trim(page.Path, "/") != "" {
		return false
	}
	return isSameSite(u, page)
}

// IsSameSite reports whether an address is on the site of a page: on its host, or on one with the same registered
// domain. If the page's address is unknown, no address is.
func IsSameSite(address string, page *url.URL) bool {
	u := ParseURL(address)
	return u != nil && page != nil && page.Host != "" && isSameSite(u, page)
}

func isSameSite(a, b *url.URL) bool {
	return strings.EqualFold(a.Hostname(), b.Hostname()) || registered(a) == registered(b)
}

// registered returns the registered domain of an address's host, such as gazette.example for www.gazette.example. If
// there is none, it returns the whole host name.
func registered(u *url.URL) string {
	host := strings.ToLower(u.Hostname())
	if name, err := publicsuffix.EffectiveTLDPlusOne(host); err == nil {
		return name
	}
	return host
}
