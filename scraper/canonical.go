package scraper

import (
	"fmt"
	"net/url"
	"strings"
)

// setCanonical checks an address that the page names by rel=canonical (RFC 6596), and sets Canonical if the address is
// accepted: it must be on the same host, must not be a template that was not filled in, and must not be the front page
// (except on the front page itself). Otherwise, setCanonical sets CanonicalErr. If a page has several different
// canonical addresses, none is accepted.
func (p *Page) setCanonical(u *url.URL) {
	if p.Canonical != "" && p.Canonical != u.String() {
		p.Canonical, p.CanonicalErr = "", fmt.Errorf("%w: the page names several different ones", ErrCanonical)
		return
	}
	if p.CanonicalErr != nil {
		return
	}
	own, err := url.Parse(p.Request.URL)
	switch {
	case err != nil:
	case isTemplate(u):
		p.CanonicalErr = fmt.Errorf("%w: %s is a template that was not filled in", ErrCanonical, u)
	case !SameHost(u, own):
		p.CanonicalErr = fmt.Errorf("%w: %s is on another host", ErrCanonical, u)
	case strings.Trim(u.Path, "/") == "" && u.RawQuery == "" && strings.Trim(own.Path, "/") != "":
		p.CanonicalErr = fmt.Errorf("%w: %s is the front page", ErrCanonical, u)
	default:
		p.Canonical = u.String()
	}
}

// readLinkHeader calls setCanonical for each canonical address in Link headers (RFC 8288).
func (p *Page) readLinkHeader() {
	for _, value := range p.Header["Link"] {
		for value != "" {
			_, rest, found := strings.Cut(value, "<")
			target, parameters, closed := strings.Cut(rest, ">")
			if !found || !closed {
				break
			}
			parameters, value = splitLink(parameters)
			for parameter := range strings.SplitSeq(parameters, ";") {
				name, rel, _ := strings.Cut(strings.TrimSpace(parameter), "=")
				if !strings.EqualFold(name, "rel") || !hasToken(strings.ToLower(strings.Trim(rel, `"`)), "canonical") {
					continue
				}
				if u, err := p.linked(target); err == nil {
					p.setCanonical(u)
				}
			}
		}
	}
}

// splitLink splits what follows an address in a Link header: first the address's parameters, then, after a comma, the
// rest of the header.
func splitLink(value string) (parameters, rest string) {
	quoted := false
	for i := range len(value) {
		switch value[i] {
		case '"':
			quoted = !quoted
		case ',':
			if !quoted {
				return value[:i], value[i+1:]
			}
		}
	}
	return value, ""
}

// isTemplate reports whether an address is the output of a template or script with a missing value, such as "/{{url}}"
// or "/undefined".
func isTemplate(u *url.URL) bool {
	for _, mark := range [...]string{"{{", "}}", "${", "<%", "%%", "[["} {
		if strings.Contains(u.Path, mark) || strings.Contains(u.RawQuery, url.QueryEscape(mark)) {
			return true
		}
	}
	last := u.Path[strings.LastIndexByte(strings.TrimRight(u.Path, "/"), '/')+1:]
	switch strings.ToLower(strings.TrimRight(last, "/")) {
	case "undefined", "null", "nan", "[object object]":
		return true
	}
	return false
}

// Identity returns the address that identifies the page: Canonical if it is set, otherwise the page's own address.
func (p *Page) Identity() string {
	if p.Canonical != "" {
		return p.Canonical
	}
	return p.ownAddress()
}

// ownAddress returns the page's own address in canonical form.
func (p *Page) ownAddress() string {
	if u, err := canonicalURL(p.Request.URL); err == nil {
		return u.String()
	}
	return p.Request.URL
}
