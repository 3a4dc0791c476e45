// Package hosts says which pages belong together for cleaner.Site.
package hosts

import (
	"net/url"
	"strings"
)

// Of gives the host of an address with its port, in lower case; "" for an address that has none.
func Of(address string) string {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil {
		return ""
	}
	return strings.ToLower(u.Host)
}
