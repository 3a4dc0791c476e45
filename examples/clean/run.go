package main

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"sync/atomic"
	"time"

	"golang.org/x/sync/semaphore"

	"github.com/dechaff/dechaff/cleaner"
	"github.com/dechaff/dechaff/examples/clean/internal/output"
	"github.com/dechaff/dechaff/examples/internal/input"
)

// run runs the program and returns the exit status.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	c, err := parseFlags(args, stderr)
	switch {
	case errors.Is(err, flag.ErrHelp):
		return exitClean
	case err != nil:
		fmt.Fprintln(stderr, "clean:", err)
		return exitUsage
	}
	if c.dedup != "" {
		err = dedupe(ctx, c, stderr)
	} else {
		r := &runner{config: c, stdin: stdin, stdout: stdout, stderr: stderr, began: time.Now()}
		err = r.run(ctx)
		c.rules.PrintFaults(stderr, "clean")
	}
	switch {
	case ctx.Err() != nil:
		fmt.Fprintln(stderr, "clean: stopped; with -out, the same command continues where it stopped")
		return exitFailed
	case errors.Is(err, errUsage), errors.Is(err, input.ErrSameID):
		fmt.Fprintln(stderr, "clean:", err)
		return exitUsage
	case errors.Is(err, errUnread):
		return exitFailed
	case err != nil:
		fmt.Fprintln(stderr, "clean:", err)
		return exitFailed
	}
	return exitClean
}

// errUnread means that an input could not be read and has been reported.
var errUnread = errors.New("an input could not be read")

// A runner is one run of the program.
type runner struct {
	config

	stdin          io.Reader
	stdout, stderr io.Writer
	began          time.Time

	plan     *plan
	job      job
	sink     sink
	report   *report
	progress *progress
	read     atomic.Int64        // bytes read from the inputs
	memory   *semaphore.Weighted // bytes of pages in progress
	unread   int
}

// A sink receives the results, in order.
type sink interface {
	// begin starts a unit. It returns how many of the unit's pages were written by earlier runs, and whether that is
	// all of them. It may be called while results of earlier units are still outstanding.
	begin(u *unit) (pages int, done bool, err error)
	page(r *result) error
	// broken records that an input could not be read to its end.
	broken(it item) error
	end(u *unit) error
	// abandon drops the unfinished part of a unit.
	abandon(u *unit)
}

func (r *runner) run(ctx context.Context) error {
	options := input.Options{
		HTMLField: r.htmlField, URLField: r.urlField, IDField: r.idField, URLs: r.urls, Stdin: r.stdin, Read: &r.read,
	}
	var err error
	if r.plan, err = makePlan(r.config, options, r.stderr); err != nil {
		return err
	}
	learning := learner{r.plan.inputs, options, r.workers}
	learning.o.Read = nil
	if r.learnSite != "" {
		learned := learning.learn(ctx)
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := writeSites(r.learnSite, learned); err != nil {
			return err
		}
		return r.readAll()
	}
	if r.out == "" && !r.noSite && r.siteFile == "" {
		r.known = snapshots(learning.learn(ctx))
	}
	r.job = job{cleaner: cleaner.New(r.options), known: r.known, timeout: r.timeout, filter: r.filter}
	r.report = newReport(r.workers)
	for _, in := range r.plan.inputs {
		r.report.Inputs.add(in.Kind, 1)
	}
	switch {
	case r.explain != "":
		err = r.explainPages(ctx, options)
	case r.out == "":
		err = r.print(ctx, options)
	default:
		err = r.write(ctx, options)
	}
	if err != nil {
		return err
	}
	return r.readAll()
}

// readAll returns errUnread if an input could not be read, or could not be read to its end.
func (r *runner) readAll() error {
	if r.plan.failed+r.unread > 0 || r.report != nil && r.report.Damaged > 0 {
		return errUnread
	}
	return nil
}

// print writes articles to standard output.
func (r *runner) print(ctx context.Context, options input.Options) error {
	out := bufio.NewWriter(r.stdout)
	r.sink = &printer{config: r.config, out: out, stderr: r.stderr, counts: r.report.counts}
	err := r.process(ctx, options)
	if flushErr := out.Flush(); err == nil {
		err = flushErr
	}
	return errors.Join(err, r.finish(nil))
}

// write writes shards to a folder.
func (r *runner) write(ctx context.Context, options input.Options) error {
	format, err := output.New(r.format, r.fields)
	if err != nil {
		return err
	}
	r.job.format = format
	flags, err := r.flags()
	if err != nil {
		return err
	}
	s := &store{dir: r.out, format: format, flags: flags, size: r.shardSize, force: r.force}
	if err := s.prepare(); err != nil {
		return err
	}
	r.sink = s
	r.progress = newProgress(r.config, r.plan, &r.read, r.stderr)
	err = r.process(ctx, options)
	r.progress.end()
	if mergeErr := writeFailures(r.plan, r.config); err == nil && mergeErr != nil {
		err = fmt.Errorf("%w: %w", errOutput, mergeErr)
	}
	return errors.Join(err, r.finish(s))
}

// flags returns, as JSON, everything that a shard depends on, except its inputs and -shard-size.
func (r *runner) flags() (string, error) {
	site, err := hashOf(r.siteFile)
	if err != nil {
		return "", err
	}
	urls, err := hashOf(r.urlsFile)
	if err != nil {
		return "", err
	}
	on := map[string]any{
		"schema": cleaner.SchemaVersion, "format": r.format, "fields": r.fieldsList, "omit": r.omitList, "favor": r.favor,
		"kind": r.kinds, "languages": r.languages, "min_words": r.minWords, "site": site, "urls": urls,
		"html_field": r.htmlField, "url_field": r.urlField, "id_field": r.idField,
	}
	if rules, err := r.rules.Hash(); err != nil {
		return "", err
	} else if rules != "" {
		on["site_rules"] = rules
	}
	b, err := json.Marshal(on)
	return string(b), err
}

// hashOf returns a hash of a file's content, or "" if name is "". The hash does not depend on the path, which may
// differ between machines.
func hashOf(name string) (string, error) {
	if name == "" {
		return "", nil
	}
	f, err := os.Open(name)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	_, err = io.Copy(h, f)
	return hex.EncodeToString(h.Sum(nil)), err
}

// finish adds the finished shards of s to the report; s is nil without -out. It prints which of the -fields no article
// had and, with -out, a summary. It writes the report if -report is set.
func (r *runner) finish(s *store) error {
	if s != nil {
		for _, u := range r.plan.units {
			if err := s.shards(u, func(_ string, state *shardState) error {
				r.report.counts.merge(state.Counts)
				r.report.Shards++
				r.report.Damaged += state.Errors
				return nil
			}); err != nil {
				return err
			}
		}
	}
	r.report.NotPages, r.report.Unread = r.plan.kinds, r.plan.failed+r.unread
	took := time.Since(r.began)
	if s != nil && !r.quiet {
		r.report.print(r.stderr, r.out, took)
	}
	if r.config.report == "" {
		return nil
	}
	return r.report.write(r.config.report, took)
}
