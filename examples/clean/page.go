package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"time"

	"github.com/dechaff/dechaff/cleaner"
	"github.com/dechaff/dechaff/examples/clean/internal/output"
	"github.com/dechaff/dechaff/examples/internal/hosts"
	"github.com/dechaff/dechaff/examples/internal/input"
	"github.com/dechaff/dechaff/examples/internal/record"
)

// A result is the result for one page.
type result struct {
	item

	outcome, reason string
	err             error // why the page failed; nil for other outcomes
	size            int   // size of the page in bytes
	row             *output.Row
	removed         []cleaner.Removal
	encoded         any // the row, encoded in the format, or the report of -explain
}

// A job cleans pages. It is safe for concurrent use.
type job struct {
	cleaner *cleaner.Cleaner
	known   sites
	timeout time.Duration
	filter  filter
	format  output.Format // nil: rows are not encoded
	// explaining is where -explain writes reports; "" means nowhere. If it is set, options are the cleaner's options.
	explaining string
	options    cleaner.Options
}

// A filter selects the articles to write. An empty list selects all.
type filter struct {
	kinds     []cleaner.Kind
	languages []string // primary subtags
	minWords  int
}

// excludes returns the name of the property for which an article is left out: "kind", "language" or "words". It returns
// "" if the article is not left out.
func (f filter) excludes(r *output.Row) string {
	language, _, _ := strings.Cut(r.Language, "-")
	switch {
	case len(f.kinds) > 0 && !slices.Contains(f.kinds, r.Kind):
		return "kind"
	case len(f.languages) > 0 && !slices.Contains(f.languages, strings.ToLower(language)):
		return "language"
	case r.Words < f.minWords:
		return "words"
	}
	return ""
}

// errPanic means that the cleaner panicked on a page. The page has failed, and the bug should be reported.
var errPanic = errors.New("panic")

// clean cleans the page of an item.
func (j *job) clean(ctx context.Context, it item) (r *result) {
	r = &result{item: it}
	if it.page == nil {
		return r
	}
	defer func() {
		if v := recover(); v != nil {
			r.fail(fmt.Errorf("%w: %v", errPanic, v))
		}
		r.page.Body = nil
	}()
	p := r.page
	p.Prepare()
	r.size = len(p.Body)
	switch {
	case p.Skip != "":
		r.outcome, r.reason = outcomeSkipped, p.Skip
		return r
	case p.Err != nil:
		r.fail(p.Err)
		return r
	}
	if j.explaining != "" {
		j.explain(ctx, r)
		return r
	}
	article, err := j.article(ctx, p)
	switch {
	case errors.Is(err, cleaner.ErrNoArticle):
		r.outcome = outcomeNoArticle
		return r
	case err != nil:
		r.fail(err)
		return r
	}
	r.row = newRow(r.input, p, article)
	if article != nil {
		r.removed = article.Removed
	}
	if r.reason = j.filter.excludes(r.row); r.reason != "" {
		r.outcome = outcomeFiltered
		return r
	}
	r.outcome = outcomeArticle
	if j.format != nil {
		if r.encoded, err = j.format.Encode(r.row); err != nil {
			r.fail(err)
			return r
		}
		r.row.Article, r.row.Text, r.row.Markdown = nil, "", "" // release memory while the result waits to be written
	}
	return r
}

// article returns the article of a page, or nil for plain text.
func (j *job) article(ctx context.Context, p *input.Page) (*cleaner.Article, error) {
	if p.IsText {
		return nil, nil
	}
	doc, err := p.Parse()
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, j.timeout)
	defer cancel()
	c := j.cleaner
	if len(j.known) > 0 {
		c = c.ForSite(j.known[p.Host()])
	}
	return c.CleanDocumentContext(ctx, doc)
}

// newRow returns the row of a page's article, or of its text if article is nil.
func newRow(in *input.Input, p *input.Page, article *cleaner.Article) *output.Row {
	row := &output.Row{Article: article}
	if article == nil {
		text := cleaner.CleanText(strings.ToValidUTF8(string(p.Body), "\uFFFD"))
		row.Record = record.Record{
			Schema: cleaner.SchemaVersion, ID: p.ID, Authors: []string{}, Tags: []string{}, Text: text, Markdown: text,
			Words: len(strings.Fields(text)),
		}
	} else {
		row.Record = record.New(p.ID, article)
		row.Canonical = article.Canonical
	}
	row.URL, row.URLSource = strings.ToValidUTF8(p.URL, "\uFFFD"), p.URLSource
	if row.URL == "" && hosts.Of(row.Canonical) != "" {
		row.URL, row.URLSource = row.Canonical, fromCanonical
	}
	row.ID = strings.ToValidUTF8(p.ID, "\uFFFD")
	row.FetchedAt, row.Input, row.Truncated = p.FetchedAt, in.ID, p.Truncated
	return row
}

// fromCanonical is the source of an address that only the page itself declares.
const fromCanonical = "canonical"

func (r *result) fail(err error) {
	r.outcome, r.err, r.reason, r.row, r.encoded = outcomeFailed, err, reasonOf(err), nil, nil
}

// reasons are the names of errors in the output. The first entry whose error matches is used.
var reasons = []struct {
	err  error
	name string
}{
	{errPanic, "panic"},
	{context.DeadlineExceeded, "timeout"},
	{input.ErrBomb, "bomb"},
	{input.ErrTooLarge, "too-large"},
	{input.ErrField, "bad-json"},
	{input.ErrEncoding, "bad-encoding"},
	{input.ErrNotPages, "not-pages"},
	{input.ErrCut, "damaged"},
	{cleaner.ErrNotHTML, "not-html"},
	{fs.ErrNotExist, "missing"},
	{fs.ErrPermission, "not-permitted"},
}

// reasonOf returns the name of an error: that of the first matching entry of reasons, or "other".
func reasonOf(err error) string {
	for _, r := range reasons {
		if errors.Is(err, r.err) {
			return r.name
		}
	}
	return "other"
}
