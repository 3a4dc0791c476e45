package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"time"

	"github.com/dechaff/dechaff/examples/internal/commandline"
)

type config struct {
	noOpen, allowPrivate bool
	siteRules, address   string
	maxPages             int
	arguments            []string
}

// errUsage means that the command line is invalid.
var errUsage = errors.New("bad usage")

func parseFlags(args []string, stderr io.Writer) (config, error) {
	var c config
	fs := flag.NewFlagSet("inspect", flag.ContinueOnError)
	fs.SetOutput(stderr)
	fs.Usage = func() {
		fmt.Fprintln(stderr, "usage: inspect [flags] PATH|URL…\n\nFlags go before the paths:")
		fs.PrintDefaults()
	}
	fs.BoolVar(&c.noOpen, "no-open", false, "print the address without opening a browser")
	fs.StringVar(&c.siteRules, "site-rules", "", "`folder` of site rules; what you teach is saved there")
	fs.StringVar(&c.address, "url", "", "the `address` of the page, if its file lacks it")
	fs.IntVar(&c.maxPages, "max-pages", 2000, "read at most `N` pages")
	fs.BoolVar(&c.allowPrivate, "allow-private", false, "also fetch from addresses that are not on the public Internet")
	if err := commandline.Parse(fs, args); err != nil {
		return c, err
	}
	c.arguments = fs.Args()
	switch {
	case len(c.arguments) == 0:
		fs.Usage()
		return c, fmt.Errorf("%w: no page given", errUsage)
	case commandline.CheckOrder(c.arguments) != nil:
		return c, fmt.Errorf("%w: %w", errUsage, commandline.CheckOrder(c.arguments))
	case c.address != "" && !isWebAddress(c.address):
		return c, fmt.Errorf("%w: -url must be an address such as https://example.org/story, not %q", errUsage, c.address)
	case c.maxPages < 1:
		return c, fmt.Errorf("%w: -max-pages must be at least 1, not %d", errUsage, c.maxPages)
	}
	return c, nil
}

// run runs the program and returns its exit status.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	c, err := parseFlags(args, stderr)
	switch {
	case errors.Is(err, flag.ErrHelp):
		return 0
	case err != nil:
		fmt.Fprintln(stderr, "inspect:", err)
		return 2
	}
	switch err := serve(ctx, c, stdin, stdout, stderr); {
	case errors.Is(err, errUsage):
		fmt.Fprintln(stderr, "inspect:", err)
		return 2
	case err != nil:
		fmt.Fprintln(stderr, "inspect:", err)
		return 1
	}
	return 0
}

// serve reads the pages, and serves the inspector until ctx ends.
func serve(ctx context.Context, c config, stdin io.Reader, stdout, stderr io.Writer) error {
	pages, err := readPages(ctx, c, stdin, func(err error) { fmt.Fprintln(stderr, "inspect:", err) })
	if err != nil {
		return err
	}
	rules, err := openRulebook(c.siteRules)
	if err != nil {
		return err
	}
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	s := newServer(listener.Addr().String(), newLibrary(pages), rules)
	go s.library.survey(ctx, s.rules)
	fmt.Fprintf(stdout, "%s\n", s.url())
	if !c.noOpen {
		if err := openBrowser(ctx, s.url()); err != nil {
			fmt.Fprintf(stderr, "inspect: cannot open a browser (%v): open the address above yourself\n", err)
		}
	}
	web := &http.Server{
		Handler: s, ReadHeaderTimeout: 10 * time.Second,
		BaseContext: func(net.Listener) context.Context { return ctx },
	}
	go func() {
		<-ctx.Done()
		_ = web.Close()
	}()
	if err := web.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}
