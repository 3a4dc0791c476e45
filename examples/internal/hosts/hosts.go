// Package hosts returns the hosts of addresses, by which the examples group pages for cleaner.Site.
package hosts

import (
	"net/url"
	"strings"
)

// Of returns the host of an address with its port, in lower case, or "" if the address has none.
func Of(address string) string {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil {
		return ""
	}
	return strings.ToLower(u.Host)
}
