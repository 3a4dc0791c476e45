package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"sync"

	"github.com/dechaff/dechaff/cleaner"
	"github.com/dechaff/dechaff/cleaner/htmldoc"
	"github.com/dechaff/dechaff/examples/internal/explain"
	"github.com/dechaff/dechaff/examples/internal/parallel"
)

// A library contains the pages with which the inspector was started. It is safe for concurrent use.
type library struct {
	all   []source
	hosts map[string][]int // the indexes of each host's pages

	mu      sync.Mutex
	rows    []row
	surveys int // surveys in progress
	docs    cache[int, *htmldoc.Document]
	made    cache[string, *explain.Page]
	sites   map[string]*cleaner.Snapshot
}

// A row is a page in the list of pages.
type row struct {
	Page       int     `json:"page"`
	Name       string  `json:"name"`
	URL        string  `json:"url"`
	Host       string  `json:"host"`
	Title      string  `json:"title"`
	Kind       string  `json:"kind"`
	Confidence float64 `json:"confidence"`
	Words      int     `json:"words"`
	Ready      bool    `json:"ready"`
	Error      string  `json:"error,omitempty"`
}

// keptDocuments is the maximum number of parsed pages in the cache, and keptResults that of cleaned pages.
const (
	keptDocuments = 12
	keptResults   = 12
)

func newLibrary(pages []source) *library {
	l := &library{
		all: pages, hosts: make(map[string][]int), sites: make(map[string]*cleaner.Snapshot),
		docs: newCache[int, *htmldoc.Document](keptDocuments), made: newCache[string, *explain.Page](keptResults),
	}
	for i, p := range pages {
		host := p.Host()
		l.hosts[host] = append(l.hosts[host], i)
		l.rows = append(l.rows, row{Page: i, Name: p.ID, URL: p.URL, Host: host})
	}
	return l
}

// A listing is the list of pages, with the results for those cleaned so far.
type listing struct {
	Pages []row `json:"pages"`
	Done  bool  `json:"done"`
}

func (l *library) list() listing {
	l.mu.Lock()
	defer l.mu.Unlock()
	done := l.surveys == 0
	for i := range l.rows {
		done = done && l.rows[i].Ready
	}
	return listing{slices.Clone(l.rows), done}
}

// surveyed is the number of pages that are cleaned at a time for the list. It is small, so that the page on display has
// priority.
const surveyed = 2

// survey cleans all pages for the list.
func (l *library) survey(ctx context.Context, rules *rulebook) {
	indexes := make([]int, len(l.all))
	for i := range indexes {
		indexes[i] = i
	}
	l.surveyPages(ctx, rules, indexes)
}

// surveyPages cleans the pages with the given indexes for the list.
func (l *library) surveyPages(ctx context.Context, rules *rulebook, indexes []int) {
	l.mu.Lock()
	l.surveys++
	for _, i := range indexes {
		l.rows[i].Ready = false
	}
	l.mu.Unlock()
	parallel.Each(ctx, slices.Clone(indexes), surveyed, func(i *int) {
		p, err := l.cleanSafely(ctx, choice{page: *i, site: true, rules: savedRules}, rules)
		l.mu.Lock()
		defer l.mu.Unlock()
		of := &l.rows[*i]
		of.Ready, of.Error = true, ""
		if err != nil {
			of.Error = err.Error()
			return
		}
		of.Title, of.Kind, of.Confidence = p.Article.Title, p.Article.Kind.String(), p.Article.Confidence
		if of.Words = 0; p.Failure != nil {
			of.Error = "no article"
		} else {
			of.Words = p.Article.Words()
		}
	})
	l.mu.Lock()
	l.surveys--
	l.mu.Unlock()
}

// errPanic means that the cleaner panicked on a page. That is a bug to report, but the inspector continues.
var errPanic = errors.New("panic")

func (l *library) cleanSafely(ctx context.Context, c choice, rules *rulebook) (p *explain.Page, err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("%w: %v", errPanic, v)
		}
	}()
	return l.clean(ctx, c, rules)
}

