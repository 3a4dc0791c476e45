// Inspect shows in a browser what the cleaner decided of a page, and why, and mends it by pointing.
//
//	inspect [flags] PATH|URL…
//
// A PATH is a saved page, a folder of pages, or any other file that examples/clean reads (MHTML, WARC, JSON lines, tar,
// zip). A URL is fetched politely: robots.txt is obeyed, and addresses that are not on the public Internet are refused.
//
// The program serves the inspector on 127.0.0.1, on a random port and under a secret address, and opens it. It ends
// with Ctrl-C. Pages are shown in a frame in which no script runs and from which nothing is loaded: nothing leaves the
// machine.
//
// Flags:
//
//	-no-open          print the address, and open no browser
//	-site-rules DIR   the folder of rules for sites: they are applied, and what you teach is saved there
//	-url ADDRESS      the address of the page, if one page is given and its file does not say
//	-max-pages N      how many pages are read at most (default 2000)
//	-allow-private    also fetch from addresses that are not on the public Internet
//
// README.md says how to read the colors and how to mend a page.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}
