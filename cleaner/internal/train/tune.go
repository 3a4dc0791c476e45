package main

import (
	"context"
	"fmt"
	"io"
	"math"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"sync"

	"github.com/dechaff/dechaff/cleaner"
	"github.com/dechaff/dechaff/cleaner/internal/judge"
)

// A tunedPage is a page whose things are decided repeatedly, with different prices.
type tunedPage struct {
	things  *judge.Things
	opinion []float32
	words   []int   // by block: number of words
	tokens  [][]int // by block: the words that are also in the truth, as indexes into counts
	title   []int   // the title's words that are also in the truth, as indexes into counts
	titled  bool    // the truth begins with the headline
	counts  []int   // how often each distinct word occurs in the truth
	total   int     // number of words in the truth
}

// maxTuned is the maximum number of pages that tune uses from each corpus.
const maxTuned = 400

// tried are the prices to try for keeping or dropping things.
var tried = []float32{0.25, 0.5, 1, 2, 4, 8}

var anyWord = regexp.MustCompile(`[\p{L}\p{N}\p{M}_]+`)

// A price is a number in judge.Bonds, with the values that tune tries for it.
type price struct {
	name string
	at   *float32
	best []float32 // values to try
}

// pricesOf lists the prices that tune changes: those of the region and of the lead, and those of all bonds except none
// and only.
func pricesOf(bonds *judge.Bonds) []price {
	region := []float32{0, 0.25, 0.5, 1, 1.5, 2, 3}
	list := []price{
		{"above", &bonds.Above, region},
		{"below", &bonds.Below, region},
		{"without", &bonds.Without, region},
		{"lead", &bonds.Lead, region},
	}
	for bond, name := range judge.BondNames {
		if name != "none" && name != "only" {
			list = append(list, price{"drop " + name, &bonds.Drop[bond], tried}, price{"keep " + name, &bonds.Keep[bond], tried})
		}
	}
	return list
}

// tune searches for better prices of bonds. It changes one price after another, in two passes, and keeps changes that
// raise the mean word F1 of the corpora. This is based on the opinions of models that had not seen these corpora.
func tune(o *options, stdout io.Writer) error {
	var corpora [][]*tunedPage
	for _, corpus := range o.corpora {
		pages, err := tunedPages(o, corpus)
		if err != nil {
			return err
		}
		corpora = append(corpora, pages)
	}
	bonds := judge.DefaultBonds()
	best := evaluate(corpora, &bonds)
	fmt.Fprintf(stdout, "%.5f %.4f with the current prices\n", mean(best), best)
	for range 2 {
		for _, p := range pricesOf(&bonds) {
			was, chosen := *p.at, *p.at
			for _, *p.at = range p.best {
				if found := evaluate(corpora, &bonds); mean(found) > mean(best)+leastGain {
					best, chosen = found, *p.at
				}
			}
			if *p.at = chosen; chosen != was {
				fmt.Fprintf(stdout, "%.5f %.4f %s %.2f, was %.2f\n", mean(best), best, p.name, chosen, was)
			}
		}
	}
	fmt.Fprintf(stdout, "%+v\n", bonds)
	return nil
}

// leastGain is the gain in mean word F1 that a change must exceed to be kept.
const leastGain = 2e-5

func mean(values []float64) float64 {
	sum := 0.0
	for _, v := range values {
		sum += v
	}
	return sum / float64(max(len(values), 1))
}

// evaluate returns the mean word F1 of each corpus.
func evaluate(corpora [][]*tunedPage, prices *judge.Bonds) []float64 {
	found := make([]float64, len(corpora))
	for c, pages := range corpora {
		sums := make([]float64, runtime.NumCPU())
		var all sync.WaitGroup
		for worker := range sums {
			all.Go(func() {
				for i := worker; i < len(pages); i += len(sums) {
					sums[worker] += pages[i].f1(prices)
				}
			})
		}
		all.Wait()
		found[c] = mean(sums) * float64(len(sums)) / float64(len(pages))
	}
	return found
}

