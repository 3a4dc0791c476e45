package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/dechaff/dechaff/cleaner"
	"github.com/dechaff/dechaff/examples/internal/explain"
)

// showPages prints the blocks of pages with the decisions on them, and the truth.
func showPages(w io.Writer, corpora []corpus, ids []string) error {
	shown := 0
	for i := range corpora {
		c := &corpora[i]
		for k := range c.entries {
			if e := &c.entries[k]; slices.Contains(ids, e.ID) {
				shown++
				if err := show(w, c, e); err != nil {
					return err
				}
			}
		}
	}
	if shown == 0 {
		return fmt.Errorf("%w: no page has the id %s", errNoCorpus, strings.Join(ids, " or "))
	}
	return nil
}

func show(w io.Writer, c *corpus, e *entry) error {
	page, err := c.read(e.ID)
	if err != nil {
		return err
	}
	var trace *cleaner.PageTrace
	o := c.options
	o.Explain = func(t *cleaner.PageTrace) { trace = t }
	cl := cleaner.New(o)
	got, err := clean(cl, page, e.URL)
	if err != nil {
		return fmt.Errorf("%s: %w", e.ID, err)
	}
	fmt.Fprintf(w, "%s %s: %s\n", c.name, e.ID, e.URL)
	fmt.Fprintf(w, "classified as %s (%.2f), labeled %s; threshold %.2f, expected F1 %.2f; extractor ran: %t\n",
		trace.Kind, trace.Probability, e.Type, trace.Threshold, trace.F1, trace.Voted)
	truth := ""
	if e.Text != nil {
		truth = " " + foldWords(*e.Text) + " "
		fmt.Fprintf(w, "word F1 %.4f\n", wordRatio(got.text, *e.Text).f1)
	}
	explain.WriteBlocks(w, trace, func(text string) bool {
		return truth != "" && strings.Contains(truth, " "+foldWords(text)+" ")
	})
	if e.Text != nil {
		fmt.Fprintf(w, "\ntruth:\n%s\n", *e.Text)
	}
	for _, s := range e.With {
		fmt.Fprintf(w, "must contain:     %s\n", s)
	}
	for _, s := range e.Without {
		fmt.Fprintf(w, "must not contain: %s\n", s)
	}
	fmt.Fprintln(w)
	return nil
}