// A choice is a page and the options for cleaning it.
type choice struct {
	page  int
	favor cleaner.Favor
	kind  cleaner.Kind
	vote  cleaner.Voting
	site  bool
	rules ruleSet
}

// chosen reads a choice from the query of a request.
func (l *library) chosen(q url.Values) (choice, error) {
	c := choice{site: q.Get("site") != "off", rules: ruleSet(q.Get("rules"))}
	var err error
	if c.page, err = l.pageOf(q.Get("page")); err != nil {
		return c, err
	}
	for _, f := range []cleaner.Favor{cleaner.FavorBalanced, cleaner.FavorPrecision, cleaner.FavorRecall} {
		if f.String() == q.Get("favor") {
			c.favor = f
		}
	}
	for _, v := range []cleaner.Voting{cleaner.VoteWhenUnsure, cleaner.VoteAlways, cleaner.VoteNever} {
		if v.String() == q.Get("vote") {
			c.vote = v
		}
	}
	if name := q.Get("kind"); name != "" {
		if err := c.kind.UnmarshalText([]byte(name)); err != nil {
			return c, fmt.Errorf("%w: %w", errRequest, err)
		}
	}
	return c, nil
}

func (l *library) pageOf(number string) (int, error) {
	page, err := strconv.Atoi(number)
	if err != nil || page < 0 || page >= len(l.all) {
		return 0, fmt.Errorf("%w: there is no page %q", errRequest, number)
	}
	return page, nil
}

// explain cleans the page that a request names, with the options in the request.
func (l *library) explain(ctx context.Context, q url.Values, rules *rulebook) (*explain.Page, error) {
	c, err := l.chosen(q)
	if err != nil {
		return nil, err
	}
	key := fmt.Sprint(c, rules.version())
	l.mu.Lock()
	p, ok := l.made.get(key)
	l.mu.Unlock()
	if ok {
		return p, nil
	}
	if p, err = l.clean(ctx, c, rules); err != nil {
		return nil, err
	}
	l.mu.Lock()
	l.made.put(key, p)
	l.mu.Unlock()
	return p, nil
}

// clean cleans a page with the options of a choice.
func (l *library) clean(ctx context.Context, c choice, rules *rulebook) (*explain.Page, error) {
	doc, err := l.document(c.page)
	if err != nil {
		return nil, err
	}
	o := explain.Options{Cleaner: cleaner.Options{Favor: c.favor, Kind: c.kind, Vote: c.vote}}
	o.Cleaner.SiteRules = rules.of(c.rules)
	if c.site {
		o.Site = l.site(ctx, l.rows[c.page].Host)
	}
	return explain.New(ctx, doc, o)
}

// document parses a page, unless the parsed page is cached.
func (l *library) document(page int) (*htmldoc.Document, error) {
	l.mu.Lock()
	doc, ok := l.docs.get(page)
	l.mu.Unlock()
	if ok {
		return doc, nil
	}
	doc, err := l.all[page].Parse()
	if err != nil {
		return nil, err
	}
	l.mu.Lock()
	l.docs.put(page, doc)
	l.mu.Unlock()
	return doc, nil
}

// maxObserved is the maximum number of pages of a host that are read to learn what they have in common.
const maxObserved = 300

// site returns what the pages of a host have in common, or nil for the host "". If there are fewer than three pages,
// the result has no effect on cleaning.
func (l *library) site(ctx context.Context, host string) *cleaner.Snapshot {
	l.mu.Lock()
	known, ok := l.sites[host]
	l.mu.Unlock()
	if ok || host == "" {
		return known
	}
	site := cleaner.NewSite()
	for _, page := range l.hosts[host][:min(len(l.hosts[host]), maxObserved)] {
		if len(l.hosts[host]) < 3 || ctx.Err() != nil {
			break
		}
		if doc, err := l.document(page); err == nil {
			site.Observe(doc)
		}
	}
	known = site.Snapshot()
	if ctx.Err() != nil { // not all pages were observed, so the next request must learn again
		return known
	}
	l.mu.Lock()
	l.sites[host] = known
	l.mu.Unlock()
	return known
}
