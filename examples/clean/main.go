// Clean turns saved pages into articles.
//
//	clean [flags] PATH…
//
// A PATH is a page (.html, .htm, either with .gz), a text that another tool extracted (.txt), a folder of those, or "-"
// for a page on standard input. Articles are written to standard output, sorted by name.
//
// Flags:
//
//	-format F     text, markdown (default), html, json (one object per article, as package cleaner
//	              writes it) or jsonl (one flat object per line)
//	-urls FILE    JSON lines with "id" and "url": the addresses of the pages, by file name without extensions
//	-removed      also report what was removed and why: on standard error, or as a field of json
//	-no-site      do not learn from what the pages of a host have in common
//	-fields LIST  more fields for json and jsonl, by comma: comments, posts, product, recipe; or all
//	-workers N    number of pages cleaned at a time (default the number of CPUs)
//
// Pages are grouped by the host of their address: the one in -urls, or the one that the page declares. If a host has at
// least three pages, what repeats on them is removed too. Such pages are read twice.
//
// Inputs that cannot be read or hold no article are named on standard error, and the rest are processed. The exit
// status is 0 if every page gave an article, 1 if one did not, 2 for bad usage.
package main

import (
	"context"
	"os"
	"os/signal"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	code := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}
