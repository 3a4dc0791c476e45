package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"time"

	"github.com/dechaff/dechaff/cleaner"
	"github.com/dechaff/dechaff/examples/internal/commandline"
	"github.com/dechaff/dechaff/examples/internal/record"
	"github.com/dechaff/dechaff/scraper"
)

// Exit statuses.
const (
	exitFinished = 0 // the crawl is finished, or -max was reached
	exitNothing  = 1 // no article was written or found unchanged, although pages were left for this run
	exitUsage    = 2 // the command line, or a file that a flag names, is invalid
	exitStopped  = 3 // stopped early, with work left: by a signal, the disk or the database
)

type config struct {
	out, userAgent, seedsFile, saveHTML string
	// options are the options for the cleaner.
	options cleaner.Options

	max, depth   int
	delay        time.Duration
	allowPrivate bool
	sitemaps     bool
	feeds        bool
	join         bool
	verbose      bool
	noSite       bool
	retryFailed  bool
	cache        string
	state, name  string
	scope        scraper.Scope
	noIndex      scraper.NoIndex
	seeds        []string
	demo         bool
	fingerprint  string // a hash of everything that affects how a page is cleaned and written

	access
	siteRules
	archiveFlags
	warcFlags
	runFlags
	rendering
	include, exclude, followOnly, noTrap []scraper.Pattern
	sitemapOnly                          bool
}

// scopes are the values of -scope.
var scopes = map[string]scraper.Scope{
	"host": scraper.SameHost, "domain": scraper.SameDomain, "folder": scraper.PathPrefix(""), "any": scraper.AnyHost,
}

// noIndexes are the values of -noindex.
var noIndexes = map[string]scraper.NoIndex{"skip": scraper.NoIndexSkip, "keep": scraper.NoIndexKeep}

// parseFlags parses the command line. If the user asked for help, it prints the help and returns flag.ErrHelp.
func parseFlags(args []string, stderr io.Writer) (config, error) {
	var c config
	fs := flag.NewFlagSet("crawler", flag.ContinueOnError)
	fs.SetOutput(stderr)
	fs.Usage = func() {
		fmt.Fprintln(stderr, "usage: crawler [flags] [URL…]\n\n"+
			"Without a URL, it crawls its own demo site on loopback.\n\nFlags go before the URLs:")
		fs.PrintDefaults()
	}
	c.plainFlags(fs)
	include, exclude, followOnly, noTrap := c.choices(fs)
	c.archive(fs)
	c.warc(fs)
	c.runs(fs)
	c.renderFlags(fs)
	scope := fs.String("scope", "host",
		"which links to follow: host, domain (by the Public Suffix List), folder (the seed's) or any")
	noIndex := fs.String("noindex", "skip",
		"what to do with pages marked noindex: skip (only follow their links) or keep")
	fields := fs.String("fields", "",
		"additional `fields` of articles.jsonl, separated by commas, or all: "+record.ExtraFields())
	if err := commandline.Parse(fs, args); err != nil {
		return c, err
	}
	rules, err := c.rules.Hash()
	if err != nil {
		return c, fmt.Errorf("-site-rules: %w", err)
	}
	if err := checkNeeds(fs); err != nil {
		return c, err
	}
	c.fingerprint = fingerprintOf(fs, rules)
	if err := c.archiveFlags.check(fs); err != nil {
		return c, err
	}
	if err := record.Ask(&c.options, *fields); err != nil {
		return c, fmt.Errorf("-fields: %w", err)
	}
	c.rules.Into(&c.options)
	var ok bool
	if c.scope, ok = scopes[*scope]; !ok {
		return c, fmt.Errorf("-scope must be host, domain, folder or any, not %q", *scope)
	}
	if c.noIndex, ok = noIndexes[*noIndex]; !ok {
		return c, fmt.Errorf("-noindex must be skip or keep, not %q", *noIndex)
	}
	if c.include, err = include.patterns("include"); err != nil {
		return c, err
	}
	if c.exclude, err = exclude.patterns("exclude"); err != nil {
		return c, err
	}
	if c.followOnly, err = followOnly.patterns("follow-only"); err != nil {
		return c, err
	}
	if c.noTrap, err = noTrap.patterns("no-trap"); err != nil {
		return c, err
	}
	c.sitemaps = c.sitemaps || c.sitemapOnly
	if err := c.findSeeds(fs.Args()); err != nil {
		return c, err
	}
	if c.max < 0 || c.delay < 0 {
		return c, errors.New("-max and -delay must not be negative")
	}
	if c.depth < 0 && (c.sitemaps || c.feeds) {
		return c, errors.New("the pages in sitemaps and feeds are one link away from the URLs, which -depth -1 excludes; " +
			"to follow no links of pages, use -sitemap-only")
	}
	if c.demo = len(c.seeds) == 0; c.demo && c.state != "" {
		return c, errors.New("-state needs the URLs that the crawl began with; without a URL, it would crawl the demo site")
	}
	return c, nil
}

