// Inspect shows in a browser what the cleaner decided about a page, and why. Errors can be fixed by clicking.
//
//	inspect [flags] PATH|URL…
//
// A PATH is a saved page, a folder of pages, or any other file that examples/clean reads (MHTML, WARC, JSON lines, tar,
// zip). A URL is fetched politely: robots.txt is obeyed, and addresses that are not on the public Internet are refused.
//
// The program serves the inspector on 127.0.0.1, on a random port and under a secret address, and opens it. Ctrl-C
// stops it. Pages are shown in a frame that runs no scripts and loads nothing. No data leaves the machine.
//
// Flags:
//
//	-no-open          print the address without opening a browser
//	-site-rules DIR   the folder of site rules: they are applied, and what you teach is saved there
//	-url ADDRESS      the address of the page, if only one page is given and its file lacks the address
//	-max-pages N      the maximum number of pages to read (default 2000)
//	-allow-private    also fetch from addresses that are not on the public Internet
//
// README.md explains the colors and how to fix a page.
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
