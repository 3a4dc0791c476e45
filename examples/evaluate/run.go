package main

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"maps"
	"os"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/dechaff/dechaff/cleaner"
	"github.com/dechaff/dechaff/examples/internal/commandline"
	"github.com/dechaff/dechaff/examples/internal/parallel"
	"github.com/dechaff/dechaff/examples/internal/rulesflag"
)

type options struct {
	corpus, headline, show, floor                 string
	baseline, raise, lower, languages, site, text bool
	worst, workers                                int
	rules                                         rulesflag.Rules
}

func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	o, err := parseFlags(args, stderr)
	if errors.Is(err, flag.ErrHelp) {
		return 0
	} else if err != nil {
		fmt.Fprintln(stderr, "evaluate:", err)
		return 2
	}
	err = evaluate(ctx, o, stdout)
	o.rules.PrintFaults(stderr, "evaluate")
	if err != nil {
		fmt.Fprintln(stderr, "evaluate:", err)
		return 1
	}
	return 0
}

func parseFlags(args []string, stderr io.Writer) (options, error) {
	var o options
	f := flag.NewFlagSet("evaluate", flag.ContinueOnError)
	f.SetOutput(stderr)
	f.StringVar(&o.corpus, "corpus", os.Getenv("DECHAFF_CORPUS"), "a corpus, or a `folder` of corpora")
	f.StringVar(&o.headline, "headline", "sites",
		"`names` of the corpora whose text begins with the headline, separated by commas")
	f.BoolVar(&o.baseline, "baseline", false, "also score go-readability alone, and time it, dechaff and html.Parse")
	f.BoolVar(&o.languages, "languages", false,
		"also score by language: the one in the truth, or else the one that dechaff found")
	f.IntVar(&o.worst, "worst", 0, "list the `N` pages with the lowest scores")
	f.StringVar(&o.show, "show", "", "print the blocks of the pages with these `IDs`, separated by commas")
	f.StringVar(&o.floor, "floor", "", "compare with the scores in a `file`, and fail if one is lower")
	f.BoolVar(&o.site, "site", false,
		"instead, compare cleaning with and without knowledge of what a host's pages have in common")
	f.BoolVar(&o.text, "text", false, "instead, score CleanText on the texts of the whole pages")
	f.BoolVar(&o.raise, "raise", false, "with -floor: write higher scores to the file")
	f.BoolVar(&o.lower, "lower", false, "with -raise: also write lower scores to the file")
	f.IntVar(&o.workers, "workers", 0, "number of pages cleaned at a time (default the number of CPUs; 1 with -baseline)")
	o.rules.Define(f)
	if err := commandline.Parse(f, args); err != nil {
		return o, err
	}
	if err := o.check(f.Args()); err != nil {
		return o, err
	}
	if o.workers == 0 {
		if o.workers = runtime.GOMAXPROCS(0); o.baseline {
			o.workers = 1
		}
	}
	return o, nil
}

// check returns an error for invalid values and combinations of flags.
func (o *options) check(arguments []string) error {
	switch {
	case len(arguments) > 0 && o.corpus == "":
		return fmt.Errorf("%s is not a flag: name a corpus with -corpus %[1]s", arguments[0])
	case len(arguments) > 0:
		return fmt.Errorf("there are only flags, but %q is not one", arguments[0])
	case o.worst < 0 || o.workers < 0:
		return errors.New("-worst and -workers must not be negative")
	case o.lower && !o.raise:
		return errors.New("-lower needs -raise")
	case o.raise && o.floor == "":
		return errors.New("-raise needs -floor, the file to write to")
	case o.floor != "" && (o.site || o.text || o.show != ""):
		return errors.New("-floor cannot be combined with -site, -text or -show, which compute no scores for it")
	}
	return nil
}

func evaluate(ctx context.Context, o options, stdout io.Writer) error {
	corpora, err := findCorpora(o.corpus)
	if err != nil {
		return err
	}
	for i := range corpora {
		o.rules.Into(&corpora[i].options)
	}
	if o.show != "" {
		return showPages(stdout, corpora, strings.Split(o.show, ","))
	}
	measured := make(map[string]record)
	for i := range corpora {
		c := &corpora[i]
		c.headline = slices.Contains(strings.Split(o.headline, ","), c.name)
		if other := c.otherEvaluation(o); other != nil {
			fmt.Fprintf(stdout, "%s (%d pages)\n", c.name, len(c.entries))
			if err := other(ctx, o, stdout); err != nil {
				return err
			}
			continue
		}
		results, err := c.evaluate(ctx, o)
		if err != nil {
			return err
		}
		fmt.Fprintf(stdout, "%s (%d pages)\n", c.name, len(c.entries))
		all := c.print(stdout, "dechaff", results, dechaffOf)
		if o.languages {
			printGroups(stdout, results, dechaffOf,
				func(r *result) string { return cmp.Or(r.entry.Lang, r.dechaff.language, "(no language)") })
		}
		if o.baseline {
			c.print(stdout, "go-readability", results, func(r *result) *answer { return &r.readability })
			printTimes(stdout, results)
		}
		printWorst(stdout, results, o.worst)
		measured[c.name] = newRecord(c.hash, all)
	}
	if o.floor != "" {
		return checkFloor(stdout, o, measured)
	}
	return nil
}

