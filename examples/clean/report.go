package main

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"time"

	"github.com/dechaff/dechaff/cleaner"
	"github.com/dechaff/dechaff/examples/internal/whole"
)

// The outcomes of a page.
const (
	outcomeArticle   = "article"
	outcomeNoArticle = "no_article" // the page has no article
	outcomeFiltered  = "filtered"   // left out by -kind, -languages or -min-words
	outcomeFailed    = "failed"     // cannot be cleaned; with -out, listed in failures.jsonl
	outcomeSkipped   = "skipped"    // no page to clean, such as a redirect; with -explain, plain text too
)

// A counter counts names. Some names come from pages, so at most maxNames of them are counted separately; the rest are
// counted as "other".
type counter map[string]int

const maxNames = 500

func (c counter) add(name string, n int) {
	if _, ok := c[name]; !ok && len(c) >= maxNames {
		name = "other"
	}
	c[name] += n
}

func (c counter) merge(other counter) {
	for _, name := range slices.Sorted(maps.Keys(other)) {
		c.add(name, other[name])
	}
}

// counts contains statistics of the pages of a shard or of a run.
type counts struct {
	Pages       int     `json:"pages"`
	PagesByKind counter `json:"pages_by_input_kind"`
	Outcomes    counter `json:"outcomes"`
	Failed      counter `json:"failed"`
	Skipped     counter `json:"skipped"`
	Filtered    counter `json:"filtered"`
	Languages   counter `json:"languages"`
	Kinds       counter `json:"page_kinds"`
	Removed     counter `json:"removed"`
	URLSources  counter `json:"url_sources"`
	Truncated   int     `json:"truncated"`
	RepeatedIDs int     `json:"repeated_ids"` // articles whose id occurred earlier in the shard
	Words       int     `json:"words"`
	BytesIn     int64   `json:"page_bytes"`
}

func newCounts() *counts {
	return &counts{
		PagesByKind: counter{}, Outcomes: counter{}, Failed: counter{}, Skipped: counter{}, Filtered: counter{},
		Languages: counter{}, Kinds: counter{}, Removed: counter{}, URLSources: counter{},
	}
}

// add counts a result.
func (c *counts) add(r *result) {
	n := max(r.page.Count, 1)
	c.Pages += n
	c.PagesByKind.add(r.input.Kind, n)
	c.Outcomes.add(r.outcome, n)
	c.BytesIn += int64(r.size)
	if r.page.Truncated != "" {
		c.Truncated++
	}
	switch r.outcome {
	case outcomeFailed:
		c.Failed.add(r.reason, 1)
	case outcomeSkipped:
		c.Skipped.add(r.reason, n)
	case outcomeFiltered:
		c.Filtered.add(r.reason, 1)
	case outcomeArticle:
		c.Languages.add(r.row.Language, 1)
		c.Kinds.add(r.row.Kind.String(), 1)
		c.URLSources.add(r.row.URLSource, 1)
		c.Words += r.row.Words
		for _, removal := range r.removed {
			c.Removed.add(removal.Rule, 1)
		}
	}
}

// merge adds the counts of a shard.
func (c *counts) merge(other *counts) {
	c.Pages += other.Pages
	c.PagesByKind.merge(other.PagesByKind)
	c.Outcomes.merge(other.Outcomes)
	c.Failed.merge(other.Failed)
	c.Skipped.merge(other.Skipped)
	c.Filtered.merge(other.Filtered)
	c.Languages.merge(other.Languages)
	c.Kinds.merge(other.Kinds)
	c.Removed.merge(other.Removed)
	c.URLSources.merge(other.URLSources)
	c.Truncated += other.Truncated
	c.RepeatedIDs += other.RepeatedIDs
	c.Words += other.Words
	c.BytesIn += other.BytesIn
}

// A report is the output of -report. With -out, it covers all shards, including those that earlier runs finished, but
// the speed is that of this run.
type report struct {
	Schema   int     `json:"schema"` // schema version of the articles
	Inputs   counter `json:"inputs"`
	NotPages counter `json:"not_pages"`
	Unread   int     `json:"inputs_not_read"`
	Damaged  int     `json:"inputs_damaged"` // inputs of finished shards, read only up to the damage
	*counts
	Shards         int     `json:"shards"`
	ShardsBefore   int     `json:"shards_finished_before"`
	Seconds        float64 `json:"seconds"`
	PagesNow       int     `json:"pages_now"`
	PagesPerSecond float64 `json:"pages_per_second"`
	Workers        int     `json:"workers"`
}

func newReport(workers int) *report {
	return &report{
		Schema: cleaner.SchemaVersion, Inputs: counter{}, NotPages: counter{}, counts: newCounts(), Workers: workers,
	}
}

// write writes the report to a file, completely or not at all.
func (r *report) write(name string, took time.Duration) error {
	r.Seconds = took.Seconds()
	r.PagesPerSecond = float64(r.PagesNow) / max(r.Seconds, 0.001)
	b, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		return err
	}
	return whole.Write(name, append(b, '\n'), true)
}

// print prints a summary for people.
func (r *report) print(w io.Writer, out string, took time.Duration) {
	fmt.Fprintf(w, "clean: %d articles in %d shards in %s, from %d pages: %d without an article, %d filtered, %d failed, "+
		"%d skipped\n", r.Outcomes[outcomeArticle], r.Shards, out, r.counts.Pages, r.Outcomes[outcomeNoArticle],
		r.Outcomes[outcomeFiltered], r.Outcomes[outcomeFailed], r.Outcomes[outcomeSkipped])
	if r.ShardsBefore > 0 {
		fmt.Fprintf(w, "clean: %d of the shards were finished by an earlier run\n", r.ShardsBefore)
	}
	if r.Damaged > 0 {
		fmt.Fprintf(w, "clean: %d files are damaged or cut off: see %s\n", r.Damaged, failuresName)
	}
	fmt.Fprintf(w, "clean: %d pages in %s: %.1f a second\n", r.PagesNow, took.Round(time.Millisecond),
		float64(r.PagesNow)/max(took.Seconds(), 0.001))
}
