package main

import (
	"flag"
	"net/url"

	"github.com/dechaff/dechaff/cleaner/htmldoc"
	"github.com/dechaff/dechaff/examples/internal/rulesflag"
	"github.com/dechaff/dechaff/scraper"
)

// siteRules contains the flags for site rules, and the rules of -site-rules.
type siteRules struct {
	rules rulesflag.Rules
	// siteHeaders reports whether to send the headers in the rules.
	siteHeaders bool
}

func (c *config) siteRulesFlags(fs *flag.FlagSet) {
	c.rules.Define(fs)
	fs.Var(&c.loginAs, "login",
		"with -site-rules: sign in through the site's form as `user@host`, with the password from standard input")
	fs.BoolVar(&c.siteHeaders, "site-headers", false,
		"with -site-rules: send the headers in the rules to the hosts of the URLs, even a different user agent")
}

// into configures a crawl according to the rules: how to find the rest of an article, and which headers to send.
func (r *siteRules) into(job *scraper.Job, a *access) {
	if r.rules.Rules == nil {
		return
	}
	job.Next = func(p *scraper.Page) (string, bool) { return r.rules.Next(p.Document) }
	job.Whole = func(p *scraper.Page) string { return r.rules.Whole(p.Document) }
	if !r.siteHeaders {
		return
	}
	for _, seed := range job.Seeds {
		u, err := url.Parse(seed)
		if err != nil {
			continue // the crawl reports the error
		}
		for name, values := range r.rules.Header(u) {
			if own := a.header(headerKey(u)); own.Get(name) == "" { // -header takes precedence
				own[name] = values
			}
		}
	}
}

// wholeDocument returns the document with the whole article of a page, under the page's own address.
func wholeDocument(p *scraper.Page) *htmldoc.Document {
	doc := *p.Whole.Document
	doc.URL = p.URL
	return &doc
}
