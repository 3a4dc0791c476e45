// Clean turns saved pages into articles.
//
//	clean [flags] PATH…
//
// A PATH is a page (.html, .htm, either with .gz), a text that some other tool extracted (.txt), a folder of those, or
// "-" for a page on standard input. Articles go to standard output in the order of their names.
//
// Flags:
//
//	-format F     text, markdown (default), html, json (one object an article, as cleaner
//	              writes it) or jsonl (one flat object a line)
//	-urls FILE    JSON lines with "id" and "url": the addresses of the pages, by file name without extensions
//	-removed      also say what was taken out and why: on standard error, or in json as its field
//	-no-site      do not learn from what the pages of a host have in common
//	-workers N    pages at a time (default the number of CPUs)
//
// Pages are grouped by the host of their address: that in -urls, or the one that a page gives itself. Of hosts with
// three pages or more, what stands on page after page is taken out as well. So such pages are read twice.
//
// What cannot be read or holds no article is reported on standard error by name, and the rest go on. The exit status is
// 0 when every page gave an article, 1 when one did not, 2 for bad usage.
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
