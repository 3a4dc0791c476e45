package main

import (
	"bytes"
	"context"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"github.com/dechaff/dechaff/cleaner"
	"github.com/dechaff/dechaff/cleaner/htmldoc"
	"github.com/dechaff/dechaff/examples/internal/hosts"
	"github.com/dechaff/dechaff/examples/internal/parallel"
)

// minSitePages is how many pages of a host there must be for anything to be made of what they have in common.
const minSitePages = 3

// parsedAhead is how many parsed pages are held for each worker.
const parsedAhead = 4

// sites are what the pages of each host have in common, by host.
type sites map[string]*cleaner.Snapshot

// learn reads the pages once before they are cleaned, and notes each page's host. Pages whose host is known from
// nothing, and what comes from standard input, which can be read only once, are cleaned alone.
func learn(ctx context.Context, pages []page, urls map[string]string, workers int) sites {
	if len(pages) < minSitePages {
		return nil
	}
	parallel.Each(ctx, pages, workers, func(p *page) { p.host = p.findHost(urls[p.id]) })
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
	// Pages are parsed beside each other and observed one after the other: of two alike the first counts, and it is to be
	// the same each time.
	for some := range slices.Chunk(pages, parsedAhead*workers) {
		parallel.Each(ctx, some, workers, func(p *page) {
			if learning[p.host] != nil {
				p.doc, _ = p.parse(urls[p.id]) // a page that cannot be read says so when it is cleaned
			}
		})
		for i := range some {
			if p := &some[i]; p.doc != nil {
				learning[p.host].Observe(p.doc)
				p.doc = nil
			}
		}
	}
	known := make(sites, len(learning))
	for host, site := range learning {
		known[host] = site.Snapshot()
	}
	return known
}

// findHost is the host of a page's address or, where that is unknown, of the one that the page gives itself; "" for
// neither.
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
	return hosts.Of(address)
}

// ownAddress is what a page's head calls its address, "" where it says only the path.
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
			address := ""
			switch {
			case t.Data == "body":
				return ""
			case t.Data == "link" && strings.EqualFold(value["rel"], "canonical"):
				address = value["href"]
			case t.Data == "meta" && value["property"] == "og:url":
				address = value["content"]
			}
			if hosts.Of(address) != "" {
				return address
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
