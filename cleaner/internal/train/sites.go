package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/dechaff/dechaff/cleaner"
	"github.com/dechaff/dechaff/cleaner/htmldoc"
	"github.com/dechaff/dechaff/cleaner/internal/judge"
)

// minSitePages is the minimum number of pages that a host must have to be compared.
const minSitePages = 5

// compareSites cleans the pages of each host with and without a Site, based on the opinions of judges that never saw
// the host, and prints the scores. examples/evaluate -site does the same with the shipped judge.
func compareSites(o *options, stdout io.Writer) error {
	for _, corpus := range o.corpora {
		c := comparison{corpus: corpus, headline: o.hasHeadline(corpus)}
		if err := c.compare(o, stdout); err != nil {
			return fmt.Errorf("%s: %w", corpus, err)
		}
	}
	return nil
}

// A comparison compares the articles of one corpus with and without a Site.
type comparison struct {
	corpus   string
	headline bool // the corpus's texts begin with the headline
}

// A sitePage is a page that is cleaned without and with a Site.
type sitePage struct {
	entry *entry
	prior *judge.Prior
	doc   *htmldoc.Document
	// texts are the page's text without and with the Site.
	texts [2]string
	// repeated is the number of words, without and with the Site, in kept blocks that are on at least three pages of
	// the host and whose text is not in the truth.
	repeated [2]int
	err      error
}

func (c *comparison) compare(o *options, stdout io.Writer) error {
	entries, err := readTruth(c.corpus)
	if err != nil {
		return err
	}
	name := filepath.Base(c.corpus)
	first := filepath.Join(o.opinions, name)
	priors, err := readPriors(filepath.Join(o.opinions, name+".out.f32"), first+".kinds.f32", first+".jsonl", len(entries))
	if err != nil {
		return err
	}
	byHost := make(map[string][]*sitePage)
	for i := range entries {
		e := &entries[i]
		if host := hostOf(e.URL); host != "" && e.Text != nil {
			byHost[host] = append(byHost[host], &sitePage{entry: e, prior: &priors[i]})
		}
	}
	var hosts []string
	for host, list := range byHost {
		if len(list) >= minSitePages {
			hosts = append(hosts, host)
		}
	}
	slices.Sort(hosts)
	var pages []*sitePage
	for _, host := range hosts {
		if err := c.cleanHost(byHost[host]); err != nil {
			return err
		}
		pages = append(pages, byHost[host]...)
	}
	fmt.Fprintf(stdout, "%s (%d pages)\n", name, len(entries))
	fmt.Fprintf(stdout, "  %d hosts with %d pages or more: with knowledge of what their pages have in common, "+
		"and (\"was\") without\n", len(hosts), minSitePages)
	printSites(stdout, pages, o.worst)
	return nil
}

// hostOf returns the host of an address, with its port if it has one. It returns "" if the address has no host.
func hostOf(address string) string {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil {
		return ""
	}
	return strings.ToLower(u.Host)
}

// cleanHost observes all pages of a host and then cleans each.
func (c *comparison) cleanHost(pages []*sitePage) error {
	site := cleaner.NewSite()
	for _, p := range pages {
		var err error
		if p.doc, err = parsePage(c.corpus, p.entry, p.entry.URL); err != nil {
			return fmt.Errorf("%s: %w", p.entry.ID, err)
		}
		site.Observe(p.doc)
	}
	snap := site.Snapshot()
	var all sync.WaitGroup
	free := make(chan struct{}, runtime.NumCPU())
	for _, p := range pages {
		free <- struct{}{}
		all.Go(func() {
			p.err = c.cleanBoth(p, snap)
			<-free
		})
	}
	all.Wait()
	for _, p := range pages {
		if p.err != nil {
			return fmt.Errorf("%s: %w", p.entry.ID, p.err)
		}
		p.doc = nil
	}
	return nil
}

// cleanBoth cleans a page without and with the Site.
func (c *comparison) cleanBoth(p *sitePage, snap *cleaner.Snapshot) error {
	ctx := judge.WithProbe(context.Background(), &judge.Probe{Prior: p.prior})
	var traces [2]*cleaner.PageTrace
	for i, s := range []*cleaner.Snapshot{nil, snap} {
		cl := cleaner.New(cleaner.Options{Explain: func(t *cleaner.PageTrace) { traces[i] = t }})
		article, err := cl.ForSite(s).CleanDocumentContext(ctx, p.doc)
		switch {
		case err == nil:
			p.texts[i] = c.textOf(article)
		case !errors.Is(err, cleaner.ErrNoArticle):
			return err
		}
	}
	truth := " " + foldWords(*p.entry.Text) + " "
	for b, t := range traces[1].Blocks {
		if folded := foldWords(t.Text); t.Pages >= 3 && folded != "" && !strings.Contains(truth, " "+folded+" ") {
			for i := range traces {
				if traces[i].Blocks[b].Kept {
					p.repeated[i] += t.Words
				}
			}
		}
	}
	return nil
}

// textOf returns an article's text. If the corpus's texts begin with the headline, the title comes first, unless the
// text already has it near its start.
func (c *comparison) textOf(a *cleaner.Article) string {
	text := a.Text()
	if !c.headline || a.Title == "" {
		return text
	}
	start := []rune(text)
	start = start[:min(len(start), len([]rune(a.Title))+200)]
	if strings.Contains(foldWords(string(start)), foldWords(a.Title)) {
		return text
	}
	return a.Title + "\n" + text
}
