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

// minSitePages is how many pages of a host are needed to learn from it.
const minSitePages = 3

// parsedAhead is how many parsed pages are held in memory for each worker.
const parsedAhead = 4

// sites maps each host to what its pages have in common.
type sites map[string]*cleaner.Snapshot

// learn reads the pages once before they are cleaned, and sets each page's host. Pages of unknown host and standard
// input, which can be read only once, are cleaned without a Site.
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
	// Pages are parsed in parallel but observed in order: of two identical pages only the first counts, and the result
	// should not vary.
	for some := range slices.Chunk(pages, parsedAhead*workers) {
		parallel.Each(ctx, some, workers, func(p *page) {
			if learning[p.host] != nil {
				p.doc, _ = p.parse(urls[p.id]) // an error is reported when the page is cleaned
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

// findHost returns the host of a page's address or, if that is unknown, of the address that the page declares; "" if
// there is neither.
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

// ownAddress returns the address that a page's head declares, or "" if there is no absolute one.
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
