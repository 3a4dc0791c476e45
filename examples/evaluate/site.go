package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/dechaff/dechaff/cleaner"
	"github.com/dechaff/dechaff/cleaner/htmldoc"
	"github.com/dechaff/dechaff/examples/internal/hosts"
	"github.com/dechaff/dechaff/examples/internal/parallel"
)

// minSitePages is the minimum number of pages of a host that is evaluated with -site.
const minSitePages = 5

// A sitePage is a page that is cleaned twice: without a Site, and with one.
type sitePage struct {
	result
	with answer
	doc  *htmldoc.Document
	// repeated counts the words of kept blocks that are on at least three pages of the host and not in the truth:
	// repeated[0] without a Site, repeated[1] with one.
	repeated [2]int
}

// evaluateSite compares cleaning without and with a Site, on hosts with five pages or more.
func (c *corpus) evaluateSite(ctx context.Context, o options, w io.Writer) error {
	byHost := make(map[string][]*sitePage)
	for i := range c.entries {
		e := &c.entries[i]
		if host := hosts.Of(e.URL); host != "" && e.Text != nil {
			byHost[host] = append(byHost[host], &sitePage{result: result{entry: e}})
		}
	}
	var pages []*sitePage
	names := make([]string, 0, len(byHost))
	for name, list := range byHost {
		if len(list) >= minSitePages {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	for _, name := range names {
		if err := c.cleanHost(ctx, byHost[name], o.workers); err != nil {
			return err
		}
		pages = append(pages, byHost[name]...)
	}
	printSite(w, len(names), pages, o.worst)
	return nil
}

// cleanHost observes all pages of a host, and then cleans each of them without and with what was learned.
func (c *corpus) cleanHost(ctx context.Context, pages []*sitePage, workers int) error {
	site := cleaner.NewSite()
	for _, p := range pages {
		data, err := c.read(p.entry.ID)
		if err != nil {
			return err
		}
		if p.doc, err = htmldoc.Parse(bytes.NewReader(data), htmldoc.Source{URL: p.entry.URL}); err != nil {
			return fmt.Errorf("%s: %w", p.entry.ID, err)
		}
		site.Observe(p.doc)
	}
	snap := site.Snapshot()
	parallel.Each(ctx, pages, workers, func(p **sitePage) { (*p).err = c.cleanBoth(*p, snap) })
	for _, p := range pages {
		if p.err != nil {
			return p.err
		}
		p.doc = nil
	}
	return ctx.Err()
}

func (c *corpus) cleanBoth(p *sitePage, snap *cleaner.Snapshot) error {
	var traces [2]*cleaner.PageTrace
	for i, s := range []*cleaner.Snapshot{nil, snap} {
		o := c.options
		o.Explain = func(t *cleaner.PageTrace) { traces[i] = t }
		article, err := cleaner.New(o).ForSite(s).CleanDocument(p.doc)
		if err != nil && !errors.Is(err, cleaner.ErrNoArticle) {
			return fmt.Errorf("%s: %w", p.entry.ID, err)
		}
		got := answerOf(article)
		c.finish(&got)
		if i == 0 {
			p.dechaff = got
		} else {
			p.with = got
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

// A siteTally adds up scores. In its arrays, the first element is for cleaning without a Site, the second with one.
// better, worse and muchWorse count the pages whose word F1 is higher, lower and much lower with a Site. unwanted
// counts the words of articles that are not in the truth, lost the words of the truth that are not in the article, and
// repeated those that sitePage.repeated counts.
type siteTally struct {
	pages, better, worse, muchWorse int
	f1                              [2]float64
	unwanted, lost, repeated        [2]int
}

// muchWorse is how much the word F1 of a page must drop for the page to count as much worse.
const muchWorse = 0.02

func (t *siteTally) add(p *sitePage) (gain float64) {
	t.pages++
	var f1 [2]float64
	for i, a := range []*answer{&p.dechaff, &p.with} {
		got, want := words(strings.ToLower(a.text)), words(strings.ToLower(*p.entry.Text))
		both := overlap(bag(got), bag(want))
		f1[i] = wordRatio(a.text, *p.entry.Text).f1
		t.f1[i] += f1[i]
		t.unwanted[i] += len(got) - both
		t.lost[i] += len(want) - both
		t.repeated[i] += p.repeated[i]
	}
	gain = f1[1] - f1[0]
	switch {
	case gain > 0:
		t.better++
	case gain < 0:
		t.worse++
	}
	if gain < -muchWorse {
		t.muchWorse++
	}
	return gain
}

func printSite(w io.Writer, hosts int, pages []*sitePage, worst int) {
	all, groups := &siteTally{}, make(map[string]*siteTally)
	var names []string
	var gains []string
	for _, p := range pages {
		gain := all.add(p)
		group := p.entry.group()
		if groups[group] == nil {
			groups[group] = &siteTally{}
			names = append(names, group)
		}
		groups[group].add(p)
		if gain < 0 {
			gains = append(gains, fmt.Sprintf("%+.4f  %s  %s", gain, p.entry.ID, p.entry.URL))
		}
	}
	fmt.Fprintf(w, "  %d hosts with %d pages or more: with knowledge of what their pages have in common, "+
		"and (\"was\") without\n", hosts, minSitePages)
	all.print(w, "all")
	slices.Sort(names)
	for _, name := range names {
		groups[name].print(w, name)
	}
	slices.SortFunc(gains, func(a, b string) int { return strings.Compare(b, a) }) // -0.2 before -0.1
	for _, line := range gains[:min(worst, len(gains))] {
		fmt.Fprintln(w, "    "+line)
	}
}

func (t *siteTally) print(w io.Writer, name string) {
	n := t.pages
	fmt.Fprintf(w, "    %-14s%5d pages  word F1 %.4f, was %.4f  unwanted words %d, was %d; "+
		"of these on three pages or more %d, was %d  lost words %d, was %d  "+
		"better %d, worse %d, worse by more than %.2f %d\n",
		name, n, per(t.f1[1], n), per(t.f1[0], n), t.unwanted[1], t.unwanted[0], t.repeated[1], t.repeated[0], t.lost[1],
		t.lost[0], t.better, t.worse, muchWorse, t.muchWorse)
}