// checkScraper returns an error if a scraper cannot use a flag's value. The crawl would find out only after it has
// created its files.
func (c *config) checkScraper() error {
	s, err := scraper.New(scraper.Options{UserAgent: c.userAgent, Cache: c.cache})
	switch {
	case errors.Is(err, scraper.ErrCache):
		return fmt.Errorf("-cache: %w", err)
	case err != nil:
		return fmt.Errorf("-user-agent: %w", err)
	}
	s.Close()
	return nil
}

// needs maps flags to the flags without which they have no effect.
var needs = map[string]string{
	"retry-failed": "state", "name": "state", "login": "site-rules", "site-headers": "site-rules", "render-wait": "render",
	"warc-size": "format",
}

// checkNeeds returns an error if a flag was given without the one that it needs.
func checkNeeds(fs *flag.FlagSet) (err error) {
	given := make(map[string]bool)
	fs.Visit(func(f *flag.Flag) { given[f.Name] = true })
	fs.Visit(func(f *flag.Flag) {
		if need := needs[f.Name]; need != "" && !given[need] {
			err = errors.Join(err, fmt.Errorf("-%s needs -%s", f.Name, need))
		}
	})
	return err
}

// plainFlags defines the flags whose values are stored as they are.
func (c *config) plainFlags(fs *flag.FlagSet) {
	fs.StringVar(&c.out, "out", "articles", "`folder` to write the articles to")
	fs.IntVar(&c.max, "max", 1000, "maximum number of pages; 0 is no limit")
	fs.IntVar(&c.depth, "depth", 0, "maximum number of links from a seed to a page; 0 is no limit, -1 follows no links")
	fs.DurationVar(&c.delay, "delay", time.Second, "shortest time between two requests to a host")
	fs.StringVar(&c.userAgent, "user-agent", "", "the crawler's name in requests (default dechaff's own)")
	fs.BoolVar(&c.allowPrivate, "allow-private", false, "also crawl loopback and private addresses")
	fs.StringVar(&c.seedsFile, "seeds", "", "`file` with more URLs, one per line")
	fs.StringVar(&c.saveHTML, "save-html", "", "`folder` to store each page in, as it was fetched")
	fs.BoolVar(&c.sitemaps, "sitemaps", false, "also visit the pages in the sites' sitemaps")
	fs.BoolVar(&c.feeds, "feeds", false, "also visit the pages in the feeds that pages announce")
	fs.BoolVar(&c.join, "join", false, "join articles that are spread over several pages")
	fs.BoolVar(&c.verbose, "verbose", false, "log each request to standard error")
	fs.StringVar(&c.cache, "cache", "", "`folder` to store pages in, so that the next run fetches only changed ones")
	fs.StringVar(&c.state, "state", "",
		"`file` (crawl.db) or postgres:// URL that stores the crawl's state, to resume it or to share it")
	fs.StringVar(&c.name, "name", "default", "name of the crawl in the -state database")
	fs.BoolVar(&c.noSite, "no-site", false, "do not learn from what the pages of a host have in common")
	fs.BoolVar(&c.retryFailed, "retry-failed", false, "with -state: first queue permanently failed pages again")
}

// findSeeds reads the URLs on the command line and in the -seeds file.
func (c *config) findSeeds(args []string) (err error) {
	if c.seeds, err = checkArguments(args); err != nil || c.seedsFile == "" {
		return err
	}
	more, err := readSeeds(c.seedsFile)
	if err != nil {
		return err
	}
	if c.seeds = append(c.seeds, more...); len(c.seeds) == 0 {
		return fmt.Errorf("%s contains no URL", c.seedsFile)
	}
	return nil
}

// choices defines the flags that choose pages, and those for site rules, headers, signing in, proxies and certificates.
// It returns the values of -include, -exclude, -follow-only and -no-trap.
func (c *config) choices(fs *flag.FlagSet) (include, exclude, followOnly, noTrap *list) {
	include, exclude, followOnly, noTrap = new(list), new(list), new(list), new(list)
	c.siteRulesFlags(fs)
	fs.Var(include, "include",
		"visit only pages whose address matches the `pattern`: a glob, or re: followed by a regular expression")
	fs.Var(exclude, "exclude", "do not visit pages whose address matches the `pattern`")
	fs.Var(followOnly, "follow-only",
		"follow the links of pages whose address matches the `pattern`, but do not write them")
	fs.Var(noTrap, "no-trap",
		"visit pages whose address matches the `pattern` even if they seem to be generated without end")
	fs.BoolVar(&c.sitemapOnly, "sitemap-only", false, "visit only the pages in the sites' sitemaps, and follow no links")
	fs.Var(&c.headers, "header", "send the header `\"Name: value\"` to the hosts of the URLs")
	fs.StringVar(&c.cookiesFile, "cookies", "", "`file` of cookies to send, in Netscape's format")
	fs.Var(&c.auth, "auth", "sign in as `user@host`, with the password from standard input")
	fs.StringVar(&c.proxy, "proxy", "", "`address` of a proxy for all requests: http, https or socks5")
	fs.StringVar(&c.ca, "ca", "", "`file` of certificates to trust in addition to the system's, in PEM format")
	return include, exclude, followOnly, noTrap
}
