package main

import (
	"bytes"
	"context"
	"net/url"
	"strings"
	"sync"

	"golang.org/x/net/html"

	"github.com/dechaff/dechaff/cleaner"
	"github.com/dechaff/dechaff/cleaner/htmldoc"
)

// minSitePages is how many pages of a host there must be for anything to be made of what they have in common.
const minSitePages = 3

// sites are what the pages of each host have in common, by host.
type sites map[string]*cleaner.Snapshot

// learn reads the pages once before they are cleaned, and notes each page's host. Pages whose host is known from nothing, and what comes from
// standard input, which can be read only once, are cleaned alone.
func learn(ctx context.Context, pages []page, urls map[string]string, workers int) sites {
	if len(pages) < minSitePages {
		return nil
	}
	inParallel(ctx, pages, workers, func(p *page) { p.host = p.findHost(urls[p.id]) })
	counts := make(map[string]int)
	for i := range pages {
		counts[pages[i].host]++
	}
	learning := make(map[string]*cleaner.Site)
	for host, n := range counts {
		if host != "" && n >= minSitePages {
			learning[host] = cleaner.NewSite()
		}
	}
	inParallel(ctx, pages, workers, func(p *page) {
		if site := learning[p.host]; site != nil {
			if doc, err := p.parse(urls[p.id]); err == nil { // a page that cannot be read says so when it is cleaned
				site.Observe(doc)
			}
		}
	})
	known := make(sites, len(learning))
	for host, site := range learning {
		known[host] = site.Snapshot()
	}
	return known
}

func inParallel(ctx context.Context, pages []page, workers int, one func(*page)) {
	next := make(chan *page)
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for p := range next {
				one(p)
			}
		})
	}
	for i := range pages {
		if ctx.Err() != nil {
			break
		}
		next <- &pages[i]
	}
	close(next)
	wg.Wait()
}

// findHost is the host of a page's address or, where that is unknown, of the one that the page gives itself; "" for neither.
func (p *page) findHost(address string) string {
	if p.once || p.isText() {
		return ""
	}
	if address == "" {
		b, err := p.read()
		if err != nil {
			return ""
		}
		address = ownAddress(b)
	}
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.ToLower(u.Host)
}

// ownAddress is what a page's head calls its address.
func ownAddress(b []byte) string {
	z := html.NewTokenizer(bytes.NewReader(b))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return ""
		case html.StartTagToken, html.SelfClosingTagToken:
			t := z.Token()
			value := make(map[string]string, len(t.Attr))
			for _, a := range t.Attr {
				value[a.Key] = a.Val
			}
			switch {
			case t.Data == "body":
				return ""
			case t.Data == "link" && strings.EqualFold(value["rel"], "canonical"):
				return value["href"]
			case t.Data == "meta" && value["property"] == "og:url":
				return value["content"]
			}
		}
	}
}

// parse reads and parses a page.
func (p *page) parse(address string) (*htmldoc.Document, error) {
	b, err := p.read()
	if err != nil {
		return nil, err
	}
	return htmldoc.ParseBytes(b, htmldoc.Source{URL: address})
}
