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

// A RenderMode says which pages are rendered by Options.Renderer.
type RenderMode int

const (
	// RenderNever renders no page.
	RenderNever RenderMode = iota
	// RenderWhenEmpty renders pages that have scripts but hardly any text, or no link to their own host. Pages whose text
	// is in data for their scripts are not rendered, because package cleaner reads it there.
	RenderWhenEmpty
	// RenderAlways renders all pages.
	RenderAlways
)

// String returns the mode's name, in lower case.
func (m RenderMode) String() string { return [...]string{"never", "empty", "always"}[m] }

// A Renderer runs the scripts of pages. Package render has one that is made of Chromium. It must be safe for concurrent
// use.
type Renderer interface {
	// Render returns what a browser makes of a page. It must not request the page itself again.
	Render(ctx context.Context, page RenderRequest) (Rendering, error)
}

// A RenderRequest is a page to be rendered. It was fetched before, so that robots.txt, the host's pace, and the limits
// on its size hold.
type RenderRequest struct {
	// URL is the page's address.
	URL string
	// Body is the page as it was fetched, decompressed, and Encoding the name of its character encoding.
	Body     []byte
	Encoding string
	// Header is that of the response.
	Header http.Header
	// UserAgent and Cookies are what was sent with the request for the page. Cookies are for the page's host only.
	UserAgent string
	Cookies   []*http.Cookie
	// MaxBytes is the largest rendered page; more is ErrTooLarge.
	MaxBytes int64
	// Dial makes all connections for the page. It refuses addresses that are not on the public Internet, unless
	// Options.AllowPrivate is set: the address that it checks is the one that it connects to.
	Dial func(ctx context.Context, network, address string) (net.Conn, error)
}

// A Rendering is a rendered page.
type Rendering struct {
	// HTML is the document as scripts have left it, in UTF-8.
	HTML []byte
	// Redirect is the address that a script of the page went to; empty for none. It was not requested.
	Redirect string
	// Bytes is how much was received from the network for the page.
	Bytes int64
}

// render replaces the body of a response by the rendered page, if it is to be rendered. If that fails, the page is
// delivered as it was fetched, unless there is nothing to see of it without scripts: then it has failed.
func (v *visit) render(ctx context.Context, res *response, until time.Time) error {
	mode := v.s.opts.Render
	if mode == RenderNever || v.req.List != NoList || res.status < 200 || res.status > 299 {
		return nil
	}
	page, err := v.s.newPage(v.req, res)
	if err != nil {
		return nil // deliver parses it again, and reports the error
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
		cookies = nil // there are none
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

// leaves reports whether a script of the page went to another page, which is a redirect. Scripts that go to the page
// itself, or back to one that has redirected here, only load it again.
func (v *visit) leaves(res *response) bool {
	if res.left == "" {
		return false
	}
	target, err := redirectTarget(v.url, res.left)
	return err == nil && target.String() != v.req.URL && !slices.Contains(v.req.Via, target.String())
}

// dial connects with the address guard. The guard checks the address that is connected to, after the name is resolved.
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
		return nil, errors.New("scraper: a browser cannot use Options.Transport") // New has refused it
	}
	return connections.DialContext(ctx, network, address)
}
