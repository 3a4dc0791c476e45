package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/language"
	"golang.org/x/text/transform"

	"github.com/dechaff/dechaff/cleaner"
	"github.com/dechaff/dechaff/examples/clean/internal/output"
	"github.com/dechaff/dechaff/examples/internal/commandline"
	"github.com/dechaff/dechaff/examples/internal/record"
	"github.com/dechaff/dechaff/examples/internal/rulesflag"
)

// Exit statuses.
const (
	exitClean  = 0 // all inputs were read
	exitFailed = 1 // an input could not be read, the output could not be written, or the run was stopped
	exitUsage  = 2 // the command line, or a file that a flag names, is invalid
)

type config struct {
	explaining

	format, urlsFile, out, report, siteFile, learnSite, dedup string

	htmlField, urlField, idField   string
	favor, kinds, languages        string
	removed, noSite, force, quiet  bool
	workers, shardSize, part, of   int
	minWords                       int
	timeout                        time.Duration
	arguments                      []string
	fields                         *output.Fields
	filter                         filter
	options                        cleaner.Options
	urls                           map[string]string
	known                          sites
	fieldsList, omitList, shardArg string
	rules                          rulesflag.Rules
}

// stdoutFormats are the formats for standard output.
var stdoutFormats = []string{"text", "markdown", "html", "json", "jsonl"}

// errUsage means that the command line is invalid.
var errUsage = errors.New("bad usage")

func parseFlags(args []string, stderr io.Writer) (config, error) {
	var c config
	fs := flag.NewFlagSet("clean", flag.ContinueOnError)
	fs.SetOutput(stderr)
	fs.Usage = func() {
		fmt.Fprintln(stderr, "usage: clean [flags] PATH…\n\n"+
			"A PATH is a file, which may be compressed: HTML, plain text, MHTML, WARC, JSON lines, or a tar or zip archive of\n"+
			"pages. A PATH may also be a folder of such files, a pattern, @FILE (a list of paths), or - for standard input.\n\n"+
			"Flags go before the paths:")
		fs.PrintDefaults()
	}
	fs.StringVar(&c.format, "format", "", "output `format`: text, markdown (default), html, json or jsonl; with -out, "+
		strings.Join(output.Names, ", ")+" (default jsonl)")
	fs.StringVar(&c.out, "out", "", "`folder` to write shards to, instead of standard output")
	fs.IntVar(&c.shardSize, "shard-size", 0, "number of pages in a shard (default: one shard for each WARC file,\n"+
		"JSON lines file or archive, and one for each 10,000 single pages)")
	fs.StringVar(&c.shardArg, "shard", "", "write only part `i/n` of the shards: the i-th of n parts, counted from 1")
	fs.BoolVar(&c.force, "force", false, "with -out: start over, and write finished shards again")
	fs.StringVar(&c.fieldsList, "fields", "", "write only these `keys`, separated by commas; +key adds a key of the\n"+
		"article's own JSON to the usual ones; "+record.ExtraFields()+"\n"+
		"are extracted only if they are listed here; all lists them all")
	fs.StringVar(&c.omitList, "omit", "", "leave out these `keys`")
	fs.StringVar(&c.favor, "favor", "balanced", "what to favor: balanced, precision or recall")
	fs.StringVar(&c.kinds, "kind", "", "only pages of these `kinds`, such as article,forum")
	fs.StringVar(&c.languages, "languages", "", "only articles in these `languages`, such as en,de")
	fs.IntVar(&c.minWords, "min-words", 0, "only articles of at least `N` words")
	fs.StringVar(&c.urlsFile, "urls", "", "`file` with the addresses of the pages: JSON lines with id and url")
	fs.StringVar(&c.htmlField, "html-field", "html", "in JSON lines, the `key` of the page")
	fs.StringVar(&c.urlField, "url-field", "url", "in JSON lines, the `key` of the page's address")
	fs.StringVar(&c.idField, "id-field", "id", "in JSON lines, the `key` of the page's id")
	fs.BoolVar(&c.removed, "removed", false, "also report removed text: on standard error, or as a field of json")
	fs.BoolVar(&c.noSite, "no-site", false, "do not learn what the pages of a host have in common")
	fs.StringVar(&c.siteFile, "site", "", "`file` that -learn-site wrote, with what the pages of a host have in common")
	fs.StringVar(&c.learnSite, "learn-site", "",
		"only learn what the pages of a host have in common, and write it to a `file`")
	fs.StringVar(&c.dedup, "dedup", "", "copy the shards in the folder PATH to -out without repeated articles;\n"+
		"the `mode` is exact or near")
	fs.StringVar(&c.report, "report", "", "`file` to write counts and speed to, as JSON")
	fs.DurationVar(&c.timeout, "timeout", time.Minute, "time limit for one page")
	fs.BoolVar(&c.quiet, "quiet", false, "show no progress")
	fs.IntVar(&c.workers, "workers", runtime.GOMAXPROCS(0), "number of pages cleaned at a time")
	c.explainFlags(fs)
	c.rules.Define(fs)
	if err := commandline.Parse(fs, args); err != nil {
		return c, err
	}
	c.rules.Into(&c.options)
	if c.arguments = fs.Args(); len(c.arguments) == 0 {
		fs.Usage()
		return c, fmt.Errorf("%w: no path given", errUsage)
	}
	if err := commandline.CheckOrder(c.arguments); err != nil {
		return c, fmt.Errorf("%w: %w", errUsage, err)
	}
	return c, c.check()
}