// otherEvaluation returns what runs instead of the usual evaluation, or nil.
func (c *corpus) otherEvaluation(o options) func(context.Context, options, io.Writer) error {
	switch {
	case o.site:
		return c.evaluateSite
	case o.text:
		return c.evaluateText
	}
	return nil
}

// A result contains the answers for one page, and the score of dechaff's answer.
type result struct {
	entry                *entry
	dechaff, readability answer
	score                float64 // word F1, or snippet F1 if the truth has no text
	times                times
	err                  error
}

// evaluate cleans all pages, several at a time.
func (c *corpus) evaluate(ctx context.Context, o options) ([]result, error) {
	results := make([]result, len(c.entries))
	posts := slices.ContainsFunc(c.entries, func(e entry) bool { return len(e.Posts) > 0 })
	cleaning := c.options
	cleaning.Posts = posts
	cleaning.Comments = slices.ContainsFunc(c.entries, func(e entry) bool { return e.Comments != "" })
	cl := cleaner.New(cleaning)
	for i := range results {
		results[i].entry = &c.entries[i]
	}
	parallel.Each(ctx, results, o.workers, func(r *result) { c.one(cl, r, o.baseline) })
	for i := range results {
		if err := results[i].err; err != nil {
			return nil, err
		}
	}
	return results, ctx.Err()
}

// one cleans the page of one result and scores the answer.
func (c *corpus) one(cl *cleaner.Cleaner, r *result, baseline bool) {
	e := r.entry
	page, err := c.read(e.ID)
	if err != nil {
		r.err = err
		return
	}
	if r.dechaff, err = clean(cl, page, e.URL); err != nil {
		r.err = fmt.Errorf("%s: %w", e.ID, err)
		return
	}
	c.finish(&r.dechaff)
	var own tally
	own.add(e, &r.dechaff)
	if r.score = own.f1; e.Text == nil {
		r.score = f1Of(own.found, own.unwanted, own.lost)
	}
	if baseline {
		r.readability, r.times = compare(cl, page, e.URL)
		c.finish(&r.readability)
	}
}

// finish puts the title before the text if the texts in the truth begin with the headline and the title is not near the
// beginning of the text.
func (c *corpus) finish(a *answer) {
	if !c.headline || a.title == "" {
		return
	}
	start := []rune(a.text)
	start = start[:min(len(start), len([]rune(a.title))+200)]
	if !strings.Contains(foldWords(string(start)), foldWords(a.title)) {
		a.text = a.title + "\n" + a.text
	}
}

func dechaffOf(r *result) *answer { return &r.dechaff }

// print writes an extractor's scores for the whole corpus and for each group of pages. It returns the tally of the
// whole corpus.
func (c *corpus) print(w io.Writer, name string, results []result, which func(*result) *answer) *tally {
	all := &tally{}
	for i := range results {
		all.add(results[i].entry, which(&results[i]))
	}
	fmt.Fprintf(w, "  %-16s", name)
	printScores(w, all)
	printGroups(w, results, which, func(r *result) string {
		if r.entry.Text != nil && *r.entry.Text == "" {
			return "(empty truths)"
		}
		return r.entry.group()
	})
	return all
}

// printGroups writes a line for each group of pages, if there are several.
func printGroups(w io.Writer, results []result, which func(*result) *answer, group func(*result) string) {
	groups := make(map[string]*tally)
	for i := range results {
		name := group(&results[i])
		if groups[name] == nil {
			groups[name] = &tally{}
		}
		groups[name].add(results[i].entry, which(&results[i]))
	}
	if len(groups) < 2 {
		return
	}
	for _, name := range slices.Sorted(maps.Keys(groups)) {
		fmt.Fprintf(w, "    %-14s", name)
		printScores(w, groups[name])
	}
}

func printScores(w io.Writer, t *tally) {
	fmt.Fprintf(w, "%5d pages, %d without an article", t.pages, t.missing)
	for _, s := range t.scores() {
		fmt.Fprintf(w, "  %s %.4f", s.name, s.value)
	}
	fmt.Fprintln(w)
}

func printWorst(w io.Writer, results []result, n int) {
	if n == 0 {
		return
	}
	worst := slices.Clone(results)
	slices.SortStableFunc(worst, func(a, b result) int { return cmp.Compare(a.score, b.score) })
	for _, r := range worst[:min(n, len(worst))] {
		fmt.Fprintf(w, "    %.3f  %s  %s  %s\n", r.score, r.entry.ID, r.entry.group(), r.entry.URL)
	}
}

// times contains the size of one page, and how long html.Parse and each extractor took for it.
type times struct {
	bytes                       int
	parse, readability, dechaff time.Duration
}

func printTimes(w io.Writer, results []result) {
	var all times
	for i := range results {
		t := &results[i].times
		all.bytes += t.bytes
		all.parse += t.parse
		all.readability += t.readability
		all.dechaff += t.dechaff
	}
	if all.parse == 0 || all.readability == 0 || all.dechaff == 0 {
		return
	}
	rate := func(d time.Duration) float64 { return float64(len(results)) / d.Seconds() }
	fmt.Fprintf(w, "  time: html.Parse %.0f pages/s, go-readability %.0f, dechaff %.0f, "+
		"which takes %.2f times as long as go-readability and %.2f times as long as html.Parse\n",
		rate(all.parse), rate(all.readability), rate(all.dechaff), all.dechaff.Seconds()/all.readability.Seconds(),
		all.dechaff.Seconds()/all.parse.Seconds())
}
