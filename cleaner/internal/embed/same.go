package embed

import (
	"net/url"
	"strings"
)

// SameService reports whether two addresses belong to the same service. It knows only services that add a line of text
// below their players, and returns false for all others.
func SameService(one, other string) bool {
	a, b := serviceOf(one), serviceOf(other)
	return a != "" && a == b
}

func serviceOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	host := strings.ToLower(u.Hostname())
	for _, service := range [...]string{"vimeo.com", "soundcloud.com", "slideshare.net", "dailymotion.com"} {
		if isIn(host, service) {
			return service
		}
	}
	return ""
}

// isIn reports whether a host name is a domain or one of its subdomains.
func isIn(host, domain string) bool { return host == domain || strings.HasSuffix(host, "."+domain) }
