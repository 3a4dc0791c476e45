// Crawler fetches the pages of sites politely and writes their articles as Markdown and JSON lines.
//
//	crawler [flags] [URL…]
//
// Each article becomes one Markdown file with front matter, and one line of articles.jsonl, in the -out folder. Without a
// URL it serves its own small demo site on loopback, crawls that and shows what came out.
//
// Flags:
//
//	-out DIR          where to write (default ./articles)
//	-max N            at most N pages (default 1000)
//	-depth N          at most N links away from a seed; 0 is no limit, -1 follows none
//	-delay D          least time between two requests to a host (default 1s)
//	-user-agent S     the name to crawl under
//	-allow-private    also crawl loopback and private addresses
//	-seeds FILE       read more URLs from FILE, one a line
//	-scope S          what links to follow: host (default), domain, folder, any
//	-sitemaps         also take up what the sites' sitemaps list
//	-feeds            also take up what the pages' feeds list
//	-join             put articles on several pages together
//	-cache DIR        keep pages in DIR, so that the next run asks for what has changed only
//	-state S          keep the crawl in the SQLite file S, or in PostgreSQL if S is postgres://…: started again, it goes on
//	                  with it, and started on several machines, each with an -out of its own, it shares it
//	-name S           the crawl's name there (default "default")
//	-no-site          do not learn from what the pages of a host have in common
//	-verbose          log each request to standard error
//	-save-html DIR    keep each page as fetched, ready to become a fixture
//
// What the pages of a host have in common is taken out of them (cleaner.Site). A page that came when little was known of its host is cleaned
// again at the end: host_pages and cleaned_again in articles.jsonl say how many pages were known, and whether. Until then such pages, at
// most 40 a host, are kept in a folder .again beside the articles. Pages of hosts after the 256th are cleaned alone.
// With -state, what is known of hosts stays in a folder .sites there for the run that goes on, and so do the kept pages of one that is stopped.
//
// Ctrl-C stops it; what was written stays. The exit status is 0 when something was written, by an earlier run with this -state too, 1 when nothing was, 2 for bad usage.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}