func (p *tunedPage) f1(prices *judge.Bonds) float64 {
	used := make([]int, len(p.counts))
	words, both := 0, 0
	add := func(tokens []int) {
		for _, t := range tokens {
			if used[t] < p.counts[t] {
				used[t]++
				both++
			}
		}
	}
	for b, kept := range p.things.Choose(p.opinion, prices) {
		if kept {
			words += p.words[b]
			add(p.tokens[b])
		}
	}
	if p.titled && words > 0 {
		words += len(p.title)
		add(p.title)
	}
	if words+p.total == 0 {
		return 1
	}
	return 2 * float64(both) / float64(words+p.total)
}

func tunedPages(o *options, corpus string) ([]*tunedPage, error) {
	entries, err := readTruth(corpus)
	if err != nil {
		return nil, err
	}
	name := filepath.Base(corpus)
	from := filepath.Join(strings.ReplaceAll(o.opinions, "NAME", name), name)
	priors, err := readPriors(from+".out.f32", from+".kinds.f32", from+".jsonl", len(entries))
	if err != nil {
		return nil, err
	}
	pages := make([]*tunedPage, len(entries))
	var all sync.WaitGroup
	free := make(chan struct{}, runtime.NumCPU())
	step := 1 + len(entries)/maxTuned
	for i := 0; i < len(entries); i += step {
		if entries[i].Text == nil {
			continue
		}
		free <- struct{}{}
		all.Go(func() {
			pages[i] = tunedPageOf(corpus, &entries[i], &priors[i], o.hasHeadline(name))
			<-free
		})
	}
	all.Wait()
	var found []*tunedPage
	for _, p := range pages {
		if p != nil && p.things != nil {
			found = append(found, p)
		}
	}
	return found, nil
}

func tunedPageOf(corpus string, e *entry, prior *judge.Prior, titled bool) *tunedPage {
	doc, err := parsePage(corpus, e, e.URL)
	if err != nil {
		return nil
	}
	t := &tunedPage{titled: titled}
	numbers := make(map[string]int)
	for _, w := range anyWord.FindAllString(strings.ToLower(*e.Text), -1) {
		i, ok := numbers[w]
		if !ok {
			i = len(numbers)
			numbers[w] = i
			t.counts = append(t.counts, 0)
		}
		t.counts[i]++
		t.total++
	}
	of := func(text string) (tokens []int, words int) {
		for _, w := range anyWord.FindAllString(strings.ToLower(text), -1) {
			if i, ok := numbers[w]; ok {
				tokens = append(tokens, i)
			}
			words++
		}
		return tokens, words
	}
	var out []bool // blocks that a rule removes regardless of the judge; Explain is called before the probe
	c := cleaner.New(cleaner.Options{Explain: func(trace *cleaner.PageTrace) {
		for _, b := range trace.Blocks {
			out = append(out, b.Label != "" && (b.Label != "comment-list" || trace.Kind != cleaner.KindForum))
		}
	}})
	ctx := judge.WithProbe(context.Background(), &judge.Probe{Prior: prior, Read: func(p *judge.Page) {
		alone := make([]bool, len(p.Blocks))
		opinion := p.Opinions()
		for b := range p.Blocks {
			alone[b] = p.Labeled[b] || judge.IsField(p.Blocks[b].Kind) && p.Blocks[b].Kind.String() != "caption"
			tokens, words := of(p.Blocks[b].Text)
			if judge.IsField(p.Blocks[b].Kind) {
				tokens, words = nil, 0
			}
			t.tokens, t.words = append(t.tokens, tokens), append(t.words, words)
		}
		t.things = p.Things(alone)
		t.opinion = append([]float32{}, opinion...)
		for b := range out {
			if out[b] {
				t.opinion[b] = -9
			}
		}
		for i := range t.opinion {
			t.opinion[i] = float32(math.Max(-9, math.Min(9, float64(t.opinion[i]))))
		}
		t.title, _ = of(p.Meta.Title)
	}})
	_, _ = c.CleanDocumentContext(ctx, doc) // there are things even without an article
	return t
}