// check validates the flags and derives further settings.
func (c *config) check() error {
	if err := errors.Join(c.explaining.check(c), c.checkOutput()); err != nil {
		return fmt.Errorf("%w: %w", errUsage, err)
	}
	switch {
	case c.workers < 1:
		return fmt.Errorf("%w: -workers must be at least 1, not %d", errUsage, c.workers)
	case c.timeout <= 0 || c.minWords < 0:
		return fmt.Errorf("%w: -timeout must be positive, and -min-words must not be negative", errUsage)
	case c.noSite && (c.siteFile != "" || c.learnSite != ""):
		return fmt.Errorf("%w: -no-site cannot be combined with -site or -learn-site", errUsage)
	case c.learnSite != "" && (c.out != "" || c.siteFile != ""):
		return fmt.Errorf("%w: -learn-site writes no articles: it cannot be combined with -out or -site", errUsage)
	case c.removed && c.out != "":
		return fmt.Errorf("%w: -removed is only for standard output; with -out, use -fields +removed", errUsage)
	case c.dedup != "" && c.dedup != "exact" && c.dedup != "near":
		return fmt.Errorf("%w: -dedup must be exact or near, not %q", errUsage, c.dedup)
	case c.dedup != "" && (c.out == "" || len(c.arguments) != 1):
		return fmt.Errorf("%w: -dedup needs one PATH, the folder with the shards, and -out, another folder", errUsage)
	}
	if err := c.checkFilter(); err != nil {
		return fmt.Errorf("%w: %w", errUsage, err)
	}
	var err error
	if c.urls, err = readURLs(c.urlsFile); err == nil && c.siteFile != "" {
		c.known, err = readSites(c.siteFile)
	}
	return err
}

func (c *config) checkOutput() error {
	var err error
	c.fieldsList = record.AskIn(&c.options, c.fieldsList)
	if c.fields, err = output.Select(c.fieldsList, c.omitList); err != nil {
		return err
	}
	if c.part, c.of = 1, 1; c.shardArg != "" {
		var rest string
		n, _ := fmt.Sscanf(c.shardArg+" ", "%d/%d%s", &c.part, &c.of, &rest)
		if n != 2 || c.part < 1 || c.part > c.of {
			return fmt.Errorf("-shard must be i/n with i from 1 to n, not %q", c.shardArg)
		}
	}
	if c.out != "" {
		if c.format == "" {
			c.format = "jsonl"
		}
		if c.shardSize < 0 {
			return fmt.Errorf("-shard-size must not be negative: %d", c.shardSize)
		}
		_, err := output.New(c.format, c.fields)
		return err
	}
	if c.format == "" {
		c.format = "markdown"
	}
	if !slices.Contains(stdoutFormats, c.format) {
		return fmt.Errorf("-format must be one of %s, or with -out one of %s, not %q", strings.Join(stdoutFormats, ", "),
			strings.Join(output.Names, ", "), c.format)
	}
	switch {
	case c.shardSize != 0 || c.force || c.shardArg != "":
		return errors.New("-shard, -shard-size and -force need -out")
	case c.fieldsList+c.omitList != "" && c.format != "json" && c.format != "jsonl" && c.explain == "":
		return fmt.Errorf("-fields and -omit need -out or -format jsonl: the format %s has no fields", c.format)
	}
	return nil
}

func (c *config) checkFilter() error {
	favors := []cleaner.Favor{cleaner.FavorBalanced, cleaner.FavorPrecision, cleaner.FavorRecall}
	i := slices.IndexFunc(favors, func(f cleaner.Favor) bool { return f.String() == c.favor })
	if i < 0 {
		return fmt.Errorf("-favor must be balanced, precision or recall, not %q", c.favor)
	}
	c.options.Favor = favors[i]
	c.filter.minWords = c.minWords
	for name := range strings.FieldsFuncSeq(c.kinds, isComma) {
		var kind cleaner.Kind
		if kind.UnmarshalText([]byte(name)) != nil {
			return fmt.Errorf("-kind must be one or more of %s, not %q", kindNames(), name)
		}
		c.filter.kinds = append(c.filter.kinds, kind)
	}
	for name := range strings.FieldsFuncSeq(strings.ToLower(c.languages), isComma) {
		if _, err := language.Parse(name); err != nil {
			return fmt.Errorf("-languages: %q is not the tag of a language, such as en or de", name)
		}
		primary, _, _ := strings.Cut(name, "-")
		c.filter.languages = append(c.filter.languages, primary)
	}
	return nil
}

func isComma(r rune) bool { return r == ',' || r == ' ' }

// maxLine is the maximum length of a line of a -urls file, in bytes. It is large because a line may have other keys
// too, such as a whole article.
const maxLine = 64 << 20

// readURLs reads a -urls file, and returns the addresses of pages by page id. If name is "", there are none. The file
// may begin with a byte order mark.
func readURLs(name string) (map[string]string, error) {
	urls := make(map[string]string)
	if name == "" {
		return urls, nil
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	lines := bufio.NewScanner(transform.NewReader(f, unicode.BOMOverride(transform.Nop)))
	lines.Buffer(nil, maxLine)
	for n := 1; lines.Scan(); n++ {
		if len(bytes.TrimSpace(lines.Bytes())) == 0 {
			continue
		}
		var line struct{ ID, URL string }
		if err := json.Unmarshal(lines.Bytes(), &line); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", name, n, err)
		}
		urls[line.ID] = line.URL
	}
	if lines.Err() != nil {
		return nil, fmt.Errorf("%s: %w", name, lines.Err())
	}
	return urls, nil
}

// kindNames returns the names of the kinds of pages, separated by commas.
func kindNames() string {
	var names []string
	for kind := cleaner.KindUnknown; kind <= cleaner.KindService; kind++ {
		names = append(names, kind.String())
	}
	return strings.Join(names, ", ")
}
