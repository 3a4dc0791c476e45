package main

import (
	"bufio"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/url"
	"os"
	"strings"
	"time"
)

// Exit statuses.
const (
	exitWritten = 0
	exitNothing = 1
	exitUsage   = 2
)

type config struct {
	out, userAgent, seedsFile, saveHTML string

	max, depth   int
	delay        time.Duration
	allowPrivate bool
	seeds        []string
	demo         bool
}

// parseFlags reads the command line. flag.ErrHelp means that help was asked for and given.
func parseFlags(args []string, stderr io.Writer) (config, error) {
	var c config
	fs := flag.NewFlagSet("crawler", flag.ContinueOnError)
	fs.SetOutput(stderr)
	fs.Usage = func() {
		fmt.Fprintln(stderr, "usage: crawler [flags] [URL…]\n\nWithout a URL it crawls its own demo site on loopback.\n\nflags:")
		fs.PrintDefaults()
	}
	fs.StringVar(&c.out, "out", "articles", "`folder` to write to")
	fs.IntVar(&c.max, "max", 1000, "at most this many pages; 0 is no limit")
	fs.IntVar(&c.depth, "depth", 0, "at most this many links away from a seed; 0 is no limit, -1 follows none")
	fs.DurationVar(&c.delay, "delay", time.Second, "least time between two requests to a host")
	fs.StringVar(&c.userAgent, "user-agent", "", "the name to crawl under (default dechaff's own)")
	fs.BoolVar(&c.allowPrivate, "allow-private", false, "also crawl loopback and private addresses")
	fs.StringVar(&c.seedsFile, "seeds", "", "`file` with more URLs, one a line")
	fs.StringVar(&c.saveHTML, "save-html", "", "`folder` to keep each page in as it was fetched")
	if err := fs.Parse(args); err != nil {
		return c, err
	}
	c.seeds = fs.Args()
	if c.seedsFile != "" {
		more, err := readSeeds(c.seedsFile)
		if err != nil {
			return c, err
		}
		c.seeds = append(c.seeds, more...)
		if len(c.seeds) == 0 {
			return c, fmt.Errorf("%s holds no URL", c.seedsFile)
		}
	}
	for i, s := range c.seeds {
		seed, err := checkSeed(s)
		if err != nil {
			return c, err
		}
		c.seeds[i] = seed
	}
	if c.max < 0 || c.delay < 0 {
		return c, errors.New("-max and -delay must not be negative")
	}
	c.demo = len(c.seeds) == 0
	return c, nil
}

// checkSeed accepts an http(s) URL, and a bare host as people type it.
func checkSeed(s string) (string, error) {
	if !strings.Contains(s, "://") {
		s = "https://" + s
	}
	u, err := url.Parse(s)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return "", fmt.Errorf("not an http or https URL: %q", s)
	}
	return s, nil
}

func readSeeds(name string) ([]string, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var seeds []string
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		if s := strings.TrimSpace(lines.Text()); s != "" && !strings.HasPrefix(s, "#") {
			seeds = append(seeds, s)
		}
	}
	return seeds, lines.Err()
}
