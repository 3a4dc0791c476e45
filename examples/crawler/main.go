// Crawler fetches the pages of sites politely and writes their articles as Markdown and JSON lines.
//
//	crawler [flags] [URL…]
//
// Each article becomes one Markdown file with front matter, and one line of articles.jsonl, in the -out folder. Without
// a URL it serves its own small demo site on loopback, crawls that and shows what came out.
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
//	-sitemaps         also visit what the sites' sitemaps list
//	-feeds            also visit what the pages' feeds list
//	-join             put articles on several pages together
//	-cache DIR        keep pages in DIR, so that the next run asks for what has changed only
//	-state S          keep the crawl in the SQLite file S, or in PostgreSQL if S is postgres://…: started again, it
//	                  goes on, and several machines, each with an -out of its own, share the crawl
//	-name S           the crawl's name there (default "default")
//	-noindex S        pages that say noindex: skip (default) visits them for their links only, keep writes them too
//	-retry-failed     with -state: first queue again what has failed for good
//	-no-site          do not learn from what the pages of a host have in common
//	-verbose          log each request to standard error
//	-save-html DIR    keep each page as fetched, ready to become a fixture
//
// A run never harms what earlier runs wrote to -out. Articles of pages that are new join them. A page that comes again
// keeps its file: it is replaced if its article has changed, and left alone if not. One crawler at a time writes to a
// folder.
//
// What the pages of a host have in common is taken out of them (cleaner.Site). A page that came when little was known
// of its host is cleaned again at the end: host_pages and cleaned_again in articles.jsonl say how many pages were
// known, and whether. At most 40 pages a host are kept for that, and pages of hosts after the 256th are cleaned alone.
// What is known about hosts is kept for the next run, in the folder .crawler next to the articles; it may be deleted
// between runs.
//
// Ctrl-C stops it; what was written stays. So do a full disk and a folder that is gone or read-only; with -state the
// same command then goes on where it stopped.
//
// Exit status:
//
//	0  the crawl is finished, or -max was reached; a run that finds nothing changed is finished too
//	1  nothing was written
//	2  bad usage
//	3  stopped early, with work left: by a signal, by the disk, or because the database of -state was lost
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
