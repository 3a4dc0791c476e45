package scraper

import (
	"fmt"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/idna"

	"github.com/dechaff/dechaff/cleaner/htmldoc"
)

// maxURLBytes is the maximum length of an address. Most servers reject longer addresses, and link traps generate them.
const maxURLBytes = 8 << 10

// canonicalURL returns the canonical form of an address: scheme and host in lower case, the host in ASCII (IDNA), no
// default port, no dot segments, no user name or password, no fragment, percent-encoding as RFC 3986 section 6.2.2
// normalizes it, and no tracking or session parameters. The names of index files and the order of parameters are kept,
// because addresses that differ in these can be different pages.
func canonicalURL(raw string) (*url.URL, error) {
	u, err := normalURL(raw)
	if err != nil {
		return nil, err
	}
	u.RawQuery = stripTracking(u.RawQuery)
	if path := stripSessions(u.RawPath); path != u.RawPath {
		if err := setPath(u, path); err != nil {
			return nil, err
		}
	}
	return u, nil
}

// canonicalAddress is canonicalURL for strings. It is fast for addresses that are already in canonical form, as most
// links are.
func canonicalAddress(raw string) (string, error) {
	if len(raw) < maxURLBytes && htmldoc.IsPlainURL(raw) {
		head, query, ok := strings.Cut(raw, "?")
		if !ok {
			return raw, nil
		}
		if kept := stripTracking(query); kept == query {
			return raw, nil
		} else if kept != "" {
			return head + "?" + kept, nil
		}
		return head, nil
	}
	u, err := canonicalURL(raw)
	if err != nil {
		return "", err
	}
	return u.String(), nil
}

// normalURL is canonicalURL without the removal of tracking and session parameters. Redirects are followed in this
// form, because a site may require a parameter that it added itself.
func normalURL(raw string) (*url.URL, error) {
	raw = strings.TrimSpace(raw)
	if len(raw) > maxURLBytes {
		return nil, fmt.Errorf("%w: %d bytes long", ErrBadURL, len(raw))
	}
	u, err := url.Parse(raw)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrBadURL, err)
	}
	if u.Scheme == "" {
		return nil, fmt.Errorf("%w: %q does not begin with https:// or http://", ErrBadURL, raw)
	}
	if u.Scheme != "http" && u.Scheme != "https" { // url.Parse has made it lower-case
		return nil, fmt.Errorf("%w: %q", ErrBadURL, raw)
	}
	if u.Host, err = normalHost(u); err != nil {
		return nil, err
	}
	u.User, u.Fragment, u.RawFragment, u.ForceQuery = nil, "", "", false
	if err := setPath(u, normalPercent(u.EscapedPath())); err != nil {
		return nil, err
	}
	u = u.ResolveReference(u) // removes dot segments, including escaped ones
	if err := setPath(u, normalPercent(u.EscapedPath())); err != nil {
		return nil, err
	}
	u.RawQuery = normalPercent(u.RawQuery)
	if length := len(u.RawPath) + len(u.RawQuery); length > maxURLBytes { // escaping may have made it longer
		return nil, fmt.Errorf("%w: %d bytes long", ErrBadURL, length)
	}
	return u, nil
}

// setPath sets the path of u from its escaped form; an empty path becomes "/".
func setPath(u *url.URL, escaped string) error {
	if escaped == "" {
		escaped = "/"
	}
	decoded, err := url.PathUnescape(escaped)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrBadURL, err)
	}
	u.Path, u.RawPath = decoded, escaped
	return nil
}

// normalHost returns the URL's host in ASCII and lower case, with its port unless that is the default port of the
// scheme.
func normalHost(u *url.URL) (string, error) {
	name, port := strings.TrimRight(u.Hostname(), "."), u.Port()
	if name == "" || !utf8.ValidString(name) {
		return "", fmt.Errorf("%w: no host in %q", ErrBadURL, u)
	}
	if addr, err := netip.ParseAddr(name); err == nil {
		if name = addr.String(); addr.Is6() {
			name = "[" + name + "]"
		}
	} else {
		ascii, err := idna.Lookup.ToASCII(name)
		if err != nil { // real hosts contain underscores, which IDNA rejects
			ascii = strings.ToLower(name)
		}
		if name, err = hostNameOrNumber(strings.TrimRight(ascii, ".")); err != nil { // IDNA allows other full stops
			return "", err
		}
	}
	if port == "" {
		return name, nil
	}
	number, err := strconv.ParseUint(port, 10, 16)
	if err != nil {
		return "", fmt.Errorf("%w: no port: %q", ErrBadURL, port)
	}
	if port = strconv.FormatUint(number, 10); port == defaultPort(u.Scheme) {
		return name, nil
	}
	return name + ":" + port, nil
}

func isHostName(s string) bool {
	return s != "" && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789-_.") == "" &&
		!strings.Contains("."+s+".", "..")
}

func defaultPort(scheme string) string {
	if scheme == "https" {
		return "443"
	}
	return "80"
}

// hostKey returns the host name and port of an address. Each such pair has its own pace. The ports of http and https
// count as one, port 443, because one server usually listens on both.
func hostKey(u *url.URL) string {
	switch port := u.Port(); port {
	case "", "80", "443":
		return strings.TrimSuffix(u.Host, ":"+port) + ":443"
	}
	return u.Host
}

// serverKey returns the host name and port of an address, for what must not be sent to another port.
func serverKey(u *url.URL) string {
	if u.Port() != "" {
		return u.Host
	}
	return u.Host + ":" + defaultPort(u.Scheme)
}

// normalPercent writes escapes in upper case, decodes the escapes of unreserved characters, and escapes characters
// that are not allowed in a URL. A percent sign that does not begin an escape is escaped too, as in browsers.
func normalPercent(s string) string {
	clean := true
	for i := 0; i < len(s) && clean; i++ {
		clean = s[i] != '%' && !mustEscape(s[i])
	}
	if clean {
		return s
	}
	var b strings.Builder
	b.Grow(len(s) + 8)
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c == '%' {
			if hex, ok := unhex(s[i+1:]); ok {
				i += 2
				if isUnreserved(hex) {
					b.WriteByte(hex)
				} else {
					writeEscape(&b, hex)
				}
				continue
			}
		}
		if c == '%' || mustEscape(c) {
			writeEscape(&b, c)
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}

func writeEscape(b *strings.Builder, c byte) {
	const digits = "0123456789ABCDEF"
	b.Write([]byte{'%', digits[c>>4], digits[c&15]})
}

func unhex(s string) (byte, bool) {
	if len(s) < 2 {
		return 0, false
	}
	high, low := hexDigit(s[0]), hexDigit(s[1])
	return high<<4 | low&15, high < 16 && low < 16
}

func hexDigit(c byte) byte {
	switch {
	case '0' <= c && c <= '9':
		return c - '0'
	case 'a' <= c && c <= 'f':
		return c - 'a' + 10
	case 'A' <= c && c <= 'F':
		return c - 'A' + 10
	}
	return 16
}

// isUnreserved reports whether c is an unreserved character of RFC 3986, whose escape means the same as the character.
func isUnreserved(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || strings.IndexByte("-._~", c) >= 0
}

func mustEscape(c byte) bool {
	return c <= ' ' || c >= 0x7f || strings.IndexByte("\"<>`{}|\\^", c) >= 0
}
