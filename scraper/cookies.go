package scraper

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"golang.org/x/net/http/httpguts"
	"golang.org/x/net/publicsuffix"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

const (
	// maxCookies is the maximum number of cookies that are kept for one host. RFC 6265, section 6.1, asks clients to
	// keep at least this many.
	maxCookies = 50
	// maxCookieBytes is the maximum total size of the cookies of one host. Most servers accept a header of this size.
	maxCookieBytes = 8 << 10
)

// Cookies are the cookies of a crawl; see Job.Cookies. A cookie is only sent to the host and port that set it, even if
// it names a domain. For the default ports, a cookie that was set over http is also sent over https, but not the
// reverse. Cookies from Read are sent to the hosts that the file names. Cookies is safe for concurrent use.
type Cookies struct {
	mu    sync.Mutex
	hosts map[string]*hostCookies // by hostKey
	given *cookiejar.Jar          // the cookies from Read
}

// hostCookies are the cookies that one host has set. The jar cannot list its cookies, so they are also kept in the
// field kept.
type hostCookies struct {
	jar  *cookiejar.Jar
	kept []keptCookie // oldest first
}

// keptCookie is a cookie as it was set.
type keptCookie struct {
	URL    string `json:"url"`
	Cookie string `json:"cookie"` // as a Set-Cookie header, with the expiry date

	name, path, value string
}

// NewCookies returns an empty set of cookies.
func NewCookies() *Cookies {
	return &Cookies{hosts: make(map[string]*hostCookies), given: newJar()}
}

func newJar() *cookiejar.Jar {
	jar, err := cookiejar.New(&cookiejar.Options{PublicSuffixList: publicsuffix.List})
	if err != nil {
		panic(err) // it never fails
	}
	return jar
}

// Read adds the cookies of a file in Netscape's format, which curl and browser extensions write: seven fields per line,
// separated by tabs. A cookie whose second field is TRUE is also sent to the subdomains of its host.
// Cookies that cannot be sent, for example because of a control character, are left out.
//
// Errors: ErrOptions with the number of the line, and the reader's own.
func (c *Cookies) Read(r io.Reader) error {
	lines := bufio.NewScanner(transform.NewReader(r, unicode.BOMOverride(transform.Nop)))
	for number := 1; lines.Scan(); number++ {
		line := strings.TrimPrefix(strings.TrimSuffix(lines.Text(), "\r"), "#HttpOnly_")
		if strings.TrimSpace(line) == "" || line[0] == '#' {
			continue
		}
		fields := strings.Split(line, "\t")
		if len(fields) != 7 {
			return fmt.Errorf("%w: line %d of the cookies has %d fields, not 7", ErrOptions, number, len(fields))
		}
		seconds, _, _ := strings.Cut(fields[4], ".") // some browser extensions write fractions
		expires, err := strconv.ParseInt(seconds, 10, 64)
		if err != nil {
			return fmt.Errorf("%w: line %d of the cookies: the date %q is not a number", ErrOptions, number, fields[4])
		}
		if fields[5] == "" || !isCookieValue(fields[5]+fields[6]) {
			continue
		}
		host := strings.TrimPrefix(fields[0], ".")
		cookie := &http.Cookie{
			Name: fields[5], Value: fields[6], Path: fields[2], Secure: strings.EqualFold(fields[3], "TRUE"),
		}
		if strings.EqualFold(fields[1], "TRUE") {
			cookie.Domain = host
		}
		if expires > 0 {
			cookie.Expires = time.Unix(expires, 0)
		}
		c.given.SetCookies(&url.URL{Scheme: "https", Host: host, Path: "/"}, []*http.Cookie{cookie})
	}
	return lines.Err()
}

// HostState returns the cookies that a host has set, in an internal format. It returns nil if there are none. The host
// has the form of Finding.Host.
func (c *Cookies) HostState(host string) []byte {
	c.mu.Lock()
	defer c.mu.Unlock()
	h := c.hosts[host]
	if h == nil || len(h.kept) == 0 {
		return nil
	}
	text, err := json.Marshal(h.kept)
	if err != nil {
		return nil // strings cannot cause an error
	}
	return text
}

// SetHostState replaces the cookies that a host has set with those of an earlier HostState. Cookies that it cannot read
// are lost.
func (c *Cookies) SetHostState(host string, state []byte) {
	var kept []keptCookie
	if json.Unmarshal(state, &kept) != nil {
		kept = nil
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.hosts, host)
	for _, k := range kept {
		u, errURL := url.Parse(k.URL)
		cookie, errCookie := parseSetCookie(k.Cookie)
		if errURL == nil && errCookie == nil && hostKey(u) == host {
			c.host(host).set(u, cookie)
		}
	}
}

