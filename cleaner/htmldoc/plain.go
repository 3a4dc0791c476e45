package htmldoc

import (
	"net/url"
	"strings"
)

// IsPlainURL reports whether an address is in its simplest form, so that resolving and normalizing would not change it:
// http or https, a lower-case ASCII host without port or user, a path of letters, digits and the characters "/-_~.", in
// which no segment is empty or begins with a dot, no fragment, and a query, if any, of letters, digits and the
// characters "=&/-_~." only. Most links are in this form and need no parsing.
func IsPlainURL(address string) bool {
	rest, ok := strings.CutPrefix(address, "https://")
	if !ok {
		if rest, ok = strings.CutPrefix(address, "http://"); !ok {
			return false
		}
	}
	slash := strings.IndexByte(rest, '/')
	return slash > 0 && isPlainHost(rest[:slash]) && isPlainPath(rest[slash:])
}

// isPlainHost accepts a lower-case ASCII name without Punycode whose last label begins with a letter. If it began with
// a digit, the name could be an IP address in an unusual notation.
func isPlainHost(host string) bool {
	for i := range len(host) {
		if c := host[i]; (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-' && c != '.' {
			return false
		}
	}
	last := host[strings.LastIndexByte(host, '.')+1:]
	return host[0] != '.' && !strings.Contains(host, "..") && last != "" && last[0] >= 'a' &&
		!strings.Contains(host, "xn--")
}

// isPlainPath accepts an absolute path that normalizing would not change, with or without a query.
func isPlainPath(path string) bool {
	query := false
	for i := range len(path) {
		switch c := path[i]; {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', c == '-', c == '_', c == '~':
		case c == '/':
			if !query && i+1 < len(path) && (path[i+1] == '.' || path[i+1] == '/') {
				return false
			}
		case c == '.':
		case c == '?' && !query && i+1 < len(path):
			query = true
		case (c == '=' || c == '&') && query:
		default:
			return false
		}
	}
	return path != "" && path[0] == '/'
}

// plainReference resolves a reference that does not need the URL parser. It returns false for any other reference.
func plainReference(base *url.URL, ref string) (string, bool) {
	switch {
	case len(ref) > 0 && ref[0] == '/':
		if base == nil || !isHTTP(base.Scheme) || base.User != nil || base.Port() != "" || base.Host == "" ||
			!isPlainHost(base.Host) || !isPlainPath(ref) {
			return "", false
		}
		return base.Scheme + "://" + base.Host + ref, true
	case IsPlainURL(ref):
		return ref, true
	}
	return "", false
}
