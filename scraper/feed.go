package scraper

import (
	"bytes"
	"fmt"
	"io"
	"net/url"
	"strings"
	"time"

	"github.com/mmcdole/gofeed"
	"golang.org/x/net/html/atom"
)

// feedMaxEntries is the maximum number of entries of a feed that are read.
const feedMaxEntries = 10_000

// parseFeed parses RSS, Atom or JSON Feed. Addresses are resolved against the address of the feed.
func parseFeed(body []byte, address string) ([]Entry, error) {
	feed, err := readFeed(body)
	if err != nil {
		return nil, err
	}
	base, err := normalURL(address)
	if err != nil {
		return nil, err
	}
	entries := make([]Entry, 0, min(len(feed.Items), feedMaxEntries))
	for _, item := range feed.Items[:min(len(feed.Items), feedMaxEntries)] {
		link := item.Link
		if link == "" && strings.HasPrefix(item.GUID, "http") { // a permanent link, in old RSS
			link = item.GUID
		}
		target, err := base.Parse(strings.TrimSpace(link))
		if link == "" || err != nil {
			continue
		}
		u, err := canonicalURL(target.String())
		if err != nil {
			continue
		}
		entries = append(entries, Entry{
			URL: u.String(), Title: strings.TrimSpace(item.Title), Published: feedTime(item.PublishedParsed),
			Modified: feedTime(item.UpdatedParsed),
		})
	}
	return entries, nil
}

// readFeed parses a feed with gofeed and recovers from its panics: v1.4.2 panics on a JSON feed with "null" entries.
func readFeed(body []byte) (feed *gofeed.Feed, err error) {
	defer func() {
		if value := recover(); value != nil {
			feed, err = nil, fmt.Errorf("%w: %v", ErrFeed, value)
		}
	}()
	if body, err = io.ReadAll(listText(bytes.NewReader(body))); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrFeed, err)
	}
	if body, err = checkFeed(body); err != nil {
		return nil, err
	}
	if feed, err = gofeed.NewParser().Parse(bytes.NewReader(body)); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrFeed, err)
	}
	return feed, nil
}

func feedTime(t *time.Time) time.Time {
	if t == nil {
		return time.Time{}
	}
	return *t
}

// feedTypes are the media types of feeds in the <link> elements of pages.
var feedTypes = setOf("application/rss+xml application/atom+xml application/feed+json")

// readHead reads the page's <link> elements (feeds, rel=next, rel=canonical, translations), rel=next in <a> elements,
// and the page's references.
func (p *Page) readHead() {
	for node := range p.Root.Descendants() {
		p.readReference(node)
		p.readScriptLink(node)
		if node.DataAtom != atom.Link && (node.DataAtom != atom.A || attribute(node, "rel") == "") {
			continue
		}
		rel, href := strings.ToLower(attribute(node, "rel")), attribute(node, "href")
		u, err := p.linked(href)
		if err != nil {
			if node.DataAtom == atom.Link && hasToken(rel, "canonical") && p.CanonicalErr == nil {
				p.CanonicalErr = fmt.Errorf("%w: %w", ErrCanonical, err)
			}
			continue
		}
		switch {
		case node.DataAtom == atom.Link && hasToken(rel, "canonical"):
			p.setCanonical(u)
		case hasToken(rel, "next") && p.Next == "" && u.String() != p.Request.URL:
			p.Next = u.String()
		case node.DataAtom == atom.Link && hasToken(rel, "alternate") && attribute(node, "hreflang") != "":
			p.addReference(href, "", false)
		case node.DataAtom == atom.Link && hasToken(rel, "alternate") &&
			feedTypes[strings.ToLower(attribute(node, "type"))] && len(p.Feeds) < maxFeeds:
			p.Feeds = append(p.Feeds, u.String())
		}
	}
}

// maxFeeds is the maximum number of feeds in Page.Feeds. A page may have a feed of its own, one for its comments and
// one for its section.
const maxFeeds = 10

// linked resolves an address on the page and returns it in canonical form.
func (p *Page) linked(href string) (*url.URL, error) {
	address, ok := p.Resolve(href)
	if !ok {
		return nil, fmt.Errorf("%w: %.200q", ErrBadURL, href)
	}
	return canonicalURL(address)
}

func setOf(words string) map[string]bool {
	set := make(map[string]bool)
	for _, word := range strings.Fields(words) {
		set[word] = true
	}
	return set
}
