package scraper

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"slices"
	"time"
)

// A RenderMode determines which pages Options.Renderer renders.
type RenderMode int

const (
	// RenderNever renders no page.
	RenderNever RenderMode = iota
	// RenderWhenEmpty renders pages that seem to need their scripts. Such a page has a script. In addition, it has
	// hardly any text, or it has little text and a <noscript> or an empty element that scripts fill, or it does not
	// link to another page of its host. Pages whose text is in data for their scripts are not rendered, because package
	// cleaner reads that data.
	RenderWhenEmpty
	// RenderAlways renders all pages that have a 2xx status, except those with a refresh that counts as a redirect.
	RenderAlways
)

// String returns "never", "empty" or "always", or "unknown".
func (m RenderMode) String() string { return nameOf(int(m), "never", "empty", "always") }

// A Renderer runs the scripts of pages. Package render has one that uses Chromium. A Renderer must be safe for
// concurrent use.
type Renderer interface {
	// Render returns the page as a browser shows it. It must not request the page itself again.
	Render(ctx context.Context, page RenderRequest) (Rendering, error)
}

// A RenderRequest is a page to be rendered. It has already been fetched, so robots.txt, the host's delay and the size
// limits have already been applied.
type RenderRequest struct {
	// URL is the page's address.
	URL string
	// Body is the page as it was fetched, decompressed.
	Body []byte
	// Encoding is the name of the page's character encoding.
	Encoding string
	// Header is the response's header.
	Header http.Header
	// UserAgent is Options.UserAgent.
	UserAgent string
	// Cookies are the crawl's cookies for the page's address. They are for the page's host only.
	Cookies []*http.Cookie
	// MaxBytes is the maximum size of the rendered page. If the page is larger, Render returns ErrTooLarge.
	MaxBytes int64
	// Dial makes all connections for the page. It refuses addresses that are not on the public Internet, unless
	// Options.AllowPrivate is set. It connects to the same address that it has checked, so a host name cannot resolve
	// to another address in between.
	Dial func(ctx context.Context, network, address string) (net.Conn, error)
}

// A Rendering is a rendered page.
type Rendering struct {
	// HTML is the document after its scripts have run, in UTF-8.
	HTML []byte
	// Redirect is the address to which a script of the page navigated; empty means none. The address was not requested.
	Redirect string
	// Bytes is how many bytes were received from the network while rendering.
	Bytes int64
}

// render replaces the body of a response with the rendered page, if the page is to be rendered. The argument until is
// the deadline for rendering. If rendering fails, the page is delivered as it was fetched. If, in addition, the page is
// a shell (see isShell) or ctx is done, render returns an error instead.
func (v *visit) render(ctx context.Context, res *response, until time.Time) error {
	mode := v.s.opts.Render
	if mode == RenderNever || v.req.List != NoList || res.status < 200 || res.status > 299 {
		return nil
	}
	page, err := v.s.newPage(v.req, res)
	if err != nil {
		return nil // deliver parses the page again and reports the error
	}
	words := len(page.words())
	links, _ := page.links()
	isShell := page.isShell(words, links)
	if mode == RenderWhenEmpty && !isShell || page.refreshes(links, words) != "" {
		return nil
	}
	limited, cancel := context.WithDeadlineCause(ctx, until, fmt.Errorf("%w after %s", ErrTimeout, v.s.opts.Timeout))
	defer cancel()
	cookies, err := http.ParseCookie(v.hooks.Cookies.header(v.url))
	if err != nil {
		cookies = nil // ParseCookie fails if there are no cookies
	}
	rendering, err := v.s.opts.Renderer.Render(limited, RenderRequest{
		URL: v.req.URL, Body: res.body, Encoding: page.Encoding, Header: res.header, UserAgent: v.s.opts.UserAgent,
		Cookies: cookies, MaxBytes: v.s.opts.MaxBytes, Dial: v.s.dial,
	})
	res.end = time.Now()
	switch {
	case err == nil:
		res.body, res.isRendered, res.left = rendering.HTML, true, rendering.Redirect
		res.wire += rendering.Bytes
	case ctx.Err() != nil:
		return ctx.Err()
	case isShell:
		return fmt.Errorf("%w: %w", ErrRender, err)
	default:
		res.renderErr = fmt.Errorf("%w: %w", ErrRender, err)
	}
	return nil
}

// leaves reports whether a script of the page navigated to another page, which counts as a redirect. A script that
// navigates to the page itself, or back to an address that redirected here, only reloads the page.
func (v *visit) leaves(res *response) bool {
	if res.left == "" {
		return false
	}
	target, err := redirectTarget(v.url, res.left)
	return err == nil && target.String() != v.req.URL && !slices.Contains(v.req.Via, target.String())
}

// dial makes a connection for a Renderer, with the address guard, which checks each address after the name is resolved.
func (s *Scraper) dial(ctx context.Context, network, address string) (net.Conn, error) {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrBadURL, err)
	}
	if !s.opts.AllowPrivate {
		if err := s.guard.checkHost(host); err != nil {
			return nil, err
		}
	}
	connections, ok := s.transport.base.(*http.Transport)
	if !ok {
		return nil, errors.New("scraper: a browser cannot use Options.Transport") // New rejects this
	}
	return connections.DialContext(ctx, network, address)
}
