package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"
)

// words returns the runs of letters, digits and underscores in a text, like Python's \w+.
func words(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return r != '_' && !unicode.IsLetter(r) && !unicode.IsNumber(r) })
}

// foldWords returns the lower-case words of a line, joined by spaces.
func foldWords(s string) string { return strings.Join(words(strings.ToLower(s)), " ") }

// overlap returns the number of words in the intersection of two bags of words.
func overlap(a, b []string) int {
	left := make(map[string]int, len(a))
	for _, w := range a {
		left[w]++
	}
	both := 0
	for _, w := range b {
		if left[w] > 0 {
			left[w]--
			both++
		}
	}
	return both
}

// A siteTally adds up the scores of pages. Each array has the sum without a Site, then the sum with it.
type siteTally struct {
	name                            string
	pages, better, worse, muchWorse int
	f1                              [2]float64
	unwanted, lost, repeated        [2]int
}

// muchWorse is the loss of word F1 above which a page counts as much worse.
const muchWorse = 0.02

// add scores a page and returns the gain in word F1 with the Site.
func (t *siteTally) add(p *sitePage) (gain float64) {
	t.pages++
	want := words(strings.ToLower(*p.entry.Text))
	var f1 [2]float64
	for i, text := range p.texts {
		got := words(strings.ToLower(text))
		both := overlap(got, want)
		f1[i] = 1 // two empty texts are equal
		if len(got)+len(want) > 0 {
			f1[i] = 2 * float64(both) / float64(len(got)+len(want))
		}
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

func (t *siteTally) print(w io.Writer) {
	n := float64(max(t.pages, 1))
	fmt.Fprintf(w, "    %-14s%5d pages  word F1 %.4f, was %.4f  unwanted words %d, was %d; "+
		"of these on three pages or more %d, was %d  lost words %d, was %d  "+
		"better %d, worse %d, worse by more than %.2f %d\n",
		t.name, t.pages, t.f1[1]/n, t.f1[0]/n, t.unwanted[1], t.unwanted[0], t.repeated[1], t.repeated[0], t.lost[1],
		t.lost[0], t.better, t.worse, muchWorse, t.muchWorse)
}

// printSites prints the scores of all pages, the scores of each group, and the pages whose scores drop most.
func printSites(w io.Writer, pages []*sitePage, worst int) {
	all := &siteTally{name: "all"}
	var groups []*siteTally
	var losses []string
	for _, p := range pages {
		gain := all.add(p)
		g := slices.IndexFunc(groups, func(t *siteTally) bool { return t.name == p.entry.group() })
		if g < 0 {
			g = len(groups)
			groups = append(groups, &siteTally{name: p.entry.group()})
		}
		groups[g].add(p)
		if gain < 0 {
			losses = append(losses, fmt.Sprintf("%+.4f  %s  %s", gain, p.entry.ID, p.entry.URL))
		}
	}
	all.print(w)
	slices.SortFunc(groups, func(a, b *siteTally) int { return strings.Compare(a.name, b.name) })
	for _, g := range groups {
		g.print(w)
	}
	slices.SortFunc(losses, func(a, b string) int { return strings.Compare(b, a) }) // -0.2 before -0.1
	for _, line := range losses[:min(worst, len(losses))] {
		fmt.Fprintln(w, "    "+line)
	}
}
