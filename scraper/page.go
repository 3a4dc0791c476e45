package scraper

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/dechaff/dechaff/cleaner/htmldoc"
	"golang.org/x/net/html"
)

// A Page is a fetched page that has been decoded and parsed. Its Document can be passed directly to the cleaner. A Page
// may be read from several goroutines.
type Page struct {
	*htmldoc.Document
	// Request is the request for the page. Request.URL is the page's address, and Request.Via lists the addresses that
	// redirected to it.
	Request Request
	// Status is the HTTP status code, always 2xx.
	Status int
	// Header is the header of the response, as it was sent.
	Header http.Header
	// FetchedAt is when the last byte was read.
	FetchedAt time.Time
	// Hash is the SHA-256 of Body, in hexadecimal.
	Hash string
	// Body contains the page's bytes, decompressed, in the page's own character encoding. Do not change it.
	Body []byte
	// NoIndex reports whether the page asks crawlers not to index it: by noindex, none, or unavailable_after with a
	// date that is not after FetchedAt. Such a page is passed to handlers only with NoIndexKeep; Fetch returns it.
	// NoFollow reports whether the page asks crawlers not to follow its links, by nofollow or none. They are then not
	// followed. Both are read from X-Robots-Tag, <meta name=robots> and a <meta> with the crawler's own name.
	NoIndex, NoFollow bool
	// Canonical is the page's rel=canonical, in a <link> or a Link header, if it is accepted: http or https, on the
	// same host, neither the front page nor a template. In a Crawl, a page that names another page is handled only if
	// the two turn out to be different pages; then Canonical is empty.
	Canonical string
	// CanonicalErr is an ErrCanonical with the reason why the page's rel=canonical is not accepted. CanonicalErr is
	// nil if the rel=canonical is accepted or missing.
	CanonicalErr error
	// Next is the canonical address in the page's first rel=next, or "" if there is none. The page's own address is
	// ignored.
	Next string
	// Feeds are the addresses of the RSS, Atom and JSON feeds that the page announces, at most ten.
	Feeds []string
	// Parts are the further parts of an article on several pages, in order; only set with Job.JoinParts or
	// Job.Next.
	Parts []*Page
	// Whole is the page that has the whole article, according to Job.Whole; nil if there is none or if it could not be
	// fetched.
	Whole *Page
	// NotModified reports whether the server confirmed the page in Options.Cache. Then Body, Hash and Header are from
	// the cache.
	NotModified bool
	// Raw is the request for the page and the response, as they were sent; nil without Options.Raw. The redirects that led
	// to the page have exchanges of their own, which only Options.OnExchange gets. If NotModified, Raw is the server's
	// confirmation.
	Raw *Exchange
	// Rendered reports whether Document and Body are the page as a browser rendered it, in UTF-8.
	Rendered bool
	// RenderErr is an ErrRender if the page could not be rendered and is as it was fetched; nil otherwise.
	RenderErr error

	references  []htmldoc.Link // targets of frames and of links in <noscript> and scripts, absent from Document.Links
	refresh     *refresh       // nil if the page does not refresh
	hasLongLink bool           // a link is longer than maxURLBytes; set by links
}

// newPage parses the response of a hop. Errors: ErrContentType, ErrTooLarge.
func (s *Scraper) newPage(req Request, res *response) (*Page, error) {
	if kind := listKind(res.body); kind != "" {
		return nil, &kindError{ErrContentType, kind, "by its first element"}
	}
	contentType := res.header.Get("Content-Type")
	if res.isRendered {
		contentType = "text/html; charset=utf-8"
	}
	doc, err := htmldoc.ParseBytes(res.body, htmldoc.Source{
		URL: req.URL, ContentType: contentType, ContentLanguage: res.header.Get("Content-Language"),
		Published: req.Published, Modified: req.Modified, MaxBytes: s.opts.MaxBytes,
	})
	switch {
	case errors.Is(err, htmldoc.ErrNotHTML):
		return nil, notHTML(res.body, err)
	case errors.Is(err, htmldoc.ErrTooLarge):
		return nil, fmt.Errorf("%w%s", ErrTooLarge, strings.TrimPrefix(err.Error(), htmldoc.ErrTooLarge.Error()))
	case err != nil:
		return nil, err
	}
	hash := sha256.Sum256(res.body)
	page := &Page{
		Document: doc, Request: req, Status: res.status, Header: res.header, FetchedAt: res.end,
		Hash: hex.EncodeToString(hash[:]), Body: res.body,
	}
	page.NotModified = res.notModified && !res.isRendered // the scripts and their data may have changed
	page.Rendered, page.RenderErr = res.isRendered, res.renderErr
	page.Raw = res.exchange
	page.readDirectives(s.token)
	if header := page.Header.Get("Refresh"); header != "" {
		page.setRefresh(header, false)
	}
	page.readLinkHeader()
	page.readHead()
	return page, nil
}

func attribute(node *html.Node, key string) string {
	for _, a := range node.Attr {
		if a.Key == key && a.Namespace == "" {
			return strings.TrimSpace(a.Val)
		}
	}
	return ""
}

// links returns the page's links in canonical form, each once: those that may be followed, and those that must not be
// followed because of nofollow. A link that also occurs without nofollow may be followed.
func (p *Page) links() (follow, noFollow []string) {
	found := append(p.Links(), p.references...)
	recoded := p.recodedQueries()
	seen := make(map[string]bool, len(found))
	add := func(list []string, raw string) []string {
		address, err := canonicalAddress(raw)
		if err != nil { // mailto: and the like were dropped earlier; the rest are not addresses
			p.hasLongLink = p.hasLongLink || len(raw) > maxURLBytes
			return list
		}
		if seen[address] {
			return list
		}
		seen[address] = true
		return append(list, address)
	}
	var marked []string
	for _, link := range found {
		if target, ok := recoded[link.URL]; ok {
			link.URL = target
		}
		if p.NoFollow || hasToken(link.Rel, "nofollow") {
			marked = append(marked, link.URL)
		} else {
			follow = add(follow, link.URL)
		}
	}
	if p.Next != "" && !p.NoFollow { // <link rel=next>
		follow = add(follow, p.Next)
	}
	if p.refresh != nil && !p.refresh.toItself && !p.NoFollow {
		follow = add(follow, p.refresh.target)
	}
	for _, raw := range marked {
		noFollow = add(noFollow, raw)
	}
	return follow, noFollow
}

func hasToken(list, token string) bool {
	for word := range strings.FieldsSeq(list) {
		if word == token {
			return true
		}
	}
	return false
}

// redirectTarget resolves a Location as browsers do, which accept more than net/url.
func redirectTarget(from *url.URL, location string) (*url.URL, error) {
	location = strings.NewReplacer("\t", "", "\n", "", "\r", "").Replace(strings.TrimSpace(location)) // keeps Latin-1
	path := strings.IndexAny(location+"?", "?#")
	location = strings.ReplaceAll(location[:path], `\`, "/") + location[path:]
	target, err := from.Parse(location)
	if err != nil {
		target, err = from.Parse(normalPercent(location))
	}
	if err != nil {
		return nil, fmt.Errorf("%w: redirect to %q", ErrBadURL, location)
	}
	return normalURL(target.String())
}