// host returns the cookies of a host. It creates the set if needed.
func (c *Cookies) host(key string) *hostCookies {
	h := c.hosts[key]
	if h == nil {
		h = &hostCookies{jar: newJar()}
		c.hosts[key] = h
	}
	return h
}

// header returns the value of the Cookie header for a request. It is empty if there are no cookies or c is nil.
func (c *Cookies) header(u *url.URL) string {
	if c == nil {
		return ""
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	var pairs []string
	names := make(map[string]bool)
	if h := c.hosts[hostKey(u)]; h != nil {
		for _, cookie := range h.jar.Cookies(u) {
			names[cookie.Name] = true
			pairs = append(pairs, cookie.Name+"="+cookie.Value)
		}
	}
	for _, cookie := range c.given.Cookies(u) {
		if !names[cookie.Name] { // the host has not set another value since
			pairs = append(pairs, cookie.Name+"="+cookie.Value)
		}
	}
	return strings.Join(pairs, "; ")
}

// learn stores the cookies of a response, except those with a header of 4 KiB or more. It reports whether that added,
// changed or removed a cookie.
func (c *Cookies) learn(u *url.URL, header http.Header) bool {
	if c == nil || len(header["Set-Cookie"]) == 0 {
		return false
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	changed := false
	for _, line := range header["Set-Cookie"] {
		if cookie, err := parseSetCookie(line); err == nil && len(line) < maxCookieBytes/2 {
			changed = c.host(hostKey(u)).set(u, cookie) || changed
		}
	}
	return changed
}

// parseSetCookie parses a Set-Cookie header. Unlike net/http, it accepts any value that can be sent in a header, and
// keeps quotes: a server gets back exactly the value that it has set (RFC 6265, section 5.4).
func parseSetCookie(line string) (*http.Cookie, error) {
	pair, attributes, _ := strings.Cut(line, ";")
	name, value, hasValue := strings.Cut(pair, "=")
	if hasValue {
		name += "="
	}
	cookie, err := http.ParseSetCookie(name + ";" + attributes)
	if err != nil {
		return nil, err
	}
	cookie.Value = strings.Trim(value, " \t")
	if !isCookieValue(cookie.Value) {
		return nil, fmt.Errorf("%w: the value of the cookie %s", ErrProtocol, cookie.Name)
	}
	return cookie, nil
}

// formatSetCookie is the reverse of parseSetCookie.
func formatSetCookie(cookie http.Cookie) string {
	value := cookie.Value
	cookie.Value = ""
	name, attributes, _ := strings.Cut(cookie.String(), "=")
	return name + "=" + value + attributes
}

// isCookieValue reports whether a value can be sent in a Cookie header and stored as JSON.
func isCookieValue(value string) bool {
	return httpguts.ValidHeaderFieldValue(value) && utf8.ValidString(value) && !strings.Contains(value, ";")
}

// set sets or removes one cookie, and reports whether that changed anything.
func (h *hostCookies) set(u *url.URL, cookie *http.Cookie) bool {
	cookie.Domain = "" // not for any other host
	cookie.Secure = cookie.Secure || u.Scheme == "https"
	if cookie.MaxAge > 0 {
		cookie.Expires, cookie.MaxAge = time.Now().Add(time.Duration(min(cookie.MaxAge, 1<<30))*time.Second), 0
	}
	gone := cookie.MaxAge < 0 || !cookie.Expires.IsZero() && time.Now().After(cookie.Expires)
	at := slices.IndexFunc(h.kept, func(k keptCookie) bool { return k.name == cookie.Name && k.path == cookie.Path })
	known := at >= 0
	changed := known && (gone || h.kept[at].value != cookie.Value) || !known && !gone
	if known {
		h.kept = slices.Delete(h.kept, at, at+1)
	}
	h.jar.SetCookies(u, []*http.Cookie{cookie})
	if !gone {
		address := url.URL{Scheme: u.Scheme, Host: u.Host, Path: u.Path}
		header := formatSetCookie(*cookie)
		h.kept = append(h.kept, keptCookie{address.String(), header, cookie.Name, cookie.Path, cookie.Value})
		h.bound()
	}
	return changed
}

// bound removes the oldest cookies until the others are within maxCookies and maxCookieBytes.
func (h *hostCookies) bound() {
	size, first := 0, len(h.kept)
	for first > 0 && len(h.kept)-first < maxCookies {
		if size += len(h.kept[first-1].Cookie); size > maxCookieBytes {
			break
		}
		first--
	}
	if first == 0 {
		return
	}
	kept := h.kept[first:]
	h.jar, h.kept = newJar(), nil
	for _, k := range kept {
		u, errURL := url.Parse(k.URL)
		cookie, errCookie := parseSetCookie(k.Cookie)
		if errURL == nil && errCookie == nil {
			h.jar.SetCookies(u, []*http.Cookie{cookie})
			h.kept = append(h.kept, k)
		}
	}
}
