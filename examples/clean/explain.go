package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"

	"github.com/dechaff/dechaff/examples/clean/internal/output"
	"github.com/dechaff/dechaff/examples/internal/explain"
	"github.com/dechaff/dechaff/examples/internal/input"
	"github.com/dechaff/dechaff/examples/internal/whole"
)

// explaining contains the value of the -explain flag: "" writes no reports, "-" writes text to standard output, and any
// other value is the folder for the reports.
type explaining struct{ explain string }

func (e *explaining) explainFlags(fs *flag.FlagSet) {
	fs.StringVar(&e.explain, "explain", "", "`folder` to write an HTML report of each page to: what was kept and\n"+
		"removed, and why; with -, print the blocks of the pages instead")
}

// errExplain means that -explain was combined with a flag that it excludes.
var errExplain = errors.New(
	"-explain writes no articles: it cannot be combined with -out, -format, -removed, -dedup or -learn-site")

func (e *explaining) check(c *config) error {
	if e.explain != "" && (c.out != "" || c.format != "" || c.removed || c.dedup != "" || c.learnSite != "") {
		return errExplain
	}
	return nil
}

// explain cleans a page and stores its report in the result. Plain text has no blocks to report, and is skipped.
func (j *job) explain(ctx context.Context, r *result) {
	if r.page.IsText {
		r.outcome, r.reason = outcomeSkipped, "plain text"
		return
	}
	doc, err := r.page.Parse()
	if err != nil {
		r.fail(err)
		return
	}
	ctx, cancel := context.WithTimeout(ctx, j.timeout)
	defer cancel()
	o := explain.Options{Cleaner: j.options}
	if len(j.known) > 0 {
		o.Site = j.known[r.page.Host()]
	}
	page, err := explain.New(ctx, doc, o)
	if err != nil {
		r.fail(err)
		return
	}
	var report bytes.Buffer
	if j.explaining == "-" {
		fmt.Fprintf(&report, "%s: %s\n", r.page.ID, r.page.URL)
		page.Text(&report)
	} else if err := page.HTML(&report, r.page.ID); err != nil {
		r.fail(err)
		return
	}
	r.encoded = report.Bytes()
	if r.outcome = outcomeNoArticle; page.Failure == nil {
		r.outcome, r.row = outcomeArticle, newRow(r.input, r.page, page.Article)
		r.row.Article, r.row.Text, r.row.Markdown = nil, "", ""
	}
}

// An explainer is the sink that writes reports.
type explainer struct {
	printer

	dir string // "-" for standard output
}

func (e *explainer) page(r *result) error {
	report, ok := r.encoded.([]byte)
	if !ok {
		return e.printer.page(r)
	}
	if e.counts.add(r); e.dir == "-" {
		return e.write(string(report))
	}
	return whole.Write(filepath.Join(e.dir, output.FileName(r.page.ID)+".html"), report, false)
}

// explainPages writes the reports of all pages.
func (r *runner) explainPages(ctx context.Context, options input.Options) error {
	if r.config.explain != "-" {
		if err := os.MkdirAll(r.config.explain, 0o755); err != nil {
			return err
		}
	}
	out := bufio.NewWriter(r.stdout)
	sink := &explainer{printer{config: r.config, out: out, stderr: r.stderr, counts: r.report.counts}, r.config.explain}
	r.sink, r.job.explaining, r.job.options = sink, r.config.explain, r.options
	err := r.process(ctx, options)
	if flushErr := out.Flush(); err == nil {
		err = flushErr
	}
	return errors.Join(err, r.finish(nil))
}
